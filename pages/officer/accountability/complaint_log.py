"""Screen: log a complaint that came by letter, e-mail or telephone, or in person."""

import streamlit as st

from portal.accountability.complaints.receiving import log_complaint
from portal.accountability.complaints.wording import CAME
from portal.ui.accountability.complaints import complaint_fields
from portal.ui.blocks import LinkTo, links
from portal.ui.fields import day_field
from portal.ui.flow import form_key, go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

here = act()
problems = kept()
links([LinkTo("Back to complaints", "/complaints")])
st.title("Log a complaint")
ways = {way: words for way, words in CAME.items() if way != "web"}
at_field(problems, "came")
came = st.radio("How did it come?", list(ways), index=None, format_func=ways.get, key="complaint_log.came")
received = day_field("The day it came", "complaint_log.received_on", problems)
new = complaint_fields("complaint_log", problems, theirs="their")
sent = st.button("Log this complaint", type="primary", key="complaint_log.go")
key = form_key("complaint_log", sent=sent)
if sent:
    with problems_kept():
        log_complaint(here, new, received, came, key=key)
        go("complaints")
