"""Actions: each has an owner and a day, and follows its group from meeting to meeting until it is done (Appendix 6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.minutes import AgendaItem, EntryKeeper, MeetingAction, MeetingSaid, SaidReader
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, new_id, one_line, paragraphs, today
from portal.meetings.closed_session.need_to_know import led_to_read
from portal.meetings.meeting import for_chair
from portal.meetings.minutes.stages import reopen
from portal.record.audit import record
from portal.record.events import Event

WHAT_LENGTH = 1_000
_LONGEST_AHEAD = timedelta(days=2 * 366)


@dataclass(frozen=True, kw_only=True)
class AgreedAction:
    """An action as its Chair sees it. `from_meeting` is the day of the meeting that agreed it."""

    id: str
    meeting_id: str
    item_id: str
    what: str
    owner: str
    due: date
    from_meeting: datetime
    done_at: datetime | None
    note: str

    def late(self, on: date) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.done_at is None and self.due < on


@dataclass(frozen=True, kw_only=True)
class ActionDetails:
    """An action as it is typed; `item_id` is the item of the agenda that it ends, '' where it ends none.

    `keepers` are those who keep an entry of the restricted appendix for it: ids of the entry and of their line.
    """

    what: str
    owner: str
    due: date
    item_id: str = ""
    keepers: tuple[tuple[str, str], ...] = ()


def agree(act: Act, meeting_id: str, key: str, wanted: ActionDetails) -> None:
    """Record an action that a meeting agreed, and who keeps what was said for it (clauses app6.minutes-and-actions, app2.undertakings).

    The same `key` records it once. Raises NotAllowedError, NotFoundError, AlreadyDoneError (final minutes) or AnswersNeededError (what, owner, due).
    """
    what, owner = paragraphs(wanted.what), one_line(wanted.owner)
    try:
        with transaction(act.store.engine) as session:
            meeting = for_chair(session, act, meeting_id)
            _check(what, owner, wanted.due, today(meeting.starts_at))
            item = session.get(AgendaItem, wanted.item_id) if wanted.item_id else None
            if wanted.item_id and (item is None or item.meeting_id != meeting_id):
                raise NotFoundError
            reopen(session, meeting_id)
            row_id, vault = new_id(), act.store.vault
            row = MeetingAction(
                id=row_id,
                meeting_id=meeting_id,
                item_id=wanted.item_id or None,
                form_key=token_hash(key),
                what=vault.seal_text(what, f"meeting_action.what:{row_id}"),
                owner=vault.seal_text(owner, f"meeting_action.owner:{row_id}"),
                due=wanted.due,
                agreed_at=act.at,
            )
            session.add(row)
            session.flush()
            _keep_for(session, meeting_id, row_id, wanted.keepers)
            if item is not None and item.no_action_why is not None:
                item.no_action_why = None
                session.add(item)
            record(
                session,
                act,
                Event.ACTION_AGREED,
                f"meeting:{meeting_id}",
                action=row_id,
                due=str(wanted.due),
                keepers=len(wanted.keepers),
            )
    except IntegrityError:
        return


def agreed(act: Act, meeting_id: str) -> list[AgreedAction]:
    """List what a meeting agreed, for its Chair, by day. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        meeting = led_to_read(session, act, meeting_id)
        return actions_of(session, act, meeting)


def carried(act: Act, meeting_id: str) -> list[AgreedAction]:
    """List what earlier meetings of the group agreed and nobody has done, for the Chair, by day.

    The group is known by its meetings' name. Raises NotFoundError.
    """
    with reading(act.store.engine) as session:
        meeting = led_to_read(session, act, meeting_id)
        rows = session.exec(
            select(MeetingAction, Meeting)
            .join(Meeting, col(MeetingAction.meeting_id) == Meeting.id)
            .where(
                Meeting.name == meeting.name,
                col(Meeting.starts_at) < meeting.starts_at,
                col(MeetingAction.done_at).is_(None),
            )
            .order_by(col(MeetingAction.due), col(MeetingAction.id))
        ).all()
        return [_shown(act, row, held) for row, held in rows]


@dataclass(frozen=True, kw_only=True)
class LateActions:
    """How many actions of a group are past their day, since when, and the newest meeting at which the Chair sees them."""

    group: str
    count: int
    oldest: date
    meeting_id: str


def late_actions(act: Act) -> list[LateActions]:
    """Count a Chair's actions that are past their day and not done, by group; nothing of what they say is opened.

    Raises NotAllowedError.
    """
    allow(act, Permission.CHAIR_MEETING)
    with reading(act.store.engine) as session:
        groups = session.exec(select(Meeting.name).where(Meeting.chair_id == act.person.id).distinct()).all()
        rows = session.exec(
            select(Meeting.name, func.count(), func.min(col(MeetingAction.due)))
            .join(MeetingAction, col(MeetingAction.meeting_id) == Meeting.id)
            .where(
                col(Meeting.name).in_(groups), col(MeetingAction.done_at).is_(None), MeetingAction.due < today(act.at)
            )
            .group_by(Meeting.name)
        ).all()
        newest = dict(
            session.exec(
                select(Meeting.name, Meeting.id)
                .where(Meeting.chair_id == act.person.id, Meeting.starts_at <= act.at)
                .order_by(col(Meeting.starts_at))
            ).all()
        )
    return [
        LateActions(group=name, count=count, oldest=oldest, meeting_id=newest[name])
        for name, count, oldest in rows
        if name in newest
    ]


def finish(act: Act, meeting_id: str, action_id: str, note: str) -> None:
    """Note that an action is done, and how, at this meeting or a later one of its group. Finishing twice is once.

    Raises NotAllowedError, NotFoundError or AnswersNeededError (note).
    """
    told = paragraphs(note)
    if not told or len(told) > WHAT_LENGTH:
        raise AnswersNeededError({"note": f"Enter how it was done, in {WHAT_LENGTH:,} characters or fewer."})
    with transaction(act.store.engine) as session:
        meeting = for_chair(session, act, meeting_id)
        row = session.exec(select(MeetingAction).where(MeetingAction.id == action_id).with_for_update()).first()
        if row is None or session.get_one(Meeting, row.meeting_id).name != meeting.name:
            raise NotFoundError
        if row.done_at is not None:
            return
        row.done_at, row.done_by = act.at, act.person.name
        row.note = act.store.vault.seal_text(told, f"meeting_action.note:{row.id}")
        session.add(row)
        record(session, act, Event.ACTION_DONE, f"meeting:{meeting_id}", action=row.id)


def actions_of(session: Session, act: Act, meeting: Meeting) -> list[AgreedAction]:
    """List a meeting's actions by day. The caller has checked that the person may see them."""
    rows = session.exec(
        select(MeetingAction)
        .where(MeetingAction.meeting_id == meeting.id)
        .order_by(col(MeetingAction.due), col(MeetingAction.id))
    ).all()
    return [_shown(act, row, meeting) for row in rows]


def _keep_for(session: Session, meeting_id: str, action_id: str, keepers: tuple[tuple[str, str], ...]) -> None:
    """Note who keeps which entry of this meeting's appendix for an action: nobody else has a use for it (Appendix 2)."""
    for said_id, line_id in set(keepers):
        said = session.get(MeetingSaid, said_id)
        if said is None or said.meeting_id != meeting_id or session.get(SaidReader, (said_id, line_id)) is None:
            raise NotFoundError
        session.add(EntryKeeper(said_id=said_id, line_id=line_id, action_id=action_id))


def _check(what: str, owner: str, due: date, held: date) -> None:
    problems = {}
    if not what or len(what) > WHAT_LENGTH:
        problems["what"] = f"Enter what is to be done, in {WHAT_LENGTH:,} characters or fewer."
    if not owner or len(owner) > NAME_LENGTH:
        problems["owner"] = "Enter who does it: a post and its organisation."
    if not held <= due <= held + _LONGEST_AHEAD:
        problems["due"] = "The day must be that of the meeting or later, and within two years."
    if problems:
        raise AnswersNeededError(problems)


def _shown(act: Act, row: MeetingAction, meeting: Meeting) -> AgreedAction:
    vault = act.store.vault
    return AgreedAction(
        id=row.id,
        meeting_id=row.meeting_id,
        item_id=row.item_id or "",
        what=vault.open_text(row.what, f"meeting_action.what:{row.id}"),
        owner=vault.open_text(row.owner, f"meeting_action.owner:{row.id}"),
        due=row.due,
        from_meeting=meeting.starts_at,
        done_at=row.done_at,
        note=vault.open_text(row.note, f"meeting_action.note:{row.id}") if row.note else "",
    )
