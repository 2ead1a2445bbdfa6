"""Screen: add somebody who signed on paper, or note who did not sign.

Clauses: s10.confidentiality.
"""

import streamlit as st

from portal.meetings.check_in.attendance import add_on_paper, mark_not_signed
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.meeting import meeting
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.flow import form_key, go
from portal.ui.meetings.meeting import asked_id
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

_PAPER, _NOT = "They signed the statement on paper", "They did not sign"

here = act()
one = meeting(here, asked_id())
st.title("Add somebody")
st.write(f"{plain(one.name)}. Only people who have signed stand on the list.")
problems = kept()
with st.form("meeting_add"):
    what = st.radio("What happened", [_PAPER, _NOT], key="meeting_add.what")
    name = text_field(
        "Full name",
        "meeting_add.name",
        hint="For somebody who did not sign, only if they gave it",
        problems=problems,
        most=200,
    )
    organisation = text_field(
        "Organisation", "meeting_add.organisation", hint="As on the paper", problems=problems, most=200
    )
    myself = st.checkbox("They came for themselves, as a resident", key="meeting_add.myself")
    sent = st.form_submit_button("Add to this meeting", type="primary")
key = form_key("meeting_add", sent=sent)
if sent:
    with problems_kept():
        if what == _PAPER:
            add_on_paper(here, one.id, key, AttendeeDetails(name=name, organisation=organisation, myself=myself))
        else:
            mark_not_signed(here, one.id, key, name)
        go("meeting", said="Added to the list" if what == _PAPER else "Noted: did not sign", id=one.id)
links([LinkTo("Back to the meeting", f"/meeting?id={one.id}")])
