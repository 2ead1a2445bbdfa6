"""Screen: record what somebody said who was asked before anything is shared.

Clauses: s4.ongoing-investigation.
"""

import streamlit as st

from portal.ground.errors import NotFoundError
from portal.requests.exchange.correspondence import VIEWS, Consulted, record_consultation
from portal.requests.exchange.section4_check import WHOM
from portal.requests.views import Side, open_request
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act

here = act()
opened = open_request(here, asked_for("id"))
if opened.case is None or opened.line.side is not Side.HOLDING or opened.line.turn is None:
    raise NotFoundError
scope = f"request_consult.{opened.line.id}"
back("Back to the request", f"/request-view?id={opened.line.id}")
problems = kept()
st.title("Record who was asked")
st.write("Write down who was asked, when, and what they said. It stays with the request.")
options = [*opened.still_held_by, *(one for one in WHOM if one not in opened.still_held_by)]
whom = st.radio("Who was asked?", options, index=None, format_func=WHOM.get, key=f"{scope}.whom")
at_field(problems, "whom")
name = st.text_input("Name", max_chars=200, key=f"{scope}.name", autocomplete="off", on_change="ignore")
at_field(problems, "name")
position = st.text_input("Post", max_chars=200, key=f"{scope}.position", autocomplete="off", on_change="ignore")
at_field(problems, "position")
on = st.text_input("Day they answered, such as 1 December 2026", max_chars=40, key=f"{scope}.day", on_change="ignore")
at_field(problems, "day")
view = st.radio("What did they say?", list(VIEWS), index=None, format_func=VIEWS.get, key=f"{scope}.view")
at_field(problems, "view")
said = st.text_area("In their words", max_chars=4000, key=f"{scope}.said", on_change="ignore")
at_field(problems, "said")
if st.button("Record this", type="primary", key=f"{scope}.go"):
    with problems_kept():
        words = Consulted(whom=whom or "", view=view or "", name=name, position=position, day=on, said=said)
        record_consultation(here, opened.line.id, words)
        go("request-view", id=opened.line.id)
