"""The door: a code that lives while the meeting is open, and what a visitor who types it may know."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from models.meetings import Meeting
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import PortalError
from portal.ground.rate_limits import Limit, attempt, forgive, tries
from portal.ground.wording import clock, day
from portal.meetings.check_in.codes import as_typed, make_code
from portal.meetings.errors import DoorClosedError, MeetingEndedError, NoSuchMeetingError
from portal.meetings.meeting import Planned, for_chair, is_near, shown
from portal.record.audit import record
from portal.record.events import Event
from portal.record.outbox import Letter, post

# Only wrong codes count, so that a hall full of people behind one address is never held up.
BY_ADDRESS = Limit(kind="door-guess", most=10, within=timedelta(minutes=10), wait=timedelta(seconds=5))
BY_ALL = Limit(kind="door-guess-all", most=100, within=timedelta(minutes=1))
ALARM = Limit(kind="door-guess-all", most=25, within=timedelta(minutes=10))
_ALL = "every address"
_REMEMBERED = timedelta(hours=24)  # how long a closed meeting's code still says that the meeting has ended


@dataclass(frozen=True, kw_only=True)
class Door:
    """An open door as a visitor sees it: which meeting, when, where, and who chairs it (threat ES12)."""

    meeting_id: str
    code: str
    name: str
    place: str
    starts_at: datetime
    chair_name: str


def open_door(act: Act, meeting_id: str) -> Planned:
    """Open a meeting's door with a new code; an open one stays as it is. A door closed by mistake opens again.

    Raises NotAllowedError, NotYourMeetingError, or PortalError where the meeting is on another day.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.opened_at is not None and row.closed_at is None:
            return shown(act, row)
        if row.called_off_at is not None:
            raise PortalError(f"This meeting was called off on {day(row.called_off_at)}. Plan it anew.")
        if not is_near(act, shown(act, row)):
            raise PortalError(f"This meeting is on {day(row.starts_at)}. Open its door on that day.")
        code = _free_code(session, act)
        row.opened_at, row.closed_at, row.closed_by = row.opened_at or act.at, None, None
        row.code = act.store.vault.seal_text(code, f"meeting.code:{row.id}")
        row.code_hash = _hash(act, code)
        session.add(row)
        record(session, act, Event.MEETING_OPENED, f"meeting:{row.id}", reference=row.reference)
        return shown(act, row)


def close_door(act: Act, meeting_id: str, *, base_url: str = "") -> Planned:
    """Close a meeting: its code dies at once, and the Chair hears where the list is. Closing twice is closing once.

    Args:
        act: by the meeting's Chair.
        meeting_id: the meeting.
        base_url: the portal's own address, for the link in the message; '' sends none.

    Raises NotAllowedError, NotYourMeetingError or DoorClosedError (never opened).
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.opened_at is None:
            raise DoorClosedError("Open the door first. A meeting that never opened has no list.")
        if row.closed_at is None:
            row.closed_at, row.closed_by, row.code = act.at, act.person.name, None
            session.add(row)
            record(session, act, Event.MEETING_CLOSED, f"meeting:{row.id}", reference=row.reference)
            if act.person.email and base_url:
                post(session, act, list_ready(act.person.email, row.name, f"{base_url}/meeting?id={row.id}"))
        return shown(act, row)


def find_door(act: Act, typed: str, address: str, proof: str = "") -> Door:
    """Find the open door of a code as it was typed; wrong ones are counted by address and overall (threat AZ12).

    Args:
        act: by anybody.
        typed: the code as it was typed or scanned.
        address: the network address of the one who asks.
        proof: what `proof_of` gave with the form, so that somebody who was let in is not held up by others' guesses.

    Raises NoSuchMeetingError, MeetingEndedError or TooManyTriesError.
    """
    code = as_typed(typed)
    if not (proof and code and hmac.compare_digest(proof, proof_of(act, code))):
        return _guessed(act, code, address)
    with reading(act.store.engine) as session:
        return _seen(_with_code(session, act, code), code, act.at)


def proof_of(act: Act, code: str) -> str:
    """Give what a form carries to show that it was made for somebody who had the right code."""
    return act.store.vault.keyed_hash(f"door-form:{code}")


def _guessed(act: Act, code: str, address: str) -> Door:
    counted = ((BY_ADDRESS, address), (BY_ALL, _ALL))
    pressed = any(tries(act, limit, key) >= limit.most for limit, key in counted)
    ids = attempt(act, *counted) if pressed else ()
    try:
        with reading(act.store.engine) as session:
            door = _seen(_with_code(session, act, code) if code else None, code, act.at)
    except NoSuchMeetingError:
        if not pressed:
            attempt(act, *counted)
        raise
    if ids:
        forgive(act, ids)
    return door


def still_open(session: Session, act: Act, door: Door) -> Meeting:
    """Find the meeting of a door inside a transaction; it cannot close before the transaction ends.

    Raises MeetingEndedError where it has closed since.
    """
    row = session.exec(select(Meeting).where(Meeting.id == door.meeting_id).with_for_update(read=True)).one()
    if row.closed_at is not None or row.code_hash != _hash(act, door.code):
        raise MeetingEndedError
    return row


def guesses(act: Act) -> int:
    """Say how many wrong codes were typed lately, where they are enough to alarm a Chair; otherwise 0."""
    wrong = tries(act, ALARM, _ALL)
    return wrong if wrong >= ALARM.most else 0


def list_ready(to: str, meeting_name: str, address: str) -> Letter:
    """Tell the Chair where the attendance list is; no name of anybody who came is in the message."""
    return Letter(
        template="meeting-closed",
        to=to,
        subject="The attendance list is ready",
        body=f"{meeting_name} is closed. Sign in to open its attendance list:\n{address}",
    )


def _free_code(session: Session, act: Act) -> str:
    while True:
        code = make_code()
        if _with_code(session, act, code) is None:
            return code


def _with_code(session: Session, act: Act, code: str) -> Meeting | None:
    return session.exec(select(Meeting).where(Meeting.code_hash == _hash(act, code))).first()


def _hash(act: Act, code: str) -> str:
    return act.store.vault.keyed_hash(f"door:{code}")


def _seen(row: Meeting | None, code: str, at: datetime) -> Door:
    if row is None or (row.closed_at is not None and at - row.closed_at >= _REMEMBERED):
        raise NoSuchMeetingError
    if row.closed_at is not None:
        raise MeetingEndedError(f"This meeting ended at {clock(row.closed_at)}. Ask the Chair to add you.")
    return Door(
        meeting_id=row.id,
        code=code,
        name=row.name,
        place=row.place,
        starts_at=row.starts_at,
        chair_name=row.chair_name,
    )
