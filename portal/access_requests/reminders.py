"""Reminders of access requests: to the holder before its last day and after it, to partners whose view is waited for."""

from datetime import date

from sqlmodel import Session, col, select

from models.statements import AccessRequest, OriginatorView
from portal.access_requests.views import SOON
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import working_days_between
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.participants import people_of
from portal.statements.notifications import tell

_VIEW_SOON = 2  # working days before a partner's day


def remind_of_access(act: Act) -> int:
    """Queue the reminders that are due, each once; returns how many were queued. Safe to run at any time, and twice."""
    with transaction(act.store.engine) as session:
        return _remind_holders(session, act) + _remind_partners(session, act)


def _remind_holders(session: Session, act: Act) -> int:
    rows = session.exec(
        select(AccessRequest)
        .where(col(AccessRequest.decided_at).is_(None), col(AccessRequest.stopped_on).is_(None))
        .with_for_update()
    ).all()
    sent = 0
    for row in rows:
        what = _what(today(act.at), row.extended_to or row.due_on, SOON)
        if what and what != row.reminded:
            told = [one.email for one in people_of(session, row.organisation_id)]
            if not tell(session, act, f"access-{what}", row.reference, f"/access-request?id={row.id}", told):
                continue
            row.reminded = what
            session.add(row)
            subject = f"access-request:{row.id}"
            record(session, act, Event.ACCESS_REMINDED, subject, row.organisation_id, about=what)
            sent += 1
    return sent


def _remind_partners(session: Session, act: Act) -> int:
    rows = session.exec(
        select(OriginatorView, AccessRequest)
        .join(AccessRequest, col(AccessRequest.id) == col(OriginatorView.access_request_id))
        .where(col(OriginatorView.answered_at).is_(None), col(AccessRequest.decided_at).is_(None))
    ).all()
    sent = 0
    for view, access in rows:
        what = _what(today(act.at), view.answer_by, _VIEW_SOON)
        if what and what != view.reminded:
            told = [one.email for one in people_of(session, view.organisation_id)]
            if not tell(session, act, f"access-view-{what}", access.reference, f"/access-question?id={view.id}", told):
                continue
            view.reminded = what
            session.add(view)
            subject = f"access-request:{access.id}"
            record(session, act, Event.ACCESS_REMINDED, subject, view.organisation_id, about=f"view-{what}")
            sent += 1
    return sent


def _what(now: date, last_day: date, soon: int) -> str:
    if now > last_day:
        return "late"
    return "soon" if working_days_between(now, last_day) <= soon else ""
