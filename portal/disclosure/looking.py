"""Finding and reading a request: what a person may see of it, and whose turn it is. A foreign one looks like none."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, or_, select

from models.disclosures import Consultation, Decision, InformationRequest, RequestMessage, RequestRecipient
from models.organisations import Organisation
from models.record import AuditEntry
from portal.access import Permission, allow, may
from portal.act import Act, Role
from portal.database import reading, transaction
from portal.disclosure.case import Case, from_json
from portal.disclosure.checking import check_of, holds
from portal.disclosure.keys import RequestKey, open_key
from portal.errors import NotFoundError
from portal.record.audit import record
from portal.record.events import Event

ONE_OPENING = timedelta(minutes=15)  # a page that is drawn again is the same opening


class Side(StrEnum):
    """Whose eyes a person sees a request with."""

    ASKING = "asking"
    HOLDING = "holding"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A request in a list: no word about a person in it."""

    id: str
    reference: str
    side: Side
    asking: str
    holder: str
    status: str
    outcome: str
    urgent: bool
    sent_at: datetime
    turn_since: datetime
    wanted_by: date | None
    decided: str = ""
    mine: bool = False

    @property
    def turn(self) -> Side | None:
        """Say whose turn it is; None where it is closed."""
        return {"waiting": Side.HOLDING, "question": Side.ASKING}.get(self.status)


@dataclass(frozen=True, kw_only=True)
class Message:
    """A question from the holder, or the answer to it."""

    kind: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody who was consulted: who, when, and what they said."""

    whom: str
    view: str
    name: str
    position: str
    day: str
    said: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A request as it lies open before a person. `case` is None once it was withdrawn and emptied."""

    line: Line
    case: Case | None
    requester_id: str
    messages: tuple[Message, ...] = ()
    consulted: tuple[Asked, ...] = ()
    still_held_by: tuple[str, ...] = ()
    may_decide: bool = False
    may_withdraw: bool = False
    may_reply: bool = False
    may_open_answer: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    people: tuple[str, ...] = field(default=())


def request_row(session: Session, act: Act, request_id: str, *, lock: bool = False) -> tuple[InformationRequest, Side]:
    """Find a request and the side on which this person may see it; raises NotFoundError for every other person.

    The asking side is who asked, the people named to see the answer, and that organisation's approvers. The holding side
    is everybody who acts for the organisation that was asked (s4 Proportionality: no more people than need to).
    """
    query = select(InformationRequest).where(InformationRequest.id == request_id)
    row = session.exec(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFoundError
    if may(act.person, Permission.ANSWER, row.holding_organisation_id):
        return row, Side.HOLDING
    if may(act.person, Permission.ASK, row.asking_organisation_id) and (
        act.person.id == row.requester_id
        or act.person.holds(Role.APPROVER, row.asking_organisation_id)
        or session.get(RequestRecipient, (row.id, act.person.id)) is not None
    ):
        return row, Side.ASKING
    raise NotFoundError


def requests_sent(act: Act) -> list[Line]:
    """List what this person's organisation asked of others, those whose turn it is ours first, then the newest."""
    allow(act, Permission.ASK)
    lines = _lines(act, Side.ASKING)
    return sorted(lines, key=lambda line: (line.turn is not Side.ASKING, line.turn is None, -line.sent_at.timestamp()))


def requests_received(act: Act) -> list[Line]:
    """List what others ask of this person's organisation: what waits for it first, urgent before old before new."""
    allow(act, Permission.ANSWER)
    lines = _lines(act, Side.HOLDING)
    return sorted(
        lines,
        key=lambda line: (
            line.turn is not Side.HOLDING,
            line.turn is None,
            not line.urgent,
            line.wanted_by or date.max,
            line.sent_at,
        ),
    )


def open_request(act: Act, request_id: str) -> Opened:
    """Open a request to read, and record that it was opened (clause s4.proportionality.people). Raises NotFoundError."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side = request_row(session, act, request_id)
        opened = _opened(session, act, row, side)
    note_opening(act, Event.REQUEST_OPENED, f"request:{row.id}", side=side.value)
    return opened


def request_pdf(act: Act, request_id: str) -> tuple[str, bytes]:
    """Give the sealed paper of a request: its reference and the bytes; the opening is recorded. Raises NotFoundError."""
    allow(act, Permission.ASK)
    with reading(act.store.engine) as session:
        row, side = request_row(session, act, request_id)
    pdf = open_key(act.store.vault, row).open(row.paper, f"information_request.paper:{row.id}")
    note_opening(act, Event.REQUEST_OPENED, f"request:{row.id}", side=side.value)
    return row.reference, pdf


def case_in(row: InformationRequest, key: RequestKey) -> Case:
    """Open the case that was sent, in the words of its day."""
    return from_json(key.open_json(row.content, f"information_request.content:{row.id}"))


def note_opening(act: Act, event: Event, subject: str, **details: object) -> None:
    """Record an opening, once for each person and quarter of an hour."""
    with reading(act.store.engine) as session:
        if _noted(session, act, event, subject):
            return
    with transaction(act.store.engine) as session:
        record(session, act, event, subject, None, **details)


def _noted(session: Session, act: Act, event: Event, subject: str) -> bool:
    query = select(AuditEntry.number).where(
        AuditEntry.subject == subject,
        AuditEntry.event == event.value,
        AuditEntry.actor == act.person.id,
        col(AuditEntry.at) > act.at - ONE_OPENING,
    )
    return session.exec(query.limit(1)).first() is not None


def _lines(act: Act, side: Side) -> list[Line]:
    ours = act.person.organisation_id
    own = {
        Side.ASKING: col(InformationRequest.asking_organisation_id),
        Side.HOLDING: col(InformationRequest.holding_organisation_id),
    }[side]
    with reading(act.store.engine) as session:
        rows = session.exec(select(InformationRequest).where(own == ours)).all()
        bodies = {id_ for row in rows for id_ in (row.asking_organisation_id, row.holding_organisation_id)}
        names = dict(
            session.exec(select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(bodies))).all()
        )
        decided = dict(
            session.exec(
                select(Decision.request_id, Decision.outcome)
                .join(InformationRequest, col(InformationRequest.id) == col(Decision.request_id))
                .where(own == ours)
            ).all()
        )
    return [_line(row, side, names, decided.get(row.id, ""), act) for row in rows]


def _line(row: InformationRequest, side: Side, names: dict[str, str], decided: str, act: Act) -> Line:
    return Line(
        id=row.id,
        reference=row.reference,
        side=side,
        asking=names.get(row.asking_organisation_id, ""),
        holder=names.get(row.holding_organisation_id, ""),
        status=row.status,
        outcome=row.outcome,
        urgent=row.urgent,
        sent_at=row.sent_at,
        turn_since=row.turn_since,
        wanted_by=row.wanted_by,
        decided=decided,
        mine=row.requester_id == act.person.id,
    )


def _opened(session: Session, act: Act, row: InformationRequest, side: Side) -> Opened:
    names = dict(
        session.exec(
            select(Organisation.id, Organisation.name).where(
                or_(Organisation.id == row.asking_organisation_id, Organisation.id == row.holding_organisation_id)
            )
        ).all()
    )
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    line = _line(row, side, names, decision.outcome if decision else "", act)
    if row.data_key is None:
        return Opened(
            line=line,
            case=None,
            requester_id=row.requester_id,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by or "",
        )
    key = open_key(act.store.vault, row)
    case = case_in(row, key)
    consulted = consulted_on(session, row, key)
    waiting = row.status in {"waiting", "question"}
    named = session.get(RequestRecipient, (row.id, act.person.id)) is not None
    return Opened(
        line=line,
        case=case,
        requester_id=row.requester_id,
        messages=_messages(session, row, key),
        consulted=consulted,
        still_held_by=still_held(case, consulted),
        may_decide=side is Side.HOLDING
        and waiting
        and act.person.holds(Role.APPROVER, row.holding_organisation_id)
        and not acts_for_asking(act, row),
        may_withdraw=side is Side.ASKING
        and waiting
        and (act.person.id == row.requester_id or act.person.holds(Role.APPROVER, row.asking_organisation_id)),
        may_reply=side is Side.ASKING and row.status == "question",
        may_open_answer=row.status == "decided" and ((side is Side.ASKING and named) or side is Side.HOLDING),
        decided_by=decision.decided_by if decision else "",
        decided_at=decision.decided_at if decision else None,
        people=tuple(one.words for one in case.recipients),
    )


def acts_for_asking(act: Act, row: InformationRequest) -> bool:
    """Say whether a person asked this themselves, or acts for the organisation that asks."""
    posts = {post.organisation_id for post in act.person.posts}
    return act.person.id == row.requester_id or row.asking_organisation_id in posts


def still_held(case: Case, consulted: tuple[Asked, ...]) -> tuple[str, ...]:
    """List who has not been asked yet and must be, before anything is shared (clause s4.ongoing-investigation)."""
    done = {one.whom for one in consulted}
    return tuple(one for one in holds(check_of(case)) if one not in done)


def consulted_on(session: Session, row: InformationRequest, key: RequestKey) -> tuple[Asked, ...]:
    """Give the consultations on a request, the first first."""
    rows = session.exec(
        select(Consultation).where(Consultation.request_id == row.id).order_by(col(Consultation.number))
    ).all()
    found = []
    for one in rows:
        words = {k: str(v) for k, v in key.open_json(one.words, f"consultation.words:{one.id}").items()}
        found.append(
            Asked(whom=one.whom, view=one.view, recorded_at=one.recorded_at, recorded_by=one.recorded_by, **words)
        )
    return tuple(found)


def _messages(session: Session, row: InformationRequest, key: RequestKey) -> tuple[Message, ...]:
    rows = session.exec(
        select(RequestMessage).where(RequestMessage.request_id == row.id).order_by(col(RequestMessage.number))
    ).all()
    return tuple(
        Message(
            kind=one.kind,
            by=one.by_name,
            at=one.at,
            words=key.open(one.body, f"request_message.body:{one.id}").decode(),
        )
        for one in rows
    )
