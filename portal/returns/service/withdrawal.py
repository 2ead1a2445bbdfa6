"""Withdrawing a return: its records go, its line stays in the history, for 28 days with the reason."""

from sqlmodel import Session, select

from models.returns import Return
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.ground.input.required_words import needed_words
from portal.record.audit import record
from portal.record.events import Event
from portal.returns.review.query import close_for
from portal.returns.service.deletion import empty

REASON_LENGTH = 500


def withdraw(act: Act, return_id: str, reason: str) -> None:
    """Take a current return back, with a reason; its records are deleted, its line stays in the history.

    Where it took the place of an earlier return by mistake, the earlier one holds again while its records are there.
    """
    reason = needed_words(reason, "reason", "Say why this return is withdrawn", REASON_LENGTH)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Return).where(Return.id == return_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        allow(act, Permission.SEND_RETURN, row.organisation_id)
        if row.ended_at is not None:
            return
        row.ended_at, row.ended_why = act.at, "withdrawn"
        row.ended_reason = act.store.vault.seal_text(reason, f"quarterly_return.ended_reason:{row.id}")
        empty(act, row)
        session.add(row)
        close_for(session, act, row, None)
        record(
            session,
            act,
            Event.RETURN_WITHDRAWN,
            f"return:{row.id}",
            organisation_id=row.organisation_id,
            data_set=row.data_set,
            quarter=row.quarter,
        )
        _bring_back(session, act, row)


def _bring_back(session: Session, act: Act, row: Return) -> None:
    """Let the return that was replaced by mistake hold again, while its records are still there (28 days, s12)."""
    before = session.get(Return, row.replaces) if row.replaces else None
    if before is None or before.emptied_at is not None or before.ended_why != "replaced":
        return
    row.replaces = None  # so that a later return can take the place of the one that holds again
    session.add(row)
    session.flush()
    before.ended_at = before.ended_why = None
    session.add(before)
    record(
        session,
        act,
        Event.RETURN_BROUGHT_BACK,
        f"return:{before.id}",
        organisation_id=row.organisation_id,
        data_set=row.data_set,
        quarter=row.quarter,
    )
