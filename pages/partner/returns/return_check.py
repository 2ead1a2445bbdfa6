"""Screen: what we understood, what we took out, what needs mending, and what we will keep; nothing is kept before the last button.

Clauses: s6.no-identifiers, app1.whatever-is-recorded, app1.outward-postcode.
"""

import streamlit as st

from portal.returns.service.submission import send
from portal.returns.service.typed_counts import done
from portal.returns.service.upload_check import correct
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from portal.ui.blocks import step
from portal.ui.flow import go
from portal.ui.problems import problems_shown, summary
from portal.ui.returns import check as checking
from portal.ui.returns import problems as problem
from portal.ui.returns import view as shown
from portal.ui.returns.wordings import unknown_words
from portal.ui.visitor import act
from portal.ui.words import plain

here, held = act(), shown.held()
step(2, 3)
if held is None:
    checking.nothing_held()
    st.stop()
upload, checked = held
report, status = checked.report, checked.outcome.status
file, chosen = (upload.content, upload.name), {"dataset": checked.data_set, "quarter": checked.quarter}


st.title(plain(f"{data_set(checked.data_set).title}: {Quarter.parse(checked.quarter).months}"))
if status == "refused":
    summary({"correct": checked.outcome.message})
elif status == "question":
    replies = checking.questions(checked)
    if replies is not None:
        checking.again(here, held, answers=replies)
else:
    checking.counts(checked)
    checking.differences(here, checked)
    shown.warnings(report)
problem.problems(checked)
mended = problem.corrections_asked(checked)
if mended is not None:
    with problems_shown():
        checking.take(here, upload, correct(here, checked, file, mended))
choices = unknown_words(checked)
if choices is not None:
    checking.again(here, held, answers=choices)
corrections = None
if status == "accepted":
    shown.risks(report)
    coarser = checking.coarser_records(checked)
    if coarser is not None:
        checking.again(here, held, answers=coarser)
    checking.before_sending()
    if st.button("Send this return", type="primary"):
        with problems_shown():
            sent = send(here, checked, shown.key_of_sending())
            done(here, checked)
            shown.forget()
            go("return-view", **{"return": sent})
    shown.removed(report)
    if not upload.typed:
        shown.understood(report)
if not upload.typed:
    corrections = checking.correct_columns(checked)
if corrections:
    checking.again(here, held, mapping=corrections)
if st.button("Change the numbers" if upload.typed else "Choose a mended file"):
    go("return-grid" if upload.typed else "return-upload", **chosen)
if status == "accepted" and not upload.typed:
    checking.side_by_side(checked)
