"""Screen: one line of the attendance list; the closed session, and striking a line out.

Clauses: app6.attendance, app6.voluntary-standing, s10.confidentiality.
"""

import streamlit as st

from portal.ground.act import Role
from portal.meetings.check_in.attendance import line, strike_out
from portal.meetings.closed_session.session import go as let_go
from portal.meetings.closed_session.session import stay
from portal.meetings.meeting import MeetingState, leads, meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id, line_facts
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
shown = line(here, asked_id())
one = meeting(here, shown.meeting_id)
back = f"/meeting?id={one.id}"
st.title(plain(shown.name))
show_done()
problems = kept()
line_facts(shown)
if leads(here, one.chair_id) and shown.struck_at is None:
    if one.closed_part_at and one.state is MeetingState.OPEN and shown.stayed_at is None:
        st.header("The closed session")
        why = ""
        if shown.guest:
            st.write("A guest cannot be in the closed session. They leave now.")
            links([LinkTo("Somebody else has this name", f"/meeting-guests?id={one.id}")])
        elif not shown.may_stay:
            st.write("They leave now, unless you admit them because they need to know. Your reason is kept.")
            why = text_field("Why they need to know", "meeting_line.admit", problems=problems, most=500)
        if not shown.guest and st.button("Note them in the closed session", type="primary", key="meeting_line.stay"):
            with problems_kept():
                stay(here, shown.id, why)
                go("meeting", said="Noted in the closed session", id=one.id)
    elif shown.stayed_at and st.button("They are not in the closed session", key="meeting_line.go"):
        with problems_kept():
            let_go(here, shown.id)
            st.rerun()
    links([LinkTo("Put a misspelt name or address right", f"/meeting-names?id={one.id}&line={shown.id}")])
    st.header("Strike out this line")
    st.write("Do this where the wrong person signed. The line stays on the list, struck, with your reason.")
    with st.form("meeting_line"):
        reason = text_field("Why it is struck out", "meeting_line.why", problems=problems, most=500)
        sent = st.form_submit_button("Strike out this line")
    if sent:
        with problems_kept():
            strike_out(here, shown.id, reason)
            go("meeting", said="The line is struck out", id=one.id)
more = [LinkTo("Copy of what we hold about this person", f"/meeting/about?line={shown.id}")]
links([*(more if here.person.holds(Role.MANAGER) else []), LinkTo("Back to the meeting", back)])
