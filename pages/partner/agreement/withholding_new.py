"""Screen: propose to withhold passages of the published agreement.

Clauses: s15.withhold.
"""

import streamlit as st

from portal.agreement.editions.passages import passages
from portal.agreement.editions.wording import whole_words_in_force
from portal.agreement.withholding.proposals import propose
from portal.agreement.withholding.views import stands_also_in
from portal.ground.wording import listed, today
from portal.ui.agreement.drafting import begin_of
from portal.ui.agreement.signing import reach
from portal.ui.blocks import LinkTo, inset, links
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.visitor import act

now = act()
links([LinkTo("All proposals", "/withholding")])
st.title("Propose to withhold a passage")
st.write("Every partner that has signed is told, and answers. Until it is decided the words stay public.")
st.write(
    "A withheld passage shows as withheld on the pages, in the PDF and in comparisons. Those who sign still read it whole."
)
problems = kept()
of = whole_words_in_force(now.store, today(now.at)).edition
every = [one for one in passages(of.text) if not one.is_heading]
part = st.selectbox("Section or appendix", list(dict.fromkeys(one.part for one in every)), key="withholding.part")
here = {one.number: one for one in every if one.part == part}
whole = st.checkbox("The whole of it", key="withholding.whole")
at_field(problems, "passages")
numbers: list[int] = (
    []
    if whole
    else st.multiselect(
        "Passages", list(here), format_func=lambda number: begin_of(here[number]), key=f"withholding.passages.{part}"
    )
)
chosen = list(here) if whole else numbers
also = sorted({table for number in chosen for table in stands_also_in(of, here[number].words)})
if also:
    inset(f"The portal also says some of these words in its own tables, which stay public: {listed(also)}.")
with st.form("withholding.new", border=False):
    at_field(problems, "exemption")
    exemption = st.text_input(
        "Exemption, such as Freedom of Information Act 2000, section 31 (public)",
        max_chars=200,
        key="withholding.exemption",
    )
    at_field(problems, "reason")
    reason = st.text_area("Reason (partners and managers read it)", max_chars=2000, key="withholding.reason")
    if st.form_submit_button("Propose it to the partners", type="primary"):
        with problems_kept():
            made = propose(
                now,
                part=part,
                numbers=tuple(chosen) or (0,),
                exemption=exemption,
                reason=reason,
                path=reach().base_url,
            )
            go("withholding", id=made)
