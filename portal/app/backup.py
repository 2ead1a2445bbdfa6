"""Backups: every table as it stood at one moment, encrypted, the keys kept apart. The same file moves a portal to PostgreSQL."""

import base64
import json
import secrets
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, Connection, MetaData, Table, Update, insert, select, update
from sqlmodel import SQLModel

from portal.ground.act import Store
from portal.ground.database import connect, migrate
from portal.ground.errors import PortalError
from portal.ground.process.whole_file import whole_file
from portal.ground.settings import ROOT
from portal.ground.vault import Vault, mark

_MAGIC = b"COMMUNITY-SAFETY-PORTAL-BACKUP-1\n"
_CHUNK = 1024 * 1024
_PREFIX = 8  # random bytes of each chunk's nonce; the other 4 count the chunks
_ROWS = 2000


class BackupError(PortalError):
    """A backup cannot be made or used; nothing was changed."""

    message = "This backup cannot be used."


def backup(store: Store, path: Path) -> int:
    """Write every table to one encrypted file, consistent while people go on working; returns the rows written.

    The keys are not in it: keep `keys/portal.json` somewhere else. An unfinished file is never left, under this name or
    another. Raises NotWrittenError where it cannot be written.
    """
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        with _snapshot(store) as connection:
            yield _line({"revision": MigrationContext.configure(connection).get_current_revision()})
            for table in SQLModel.metadata.sorted_tables:
                for row in connection.execution_options(yield_per=_ROWS).execute(select(table)).mappings():
                    count += 1
                    yield _line({"table": table.name, "row": {name: _packed(value) for name, value in row.items()}})

    with whole_file(path) as file:
        _write(file, store.vault, lines())
    return count


def restore(store: Store, path: Path) -> int:
    """Fill an empty store from a backup, then bring it up to date; returns the rows restored.

    The file is read to its end before anything is touched, and its rows go in all at once or not at all. Raises
    BackupError where the store holds something, the keys are not those of the backup, or the file is damaged.
    """
    with connect(store.engine) as connection:
        if connection.execute(select(SQLModel.metadata.tables["audit_entry"].c.number).limit(1)).first() is not None:
            raise BackupError("This store is not empty. Restore into a new data folder, or an empty database.")
    revision = _revision(path, store.vault)
    for _ in _read(path, store.vault):
        pass
    migrate(store.engine, "base")
    migrate(store.engine, revision)
    try:
        with connect(store.engine) as connection:
            count = _fill(connection, _read(path, store.vault))
    finally:
        migrate(store.engine, vault=store.vault)
    return count


def stands_at(store: Store) -> datetime:
    """Give the moment of the newest act in a store: what was done after it is not there. Of a store with a record alone."""
    newest = SQLModel.metadata.tables["audit_entry"].c
    with store.engine.connect() as connection:
        at: datetime = connection.execute(select(newest.at).order_by(newest.number.desc()).limit(1)).scalar_one()
    return at


def _revision(path: Path, vault: Vault) -> str:
    revision: str = json.loads(next(_read(path, vault)))["revision"]
    try:
        ScriptDirectory(str(ROOT / "migrations")).get_revision(revision)
    except CommandError as error:
        raise BackupError("This backup was made by a newer version of the portal. Restore it with that one.") from error
    return revision


def _fill(connection: Connection, lines: Iterator[bytes]) -> int:
    """Insert every row, into the tables as they were at the backup's own revision.

    A row that names another of its own table may stand before it in the file: such names are filled in at the end.
    """
    next(lines)
    tables, count, later = MetaData(), 0, list[Update]()
    tables.reflect(connection)
    for name, rows in _batches(lines):
        table = tables.tables[name]
        count += len(rows)
        if name == "audit_head":
            connection.execute(update(table).values(**rows[0]))
            continue
        for column in _own_names(table):
            for row in rows:
                named, row[column.name] = row[column.name], None
                if named is not None:
                    key = [own == row[own.name] for own in table.primary_key]
                    later.append(update(table).where(*key).values({column.name: named}))
        connection.execute(insert(table), rows)
    for statement in later:
        connection.execute(statement)
    return count


def _own_names(table: Table) -> list[Column[Any]]:
    return [one for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]


def _snapshot(store: Store) -> Connection:
    if store.engine.dialect.name == "sqlite":
        return store.engine.connect()  # WAL: a reading transaction sees one moment
    return store.engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _batches(lines: Iterator[bytes]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    name, rows = "", list[dict[str, Any]]()
    for line in lines:
        found = json.loads(line)
        if rows and (found["table"] != name or len(rows) == _ROWS):
            yield name, rows
            rows = []
        name = found["table"]
        rows.append({key: _unpacked(value) for key, value in found["row"].items()})
    if rows:
        yield name, rows


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(value: object) -> object:
    match value:
        case None | str() | bool() | int():
            return value
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case datetime():  # before date, of which it is one
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
    raise TypeError(f"A backup cannot hold a {type(value).__name__}.")


def _unpacked(value: object) -> object:
    match value:
        case {"bytes": str(text)}:
            return base64.b64decode(text)
        case {"moment": str(text)}:
            return datetime.fromisoformat(text).astimezone(UTC)
        case {"day": str(text)}:
            return date.fromisoformat(text)
    return value


def _write(file: BinaryIO, vault: Vault, lines: Iterator[bytes]) -> None:
    """Compress and encrypt in chunks; each chunk is bound to its place, and the last one says that it is the last."""
    ring, prefix = vault.ring, secrets.token_bytes(_PREFIX)
    cipher = AESGCM(ring.keys[ring.current])
    file.write(_MAGIC + mark(ring.current) + prefix)
    squeeze, waiting, number = zlib.compressobj(6), bytearray(), 0

    def chunk(content: bytes, *, last: bool) -> None:
        nonlocal number
        sealed = cipher.encrypt(prefix + struct.pack(">I", number), content, b"last" if last else b"more")
        file.write(struct.pack(">I?", len(sealed), last) + sealed)
        number += 1

    for line in lines:
        waiting += squeeze.compress(line)
        while len(waiting) > _CHUNK:
            chunk(bytes(waiting[:_CHUNK]), last=False)
            del waiting[:_CHUNK]
    chunk(bytes(waiting + squeeze.flush()), last=True)


def _read(path: Path, vault: Vault) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from _lines_of(file, vault)
    except FileNotFoundError as error:
        raise BackupError("There is no backup at that path.") from error
    except (InvalidTag, struct.error, zlib.error, IndexError, KeyError) as error:
        raise BackupError(
            "This backup is damaged, or its keys are not the ones in the key file. Nothing was restored from it."
        ) from error


def _lines_of(file: BinaryIO, vault: Vault) -> Iterator[bytes]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise BackupError("This file is not a backup of the portal.")
    name = file.read(file.read(1)[0]).decode(errors="replace")
    cipher, prefix = AESGCM(vault.ring.keys[name]), file.read(_PREFIX)
    expand, waiting, number, last = zlib.decompressobj(), b"", 0, False
    while not last:
        size, last = struct.unpack(">I?", file.read(5))
        content = cipher.decrypt(prefix + struct.pack(">I", number), file.read(size), b"last" if last else b"more")
        *lines, waiting = (waiting + expand.decompress(content)).split(b"\n")
        yield from lines
        number += 1
