"""The restricted appendix of a meeting: opened by its Chair and by those who needed to know, each opening recorded (s6)."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.meetings import Attendance, Meeting
from models.minutes import EntryKeeper, MeetingAction, MeetingSaid, SaidReader
from portal.agreement.notices.standing import require_not_stopped
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import NotFoundError
from portal.meetings.closed_session.disclosures import MeetingDisclosure, every
from portal.meetings.closed_session.need_to_know import NeedToKnowReader, present
from portal.meetings.closed_session.purposes import TITLES
from portal.meetings.meeting import leads
from portal.record.audit import record
from portal.record.events import Event


@dataclass(frozen=True, kw_only=True)
class AppendixEntry:
    """One entry of the appendix, open."""

    id: str
    number: int
    told: MeetingDisclosure
    said_at: datetime
    recorded_by: str
    readers: tuple[str, ...]
    keepers: tuple[str, ...]  # who of them keeps it, a line for each action that needs it

    @property
    def purpose(self) -> str:
        """Give the purpose in words."""
        return TITLES.get(self.told.purpose, self.told.purpose)


def open_appendix(act: Act, meeting_id: str, line_id: str = "") -> list[AppendixEntry]:
    """Open the restricted appendix, and record it (clause s6.meetings.restricted-appendix).

    The Chair of the meeting reads every entry; somebody else reads those that name them, and learns of no other.
    `line_id` narrows the Chair's own reading to what one person's paper holds.
    Raises NotAllowedError, or NotFoundError where nothing of it is theirs to read.
    """
    allow(act, Permission.READ_MEETING_PAPERS)
    with transaction(act.store.engine) as session:
        found = readable(session, act, meeting_id, line_id)
        require_not_stopped(session, act.person.organisation_id)
        record(session, act, Event.APPENDIX_OPENED, f"meeting:{meeting_id}", entries=[one.id for one in found])
        people = {one.line_id: one for one in present(session, act, meeting_id, closed=False)}
        return [_opened(session, act, said, people) for said in found]


def readable(session: Session, act: Act, meeting_id: str, line_id: str = "") -> list[MeetingSaid]:
    """Find the entries that a person may read. `line_id` narrows the Chair to what one line's paper holds.

    Raises NotFoundError where there are none.
    """
    meeting = session.get(Meeting, meeting_id)
    query = select(MeetingSaid).where(MeetingSaid.meeting_id == meeting_id).order_by(col(MeetingSaid.number))
    chair = meeting is not None and leads(act, meeting.chair_id)
    if not chair or line_id:
        named = (
            select(SaidReader.said_id)
            .join(Attendance, col(SaidReader.line_id) == Attendance.id)
            .where(col(Attendance.struck_at).is_(None))
        )
        mine = SaidReader.line_id == line_id if chair else SaidReader.account_id == act.person.id
        query = query.where(col(MeetingSaid.id).in_(named.where(mine)))
    found = list(session.exec(query).all())
    if not found:
        raise NotFoundError
    return found


def subjects(session: Session, act: Act, meeting_id: str) -> list[str]:
    """Give the names of whom the appendix is about, for the scan of the minutes; they never leave the service."""
    vault = act.store.vault
    return [
        name
        for said in every(session, meeting_id)
        for name in vault.open_text(said.subject, f"meeting_said.subject:{said.id}").split("\n")
    ]


def _opened(session: Session, act: Act, said: MeetingSaid, people: dict[str, NeedToKnowReader]) -> AppendixEntry:
    vault = act.store.vault
    source = json.loads(vault.open_text(said.source, f"meeting_said.source:{said.id}"))
    readers = select(SaidReader.line_id).where(SaidReader.said_id == said.id).order_by(col(SaidReader.line_id))
    lines = session.exec(readers).all()
    titles = {one: f"{people[one].name}, {people[one].organisation}" for one in lines if one in people}
    kept = session.exec(
        select(EntryKeeper.line_id, MeetingAction)
        .join(MeetingAction, col(EntryKeeper.action_id) == MeetingAction.id)
        .where(EntryKeeper.said_id == said.id)
        .order_by(col(MeetingAction.agreed_at), col(MeetingAction.due), col(MeetingAction.id), col(EntryKeeper.line_id))
    ).all()
    return AppendixEntry(
        id=said.id,
        number=said.number,
        told=MeetingDisclosure(
            purpose=said.purpose,
            subject=vault.open_text(said.subject, f"meeting_said.subject:{said.id}"),
            words=vault.open_text(said.words, f"meeting_said.words:{said.id}"),
            **source,
        ),
        said_at=said.said_at,
        recorded_by=said.recorded_by,
        readers=tuple(titles.values()),
        keepers=tuple(
            f"{'; '.join(names)}, for: {vault.open_text(action.what, f'meeting_action.what:{action.id}')}"
            for action in {action.id: action for _, action in kept}.values()
            if (names := [titles[line] for line, of in kept if of.id == action.id and line in titles])
        ),
    )
