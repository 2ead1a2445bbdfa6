"""The full record of an urgent request: written afterwards, like any request, and put in the place of the short one."""

import hashlib
from dataclasses import replace

from sqlmodel import Session

from models.drafts import Draft
from models.requests import InformationRequest, RequestRecipient, UrgentRecord
from portal.agreement.notices.standing import take_turn
from portal.ground import drafts
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.case import Case, to_json
from portal.requests.entitlement import case_in
from portal.requests.errors import UnfinishedRequestError
from portal.requests.exchange.section4_check import check_of
from portal.requests.exchange.sending import SubmittedRequest
from portal.requests.exchange.urgent import short_record
from portal.requests.forms.contents import missing
from portal.requests.forms.drafting import JOURNEY, RequestDraft, written
from portal.requests.keys import open_key
from portal.requests.notifications import tell
from portal.requests.papers.documents import PaperStamp, written_request
from portal.requests.participants import people_of
from portal.rules.section4.recorded_check import as_record

COMPLETES = "completes"  # the answer of a draft that names the urgent request it belongs to


def begin_full_record(act: Act, request_id: str) -> str:
    """Begin the full record of an urgent request, or carry on with it; returns the draft's id.

    For the requester, and for a colleague who may see the request where the requester is away.
    """
    allow(act, Permission.ASK)
    with transaction(act.store.engine) as session:
        row, short = short_record(session, act, request_id)
        before, done = short.draft_id, short.completed_at is not None
        case = case_in(row, open_key(act.store.vault, row))
    if done:
        raise NotFoundError
    if before and (_is_there(act, before) or _taken_over(act, request_id, before)):
        return before
    begun, _ = drafts.begin(act, JOURNEY, {**case.answers, COMPLETES: request_id})
    with transaction(act.store.engine) as session:
        row, short = short_record(session, act, request_id)
        if short.draft_id == before:
            short.draft_id = begun.id
            session.add(short)
            record(session, act, Event.RECORD_BEGUN, f"request:{row.id}", row.asking_organisation_id)
        found = short.draft_id
    if found != begun.id:  # two clicks at once: the first one's draft is the answer to both
        drafts.discard(act, JOURNEY, draft_id=begun.id)
    return found


def _taken_over(act: Act, request_id: str, draft_id: str) -> bool:
    """Carry on with what a colleague of the same side began; False where that draft is gone."""
    with transaction(act.store.engine) as session:
        row, short = short_record(session, act, request_id)
        draft = session.get(Draft, draft_id)
        if draft is None or short.draft_id != draft_id or draft.finished_at is not None or draft.expires_at <= act.at:
            return False
        draft.account_id = act.person.id
        session.add(draft)
        record(session, act, Event.RECORD_BEGUN, f"request:{row.id}", row.asking_organisation_id, taken_over=True)
    return True


def still_to_finish(act: Act, draft_id: str) -> dict[str, str]:
    """Map each part of a full record to what is left to do in it; what was asked must stay as it was asked."""
    allow(act, Permission.ASK)
    case = written(act, draft_id).case
    with transaction(act.store.engine) as session:
        row, _ = short_record(session, act, case.words(COMPLETES))
        first = case_in(row, open_key(act.store.vault, row))
    return _problems(first, replace(case, requester=first.requester))


def complete_record(act: Act, draft_id: str) -> SubmittedRequest:
    """Put the full record in the place of the short one; the date stays that of the urgent request.

    It goes in whatever the check says, since the request went out already: the outcome is recorded. Pressing twice
    changes nothing. Raises UnfinishedRequestError while a part is missing or what was asked was changed.
    """
    allow(act, Permission.ASK)
    draft = written(act, draft_id)
    request_id = draft.sent_as or draft.case.words(COMPLETES)
    with transaction(act.store.engine) as session:
        row, short = short_record(session, act, request_id)
        done = SubmittedRequest(id=row.id, reference=row.reference)
        if short.completed_at is not None:
            return done
        first = case_in(row, open_key(act.store.vault, row))
        stamp = PaperStamp(reference=row.reference, at=act.at, sent_at=row.sent_at)
    case = replace(draft.case, requester=first.requester)  # who asked stays who asked, whoever writes it down
    problems = _problems(first, case)
    if problems:
        raise UnfinishedRequestError(problems)
    paper = written_request(act, case, stamp)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, short = short_record(session, act, request_id)
        if short.completed_at is None:
            _put(session, act, row, case, paper)
            _close(session, act, row, short, draft)
    return done


def _problems(first: Case, case: Case) -> dict[str, str]:
    problems = missing(case)
    if [one.what for one in case.items] != [one.what for one in first.items]:
        problems["items"] = "Leave what you asked for as it was sent. Something more needs a request of its own."
    if case.holder != first.holder:
        problems["holder"] = "Leave the organisation as it was. Asking another one needs a request of its own."
    return problems


def _put(session: Session, act: Act, row: InformationRequest, case: Case, paper: bytes) -> None:
    key, check = open_key(act.store.vault, row), check_of(case)
    content = {**to_json(case), "check": as_record(check)}
    row.content = key.seal_json(content, f"information_request.content:{row.id}")
    row.paper = key.seal(paper, f"information_request.paper:{row.id}")
    row.paper_sha256 = hashlib.sha256(paper).hexdigest()
    row.outcome, row.data_type, row.wanted_by = check.outcome, case.words("data_type"), case.wanted_by
    row.edition, row.edition_hash = case.edition.id, case.edition.hash
    session.add(row)
    for person in case.recipients:
        if session.get(RequestRecipient, (row.id, person.id)) is None:
            session.add(RequestRecipient(request_id=row.id, account_id=person.id))


def _close(session: Session, act: Act, row: InformationRequest, short: UrgentRecord, draft: RequestDraft) -> None:
    short.completed_at, short.completed_by = act.at, act.person.name
    session.add(short)
    drafts.finish(session, act, JOURNEY, row.id, draft_id=draft.id)
    record(
        session,
        act,
        Event.RECORD_COMPLETED,
        f"request:{row.id}",
        row.asking_organisation_id,
        outcome=row.outcome,
        by_requester=act.person.id == row.requester_id,
        edition=row.edition,
        edition_sha256=row.edition_hash,
        paper_sha256=row.paper_sha256,
        gateways=list(draft.case.picked("gateway")),
    )
    tell(session, act, "request-record-complete", row, people_of(session, row.holding_organisation_id))


def _is_there(act: Act, draft_id: str) -> bool:
    try:
        drafts.resume(act, JOURNEY, draft_id=draft_id)
    except NotFoundError:
        return False
    return True
