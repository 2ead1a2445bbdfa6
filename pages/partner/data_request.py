"""Screen: a request for data without names: what is wanted, whose turn it is, the answer.

Clauses: s6.prefer-depersonalised.
"""

import streamlit as st

from portal.disclosure.finding import Side
from portal.disclosure.nameless import DETAILS, withdraw_without_names
from portal.disclosure.nameless_looking import data_request
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.nameless_view import answer_form, tag_of
from portal.ui.problems import kept, problems_kept
from portal.ui.request_view import asked_for, back, go, typed_words
from portal.ui.visitor import act
from portal.wording import day, day_and_time

here = act()
one = data_request(here, asked_for("id"))
back("Back to requests", "/request")
problems = kept()
if asked_for("sent") and one.side is Side.ASKING and one.waits:
    panel("Your request was sent", f"Reference {one.reference}. {one.holder} has been told.")
st.title(f"Request without names {one.reference}")
facts(
    [
        ("Whose turn", tag_of(one, here.at)),
        ("From", one.asking),
        ("To", one.holder),
        ("Sent", day_and_time(one.sent_at)),
        ("Wanted by", day(one.wanted_by)),
        ("How fine", DETAILS[one.detail]),
    ]
)
if one.answered_at is not None:
    st.header("The answer" if one.status == "answered" else "Why it was declined")
    st.caption(f"{one.answered_by}, {day_and_time(one.answered_at)}")
    if one.answer:
        typed_words(one.answer)
    links(
        [
            LinkTo(f"{file.name} ({max(1, file.size // 1024):,} KB)", f"/files/data-request/{one.id}/{file.number}")
            for file in one.files
        ]
    )
st.header("What is wanted")
typed_words(one.what)
st.header("What it is for")
typed_words(one.purpose)
if one.waits and one.side is Side.HOLDING:
    answer_form(here, one, problems)
elif one.waits:
    with st.expander("Withdraw this request"):
        if st.button("Withdraw this request", key="data_request.withdraw"):
            with problems_kept():
                withdraw_without_names(here, one.id)
                go("data-request", id=one.id)
