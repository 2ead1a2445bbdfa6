"""Sending a request: complete, checked, stamped, sealed, once."""

import hashlib
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.accounts import Account
from models.requests import InformationRequest, RequestRecipient
from portal.accounts.holders import post_holders
from portal.agreement.notices.standing import require_active, take_turn
from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import new_id, paragraphs, reference
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.case import Body, Case, to_json
from portal.requests.errors import NotJustifiedError, UnfinishedRequestError
from portal.requests.exchange.section4_check import DESPITE, advises_sending, check_of
from portal.requests.forms.contents import missing_parts, with_answers
from portal.requests.forms.drafting import JOURNEY, written
from portal.requests.forms.fields import LONG
from portal.requests.keys import fresh_key
from portal.requests.notifications import tell
from portal.requests.papers.documents import PaperStamp, written_request
from portal.requests.participants import people_of
from portal.rules.section4.check import Check
from portal.rules.section4.recorded_check import as_record


@dataclass(frozen=True, kw_only=True)
class SubmittedRequest:
    """A request that went out: its id and the reference that people read out."""

    id: str
    reference: str


def send_request(act: Act, draft_id: str, despite: str = "") -> SubmittedRequest:
    """Send a draft as a written request (clause s6.request.in-writing).

    The date is stamped here and nowhere else. Edition, its hash, every answer and the check are kept with it, sealed
    under a key of its own. Sending the same draft again gives the same request: nothing is done twice.

    Raises UnfinishedRequestError while one of the ten contents is missing, NotJustifiedError where the
    check does not advise sending and `despite` gives no reason, NotActiveError where either organisation takes no part in the agreement now.
    """
    allow(act, Permission.ASK)
    before = already_sent(act, draft_id)
    if before is not None:
        return before
    case = with_answers(written(act, draft_id).case, {DESPITE: paragraphs(despite)})
    if case.words("completes"):
        raise NotFoundError  # it belongs to an urgent request that was sent already
    check = _checked(case)
    row = _sealed(act, draft_id, case, check)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            _keep(session, act, case, row)
    except IntegrityError:
        again = already_sent(act, draft_id)  # two clicks at once: the first one's request is the answer to both
        if again is None:
            raise
        return again
    return SubmittedRequest(id=row.id, reference=row.reference)


def _checked(case: Case) -> Check:
    problems = missing_parts(case)
    if problems:
        raise UnfinishedRequestError(problems)
    check, why = check_of(case), case.words(DESPITE)
    if not advises_sending(check) and not why:
        raise NotJustifiedError
    if len(why) > LONG:
        raise AnswersNeededError({"despite": f"Use {LONG:,} characters or fewer."})
    return check


def _sealed(act: Act, draft_id: str, case: Case, check: Check) -> InformationRequest:
    """Make the row of a request, with its content and its paper sealed."""
    holder = _holder(case)
    request_id, stamp = new_id(), PaperStamp(reference=reference(), at=act.at)
    key, kept_key = fresh_key(act.store.vault, request_id)
    paper = written_request(act, case, stamp)
    content = {**to_json(case), "check": as_record(check)}
    return InformationRequest(
        id=request_id,
        reference=stamp.reference,
        draft_id=draft_id,
        edition=case.edition.id,
        edition_hash=case.edition.hash,
        asking_organisation_id=case.asking.id,
        holding_organisation_id=holder.id,
        requester_id=act.person.id,
        status="waiting",
        data_type=case.words("data_type"),
        outcome=check.outcome,
        urgent=case.words("urgent") == "yes",
        wanted_by=case.wanted_by,
        sent_at=act.at,
        turn_since=act.at,
        data_key=kept_key,
        content=key.seal_json(content, f"information_request.content:{request_id}"),
        paper=key.seal(paper, f"information_request.paper:{request_id}"),
        paper_sha256=hashlib.sha256(paper).hexdigest(),
    )


def _keep(session: Session, act: Act, case: Case, row: InformationRequest) -> None:
    require_active(session, row.asking_organisation_id)
    require_active(session, row.holding_organisation_id)
    session.add(row)
    session.flush()
    for person in case.recipients:
        session.add(RequestRecipient(request_id=row.id, account_id=person.id))
    drafts.finish(session, act, JOURNEY, row.id, draft_id=row.draft_id)
    record(
        session,
        act,
        Event.REQUEST_SENT,
        f"request:{row.id}",
        organisation_id=row.asking_organisation_id,
        reference=row.reference,
        to=row.holding_organisation_id,
        edition=row.edition,
        edition_sha256=row.edition_hash,
        outcome=row.outcome,
        gateways=list(case.picked("gateway")),
        paper_sha256=row.paper_sha256,
    )
    people = people_of(session, row.holding_organisation_id)
    tell(session, act, "request-waiting", row, people)
    if not people_of(session, row.holding_organisation_id, Role.APPROVER):
        tell(session, act, "request-unanswerable", row, post_holders(session, Role.MANAGER))
    requester = session.get(Account, row.requester_id)
    tell(session, act, "request-sent", row, [requester] if requester else [])


def already_sent(act: Act, draft_id: str) -> SubmittedRequest | None:
    """Give the request that a draft (or the key of a short form) has become, of the person who acts; None where it has not."""
    with reading(act.store.engine) as session:
        row = session.exec(
            select(InformationRequest).where(
                InformationRequest.draft_id == draft_id, InformationRequest.requester_id == act.person.id
            )
        ).first()
    return None if row is None else SubmittedRequest(id=row.id, reference=row.reference)


def _holder(case: Case) -> Body:
    if case.holder is None:
        raise UnfinishedRequestError({"holder": "Say who you are asking."})
    return case.holder
