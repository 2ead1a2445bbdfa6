"""Screen: the first question: would information without names do?

Clauses: s6.prefer-depersonalised.
"""

import streamlit as st

from portal.ground.errors import AnswersNeededError
from portal.requests.forms.drafting import begin_request, next_screen, written
from portal.ui.blocks import danger_now
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import only_signatories
from portal.ui.visitor import act

here = act()
only_signatories(here)
problems = kept()
danger_now()
st.title("Would information without names do?")
st.write("Such as how often it happened, where and when, but not who. It is quicker, and nobody is named.")
st.caption("The agreement asks this first: Section 6, Depersonalised Data.")
choice = st.radio(
    "Choose one",
    ["yes", "no", "unsure"],
    index=None,
    key="request_begin.choice",
    format_func={"yes": "Yes", "no": "No, we need to know about one person", "unsure": "I am not sure"}.get,
)
at_field(problems, "choice")
why = ""
if choice == "no":
    why = st.text_area(
        "Why would information without names not do?",
        max_chars=2000,
        key="request_begin.why",
        height=120,
        on_change="ignore",
    )
    at_field(problems, "why")
if st.button("Continue", type="primary", key="request_begin.go"):
    with problems_kept():
        if choice == "no":
            draft_id = begin_request(here, why)
            go("request-answer", draft=draft_id, task=next_screen(written(here, draft_id).case))
        if choice is None:
            raise AnswersNeededError({"choice": "Choose whether information without names would do."})
    go("request-without-names", sure="yes" if choice == "yes" else "no")
