"""Where a request stands and who sees to it, on the page of the request; giving it to a colleague."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import day_and_time
from portal.requests.exchange.assigning import assign, may_see_to
from portal.requests.status import closed_words, turn_words, wanted_words
from portal.requests.views import OpenedRequest
from portal.ui.blocks import facts, inset
from portal.ui.flow import go
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain

_NOBODY = "Nobody in particular"


def show_where_it_stands(opened: OpenedRequest, now: datetime) -> None:
    """Show whose turn it is, between whom, since when; and what it means where the other side is closed."""
    line = opened.line
    seen_to_by = line.seen_to_by or ("Nobody in particular yet" if opened.may_decide else "")
    facts(
        [
            ("Whose turn", turn_words(line, now)),
            ("From", line.asking),
            ("To", line.holder),
            *([("Seen to by", seen_to_by)] if seen_to_by else []),
            ("Sent", day_and_time(line.sent_at)),
            ("Wanted", wanted_words(line, now) or "No date was named"),
            ("Urgent", "Yes" if line.urgent else "No"),
        ]
    )
    if gone := closed_words(line):
        inset(gone)


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
