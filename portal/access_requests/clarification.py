"""Asking the person what they mean: while a question without which nothing can be found is open, no day counts (s5, s15)."""

from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.statements import AccessRequest, Clarification
from portal.access_requests.clocks import BEGINS_ANEW, STOPPABLE, AccessKind, due, extended
from portal.access_requests.entitlement import clarification_place, find_access
from portal.access_requests.log import LONGEST
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import next_number, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, PortalError
from portal.ground.input.required_words import needed_words
from portal.ground.wording import day, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.statements.errors import DecidedError


class ClockGoesOnError(PortalError):
    """The law of this kind of request does not stop its clock for a question."""

    message = "A question does not stop the clock of this kind of request. Ask the person, and answer by its last day."


class ClockRunOutError(PortalError):
    """A question that comes after the last day stops no clock."""

    message = "Its last day has passed, so a question stops no clock now. Answer at once, and say why it is late."


def ask_clarification(act: Act, access_id: str, question: str) -> None:
    """Record that the person was asked what they mean: from today the clock stands still (clause s15.foi-case-by-case).

    Asking again while a question is open changes nothing. Raises NotFoundError, AnswersNeededError, DecidedError,
    ClockRunOutError, ClockGoesOnError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    words = needed_words(question, "clarification", "Enter what you asked them.", LONGEST)
    try:
        with transaction(act.store.engine) as session:
            row = _open_row(session, act, access_id)
            if row.stopped_on is not None:
                return
            if AccessKind(row.kind) not in STOPPABLE:
                raise ClockGoesOnError
            if today(act.at) > (row.extended_to or row.due_on):
                raise ClockRunOutError
            one_id = new_id()
            session.add(
                Clarification(
                    id=one_id,
                    access_request_id=row.id,
                    number=next_number(session, Clarification.number, Clarification.access_request_id == row.id),
                    asked_on=today(act.at),
                    asked_by=act.person.name,
                    question=act.store.vault.seal_text(words, clarification_place("question", one_id)),
                )
            )
            row.stopped_on = today(act.at)
            session.add(row)
            subject = f"access-request:{row.id}"
            record(session, act, Event.CLARIFICATION_ASKED, subject, row.organisation_id, on=str(row.stopped_on))
    except IntegrityError:  # two clicks at once: the first one's question is the answer to both
        return


def record_clarification(act: Act, access_id: str, answered_on: date | None, answer: str) -> date:
    """Record what the person meant and the day it came; returns the new last day.

    Freedom of information counts its 20 working days anew from that day; a subject access request gets back the days
    that stood still. Raises NotFoundError, AnswersNeededError, DecidedError, AlreadyDoneError.
    """
    allow(act, Permission.KEEP_ACCESS_LOG)
    words = needed_words(answer, "clarified", "Enter what they answered.", LONGEST)
    with transaction(act.store.engine) as session:
        row = _open_row(session, act, access_id)
        if row.stopped_on is None:
            raise AlreadyDoneError("The clock of this request runs already. Look at what was recorded.")
        on = _day(act, row.stopped_on, answered_on)
        one = session.exec(
            select(Clarification).where(
                Clarification.access_request_id == row.id, col(Clarification.answered_on).is_(None)
            )
        ).one()
        one.answered_on = on
        one.answer = act.store.vault.seal_text(words, clarification_place("answer", one.id))
        _run_again(row, on)
        session.add_all([row, one])
        last_day = row.extended_to or row.due_on
        subject = f"access-request:{row.id}"
        record(session, act, Event.CLARIFICATION_CAME, subject, row.organisation_id, on=str(on), due=str(last_day))
        return last_day


def _run_again(row: AccessRequest, on: date) -> None:
    kind, stopped = AccessKind(row.kind), row.stopped_on or on
    if kind in BEGINS_ANEW:
        row.counts_from = on
    else:
        row.paused_days += (on - stopped).days
    row.due_on = due(kind, row.received_on, counts_from=row.counts_from, paused=row.paused_days)
    if row.extended_to is not None:
        row.extended_to = extended(kind, row.received_on, paused=row.paused_days)
    row.stopped_on, row.reminded = None, ""


def _open_row(session: Session, act: Act, access_id: str) -> AccessRequest:
    row = find_access(session, act, access_id, lock=True)
    if row.decided_at is not None:
        raise DecidedError(row.decided_at)
    return row


def _day(act: Act, stopped: date, answered_on: date | None) -> date:
    if answered_on is None:
        raise AnswersNeededError({"clarified_on": "Enter the day it came as three numbers, such as 25 11 2026."})
    if not stopped <= answered_on <= today(act.at):
        raise AnswersNeededError({"clarified_on": f"The day it came must be from {day(stopped)} to today."})
    return answered_on
