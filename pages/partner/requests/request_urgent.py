"""Screen: ask urgently: what matters now, and the full record within two working days.

Clauses: s6.earliest-opportunity, s6.request.in-writing.
"""

import streamlit as st

from portal.ground.wording import new_id
from portal.requests.exchange.urgent import UrgentForm, send_urgent
from portal.requests.participants import bodies_to_ask
from portal.ui.blocks import danger_now, inset
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import back, only_signatories
from portal.ui.visitor import act

here = act()
only_signatories(here)
back("Back to requests", "/request")
problems = kept()
danger_now()
st.title("Ask urgently")
st.write("Telephone first, then write down here what you asked. It is sent at once.")
inset("You complete the full record within 2 working days. Until then it shows as due to you and to them.")
key = st.session_state.setdefault("request_urgent.draft", new_id())
bodies = {one.id: one.name for one in bodies_to_ask(here)}
holder = st.selectbox(
    "Who are you asking?", list(bodies), index=None, format_func=lambda one: bodies[one], key=f"urgent.{key}.whom"
)
at_field(problems, "holder")
phoned = st.text_input(
    "Who did you telephone? Name and post", max_chars=200, key=f"urgent.{key}.phoned", on_change="ignore"
)
at_field(problems, "phoned")
when = st.text_input(
    "Day and time of the call, such as 25 November 2026 at 2:15pm",
    max_chars=100,
    key=f"urgent.{key}.when",
    on_change="ignore",
)
at_field(problems, "when")
name = st.text_input(
    "Name of the person it is about", max_chars=200, key=f"urgent.{key}.name", autocomplete="off", on_change="ignore"
)
at_field(problems, "name")
details = st.text_input(
    "What helps to find the right person, such as an address or date of birth",
    max_chars=500,
    key=f"urgent.{key}.find",
    on_change="ignore",
)
at_field(problems, "details")
what = st.text_area(
    "What do you need to know?", max_chars=1000, height=100, key=f"urgent.{key}.what", on_change="ignore"
)
at_field(problems, "what")
why = st.text_area(
    "What could happen if you wait?", max_chars=2000, height=100, key=f"urgent.{key}.why", on_change="ignore"
)
at_field(problems, "why")
if st.button("Send this urgent request", type="primary", key="request_urgent.go"):
    with problems_kept():
        asked = UrgentForm(
            holder=holder or "", name=name, details=details, what=what, why=why, phoned=phoned, when=when
        )
        sent = send_urgent(here, key, asked)
        st.session_state.pop("request_urgent.draft", None)
        go("request-view", id=sent.id, sent="1")
