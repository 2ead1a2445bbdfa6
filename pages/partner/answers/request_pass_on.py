"""Screen: may you pass a fact on to another body? Ask the body that it came from.

Clauses: s8.use-by-protocol, s7.matching-quality.
"""

import streamlit as st

from portal.ground.wording import new_id
from portal.requests.after_disclosure.onward_sharing import (
    OnwardSharingRequest,
    ask_to_pass_on,
    facts_received,
    gateways_for,
)
from portal.requests.participants import bodies_to_ask
from portal.ui.blocks import inset
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
request_id = asked_for("id")
facts, case = facts_received(here, request_id)
back("Back to the request", f"/request-view?id={request_id}")
problems = kept()
st.title("Pass a fact on to another body")
st.write("A fact belongs to the body it came from. Ask it first: pass nothing on before it says yes.")
key = st.session_state.setdefault("request_pass_on.key", new_id())
scope = f"request_pass_on.{key}"
st.markdown("**Which facts?**")
chosen = tuple(
    one.number
    for one in facts
    if st.checkbox(plain(f"{one.item} (from {one.source.name})"), key=f"{scope}.fact.{one.number}")
)
at_field(problems, "facts")
others = {one.id: one for one in bodies_to_ask(here)}
receiver = st.selectbox(
    "To whom?",
    [*others, ""],
    index=None,
    format_func=lambda one: others[one].name if one else "A body that is not listed",
    placeholder="Start typing a name",
    key=f"{scope}.receiver",
)
other = st.text_input("Its name", max_chars=200, key=f"{scope}.other", on_change="ignore") if receiver == "" else ""
at_field(problems, "receiver")
kind = others[receiver].kind if receiver else ""
source = next((one.source.kind for one in facts if one.number in chosen), case.holder.kind if case.holder else "")
laws = gateways_for(case, source, kind)
gateway = st.selectbox(
    "Which law lets them have it?", list(laws), index=None, format_func=lambda one: laws[one], key=f"{scope}.gateway"
)
at_field(problems, "gateway")
why = st.text_area("Why do they need it?", max_chars=2000, height=110, key=f"{scope}.why", on_change="ignore")
at_field(problems, "why")
inset("Nothing moves by itself. They answer yes, with conditions, or no, with a reason.")
if st.button("Ask the body it came from", type="primary", key="request_pass_on.go"):
    with problems_kept():
        asked = OnwardSharingRequest(facts=chosen, receiver=receiver or "", other=other, gateway=gateway or "", why=why)
        ask_to_pass_on(here, request_id, key, asked)
        st.session_state.pop("request_pass_on.key", None)
        go("request-view", id=request_id)
