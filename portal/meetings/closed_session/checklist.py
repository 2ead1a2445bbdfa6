"""The Chair's checklist of Appendix 3, kept with the meeting."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from models.meetings import Meeting, MeetingTick
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.meetings.meeting import for_chair, for_keeper
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition_in_force
from portal.rules.forms.attendance import chair_checklist

WHEN = {
    "before": "Before the meeting",
    "start": "At the start",
    "during": "When the closed session begins",
    "end": "At the end",
    "after": "After the meeting",
}


@dataclass(frozen=True, kw_only=True)
class ChecklistLine:
    """A line of the checklist: what the Chair makes sure of, and when it was done."""

    id: str
    when: str
    text: str
    done_at: datetime | None


def checklist(act: Act, meeting_id: str) -> list[ChecklistLine]:
    """Give a meeting's checklist, in the order of a meeting (clause app3.chair-checklist).

    Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        row = for_keeper(session, act, meeting_id)
        ticks = session.exec(select(MeetingTick).where(MeetingTick.meeting_id == meeting_id)).all()
    done = {tick.task: tick.at for tick in ticks}
    edition = _edition(row)
    return [
        ChecklistLine(id=task.id, when=when, text=task.text, done_at=done.get(task.id))
        for when in WHEN
        for task in chair_checklist(edition, when)
    ]


def tick(act: Act, meeting_id: str, done: frozenset[str], *, was: frozenset[str] | None = None) -> None:
    """Keep which lines are done; those left out are not done.

    `was`: the lines that were done as the Chair was shown them; what another tab or phone ticked since stays.

    Raises NotAllowedError, or NotFoundError for a line that the edition does not have.
    """
    with transaction(act.store.engine) as session:
        row = for_chair(session, act, meeting_id)
        known = {task.id for task in chair_checklist(_edition(row))}
        if done - known:
            raise NotFoundError
        ticks = session.exec(select(MeetingTick).where(MeetingTick.meeting_id == meeting_id)).all()
        kept = {one.task: one for one in ticks if one.task in known}  # a review of the group is no line of it
        if was is not None:
            done = frozenset(kept) - (was - done) | (done - was)
        for task in done - set(kept):
            session.add(MeetingTick(meeting_id=meeting_id, task=task, at=act.at, by=act.person.name))
        for task in set(kept) - done:
            session.delete(kept[task])
        if done != set(kept):
            record(session, act, Event.MEETING_CHANGED, f"meeting:{meeting_id}", checklist=sorted(done))


def _edition(row: Meeting) -> Edition:
    return edition_in_force(today(row.starts_at))
