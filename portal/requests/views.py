"""Reading a request: what it says, what was said about it, and what this person may do next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.requests import Consultation, Decision, InformationRequest, RequestMessage, RequestRecipient, UrgentRecord
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.record.events import Event
from portal.requests.after_disclosure.aftermath import AnswerAftermath, after_answer
from portal.requests.case import Case
from portal.requests.entitlement import Side, acts_for_asking, case_in, note_opening, request_row
from portal.requests.exchange.section4_check import LIVE_CASE, SENIOR, check_of, holds
from portal.requests.keys import RequestKey, open_key
from portal.requests.lists import RequestLine, beside, line_of, requests_received, requests_sent
from portal.requests.thread import ThreadMessage, said_in

__all__ = [
    "ConsultationView",
    "OpenedRequest",
    "RequestLine",
    "Side",
    "acts_for_asking",
    "case_in",
    "consulted_on",
    "note_opening",
    "open_request",
    "request_pdf",
    "request_row",
    "requests_received",
    "requests_sent",
    "still_held",
]

# Bodies that hold patient information (kinds of organisation of the edition).
PATIENT_HOLDERS = frozenset({"integrated_care", "nhs_england", "health_board", "nhs_provider", "ambulance"})


@dataclass(frozen=True, kw_only=True)
class ConsultationView:
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
class Urgent:
    """What was written down at once of an urgent request; `completed_at` is None while the full record is due."""

    why: str
    phoned: str
    when: str
    complete_by: date
    completed_at: datetime | None
    completed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenedRequest:
    """A request as it lies open before a person. `case` is None once it was withdrawn and emptied."""

    line: RequestLine
    case: Case | None
    requester_id: str
    messages: tuple[ThreadMessage, ...] = ()
    consulted: tuple[ConsultationView, ...] = ()
    still_held_by: tuple[str, ...] = ()
    seen_to_by_id: str = ""
    may_decide: bool = False
    may_withdraw: bool = False
    may_reply: bool = False
    may_open_answer: bool = False
    answer_closed_at: datetime | None = None  # since when the asking side can open it here no more
    decided_by: str = ""
    decided_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    purged_at: datetime | None = None
    people: tuple[str, ...] = ()
    urgent: Urgent | None = None
    after: AnswerAftermath | None = None


def open_request(act: Act, request_id: str) -> OpenedRequest:
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


def _opened(session: Session, act: Act, row: InformationRequest, side: Side) -> OpenedRequest:
    decision = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    short = session.get(UrgentRecord, row.id)
    line = line_of(row, side, beside(session, [row]), act)
    if row.data_key is None:
        return OpenedRequest(
            line=line,
            case=None,
            requester_id=row.requester_id,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=row.withdrawn_by or "",
            purged_at=row.purged_at,
            after=after_answer(session, act, row, side, None),
        )
    key = open_key(act.store.vault, row)
    case = case_in(row, key)
    consulted = consulted_on(session, row, key)
    waiting = row.status in {"waiting", "question"}
    named = session.get(RequestRecipient, (row.id, act.person.id)) is not None
    until = decision.opens_until if decision else None
    closed_at = until if until is not None and act.at > until else None
    return OpenedRequest(
        line=line,
        case=case,
        requester_id=row.requester_id,
        messages=said_in(session, RequestMessage, row, key),
        consulted=consulted,
        still_held_by=still_held(case, consulted),
        seen_to_by_id=row.assigned_to_id or "" if line.seen_to_by else "",
        may_decide=side is Side.HOLDING
        and waiting
        and act.person.holds(Role.APPROVER, row.holding_organisation_id)
        and not acts_for_asking(act, row),
        may_withdraw=side is Side.ASKING
        and waiting
        and (act.person.id == row.requester_id or act.person.holds(Role.APPROVER, row.asking_organisation_id)),
        may_reply=side is Side.ASKING and row.status == "question" and line.other_closed is None,
        may_open_answer=row.status == "decided"
        and ((side is Side.ASKING and named and closed_at is None and line.copy != "gone") or side is Side.HOLDING),
        answer_closed_at=closed_at if side is Side.ASKING and named else None,
        decided_by=decision.decided_by if decision else "",
        decided_at=decision.decided_at if decision else None,
        people=tuple(one.words for one in case.recipients),
        urgent=_urgent(short, key) if short else None,
        after=after_answer(session, act, row, side, key),
    )


def _urgent(short: UrgentRecord, key: RequestKey) -> Urgent:
    words = key.open_json(short.words, f"urgent_record.words:{short.request_id}")
    return Urgent(
        why=str(words["why"]),
        phoned=str(words["phoned"]),
        when=str(words["when"]),
        complete_by=short.complete_by,
        completed_at=short.completed_at,
        completed_by=short.completed_by or "",
    )


def still_held(
    case: Case, consulted: tuple[ConsultationView, ...], *, live_case: bool = False, approver: str = ""
) -> tuple[str, ...]:
    """List who has not been asked yet and must be, before anything is shared (clause s4.ongoing-investigation).

    For patient data its Caldicott Guardian signs off, whether it is sensitive or not: where a patient lives was told in
    confidence too. Their manual names requests from the police among what staff bring to them (UK Caldicott Guardian
    Council, responsibilities).

    An objection of the officer or the CPS, whoever recorded it, is settled only by someone senior to the approver, by
    name and post: never by the person who asks or the one who approves.

    `live_case` is what the holder knows besides what the requester said; `approver` is the name of who decides.
    """
    last = {one.whom: one for one in consulted}
    need = [*(LIVE_CASE if live_case else ()), *holds(check_of(case))]
    if case.holder is not None and case.holder.kind in PATIENT_HOLDERS:
        need.append("caldicott")
    if any(last[one].view == "objects" for one in LIVE_CASE if one in last):
        need.append(SENIOR)
    done = set(last)
    if "caldicott" in last and last["caldicott"].view == "objects":
        done.discard("caldicott")  # a sign-off is a yes: what the Guardian objects to is not shared until they say so
    if SENIOR in last and not _settles(last[SENIOR], {case.requester.name, approver}):
        done.discard(SENIOR)
    return tuple(one for one in dict.fromkeys(need) if one not in done)


def _settles(asked: ConsultationView, not_by: set[str]) -> bool:
    return asked.view != "objects" and asked.name.casefold() not in {one.casefold() for one in not_by}


def consulted_on(session: Session, row: InformationRequest, key: RequestKey) -> tuple[ConsultationView, ...]:
    """Give the consultations on a request, the first first."""
    rows = session.exec(
        select(Consultation).where(Consultation.request_id == row.id).order_by(col(Consultation.number))
    ).all()
    found = []
    for one in rows:
        words = {k: str(v) for k, v in key.open_json(one.words, f"consultation.words:{one.id}").items()}
        found.append(
            ConsultationView(
                whom=one.whom, view=one.view, recorded_at=one.recorded_at, recorded_by=one.recorded_by, **words
            )
        )
    return tuple(found)
