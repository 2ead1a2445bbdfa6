"""Screen: scans of what was signed on paper at a meeting.

Clauses: s10.with-attendance-list, s10.confidentiality, app6.minutes-and-actions.
"""

import streamlit as st

from portal.meetings.meeting import leads, meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.flow import show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.meetings.scans import scans_part
from portal.ui.problems import kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
one = meeting(here, asked_id())
st.title("Scans of signed papers")
st.write(f"{plain(one.name)}. Type each name in too, so that it stands on the list. The paper itself stays with you.")
st.write(
    "Keep here too what the closed session saw: problem profiles, and the police view of the area. A PDF will do (Appendix 6)."
)
show_done()
scans_part(here, one.id, kept(), page="meeting-scans", may_add=leads(here, one.chair_id) and one.opened_at is not None)
links(
    [
        LinkTo("Add somebody who signed on paper", f"/meeting-add?id={one.id}"),
        LinkTo("Back to the meeting", f"/meeting?id={one.id}"),
    ]
)
