"""Screen: one tablet goes round; regulars sign with two taps, the Chair vouches for them.

Clauses: s10.confidentiality, s10.with-attendance-list.
"""

import streamlit as st

from portal.meetings.meeting import meeting
from portal.meetings.promises import five
from portal.meetings.regulars import regulars, vouch
from portal.meetings.signing import words_in_force
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.meeting_view import asked_id, go, say
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
st.title("Sign on this tablet")
say()
kept()
st.write(f"{plain(one.name)}. The Chair hands the tablet to people that the Chair knows, and answers for it.")
known = regulars(here, one.id)
if known:
    st.write("You promised these before, and they still hold. To sign today's list, find your name.")
    st.markdown("\n".join(f"- {plain(text)}" for text in five(words_in_force(here))))
    names = {f"{person.name}, {person.organisation}": person for person in known}
    chosen = st.radio("Who are you?", list(names), index=None, key="meeting_tablet.who", format_func=plain)
    if st.button("I am here today", type="primary", key="meeting_tablet.here", disabled=chosen is None) and chosen:
        with problems_kept():
            vouch(here, one.id, names[chosen].undertaking_id)
            go("meeting-tablet", said="Thank you. Hand the tablet on", id=one.id)
else:
    st.write("Nobody who signed at an earlier meeting of this group is missing from today's list.")
if one.code:
    st.write("Here for the first time? Sign on the plain page, then come back.")
    link_button("Sign for the first time", f"/m/{one.code}")
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
