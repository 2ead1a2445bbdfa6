"""Deciding a request: disclose, disclose in part, refuse with a reason. Once, by one person, never one's own."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session, select

from models.requests import AnswerFile, Decision, InformationRequest
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import AS_NUMBERS, as_typed, day_typed
from portal.ground.wording import day, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import begin_copy, recipients_of
from portal.requests.after_disclosure.retention import keeping_ends
from portal.requests.case import Case
from portal.requests.consents.views import missing_consent
from portal.requests.errors import AlreadyDecidedError, HeldError, NotYourTurnError, OwnRequestError
from portal.requests.exchange.attachments import Attached
from portal.requests.exchange.decisions import RequestDecision, as_json, check_verdict, marking_of
from portal.requests.exchange.section4_check import check_of
from portal.requests.keys import RequestKey, open_key
from portal.requests.notifications import tell
from portal.requests.papers.decision_words import on_paper
from portal.requests.papers.documents import PaperStamp, decision_paper
from portal.requests.participants import bodies_to_ask
from portal.requests.views import (
    ConsultationView,
    Side,
    acts_for_asking,
    case_in,
    consulted_on,
    request_row,
    still_held,
)
from portal.rules.forms.handling import document_mark

OPEN_FOR = timedelta(days=90)  # the answer opens here for so long; the paper is the holder's and the asker's to keep
_ADVISED = 3  # from this level on the check advises sharing


@dataclass(frozen=True, kw_only=True)
class DecisionInputs:
    """What a decision is made of, read before the transaction: the case, its key, and what stands in the way."""

    row: InformationRequest
    case: Case
    key: RequestKey
    consulted: tuple[ConsultationView, ...]


def decide(act: Act, request_id: str, verdict: RequestDecision, files: tuple[Attached, ...] = ()) -> str:
    """Decide a request for the organisation that holds the information; returns the decision's id.

    The reason of a refusal is recorded (clause s6.refusal). Nothing is disclosed while somebody must still be asked
    (clause s4.ongoing-investigation), nor before every condition is ticked; where the check advised otherwise, or
    somebody objected, the reason is recorded with the name. Text and files are sealed under the request's key.

    Raises NotFoundError for every other organisation, OwnRequestError for who asked, HeldError, AnswersNeededError,
    NotYourTurnError, AlreadyDecidedError where somebody else was faster, NotActiveError.
    """
    allow(act, Permission.DECIDE)
    ready = _ready(act, request_id)
    against = verdict.shares and sharing_is_against(ready.case, ready.consulted)
    check_verdict(ready.case, verdict, against=against, files=files)
    _check_consent(act, ready, verdict)
    _check_sources(act, ready.case, verdict)
    until = _keep_until(act, ready.row, verdict)
    decision = _decision(act, ready, replace(verdict, keep_until=as_typed(until)), files, against=against)
    with transaction(act.store.engine) as session:
        take_turn(session)  # of two at once the second waits here, and is told in `_keep` who was faster
        _check_still(session, ready, verdict)
        _keep(session, act, request_id, decision, _sealed_files(ready.key, decision.id, files), until)
    return decision.id


def _ready(act: Act, request_id: str) -> DecisionInputs:
    with reading(act.store.engine) as session:
        row = _to_decide(session, act, request_id)
        key = open_key(act.store.vault, row)
        case = case_in(row, key)
        consulted = consulted_on(session, row, key)
    return DecisionInputs(row=row, case=case, key=key, consulted=consulted)


def _to_decide(session: Session, act: Act, request_id: str, *, lock: bool = False) -> InformationRequest:
    row, side = request_row(session, act, request_id, lock=lock)
    if side is not Side.HOLDING or not act.person.holds(Role.APPROVER, row.holding_organisation_id):
        raise NotFoundError
    if acts_for_asking(act, row):
        raise OwnRequestError
    done = session.exec(select(Decision).where(Decision.request_id == row.id)).first()
    if done is not None:
        raise AlreadyDecidedError(done.decided_by, done.decided_at)
    if row.status == "withdrawn":
        raise NotYourTurnError("This request was withdrawn. There is nothing to decide.")
    return row


def sharing_is_against(case: Case, consulted: Iterable[ConsultationView]) -> bool:
    """Say whether to share goes another way than the check, or than what somebody who was asked said last."""
    last = {one.whom: one.view for one in consulted}
    return check_of(case).level < _ADVISED or "objects" in last.values()


def _decision(
    act: Act, ready: DecisionInputs, verdict: RequestDecision, files: tuple[Attached, ...], *, against: bool
) -> Decision:
    held = still_held(ready.case, ready.consulted, live_case=verdict.live_case is True, approver=act.person.name)
    if verdict.shares and held:
        raise HeldError(held)
    marking = marking_of(ready.case, verdict.harms)
    decision_id = new_id()
    stamp = PaperStamp(reference=ready.row.reference, at=act.at)
    answer = on_paper(act, ready.case, ready.row.reference, ready.row.sent_at, verdict, files)
    paper = decision_paper(act, document_mark(ready.case.edition, marking.id), stamp, answer)
    return Decision(
        id=decision_id,
        request_id=ready.row.id,
        outcome=verdict.outcome,
        against_check=against,
        decided_at=act.at,
        decided_by_id=act.person.id,
        decided_by=act.person.name,
        position=act.person.position,
        marking=marking.id,
        opens_until=act.at + OPEN_FOR if verdict.shares else None,
        content=ready.key.seal_json(as_json(verdict), f"decision.content:{decision_id}"),
        paper=ready.key.seal(paper, f"decision.paper:{decision_id}"),
        paper_sha256=hashlib.sha256(paper).hexdigest(),
    )


def _check_consent(act: Act, ready: DecisionInputs, verdict: RequestDecision) -> None:
    """Refuse to share on a consent that nobody recorded, or that was taken back (clause s6.request.consent)."""
    with reading(act.store.engine) as session:
        missing = missing_consent(session, ready.case, ready.row.id, verdict.basis) if verdict.shares else ""
    if missing:
        raise AnswersNeededError({"basis": missing})


def _check_still(session: Session, ready: DecisionInputs, verdict: RequestDecision) -> None:
    """Refuse to share where the request moved on, somebody objected or a consent was taken back while the paper was sealed."""
    now = session.get_one(InformationRequest, ready.row.id)
    if verdict.shares and (
        now.turn_since != ready.row.turn_since
        or consulted_on(session, ready.row, ready.key) != ready.consulted
        or missing_consent(session, ready.case, ready.row.id, verdict.basis)
    ):
        raise NotYourTurnError("Something came in while you decided. Look at the request again, then decide.")


def _check_sources(act: Act, case: Case, verdict: RequestDecision) -> None:
    """Refuse a source that is neither the holder nor another organisation that takes part (clause s7.matching-quality)."""
    known = {"", *(one.id for one in bodies_to_ask(act))} - {case.asking.id}
    unknown = [number for number, item in enumerate(verdict.items, 1) if item.source not in known]
    if verdict.shares and unknown:
        raise AnswersNeededError({f"item{unknown[0]}": f"Item {unknown[0]}: choose where the information came from."})


def _keep_until(act: Act, row: InformationRequest, verdict: RequestDecision) -> date | None:
    """Give the last day on which the recipient may keep it; None where the approver named none."""
    if not verdict.shares:
        return None
    with reading(act.store.engine) as session:
        last = keeping_ends(session, row, act.at)
    try:
        until = day_typed(verdict.keep_until)
    except ValueError:
        raise AnswersNeededError({"keep_until": AS_NUMBERS}) from None
    if until is not None and not today(act.at) < until <= last:
        needed = f"Enter a day after today, and no later than {day(last)}: you keep your own record no longer."
        raise AnswersNeededError({"keep_until": needed})
    return until or last


def _sealed_files(key: RequestKey, decision_id: str, files: tuple[Attached, ...]) -> list[AnswerFile]:
    rows = []
    for number, file in enumerate(files, 1):
        file_id = new_id()
        rows.append(
            AnswerFile(
                id=file_id,
                decision_id=decision_id,
                number=number,
                kind=file.kind,
                size=len(file.content),
                name=key.seal(file.name.encode(), f"answer_file.name:{file_id}"),
                content=key.seal(file.content, f"answer_file.content:{file_id}"),
            )
        )
    return rows


def _keep(
    session: Session,
    act: Act,
    request_id: str,
    decision: Decision,
    files: list[AnswerFile],
    keep_until: date | None,
) -> None:
    row = _to_decide(session, act, request_id, lock=True)
    require_active(session, row.holding_organisation_id)
    if decision.outcome != "refuse":
        require_active(session, row.asking_organisation_id)
    session.add(decision)
    session.flush()
    for file in files:
        session.add(file)
    if keep_until is not None:
        session.add(begin_copy(row, act.at, keep_until))
    row.status, row.turn_since = "decided", act.at
    session.add(row)
    record(
        session,
        act,
        Event.REQUEST_DECIDED,
        f"request:{row.id}",
        row.holding_organisation_id,
        outcome=decision.outcome,
        against_check=decision.against_check,
        marking=decision.marking,
        files=len(files),
        paper_sha256=decision.paper_sha256,
    )
    tell(session, act, "request-decided", row, recipients_of(session, row))
