"""Screen: close a meeting; its code dies and its attendance list is made.

Clauses: s10.with-attendance-list.
"""

import streamlit as st

from portal.meetings.check_in.door import close_door
from portal.meetings.closed_session.checklist import checklist
from portal.meetings.meeting import meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import go
from portal.ui.meetings.meeting import asked_id, own_base
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
st.title("Close the meeting")
kept()
st.write(
    f"{plain(one.name)}: the code stops at once, and nobody can sign on a phone any more. You can still add people."
)
open_tasks = [
    task for task in checklist(here, one.id) if task.done_at is None and task.when in {"start", "during", "end"}
]
if open_tasks:
    st.write("On your checklist, these are not ticked:")
    st.markdown("\n".join(f"- {plain(task.text)}" for task in open_tasks))
    links([LinkTo("Open the checklist", f"/meeting-checklist?id={one.id}")])
if st.button("Close the meeting now", type="primary", key="meeting_close.close"):
    with problems_kept():
        close_door(here, one.id, base_url=own_base())
        go("meeting", said="The meeting is closed", id=one.id)
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
