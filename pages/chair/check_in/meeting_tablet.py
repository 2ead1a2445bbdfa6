"""Screen: make this the tablet that goes round a meeting, for those without a phone or a signal.

Clauses: s10.confidentiality, s10.with-attendance-list.
"""

import streamlit as st

from portal.meetings.meeting import leads, meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.meetings.meeting import asked_id, tablet_form
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
st.title("Let people sign on this tablet")
st.write(f"{plain(one.name)}. Regulars find their name: two taps. First-timers read the promises and sign.")
if one.code and leads(here, one.chair_id):
    st.write("You hand it to people that you know, and you answer for who signs on it.")
    st.write("You are signed out on this device, so that nobody who holds it can open anything else of yours.")
    tablet_form(one)
else:
    st.write("The door of this meeting is not open. Open it first.")
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
