"""Screen: quarterly returns, what is due and what was sent.

Clauses: s11.quarterly, app1.datasets, app1.ambulance-date.
"""

from itertools import groupby

import streamlit as st

from portal.returns.looking import due
from portal.ui.blocks import table
from portal.ui.return_view import due_rows
from portal.ui.visitor import act

here = act()
st.title("Quarterly returns")
st.write(
    "Each quarter, your organisation shares the data sets listed here. They name nobody: we take out what points to a person, and you see it before anything is kept."
)
items = due(here, here.person.organisation_id or "")
if not items:
    st.write(
        "The agreement asks your kind of organisation for no quarterly data set. There is nothing for you to do here."
    )
for quarter, group in groupby(items, key=lambda item: item.quarter):
    st.header(quarter.months)
    table(
        f"Data sets for {quarter.months}",
        ["Data set", "Status", "What to do"],
        due_rows(list(group)),
        hide_caption=True,
    )
