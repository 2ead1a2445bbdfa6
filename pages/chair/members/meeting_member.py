"""Screen: one member of a group; add, complete or change the entry, tick the induction, end it.

Clauses: app6.members, app6.induction-and-support.
"""

import streamlit as st

from portal.meetings.meeting import leads, meeting
from portal.meetings.planning.members import add_member, change_member, end_member, member, tick_induction
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import form_key, go, show_done
from portal.ui.meetings.meeting import asked_id, own_base
from portal.ui.meetings.members import entry_fields, member_facts
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
which = asked_id("member")
had = member(here, one.id, which) if which else None
st.title(plain(had.entry.name) if had else "Add a member")
st.write(plain(one.name))
show_done()
problems = kept()
if had:
    member_facts(had)
if had and not had.ended_at and not had.inducted_at and leads(here, one.chair_id):
    st.header("Induction")
    st.write("Go through the page for new members together. Then note it here.")
    links([LinkTo("How the group works", "/meeting-induction")])
    if st.button("I have shown them how the group works", key="meeting_member.induct"):
        with problems_kept():
            tick_induction(here, one.id, had.id)
            go("meeting-member", said="The induction is noted", id=one.id, member=had.id)
if not had or not had.ended_at:
    if had:
        st.header("Complete or change the entry")
    with st.form("meeting_member"):
        entry = entry_fields(problems, had.entry if had else None, f"meeting_member.{which or 'new'}")
        email = ""
        if not had:
            hint = "We send them the page for new members, and do not keep the address. You can leave it empty"
            email = text_field("Their e-mail address", "meeting_member.email", hint=hint, problems=problems, most=254)
        sent = st.form_submit_button("Save this entry" if had else "Add this member", type="primary")
    key = form_key("meeting_member", sent=sent)
    if sent:
        with problems_kept():
            if had:
                change_member(here, one.id, had.id, entry)
            else:
                add_member(here, one.id, key, entry, email=email, base_url=own_base())
            go("meeting-members", said="The list of members is saved", id=one.id)
if had and not had.ended_at:
    st.header("They left the group")
    st.write("The entry stays, with today's date, until its time is over.")
    if st.button("End this membership", key="meeting_member.end"):
        with problems_kept():
            end_member(here, one.id, had.id)
            go("meeting-members", said="The membership has ended", id=one.id)
links(
    [
        LinkTo("Members of the group", f"/meeting-members?id={one.id}"),
        LinkTo("Back to the meeting", f"/meeting?id={one.id}"),
    ]
)
