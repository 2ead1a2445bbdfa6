"""Giving a request to a colleague, on the page of the request."""

from collections.abc import Mapping

import streamlit as st

from portal.ground.act import Act
from portal.requests.exchange.assigning import assign, may_see_to
from portal.requests.views import OpenedRequest
from portal.ui.flow import go
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain

_NOBODY = "Nobody in particular"


def show_assigning(act: Act, opened: OpenedRequest, problems: Mapping[str, str]) -> None:
    """Let the holder's approver say who sees to an open request, change it, and take it back."""
    if not opened.may_decide:
        return
    with st.expander(f"Who sees to it: {plain(opened.line.seen_to_by or 'nobody yet')}"):
        st.write("They get a letter with the reference only. An approver still decides.")
        people = {"": _NOBODY, **{one.id: one.words for one in may_see_to(act, opened.line.id)}}
        chosen = st.selectbox(
            "Who sees to this request?",
            list(people),
            index=list(people).index(opened.seen_to_by_id) if opened.seen_to_by_id in people else 0,
            format_func=lambda one: people[one],
            key=f"request_view.{opened.line.id}.seen_to_by",
        )
        at_field(problems, "seen_to_by")
        if st.button("Save who sees to it", key="request_view.assign"):
            with problems_kept():
                assign(act, opened.line.id, chosen or "")
                go("request-view", id=opened.line.id)
