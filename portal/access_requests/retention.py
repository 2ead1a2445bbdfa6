"""How long the log of access requests keeps what was asked and decided, and its deletion afterwards (s12)."""

from sqlmodel import Session, col, select

from models.statements import AccessRequest, Clarification, OriginatorView
from portal.access_requests.clocks import keeping_rule
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import years_after
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event


def purge_access(act: Act) -> int:
    """Delete the content of each access request that was decided longer ago than the rule says; returns how many.

    Who asked, what, the views, the reasons and the sealed record go. The line stays, and an entry says what kind it was
    and when, not what (clause s12.personal-retention). Safe to run twice.
    """
    with transaction(act.store.engine) as session:
        take_turn(session)
        rows = session.exec(
            select(AccessRequest).where(
                col(AccessRequest.decided_at).is_not(None), col(AccessRequest.purged_at).is_(None)
            )
        ).all()
        due = [
            row
            for row in rows
            if row.decided_at and today(act.at) > years_after(today(row.decided_at), keeping_rule().years)
        ]
        for row in due:
            _purge(session, act, row)
    return len(due)


def _purge(session: Session, act: Act, row: AccessRequest) -> None:
    views = session.exec(select(OriginatorView).where(OriginatorView.access_request_id == row.id)).all()
    clarified = session.exec(select(Clarification).where(Clarification.access_request_id == row.id)).all()
    row.words = row.extension = row.decision = row.paper = None
    row.purged_at = act.at
    for view in views:
        view.question = view.words = None
    for one in clarified:
        one.question = one.answer = None
    session.add_all([row, *views, *clarified])
    record(
        session,
        act,
        Event.ACCESS_PURGED,
        f"access-request:{row.id}",
        row.organisation_id,
        kind=row.kind,
        outcome=row.outcome,
        decided=str(today(row.decided_at)) if row.decided_at else "",
        views=len(views),
        clarifications=len(clarified),
    )
