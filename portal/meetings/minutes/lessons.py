"""What a group passes on when its minutes are final: a lesson to every group, a need to the partnership (Appendix 6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from models.meetings import Meeting
from models.minutes import MeetingMinutes
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading
from portal.meetings.minutes.writing import lesson_of, need_of

_SHOWN = 30  # the newest; older ones stand in their minutes


@dataclass(frozen=True, kw_only=True)
class PassedOn:
    """What one meeting passed on: its group's name, its day and the words, which name nobody."""

    group: str
    held: datetime
    words: str


def lessons_shared(act: Act) -> list[PassedOn]:
    """List what groups learnt, the newest first, for everybody who takes part; nothing of minutes that are marked.

    Raises NotAllowedError.
    """
    return _passed_on(act, col(MeetingMinutes.lesson).is_not(None) & (col(MeetingMinutes.marking) == ""), lesson_of)


def needs_of_groups(act: Act) -> list[PassedOn]:
    """List what groups need of the partnership, the newest first, for managers alone. Raises NotAllowedError."""
    if not act.person.holds(Role.MANAGER):
        return []
    return _passed_on(act, col(MeetingMinutes.need).is_not(None), need_of)


def _passed_on(
    act: Act, which: ColumnElement[bool], words: Callable[[Act, MeetingMinutes | None], str]
) -> list[PassedOn]:
    allow(act, Permission.READ_MEETING_PAPERS)
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Meeting, MeetingMinutes)
            .join(MeetingMinutes, col(MeetingMinutes.meeting_id) == col(Meeting.id))
            .where(which, col(MeetingMinutes.final_at).is_not(None))
            .order_by(col(Meeting.starts_at).desc())
            .limit(_SHOWN)
        ).all()
    return [PassedOn(group=meeting.name, held=meeting.starts_at, words=words(act, row)) for meeting, row in rows]
