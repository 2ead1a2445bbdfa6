"""Screen: invite people who are affected to the open session of this meeting, and to nothing else.

Clauses: app6.affected-people.
"""

import streamlit as st

from portal.ground.wording import day, day_and_time
from portal.meetings.meeting import leads, meeting
from portal.meetings.planning.guests import Guest, comes_for, end_invitation, guests, invite
from portal.ui.blocks import Cell, LinkTo, Tag, links, table
from portal.ui.fields import long_field, text_field, which_one
from portal.ui.flow import form_key, go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
leading = leads(here, one.chair_id)
invited = guests(here, one.id)
st.title("Guests of the open session")
st.write(f"{plain(one.name)}, {day_and_time(one.starts_at)}.")
st.write("People whom it touches may come and speak. A guest cannot be in the closed session.")
show_done()
problems = kept()
if invited:
    rows: list[list[Cell]] = [
        [
            guest.guest.name,
            comes_for(guest.guest),
            guest.guest.why,
            Tag(f"Ended {day(guest.ended_at)}", "ended") if guest.ended_at else Tag("Open session only", "waiting"),
        ]
        for guest in invited
    ]
    table("Guests", ["Name", "Comes for", "Why", "Status"], rows, hide_caption=True)
else:
    st.write("Nobody is invited yet.")
if leading and one.closed_part_at is None and one.closed_at is None:
    st.header("Invite somebody")
    with st.form("meeting_guest"):
        name = text_field("Full name", "meeting_guest.name", problems=problems, most=200)
        hint = "Leave it empty for somebody who comes for themselves"
        organisation = text_field("Organisation", "meeting_guest.organisation", hint=hint, problems=problems, most=200)
        why = long_field(
            "Why they are invited", "meeting_guest.why", hint="Like: runs a shop there", problems=problems, most=500
        )
        sent = st.form_submit_button("Invite them to the open session", type="primary")
    asked = Guest(name=name, organisation=organisation, why=why)
    key = form_key("meeting_guest", sent=sent, said=asked)
    if sent:
        with problems_kept():
            invite(here, one.id, key, asked)
            go("meeting-guests", said="They are a guest of the open session", id=one.id)
current = {guest.guest.name: guest.id for guest in invited if not guest.ended_at}
if leading and current:
    st.header("End an invitation")
    st.write("Do this where they do not come, or where somebody else at the meeting has the same name.")
    with st.form("meeting_guest_end"):
        which = which_one("Guest", list(current), "meeting_guest.end", problems=problems)
        ended = st.form_submit_button("End this invitation")
    if ended:
        with problems_kept():
            end_invitation(here, current[which()])
            go("meeting-guests", said="The invitation has ended", id=one.id)
links([LinkTo("The agenda", f"/meeting-agenda?id={one.id}"), LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
