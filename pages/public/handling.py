"""Screen: I have something marked X and want to do Y: may I, and how?

Clauses: app4.handling.
"""

import streamlit as st

from portal.partnership import confirmed_facts
from portal.rules.editions import edition_in_force
from portal.rules.handling import how_to_handle, suggest_marking
from portal.ui.blocks import Standing, inset, panel
from portal.ui.visitor import act
from portal.ui.words import plain
from portal.wording import today

_STANDING: dict[str, Standing] = {"yes": "done", "no_names": "waiting", "urgent_only": "waiting", "no": "stopped"}

here = act()
edition = edition_in_force(today(here.at))
st.title("May I, and how?")
st.write("Choose how the paper is marked and what you want to do with it.")
markings = {one.title: one.id for one in edition.markings}
marking = st.radio("How is it marked?", list(markings), index=None, key="handling.marking", horizontal=True)
actions = {one.action: one.id for one in edition.handling}
action = st.selectbox("What do you want to do?", list(actions), index=None, key="handling.action", placeholder="Choose")
if marking and action:
    found = how_to_handle(edition, markings[marking], actions[action])
    panel(found.in_short, found.how, standing=_STANDING[found.may])
    if not found.action.verified and f"handling/{found.action.id}" not in confirmed_facts(here.store, edition.id):
        st.write("Not confirmed yet for this partnership. Check it with your own body's policy.")
    inset(found.fallback)
with st.expander("I do not know how to mark it"):
    st.write("What would follow if it got out? Tick what is true.")
    grounds = [
        one.id for one in edition.restricted_grounds if st.checkbox(plain(one.text), key=f"handling.ground.{one.id}")
    ]
    suggested = suggest_marking(edition, grounds)
    if suggested.marking:
        st.write(f"**Mark it {plain(suggested.marking.title)}.** {plain(suggested.marking.use_when)}")
    else:
        st.write("If none is true, it needs no mark.")
