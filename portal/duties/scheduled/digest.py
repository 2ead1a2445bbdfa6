"""Reminders as one message: what is asked of a person, counted by kind, at most as often as they chose; never a name in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, select

from models.accounts import Account
from portal.accounts.posts import person_with_posts
from portal.accounts.self_service.absence import away_today
from portal.duties.asked import duties_of
from portal.duties.duty import Duty, called, things
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, SignedOutError
from portal.ground.wording import counted, day, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify, told_today

_WEEK = timedelta(days=7)
_NEAR = timedelta(days=3)


class DigestChoice(StrEnum):
    """How often somebody wants to be reminded."""

    DAILY = "daily"
    WEEKLY = "weekly"
    LATE = "late"
    NEVER = "never"


DIGEST_TITLES = {
    DigestChoice.DAILY: "Each working day on which something is asked",
    DigestChoice.WEEKLY: "Once a week, and when a day is near",
    DigestChoice.LATE: "Only when something is late",
    DigestChoice.NEVER: "Never",
}


def digest_choice(act: Act) -> DigestChoice:
    """Give how often the signed-in person is reminded. Raises SignedOutError."""
    if not act.person.signed_in:
        raise SignedOutError
    with reading(act.store.engine) as session:
        return DigestChoice(session.get_one(Account, act.person.id).digest)


def choose_digest(act: Act, choice: DigestChoice | None) -> None:
    """Change how often the signed-in person is reminded. Raises SignedOutError, AnswersNeededError (digest)."""
    if not act.person.signed_in:
        raise SignedOutError
    if choice is None:
        raise AnswersNeededError({"digest": "Select how often you want to be reminded"})
    with transaction(act.store.engine) as session:
        row = session.get_one(Account, act.person.id)
        if row.digest != choice.value:
            row.digest = choice.value
            session.add(row)
            record(session, act, Event.ACCOUNT_CHANGED, f"account:{row.id}", changed=["digest"])


def send_digests(act: Act, base_url: str) -> int:
    """Queue a digest for each person whose time it is and of whom something is asked; returns how many. Safe to run twice.

    Not while they are away; without what a letter of the same day told them of. Each in a
    transaction of its own.
    """
    with reading(act.store.engine) as session:
        rows = session.exec(
            select(Account).where(col(Account.closed_at).is_(None), Account.digest != DigestChoice.NEVER.value)
        ).all()
        people = [(row, person_with_posts(session, row)) for row in rows]
        told = told_today(session, act)
    away = away_today(act)
    return sum(
        _send(act, row, [one for one in duties_of(act.as_(person)) if (row.email, one.thing) not in told], base_url)
        for row, person in people
        if person.posts and row.id not in away
    )


def _send(act: Act, row: Account, duties: Sequence[Duty], base_url: str) -> int:
    if not duties or not _is_time(act, row, duties):
        return 0
    with transaction(act.store.engine) as session:
        now = session.exec(select(Account).where(Account.id == row.id).with_for_update()).one()
        if now.digest_at != row.digest_at:
            return 0  # another run was faster
        now.digest_at = act.at
        session.add(now)
        late = any(one.late for one in duties)
        notify(
            session,
            act,
            "digest-late" if late else "digest",
            row.email,
            asked=_counted(duties),
            to_do=f"{base_url}/to-do",
            account=f"{base_url}/account",
            about=f"digest:{row.id}",
        )
    return 1


def _counted(duties: Sequence[Duty]) -> str:
    """Write a line a kind: how many, by when, and how many are late; no name of a person, body or paper."""
    lines = []
    for kind in dict.fromkeys(one.kind for one in duties):
        alike = [one for one in duties if one.kind is kind]
        late, many = things(one for one in alike if one.late), things(alike)
        first = min((one.due for one in alike if one.due and not one.late), default=None)
        more = [f"{late:,} late" if late else "", f"the next by {day(first)}" if first else ""]
        said = ", ".join(one for one in more if one)
        lines.append(f"- {counted(many, *called(kind))}{f' ({said})' if said else ''}")
    return "\n".join(lines)


def _is_time(act: Act, row: Account, duties: Sequence[Duty]) -> bool:
    """Say whether a digest is due by what the person chose, and by when they had the last."""
    if row.digest_at is None or row.digest_at > act.at:  # the clock was wrong, and was put right since
        return row.digest != DigestChoice.LATE or any(one.late for one in duties)
    since: datetime = row.digest_at
    passed, on = act.at - since, today(act.at)
    if today(since) == on:
        return False
    newly_late = any(one.late and (one.due is None or one.due >= today(since)) for one in duties)
    near = any(one.due is not None and today(since) + _NEAR < one.due <= on + _NEAR for one in duties if not one.late)
    return {
        DigestChoice.DAILY: True,
        DigestChoice.WEEKLY: passed >= _WEEK or newly_late or near,
        DigestChoice.LATE: newly_late or (passed >= _WEEK and any(one.late for one in duties)),
    }.get(DigestChoice(row.digest), False)
