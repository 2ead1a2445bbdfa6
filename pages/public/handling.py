"""Screen: I have something marked X and want to do Y: may I, and how?

Clauses: app4.handling, s9.marking-definitions.
"""

import streamlit as st

from portal.ground.partnership import confirmed_facts
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force, editions
from portal.rules.forms.handling import definitions, how_to_handle, suggest_marking
from portal.ui.agreement.handling import STANDING, show_all, show_definitions, show_fallback
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.requests.view import asked_for
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
edition = edition_in_force(today(here.at))
# The markings of the edition in force first; papers marked under an earlier one are still in cupboards.
every = [one for of in sorted(editions(), key=lambda one: one.id != edition.id) for one in definitions(of)]
known = {
    one.marking.id: one.marking.title
    if one.edition.id == edition.id
    else f"{one.marking.title} ({one.edition.about.short_title})"
    for one in every
}
of_marking = {one.marking.id: one.edition for one in every}
st.title("May I, and how?")
st.write("Choose how the paper is marked and what you want to do with it.")
codes = list(known)
marking = st.radio(
    "How is it marked?",
    codes,
    index=codes.index(asked_for("marking")) if asked_for("marking") in known else None,
    format_func=lambda code: plain(known[code]),
    key="handling.marking",
    horizontal=True,
)
rules = of_marking.get(marking or "", edition)
actions = {one.action: one.id for one in rules.handling}
action = st.selectbox("What do you want to do?", list(actions), index=None, key="handling.action", placeholder="Choose")
if marking and action:
    found = how_to_handle(rules, marking, actions[action])
    panel(found.in_short, found.how, standing=STANDING[found.may])
    if not found.action.verified and f"handling/{found.action.id}" not in confirmed_facts(here.store, rules.id):
        st.write("Not confirmed yet for this partnership. Check it with your own body's policy.")
    show_fallback(rules, found)
if marking and rules.id != edition.id:
    for change in (one for one in edition.marking_changes if one.from_id == marking):
        st.write(plain(change.text))
if marking:
    with st.expander(plain(f"Everything with {known[marking]}")):
        show_all(rules, rules.marking(marking))
with st.expander("I do not know how to mark it"):
    st.write("What would follow if it got out? Tick what is true.")
    grounds = [
        one.id for one in edition.restricted_grounds if st.checkbox(plain(one.text), key=f"handling.ground.{one.id}")
    ]
    suggested = suggest_marking(edition, grounds)
    if suggested.marking:
        st.write(f"**Mark it {plain(suggested.marking.title)}.** {plain(suggested.marking.use_when)}")
    else:
        everyday = next((one for one in edition.markings if one.rank == 1 and not one.replaces), None)
        st.write(plain(f"If none is true: {everyday.use_when}" if everyday else "If none is true, it needs no mark."))
st.header("What each marking means")
show_definitions([one for one in every if marking in {None, one.marking.id}])
links([LinkTo("Report a loss", "/breach-report")])
