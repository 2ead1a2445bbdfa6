"""A new key for what is kept under seal: everything is sealed anew in small steps, and opens before, between and after them.

Each value is sealed for its place, "table.column:key of the row", which is found again from the tables alone. What a
request says is sealed with a key of its own (`portal/requests/keys.py`); here that key is sealed anew, not what it opens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import LargeBinary, func, inspect, or_
from sqlalchemy import select as keys_of
from sqlalchemy.orm import Mapper
from sqlmodel import SQLModel, col, select

from models.record import AuditEntry
from portal.duties.scheduled.record_check import whole_check
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import PortalError
from portal.ground.vault import DamagedSecretError, Vault, add_key, drop_older_keys, mark
from portal.record.audit import record
from portal.record.events import Event

_ROWS = 50  # in one transaction: a return may hold megabytes, and others wait to write
_WAITS = timedelta(days=1)  # before older keys may go: whoever sealed with one and had not written yet has by then
_OTHER_NAMES = {"signature.decision_words": "signature.decision", "withholding.decision_words": "withholding.decision"}


@dataclass(frozen=True, kw_only=True)
class SealedAnew:
    """What one transaction did: values sealed anew, and values that no key opens, which stay as they were."""

    table: str
    values: int
    damaged: int


def rotate_keys(act: Act) -> Iterator[SealedAnew]:
    """Make a new key and seal everything with it; where an earlier run was stopped, go on with that one.

    Stopped anywhere, the store works: older keys stay in the file. A row of the register that is not as the record left
    it would be told anew as if it were right, so nothing is begun on a store whose record does not hold.
    Raises PortalError, UnsafeStartError.
    """
    verdict = whole_check(act.store)
    if not verdict.whole:
        raise PortalError(f"The record does not hold, so no key was changed. {verdict.why}")
    if not any(_left(act)):
        with transaction(act.store.engine) as session:
            record(session, act, Event.KEY_ADDED, "partnership:keys", key=add_key(act.store.vault))
    for mapper, columns in sealed_columns():
        outdated = _outdated(act, mapper, columns)
        for first in range(0, len(outdated), _ROWS):
            yield _seal_anew(act, mapper, columns, outdated[first : first + _ROWS])


def drop_old_keys(act: Act) -> None:
    """Take the older keys out of the key file, a day after the last value was sealed anew.

    A backup made before the change opens with the older keys alone. Raises PortalError.
    """
    if len(act.store.vault.ring.keys) == 1:
        raise PortalError("There is no older key. Nothing was changed.")
    if any(_left(act)):
        raise PortalError("Something is still sealed with an older key. Run rotate-keys first. Nothing was changed.")
    with transaction(act.store.engine) as session:
        kinds = (Event.KEY_ADDED.value, Event.SEALED_ANEW.value)
        last = session.exec(select(func.max(col(AuditEntry.at))).where(col(AuditEntry.event).in_(kinds))).one()
        if last is not None and act.at - last < _WAITS:
            raise PortalError("Wait until a day after the change, and make a backup. Nothing was changed.")
        record(session, act, Event.OLD_KEYS_DROPPED, "partnership:keys", key=act.store.vault.ring.current)
        drop_older_keys(act.store.vault)


def place_of(row: SQLModel, column: str) -> str:
    """Give the place that a column of a row is sealed for."""
    mapper = inspect(row).mapper
    name = f"{mapper.local_table.name}.{column}"
    return f"{_OTHER_NAMES.get(name, name)}:{':'.join(str(part) for part in mapper.primary_key_from_instance(row))}"


def sealed_columns() -> Iterator[tuple[Mapper[Any], list[str]]]:
    """List each table that can hold something sealed, with those of its columns."""
    for mapper in SQLModel._sa_registry.mappers:  # noqa: SLF001 - where SQLModel keeps its tables' classes
        columns = [each.key for each in mapper.column_attrs if isinstance(each.columns[0].type, LargeBinary)]
        if columns:
            yield mapper, columns


def _seal_anew(act: Act, mapper: Mapper[Any], columns: list[str], keys: list[Any]) -> SealedAnew:
    """Seal what older keys sealed in some rows of a table with the newest one, in one transaction with its entry."""
    vault, table = act.store.vault, str(mapper.local_table)
    values, older = 0, 0
    with transaction(act.store.engine) as session:
        for at in keys:
            row = session.get(mapper.class_, at, with_for_update=True)
            if row is None:  # deleted meanwhile
                continue
            for column in columns:
                older += _is_older(vault, getattr(row, column))
                opened = _opened(vault, row, column)
                if opened is not None:
                    setattr(row, column, vault.seal(opened, place_of(row, column)))
                    values += 1
        if values:
            record(
                session, act, Event.SEALED_ANEW, "partnership:keys", key=vault.ring.current, table=table, values=values
            )
    return SealedAnew(table=table, values=values, damaged=older - values)


def _is_older(vault: Vault, sealed: bytes | None) -> bool:
    return sealed is not None and sealed.startswith(tuple(_older(vault)))


def _older(vault: Vault) -> list[bytes]:
    ring = vault.ring
    return [mark(name) for name in ring.keys if name != ring.current]


def _outdated(act: Act, mapper: Mapper[Any], columns: list[str]) -> list[Any]:
    """List the keys of the rows that hold something sealed with an older key."""
    older = _older(act.store.vault)
    if not older:
        return []
    begins = [
        func.substr(getattr(mapper.class_, column), 1, len(each), type_=LargeBinary()) == each
        for column in columns
        for each in older
    ]
    with act.store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(keys_of(*mapper.primary_key).where(or_(*begins)))]


def _left(act: Act) -> Iterator[bool]:
    """Say, of each row with something sealed with an older key, whether that key still opens it."""
    for mapper, columns in sealed_columns():
        for at in _outdated(act, mapper, columns):
            with reading(act.store.engine) as session:
                row = session.get(mapper.class_, at)
                yield row is not None and any(_opened(act.store.vault, row, one) is not None for one in columns)


def _opened(vault: Vault, row: SQLModel, column: str) -> bytes | None:
    """Open a value that is sealed with an older key; None where it is not, or does not open."""
    sealed = getattr(row, column)
    if not _is_older(vault, sealed):
        return None
    try:
        return vault.open(sealed, place_of(row, column))
    except DamagedSecretError:
        return None
