"""What the record says of the rows of the store: each entry carries a hash of what it changed, so that a forged row shows.

The chain of entries tells that no act was altered; it says nothing of a row that somebody wrote, changed or deleted with a
tool of the database. Here every row is compared with the hash that the newest act on it left in the record, but for the
tables and columns that stand below, each with why nobody gains by forging it.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import event, inspect, tuple_
from sqlalchemy import select as keys_of
from sqlalchemy.orm import Mapper, ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel, col, select

import models  # every table must be known before the list of them is made
from models.organisations import Organisation
from models.record import AuditEntry
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.vault import DamagedSecretError, Vault
from portal.record.events import Event

UNWATCHED: Mapping[str, str] = {
    "attempt": "a count of tries: without it a secret must still be right",
    "audit_entry": "the record itself: its chain, and the head that is kept outside the store, show what was done to it",
    "audit_head": "the record itself, as above",
    "draft": "what somebody is still writing, sealed to its place; nothing rests on it before it is sent",
    "email_code": "its hashes are made with the portal's own key, and it ends within a day",
    "known_browser": "a mark that only the portal's own key makes; it opens nothing, and lets a right password in sooner",
    "known_phone": "a mark that only the portal's own key makes; it spares somebody to type a name again",
    "link": "what a link lets its holder do is bound to its secret with the portal's own key",
    "message": "a letter, sealed to its place, about an act that is in the record itself; it comes and goes with the post",
    "set_up_code": "it works only while the store is empty",
    "web_session": "it is bound to its person with the portal's own key",
}
# What changes without an act of anybody that the record would tell: a code of the second step, and reminders.
UNWATCHED_COLUMNS: Mapping[str, frozenset[str]] = {
    "account": frozenset({"totp_last", "digest", "digest_at"}),
}
# Sealed since 0037: until a row is written again, the record has its hash with these words in clear.
_IN_CLEAR_BEFORE = {"quarterly_return": "ended_reason", "not_provided": "reason", "confirmed_fact": "how"}
_AT_FIRST = ("organisation", "organisation_former_name", "signed_words", "signature", "notice", "standing", "post")
_NAMED = {
    "partnership": "What the partnership says of itself",
    "minute_taker": "Who writes the minutes of a meeting",
    "keeping_period": "How long meetings keep something",
    "request_recipient": "Who may open the answer to a request",
    "decision": "A decision on a request",
    "keeping_time": "How long requests are kept",
    "organisation": "The entry",
    "organisation_former_name": "A former name",
    "signed_words": "The words that were signed",
    "post": "A role",
    "breach": "A loss",
    "breach_body": "What a body has to do with a loss",
    "breach_step": "A step after a loss",
    "nameless_request": "A request without names",
    "nameless_file": "A file of a request without names",
    "not_provided": "What an organisation does not provide",
    "not_signed": "Somebody who did not sign",
    "passing_on": "A wish to pass something on",
    "publication": "Where an organisation publishes",
    "recipient_copy": "A copy that somebody received",
    "stored_data_review": "A review of stored data",
}
_NOTED = "record.rows"  # in a session: what was written in it and is in no entry yet, by key or by its hash
_AT_ONCE = 500  # rows that are asked for in one question
_AT_A_TIME = 50  # rows in memory at once: a return may hold megabytes
_ENTRIES_AT_A_TIME = 1000
GONE = ""
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
_Noted = tuple[type[SQLModel], tuple[Any, ...]] | str


@dataclass(frozen=True, kw_only=True)
class RowDifference:
    """A row that is not as the record left it. `how` is 'changed', 'added' or 'missing'; `row` is table and key."""

    row: str
    how: str
    organisation: str = ""

    @property
    def sentence(self) -> str:
        """Say what differs, and whose it is."""
        table, _, key = self.row.partition(":")
        whose = f" of {self.organisation}" if self.organisation else ""
        how = {"changed": "was changed", "added": "was added", "missing": "is missing; it was deleted"}[self.how]
        words = table.replace("_", " ")
        named = _NAMED.get(table, f"{'An' if words[0] in 'aeiou' else 'A'} {words}")
        return f"{named}{whose} {how} outside the portal ({table} {key})."


def digest_of(row: SQLModel, *, as_before: bool = False) -> str:
    """Hash a row: SHA-256 over its table and filled columns, 64 hexadecimal digits.

    Columns that are empty, or hold what they hold by default, are left out: a later version that adds one changes no
    hash. `as_before`: as versions of before did it, which left out the empty ones alone.
    """
    found = {name: _plain(value) for name, value in _columns(row, as_before=as_before)}
    return hashlib.sha256(_canonical([_table(row), found]).encode()).hexdigest()


def taken(session: Session) -> str:
    """Return what was written since the last entry, as JSON of row -> hash ('' where it is gone), and forget it."""
    session.flush()
    noted: dict[str, _Noted] = session.info.pop(_NOTED, {})
    return json.dumps(_hashes(session, noted)) if noted else ""


def is_noted(session: Session) -> bool:
    """Say whether something was written since the last entry."""
    return bool(session.info.get(_NOTED))


def note_all(session: Session, tables: Collection[str]) -> int:
    """Note every row of some tables for the next entry: what an earlier version left. Returns how many there are."""
    found: dict[str, _Noted] = {_key(row): digest_of(row) for row in _rows(session, tables)}
    session.info.setdefault(_NOTED, {}).update(found)
    return len(found)


def not_taken_over(session: Session) -> list[str]:
    """List the tables whose rows of before are not in the record yet; of the others every row must be."""
    kind = Event.ROWS_TAKEN_OVER.value
    taken = set[str]()
    for details in session.exec(select(AuditEntry.details).where(AuditEntry.event == kind)):
        taken |= set(json.loads(details).get("tables", _AT_FIRST))
    return [name for name in map(_name, WATCHED) if name not in taken]


def reconcile(store: Store) -> list[RowDifference]:
    """Compare every watched row with what the record says of it.

    Until what an earlier version left is taken over, a row that the record does not speak of is no difference.
    """
    with reading(store.engine) as session:
        told: dict[str, str] = {}
        entries = select(AuditEntry.changes).where(AuditEntry.changes != "").order_by(col(AuditEntry.number))
        for changes in session.exec(entries.execution_options(yield_per=_ENTRIES_AT_A_TIME)):
            for key, kept in json.loads(changes).items():
                if kept == GONE:
                    told.pop(key, None)  # memory holds what stands, not all that ever stood
                else:
                    told[key] = kept
        unknown = not_taken_over(session)
        found, names = [], dict(session.exec(select(Organisation.id, Organisation.name)).all())
        for row in _rows(session, [_name(kind) for kind in WATCHED]):
            key = _key(row)
            kept = told.pop(key, GONE)
            same = kept == digest_of(row) or kept in _as_before(store.vault, row)
            if not same and (kept or _table(row) not in unknown):
                whose = names.get(str(getattr(row, "organisation_id", "") or getattr(row, "id", "")), "")
                found.append(RowDifference(row=key, how="changed" if kept else "added", organisation=whose))
        return found + [RowDifference(row=key, how="missing") for key in sorted(told)]


def _as_before(vault: Vault, row: SQLModel) -> Iterator[str]:
    """Hash a row as earlier versions did: with what holds its default, and with words in clear that are sealed now."""
    yield digest_of(row, as_before=True)
    column = _IN_CLEAR_BEFORE.get(_table(row), "")
    sealed = getattr(row, column) if column else None
    if sealed:
        with suppress(DamagedSecretError):
            words = vault.open_text(sealed, f"{_table(row)}.{column}:{_key(row).partition(':')[2]}")
            in_clear = type(row)(**row.model_dump() | {column: words})
            yield from (digest_of(in_clear), digest_of(in_clear, as_before=True))


def _hashes(session: Session, noted: Mapping[str, _Noted]) -> dict[str, str]:
    """Give the hash of each row that was noted; what was deleted since, or rolled back, is gone."""
    found = {key: one if isinstance(one, str) else GONE for key, one in noted.items()}
    asked = [one for one in noted.values() if not isinstance(one, str)]
    for kind, of_kind in groupby(sorted(asked, key=lambda one: _name(one[0])), key=lambda one: one[0]):
        absent = list[tuple[Any, ...]]()
        for _, at in of_kind:
            row = session.identity_map.get(inspect(kind).identity_key_from_primary_key(at))
            if row is None:
                absent.append(at)
            else:
                found[_key(row)] = digest_of(row)
        for first in range(0, len(absent), _AT_ONCE):
            some = tuple_(*inspect(kind).primary_key).in_(absent[first : first + _AT_ONCE])
            for row in session.exec(select(kind).where(some)):
                found[_key(row)] = digest_of(row)
    return dict(sorted(found.items()))


def _rows(session: Session, tables: Collection[str]) -> Iterator[SQLModel]:
    for kind in WATCHED:
        if _name(kind) in tables:
            yield from session.exec(select(kind).execution_options(yield_per=_AT_A_TIME))


def _table(row: SQLModel) -> str:
    return _name(type(row))


@cache
def _name(kind: type[SQLModel]) -> str:
    return str(inspect(kind).local_table.name)


def _key(row: SQLModel) -> str:
    kind = type(row)
    return ":".join((_name(kind), *(str(getattr(row, name)) for name in _key_columns(kind))))


@cache
def _key_columns(kind: type[SQLModel]) -> tuple[str, ...]:
    mapper = inspect(kind)
    return tuple(mapper.get_property_by_column(column).key for column in mapper.primary_key)


@cache
def _compared(kind: type[SQLModel]) -> tuple[tuple[str, object], ...]:
    """Give the columns of a table that are compared, each with what it holds by default."""
    left_out, found = UNWATCHED_COLUMNS.get(_name(kind), frozenset()), list[tuple[str, object]]()
    for each in inspect(kind).column_attrs:
        default = each.columns[0].default
        usual = default.arg if default is not None and default.is_scalar else None
        if each.key not in left_out:
            found.append((each.key, usual))
    return tuple(found)


def _columns(row: SQLModel, *, as_before: bool) -> Iterator[tuple[str, object]]:
    held = row.__dict__  # much faster than to ask the mapper for each
    for name, usual in _compared(type(row)):
        value = held[name] if name in held else getattr(row, name)
        if value is not None and value != "" and (as_before or value != usual):
            yield name, value


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return (known if known.tzinfo is UTC else known.astimezone(UTC)).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, (bool, int)) else str(value)


def _note(session: Session, _flush: UOWTransaction) -> None:
    """Note each watched row that is written, for the entry of its act."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if type(row) in WATCHED and (row not in session.dirty or session.is_modified(row)):
            key = inspect(row).mapper.primary_key_from_instance(row)
            session.info.setdefault(_NOTED, {})[_key(row)] = (type(row), tuple(key))


def _note_many(state: ORMExecuteState) -> None:
    """Note the rows that one statement changes or deletes, before it does; refuse one that inserts: it is not said which."""
    mapper: Mapper[Any] | None = state.bind_mapper
    if mapper is None or mapper.class_ not in WATCHED or not (state.is_insert or state.is_update or state.is_delete):
        return
    if state.is_insert:
        raise RuntimeError(f"Rows of {mapper.class_.__name__} are added one by one, so that the record can say which.")
    asked, where = keys_of(*mapper.primary_key), state.statement.whereclause  # type: ignore[attr-defined]  # of these two
    name = _name(mapper.class_)
    for at in state.session.execute(asked if where is None else asked.where(where)):
        noted = state.session.info.setdefault(_NOTED, {})
        noted[":".join((name, *map(str, at)))] = (mapper.class_, tuple(at))


_KINDS: list[type[SQLModel]] = [mapper.class_ for mapper in SQLModel._sa_registry.mappers]  # noqa: SLF001 - where SQLModel keeps its tables' classes
# All that do not stand above, in the order of their names.
WATCHED: dict[type[SQLModel], None] = {
    kind: None
    for kind in sorted(_KINDS, key=_name)
    if _name(kind) not in UNWATCHED and kind.__module__.startswith(f"{models.__name__}.")
}
event.listen(Session, "after_flush", _note)
event.listen(Session, "do_orm_execute", _note_many)
