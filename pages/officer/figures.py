"""Screen: figures for the public: build a table, see what the attack found, propose it, approve another's, withdraw.

Clauses: s6.fewer-than-five, s6.merging-risk.
"""

import streamlit as st

from portal.ground.access import Permission, may
from portal.ground.wording import day, new_id, today
from portal.publication.building import Subject
from portal.publication.fields import publishable
from portal.publication.publishing import approve, propose, refuse, withdraw
from portal.publication.views import public_tables, quarters_to_choose, waiting
from portal.rules.datasets.catalogue import data_set, data_sets
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.figures_view import shown
from portal.ui.problems import problems_shown
from portal.ui.visitor import act

RUNS = {1: "This quarter alone", 2: "The half-year up to it", 4: "The year up to it", 8: "The two years up to it"}

here = act()
st.title("Figures for the public")
st.write(
    "One person puts a table forward, and another says yes. Small counts are hidden. Before a table goes out, the portal tries to work them out from all that is public."
)
if may(here.person, Permission.PROPOSE_FIGURES):
    st.header("Propose a table")
    chosen = st.selectbox(
        "Data set", [one.id for one in data_sets()], format_func=lambda one: data_set(one).title, key="figures.set"
    )
    fields = list(publishable(data_set(chosen)))
    with st.form("figures.form"):
        quarters = {one.label: one.months for one in quarters_to_choose(today(here.at))}
        quarter = st.selectbox("Quarter", list(quarters), format_func=quarters.__getitem__, key="figures.quarter")
        many = st.selectbox("How much", list(RUNS), format_func=RUNS.__getitem__, key="figures.quarters")
        rows = st.selectbox("Rows", fields, format_func=lambda one: one.replace("_", " "), key="figures.rows")
        columns = st.selectbox(
            "Columns", ["", *fields], format_func=lambda one: one.replace("_", " ") or "None", key="figures.columns"
        )
        subtotals = st.checkbox("Add subtotals (wards by district, codes by family)", key="figures.subtotals")
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
                )
                propose(here, subject, key, notice=notice)
                del st.session_state["figures.key"]
                st.rerun()
proposed = waiting(here)
st.header("Waiting for approval")
if not proposed:
    st.write("No table waits.")
for one in proposed:
    shown(one)
    inset(
        f"Proposed by {one.proposed_by_name} on {day(one.proposed_at)}. The attack tried {one.tried} withheld counts over {one.sums} sums of all public tables, and worked out none."
    )
    if one.proposed_by == here.person.id:
        st.write("You proposed it, so somebody else must approve it.")
        continue
    with problems_shown():
        if st.button("Publish this table", key=f"figures.approve.{one.id}", type="primary"):
            approve(here, one.id)
            st.rerun()
        if st.button("Refuse it", key=f"figures.refuse.{one.id}"):
            refuse(here, one.id)
            st.rerun()
public = {one.id: one for one in public_tables(here.store) if one.status == "published"}
if public:
    st.header("Withdraw a table")
    with st.form("figures.withdraw"):
        gone = st.selectbox("Table", list(public), format_func=lambda each: public[each].title, key="figures.gone")
        why = st.text_input("Why (the public reads this in its place)", max_chars=500, key="figures.why")
        if st.form_submit_button("Withdraw it"):
            with problems_shown():
                withdraw(here, gone, why)
                st.rerun()
links([LinkTo("Published figures", "/statistics")])
