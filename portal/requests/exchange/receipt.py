"""What the recipient says of an answer: it came and is what was asked for, or something is wrong; and what the holder says then."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.accounts import Account
from models.after_disclosure import AnswerNote, RecipientCopy
from models.requests import InformationRequest
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.calendar.noted import waits_since
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.ground.input.required_words import needed_words
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import copy_row, is_named, is_over, recipients_of
from portal.requests.entitlement import Side, acts_for_asking
from portal.requests.errors import NotYourTurnError, OwnRequestError
from portal.requests.notifications import tell
from portal.requests.participants import closed_bodies
from portal.requests.reminders import WAITS, holders_of, working_days
from portal.requests.thread import say

_MOST_WORDS = 4000


def confirm_receipt(act: Act, request_id: str) -> None:
    """Say that the answer is here and is what was asked for. For the people to whom it opens; a second time changes nothing.

    Raises NotYourTurnError where the holder must first answer what was said to be wrong, or it is gone already.
    """
    allow(act, Permission.ASK)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, copy = _received(session, act, request_id)
        if copy.status == "held":
            return
        if copy.status != "unconfirmed":
            raise NotYourTurnError
        copy.confirmed_at, copy.confirmed_by = act.at, act.person.name
        _turn(session, act, copy, "held")
        record(session, act, Event.RECEIPT_CONFIRMED, f"request:{row.id}", row.asking_organisation_id)
        tell(session, act, "request-received", row, holders_of(session, row))


def report_trouble(act: Act, request_id: str, words: str) -> None:
    """Tell the holder what is wrong with an answer: from then on it is its turn (clause s7.matching-quality).

    Raises AnswersNeededError without words, NotYourTurnError where that was said already, or it is gone.
    """
    allow(act, Permission.ASK)
    said = needed_words(words, "trouble", "Say what is wrong, so that they can put it right.", _MOST_WORDS)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, copy = _received(session, act, request_id)
        if copy.status not in {"unconfirmed", "held"}:
            raise NotYourTurnError
        say(session, act, AnswerNote, row, "trouble", said)
        _turn(session, act, copy, "wrong")
        record(session, act, Event.TROUBLE_REPORTED, f"request:{row.id}", row.asking_organisation_id)
        tell(session, act, "request-trouble", row, holders_of(session, row))


def answer_trouble(act: Act, request_id: str, words: str) -> None:
    """Say what the holder does about it: from then on the recipient confirms again. For the side that holds.

    Raises AnswersNeededError without words, NotYourTurnError where nothing was said to be wrong.
    """
    allow(act, Permission.ANSWER)
    said = needed_words(words, "remedy", "Say what is right, or what you do about it.", _MOST_WORDS)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, side, copy = copy_row(session, act, request_id)
        if side is not Side.HOLDING:
            raise NotFoundError
        if acts_for_asking(act, row):
            raise OwnRequestError
        if copy.status != "wrong":
            raise NotYourTurnError
        say(session, act, AnswerNote, row, "remedy", said)
        _turn(session, act, copy, "unconfirmed")
        record(session, act, Event.TROUBLE_ANSWERED, f"request:{row.id}", row.holding_organisation_id)
        tell(session, act, "request-remedy", row, recipients_of(session, row))


def remind_of_receipts(act: Act) -> int:
    """Remind, after five working days and every five after that, of an answer that nobody confirmed; returns how many."""
    reminded = 0
    with transaction(act.store.engine) as session:
        take_turn(session)
        copies = _open_copies(session)
        closed = closed_bodies(session, {row.asking_organisation_id for row, _ in copies})
        for row, copy in copies:
            since = waits_since(act.at, copy.turn_since, copy.reminded_at)
            if row.asking_organisation_id in closed or is_over(copy, act.at) or working_days(since, act.at) < WAITS:
                continue
            wrong = copy.status == "wrong"
            people: Sequence[Account] = holders_of(session, row) if wrong else recipients_of(session, row)
            if not tell(session, act, "request-trouble-waits" if wrong else "request-receipt-due", row, people):
                continue
            copy.reminded_at = act.at
            session.add(copy)
            where = row.holding_organisation_id if wrong else row.asking_organisation_id
            record(session, act, Event.RECEIPT_REMINDED, f"request:{row.id}", where)
            reminded += 1
    return reminded


def _open_copies(session: Session) -> Sequence[tuple[InformationRequest, RecipientCopy]]:
    return session.exec(
        select(InformationRequest, RecipientCopy)
        .join(RecipientCopy, col(RecipientCopy.request_id) == col(InformationRequest.id))
        .where(col(RecipientCopy.status).in_(["unconfirmed", "wrong"]))
    ).all()


def _received(session: Session, act: Act, request_id: str) -> tuple[InformationRequest, RecipientCopy]:
    row, side, copy = copy_row(session, act, request_id)
    if side is not Side.ASKING or not is_named(session, act, row):
        raise NotFoundError
    return row, copy


def _turn(session: Session, act: Act, copy: RecipientCopy, status: str) -> None:
    copy.status, copy.turn_since, copy.reminded_at = status, act.at, None
    session.add(copy)
