"""Screen: join a meeting, the twin of its plain page at /m, for those who come through the portal.

Clauses: s10.confidentiality, app2.opening-statement, app2.undertakings.
"""

import streamlit as st

from portal.ground.vault import token
from portal.meetings.check_in.attendees import AttendeeDetails, suggestions
from portal.meetings.check_in.signing import sign, visitor
from portal.meetings.check_in.understanding_check import QUESTIONS
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import text_field
from portal.ui.meetings.joining import SECRET, ask_code, found_door, promises, signed_panel
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act
from portal.ui.words import plain

_MYSELF, _OTHER = "I am here for myself, as a resident", "It is not on the list"

here = act()
secret = str(st.session_state.setdefault(SECRET, token()))
door = found_door(here)
if door is None:
    ask_code()
elif (known := visitor(here, door, secret)).signed:
    signed_panel(door, known.signed)
else:
    st.title("Sign to keep what you hear private")
    problems = kept()
    promises(here, door)
    with st.form("join"):
        name = text_field(
            "Full name",
            "join.name",
            value=here.person.name if here.person.signed_in else "",
            problems=problems,
            most=200,
            autocomplete="name",
        )
        at_field(problems, "organisation")
        chosen = st.selectbox(
            "Organisation",
            [*suggestions(here), _OTHER, _MYSELF],
            index=None,
            key="join.organisation",
            placeholder="Type to find it",
        )
        other = text_field(
            "Organisation, if it is not on the list (optional)", "join.other", most=200, autocomplete="organization"
        )
        email = text_field("E-mail (optional) to get a copy", "join.email", problems=problems, autocomplete="email")
        st.subheader("Three everyday questions")
        answers = {}
        for question in QUESTIONS:
            at_field(problems, f"q-{question.id}")
            texts = {choice.text: choice.id for choice in question.choices}
            picked = st.radio(
                plain(question.ask), list(texts), index=None, format_func=plain, key=f"join.q-{question.id}"
            )
            answers[question.id] = texts.get(picked or "", "")
        sent = st.form_submit_button("I agree: sign", type="primary")
    links([LinkTo("The same page without this menu", f"/m/{door.code}")])
    if sent:
        with problems_kept():
            organisation = other if chosen in {None, _OTHER} else "" if chosen == _MYSELF else str(chosen)
            signer = AttendeeDetails(
                name=name, organisation=organisation, myself=chosen == _MYSELF, email=email, answers=answers
            )
            sign(here, door, secret, signer, how="portal")
            st.session_state["join.answers"] = answers
            st.rerun()
