"""A meeting as the pages see it, and who may see or lead it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from models.meetings import Meeting
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.meetings.errors import NotYourMeetingError

_SOON = timedelta(hours=12)


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called off"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A meeting. `code` is set only for its Chair, and only while the door is open."""

    id: str
    reference: str
    name: str
    place: str
    starts_at: datetime
    chair_id: str
    chair_name: str
    agenda_by: str
    minutes_by: str
    actions_by: str
    opened_at: datetime | None
    closed_part_at: datetime | None
    closed_at: datetime | None
    called_off_at: datetime | None = None
    changed_at: datetime | None = None
    code: str = ""

    @property
    def state(self) -> MeetingState:
        """Say whether the meeting is planned, open or closed."""
        if self.called_off_at is not None:
            return MeetingState.CALLED_OFF
        if self.closed_at is not None:
            return MeetingState.CLOSED
        return MeetingState.OPEN if self.opened_at is not None else MeetingState.PLANNED


def meetings(act: Act) -> list[Planned]:
    """List every meeting in the order of their dates: to plan without gaps one must see them all.

    Raises NotAllowedError.
    """
    allow(act, Permission.PLAN_MEETINGS)
    with reading(act.store.engine) as session:
        return [shown(act, row) for row in session.exec(select(Meeting).order_by(col(Meeting.starts_at))).all()]


def meeting(act: Act, meeting_id: str) -> Planned:
    """Give one meeting to its Chair or the Information Manager. Raises NotFoundError for everybody else."""
    with reading(act.store.engine) as session:
        return shown(act, for_keeper(session, act, meeting_id))


def for_keeper(session: Session, act: Act, meeting_id: str) -> Meeting:
    """Find a meeting's row for those who may read its list: its Chair and the Information Manager (s10).

    Raises NotAllowedError, or NotFoundError where it is missing or somebody else's.
    """
    allow(act, Permission.PLAN_MEETINGS)
    row = session.get(Meeting, meeting_id)
    if row is None or not (row.chair_id == act.person.id or act.person.holds(Role.MANAGER)):
        raise NotFoundError
    return row


def for_chair(session: Session, act: Act, meeting_id: str) -> Meeting:
    """Find and lock a meeting's row for its Chair, who alone leads it.

    Raises NotAllowedError, NotFoundError, or NotYourMeetingError where the person may only look.
    """
    allow(act, Permission.PLAN_MEETINGS)
    row = session.exec(select(Meeting).where(Meeting.id == meeting_id).with_for_update()).first()
    if row is None:
        raise NotFoundError
    if not leads(act, row.chair_id):
        if act.person.holds(Role.MANAGER):
            raise NotYourMeetingError
        raise NotFoundError
    return row


def leads(act: Act, chair_id: str) -> bool:
    """Say whether the person is the Chair of a meeting, and still holds that role."""
    return chair_id == act.person.id and may(act.person, Permission.CHAIR_MEETING)


def is_near(act: Act, planned: Planned) -> bool:
    """Say whether a meeting is today, or within 12 hours, so that a door opened now is the right one."""
    return today(planned.starts_at) == today(act.at) or abs(planned.starts_at - act.at) <= _SOON


def is_unopened(act: Act, planned: Planned) -> bool:
    """Say whether a meeting's day has passed and its door was never opened: held on paper, or not held."""
    return planned.state is MeetingState.PLANNED and planned.starts_at < act.at and not is_near(act, planned)


def shown(act: Act, row: Meeting) -> Planned:
    """Turn a row into what pages see; the code only for the Chair."""
    sealed = row.code if leads(act, row.chair_id) else None
    return Planned(
        id=row.id,
        reference=row.reference,
        name=row.name,
        place=row.place,
        starts_at=row.starts_at,
        chair_id=row.chair_id,
        chair_name=row.chair_name,
        agenda_by=row.agenda_by,
        minutes_by=row.minutes_by,
        actions_by=row.actions_by,
        opened_at=row.opened_at,
        closed_part_at=row.closed_part_at,
        closed_at=row.closed_at,
        called_off_at=row.called_off_at,
        changed_at=row.changed_at,
        code=act.store.vault.open_text(sealed, f"meeting.code:{row.id}") if sealed else "",
    )
