"""Parts of the page of one return: its standing, its records, its versions, and taking it back."""

import streamlit as st

from portal.ground.act import Act
from portal.ground.wording import counted, day_and_time
from portal.returns.service.views import SentReturn, open_records
from portal.returns.service.withdrawal import withdraw
from portal.ui.blocks import LinkTo, Tag, panel, table
from portal.ui.problems import problems_shown
from portal.ui.words import typed


def standing(found: SentReturn) -> None:
    """Say whether a return is in force, and what was kept of it."""
    if found.ended_at:
        panel(f"This return was {found.ended_why}", day_and_time(found.ended_at), standing="ended")
        if found.ended_reason:
            typed(found.ended_reason)
    elif found.nothing_to_report:
        who = "Your" if found.own else "The"
        panel(
            "Nothing to report",
            f"{who} organisation said so on {day_and_time(found.sent_at)}. It counts as a return.",
        )
    else:
        title = "We have your return" if found.own else "This return is kept"
        panel(title, f"{counted(found.rows_kept, 'record')} kept. The file itself was not kept.")


def records(act: Act, found: SentReturn) -> None:
    """Offer to open the records; each opening is recorded."""
    if found.nothing_to_report or found.ended_why == "withdrawn":
        return
    st.write("Opening the records is itself recorded.")
    if st.button("Open the records"):
        headings, rows, total = open_records(act, found.id)
        st.write(f"The first {len(rows)} of {counted(total, 'record')}.")
        table(
            "Records kept", ["Row", *[h.replace("_", " ") for h in headings]], [[n, *r] for n, r in enumerate(rows, 1)]
        )


def versions(earlier: list[SentReturn], shown: SentReturn) -> None:
    """Show every return of the set and quarter, with which of them holds."""
    if len(earlier) < 2:  # noqa: PLR2004 - one alone has no history
        return
    table(
        "History of this return",
        ["Sent", "Status", "Records", "Look"],
        [
            [
                f"{day_and_time(r.sent_at)} by {r.sent_by}",
                Tag(r.ended_why.capitalize(), "ended") if r.ended_at else Tag("In force", "done"),
                "Nothing to report" if r.nothing_to_report else r.rows_kept,
                "This one" if r.id == shown.id else LinkTo("Look at it", f"/return-view?return={r.id}"),
            ]
            for r in earlier
        ],
    )


def take_back(act: Act, found: SentReturn) -> None:
    """Offer to withdraw a return, with a reason."""
    with st.expander("Withdraw this return"), st.form("withdraw"):
        reason = st.text_area("Why is it withdrawn?", max_chars=500)
        if st.form_submit_button("Withdraw this return"):
            with problems_shown():
                withdraw(act, found.id, reason)
                st.rerun()
