"""Reading the log of access requests: how much time is left, and one request with its views beside its decision."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.organisations import Organisation
from models.statements import AccessRequest, Clarification, OriginatorView
from portal.access_requests.clocks import EXTENDABLE, STOPPABLE, AccessKind
from portal.access_requests.entitlement import clarification_place, find_access, place, view_place
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import working_days_between
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import counted, day, today
from portal.record.audit import history_in_words
from portal.record.events import Event
from portal.requests.participants import own_organisation
from portal.requests.views import note_opening
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition

OUTCOMES = {
    "disclose": "Given out",
    "part": "Given out in part",
    "withhold": "Held back",
    "not_held": "Not held",
}
_EMPTIED = {"requester": "", "reach": "", "asked_for": ""}
SOON = 5  # working days before the last day


@dataclass(frozen=True, kw_only=True)
class AccessRequestLine:
    """An access request in a list: no word of who asks, or of what."""

    id: str
    reference: str
    kind: AccessKind
    received_on: date
    due_on: date
    outcome: str
    decided_at: datetime | None
    stopped_on: date | None = None
    purged_at: datetime | None = None

    def left(self, now: date) -> str:
        """Say how much time is left, in working days."""
        if self.decided_at is not None:
            return OUTCOMES[self.outcome]
        if self.stopped_on is not None:
            return f"Clock stopped since {day(self.stopped_on)}"
        if now > self.due_on:
            return "Past its last day"
        days = working_days_between(now, self.due_on)
        return f"{counted(days, 'working day')} left" if days else "Due today"

    def standing(self, now: date) -> str:
        """Give the tint that goes with the time left."""
        if self.decided_at is not None:
            return "done"
        if self.stopped_on is not None:
            return "ended"
        if now > self.due_on:
            return "stopped"
        return "waiting" if working_days_between(now, self.due_on) <= SOON else "ended"


@dataclass(frozen=True, kw_only=True)
class ViewLine:
    """What one partner was asked, and its view; `view` is '' while there is none."""

    organisation: str
    question: str
    answer_by: date
    asked_at: datetime
    view: str
    words: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, kw_only=True)
class ClarificationView:
    """What the person who asks was asked, and what they said; `answered_on` is None while the clock stands still."""

    question: str
    asked_on: date
    asked_by: str
    answer: str
    answered_on: date | None


@dataclass(frozen=True, kw_only=True)
class OpenedAccessRequest:
    """An access request as it lies open before somebody of the organisation that holds it."""

    line: AccessRequestLine
    holder: str
    kind: AccessKind
    edition: Edition
    edition_hash: str
    requester: str
    reach: str
    asked_for: str
    received_on: date
    due_on: date
    extension: str
    views: tuple[ViewLine, ...]
    decided_at: datetime | None
    decided_by_id: str | None
    decision: dict[str, str]
    may_decide: bool
    may_extend: bool
    may_clarify: bool
    clarified: tuple[ClarificationView, ...]
    purged_at: datetime | None


def access_requests(act: Act) -> list[AccessRequestLine]:
    """List the access requests of one's own organisation: the open ones by their last day, then the decided ones."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    with reading(act.store.engine) as session:
        rows = session.exec(select(AccessRequest).where(AccessRequest.organisation_id == own_organisation(act))).all()
        lines = [_line(row) for row in rows]
    still_open = sorted((one for one in lines if one.decided_at is None), key=lambda one: one.due_on)
    decided = [one for one in lines if one.decided_at is not None]
    return [*still_open, *sorted(decided, key=lambda one: one.received_on, reverse=True)]


def open_access(act: Act, access_id: str) -> OpenedAccessRequest:
    """Open an access request of one's own organisation; the opening is recorded. Raises NotFoundError."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    with reading(act.store.engine) as session:
        opened = opened_in(session, act, find_access(session, act, access_id))
    note_opening(act, Event.ACCESS_OPENED, f"access-request:{access_id}")
    return opened


def access_pdf(act: Act, access_id: str) -> tuple[str, bytes]:
    """Give the sealed record of a decided request and its reference; the opening is recorded. Raises NotFoundError."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    with reading(act.store.engine) as session:
        row = find_access(session, act, access_id)
    if row.paper is None:
        raise NotFoundError("This request has no record: nobody has decided it yet, or its keeping time is over.")
    note_opening(act, Event.ACCESS_OPENED, f"access-request:{access_id}")
    return row.reference, act.store.vault.open(row.paper, place("paper", row.id))


def access_history(act: Act, access_id: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with an access request and when, also who opened it. Raises NotFoundError."""
    allow(act, Permission.KEEP_ACCESS_LOG)
    with reading(act.store.engine) as session:
        find_access(session, act, access_id)
    return history_in_words(act.store, f"access-request:{access_id}")


def opened_in(session: Session, act: Act, row: AccessRequest) -> OpenedAccessRequest:
    """Open a request that was found for this person, in the open session."""
    vault = act.store.vault
    words = json.loads(vault.open_text(row.words, place("words", row.id))) if row.words else _EMPTIED
    decision = json.loads(vault.open_text(row.decision, place("decision", row.id))) if row.decision else {}
    holder = session.get(Organisation, row.organisation_id)
    is_open, runs = row.decided_at is None, row.decided_at is None and row.stopped_on is None
    return OpenedAccessRequest(
        line=_line(row),
        holder=holder.name if holder else "",
        kind=AccessKind(row.kind),
        edition=edition(row.edition),
        edition_hash=row.edition_hash,
        requester=words["requester"],
        reach=words["reach"],
        asked_for=words["asked_for"],
        received_on=row.received_on,
        due_on=row.extended_to or row.due_on,
        extension=vault.open_text(row.extension, place("extension", row.id)) if row.extension else "",
        views=_views(session, act, row),
        decided_at=row.decided_at,
        decided_by_id=row.decided_by_id,
        decision=decision,
        may_decide=is_open and may(act.person, Permission.DECIDE_ACCESS, row.organisation_id),
        may_extend=runs
        and AccessKind(row.kind) in EXTENDABLE
        and row.extended_to is None
        and today(act.at) <= row.due_on,
        may_clarify=runs and AccessKind(row.kind) in STOPPABLE and today(act.at) <= (row.extended_to or row.due_on),
        clarified=_clarified(session, act, row),
        purged_at=row.purged_at,
    )


def _line(row: AccessRequest) -> AccessRequestLine:
    return AccessRequestLine(
        id=row.id,
        reference=row.reference,
        kind=AccessKind(row.kind),
        received_on=row.received_on,
        due_on=row.extended_to or row.due_on,
        outcome=row.outcome,
        decided_at=row.decided_at,
        stopped_on=row.stopped_on,
        purged_at=row.purged_at,
    )


def _clarified(session: Session, act: Act, row: AccessRequest) -> tuple[ClarificationView, ...]:
    found = session.exec(
        select(Clarification).where(Clarification.access_request_id == row.id).order_by(col(Clarification.number))
    ).all()
    vault = act.store.vault
    return tuple(
        ClarificationView(
            question=vault.open_text(one.question, clarification_place("question", one.id)) if one.question else "",
            asked_on=one.asked_on,
            asked_by=one.asked_by,
            answer=vault.open_text(one.answer, clarification_place("answer", one.id)) if one.answer else "",
            answered_on=one.answered_on,
        )
        for one in found
    )


def _views(session: Session, act: Act, row: AccessRequest) -> tuple[ViewLine, ...]:
    found = session.exec(
        select(OriginatorView, Organisation)
        .join(Organisation, col(Organisation.id) == col(OriginatorView.organisation_id))
        .where(OriginatorView.access_request_id == row.id)
        .order_by(col(OriginatorView.asked_at), col(OriginatorView.id))
    ).all()
    vault = act.store.vault
    return tuple(
        ViewLine(
            organisation=body.name,
            question=vault.open_text(one.question, view_place("question", one.id)) if one.question else "",
            answer_by=one.answer_by,
            asked_at=one.asked_at,
            view=one.view,
            words=vault.open_text(one.words, view_place("words", one.id)) if one.words else "",
            answered_at=one.answered_at,
            answered_by=one.answered_by or "",
        )
        for one, body in found
    )
