"""Changing a planned meeting: another day, place, Chair or minute taker; or calling it off. Those who come are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from models.accounts import Account
from models.meetings import Meeting, MinuteTaker
from portal.accounts.holders import post_holders
from portal.accounts.self_service.absence import stood_in_for
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError, PortalError
from portal.ground.wording import counted, day_and_time, one_line, paragraphs, today
from portal.meetings.meeting import MeetingState, Planned, for_keeper, is_near, shown
from portal.meetings.planning.membership import addresses_of_members
from portal.meetings.planning.plan import Candidate, chairs, duties_problems, moment, when_problems
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify

REASON_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class MeetingChange:
    """A meeting as it is to be. `later_too`: whoever chairs it now also chairs the later ones of the group that its Chair had."""

    day: date
    begins: time
    place: str
    chair_id: str
    agenda_by: str
    minutes_by: str
    actions_by: str
    later_too: bool = False


def change(act: Act, meeting_id: str, wanted: MeetingChange, *, base_url: str = "") -> Planned:
    """Change a meeting whose door has not been opened, for its Chair or the Information Manager (clause app6.frequency).

    The Chair of before and of now, who writes its minutes, and the group's members who have an account hear of it. The same
    again changes nothing and tells nobody.
    Raises NotAllowedError, NotFoundError, AlreadyDoneError (held or called off) or AnswersNeededError (first, begins,
    place, chair, agenda_by, minutes_by, actions_by).
    """
    allow(act, Permission.PLAN_MEETINGS)
    candidate = next((one for one in chairs(act) if one.id == wanted.chair_id), None)
    problems = {
        **when_problems(act, [wanted.day], wanted.begins),
        **duties_problems({one: getattr(wanted, one) for one in ("place", "agenda_by", "minutes_by", "actions_by")}),
    }
    if candidate is None:
        problems["chair"] = "Choose who chairs the meeting."
    if problems or candidate is None:
        raise AnswersNeededError(problems)
    with transaction(act.store.engine) as session:
        row = _planned(session, act, meeting_id)
        before, was = row.starts_at, row.chair_id
        changed = _apply(row, wanted, candidate)
        later = _hand_later(session, row, was, candidate) if wanted.later_too and row.chair_id != was else 0
        if changed:
            row.changed_at = act.at
            session.add(row)
            record(session, act, Event.MEETING_CHANGED, f"meeting:{row.id}", changed=changed, later=later)
            notify(
                session,
                act,
                "meeting-moved",
                _concerned(session, act, row, was) - {act.person.email},
                reference=row.reference,
                before=day_and_time(before),
                stays_or_is="is now" if before != row.starts_at else "stays",
                now=day_and_time(row.starts_at),
                place=row.place,
                chair=_of_the_chair(later) if row.chair_id != was else "",
                link=f"{base_url}/calendar",
            )
        return shown(act, row)


def stand_in(act: Act, meeting_id: str, *, base_url: str = "") -> Planned:
    """Take a meeting over as its Chair: whoever the Chair named, until the day they are back, or any Chair from 12 hours before.

    So that a meeting is never without a Chair because one fell ill; one whose Chair chairs no more, at any time. It is
    recorded, and the Chair of before is told. Once the closed session has begun, what was said in it opens to its Chair
    alone (s6): then only whom they named takes it over, or whom the Information Manager chooses once they chair no more.
    Raises NotAllowedError, NotFoundError, AlreadyDoneError (closed or called off) or PortalError (too early).
    """
    allow(act, Permission.CHAIR_MEETING)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Meeting).where(Meeting.id == meeting_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        if row.chair_id == act.person.id:
            return shown(act, row)
        if row.closed_at is not None or row.called_off_at is not None:
            raise AlreadyDoneError("This meeting is over or was called off.")
        if not _taken_over(session, act, [shown(act, row)]):
            raise PortalError(
                "You can stand in from 12 hours before it begins until the closed session. Otherwise ask its Chair to choose you, or the Information Manager."
            )
        before = session.get_one(Account, row.chair_id)
        row.chair_id, row.chair_name, row.changed_at = act.person.id, act.person.name, act.at
        session.add(row)
        record(session, act, Event.MEETING_STOOD_IN, f"meeting:{row.id}", instead_of=before.id)
        if before.closed_at is None:
            _tell(session, act, "meeting-taken-over", row, {before.email}, base_url)
        return shown(act, row)


def may_stand_in(act: Act, planned: Sequence[Planned]) -> list[Planned]:
    """List which of these meetings the person may take over as their Chair now."""
    over = {MeetingState.CLOSED, MeetingState.CALLED_OFF}
    others = [one for one in planned if one.chair_id != act.person.id and one.state not in over]
    if not others or not may(act.person, Permission.CHAIR_MEETING):
        return []
    with reading(act.store.engine) as session:
        return _taken_over(session, act, others)


def _taken_over(session: Session, act: Act, planned: Sequence[Planned]) -> list[Planned]:
    chair_ids = {chair.id for chair in post_holders(session, Role.CHAIR)}
    away = stood_in_for(session, act)
    return [
        one
        for one in planned
        if (one.chair_id in away and today(one.starts_at) <= away[one.chair_id])
        or (one.closed_part_at is None and (is_near(act, one) or one.chair_id not in chair_ids))
    ]


def call_off(act: Act, meeting_id: str, reason: str, *, base_url: str = "") -> Planned:
    """Call a meeting off, with a reason; calling it off twice is once. It stays in the list and in every diary, struck out.

    Raises NotAllowedError, NotFoundError, AlreadyDoneError (its door was opened) or AnswersNeededError (reason).
    """
    allow(act, Permission.PLAN_MEETINGS)
    words = paragraphs(reason)
    if not words or len(words) > REASON_LENGTH:
        raise AnswersNeededError({"reason": f"Say why it is called off, in {REASON_LENGTH} characters or fewer"})
    with transaction(act.store.engine) as session:
        row = for_keeper(session, act, meeting_id)
        if row.called_off_at is not None:
            return shown(act, row)
        row = _planned(session, act, meeting_id)
        row.called_off_at, row.called_off_by = act.at, act.person.name
        row.called_off_why = act.store.vault.seal_text(words, f"meeting.called_off_why:{row.id}")
        session.add(row)
        record(session, act, Event.MEETING_CALLED_OFF, f"meeting:{row.id}", reference=row.reference)
        told = _concerned(session, act, row, row.chair_id) - {act.person.email}
        _tell(session, act, "meeting-called-off", row, told, base_url)
        return shown(act, row)


def why_called_off(act: Act, meeting_id: str) -> tuple[str, str]:
    """Say who called a meeting off and why, to its Chair and the Information Manager. Raises NotFoundError."""
    with reading(act.store.engine) as session:
        row = for_keeper(session, act, meeting_id)
    if row.called_off_why is None:
        return "", ""
    return row.called_off_by or "", act.store.vault.open_text(row.called_off_why, f"meeting.called_off_why:{row.id}")


def _planned(session: Session, act: Act, meeting_id: str) -> Meeting:
    for_keeper(session, act, meeting_id)
    row = session.exec(select(Meeting).where(Meeting.id == meeting_id).with_for_update()).one()
    if row.opened_at is not None or row.called_off_at is not None:
        raise AlreadyDoneError("This meeting was held or called off. Plan another one.")
    return row


def _apply(row: Meeting, wanted: MeetingChange, chair: Candidate) -> list[str]:
    """Write what changed into the row, and name it; nothing where all is as it was."""
    new: dict[str, datetime | str] = {
        "starts_at": moment(wanted.day, wanted.begins),
        "place": one_line(wanted.place),
        "agenda_by": one_line(wanted.agenda_by),
        "minutes_by": one_line(wanted.minutes_by),
        "actions_by": one_line(wanted.actions_by),
        "chair_id": chair.id,
    }
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, new[name])
    row.chair_name = chair.name
    return changed


def _hand_later(session: Session, row: Meeting, was: str, chair: Candidate) -> int:
    later = session.exec(
        select(Meeting).where(
            Meeting.name == row.name,
            Meeting.chair_id == was,
            Meeting.id != row.id,
            col(Meeting.starts_at) > row.starts_at,
            col(Meeting.opened_at).is_(None),
            col(Meeting.called_off_at).is_(None),
        )
    ).all()
    for one in later:
        one.chair_id, one.chair_name = chair.id, chair.name
        session.add(one)
    return len(later)


def _tell(session: Session, act: Act, template: str, row: Meeting, to: set[str], base_url: str) -> None:
    link = f"{base_url}/calendar"
    notify(session, act, template, to, reference=row.reference, at=day_and_time(row.starts_at), link=link)


def _of_the_chair(later: int) -> str:
    too = f" So {'has' if later == 1 else 'have'} {counted(later, 'later meeting')} of its group." if later else ""
    return f" It has another Chair now.{too}"


def _concerned(session: Session, act: Act, row: Meeting, was: str) -> set[str]:
    takers = select(MinuteTaker.account_id).where(MinuteTaker.meeting_id == row.id)
    found = select(Account.email).where(
        col(Account.id).in_([row.chair_id, was]) | col(Account.id).in_(takers), col(Account.closed_at).is_(None)
    )
    return {*session.exec(found).all(), *addresses_of_members(session, act, row.name)}
