"""Screen: the door of a meeting, for everybody in the room to see.

Clauses: s10.confidentiality.
"""

import streamlit as st

from portal.meetings.errors import NotYourMeetingError
from portal.meetings.meeting import MeetingState, leads, meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.meetings.meeting import asked_id, door_sign, live_count
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
if not leads(here, one.chair_id):
    raise NotYourMeetingError
st.title(plain(one.name))
if one.state is MeetingState.OPEN:
    door_sign(one)
    st.write("Open the page now, while we settle.")
    live_count(one.id)
else:
    st.write("The door of this meeting is not open. Open it on the meeting's page.")
links([LinkTo("Back to the meeting and its list", f"/meeting?id={one.id}")])
