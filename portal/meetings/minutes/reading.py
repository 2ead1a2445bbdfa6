"""Reading a meeting's minutes and papers: the Chair, those who were there, and, once they are final, the managers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from models.meetings import Attendance, Meeting, MinuteTaker
from models.minutes import MeetingMinutes, MeetingSaid, MinutesReader, SaidReader
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.meetings.meeting import leads
from portal.meetings.minutes.stages import MinutesStage, stage_of
from portal.meetings.minutes.writing import body_of
from portal.record.audit import record
from portal.record.events import Event

_LATELY = timedelta(days=56)  # two meetings back: older minutes that never came are no longer chased


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What a person may read of one meeting. `entries` is how many entries of the appendix name them."""

    meeting_id: str
    name: str
    starts_at: datetime
    stage: MinutesStage | None
    marking: str
    entries: int


@dataclass(frozen=True, kw_only=True)
class ReadableMinutes:
    """The minutes as a reader sees them."""

    meeting_id: str
    name: str
    starts_at: datetime
    stage: MinutesStage
    marking: str
    body: str


def my_papers(act: Act) -> list[Papers]:
    """List the meetings whose minutes or appendix a person may read, newest first. Raises NotAllowedError."""
    allow(act, Permission.READ_MEETING_PAPERS)
    with reading(act.store.engine) as session:
        entries = _entries(session, act)
        sent = set(
            session.exec(select(MinutesReader.meeting_id).where(MinutesReader.account_id == act.person.id)).all()
        )
        if act.person.holds(Role.MANAGER):
            final = select(MeetingMinutes.meeting_id).where(col(MeetingMinutes.final_at).is_not(None))
            sent |= set(session.exec(final).all())
        rows = session.exec(
            select(Meeting).where(col(Meeting.id).in_(sent | set(entries))).order_by(col(Meeting.starts_at).desc())
        ).all()
        papers = [_listed(session, row, entries.get(row.id, 0), sent) for row in rows]
        return [one for one in papers if one.stage is not None or one.entries]


def waiting_papers(act: Act) -> tuple[list[tuple[datetime, str]], list[tuple[datetime, str]]]:
    """Give the meetings whose minutes were sent to a person and can still be corrected, and those that they are to write.

    Each with the moment since when it waits: when they were sent, or when the meeting closed.

    Somebody writes the minutes of meetings that they lead, or were asked to write, and that nobody has sent out yet.
    Raises NotAllowedError.
    """
    allow(act, Permission.READ_MEETING_PAPERS)
    with reading(act.store.engine) as session:
        to_read = session.exec(
            select(MeetingMinutes.circulated_at, MeetingMinutes.meeting_id)
            .join(MinutesReader, col(MinutesReader.meeting_id) == MeetingMinutes.meeting_id)
            .where(
                MinutesReader.account_id == act.person.id,
                col(MeetingMinutes.circulated_at).is_not(None),
                col(MeetingMinutes.final_at).is_(None),
            )
        ).all()
        asked = select(MinuteTaker.meeting_id).where(MinuteTaker.account_id == act.person.id)
        mine: ColumnElement[bool] = col(Meeting.id).in_(asked)
        if may(act.person, Permission.CHAIR_MEETING):
            mine = or_(mine, col(Meeting.chair_id) == act.person.id)
        to_write = session.exec(select(Meeting.closed_at, Meeting.id).where(mine, *not_sent_out(act))).all()
    return sorted((at, one) for at, one in to_read if at), sorted((at, one) for at, one in to_write if at)


def minutes_left_by(session: Session, act: Act, chair_id: str) -> list[str]:
    """List the meetings that a Chair has held and whose minutes are not sent out. For other services: nothing is checked."""
    return list(session.exec(select(Meeting.id).where(Meeting.chair_id == chair_id, *not_sent_out(act))).all())


def not_sent_out(act: Act) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say, of a meeting, that it closed lately and its minutes were not sent out."""
    sent = select(MeetingMinutes.meeting_id).where(col(MeetingMinutes.circulated_at).is_not(None))
    return col(Meeting.closed_at) > act.at - _LATELY, col(Meeting.id).not_in(sent)


def read_minutes(act: Act, meeting_id: str) -> ReadableMinutes:
    """Open circulated minutes, and record it. Raises NotAllowedError, or NotFoundError where they are not for this person."""
    with transaction(act.store.engine) as session:
        meeting, row = minutes_for(session, act, meeting_id)
        record(session, act, Event.MINUTES_OPENED, f"meeting:{meeting_id}")
        return ReadableMinutes(
            meeting_id=meeting_id,
            name=meeting.name,
            starts_at=meeting.starts_at,
            stage=stage_of(row),
            marking=row.marking,
            body=body_of(act, row),
        )


def minutes_for(session: Session, act: Act, meeting_id: str) -> tuple[Meeting, MeetingMinutes]:
    """Find circulated minutes for somebody who may read them: the Chair, those they went to, managers once final.

    Raises NotAllowedError or NotFoundError.
    """
    allow(act, Permission.READ_MEETING_PAPERS)
    meeting, row = session.get(Meeting, meeting_id), session.get(MeetingMinutes, meeting_id)
    if meeting is None or row is None or row.circulated_at is None:
        raise NotFoundError
    went_to = session.get(MinutesReader, (meeting_id, act.person.id)) is not None
    copy = act.person.holds(Role.MANAGER) and row.final_at is not None
    if not (went_to or copy or leads(act, meeting.chair_id)):
        raise NotFoundError
    return meeting, row


def _listed(session: Session, row: Meeting, entries: int, sent: set[str]) -> Papers:
    minutes = session.get(MeetingMinutes, row.id)
    shown = minutes is not None and minutes.circulated_at is not None and row.id in sent
    return Papers(
        meeting_id=row.id,
        name=row.name,
        starts_at=row.starts_at,
        stage=stage_of(minutes) if shown else None,
        marking=minutes.marking if minutes is not None and shown else "",
        entries=entries,
    )


def _entries(session: Session, act: Act) -> dict[str, int]:
    """Count the entries of each meeting's appendix that name a person, by meeting."""
    rows = session.exec(
        select(MeetingSaid.meeting_id)
        .join(SaidReader, col(SaidReader.said_id) == MeetingSaid.id)
        .join(Attendance, col(SaidReader.line_id) == Attendance.id)
        .where(SaidReader.account_id == act.person.id, col(Attendance.struck_at).is_(None))
    ).all()
    return {one: rows.count(one) for one in set(rows)}
