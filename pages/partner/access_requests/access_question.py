"""Screen: a partner asks for our view on information that came from us; we see only what we are asked.

Clauses: s5.consult-originator, s15.foi-case-by-case.
"""

import streamlit as st

from portal.access_requests.partner_views import VIEWS, give_view, open_question
from portal.ground.wording import day
from portal.ui.blocks import LinkTo, facts, inset, links, panel
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.view import asked_for, typed_words
from portal.ui.visitor import act

here = act()
question = open_question(here, asked_for("id"))
problems = kept()
scope = f"access_question.{question.id}"
links([LinkTo("Back to access requests", "/access-requests")])
st.title(f"Your view on request {question.reference}")
facts(
    [
        ("From", question.holder),
        ("Kind", question.kind),
        ("Asked on", day(question.asked_at)),
        ("Answer by", day(question.answer_by)),
    ]
)
st.header("What you are asked")
typed_words(question.question)
if question.view:
    panel(VIEWS[question.view], question.words)
    st.stop()
if question.closed:
    panel("Decided without your view", "The partner had to decide by its own last day.", standing="ended")
    st.stop()
inset("Your view is weighed and kept beside the decision. The partner decides.")
at_field(problems, "view")
view = st.radio(
    "What is your view?", list(VIEWS), index=None, format_func=lambda code: VIEWS[code], key=f"{scope}.view"
)
at_field(problems, "words")
words = st.text_area(
    "Say what should be held back, and why", max_chars=4000, height=140, key=f"{scope}.words", on_change="ignore"
)
if st.button("Send this view", type="primary", key=f"{scope}.go"):
    with problems_kept():
        give_view(here, question.id, view or "", words or "")
        go("access-question", id=question.id)
