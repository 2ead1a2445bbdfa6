"""Deleting what was asked and answered, once the holder's keeping time is over (s12). The line that it was there stays."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session, col, select

from models.after_disclosure import AnswerNote, LongerKeeping, OnwardSharing, RecipientCopy
from models.requests import (
    AnswerFile,
    Consultation,
    Decision,
    InformationRequest,
    KeepingTime,
    RequestMessage,
    UrgentRecord,
)
from portal.agreement.notices.standing import take_turn
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import years_after
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import HOLDS
from portal.requests.after_disclosure.retention import DEFAULT_YEARS
from portal.requests.consents.recording import empty_consents
from portal.requests.exchange.correspondence import empty
from portal.requests.notifications import tell
from portal.requests.participants import people_of


def purge_expired(act: Act) -> int:
    """Delete the content of each request whose holder's keeping time is over; returns how many.

    It counts from the answer. Where none came, from the last thing that was said: the request lapses then.

    What it says, its answer, files and papers go, and with its key whatever a copy still holds. The line that it was
    there stays, and a record says what kind and when, not what (clause s12.personal-retention). Safe to run twice.
    """
    purged = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        years = dict(session.exec(select(col(KeepingTime.organisation_id), col(KeepingTime.years))).all())
        rows = session.exec(
            select(InformationRequest, Decision)
            .join(Decision, col(Decision.request_id) == col(InformationRequest.id))
            .where(col(InformationRequest.data_key).is_not(None))
        ).all()
        for row, decision in rows:
            kept = years.get(row.holding_organisation_id, DEFAULT_YEARS)
            if today(act.at) > years_after(today(decision.decided_at), kept):
                _purge(session, act, row, decision)
                purged += 1
        for row in session.exec(
            select(InformationRequest).where(col(InformationRequest.status).in_(["waiting", "question"]))
        ).all():
            if today(act.at) > years_after(
                today(row.turn_since), years.get(row.holding_organisation_id, DEFAULT_YEARS)
            ):
                _lapse(session, act, row)
                purged += 1
    return purged


def _lapse(session: Session, act: Act, row: InformationRequest) -> None:
    """End a request that nobody answered in all its keeping time: as if it were withdrawn, by the portal itself."""
    empty(session, row)
    row.status, row.withdrawn_at, row.withdrawn_by = "withdrawn", act.at, act.person.name
    row.turn_since = row.purged_at = act.at
    session.add(row)
    details = {"data_type": row.data_type, "outcome": "unanswered"}
    record(session, act, Event.REQUEST_PURGED, f"request:{row.id}", row.holding_organisation_id, **details)
    tell(session, act, "request-withdrawn", row, people_of(session, row.holding_organisation_id))


def _purge(session: Session, act: Act, row: InformationRequest, decision: Decision) -> None:
    messages = session.exec(select(RequestMessage).where(RequestMessage.request_id == row.id)).all()
    consulted = session.exec(select(Consultation).where(Consultation.request_id == row.id)).all()
    files = session.exec(select(AnswerFile).where(AnswerFile.decision_id == decision.id)).all()
    short = session.get(UrgentRecord, row.id)
    row.data_key = row.content = row.paper = None
    row.purged_at = act.at
    decision.content = decision.paper = None
    for message in messages:
        message.body = None
    for one in consulted:
        one.words = None
    for file in files:
        file.name = file.content = None
    if short is not None:
        short.words = None
    agreed = empty_consents(session, row)
    notes, longer, wishes = _empty_what_followed(session, act, row)
    session.add_all([row, decision, *messages, *consulted, *files, *([short] if short else [])])
    record(
        session,
        act,
        Event.REQUEST_PURGED,
        f"request:{row.id}",
        row.holding_organisation_id,
        data_type=row.data_type,
        outcome=decision.outcome,
        messages=len(messages),
        consultations=len(consulted),
        files=len(files),
        notes=notes,
        kept_longer=longer,
        passed_on=wishes,
        consents=agreed,
    )


def _empty_what_followed(session: Session, act: Act, row: InformationRequest) -> tuple[int, int, int]:
    """Empty what was said after the answer, and count it. Nobody is left to agree to more: the recipient is asked now."""
    notes = session.exec(select(AnswerNote).where(AnswerNote.request_id == row.id)).all()
    longer = session.exec(select(LongerKeeping).where(LongerKeeping.request_id == row.id)).all()
    wishes = session.exec(select(OnwardSharing).where(OnwardSharing.request_id == row.id)).all()
    for note in notes:
        note.body = None
    for one in longer:
        one.words = one.objection = None
    for wish in wishes:
        wish.words = wish.answer = None
        wish.status = "lapsed" if wish.status == "waiting" else wish.status
    copy = session.get(RecipientCopy, row.id)
    if copy is not None and copy.status in HOLDS:
        copy.status = "unconfirmed" if copy.status == "wrong" else copy.status
        copy.keep_until = min(copy.keep_until, today(act.at) - timedelta(days=1))
        session.add(copy)
    rows: Sequence[AnswerNote | LongerKeeping | OnwardSharing] = [*notes, *longer, *wishes]
    session.add_all(rows)
    return len(notes), len(longer), len(wishes)
