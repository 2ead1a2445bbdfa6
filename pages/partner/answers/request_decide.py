"""Screen: answer a request: share, share in part, refuse with a reason, or ask a question.

Clauses: s6.refusal, s6.disclosure-in-writing, s4.proportionality.amount.
"""

import streamlit as st

from portal.ground.errors import NotFoundError
from portal.requests.exchange.attachments import KINDS, MOST_BYTES, check_files
from portal.requests.exchange.correspondence import ask_question
from portal.requests.exchange.deciding import decide
from portal.requests.views import open_request
from portal.ui.fields import megabytes
from portal.ui.flow import go
from portal.ui.problems import at_field, kept, problems_kept
from portal.ui.requests.decision import CHOICES, refusing, sharing, what_stands_in_the_way
from portal.ui.requests.recorded import show_check_of
from portal.ui.requests.view import asked_for, back, show_contents
from portal.ui.visitor import act

here = act()
opened = open_request(here, asked_for("id"))
line, case = opened.line, opened.case
if case is None or not opened.may_decide:
    raise NotFoundError("This request is not waiting for your decision. Somebody may have decided it already.")
back("Back to the request", f"/request-view?id={line.id}")
problems = kept()
st.title(f"Answer request {line.reference}")
with st.expander("Read the request again"):
    show_contents(case, sent_at=line.sent_at)
show_check_of(case, line.sent_at)
what_stands_in_the_way(opened)
choice = st.radio(
    "What do you decide?", list(CHOICES), index=None, format_func=CHOICES.get, key=f"request_decide.{line.id}.choice"
)
at_field(problems, "outcome")
scope = f"request_decide.{line.id}"
files: tuple[tuple[str, bytes], ...] = ()
if choice in {"disclose", "in_part"}:
    verdict = sharing(here, scope, opened, choice, problems)
    chosen = st.file_uploader(
        "Files that go with the answer (optional, 5 at most)",
        type=list(KINDS),
        accept_multiple_files=True,
        max_upload_size=megabytes(MOST_BYTES),
        key=f"{scope}.files",
    )
    files = tuple((one.name, one.getvalue()) for one in chosen)
elif choice == "refuse":
    verdict = refusing(scope, problems)
elif choice == "ask":
    words = st.text_area("Your question", max_chars=4000, key=f"{scope}.question", on_change="ignore")
    at_field(problems, "question")
if choice and st.button(
    {"ask": "Send question", "refuse": "Refuse this request"}.get(choice, "Share this information"),
    type="primary",
    key=f"{scope}.go",
):
    with problems_kept():
        if choice == "ask":
            ask_question(here, line.id, words)
        else:
            decide(here, line.id, verdict, check_files(files))
        go("request-view", id=line.id)
