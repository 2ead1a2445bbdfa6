"""Reading the answer: open to the people named in the request and to who gave it, until its day; each opening recorded."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.after_disclosure import RecipientCopy
from models.requests import AnswerFile, Decision, InformationRequest, RequestRecipient
from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.record.events import Event
from portal.requests.case import Case
from portal.requests.errors import AlreadyGoneError, AnswerClosedError
from portal.requests.exchange.decisions import RequestDecision, conditions_to_tick, verdict_from
from portal.requests.keys import RequestKey, open_key
from portal.requests.participants import body
from portal.requests.views import Side, case_in, note_opening, request_row


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of an answer in a list: its number, name and size in bytes."""

    number: int
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class OpenAnswer:
    """An answer as it lies open before somebody who may read it."""

    reference: str
    side: Side
    case: Case
    verdict: RequestDecision
    conditions: tuple[str, ...]
    files: tuple[FileLine, ...]
    sources: tuple[str, ...]  # the body that each item came from, by name
    decided_by: str
    position: str
    decided_at: datetime
    opens_until: datetime | None


def open_answer(act: Act, request_id: str) -> OpenAnswer:
    """Open the answer to a request and record it (clause s4.proportionality.people).

    Raises NotFoundError for everybody who is not named, AnswerClosedError after its day.
    """
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, decision, key = _found(session, act, request_id)
        files = session.exec(
            select(AnswerFile).where(AnswerFile.decision_id == decision.id).order_by(col(AnswerFile.number))
        ).all()
        lines = tuple(
            FileLine(number=one.number, name=key.open(one.name, f"answer_file.name:{one.id}").decode(), size=one.size)
            for one in files
        )
        case = case_in(row, key)
        verdict = verdict_from(key.open_json(decision.content, f"decision.content:{decision.id}"))
        sources = tuple(body(session, item.source or row.holding_organisation_id).name for item in verdict.items)
    note_opening(act, Event.ANSWER_OPENED, f"request:{row.id}")
    return OpenAnswer(
        reference=row.reference,
        side=Side.HOLDING if may(act.person, Permission.ANSWER, row.holding_organisation_id) else Side.ASKING,
        case=case,
        verdict=verdict,
        conditions=tuple(one.text for one in conditions_to_tick(case) if one.id in verdict.ticked),
        files=lines,
        sources=sources,
        decided_by=decision.decided_by,
        position=decision.position,
        decided_at=decision.decided_at,
        opens_until=decision.opens_until,
    )


def answer_pdf(act: Act, request_id: str) -> tuple[str, bytes]:
    """Give the sealed paper of the decision: the request's reference and the bytes; the opening is recorded."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, decision, key = _found(session, act, request_id)
    note_opening(act, Event.ANSWER_OPENED, f"request:{row.id}")
    return row.reference, key.open(decision.paper, f"decision.paper:{decision.id}")


def answer_file(act: Act, request_id: str, number: int) -> tuple[str, str, bytes]:
    """Give a file of the answer: reference, kind and bytes. Its own name stays inside; the opening is recorded."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, decision, key = _found(session, act, request_id)
        file = session.exec(
            select(AnswerFile).where(AnswerFile.decision_id == decision.id, AnswerFile.number == number)
        ).first()
    if file is None:
        raise NotFoundError
    note_opening(act, Event.ANSWER_OPENED, f"request:{row.id}")
    return row.reference, file.kind, key.open(file.content, f"answer_file.content:{file.id}")


def _found(session: Session, act: Act, request_id: str) -> tuple[InformationRequest, Decision, RequestKey]:
    row, side = request_row(session, act, request_id)
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    named = session.get(RequestRecipient, (row.id, act.person.id)) is not None
    if decision is None or (side is Side.ASKING and not named):
        raise NotFoundError
    if side is Side.ASKING:
        require_active(session, row.asking_organisation_id)
    copy = session.get(RecipientCopy, row.id)
    if side is Side.ASKING and copy is not None and copy.status == "gone":
        raise AlreadyGoneError
    if side is Side.ASKING and decision.opens_until is not None and act.at > decision.opens_until:
        raise AnswerClosedError
    return row, decision, open_key(act.store.vault, row)
