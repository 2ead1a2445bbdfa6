"""Regulars on the Chair's tablet: the Chair, who knows them, vouches; they sign the attendance list only (s10)."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Attendance, Meeting, Undertaking
from portal.act import Act
from portal.database import reading, transaction
from portal.errors import NotFoundError
from portal.meetings.meeting import for_chair, leads
from portal.meetings.people import opened, standing_of
from portal.meetings.refusals import DoorClosedError
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.editions import edition_in_force
from portal.wording import folded, new_id, today


@dataclass(frozen=True, kw_only=True)
class Regular:
    """Somebody who signed the promises at an earlier meeting of this group, and is not on today's list."""

    undertaking_id: str
    name: str
    organisation: str


def regulars(act: Act, meeting_id: str) -> list[Regular]:
    """List whom the Chair of a meeting may vouch for, by name; each person of a name and organisation once.

    Only those who signed in the words in force, at a meeting of the same name that this Chair led. Raises NotFoundError.
    """
    with reading(act.store.engine) as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None or not leads(act, meeting.chair_id):
            raise NotFoundError
        found = _earlier(session, act, meeting)
        here = {
            (folded(known.name), folded(known.organisation))
            for known in (opened(act, row) for row in _present(session, meeting_id))
        }
    people: dict[tuple[str, str], Regular] = {}
    for row in found:
        known = opened(act, row)
        who = (folded(known.name), folded(known.organisation))
        if who not in here:
            people.setdefault(who, Regular(undertaking_id=row.id, name=known.name, organisation=known.organisation))
    return sorted(people.values(), key=lambda one: folded(one.name))


def vouch(act: Act, meeting_id: str, undertaking_id: str) -> None:
    """Put a regular on the list of an open meeting; the Chair answers for it. Doing so twice is once.

    Raises NotAllowedError, NotFoundError or DoorClosedError.
    """
    edition = edition_in_force(today(act.at))
    try:
        with transaction(act.store.engine) as session:
            meeting = for_chair(session, act, meeting_id)
            if meeting.opened_at is None or meeting.closed_at is not None:
                raise DoorClosedError
            row = next((one for one in _earlier(session, act, meeting) if one.id == undertaking_id), None)
            if row is None:
                raise NotFoundError
            line = Attendance(
                id=new_id(),
                meeting_id=meeting_id,
                undertaking_id=row.id,
                how="tablet",
                entitlement=standing_of(edition, row.kind).entitlement,
                signed_at=act.at,
                recorded_by=act.person.name,
            )
            session.add(line)
            session.flush()
            record(session, act, Event.ATTENDANCE_SIGNED, f"meeting:{meeting_id}", line=line.id, how="tablet")
    except IntegrityError:
        return  # they are on the list already


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
            Undertaking.edition_hash == edition_in_force(today(act.at)).hash,
            col(Attendance.struck_at).is_(None),
        )
        .order_by(col(Undertaking.signed_at).desc())
    ).all()
    return list({row.id: row for row in rows}.values())


def _present(session: Session, meeting_id: str) -> list[Undertaking]:
    return list(session.exec(select(Undertaking).join(Attendance).where(Attendance.meeting_id == meeting_id)).all())
