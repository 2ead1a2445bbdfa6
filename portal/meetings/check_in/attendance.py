"""The Chair's side of the attendance list: who signed, who may stay, paper signatures, lines struck out (s10, App 6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Attendance, NotSigned, Undertaking
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.input.required_words import needed_words
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line, today
from portal.meetings.check_in.attendees import AttendeeDetails, KnownAttendee, checked, opened, standing_of
from portal.meetings.check_in.codes import three_words
from portal.meetings.errors import DoorClosedError
from portal.meetings.meeting import for_chair, for_keeper
from portal.meetings.planning.guests import WHY_OPEN, guest_names, is_guest
from portal.meetings.undertakings.undertaking import drawing_of, new_undertaking
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

HOW = {"phone": "On their own phone", "portal": "In the portal", "tablet": "On the Chair's tablet", "paper": "On paper"}
REASON_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class AttendanceLine:
    """A line of the list as its Chair sees it. `why` is the reason to explain to somebody who may not stay."""

    id: str
    meeting_id: str
    name: str
    organisation: str
    kind: str
    first_time: bool
    how: str
    signed_at: datetime
    words: str
    guest: bool
    may_stay: bool
    why: str
    stayed_at: datetime | None
    admitted_why: str
    struck_at: datetime | None
    struck_why: str
    was: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclinedAttendee:
    """Somebody who did not sign; the name is '' where it was not given."""

    name: str
    at: datetime


def lines(act: Act, meeting_id: str) -> list[AttendanceLine]:
    """List who signed, in the order of signing, for the meeting's Chair and the Information Manager.

    Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        for_keeper(session, act, meeting_id)
        invited = guest_names(session, act, meeting_id)
        rows = session.exec(
            select(Attendance, Undertaking)
            .join(Undertaking)
            .where(Attendance.meeting_id == meeting_id)
            .order_by(col(Attendance.signed_at), col(Attendance.id))
        ).all()
    return [_shown(act, line, undertaking, invited) for line, undertaking in rows]


def how_many_came(act: Act, meeting_ids: Collection[str]) -> dict[str, int]:
    """Count who signed at each meeting; one whose list is destroyed, or where nobody signed, is left out.

    For whoever plans meetings: a count names nobody. Raises NotAllowedError.
    """
    allow(act, Permission.PLAN_MEETINGS)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Attendance.meeting_id, func.count())
            .where(col(Attendance.meeting_id).in_(meeting_ids), col(Attendance.struck_at).is_(None))
            .group_by(col(Attendance.meeting_id))
        ).all()
    return dict(rows)


def line(act: Act, line_id: str) -> AttendanceLine:
    """Give one line of a list to those who may see the list. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = session.get(Attendance, line_id)
        if row is None:
            raise NotFoundError
        for_keeper(session, act, row.meeting_id)
        undertaking = session.get_one(Undertaking, row.undertaking_id)
        invited = guest_names(session, act, row.meeting_id)
    return _shown(act, row, undertaking, invited)


def drawings(act: Act, meeting_id: str) -> dict[str, bytes]:
    """Give the signatures that were drawn at this meeting with a finger: a PNG by the id of its line.

    Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        for_keeper(session, act, meeting_id)
        rows = session.exec(
            select(Attendance.id, Undertaking)
            .join(Undertaking)
            .where(
                Attendance.meeting_id == meeting_id,
                Undertaking.meeting_id == meeting_id,
                col(Undertaking.drawing).is_not(None),
            )
        ).all()
    return {line_id: picture for line_id, row in rows if (picture := drawing_of(act, row))}


def declined(act: Act, meeting_id: str) -> list[DeclinedAttendee]:
    """List who did not sign, for the meeting's Chair and the Information Manager. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        for_keeper(session, act, meeting_id)
        rows = session.exec(
            select(NotSigned).where(NotSigned.meeting_id == meeting_id).order_by(col(NotSigned.at))
        ).all()
    vault = act.store.vault
    return [
        DeclinedAttendee(name=vault.open_text(row.name, f"not_signed.name:{row.id}") if row.name else "", at=row.at)
        for row in rows
    ]


def strike_out(act: Act, line_id: str, why: str) -> None:
    """Strike out a line with a reason; the line stays on the list, struck (threat ES9).

    Raises NotAllowedError, NotFoundError, AnswersNeededError (why) or AlreadyDoneError.
    """
    reason = needed_words(why, "why", "Enter why this line is struck out.", REASON_LENGTH)
    with transaction(act.store.engine) as session:
        row = led(session, act, line_id)
        if row.struck_at is not None:
            raise AlreadyDoneError("This line has been struck out already.")
        row.struck_at, row.struck_by = act.at, act.person.name
        row.struck_why = act.store.vault.seal_text(reason, f"attendance.struck_why:{row.id}")
        row.stayed_at = None
        session.add(row)
        record(session, act, Event.ATTENDANCE_STRUCK, f"meeting:{row.meeting_id}", line=row.id)


def add_on_paper(act: Act, meeting_id: str, key: str, signer: AttendeeDetails) -> None:
    """Record somebody who signed the statement on paper; the Chair answers for the paper (clause s10.confidentiality).

    Args:
        act: by the meeting's Chair, while it is open or afterwards.
        meeting_id: the meeting.
        key: made when the form was first shown: sending it twice records one line.
        signer: what stands on the paper.

    Raises NotAllowedError, NotFoundError, AnswersNeededError, or DoorClosedError (the meeting has not opened).
    """
    tidy, edition = checked(signer, questions=False, whose="their"), edition_in_force(today(act.at))
    try:
        with transaction(act.store.engine) as session:
            if for_chair(session, act, meeting_id).opened_at is None:
                raise DoorClosedError("Open the door first.")
            undertaking = new_undertaking(session, act, meeting_id, token_hash(key), tidy)
            session.add(undertaking)
            session.flush()
            row = Attendance(
                id=new_id(),
                meeting_id=meeting_id,
                undertaking_id=undertaking.id,
                how="paper",
                entitlement=standing_of(edition, undertaking.kind).entitlement,
                signed_at=act.at,
                recorded_by=act.person.name,
            )
            session.add(row)
            record(session, act, Event.ATTENDANCE_ON_PAPER, f"meeting:{meeting_id}", line=row.id)
    except IntegrityError:
        return  # the same form again


def mark_not_signed(act: Act, meeting_id: str, key: str, name: str = "") -> None:
    """Record that somebody did not sign; they are not on the list, and the name may stay empty.

    Raises NotAllowedError, NotFoundError or AnswersNeededError.
    """
    given = one_line(name)
    if len(given) > NAME_LENGTH:
        raise AnswersNeededError({"name": f"The name must be {NAME_LENGTH} characters or fewer."})
    try:
        with transaction(act.store.engine) as session:
            for_chair(session, act, meeting_id)
            row_id = new_id()
            sealed_name = act.store.vault.seal_text(given, f"not_signed.name:{row_id}") if given else None
            session.add(
                NotSigned(id=row_id, meeting_id=meeting_id, holder_hash=token_hash(key), name=sealed_name, at=act.at)
            )
            session.flush()
            record(session, act, Event.ATTENDANCE_REFUSED, f"meeting:{meeting_id}")
    except IntegrityError:
        return


def led(session: Session, act: Act, line_id: str) -> Attendance:
    """Find and lock a line for the Chair of its meeting. Raises NotAllowedError or NotFoundError."""
    row = session.exec(select(Attendance).where(Attendance.id == line_id).with_for_update()).first()
    if row is None:
        raise NotFoundError
    for_chair(session, act, row.meeting_id)
    return row


def _shown(act: Act, row: Attendance, undertaking: Undertaking, invited: frozenset[str]) -> AttendanceLine:
    known: KnownAttendee = opened(act, undertaking)
    guest = is_guest(known.name, invited)
    vault = act.store.vault
    return AttendanceLine(
        id=row.id,
        meeting_id=row.meeting_id,
        name=known.name,
        organisation=known.organisation,
        kind=undertaking.kind,
        first_time=undertaking.meeting_id == row.meeting_id,
        how=HOW[row.how],
        signed_at=row.signed_at,
        words=three_words(row.id),
        guest=guest,
        may_stay=row.entitlement == "open_closed" and not guest,
        why=WHY_OPEN if guest else standing_of(edition_in_force(today(row.signed_at)), undertaking.kind).why,
        stayed_at=row.stayed_at,
        admitted_why=vault.open_text(row.admitted_why, f"attendance.admitted_why:{row.id}") if row.admitted_why else "",
        struck_at=row.struck_at,
        struck_why=vault.open_text(row.struck_why, f"attendance.struck_why:{row.id}") if row.struck_why else "",
        was=known.was,
    )
