"""A misspelt name or address put right: by whoever typed it, or by whoever writes the minutes. What stood before is kept."""

from dataclasses import replace
from difflib import SequenceMatcher

from sqlmodel import Session, col, select

from models.meetings import Attendance, Meeting, Undertaking
from portal.agreement.register.organisations import organisation_named
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import clock, day, folded
from portal.meetings.check_in.attendees import (
    MYSELF,
    AttendeeDetails,
    at_the_door,
    checked,
    opened,
    resealed,
    standing_of,
)
from portal.meetings.check_in.door import Door, still_open
from portal.meetings.check_in.signing import SignedLine, signed_line
from portal.meetings.errors import NoSuchMeetingError
from portal.meetings.minutes.minute_takers import for_writer
from portal.meetings.notifications import send_copy
from portal.meetings.undertakings.undertaking import email_mark, latest, words_in_force
from portal.record.audit import record
from portal.record.events import Event

_ALIKE = 0.6  # of two names: what is less alike is another person's


def own_details(act: Act, door: Door, secret: str) -> AttendeeDetails | None:
    """Give what whoever holds a secret typed at this door today; None where they signed nothing here."""
    with reading(act.store.engine) as session:
        found = _own(session, door, secret)
        return _details(act, found[1]) if found else None


def correct_own(act: Act, door: Door, secret: str, right: AttendeeDetails) -> SignedLine:
    """Put right one's own name, organisation or address, while the door is open at which it was typed.

    Raises NoSuchMeetingError (nothing was signed here with this secret), MeetingEndedError or AnswersNeededError.
    """
    tidy = checked(right, questions=False)
    by = act.as_(at_the_door(token_hash(secret)))
    with transaction(act.store.engine) as session:
        meeting = still_open(session, act, door)
        found = _own(session, door, secret)
        if found is None:
            raise NoSuchMeetingError("We do not know this phone. Tell the Chair what is misspelt.")
        _correct(session, by, meeting, found, tidy)
        return signed_line(act, *found)


def details_of_lines(act: Act, meeting_id: str) -> dict[str, AttendeeDetails]:
    """Give what stands on each line of a meeting's list, for its Chair and its minute taker.

    Raises NotAllowedError, NotFoundError or NotYourMeetingError.
    """
    with reading(act.store.engine) as session:
        for_writer(session, act, meeting_id, lock=False)
        rows = session.exec(
            select(Attendance.id, Undertaking)
            .join(Undertaking)
            .where(Attendance.meeting_id == meeting_id, col(Attendance.struck_at).is_(None))
            .order_by(col(Attendance.signed_at), col(Attendance.id))
        ).all()
        return {line_id: _details(act, row) for line_id, row in rows}


def correct(act: Act, line_id: str, right: AttendeeDetails) -> None:
    """Put a line of the list right, by the meeting's Chair or its minute taker, also after the meeting.

    Raises NotAllowedError, NotFoundError, NotYourMeetingError, AlreadyDoneError (struck out) or AnswersNeededError.
    """
    tidy = checked(right, questions=False, whose="their")
    with transaction(act.store.engine) as session:
        line = session.get(Attendance, line_id)
        if line is None:
            raise NotFoundError
        meeting = for_writer(session, act, line.meeting_id)
        if line.struck_at is not None:
            raise AlreadyDoneError("This line has been struck out.")
        _correct(session, act, meeting, (line, session.get_one(Undertaking, line.undertaking_id)), tidy)


def _own(session: Session, door: Door, secret: str) -> tuple[Attendance, Undertaking] | None:
    """Find the line that a secret signed here; who signed their promises elsewhere asks the Chair."""
    row = latest(session, token_hash(secret)) if secret else None
    if row is None or row.meeting_id != door.meeting_id:
        return None
    line = session.exec(
        select(Attendance).where(
            Attendance.meeting_id == door.meeting_id,
            Attendance.undertaking_id == row.id,
            col(Attendance.struck_at).is_(None),
        )
    ).first()
    return (line, row) if line else None


def _details(act: Act, row: Undertaking) -> AttendeeDetails:
    known = opened(act, row)
    myself = known.organisation == MYSELF
    return AttendeeDetails(
        name=known.name, organisation="" if myself else known.organisation, myself=myself, email=known.email
    )


def _correct(
    session: Session, by: Act, meeting: Meeting, found: tuple[Attendance, Undertaking], right: AttendeeDetails
) -> None:
    line, row = found
    before = _details(by, row)
    right = replace(right, drawing="", answers={})
    changed = [
        name for name in ("name", "organisation", "myself", "email") if getattr(before, name) != getattr(right, name)
    ]
    if not changed:
        return
    if not _alike(before.name, right.name):
        raise AnswersNeededError(
            {"name": "That looks like another person. Strike out the line instead, and let them sign for themselves."}
        )
    body = None if right.myself else organisation_named(session, right.organisation)
    standing = standing_of(words_in_force(by), body.kind if body else "")
    if line.stayed_at is not None and line.admitted_why is None and standing.entitlement == "open":
        raise AnswersNeededError(
            {"organisation": "They are noted in the closed session. The Chair must end that first."}
        )
    row.person = resealed(by, row, right, f"until {clock(by.at)} on {day(by.at)}, put right by {by.person.name}")
    row.organisation_id, row.kind = (body.id, body.kind) if body else (None, "")
    row.email_hash = email_mark(by, right.email) if right.email else None
    line.entitlement = standing.entitlement
    session.add(row)
    session.add(line)
    if "email" in changed and right.email:
        door = Door(
            meeting_id=meeting.id,
            code="",
            name=meeting.name,
            place=meeting.place,
            starts_at=meeting.starts_at,
            chair_name=meeting.chair_name,
        )
        send_copy(session, by, door, words_in_force(by), right, line.id, line.signed_at)
    record(session, by, Event.ATTENDANCE_MENDED, f"meeting:{meeting.id}", line=line.id, fields=changed)


def _alike(before: str, right: str) -> bool:
    """Say whether two names may be one person's: nearly the same letters, or one a short form of the other."""
    one, other = sorted((folded(before), folded(right)), key=len)
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE or all(
        any(long.startswith(short.rstrip(".")) for long in other.split()) for short in one.split()
    )
