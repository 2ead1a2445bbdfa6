"""A meeting that has begun or was held, and whose Chair chairs no more: the Information Manager chooses who takes it over."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from models.accounts import Account
from models.meetings import Meeting
from models.minutes import MeetingMinutes, UrgentWish
from portal.accounts.holders import post_holders
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError, PortalError
from portal.ground.wording import day_and_time
from portal.meetings.meeting import MeetingState, Planned, shown
from portal.meetings.minutes.reading import not_sent_out
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify


def chairless(act: Act, planned: Sequence[Planned]) -> Mapping[str, str]:
    """Give which of these meetings wait for a Chair that they no longer have, by id, and what waits in each.

    Of one that is still to come it is '': it is given another Chair as it is changed.
    """
    with reading(act.store.engine) as session:
        holds = {chair.id for chair in post_holders(session, Role.CHAIR)}
        left = [one for one in planned if one.chair_id not in holds and one.state is not MeetingState.CALLED_OFF]
        held = [one.id for one in left if one.state is MeetingState.CLOSED]
        wishes, unwritten = _undecided(session, held), _unwritten(session, act, held)
    found = {}
    for one in left:
        if one.state is MeetingState.CLOSED:
            waits = [
                *(["Somebody waits for a decision on a wish."] if one.id in wishes else []),
                *(["Its minutes are not final."] if one.id in unwritten else []),
            ]
        elif one.closed_part_at is not None:
            waits = ["Its closed session is open to its Chair alone."]
        elif one.state is MeetingState.OPEN:
            waits = ["Its door stands open."]
        else:
            waits = ["Its door was never opened." if one.starts_at <= act.at else ""]
        if waits:
            found[one.id] = " ".join(waits)
    return found


def successors(act: Act, meeting_id: str) -> dict[str, str]:
    """Give who may take over a meeting whose Chair chairs no more, id to name; none where its Chair is there.

    For the Information Manager, who cannot choose themselves: what was said in its closed session would open to them (s6).
    """
    allow(act, Permission.MANAGE_PEOPLE)
    with reading(act.store.engine) as session:
        row = session.get(Meeting, meeting_id)
        return _successors(session, act, row) if row is not None else {}


def name_successor(act: Act, meeting_id: str, chair_id: str, *, base_url: str = "") -> Planned:
    """Let another Chair take over a meeting that has begun or was held, once its Chair chairs no more; again is once.

    It is recorded with both, and who takes it over is told. Raises NotAllowedError, NotFoundError, PortalError (its Chair is
    there, it is still to come, or it was called off) or AnswersNeededError (chair).
    """
    allow(act, Permission.MANAGE_PEOPLE)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Meeting).where(Meeting.id == meeting_id).with_for_update()).first()
        if row is None:
            raise NotFoundError
        if row.chair_id == chair_id:
            return shown(act, row)
        found = _successors(session, act, row)
        if not found:
            raise PortalError("This meeting has its Chair, or it can be changed as it is planned.")
        if chair_id not in found:
            raise AnswersNeededError({"chair": "Choose who takes the meeting over."})
        before = row.chair_id
        row.chair_id, row.chair_name, row.changed_at = chair_id, found[chair_id], act.at
        session.add(row)
        record(session, act, Event.MEETING_STOOD_IN, f"meeting:{row.id}", instead_of=before, chair=chair_id)
        notify(
            session,
            act,
            "meeting-yours",
            session.get_one(Account, chair_id).email,
            reference=row.reference,
            at=day_and_time(row.starts_at),
            link=f"{base_url}/meeting?id={row.id}",
        )
        return shown(act, row)


def _successors(session: Session, act: Act, row: Meeting) -> dict[str, str]:
    holders = {chair.id: chair.name for chair in post_holders(session, Role.CHAIR)}
    begun = row.opened_at is not None or row.starts_at <= act.at
    if row.chair_id in holders or row.called_off_at is not None or not begun:
        return {}
    return {id_: name for id_, name in holders.items() if id_ != act.person.id}


def _undecided(session: Session, meeting_ids: Sequence[str]) -> set[str]:
    waiting = select(UrgentWish.meeting_id).where(
        col(UrgentWish.meeting_id).in_(meeting_ids), col(UrgentWish.decided_at).is_(None)
    )
    return set(session.exec(waiting).all())


def _unwritten(session: Session, act: Act, meeting_ids: Sequence[str]) -> set[str]:
    """Give which of these were held lately without minutes that went out, or have minutes that went out and are not final."""
    lately = select(Meeting.id).where(col(Meeting.id).in_(meeting_ids), *not_sent_out(act))
    sent = select(MeetingMinutes.meeting_id).where(
        col(MeetingMinutes.meeting_id).in_(meeting_ids),
        col(MeetingMinutes.circulated_at).is_not(None),
        col(MeetingMinutes.final_at).is_(None),
    )
    return {*session.exec(lately).all(), *session.exec(sent).all()}
