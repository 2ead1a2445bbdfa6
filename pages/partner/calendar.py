"""Screen: calendar: what falls due for the person in the year ahead, by month, and the way into their own diary."""

from itertools import groupby

import streamlit as st

from portal.duties.calendar import coming
from portal.duties.feed import calendar_key
from portal.ui import visitor
from portal.ui.blocks import link_button
from portal.ui.duties import coming_table

act = visitor.act()
st.title("Calendar")
ahead = coming(act)
st.write("What falls due for you in the year ahead." if ahead else "Nothing falls due for you within a year.")
for month, group in groupby(ahead, key=lambda one: f"{one.on:%B %Y}"):
    st.header(month)
    coming_table(f"What falls due in {month}", list(group))
st.header("In your own diary")
st.write("A diary that subscribes to your calendar stays up to date. Its address is yours alone: do not pass it on.")
address = f"{visitor.settings().base_url}/calendar/{calendar_key(act)}.ics"
st.code(address, language=None, wrap_lines=True)
link_button("Download it once", "/calendar.ics")
