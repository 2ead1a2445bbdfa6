"""The door: a code that lives while the meeting is open, and what a visitor who types it may know.

A code is looked up before any limit: a right one always opens, whatever wrong ones strangers or neighbours typed. So no
limit bounds the guessing, and the code's own strength must bear it (threat AZ12). Whoever floods the whole machine gets 100
answers a second from two busy cores, as measured; count with 500. A code of 6 signs is one of 244,140,625: against one open
door that is 1 chance in 1,600 in five minutes, and 1 in 45 in three hours. That is enough for a meeting, and too little for a
long flood. So the Chair hears of it after 25 wrong codes, and gives the door a code of 10 signs at a press, one of 25^10:
three hours of flood are then 1 chance in 17 million. What a guessed code shows is the meeting's name, place and
Chair; what it lets somebody write is a line on the list that the Chair sees and strikes out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from models.meetings import Meeting
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import PortalError, TooManyTriesError
from portal.ground.rate_limits import Limit, attempt, tries
from portal.ground.wording import clock, day
from portal.meetings.check_in.codes import LENGTH, LONG, as_typed, make_code
from portal.meetings.errors import DoorClosedError, MeetingEndedError, NoSuchMeetingError, TooManyWrongCodesError
from portal.meetings.meeting import Planned, for_chair, is_near, is_unopened, shown
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

# Only wrong codes count, and only wrong ones are slowed.
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

    One that nobody opened on its day can be opened afterwards, so that those who signed on paper are written down.
    Raises NotAllowedError, NotYourMeetingError, or PortalError where the meeting is on a day to come.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.opened_at is not None and row.closed_at is None:
            return shown(act, row)
        if row.called_off_at is not None:
            raise PortalError(f"This meeting was called off on {day(row.called_off_at)}. Plan it anew.")
        planned = shown(act, row)
        if not (is_near(act, planned) or is_unopened(act, planned)):
            raise PortalError(f"This meeting is on {day(row.starts_at)}. Open its door on that day.")
        code = _free_code(session, act, LENGTH)
        row.opened_at, row.closed_at, row.closed_by = row.opened_at or act.at, None, None
        row.code = act.store.vault.seal_text(code, f"meeting.code:{row.id}")
        row.code_hash = _hash(act, code)
        session.add(row)
        record(session, act, Event.MEETING_OPENED, f"meeting:{row.id}", reference=row.reference)
        return shown(act, row)


def lengthen_code(act: Act, meeting_id: str) -> Planned:
    """Give an open door a longer code, since somebody is guessing; the one before opens nothing from now on.

    Whoever has signed stays on the list. Done twice, the first long code stands.
    Raises NotAllowedError, NotYourMeetingError or DoorClosedError.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.code is None:
            raise DoorClosedError("This meeting's door is not open.")
        if len(act.store.vault.open_text(row.code, f"meeting.code:{row.id}")) < LONG:
            code = _free_code(session, act, LONG)
            row.code = act.store.vault.seal_text(code, f"meeting.code:{row.id}")
            row.code_hash = _hash(act, code)
            session.add(row)
            record(session, act, Event.MEETING_CODE_CHANGED, f"meeting:{row.id}", reference=row.reference)
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
            if base_url:
                link = f"{base_url}/meeting?id={row.id}"
                notify(session, act, "meeting-closed", act.person.email, meeting=row.name, link=link)
        return shown(act, row)


def find_door(act: Act, typed: str, address: str) -> Door:
    """Find the open door of a code as it was typed; only wrong ones are counted, by address and overall (threat AZ12).

    Args:
        act: by anybody.
        typed: the code as it was typed or scanned.
        address: the network address of the one who asks.

    Raises NoSuchMeetingError, MeetingEndedError or TooManyWrongCodesError.
    """
    code = as_typed(typed)
    try:
        with reading(act.store.engine) as session:
            return _seen(_with_code(session, act, code) if code else None, code, act.at)
    except MeetingEndedError:
        raise
    except NoSuchMeetingError:
        try:
            attempt(act, (BY_ADDRESS, address), (BY_ALL, _ALL))
        except TooManyTriesError as error:
            raise TooManyWrongCodesError(error.seconds) from error
        raise


def ended_door(act: Act, typed: str) -> Door | None:
    """Find the door of a code whose meeting has ended lately, for a phone that signed there to see so; None where there is none."""
    code = as_typed(typed)
    with reading(act.store.engine) as session:
        row = _with_code(session, act, code) if code else None
    over = row is not None and row.closed_at is not None and act.at - row.closed_at < _REMEMBERED
    return _door(row, code) if row is not None and over else None


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


def _free_code(session: Session, act: Act, length: int) -> str:
    while True:
        code = make_code(length)
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
    return _door(row, code)


def _door(row: Meeting, code: str) -> Door:
    return Door(
        meeting_id=row.id,
        code=code,
        name=row.name,
        place=row.place,
        starts_at=row.starts_at,
        chair_name=row.chair_name,
    )
