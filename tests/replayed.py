"""What a builder made of a fresh store, laid down again for the next test that begins so: a decided request takes a second to make.

A builder marked `replayed` runs once a process for each world that it is asked for: the same calls on the same fresh store, at the
same moment, by the same person. After that its store is copied, with the same ids. Where a test or the product wrote anything in
between, where a test patches what is called, and on PostgreSQL, the builder runs as it is written.
"""

import pickle
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event

from portal.ground.act import Act

P = ParamSpec("P")
R = TypeVar("R")

KEPT = 48  # worlds, of a megabyte each
_commits: Counter[str] = Counter()
_reached: dict[str, tuple[int, tuple[str, ...]]] = {}  # by store: how many commits it had, and the calls that made it
_worlds: OrderedDict[tuple[str, ...], tuple[sqlite3.Connection, bytes]] = OrderedDict()


@event.listens_for(Engine, "commit")
def _count(connection: Connection) -> None:
    _commits[str(connection.engine.url.database)] += 1


def fresh(store: Path) -> None:
    """Say that a store is a copy of the empty template now, and nobody patches what builders call."""
    _reached[str(store)] = _commits[str(store)], ()


def forget(store: Path) -> None:
    """Let the store of a test go when it ends."""
    _reached.pop(str(store), None)
    _commits.pop(str(store), None)


def replayed(build: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
    """Lay down what this builder made of the same world before, where there is one."""

    @wraps(build)
    def made(act: Act, *args: P.args, **more: P.kwargs) -> R:
        store = str(act.store.engine.url.database)
        commits, calls = _reached.get(store, (-1, ()))
        if commits != _commits[store]:
            return build(act, *args, **more)
        calls = (*calls, f"{build.__module__}.{build.__name__} {act.at} {act.person} {args} {more}")
        if calls in _worlds:
            world, result = _worlds[calls]
            _worlds.move_to_end(calls)
            _copy(world, act.store.engine)
            given: R = pickle.loads(result)  # noqa: S301 - our own bytes
        else:
            given = build(act, *args, **more)
            _worlds[calls] = _world_of(act.store.engine), pickle.dumps(given)
            if len(_worlds) > KEPT:
                _worlds.popitem(last=False)[1][0].close()
        _reached[store] = _commits[store], calls
        return given

    return made


def _world_of(engine: Engine) -> sqlite3.Connection:
    world = sqlite3.connect(":memory:", check_same_thread=False)
    with engine.connect() as connection:
        connection.connection.driver_connection.backup(world)
    return world


def _copy(world: sqlite3.Connection, engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        world.backup(connection.driver_connection)
    finally:
        connection.close()
