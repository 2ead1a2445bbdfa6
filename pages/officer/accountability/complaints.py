"""Screen: complaints about how people's information is used, those to answer first."""

import streamlit as st

from portal.accountability.complaints.views import complaints
from portal.ground.wording import today
from portal.ui.accountability.complaints import show_complaints
from portal.ui.blocks import inset, link_button
from portal.ui.visitor import act

here = act()
st.title("Complaints")
st.write("People may complain to us about how we use information about them. They need no account.")
inset("Tell them within 30 days that you have it. Look into it without delay, and tell them what you found.")
st.caption("Data Protection Act 2018, section 164A.")
link_button("Log a complaint that came another way", "/complaint-log")
lines = complaints(here)
if lines:
    show_complaints(lines, today(here.at))
else:
    st.write("Nobody has complained.")
