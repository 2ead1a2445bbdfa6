"""Screen: what we understood, what we took out, and what we will keep; nothing is kept before the last button.

Clauses: s6.no-identifiers, app1.whatever-is-recorded, app1.outward-postcode.
"""

import streamlit as st

from portal.returns.checking import check_again
from portal.returns.sending import send
from portal.rules.datasets import data_set
from portal.rules.quarters import Quarter
from portal.settings import ROOT
from portal.ui import return_check_view as checking
from portal.ui import return_view as shown
from portal.ui.blocks import LinkTo, links, step
from portal.ui.problems import problems_shown, summary
from portal.ui.visitor import act
from portal.ui.words import plain
from portal.wording import new_id

here, held = act(), shown.held()
step(2, 3)
if held is None:
    st.title("Choose the file again")
    st.write("The page was loaded anew, so the file is no longer in memory. Nothing was kept.")
    links([LinkTo("Go back to your returns", "/return")])
    st.stop()
upload, checked = held
report, entry = checked.outcome.report, data_set(checked.data_set)


def again(**said: dict[str, str]) -> None:
    """Take the file through the path again with what the sender said."""
    with problems_shown():
        shown.hold(upload, check_again(here, checked, (upload.content, upload.name), **said))
        st.rerun()


st.title(plain(f"{entry.title}: {Quarter.parse(checked.quarter).months}"))
if checked.outcome.status == "refused":
    summary({"file": checked.outcome.message})
if checked.outcome.status == "question":
    st.header("We need to ask")
    with st.form("return.questions"):
        replies = checking.ask(checked)
        if st.form_submit_button("Check the file again", type="primary"):
            if None in replies.values():
                summary({"questions": "Answer each question, so that we do not have to guess"})
            else:
                again(answers={name: str(reply) for name, reply in replies.items()})
else:
    checking.counts(checked)
    shown.warnings(report)
    shown.removed(report)
    alarm = checking.correct_false_alarm(checked)
    if alarm is not None:
        again(answers=alarm)
    shown.risks(report)
    shown.understood(report)
corrections = checking.correct_columns(checked)
if corrections is not None:
    again(mapping=corrections)
if checked.outcome.status == "accepted":
    st.header("Before and after")
    checking.side_by_side(checked)
    st.header("Send it")
    st.write("We keep these records, sealed. We do not keep your file. Sending again later replaces this return.")
    key = st.session_state.setdefault("return.key", new_id())
    if st.button("Send this return", type="primary"):
        with problems_shown():
            sent = send(here, checked, key)
            shown.forget()
            del st.session_state["return.key"]
            st.switch_page(ROOT / "pages" / "partner" / "return_view.py", query_params={"return": sent})
