"""Screen: a request that was sent: what it says, what was said about it, whose turn it is.

Clauses: s4.proportionality.people, s6.disclosure-in-writing, s6.refusal.
"""

import streamlit as st

from portal.requests.exchange.correspondence import reply, withdraw
from portal.requests.views import Side, open_request
from portal.ui.blocks import link_button, panel
from portal.ui.fields import long_field
from portal.ui.flow import go
from portal.ui.problems import kept, problems_kept
from portal.ui.requests.aftermath import show_emptied, show_pack, show_urgent
from portal.ui.requests.answer_copy import show_after
from portal.ui.requests.assigning import show_assigning, show_where_it_stands
from portal.ui.requests.recorded import show_check_of
from portal.ui.requests.view import (
    asked_for,
    show_asked_and_agreed,
    show_contents,
    show_decision_links,
    show_messages,
    show_regular,
)
from portal.ui.visitor import act
from portal.ui.words import plain

here = act()
opened = open_request(here, asked_for("id"))
line, case = opened.line, opened.case
problems = kept()
if asked_for("sent") and line.side is Side.ASKING and line.status == "waiting":
    panel("Your request was sent", f"Reference {line.reference}. {line.holder} has been told that a request waits.")
st.title(f"Request {line.reference}")
show_where_it_stands(opened, here.at)
if case is None:
    show_emptied(opened, here.at)
    show_after(here, opened, problems)
    show_pack(line.id)
    st.stop()
show_urgent(here, opened)
show_decision_links(opened)
show_after(here, opened, problems)
show_assigning(here, opened, problems)
show_messages(opened.messages)
if opened.may_reply:
    words = long_field("Your answer to their question", f"request_view.{line.id}.reply", problems=problems, most=4000)
    if st.button("Send answer", type="primary", key="request_view.reply"):
        with problems_kept():
            reply(here, line.id, words)
            go("request-view", id=line.id)
show_asked_and_agreed(opened)
st.header("What is asked")
show_contents(case, sent_at=line.sent_at)
show_check_of(case, line.sent_at)
show_regular(case, request=line.id)
link_button("Download the written request (PDF)", f"/files/request/{line.id}.pdf")
show_pack(line.id)
if opened.may_withdraw:
    with st.expander("Withdraw this request"):
        st.write(f"{plain(line.holder)} will see that it was withdrawn. What it says is deleted for both of you.")
        if st.button("Withdraw this request", key="request_view.withdraw"):
            with problems_kept():
                withdraw(here, line.id)
                go("request-view", id=line.id)
