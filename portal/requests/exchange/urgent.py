"""The urgent path: what matters is written down at once, and the full record follows within two working days (s6)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.requests import InformationRequest, RequestRecipient, UrgentRecord
from portal.accounts.holders import post_holders, still_acting
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.calendar.noted import not_noted
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import new_id, one_line, paragraphs, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.case import Case, to_json
from portal.requests.entitlement import Side, request_row
from portal.requests.exchange.section4_check import check_of
from portal.requests.exchange.sending import SubmittedRequest, already_sent
from portal.requests.forms.drafting import case_of
from portal.requests.keys import fresh_key
from portal.requests.notifications import tell
from portal.requests.papers.documents import PaperStamp, written_request
from portal.requests.participants import bodies_to_ask, own_organisation, people_of
from portal.requests.reminders import working_day_after
from portal.rules.section4.recorded_check import as_record

DAYS = 2  # working days for the full record
_MOST = {"name": 200, "details": 500, "what": 1000, "why": 2000, "phoned": 200, "when": 100}
_NEEDED = {
    "holder": "Choose who you are asking.",
    "name": "Enter the person's name, or what they are known by.",
    "details": "Enter what helps to find the right person, such as an address.",
    "what": "Enter what you need to know.",
    "why": "Say what could happen if you wait.",
    "phoned": "Enter who you telephoned, with their post.",
    "when": "Enter the day and time of the call.",
}


@dataclass(frozen=True, kw_only=True)
class UrgentForm:
    """What the short form asks: whom it is sent to, about whom, what, why it cannot wait, who was telephoned and when."""

    holder: str
    name: str
    details: str
    what: str
    why: str
    phoned: str
    when: str


def send_urgent(act: Act, key: str, asked: UrgentForm) -> SubmittedRequest:
    """Send an urgent request with its short record; the full record is due in two working days (clause s6.earliest-opportunity).

    `key` is made when the form is first shown: pressing twice gives the same request. Raises AnswersNeededError with a
    sentence for each field, NotActiveError where either organisation takes no part in the agreement now.
    """
    organisation_id = own_organisation(act)
    allow(act, Permission.ASK, organisation_id)
    require_active(act.store, organisation_id)
    before = already_sent(act, key)
    if before is not None:
        return before
    words = _checked(act, asked)
    row, kept = _sealed(act, key, _case(act, words), words)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            _keep(session, act, row, kept)
    except IntegrityError:
        again = already_sent(act, key)  # two clicks at once
        if again is None:
            raise
        return again
    return SubmittedRequest(id=row.id, reference=row.reference)


def _checked(act: Act, asked: UrgentForm) -> dict[str, str]:
    long = {"what", "why"}
    words = {field: paragraphs(text) if field in long else one_line(text) for field, text in vars(asked).items()}
    problems = {field: _NEEDED[field] for field, text in words.items() if not text}
    for field, most in _MOST.items():
        if len(words[field]) > most:
            problems[field] = f"Use {most:,} characters or fewer."
    if asked.holder and asked.holder not in {one.id for one in bodies_to_ask(act)}:
        problems["holder"] = _NEEDED["holder"]
    if problems:
        raise AnswersNeededError(problems)
    return words


def _case(act: Act, words: Mapping[str, str]) -> Case:
    """Give the request as far as the short form goes."""
    return case_of(
        act,
        {
            "holder": words["holder"],
            "subject.name": words["name"],
            "subject.references": words["details"],
            "items": [{"what": words["what"], "why": words["why"]}],
            "urgent": "yes",
            "urgent.why": words["why"],
            "reply": "portal",
            "setting": "request",
        },
    )


def _sealed(act: Act, key: str, case: Case, words: Mapping[str, str]) -> tuple[InformationRequest, UrgentRecord]:
    request_id, stamp = new_id(), PaperStamp(reference=reference(), at=act.at)
    own, kept_key = fresh_key(act.store.vault, request_id)
    check, paper = check_of(case), written_request(act, case, stamp)
    row = InformationRequest(
        id=request_id,
        reference=stamp.reference,
        draft_id=key,
        edition=case.edition.id,
        edition_hash=case.edition.hash,
        asking_organisation_id=case.asking.id,
        holding_organisation_id=words["holder"],
        requester_id=act.person.id,
        status="waiting",
        data_type="personal",
        outcome=check.outcome,
        urgent=True,
        sent_at=act.at,
        turn_since=act.at,
        data_key=kept_key,
        content=own.seal_json(
            {**to_json(case), "check": as_record(check)}, f"information_request.content:{request_id}"
        ),
        paper=own.seal(paper, f"information_request.paper:{request_id}"),
        paper_sha256=hashlib.sha256(paper).hexdigest(),
    )
    said = {field: words[field] for field in ("why", "phoned", "when")}
    short = UrgentRecord(
        request_id=request_id,
        complete_by=working_day_after(act.at, DAYS),
        words=own.seal_json(said, f"urgent_record.words:{request_id}"),
    )
    return row, short


def _keep(session: Session, act: Act, row: InformationRequest, short: UrgentRecord) -> None:
    require_active(session, row.asking_organisation_id)
    require_active(session, row.holding_organisation_id)
    session.add(row)
    session.flush()
    session.add(RequestRecipient(request_id=row.id, account_id=row.requester_id))
    session.add(short)
    record(
        session,
        act,
        Event.URGENT_SENT,
        f"request:{row.id}",
        row.asking_organisation_id,
        reference=row.reference,
        to=row.holding_organisation_id,
        edition=row.edition,
        edition_sha256=row.edition_hash,
        complete_by=short.complete_by,
        paper_sha256=row.paper_sha256,
    )
    tell(session, act, "request-urgent", row, people_of(session, row.holding_organisation_id))


def remind_of_records(act: Act) -> int:
    """Remind the requester, once, on the day a full record is due or as soon after as this runs; returns how many."""
    with transaction(act.store.engine) as session:
        take_turn(session)
        due = session.exec(
            select(UrgentRecord, InformationRequest)
            .join(InformationRequest, col(InformationRequest.id) == col(UrgentRecord.request_id))
            .where(
                col(UrgentRecord.completed_at).is_(None),
                not_noted(UrgentRecord.reminded_at, act.at),
                col(UrgentRecord.complete_by) <= today(act.at),
                col(InformationRequest.data_key).is_not(None),
            )
        ).all()
        reminded = 0
        for short, row in due:
            people = still_acting(session, [row.requester_id], row.asking_organisation_id)
            if not tell(session, act, "request-record-due", row, people):
                continue
            short.reminded_at = act.at
            session.add(short)
            record(session, act, Event.RECORD_REMINDED, f"request:{row.id}", row.asking_organisation_id)
            reminded += 1
    return reminded


def escalate_records(act: Act) -> int:
    """Tell the Information Managers and the asking organisation's approvers, once, of a full record that is overdue; returns how many."""
    with transaction(act.store.engine) as session:
        take_turn(session)
        late = session.exec(
            select(UrgentRecord, InformationRequest)
            .join(InformationRequest, col(InformationRequest.id) == col(UrgentRecord.request_id))
            .where(
                col(UrgentRecord.completed_at).is_(None),
                not_noted(UrgentRecord.escalated_at, act.at),
                col(UrgentRecord.complete_by) < today(act.at),
                col(InformationRequest.data_key).is_not(None),
            )
        ).all()
        escalated = 0
        for short, row in late:
            people = [
                *people_of(session, row.asking_organisation_id, Role.APPROVER),
                *post_holders(session, Role.MANAGER),
            ]
            if not tell(session, act, "request-record-overdue", row, people):
                continue
            short.escalated_at = act.at
            if row.requester_id in {one.id for one in people}:  # told more than that it is due
                short.reminded_at = act.at
            session.add(short)
            record(session, act, Event.RECORD_ESCALATED, f"request:{row.id}", row.asking_organisation_id)
            escalated += 1
    return escalated


def short_record(session: Session, act: Act, request_id: str) -> tuple[InformationRequest, UrgentRecord]:
    """Find the short record of an urgent request, for who asked and for those of that side who may see the request.

    A colleague completes it where the requester is away. Raises NotFoundError for everybody else.
    """
    row, side = request_row(session, act, request_id, lock=True)
    short = session.get(UrgentRecord, row.id)
    if short is None or side is not Side.ASKING or row.data_key is None:
        raise NotFoundError
    return row, short
