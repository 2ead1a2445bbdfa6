"""Screen: one meeting, its facts, its door, who has signed, the closed session.

Clauses: s10.confidentiality, s10.with-attendance-list, app3.chair-checklist, app6.attendance.
"""

import streamlit as st

from portal.ground.wording import day
from portal.meetings.check_in.attendance import declined, lines
from portal.meetings.check_in.door import open_door
from portal.meetings.closed_session.session import begin_closed_part, words_to_say
from portal.meetings.meeting import MeetingState, is_near, is_unopened, leads, meeting
from portal.meetings.planning.change import why_called_off
from portal.meetings.planning.group import keeps
from portal.ui.blocks import LinkTo, inset, link_button, links
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id, list_of, live_list, meeting_facts
from portal.ui.meetings.minutes import CHAIRS_WORK
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
leading = leads(here, one.chair_id)
st.title(plain(one.name))
show_done()
kept()
unopened = is_unopened(here, one)
if unopened:
    inset("Its door was never opened. Was it held? Open the door, add who signed on paper, and close it. If not, call it off.")  # fmt: skip
if leading and one.state in {MeetingState.PLANNED, MeetingState.CLOSED} and (is_near(here, one) or unopened):
    again = "Open the door again" if one.state is MeetingState.CLOSED else "Open the door"
    if st.button(again, type="secondary" if one.closed_at else "primary", key="meeting.open"):
        with problems_kept():
            open_door(here, one.id)
            go("meeting-door", id=one.id)
if leading and one.state is MeetingState.OPEN:
    link_button("Show the door: code and QR", f"/meeting-door?id={one.id}", primary=True)
if one.state is MeetingState.CLOSED:
    link_button("Attendance list (PDF)", f"/meeting/list?id={one.id}", primary=True)
meeting_facts(one)
if one.state is MeetingState.CALLED_OFF:
    by, why = why_called_off(here, one.id)
    inset(f"{by} called it off on {day(one.called_off_at or one.starts_at)}: {why}")
if one.state is MeetingState.OPEN:
    live_list(one.id)
elif one.state is MeetingState.CLOSED:
    list_of(lines(here, one.id), declined(here, one.id))
if leading and one.state is MeetingState.OPEN:
    st.header("The closed session")
    if one.closed_part_at is None:
        st.write("Before you begin it, say:")
        inset(words_to_say(here))
        if st.button("Begin the closed session", key="meeting.begin"):
            with problems_kept():
                begin_closed_part(here, one.id)
                st.rerun()
    else:
        st.write("Choose a name in the list to note who is in the closed session.")
if leading:
    st.header("Agenda, minutes and actions")
    links([LinkTo(words, f"/{address}?id={one.id}") for words, address in CHAIRS_WORK])
more = [LinkTo("Checklist for the Chair", f"/meeting-checklist?id={one.id}")]
more.insert(0, LinkTo("Guests of the open session", f"/meeting-guests?id={one.id}"))
if keeps(here, one.id):
    more.append(LinkTo("Members of the group", f"/meeting-members?id={one.id}"))
if one.state is MeetingState.PLANNED:
    more.append(LinkTo("Change this meeting, or call it off", f"/meeting-change?id={one.id}"))
if one.state not in {MeetingState.CLOSED, MeetingState.CALLED_OFF}:
    more.append(LinkTo("Sheet to sign on paper (PDF)", f"/meeting/sheet?id={one.id}"))
if leading and one.opened_at:
    more.append(LinkTo("Add somebody: signed on paper, or did not sign", f"/meeting-add?id={one.id}"))
if one.opened_at:
    more.append(LinkTo("Scans of signed papers", f"/meeting-scans?id={one.id}"))
if leading and one.state is MeetingState.OPEN:
    more.append(LinkTo("Let people sign on a tablet that goes round", f"/meeting-tablet?id={one.id}"))
    more.append(LinkTo("Close the meeting", f"/meeting-close?id={one.id}"))
links([*more, LinkTo("Calendar file", f"/meeting/diary?id={one.id}"), LinkTo("All meetings", "/meetings")])
