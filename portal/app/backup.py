"""Backups: every table as it stood at one moment, encrypted, the keys kept apart. The same file moves a portal to PostgreSQL."""

import base64
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from alembic.migration import MigrationContext
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Table, insert, select, update
from sqlmodel import SQLModel

from portal.ground.act import Store
from portal.ground.database import connect, migrate
from portal.ground.errors import PortalError
from portal.ground.vault import Vault

_MAGIC = b"COMMUNITY-SAFETY-PORTAL-BACKUP-1\n"
_CHUNK = 1024 * 1024
_PREFIX = 8  # random bytes of each chunk's nonce; the other 4 count the chunks
_ROWS = 2000


class BackupError(PortalError):
    """A backup cannot be made or used; nothing was changed."""

    message = "This backup cannot be used."


def backup(store: Store, path: Path) -> int:
    """Write every table to one encrypted file, consistent while people go on working; returns the rows written.

    The keys are not in it: keep `keys/portal.json` somewhere else. An unfinished file is never left under the name.
    """
    partial = path.with_name(path.name + ".partial")
    partial.parent.mkdir(parents=True, exist_ok=True)
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        with _snapshot(store) as connection:
            yield _line({"revision": MigrationContext.configure(connection).get_current_revision()})
            for table in SQLModel.metadata.sorted_tables:
                for row in connection.execution_options(yield_per=_ROWS).execute(select(table)).mappings():
                    count += 1
                    yield _line({"table": table.name, "row": {name: _packed(value) for name, value in row.items()}})

    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        _write(file, store.vault, lines())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return count


def restore(store: Store, path: Path) -> int:
    """Fill an empty store from a backup, then bring it up to date; returns the rows restored.

    Raises BackupError where the store holds something, the keys are not those of the backup, or the file is damaged.
    """
    with connect(store.engine) as connection:
        if connection.execute(select(SQLModel.metadata.tables["audit_entry"].c.number).limit(1)).first() is not None:
            raise BackupError("This store is not empty. Restore into a new data folder, or an empty database.")
    lines = _read(path, store.vault)
    revision = json.loads(next(lines))["revision"]
    migrate(store.engine, "base")
    migrate(store.engine, revision)
    count = 0
    with connect(store.engine) as connection:
        for table, rows in _batches(lines):
            count += len(rows)
            if table.name == "audit_head":
                connection.execute(update(table).values(**rows[0]))
            else:
                connection.execute(insert(table), rows)
    migrate(store.engine)
    return count


def _snapshot(store: Store) -> Connection:
    if store.engine.dialect.name == "sqlite":
        return store.engine.connect()  # WAL: a reading transaction sees one moment
    return store.engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _batches(lines: Iterator[bytes]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    name, rows = "", list[dict[str, Any]]()
    for line in lines:
        found = json.loads(line)
        if rows and (found["table"] != name or len(rows) == _ROWS):
            yield SQLModel.metadata.tables[name], rows
            rows = []
        name = found["table"]
        rows.append({key: _unpacked(value) for key, value in found["row"].items()})
    if rows:
        yield SQLModel.metadata.tables[name], rows


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _packed(value: object) -> object:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return value


def _unpacked(value: object) -> object:
    match value:
        case {"bytes": str(text)}:
            return base64.b64decode(text)
        case {"moment": str(text)}:
            return datetime.fromisoformat(text)
    return value


def _write(file: BinaryIO, vault: Vault, lines: Iterator[bytes]) -> None:
    """Compress and encrypt in chunks; each chunk is bound to its place, and the last one says that it is the last."""
    name, prefix, cipher = vault.current.encode(), secrets.token_bytes(_PREFIX), AESGCM(vault.keys[vault.current])
    file.write(_MAGIC + bytes([len(name)]) + name + prefix)
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
    cipher, prefix = AESGCM(vault.keys[name]), file.read(_PREFIX)
    expand, waiting, number, last = zlib.decompressobj(), b"", 0, False
    while not last:
        size, last = struct.unpack(">I?", file.read(5))
        content = cipher.decrypt(prefix + struct.pack(">I", number), file.read(size), b"last" if last else b"more")
        *lines, waiting = (waiting + expand.decompress(content)).split(b"\n")
        yield from lines
        number += 1
