"""Ask which table of the stored returns is wanted."""

import streamlit as st

from portal.ground.wording import new_id, today
from portal.publication.building import Subject, typed
from portal.publication.publishing import propose
from portal.publication.tabulation.fields import publishable
from portal.publication.views import field_heading, quarters_to_choose
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.ui.problems import problems_shown
from portal.ui.visitor import act

_RUNS = {1: "That quarter alone", 2: "Half a year up to it", 4: "A year up to it", 8: "Two years up to it"}


def propose_a_table() -> None:
    """Ask for a data set, its quarters and fields, and propose the table."""
    here = act()
    chosen = st.selectbox(
        "Data set", [one.id for one in data_sets()], format_func=lambda one: data_set(one).title, key="figures.set"
    )
    asked = {field.name for field in data_set(chosen).fields}
    # Those first that every return must hold: what stands first can be proposed as it stands.
    fields = sorted(publishable(data_set(chosen)), key=lambda name: name not in asked)
    with st.form("figures.form"):
        quarters = {one.label: one.months for one in quarters_to_choose(today(here.at))}
        quarter = st.selectbox("Quarter", list(quarters), format_func=quarters.__getitem__, key="figures.quarter")
        many = st.selectbox("How many quarters", list(_RUNS), format_func=_RUNS.__getitem__, key="figures.quarters")
        rows = st.selectbox("Rows", fields, format_func=field_heading, key="figures.rows")
        columns = st.selectbox("Columns", ["", *fields], format_func=field_heading, key="figures.columns")
        subtotals = st.checkbox("Add subtotals (wards by district, codes by family)", key="figures.subtotals")
        groups = st.text_area(
            "Groups of your own, to add up rows or the subtotals above (one a line, such as 'North: Ash Vale, Elm Park')",
            max_chars=2000,
            key="figures.groups",
        )
        notice = st.text_input("What it corrects, if the table is out already", max_chars=500, key="figures.notice")
        if st.form_submit_button("Propose this table", type="primary"):
            with problems_shown():
                key = st.session_state.setdefault("figures.key", new_id())
                subject = Subject(
                    data_set=chosen,
                    quarter=quarter,
                    quarters=many,
                    rows=rows,
                    columns=columns,
                    subtotals=bool(subtotals),
                    groups=typed(groups),
                )
                propose(here, subject, key, notice=notice)
                del st.session_state["figures.key"]
                st.rerun()
