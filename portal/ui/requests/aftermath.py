"""What comes before and after the written request itself: the urgent record, keeping, passing on."""

from datetime import datetime

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import day
from portal.requests.exchange.completing import begin_full_record, complete_record, still_to_finish
from portal.requests.status import record_words
from portal.requests.views import OpenedRequest, Side
from portal.ui.blocks import LinkTo, facts, inset, link_button, links, panel
from portal.ui.flow import go
from portal.ui.problems import problems_kept
from portal.ui.requests.view import task_address
from portal.ui.words import plain


def show_urgent(act: Act, opened: OpenedRequest) -> None:
    """Show what was written down at once of an urgent request, and by when its full record is due."""
    urgent = opened.urgent
    if urgent is None:
        return
    st.header("Sent urgently")
    if urgent.completed_at is None:
        inset(f"{record_words(urgent.complete_by, act.at)}. The holder may answer before that, and records the reason.")
    else:
        st.write(plain(f"{urgent.completed_by} completed the full record on {day(urgent.completed_at)}."))
    facts([("Why it cannot wait", urgent.why), ("Telephoned first", urgent.phoned), ("Day and time", urgent.when)])
    if urgent.completed_at is None and opened.line.side is Side.ASKING:
        if not opened.line.mine:
            st.write(plain(f"You can complete it where {opened.line.requester} is away. It is recorded that you did."))
        if st.button("Complete the full record", type="primary", key="request_view.full_record"):
            with problems_kept():
                go("request-tasks", draft=begin_full_record(act, opened.line.id))


def show_emptied(opened: OpenedRequest, now: datetime) -> None:
    """Say why nothing is left of a request but its line: its keeping time is over, or it was withdrawn."""
    if opened.purged_at is not None:
        gone = (
            "It was never answered. What it said is gone."
            if opened.withdrawn_at
            else "What it said, and its answer, are gone."
        )
        said = f"Its keeping time was over on {day(opened.purged_at)}. {gone}"
        panel("Deleted", said, standing="ended")
        return
    said = f"{opened.withdrawn_by} withdrew it on {day(opened.withdrawn_at or now)}. What it said is gone."
    panel("Withdrawn", said, standing="ended")


def show_pack(request_id: str) -> None:
    """Lead to the audit pack, which either side may take at any time."""
    link_button("Download the audit pack (PDF)", f"/files/audit-pack/{request_id}.pdf")
    st.caption("Who asked, the check, the decision, and who opened what. What was disclosed is left out.")
    links([LinkTo("Report a loss of this information", f"/breach-report?about=request:{request_id}")])


def finish_record(act: Act, draft_id: str) -> None:
    """Draw what is left of the full record of an urgent request, and the button that completes it."""
    problems = still_to_finish(act, draft_id)
    if problems:
        st.write("These parts are not finished. The record is complete when they are.")
        links([LinkTo(text, task_address(draft_id, task, back="check")) for task, text in problems.items()])
        return
    inset("This takes the place of the short record. The day on which you sent the request stays.")
    if st.button("Complete the record", type="primary", key="request_check.complete"):
        with problems_kept():
            go("request-view", id=complete_record(act, draft_id).id)
