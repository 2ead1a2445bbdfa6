"""Keeping something longer: the recipient says until when and why, the holder is told and may object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.after_disclosure import LongerKeeping, RecipientCopy
from models.requests import InformationRequest
from portal.agreement.notices.standing import take_turn
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import AS_NUMBERS, TypedDay, as_typed, day_typed
from portal.ground.input.required_words import needed_words
from portal.ground.wording import day, new_id, today
from portal.record.audit import record
from portal.record.events import Event
from portal.requests.after_disclosure.copies import HOLDS, copy_row, is_over, recipients_of, their_copy
from portal.requests.after_disclosure.retention import keeping_ends
from portal.requests.entitlement import Side, acts_for_asking
from portal.requests.errors import AlreadyGoneError, NotYourTurnError, OwnRequestError
from portal.requests.keys import RequestKey, open_key
from portal.requests.notifications import tell
from portal.requests.participants import people_of

_MOST_WORDS = 2000


@dataclass(frozen=True, kw_only=True)
class RetentionExtension:
    """That the recipient kept something longer: until when, why, and what the holder says against it ('' nothing)."""

    number: int
    until: date
    why: str
    asked_by: str
    asked_at: datetime
    objection: str
    objected_by: str


def keep_longer(act: Act, request_id: str, until: TypedDay, why: str) -> date:
    """Say that it is still needed, until when and why: it holds at once, and the holder is told and may object.

    Never longer than the holder itself keeps its record. Raises AnswersNeededError with a sentence for each field,
    AlreadyGoneError, NotFoundError once the holder's record is deleted.
    """
    allow(act, Permission.ASK)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, copy = their_copy(session, act, request_id)
        if copy.status not in HOLDS:
            raise AlreadyGoneError
        key = open_key(act.store.vault, row)
        last = keeping_ends(session, row)
        before = _extensions(session, row)
        if before and before[-1].objected_at is None and until == as_typed(copy.keep_until):
            return copy.keep_until  # the button was pressed twice
        new, words = _new_day(act, until, why, copy, last)
        one_id = new_id()
        session.add(
            LongerKeeping(
                id=one_id,
                request_id=row.id,
                number=len(before) + 1,
                until=new,
                asked_at=act.at,
                asked_by=act.person.name,
                words=key.seal(words.encode(), f"longer_keeping.words:{one_id}"),
            )
        )
        copy.keep_until, copy.reminded_at = new, None
        session.add(copy)
        record(session, act, Event.COPY_KEPT_LONGER, f"request:{row.id}", row.asking_organisation_id, until=new)
        tell(session, act, "request-kept-longer", row, people_of(session, row.holding_organisation_id))
    return new


def object_to_keeping(act: Act, request_id: str, why: str) -> None:
    """Object to what the recipient said last: its time is over at once. For the holder's approvers, once for each time.

    Raises AnswersNeededError without a reason, NotYourTurnError where there is nothing to object to.
    """
    allow(act, Permission.DECIDE)
    words = needed_words(why, "objection", "Say why they should not keep it longer.", _MOST_WORDS)
    with transaction(act.store.engine) as session:
        take_turn(session)
        row, side, copy = copy_row(session, act, request_id)
        if side is not Side.HOLDING or not act.person.holds(Role.APPROVER, row.holding_organisation_id):
            raise NotFoundError
        if acts_for_asking(act, row):
            raise OwnRequestError
        before = _extensions(session, row)
        if copy.status not in HOLDS or is_over(copy, act.at) or not before or before[-1].objected_at is not None:
            raise NotYourTurnError("There is nothing to object to now. Look at where the request stands.")
        last = before[-1]
        last.objected_at, last.objected_by = act.at, act.person.name
        last.objection = open_key(act.store.vault, row).seal(words.encode(), f"longer_keeping.objection:{last.id}")
        copy.keep_until, copy.reminded_at = today(act.at) - timedelta(days=1), None
        session.add_all([last, copy])
        record(session, act, Event.KEEPING_OBJECTED, f"request:{row.id}", row.holding_organisation_id)
        tell(session, act, "request-keeping-objected", row, recipients_of(session, row))


def longer_on(session: Session, row: InformationRequest, key: RequestKey) -> tuple[RetentionExtension, ...]:
    """Give how often something was kept longer, and why, the first first."""
    return tuple(
        RetentionExtension(
            number=one.number,
            until=one.until,
            why=key.open(one.words, f"longer_keeping.words:{one.id}").decode(),
            asked_by=one.asked_by,
            asked_at=one.asked_at,
            objection=key.open(one.objection, f"longer_keeping.objection:{one.id}").decode() if one.objected_at else "",
            objected_by=one.objected_by or "",
        )
        for one in _extensions(session, row)
    )


def _extensions(session: Session, row: InformationRequest) -> Sequence[LongerKeeping]:
    query = select(LongerKeeping).where(LongerKeeping.request_id == row.id)
    return session.exec(query.order_by(col(LongerKeeping.number))).all()


def _new_day(act: Act, until: TypedDay, why: str, copy: RecipientCopy, last: date) -> tuple[date, str]:
    problems: dict[str, str] = {}
    new = None
    try:
        new = day_typed(until)
    except ValueError:
        problems["until"] = AS_NUMBERS
    if new is None:
        problems.setdefault("until", "Enter the day until which you need it.")
    elif new <= max(today(act.at), copy.keep_until):
        problems["until"] = "Enter a day later than the one until which you may keep it now, and later than today."
    elif new > last:
        problems["until"] = f"Enter a day no later than {day(last)}. They keep their own record no longer."
    try:
        words = needed_words(why, "why", "Say why you still need it.", _MOST_WORDS)
    except AnswersNeededError as error:
        problems |= error.problems
    if problems or new is None:
        raise AnswersNeededError(problems)
    return new, words
