"""Screen: the Chair's checklist, before, during and after a meeting.

Clauses: app3.chair-checklist, app3.notes.
"""

import streamlit as st

from portal.ground.wording import clock
from portal.meetings.closed_session.checklist import WHEN, checklist, tick
from portal.meetings.meeting import leads, meeting
from portal.ui.blocks import LinkTo, links, saved
from portal.ui.meetings.meeting import asked_id
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
tasks = checklist(here, one.id)
leading = leads(here, one.chair_id)
st.title("Checklist for the Chair")
st.write(f"{plain(one.name)}. It stays with the meeting.")
kept()
with st.form("meeting_checklist"):
    done = set()
    for when, title in WHEN.items():
        st.header(title)
        for task in (task for task in tasks if task.when == when):
            key = f"meeting_checklist.{one.id}.{task.id}"
            if st.checkbox(plain(task.text), value=task.done_at is not None, key=key, disabled=not leading):
                done.add(task.id)
    sent = st.form_submit_button("Save the checklist", type="primary", disabled=not leading)
if sent:
    with problems_kept():
        tick(here, one.id, frozenset(done))
        saved(clock(here.at))
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
