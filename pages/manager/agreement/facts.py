"""Screen: points of law that no source confirmed, for the Information Manager to check, several at a time."""

import streamlit as st

from portal.ground.wording import counted, day, day_and_time, today
from portal.partnership.changes import confirm_facts, confirmations, strike_facts, unconfirmed
from portal.rules.edition.editions import edition_in_force, unverified
from portal.ui import visitor
from portal.ui.blocks import table
from portal.ui.fields import long_field
from portal.ui.flow import done, show_done
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.words import plain

act = visitor.act()
edition = edition_in_force(today(act.at))
st.title("Points of law to confirm")
st.write(
    "No source that we read says these. Until you confirm them they are marked, and nobody can rest a request on them. Nobody can sign before each is confirmed or struck out."
)
problems = kept()
show_done()
found = unconfirmed(act, edition)
st.write(f"{counted(len(found), 'point')} to confirm." if found else "Every point is confirmed.")
# By number: several points of one law share its name.
names = {one.key: f"{number}. {one.fact.label or one.key}" for number, one in enumerate(found, 1)}
at_field(problems, "chosen")
chosen = (
    st.multiselect(
        "Which points did you check? Choose those that you checked in one way.",
        list(names),
        format_func=lambda key: names.get(key, ""),
        key=f"facts.chosen.{len(found)}",  # empty again once they are settled
        placeholder="Choose one or more",
    )
    if found
    else []
)
picked = [one for one in found if one.key in chosen]
if picked:
    with st.form("facts.confirm", clear_on_submit=False):
        asked = "How did you check?"
        may_strike = all(one.may_be_struck for one in picked)
        hint = "What you read, or whom you asked, and when." + (" Or why it is struck out." if may_strike else "")
        how = long_field(asked, "facts.how", problems=problems, hint=hint)
        confirmed = st.form_submit_button("Confirm what you chose", type="primary")
        struck = may_strike and st.form_submit_button("Strike out what you chose: we could not confirm it")
    if confirmed or struck:
        with problems_kept():
            (strike_facts if struck else confirm_facts)(act, edition, chosen, how)
            were = counted(len(chosen), "point is", "points are")
            done(
                f"{were} {'struck out' if struck else 'confirmed'}",
                "The agreement can come into force once none is left.",
            )
if found:
    table(
        "Points to confirm",
        ["What", "Where", "Source so far", "Law as of"],
        [(names[o.key], o.fact.ref, o.fact.source, day(o.fact.as_of)) for o in found],
    )
settled = confirmations(act, edition)
if settled:
    known = {f"{one.table}/{one.id}": (one.label, one.ref) for one in unverified(edition)}
    table(
        "Points that are settled",
        ["Point", "Where", "What", "By", "When", "How"],
        [
            (
                *known.get(row.fact, (row.fact, "")),
                "Struck out" if row.struck else "Confirmed",
                row.confirmed_by,
                day_and_time(row.confirmed_at),
                row.how,
            )
            for row in settled
        ],
    )
st.write(plain(f"Edition {edition.id}, law as of {day(edition.about.law_as_of)}."))
