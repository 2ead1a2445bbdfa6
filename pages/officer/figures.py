"""Screen: figures for the public: build a table, see what the attack found, propose it, approve another's, withdraw.

Clauses: s6.fewer-than-five, s6.merging-risk.
"""

import streamlit as st

from portal.ground.access import Permission, may
from portal.ground.wording import counted, day
from portal.publication.publishing import approve, refuse, withdraw
from portal.publication.views import public_tables, waiting
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.fields import which_one
from portal.ui.figures.proposing import propose_a_table
from portal.ui.figures.view import shown
from portal.ui.problems import problems_shown
from portal.ui.visitor import act

here = act()
st.title("Figures for the public")
st.write(
    "One person puts a table forward, and another says yes. Small counts are hidden. Before a table goes out, the portal tries to work them out from all that is public."
)
if may(here.person, Permission.PROPOSE_FIGURES):
    st.header("Propose a table")
    propose_a_table()
proposed = waiting(here)
st.header("Waiting for approval")
if not proposed:
    st.write("No table waits.")
for one in proposed:
    shown(one)
    inset(
        f"Proposed by {one.proposed_by_name} on {day(one.proposed_at)}. The attack tried {counted(one.tried, 'withheld count')} over {counted(one.sums, 'sum')} of all public tables, and worked out none."
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
        gone = which_one("Table", list(public), "figures.gone", problems={}, named=lambda each: public[each].title)
        why = st.text_input("Why (the public reads this in its place)", max_chars=500, key="figures.why")
        if st.form_submit_button("Withdraw it"):
            with problems_shown():
                withdraw(here, gone(), why)
                st.rerun()
links([LinkTo("Published figures", "/statistics")])
