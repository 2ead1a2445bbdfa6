"""The clock of an access request as people work it: asking the person what they mean, and what the law says of it."""

from collections.abc import Mapping

import streamlit as st

from portal.access_requests.clarification import ask_clarification, record_clarification
from portal.access_requests.clocks import KIND_TITLES, ClockRule, clock_rule, keeping_rule
from portal.access_requests.log import extend_access
from portal.access_requests.views import OUTCOMES, OpenedAccessRequest
from portal.ground.act import Act
from portal.ground.wording import day
from portal.ui.blocks import facts, panel
from portal.ui.fields import day_field
from portal.ui.flow import go
from portal.ui.problems import at_field, problems_kept
from portal.ui.words import plain


def show_rule(rule: ClockRule) -> None:
    """Show a rule of the clock, and the law it comes from."""
    st.write(plain(rule.text))
    st.caption(plain(rule.source))


def show_deleted(opened: OpenedAccessRequest) -> None:
    """Show what is left of a request whose keeping time is over."""
    at = day(opened.purged_at) if opened.purged_at else ""
    panel("Deleted", f"Its content was deleted on {at}. {keeping_rule().text}", standing="ended")
    facts(
        [
            ("Kind", KIND_TITLES[opened.kind]),
            ("Came", day(opened.received_on)),
            ("Decision", OUTCOMES[opened.line.outcome]),
        ]
    )


def show_extending(act: Act, opened: OpenedAccessRequest, problems: Mapping[str, str]) -> None:
    """Draw the way to more time, where the law gives them."""
    if not opened.may_extend:
        return
    access_id = opened.line.id
    with st.expander("Take longer", expanded="extension" in problems):
        show_rule(clock_rule(opened.kind, "longer"))
        at_field(problems, "extension")
        why = st.text_area(
            "Why does it take longer?", max_chars=4000, key=f"access_request.{access_id}.extension", on_change="ignore"
        )
        if st.button("Take longer", key="access_request.extend"):
            with problems_kept():
                extend_access(act, access_id, why or "")
                go("access-request", id=access_id)


def show_clarified(opened: OpenedAccessRequest) -> None:
    """Show what the person was asked, and what they said."""
    if not opened.clarified:
        return
    st.header("What we asked the person")
    rows = []
    for one in opened.clarified:
        rows.append((f"Asked on {day(one.asked_on)} by {one.asked_by}", one.question))
        said = f"Answered on {day(one.answered_on)}" if one.answered_on else "Answer"
        rows.append((said, one.answer if one.answered_on else "No answer was recorded"))
    facts(rows)


def show_clarifying(act: Act, opened: OpenedAccessRequest, problems: Mapping[str, str]) -> None:
    """Draw the question to the person, or, while the clock stands still, the place for their answer."""
    access_id = opened.line.id
    if opened.line.stopped_on is not None:
        st.subheader("Has the person answered?")
        on = day_field("The day their answer came", "access_request.clarified_on", problems)
        at_field(problems, "clarified")
        answer = st.text_area(
            "What they answered", max_chars=4000, key=f"access_request.{access_id}.clarified", on_change="ignore"
        )
        if st.button("Start the clock again", type="primary", key="access_request.start"):
            with problems_kept():
                record_clarification(act, access_id, on, answer or "")
                go("access-request", id=access_id)
    elif opened.may_clarify:
        with st.expander("Ask the person what they mean", expanded="clarification" in problems):
            show_rule(clock_rule(opened.kind, "clarified"))
            st.write("Write to them yourself. Record here what you asked, on the day you ask it.")
            at_field(problems, "clarification")
            asked = st.text_area(
                "What you asked", max_chars=4000, key=f"access_request.{access_id}.clarification", on_change="ignore"
            )
            if st.button("Stop the clock", key="access_request.stop"):
                with problems_kept():
                    ask_clarification(act, access_id, asked or "")
                    go("access-request", id=access_id)
