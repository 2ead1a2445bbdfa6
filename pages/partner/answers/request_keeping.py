"""Screen: how long your organisation keeps the requests it answered.

Clauses: s12.personal-retention.
"""

import streamlit as st

from portal.ground.act import Role
from portal.ground.wording import clock, counted, day
from portal.requests.after_disclosure.retention import keeping_time, set_keeping_time
from portal.ui.blocks import facts, inset, saved
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import back
from portal.ui.visitor import act

here = act()
back("Back to requests", "/request")
problems = kept()
keeping = keeping_time(here)
st.title("How long you keep requests")
st.write("A request is kept with its answer, so that the decision can be checked. Your retention policy says how long.")
set_by = f"{keeping.set_by} on {day(keeping.set_at)}" if keeping.set_at else "Nobody yet. The portal began with this"
facts([("Kept after the answer", counted(keeping.years, "year")), ("Set by", set_by)])
inset("After that the portal deletes what was asked and answered. A line stays that says what kind it was, and when.")
if here.person.holds(Role.APPROVER, here.person.organisation_id):
    years = st.text_input(
        "Years to keep a request after its answer",
        value=str(keeping.years),
        max_chars=3,
        key="request_keeping.years",
        on_change="ignore",
    )
    at_field(problems, "years")
    if st.button("Save this time", type="primary", key="request_keeping.go"):
        with problems_kept():
            set_keeping_time(here, years)
            st.session_state["request_keeping.saved"] = clock(here.at)
            st.rerun()
    if at := st.session_state.pop("request_keeping.saved", ""):
        saved(at)
else:
    st.write("An approver of your organisation can change it.")
