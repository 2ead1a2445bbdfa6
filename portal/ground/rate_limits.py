"""Limits on tries, kept in the store: they hold over restarts, sessions and replicas."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from models.accounts import Attempt
from portal.ground.act import Act
from portal.ground.calendar.noted import AHEAD
from portal.ground.database import queue_for, reading, transaction
from portal.ground.errors import TooManyTriesError
from portal.ground.wording import new_id

_MOST_DOUBLINGS = 12


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` tries of a `kind` for one key within `within`.

    With `wait`, each try beyond them is allowed only after a wait since the last one, which doubles each time up to
    `longest_wait`: a person who forgot gets on, a machine does not.
    """

    kind: str
    most: int
    within: timedelta
    wait: timedelta | None = None
    longest_wait: timedelta = timedelta(minutes=30)


def attempt(act: Act, *limits_and_keys: tuple[Limit, str]) -> tuple[str, ...]:
    """Count one try against each limit and key, or raise TooManyTriesError without counting.

    It is committed at once, on its own: a refusal later must not take the count back. Returns the ids of what was
    counted, for `forgive`.

    What a stranger can use up must never refuse a right secret. A secret that is strong enough to bear guessing is
    looked up first, and only a wrong one is counted here; a weak one (a password) is counted first, under a key that
    no stranger shares.
    """
    with reading(act.store.engine) as session:  # what is refused anyway takes no write lock
        for limit, key in limits_and_keys:
            _check(session, act, limit, key)
    ids: list[str] = []
    with transaction(act.store.engine) as session:
        queue_for(session, *(_hash(act, limit, key) for limit, key in limits_and_keys))
        for limit, key in limits_and_keys:
            _check(session, act, limit, key)
        for limit, key in limits_and_keys:
            ids.append(new_id())
            session.add(Attempt(id=ids[-1], kind=limit.kind, key_hash=_hash(act, limit, key), at=act.at))
    return tuple(ids)


def tries(act: Act, limit: Limit, key: str) -> int:
    """Count the tries that stand against one key now."""
    with reading(act.store.engine) as session:
        return _standing(session, act, limit, key)[0]


def forgive(act: Act, ids: tuple[str, ...]) -> None:
    """Take back what one right try had counted."""
    with transaction(act.store.engine) as session:
        session.exec(delete(Attempt).where(col(Attempt.id).in_(ids)))


def clear(act: Act, limit: Limit, key: str) -> None:
    """Forget the tries of one key, after a right one."""
    with transaction(act.store.engine) as session:
        session.exec(
            delete(Attempt).where(col(Attempt.kind) == limit.kind, col(Attempt.key_hash) == _hash(act, limit, key))
        )


def _check(session: Session, act: Act, limit: Limit, key: str) -> None:
    count, oldest, newest = _standing(session, act, limit, key)
    if count < limit.most:
        return
    if limit.wait is None:
        free = oldest + limit.within
    else:
        doublings = min(count - limit.most, _MOST_DOUBLINGS)
        free = newest + min(limit.wait * 2**doublings, limit.longest_wait)
    seconds = (free - act.at).total_seconds()
    if limit.wait is None or seconds > 0:
        raise TooManyTriesError(max(1, int(seconds)))


def _standing(session: Session, act: Act, limit: Limit, key: str) -> tuple[int, datetime, datetime]:
    """Give how many tries stand, the oldest and the newest (now, where there is none)."""
    count, oldest, newest = session.exec(
        select(func.count(), func.min(col(Attempt.at)), func.max(col(Attempt.at))).where(
            Attempt.kind == limit.kind,
            Attempt.key_hash == _hash(act, limit, key),
            col(Attempt.at) > act.at - limit.within,
            col(Attempt.at) <= act.at + AHEAD,  # one of a later day was made while the clock was wrong
        )
    ).one()
    return count, oldest or act.at, newest or act.at


def _hash(act: Act, limit: Limit, key: str) -> str:
    return act.store.vault.keyed_hash(f"{limit.kind}:{key.strip().lower()}")
