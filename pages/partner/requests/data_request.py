"""Screen: a request for data without names: what is wanted, whose turn it is, the answer.

Clauses: s6.prefer-depersonalised.
"""

import streamlit as st

from portal.ground.wording import day, day_and_time
from portal.requests.depersonalised.depersonalised_request import DETAILS, withdraw_without_names
from portal.requests.depersonalised.views import data_request
from portal.requests.entitlement import Side
from portal.ui.blocks import LinkTo, facts, links, panel
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.requests.depersonalised import answer_form, tag_of
from portal.ui.requests.view import asked_for, back, typed_words
from portal.ui.visitor import act
from portal.ui.words import plain

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
    st.caption(f"{plain(one.answered_by)}, {day_and_time(one.answered_at)}")
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
