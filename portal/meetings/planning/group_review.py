"""The yearly review of a group: who chairs it, who is in it, how often it meets; recorded at a meeting, late where it was not."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from models.meetings import Meeting, MeetingTick
from portal.ground.act import Act
from portal.ground.calendar.working_calendar import months_after
from portal.ground.database import reading, transaction
from portal.ground.errors import PortalError
from portal.ground.wording import day, listed, today
from portal.meetings.meeting import Planned, for_chair
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force

GROUP_REVIEW = "group-review"  # the tick that says so, beside those of the Chair's checklist


def record_group_review(act: Act, meeting_id: str) -> None:
    """Record that a meeting reviewed its group; the next review is due a year later. Twice is once (clause app6.frequency).

    Raises NotAllowedError, NotFoundError, NotYourMeetingError, or PortalError where the meeting has not begun.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        if row.opened_at is None:
            raise PortalError("A review is recorded at a meeting. Open its door first.")
        if session.get(MeetingTick, (meeting_id, GROUP_REVIEW)) is not None:
            return
        session.add(MeetingTick(meeting_id=meeting_id, task=GROUP_REVIEW, at=act.at, by=act.person.name))
        record(session, act, Event.MEETING_CHANGED, f"meeting:{meeting_id}", reviewed=True)


def last_group_review(act: Act, group: str) -> date | None:
    """Give the day of the last meeting of a group, known by its name, that reviewed it; None where none did."""
    with reading(act.store.engine) as session:
        held = session.exec(
            select(Meeting.starts_at)
            .join(MeetingTick, col(MeetingTick.meeting_id) == Meeting.id)
            .where(MeetingTick.task == GROUP_REVIEW, Meeting.name == group)
            .order_by(col(Meeting.starts_at).desc())
        ).first()
    return today(held) if held else None


def review_due(act: Act, series: Sequence[Planned]) -> date | None:
    """Give the day by which a group is reviewed: 12 months after its last review, or else after its first meeting.

    `series` are its meetings in the order of their dates. None where the group has not begun. A day before today: the
    review is late. (clause app6.frequency)
    """
    if not series:
        return None
    months = edition_in_force(today(act.at)).jag.review_months
    return months_after(last_group_review(act, series[0].name) or today(series[0].starts_at), months)


def review_note(act: Act, series: Sequence[Planned]) -> str:
    """Say what is reviewed by when, or since when the review is late; '' where the group has not begun."""
    due = review_due(act, series)
    if due is None:
        return ""
    covers = listed(edition_in_force(today(act.at)).jag.review_covers)
    if due < today(act.at):
        return f"The review of {covers} is late: it was due by {day(due)}. Hold it at a meeting, and record it there."
    return f"Review {covers} by {day(due)}."
