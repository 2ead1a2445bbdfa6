"""Signing at a meeting: the undertaking at the first one, the attendance list at each (s10, App 2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.meetings import Attendance, NotSigned, Undertaking
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line
from portal.meetings.check_in.attendees import AttendeeDetails, KnownAttendee, at_the_door, checked, opened, standing_of
from portal.meetings.check_in.codes import three_words
from portal.meetings.check_in.door import Door, still_open
from portal.meetings.errors import NoSuchMeetingError
from portal.meetings.notifications import send_copy
from portal.meetings.undertakings.undertaking import latest, undertake, words_in_force
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import same_promise

# Somebody who has the code may not fill the list with made-up lines; a full hall stays far below. A longer code begins anew.
SIGNINGS = Limit(kind="door-sign", most=300, within=timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class SignedLine:
    """A line of the attendance list as its signer sees it; `words` also stand on the Chair's list."""

    line_id: str
    name: str
    signed_at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class DoorVisitor:
    """What the portal knows of whoever holds a secret: their line here, or the undertaking they signed before."""

    signed: SignedLine | None = None
    known: KnownAttendee | None = None
    known_since: datetime | None = None
    must_sign_again: bool = False  # the words have changed since


def visitor(act: Act, door: Door, secret: str) -> DoorVisitor:
    """Recognise whoever holds a secret, by that alone and never by a name (s10; a phone's own cookie)."""
    if not secret:
        return DoorVisitor()
    with reading(act.store.engine) as session:
        row = latest(session, token_hash(secret))
        if row is None:
            return DoorVisitor()
        line = _line(session, door.meeting_id, row.id)
    if line is not None:
        return DoorVisitor(signed=signed_line(act, line, row))
    return DoorVisitor(
        known=opened(act, row),
        known_since=row.signed_at,
        must_sign_again=row.edition_hash not in same_promise(words_in_force(act)),
    )


def sign(act: Act, door: Door, secret: str, signer: AttendeeDetails, *, how: str = "phone") -> SignedLine:
    """Sign the confidentiality agreement and the attendance list at an open door (clauses s10.confidentiality, app2.*).

    Args:
        act: by anybody; the open door's code is what permits it.
        door: the door that was found by its code.
        secret: made when the form was shown; the same secret signs once at a meeting, however often it is sent.
        signer: what the person says of themselves.
        how: "phone", "portal" or "tablet".

    Raises AnswersNeededError, MeetingEndedError or TooManyTriesError.
    """
    tidy = checked(signer, questions=True)
    holder = token_hash(secret)
    attempt(act, (SIGNINGS, f"{door.meeting_id}:{door.code}"))
    by = act.as_(at_the_door(holder))
    try:
        with transaction(act.store.engine) as session:
            still_open(session, act, door)
            row = undertake(session, by, door.meeting_id, holder, tidy)
            is_new = _line(session, door.meeting_id, row.id) is None
            line = put_on_list(session, by, door.meeting_id, row, how=how, recorded_by=_voucher(door, how))
            if tidy.email and is_new:
                send_copy(session, by, door, words_in_force(act), tidy, line.id, act.at)
    except IntegrityError:  # the same form came twice at once: the first one holds
        return _again(act, door, secret)
    return signed_line(act, line, row)


def attend(act: Act, door: Door, secret: str, *, how: str = "phone") -> SignedLine:
    """Sign the attendance list only: whoever holds the secret signed the undertaking before (s10).

    Raises NoSuchMeetingError (not recognised), MeetingEndedError.
    """
    holder = token_hash(secret)
    by = act.as_(at_the_door(holder))
    try:
        with transaction(act.store.engine) as session:
            still_open(session, act, door)
            row = latest(session, holder)
            if row is None or row.edition_hash not in same_promise(words_in_force(act)):
                raise NoSuchMeetingError("We do not know this phone. Sign with your name.")
            line = put_on_list(session, by, door.meeting_id, row, how=how)
    except IntegrityError:
        return _again(act, door, secret)
    return signed_line(act, line, row)


def decline(act: Act, door: Door, secret: str, name: str = "") -> None:
    """Record that somebody at the door does not agree: as did not sign, and without a name unless they give one.

    Raises MeetingEndedError.
    """
    holder = token_hash(secret)
    by = act.as_(at_the_door(holder))
    given = one_line(name)[:NAME_LENGTH]
    with transaction(act.store.engine) as session:
        still_open(session, act, door)
        row = session.exec(
            select(NotSigned)
            .where(NotSigned.meeting_id == door.meeting_id, NotSigned.holder_hash == holder)
            .with_for_update()
        ).first()
        if row is not None and not given:
            return
        row = row or NotSigned(id=new_id(), meeting_id=door.meeting_id, holder_hash=holder, at=act.at)
        if given:
            row.name = act.store.vault.seal_text(given, f"not_signed.name:{row.id}")
        session.add(row)
        record(session, by, Event.ATTENDANCE_REFUSED, f"meeting:{door.meeting_id}", named=bool(given))


def _voucher(door: Door, how: str) -> str:
    """Give who answers for a line: on the tablet that goes round, the Chair who handed it over."""
    return door.chair_name if how == "tablet" else ""


def put_on_list(
    session: Session, by: Act, meeting_id: str, row: Undertaking, *, how: str, recorded_by: str = ""
) -> Attendance:
    """Write the line of this undertaking, or give the one that stands; somebody who signs is no longer one who did not."""
    found = _line(session, meeting_id, row.id)
    if found is not None:
        return found
    line = Attendance(
        id=new_id(),
        meeting_id=meeting_id,
        undertaking_id=row.id,
        how=how,
        entitlement=standing_of(words_in_force(by), row.kind).entitlement,
        signed_at=by.at,
        recorded_by=recorded_by,
    )
    session.add(line)
    declined = session.exec(
        select(NotSigned).where(NotSigned.meeting_id == meeting_id, NotSigned.holder_hash == row.holder_hash)
    ).first()
    if declined is not None:
        session.delete(declined)
    session.flush()
    record(
        session,
        by,
        Event.ATTENDANCE_SIGNED,
        f"meeting:{meeting_id}",
        organisation_id=row.organisation_id,
        line=line.id,
        how=how,
    )
    return line


def _line(session: Session, meeting_id: str, undertaking_id: str) -> Attendance | None:
    return session.exec(
        select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.undertaking_id == undertaking_id)
    ).first()


def _again(act: Act, door: Door, secret: str) -> SignedLine:
    found = visitor(act, door, secret).signed
    if found is None:
        raise NoSuchMeetingError
    return found


def signed_line(act: Act, line: Attendance, row: Undertaking) -> SignedLine:
    """Turn a line into what its signer sees."""
    return SignedLine(line_id=line.id, name=opened(act, row).name, signed_at=line.signed_at, words=three_words(line.id))
