"""Screen: every form of the portal on paper, to print and fill in by hand.

Clauses: s10.confidentiality, s16.declaration, s14.suspension, app1.datasets.
"""

import streamlit as st

from portal.paper_forms.registry import TWINS, return_sheets
from portal.ui.blocks import Cell, LinkTo, links, table
from portal.ui.visitor import act

here = act()
st.title("Forms on paper")
st.write("Print a form and fill it in by hand. Later it is typed in here, under the same checks.")
rows: list[tuple[Cell, ...]] = [(LinkTo(one.title, f"/forms/{one.id}.pdf"), one.under) for one in TWINS]
table("Forms to print", ("Form (PDF)", "What for"), rows, hide_caption=True)
st.header("Returns: a sheet for each data set")
with st.expander("Show the sheets"):
    links([LinkTo(title, f"/forms/{name}.pdf") for name, title in return_sheets(here)])
st.header("At a meeting")
st.write("The Chair prints the sheet to sign from the meeting's own page. It names the meeting, its day and its Chair.")
