"""Screen: the Chair's checklist, before, during and after a meeting.

Clauses: app3.chair-checklist, app3.notes, app6.frequency.
"""

import streamlit as st

from portal.ground.wording import clock, day
from portal.meetings.closed_session.checklist import WHEN, checklist, tick
from portal.meetings.meeting import leads, meeting, meetings
from portal.meetings.planning.group_review import last_group_review, record_group_review, review_note
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
shown = f"meeting_checklist.{one.id}.shown"
was = st.session_state.setdefault(shown, frozenset(task.id for task in tasks if task.done_at))
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
        tick(here, one.id, frozenset(done), was=was)
        st.session_state[shown] = frozenset(done)
        saved(clock(here.at))
st.header("The yearly review of the group")
reviewed = last_group_review(here, one.name)
st.write(f"Last held at the meeting on {day(reviewed)}." if reviewed else "No meeting has recorded one yet.")
st.write(plain(review_note(here, [each for each in meetings(here) if each.name == one.name])))
if leading and one.opened_at and st.button("This meeting reviewed the group", key="meeting_checklist.reviewed"):
    with problems_kept():
        record_group_review(here, one.id)
        st.rerun()
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
