"""What happened since somebody was last here: acts of others that concern their organisation or their work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from models.record import AuditEntry
from portal.ground.access import Permission, may
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.record.events import Event, in_words
from portal.requests.lists import requests_received, requests_sent

MOST = 8  # the newest; a person reads on in the lists themselves

_OF_ORGANISATION = (
    Event.SIGNATURE_CONFIRMED, Event.SIGNATURE_DECLINED, Event.AGREEMENT_SIGNED, Event.AGREEMENT_SUSPENDED,
    Event.SUSPENSION_LIFTED, Event.AGREEMENT_LEFT, Event.RETURN_SENT, Event.RETURN_NIL, Event.RETURN_REPLACED,
    Event.RETURN_WITHDRAWN, Event.RETURN_QUERIED, Event.RETURN_QUERY_CLOSED, Event.POST_GRANTED, Event.POST_ENDED,
    Event.STATEMENT_SIGNED, Event.STATEMENT_IN_FORCE, Event.ORGANISATION_CHANGED,
)  # fmt: skip
_OF_REQUESTS = (
    Event.REQUEST_SENT, Event.URGENT_SENT, Event.REQUEST_WITHDRAWN, Event.QUESTION_ASKED, Event.QUESTION_ANSWERED,
    Event.REQUEST_DECIDED, Event.RECEIPT_CONFIRMED, Event.TROUBLE_REPORTED, Event.TROUBLE_ANSWERED, Event.COPY_GONE,
    Event.PASSING_DECIDED, Event.RECORD_COMPLETED,
)  # fmt: skip
_OF_ROLE: dict[Role, tuple[Event, ...]] = {
    Role.OFFICER: (Event.RETURN_SENT, Event.RETURN_NIL, Event.RETURN_REPLACED, Event.RETURN_WITHDRAWN, Event.RETURN_QUERY_ANSWERED),
    Role.MANAGER: (Event.AGREEMENT_SIGNED, Event.AGREEMENT_SUSPENDED, Event.SUSPENSION_LIFTED, Event.AGREEMENT_LEFT,
                   Event.ORGANISATION_ADDED, Event.INVITATION_ACCEPTED, Event.BREACH_REPORTED, Event.EDITION_PUBLISHED,
                   Event.SIGNATURE_CONFIRMED, Event.SIGNATURE_DECLINED),
    Role.CHAIR: (Event.BREACH_REPORTED, Event.EDITION_PUBLISHED, Event.AGREEMENT_SUSPENDED, Event.AGREEMENT_LEFT, Event.MEETING_PLANNED),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ActsOfAKind:
    """Acts of one kind since the last visit: how many, the newest of them, and who did it (where it was one)."""

    at: datetime
    what: str
    times: int
    who: str


@dataclass(frozen=True, kw_only=True)
class SinceLastVisit:
    """What happened since `since`; `more` kinds of act are left out."""

    since: datetime
    happened: tuple[ActsOfAKind, ...]
    more: int


def meanwhile(act: Act) -> SinceLastVisit | None:
    """Tell what others did since the person was last signed in before now; None on their first visit."""
    requests = _requests(act)
    with reading(act.store.engine) as session:
        since = _last_here(session, act)
        if since is None:
            return None
        rows = session.exec(
            select(AuditEntry)
            .where(col(AuditEntry.at) > since, col(AuditEntry.actor) != act.person.id, or_(*_concerns(act, requests)))
            .order_by(col(AuditEntry.number).desc())
            .limit(1000)
        ).all()
    told = _told(rows)
    return SinceLastVisit(since=since, happened=tuple(told[:MOST]), more=max(0, len(told) - MOST))


def _last_here(session: Session, act: Act) -> datetime | None:
    """Give when the sign-in before the present one was."""
    times = session.exec(
        select(AuditEntry.at)
        .where(AuditEntry.actor == act.person.id, AuditEntry.event == Event.SIGNED_IN.value)
        .order_by(col(AuditEntry.number).desc())
        .limit(2)
    ).all()
    return times[1] if len(times) > 1 else None


def _requests(act: Act) -> list[str]:
    sent = requests_sent(act) if may(act.person, Permission.ASK) else []
    received = requests_received(act) if may(act.person, Permission.ANSWER) else []
    return [f"request:{line.id}" for line in (*sent, *received)]


def _concerns(act: Act, requests: Sequence[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        col(AuditEntry.event).in_([event.value for event in events])
        for role, events in _OF_ROLE.items()
        if act.person.holds(role)
    ]
    if act.person.organisation_id:
        found.append(
            (col(AuditEntry.organisation_id) == act.person.organisation_id)
            & col(AuditEntry.event).in_([event.value for event in _OF_ORGANISATION])
        )
        found.append(
            col(AuditEntry.subject).in_(requests) & col(AuditEntry.event).in_([event.value for event in _OF_REQUESTS])
        )
    return found or [col(AuditEntry.number) < 0]


def _told(rows: Sequence[AuditEntry]) -> list[ActsOfAKind]:
    """Gather acts of one kind into one line, the newest first."""
    kinds: dict[str, list[AuditEntry]] = {}
    for row in rows:
        kinds.setdefault(row.event, []).append(row)
    return [
        ActsOfAKind(
            at=alike[0].at,
            what=in_words(event),
            times=len(alike),
            who=alike[0].actor_name if len({row.actor for row in alike}) == 1 else "",
        )
        for event, alike in kinds.items()
    ]
