"""The store: one engine, transactions that cannot fork the record, and migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

import models  # every table must be known before the first mapping
from portal.ground.errors import PortalError, UnsafeStartError
from portal.ground.settings import ROOT

__all__ = ["BusyError", "connect", "engine_for", "migrate", "models", "reading", "rehearsed", "transaction"]

_BUSY_MS = 5000  # wait this long for another writer, then say so (a person should not wait longer)

_REHEARSING: ContextVar[bool] = ContextVar("rehearsing", default=False)


class BusyError(PortalError):
    """The store did not answer in time."""

    message = "Sorry, there is a problem with the service. Nothing was changed. Try again in a minute."


def engine_for(url: str) -> Engine:
    """Make the engine for a database address: SQLite in WAL mode, or PostgreSQL through psycopg 3."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = create_engine(
            url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=10)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the database driver's own type
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own way lets two writers fork the chain
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an act that was confirmed to a person survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
        "secure_delete=ON",  # deleted personal data leave the file, not just the index
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Open a writing transaction: all of it is kept, or none.

    On SQLite the write lock comes first (BEGIN IMMEDIATE). Raises BusyError when another writer holds on too long.
    """
    try:
        with (
            Session(engine.execution_options(writing=True), expire_on_commit=False) as session,
            session.begin() as whole,
        ):
            session.connection()  # takes the write lock now, before anything is read that the change rests on
            yield session
            if _REHEARSING.get():
                session.flush()
                whole.rollback()
    except OperationalError as error:
        raise BusyError from error


@contextmanager
def rehearsed() -> Iterator[None]:
    """Let every transaction inside do its work and take it back at its end, so that what it would do can be counted."""
    before = _REHEARSING.set(True)
    try:
        yield
    finally:
        _REHEARSING.reset(before)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a reading session; what it saw stays usable after it closes, and nothing it changed is kept."""
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.expunge_all()
    except OperationalError as error:
        raise BusyError from error


@contextmanager
def connect(engine: Engine) -> Iterator[Connection]:
    """Open a writing connection without tables' classes, for bulk inserts and migrations."""
    with engine.execution_options(writing=True).begin() as connection:
        yield connection


@contextmanager
def _references_unchecked(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "sqlite":
        with connect(engine) as connection:
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


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the store to a revision (up, or down when the revision lies below).

    On SQLite a table changes by being made anew, so references are not checked row by row but all of them at the end.
    """
    with _references_unchecked(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        down = revision == "base" or revision.startswith("-")
        (command.downgrade if down else command.upgrade)(config, revision)
