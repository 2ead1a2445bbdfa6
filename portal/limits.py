"""Limits on tries, kept in the store: they hold over restarts, sessions and replicas."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from models.accounts import Attempt
from portal.act import Act
from portal.database import transaction
from portal.errors import TooManyTriesError
from portal.wording import new_id


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `most` tries of a `kind` for one key within `within`."""

    kind: str
    most: int
    within: timedelta


def attempt(act: Act, *limits_and_keys: tuple[Limit, str]) -> None:
    """Count one try against each limit and key, or raise TooManyTriesError without counting.

    It is committed at once, on its own: a refusal later must not take the count back.
    """
    with transaction(act.store.engine) as session:
        for limit, key in limits_and_keys:
            _check(session, act, limit, key)
        for limit, key in limits_and_keys:
            session.add(Attempt(id=new_id(), kind=limit.kind, key_hash=_hash(act, limit, key), at=act.at))


def clear(act: Act, limit: Limit, key: str) -> None:
    """Forget the tries of one key, after a right one."""
    with transaction(act.store.engine) as session:
        session.exec(
            delete(Attempt).where(col(Attempt.kind) == limit.kind, col(Attempt.key_hash) == _hash(act, limit, key))
        )


def _check(session: Session, act: Act, limit: Limit, key: str) -> None:
    since = act.at - limit.within
    count, oldest = session.exec(
        select(func.count(), func.min(col(Attempt.at))).where(
            Attempt.kind == limit.kind, Attempt.key_hash == _hash(act, limit, key), col(Attempt.at) > since
        )
    ).one()
    if count >= limit.most:
        raise TooManyTriesError(max(1, int((oldest + limit.within - act.at).total_seconds())))


def _hash(act: Act, limit: Limit, key: str) -> str:
    return act.store.vault.keyed_hash(f"{limit.kind}:{key.strip().lower()}")
