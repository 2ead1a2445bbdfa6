"""Screen: put a misspelt name, organisation or address of the attendance list right.

Clauses: s10.confidentiality, app6.minutes-and-actions.
"""

import streamlit as st

from portal.ground.act import Role
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.corrections import correct, details_of_lines
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import text_field
from portal.ui.flow import go, show_done
from portal.ui.meetings.meeting import asked_id
from portal.ui.problems import kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
meeting_id, asked = asked_id(), asked_id("line")
people = details_of_lines(here, meeting_id)
st.title("Put a misspelt name right")
show_done()
problems = kept()
inset("This is for slips of the pen. What stood there before stays on the list, with the time and your name.")
choices = list(people)
if not choices:
    st.write("Nobody is on the list of this meeting.")
else:
    line = st.selectbox(
        "Whose line?",
        choices,
        index=choices.index(asked) if asked in people else None,
        format_func=lambda one: plain(f"{people[one].name}, {people[one].organisation or 'here for themselves'}"),
        key="meeting_names.line",
    )
    if line is not None:
        known, scope = people[line], f"meeting_names.{line}"
        with st.form(scope):
            name = text_field("Full name", f"{scope}.name", value=known.name, problems=problems)
            organisation = text_field(
                "Organisation", f"{scope}.organisation", value=known.organisation, problems=problems
            )
            myself = st.checkbox("They came for themselves", value=known.myself, key=f"{scope}.myself")
            email = text_field(
                "E-mail address",
                f"{scope}.email",
                value=known.email,
                problems=problems,
                hint="May stay empty. A new address is sent a copy of what they signed.",
            )
            sent = st.form_submit_button("Put it right", type="primary")
        if sent:
            with problems_kept():
                right = AttendeeDetails(name=name, organisation=organisation, myself=myself, email=email)
                correct(here, line, right)
                go("meeting-names", said="The line is put right", id=meeting_id)
back = [LinkTo("The meeting", f"/meeting?id={meeting_id}")] if here.person.holds(Role.CHAIR) else []
links([*back, LinkTo("Your papers", "/meeting-papers")])
