"""The check of a request that was sent, as it was recorded, for the side that decides."""

from datetime import datetime

import streamlit as st

from portal.ground.wording import day
from portal.requests.case import Case
from portal.requests.exchange.section4_check import DESPITE, check_of, made_by_earlier_rule
from portal.requests.forms.contents import answers_in_words
from portal.ui.blocks import answers, panel
from portal.ui.requests.view import show_check


def show_check_of(case: Case, sent_at: datetime) -> None:
    """Show the check as it stood when the request was sent, with every answer, for the side that decides."""
    st.header("What the check said when it was sent")
    if made_by_earlier_rule(case):
        st.caption(f"Made by the rule in force on {day(sent_at)}.")
    if case.words(DESPITE):
        panel("Sent although the check advises against it", case.words(DESPITE), standing="stopped")
    show_check(case, check_of(case), asking=False)
    with st.expander("The answers to Section 4"):
        answers([(question, said, "") for question, said, _ in answers_in_words(case)])
