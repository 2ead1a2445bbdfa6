"""Screen: complain about how your information is used, without an account."""

import streamlit as st

from portal.accountability.complaints.receiving import Receipt, complain
from portal.ground.partnership import facts
from portal.ground.wording import day, new_id
from portal.ui import visitor
from portal.ui.accountability.complaints import complaint_fields
from portal.ui.blocks import LinkTo, links, panel
from portal.ui.problems import kept, problems_kept
from portal.ui.words import plain

here = visitor.act()
st.title("Complain about how your information is used")
sent: Receipt | None = st.session_state.get("complain.receipt")
if sent is not None:
    panel(f"We have your complaint: {sent.reference}", "Write this reference down.")
    if sent.reachable:
        st.write(
            f"We tell you by {day(sent.acknowledge_by)} that it came. We look into it now, and tell you what we found."
        )
    else:
        st.write("You left no way to reach you, so we cannot write to you. We still look into it.")
else:
    problems = kept()
    st.write(f"{plain(facts(here.store).owner)} answers for this portal, and reads what you write.")
    st.write("You need not say who you are. If you leave us no way to reach you, we cannot tell you what we found.")
    key = st.session_state.setdefault("complain.key", new_id())  # two clicks are one complaint
    with st.form("complain"):
        new = complaint_fields("complain", problems)
        go_on = st.form_submit_button("Send your complaint", type="primary")
    if go_on:
        with problems_kept():
            st.session_state["complain.receipt"] = complain(
                here, new, key=key, network_address=visitor.network_address()
            )
            del st.session_state["complain.key"]
            st.rerun()
st.write("You can also complain to the Information Commissioner, at ico.org.uk, or go to court.")
links([LinkTo("How this portal uses information about you", "/privacy")])
