"""Screen: ask for data without names: first where it is already, then a short form of its own.

Clauses: s6.prefer-depersonalised.
"""

import streamlit as st

from portal.ground.wording import new_id
from portal.requests.depersonalised.depersonalised_request import (
    DETAILS,
    NewDepersonalisedRequest,
    ask_without_names,
    kinder_start,
)
from portal.requests.participants import bodies_to_ask, is_active, own_organisation
from portal.ui.blocks import inset, link_button
from portal.ui.fields import typed_day
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.depersonalised import already_there
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act

here = act()
start = kinder_start(here, asked_for("after")) if asked_for("after") else NewDepersonalisedRequest()
back("Back to requests", "/request")
problems = kept()
if asked_for("sure") == "no":
    st.title("Try without names first")
    st.write("Ask yourself what you would decide with the answer. If a number would settle it, you need no name.")
else:
    st.title("You do not need anybody's name")
    st.write("That is the quickest way: no check of the law, and nobody is named.")
key = st.session_state.setdefault("request_without_names.key", new_id())
scope = f"without_names.{key}"
bodies = {one.id: one for one in bodies_to_ask(here)}
holder = st.selectbox(
    "Who may have it?",
    list(bodies),
    index=list(bodies).index(start.holder) if start.holder in bodies else None,
    format_func=lambda one: bodies[one].name,
    placeholder="Start typing a name",
    key=f"{scope}.holder",
)
at_field(problems, "holder")
already_there(here, bodies.get(holder or ""))
if not is_active(here, own_organisation(here)):
    inset("Your organisation must sign the agreement before it can ask another one.")
    link_button("Sign the agreement", "/sign")
    st.stop()
st.header("It is not there: ask for it")
what = st.text_area(
    "Which figures or facts do you want?", max_chars=2000, height=110, key=f"{scope}.what", on_change="ignore"
)
st.caption("Such as: calls about noise in Mill Lane, by month, since March. Write nobody's name or address.")
at_field(problems, "what")
purpose = st.text_area("What are they for?", max_chars=2000, height=90, key=f"{scope}.purpose", on_change="ignore")
at_field(problems, "purpose")
detail = st.radio("How fine must it be?", list(DETAILS), index=None, format_func=DETAILS.get, key=f"{scope}.detail")
at_field(problems, "detail")
by = typed_day("By when?", f"{scope}.wanted_by")
at_field(problems, "wanted_by")
if st.button("Send this request", type="primary", key="request_without_names.go"):
    with problems_kept():
        told = NewDepersonalisedRequest(
            holder=holder or "", what=what, purpose=purpose, detail=detail or "", wanted_by=by, after=start.after
        )
        sent = ask_without_names(here, key, told)
        st.session_state.pop("request_without_names.key", None)
        go("data-request", id=sent, sent="1")
