"""Screen: the answer to a request, open only to the people named in it.

Clauses: app4.handling, s7.matching-quality, s6.disclosure-in-writing, s4.proportionality.people, s6.refusal,
s8.use-by-protocol, s9.marking-definitions.
"""

import streamlit as st

from portal.ground.wording import day, day_and_time
from portal.requests.entitlement import Side
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.decisions import ALTERNATIVES, DECIDED
from portal.requests.papers.decision_words import matched_in_words, use_in_words
from portal.ui.blocks import LinkTo, facts, inset, link_button, links
from portal.ui.requests.decision import show_handling, show_items
from portal.ui.requests.view import asked_for, back, typed_words
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
request_id = asked_for("id")
answer = open_answer(here, request_id)
verdict = answer.verdict
back("Back to the request", f"/request-view?id={request_id}")
st.title(f"Answer to request {answer.reference}")
facts(
    [
        ("Decision", DECIDED[verdict.outcome]),
        ("Decided by", f"{answer.decided_by}, {answer.position}" if answer.position else answer.decided_by),
        ("Decided", day_and_time(answer.decided_at)),
        *([("What agreed with their record", matched_in_words(verdict))] if verdict.matched else []),
        *([("Opens here until", day(answer.opens_until))] if answer.opens_until else []),
    ]
)
if verdict.reason:
    st.header("Reason")
    typed_words(verdict.reason)
if verdict.alternative:
    inset(ALTERNATIVES[verdict.alternative])
if verdict.alternative == "depersonalised" and answer.side is Side.ASKING:
    link_button("Ask for figures without names", f"/request-without-names?after={request_id}", primary=True)
if verdict.shares:
    inset(use_in_words(answer.case))
    show_items(answer.case.items, verdict.items, answer.sources)
if answer.files:
    st.header("Files")
    links(
        [
            LinkTo(f"{file.name} ({max(1, file.size // 1024):,} KB)", f"/files/answer/{request_id}/{file.number}")
            for file in answer.files
        ]
    )
if verdict.shares:
    show_handling(answer.case, verdict.harms)
if answer.conditions:
    st.header("Conditions that were met")
    for condition in answer.conditions:
        st.markdown(f"- {plain(condition)}")
link_button("Download the answer (PDF)", f"/files/answer/{request_id}.pdf")
st.caption("We note each time this answer is opened.")
