"""Screen: the members of a group, what each entry lacks, and whom nobody represents.

Clauses: app6.members, app6.voluntary-standing.
"""

import streamlit as st

from portal.ground.wording import counted
from portal.meetings.meeting import meeting
from portal.meetings.planning.members import members, not_represented
from portal.ui.blocks import LinkTo, link_button, links
from portal.ui.flow import show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.members import members_table
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
listed = members(here, one.id)
current = [member for member in listed if member.ended_at is None]
left = [member for member in listed if member.ended_at is not None]
st.title("Members of the group")
st.write(f"{plain(one.name)}. The group must know what each member can decide, and where their part ends.")
show_done()
link_button("Add a member", f"/meeting-member?id={one.id}", primary=True)
if current:
    lacking = sum(bool(member.missing) for member in current)
    told = f", {counted(lacking, 'entry', 'entries')} to complete" if lacking else ""
    st.header(f"{counted(len(current), 'member')}{told}")
    members_table("Members of the group", current, one.id)
else:
    st.write("Nobody is on the list yet.")
absent = not_represented(here, listed)
if absent:
    with st.expander(f"Appendix 6 also names {counted(len(absent), 'post')} that nobody on the list covers"):
        st.markdown("\n".join(f"- {plain(post)}" for post in absent))
if left:
    with st.expander(f"{counted(len(left), 'member')} who left"):
        members_table("Members who left", left, one.id)
links(
    [
        LinkTo("How the group works, for new members", "/meeting-induction"),
        LinkTo("Back to the meeting", f"/meeting?id={one.id}"),
    ]
)
