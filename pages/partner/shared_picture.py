"""Screen: what partners' returns show, nothing withheld: hot spots, what changed, and which returns came.

Clauses: s11.quarterly, s9.datasets-secured.
"""

import streamlit as st

from portal.ground.wording import today
from portal.publication.shared_picture import fields_to_compare, shared_picture
from portal.publication.views import field_heading, quarters_to_choose
from portal.returns.service.calendar import received_by_quarter
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.rules.datasets.quarters import Quarter
from portal.ui.blocks import inset
from portal.ui.figures.view import changes, hot_spots, received_grid
from portal.ui.problems import problems_shown
from portal.ui.visitor import act

here = act()
st.title("What the returns show")
st.write(
    "These are the full counts, for partners alone. The agreement lets signatories share them; it does not let you publish them."
)
inset("Small counts may point to a person. Do not pass them on. The record keeps that you opened them, and when.")
chosen = st.selectbox(
    "Data set", [one.id for one in data_sets()], format_func=lambda one: data_set(one).title, key="shared.set"
)
with st.form("shared.form"):
    quarters = {one.label: one.months for one in quarters_to_choose(today(here.at))}
    quarter = st.selectbox("Quarter", list(quarters), format_func=quarters.__getitem__, key="shared.quarter")
    by = st.selectbox("Compare by", fields_to_compare(chosen), format_func=field_heading, key="shared.by")
    asked = st.form_submit_button("Open these returns", type="primary")
if asked and by:
    with problems_shown():
        picture = shared_picture(here, chosen, Quarter.parse(quarter), by)
        if not picture.returns:
            st.write("No return of this data set came for this quarter. A missing return is not a nought.")
        else:
            hot_spots(picture)
            changes(picture, by)
st.header("Which returns came")
shown = [Quarter.parse(label) for label in list(quarters)[:8]]
received_grid(shown, received_by_quarter(here, shown))
