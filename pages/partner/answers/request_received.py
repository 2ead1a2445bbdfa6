"""Screen: say that an answer is here and is what was asked for, or what is wrong with it.

Clauses: s6.disclosure-in-writing, s7.matching-quality.
"""

import streamlit as st

from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.requests.exchange.receipt import confirm_receipt, report_trouble
from portal.requests.views import open_request
from portal.ui.blocks import link_button
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, back
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_request(here, asked_for("id"))
line, after = opened.line, opened.after
if after is None or not (after.may_confirm or after.may_report):
    raise NotFoundError("There is nothing to confirm here now. Look at where the request stands.")
back("Back to the request", f"/request-view?id={line.id}")
problems = kept()
st.title("Do you have the answer?")
st.write(f"{plain(line.holder)} answered request {line.reference}.")
if opened.may_open_answer:
    link_button("Read the answer first", f"/request-read?id={line.id}")
choices = {
    **({"right": "I have it, and it is what I asked for"} if after.may_confirm else {}),
    **({"wrong": "Something is wrong with it"} if after.may_report else {}),
}
scope = f"request_received.{line.id}"
choice = st.radio("Choose one", list(choices), index=None, format_func=choices.get, key=f"{scope}.choice")
at_field(problems, "choice")
words = ""
if choice == "wrong":
    words = st.text_area("What is wrong?", max_chars=4000, key=f"{scope}.trouble", height=120, on_change="ignore")
    st.caption("Such as another person, a wrong date, a part that is missing. They see this and reply.")
    at_field(problems, "trouble")
if st.button("Tell them", type="primary", key=f"{scope}.go"):
    with problems_kept():
        if choice is None:
            raise AnswersNeededError({"choice": "Choose whether it is what you asked for."})
        if choice == "right":
            confirm_receipt(here, line.id)
        else:
            report_trouble(here, line.id, words)
        go("request-view", id=line.id)
