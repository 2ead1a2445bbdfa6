"""Screen: log an access request on the day it comes; its last day is worked out.

Clauses: s5.consult-originator, s15.foi-case-by-case.
"""

import streamlit as st

from portal.access_requests.clocks import KIND_HINTS, KIND_TITLES, AccessKind
from portal.access_requests.log import NewAccess, log_access
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import day_field, text_field
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

here = act()
problems = kept()
links([LinkTo("Back to access requests", "/access-requests")])
st.title("Log an access request")
st.caption("What you enter here is sealed. Only your organisation can open it, and we note each time.")
# Two clicks, or a page drawn again, are one request.
at_field(problems, "kind")
kind = st.radio(
    "What kind of request is it?",
    list(AccessKind),
    index=None,
    format_func=lambda value: KIND_TITLES[value],
    captions=[KIND_HINTS[one] for one in AccessKind],
    key="access_new.kind",
)
received_on = day_field("The day it came", "access_new.received_on", problems)
requester = text_field("Who asks", "access_new.requester", problems=problems, most=200)
reach = st.text_area(
    "How to reach them (optional)", max_chars=4000, height=90, key="access_new.reach", on_change="ignore"
)
at_field(problems, "asked_for")
st.write("Is it published already? Then send whoever asks the address.")
links([LinkTo("Published figures", "/statistics")])
asked_for = st.text_area(
    "What do they ask to see?", max_chars=4000, height=160, key="access_new.asked_for", on_change="ignore"
)
sent = st.button("Log this request", type="primary", key="access_new.go")
key = form_key("access_new", sent=sent)
if sent:
    with problems_kept():
        new = NewAccess(
            kind=kind or "", received_on=received_on, requester=requester, reach=reach or "", asked_for=asked_for or ""
        )
        access_id = log_access(here, new, key=key)
        go("access-request", id=access_id)
