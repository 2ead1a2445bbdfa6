"""Screen: facts of the edition that no source confirmed, for the Information Manager to check."""

import streamlit as st

from portal.ground.wording import counted, day, day_and_time, today
from portal.partnership.changes import confirm_fact, confirmations, strike_fact, unconfirmed
from portal.rules.edition.editions import edition_in_force
from portal.ui import visitor
from portal.ui.blocks import facts, panel, table
from portal.ui.fields import label
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
edition = edition_in_force(today(act.at))
st.title("Points of law to confirm")
st.write(
    "These were not found in a source that we read. Until you confirm them they are marked, and nobody can rest a request on them. Nobody can sign before each one is confirmed or struck out."
)
problems = kept()
if said := st.session_state.pop("facts.done", ""):
    panel(f"The fact is {said}", "The agreement comes into force once every fact is settled.")
found = unconfirmed(act, edition)
st.write(f"{counted(len(found), 'fact')} to confirm." if found else "Every fact is confirmed.")
may_strike = {one.key: one.may_be_struck for one in found}
labels = {one.key: one.fact.label or one.fact.ref for one in found}
chosen = st.selectbox(
    "Which fact did you check?", list(labels), format_func=lambda key: labels[key], index=None, key="facts.chosen"
)
if chosen:
    fact = next(one.fact for one in found if one.key == chosen)
    facts({"What it says": fact.label, "Where": fact.ref, "Source": fact.source, "Law as of": day(fact.as_of)})
    with st.form("facts.confirm", clear_on_submit=False):
        name = label(
            "How did you check it?",
            "What you read, or whom you asked, and when. Or why it is struck out.",
            problems.get("how", ""),
        )
        how = st.text_area(name, max_chars=1000, key=f"facts.how.{chosen}", label_visibility="collapsed")
        if st.form_submit_button("Confirm this fact", type="primary"):
            with problems_kept():
                confirm_fact(act, edition, chosen, how)
                st.session_state["facts.done"] = "confirmed"
            st.rerun()
        if may_strike[chosen] and st.form_submit_button("Strike it out: we could not confirm it"):
            with problems_kept():
                strike_fact(act, edition, chosen, how)
                st.session_state["facts.done"] = "struck out"
            st.rerun()
if found:
    table(
        "Facts to confirm",
        ["What", "Where", "Source"],
        [(o.fact.label or o.key, o.fact.ref, o.fact.source) for o in found],
    )
done = confirmations(act, edition)
if done:
    table(
        "Facts that are settled",
        ["Fact", "What", "By", "When", "How"],
        [
            (
                row.fact,
                "Struck out" if row.struck else "Confirmed",
                row.confirmed_by,
                day_and_time(row.confirmed_at),
                row.how,
            )
            for row in done
        ],
    )
st.write(plain(f"Edition {edition.id}, law as of {day(edition.about.law_as_of)}."))
