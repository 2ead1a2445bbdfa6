"""The store: one engine, transactions that cannot fork the record, and migrations."""

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown as StrDumper
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import Pool
from sqlmodel import Session

import models  # every table must be known before the first mapping
from portal.ground.errors import PortalError, UnsafeStartError
from portal.ground.postgresql import Line
from portal.ground.settings import ROOT

__all__ = [
    "AWAY",
    "WAITS",
    "BusyError",
    "alone",
    "connect",
    "engine_for",
    "migrate",
    "models",
    "queue_for",
    "reading",
    "rehearsed",
    "transaction",
]

WAITS = 5.0  # seconds to wait for another writer, before it is said (a person should not wait longer)

# Locked, full, down; and a server that may only be read, as one that another took over from.
AWAY = (OperationalError, InternalError, PoolTimeoutError)

_MIGRATING = 0x43535031  # the name of the lock that a migration holds on PostgreSQL
_ALONE = 0x43535032  # the first half of the name of a lock that one replica holds for a piece of work
_MAY_NOT = "42501"  # PostgreSQL's code for what a role has no right to
_QUEUE = 0x43535033  # the first half of the name of a lock that one transaction holds for what it counts
_FORGOTTEN = (
    300  # seconds after which PostgreSQL ends a transaction whose process was frozen: the others wait for its locks
)
_POOL = 10  # connections of one process to PostgreSQL, and as many again in a rush
_REHEARSING: ContextVar[Connection | None] = ContextVar("rehearsing", default=None)
_QUEUES: WeakKeyDictionary[Pool, Lock] = WeakKeyDictionary()
# The connections that this thread writes on now, by their pool.
_WRITING: ContextVar[Mapping[Pool, Connection]] = ContextVar("writing", default=MappingProxyType({}))


class BusyError(PortalError):
    """The store did not answer in time."""

    message = "Sorry, there is a problem with the service. Nothing was changed. Try again in a minute."


def engine_for(url: str, *, pool: int = _POOL) -> Engine:
    """Make the engine for a database address: SQLite in WAL mode, or PostgreSQL through psycopg 3 (`pool` connections)."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep_to_its_owner(Path(path))
        engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": WAITS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=pool,
            max_overflow=pool,
            pool_timeout=WAITS,
        )
        line = Line()
        event.listen(engine, "do_connect", lambda _dialect, _record, where, more: line.connect(*where, **more))
        event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkout", lambda *_: _refuse_a_second(engine))
    return engine


def _keep_to_its_owner(path: Path) -> None:
    """Let nobody else of this machine read the store; SQLite gives its journal the same mode."""
    with contextlib.suppress(OSError):  # one that is not ours, or a folder that cannot be written, is told of elsewhere
        path.touch(mode=0o600)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _refuse_a_second(engine: Engine) -> None:
    """Refuse a second connection to whoever writes: it would wait for the very lock, or the very pool, that they hold."""
    if engine.pool in _WRITING.get():
        raise RuntimeError("A second connection was asked for inside a write.")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the database driver's own type
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own way lets two writers fork the chain
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an act that was confirmed to a person survives a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # deleted personal data leave the file, not just the index
    ):
        connection.execute(f"PRAGMA {pragma}")


class _WithoutNul(StrDumper):
    """A text as PostgreSQL takes it: it knows no character 0, which stands in nothing that we keep but in made-up addresses."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", ""))


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - the database driver's own type
    connection.adapters.register_dumper(str, _WithoutNul)
    connection.execute(f"SET lock_timeout = {int(WAITS * 1000)}")
    connection.execute(f"SET idle_in_transaction_session_timeout = {_FORGOTTEN * 1000}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    waits = options.get("waits", WAITS)
    if connection.info.get("waits") != waits:  # what a connection was told it keeps
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(waits * 1000)}")
        connection.info["waits"] = waits
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing", False) else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, waits: float = WAITS) -> Iterator[Session]:
    """Open a writing transaction: all of it is kept, or none.

    On SQLite the write lock comes first (BEGIN IMMEDIATE), on PostgreSQL each row's. Raises BusyError when another
    writer holds on longer than `waits` seconds.
    """
    try:
        with (
            _turn(engine, waits),
            _session(_REHEARSING.get() or engine.execution_options(writing=True, waits=waits)) as session,
            session.begin(),
        ):
            # The write lock is taken now, before anything is read that the change rests on.
            connection = session.connection()
            if waits != WAITS and engine.dialect.name != "sqlite":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(waits * 1000)}")
            before = _WRITING.set({**_WRITING.get(), engine.pool: connection})
            try:
                yield session
            finally:
                _WRITING.reset(before)
    except AWAY as error:
        raise BusyError from error


@contextmanager
def _turn(engine: Engine, waits: float = WAITS) -> Iterator[None]:
    """Let the writers of one process to SQLite queue here: its own waiting is by chance, and somebody waits in vain."""
    if engine.dialect.name != "sqlite" or engine.pool in _WRITING.get():
        yield
        return
    queue = _QUEUES.setdefault(engine.pool, Lock())
    if not queue.acquire(timeout=waits):
        raise BusyError
    try:
        yield
    finally:
        queue.release()


@contextmanager
def alone(engine: Engine, work: str) -> Iterator[bool]:
    """Say whether this process may do a piece of work that one replica does at a time; it holds the turn until the block ends.

    On PostgreSQL the turn is a lock of a connection of its own: a replica that dies gives it back by dying. No
    transaction is open meanwhile, since one of many minutes would keep the store from tidying up. SQLite serves one process.
    """
    if engine.dialect.name == "sqlite":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # it is closed at the end, not lent to the next one: so the lock surely ends
        mine = bool(connection.execute(select(func.pg_try_advisory_lock(_ALONE, func.hashtext(work)))).scalar())
        try:
            yield mine
        finally:
            if mine:
                with suppress(DBAPIError):  # closing gives it back too, but a moment later
                    connection.execute(select(func.pg_advisory_unlock(_ALONE, func.hashtext(work))))


def queue_for(session: Session, *names: str) -> None:
    """Let whoever writes about the same thing go one after the other, until each transaction ends.

    On PostgreSQL many would read one count at once, each before any other is written; SQLite has one writer at a time.
    """
    if session.get_bind().dialect.name != "sqlite":
        for name in sorted(names):  # in one order, so that no two wait for each other
            session.scalar(select(func.pg_advisory_xact_lock(_QUEUE, func.hashtext(name))))


@contextmanager
def rehearsed(engine: Engine) -> Iterator[None]:
    """Let every transaction inside do its work and see what those before it did, and take all of it back at the end.

    Each is a savepoint of one transaction that is never kept; it holds the write lock meanwhile.
    """
    with (
        _turn(engine),
        engine.execution_options(writing=True).connect() as connection,
        connection.begin() as whole,
    ):
        before, writing = _REHEARSING.set(connection), _WRITING.set({**_WRITING.get(), engine.pool: connection})
        try:
            yield
        finally:
            _WRITING.reset(writing)
            _REHEARSING.reset(before)
            whole.rollback()


def _session(on: Engine | Connection) -> Session:
    """Open a session; on the connection of a rehearsal its transactions are savepoints."""
    return Session(on, expire_on_commit=False, join_transaction_mode="create_savepoint")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a reading session; what it saw stays usable after it closes, and nothing it changed is kept.

    Inside a transaction of the same thread it reads on that transaction's own connection, and sees what was written.
    """
    try:
        with Session(_WRITING.get().get(engine.pool, engine), expire_on_commit=False, autoflush=False) as session:
            yield session
            session.expunge_all()
    except AWAY as error:
        raise BusyError from error


def next_number(session: Session, number: object, of: object) -> int:
    """Give the number after the last of a thread, 1 for its first. What the thread hangs on is locked before.

    Args:
        session: the open transaction.
        number: the column of numbers, such as `RequestMessage.number`.
        of: which thread, such as `RequestMessage.request_id == row.id`.
    """
    return (session.scalar(select(func.max(number)).where(of)) or 0) + 1  # type: ignore[arg-type]  # a column, and what it is compared with


@contextmanager
def connect(engine: Engine) -> Iterator[Connection]:
    """Open a writing connection without tables' classes, for bulk inserts and migrations."""
    with engine.execution_options(writing=True).begin() as connection:
        yield connection


@contextmanager
def _references_unchecked(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "sqlite":
        with connect(engine) as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")  # two replicas may start at once
            yield connection
        return
    with engine.execution_options(writing=True).connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")  # means nothing inside a transaction, so it comes before
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise UnsafeStartError("The store would lose what its rows refer to. Nothing was changed.")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _revision_of(engine: Engine) -> str | None:
    """Say at which revision a store stands; None where nothing is in it."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@lru_cache(maxsize=1)
def _newest_revision() -> str | None:
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def migrate(engine: Engine, revision: str = "head", *, vault: object = None) -> None:
    """Bring the store to a revision (up, or down when the revision lies below).

    `vault`: the keys, for what an upgrade seals that stood in clear before; without them it stops where there is such.
    On SQLite a table changes by being made anew, so references are not checked row by row but all of them at the end.
    Raises UnsafeStartError where the role of the database may not change the tables.
    """
    if revision == "head" and _revision_of(engine) == _newest_revision():  # without reading every migration again
        return
    below = revision.isdigit() and revision < (_revision_of(engine) or "")  # they are numbered alike: 0037
    try:
        with _references_unchecked(engine) as connection:
            config = Config()
            config.set_main_option("script_location", str(ROOT / "migrations"))
            config.attributes |= {"connection": connection, "vault": vault}
            down = revision == "base" or revision.startswith("-") or below
            (command.downgrade if down else command.upgrade)(config, revision)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != _MAY_NOT:
            raise
        raise UnsafeStartError(
            "The tables are missing or of another version, and the role in PORTAL_DATABASE_URL may not change them. "
            "Start the portal once as their owner. Nothing was changed."
        ) from error
