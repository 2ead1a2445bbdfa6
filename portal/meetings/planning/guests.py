"""Guests: people directly affected, invited to the open session of one meeting and to nothing else (Appendix 6)."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.groups import MeetingGuest
from models.meetings import Meeting
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.vault import token_hash
from portal.ground.wording import NAME_LENGTH, folded, new_id, one_line, paragraphs
from portal.meetings.meeting import for_chair, for_keeper
from portal.record.audit import record
from portal.record.events import Event

REASON_LENGTH = 500
WHY_OPEN = "The Chair invited this person to the open session of this meeting only."


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Whom the Chair invites: `organisation` is '' where they come for themselves."""

    name: str
    why: str
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class Invited:
    """An invitation as those who may see the meeting's list see it."""

    id: str
    guest: Guest
    at: datetime
    ended_at: datetime | None


def guests(act: Act, meeting_id: str) -> list[Invited]:
    """List whom the Chair invited to a meeting's open session, by name, for those who may see its list.

    Raises NotAllowedError or NotFoundError.
    """
    with reading(act.store.engine) as session:
        for_keeper(session, act, meeting_id)
        rows = session.exec(select(MeetingGuest).where(MeetingGuest.meeting_id == meeting_id)).all()
    shown = [Invited(id=row.id, guest=_opened(act, row), at=row.invited_at, ended_at=row.ended_at) for row in rows]
    return sorted(shown, key=lambda one: (one.ended_at is not None, folded(one.guest.name)))


def invite(act: Act, meeting_id: str, key: str, guest: Guest) -> None:
    """Invite somebody to the open session of one meeting, with the reason (clause app6.affected-people).

    Args:
        act: by the meeting's Chair.
        meeting_id: the meeting.
        key: made when the form is first shown; the same one invites once.
        guest: whom, and why.

    Raises NotAllowedError, NotFoundError, AnswersNeededError (name, organisation, why), or AlreadyDoneError where the
    open session has ended.
    """
    tidy = _checked(guest)
    try:
        with transaction(act.store.engine) as session:
            meeting = for_chair(session, act, meeting_id)
            _check_open(meeting)
            row_id = new_id()
            said = json.dumps(asdict(tidy), ensure_ascii=False)
            row = MeetingGuest(
                id=row_id,
                meeting_id=meeting_id,
                form_key=token_hash(key),
                guest=act.store.vault.seal_text(said, f"meeting_guest.guest:{row_id}"),
                invited_at=act.at,
                invited_by=act.person.name,
            )
            session.add(row)
            session.flush()
            record(session, act, Event.GUEST_INVITED, f"meeting:{meeting_id}", guest=row_id)
    except IntegrityError:
        return  # the same form again


def end_invitation(act: Act, guest_id: str) -> None:
    """End an invitation, so that somebody of that name is no guest. Ending twice is once. Raises NotFoundError."""
    with transaction(act.store.engine) as session:
        row = session.get(MeetingGuest, guest_id)
        if row is None:
            raise NotFoundError
        for_chair(session, act, row.meeting_id)
        if row.ended_at is None:
            row.ended_at, row.ended_by = act.at, act.person.name
            session.add(row)
            record(session, act, Event.GUEST_ENDED, f"meeting:{row.meeting_id}", guest=row.id)


def guest_names(session: Session, act: Act, meeting_id: str) -> frozenset[str]:
    """Give the names of a meeting's guests, folded; the caller has checked that the person may see its list."""
    return frozenset(reasons(session, act, meeting_id))


def reasons(session: Session, act: Act, meeting_id: str) -> dict[str, str]:
    """Give why each guest of a meeting was invited, by folded name. The caller has checked who asks."""
    return {folded(one.name): one.why for one in _current(session, act, meeting_id)}


def guest_names_as_typed(session: Session, act: Act, meeting_id: str) -> list[str]:
    """Give the names of a meeting's guests as the Chair wrote them. The caller has checked who asks."""
    return [one.name for one in _current(session, act, meeting_id)]


def is_guest(name: str, names: Collection[str]) -> bool:
    """Say whether somebody who signed has the name of a guest. The name alone counts: whoever is unsure stays outside."""
    return folded(name) in names


def comes_for(guest: Guest) -> str:
    """Say for whom a guest comes."""
    return guest.organisation or "Themselves"


def _checked(guest: Guest) -> Guest:
    tidy = Guest(name=one_line(guest.name), organisation=one_line(guest.organisation), why=paragraphs(guest.why))
    problems = {}
    if not tidy.name or len(tidy.name) > NAME_LENGTH:
        problems["name"] = f"Enter their full name in {NAME_LENGTH} characters or fewer."
    if len(tidy.organisation) > NAME_LENGTH:
        problems["organisation"] = f"Use {NAME_LENGTH} characters or fewer."
    if not tidy.why or len(tidy.why) > REASON_LENGTH:
        problems["why"] = f"Enter why they are invited, in {REASON_LENGTH} characters or fewer."
    if problems:
        raise AnswersNeededError(problems)
    return tidy


def _check_open(meeting: Meeting) -> None:
    if meeting.closed_at is not None or meeting.closed_part_at is not None:
        raise AlreadyDoneError("The open session has ended. Invite them to the next meeting.")


def _current(session: Session, act: Act, meeting_id: str) -> list[Guest]:
    rows = session.exec(
        select(MeetingGuest).where(MeetingGuest.meeting_id == meeting_id, col(MeetingGuest.ended_at).is_(None))
    ).all()
    return [_opened(act, row) for row in rows]


def _opened(act: Act, row: MeetingGuest) -> Guest:
    return Guest(**json.loads(act.store.vault.open_text(row.guest, f"meeting_guest.guest:{row.id}")))
