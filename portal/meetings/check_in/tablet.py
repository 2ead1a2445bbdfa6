"""One tablet goes round: the Chair hands it over and answers for it; regulars sign the attendance list only (s10)."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Attendance, Meeting, Undertaking
from portal.ground.act import Act, Person
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.vault import same
from portal.ground.wording import folded
from portal.meetings.check_in.attendees import opened
from portal.meetings.check_in.door import Door, still_open
from portal.meetings.check_in.signing import SignedLine, put_on_list, signed_line
from portal.meetings.errors import DoorClosedError
from portal.meetings.meeting import for_chair
from portal.meetings.undertakings.undertaking import words_in_force
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import same_promise

TABLET = Person(id="door:tablet", name="Somebody at the Chair's tablet")


@dataclass(frozen=True, kw_only=True)
class RegularAttendee:
    """Somebody who signed the promises at an earlier meeting of this group, and is not on today's list."""

    undertaking_id: str
    name: str
    organisation: str


def hand_round(act: Act, meeting_id: str) -> str:
    """Give the key that makes a tablet the one that goes round; it opens this door alone, and dies with its code.

    Raises NotAllowedError, NotFoundError or DoorClosedError.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.code is None:
            raise DoorClosedError
        code = act.store.vault.open_text(row.code, f"meeting.code:{row.id}")
        record(session, act, Event.TABLET_HANDED, f"meeting:{meeting_id}")
    return _key(act, meeting_id, code)


def goes_round(act: Act, door: Door, key: str) -> bool:
    """Say whether a key is that of the tablet which the Chair of this door handed round."""
    return same(key, _key(act, door.meeting_id, door.code))


def regulars(act: Act, door: Door, key: str) -> list[RegularAttendee]:
    """List whom the Chair vouches for by handing the tablet over, by name; each person of a name and organisation once.

    Only those who signed in the words in force, at a meeting of the same name that this Chair led. Raises NotFoundError.
    """
    _check(act, door, key)
    with reading(act.store.engine) as session:
        meeting = session.get_one(Meeting, door.meeting_id)
        found = _earlier(session, act, meeting)
        here = {_who(act, row) for row in _present(session, door.meeting_id)}
    people: dict[tuple[str, str], RegularAttendee] = {}
    for row in found:
        known, who = opened(act, row), _who(act, row)
        if who not in here:
            people.setdefault(
                who, RegularAttendee(undertaking_id=row.id, name=known.name, organisation=known.organisation)
            )
    return sorted(people.values(), key=lambda one: folded(one.name))


def vouched(act: Act, door: Door, key: str, undertaking_id: str) -> SignedLine:
    """Put a regular on the list of an open meeting; its Chair answers for it. Doing so twice is once.

    Raises NotFoundError or MeetingEndedError.
    """
    _check(act, door, key)
    by = act.as_(TABLET)
    try:
        with transaction(act.store.engine) as session:
            still_open(session, act, door)
            meeting = session.get_one(Meeting, door.meeting_id)
            row = next((one for one in _earlier(session, act, meeting) if one.id == undertaking_id), None)
            if row is None:
                raise NotFoundError
            line = put_on_list(session, by, door.meeting_id, row, how="tablet", recorded_by=meeting.chair_name)
    except IntegrityError:  # two taps at once: the first one holds
        with reading(act.store.engine) as session:
            row = session.get_one(Undertaking, undertaking_id)
            line = session.exec(
                select(Attendance).where(
                    Attendance.meeting_id == door.meeting_id, Attendance.undertaking_id == undertaking_id
                )
            ).one()
    return signed_line(act, line, row)


def _check(act: Act, door: Door, key: str) -> None:
    if not goes_round(act, door, key):
        raise NotFoundError


def _key(act: Act, meeting_id: str, code: str) -> str:
    return act.store.vault.keyed_hash(f"door-tablet:{meeting_id}:{code}")


def _who(act: Act, row: Undertaking) -> tuple[str, str]:
    known = opened(act, row)
    return folded(known.name), folded(known.organisation)


def _earlier(session: Session, act: Act, meeting: Meeting) -> list[Undertaking]:
    """Find the undertakings behind the lines of this Chair's meetings of the same name, newest first, none struck out."""
    rows = session.exec(
        select(Undertaking)
        .join(Attendance, col(Attendance.undertaking_id) == Undertaking.id)
        .join(Meeting, col(Attendance.meeting_id) == Meeting.id)
        .where(
            Meeting.name == meeting.name,
            Meeting.chair_id == meeting.chair_id,
            Meeting.id != meeting.id,
            col(Undertaking.edition_hash).in_(same_promise(words_in_force(act))),
            col(Attendance.struck_at).is_(None),
        )
        .order_by(col(Undertaking.signed_at).desc())
    ).all()
    return list({row.id: row for row in rows}.values())


def _present(session: Session, meeting_id: str) -> list[Undertaking]:
    return list(session.exec(select(Undertaking).join(Attendance).where(Attendance.meeting_id == meeting_id)).all())
