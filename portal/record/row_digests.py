"""What the record says of the rows that count: each entry carries a hash of what it changed, so that a forged row shows.

The chain of entries tells that no act was altered; it says nothing of a row that somebody wrote, changed or deleted with a
tool of the database. Here every row that says who may do what, who has signed, what was decided and how long anything is
kept is compared with the hash that the newest act on it left in the record.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel, col, select

from models.accounts import Account, Post
from models.agreements import Notice, Signature, SignedWords, Standing
from models.meetings import KeepingPeriod, Meeting, MinuteTaker
from models.organisations import FormerName, Organisation
from models.partnership import Partnership
from models.record import AuditEntry
from models.requests import Decision, KeepingTime, RequestRecipient
from portal.ground.act import Store
from portal.ground.database import reading
from portal.record.events import Event

_AT_FIRST: tuple[type[SQLModel], ...] = (Organisation, FormerName, SignedWords, Signature, Notice, Standing, Post)
WATCHED: tuple[type[SQLModel], ...] = (
    *_AT_FIRST,
    Account,
    Partnership,
    Meeting,
    MinuteTaker,
    KeepingPeriod,
    RequestRecipient,
    Decision,
    KeepingTime,
)
_NAMED = {
    "account": "An account",
    "partnership": "What the partnership says of itself",
    "meeting": "A meeting",
    "minute_taker": "Who writes the minutes of a meeting",
    "keeping_period": "How long meetings keep something",
    "request_recipient": "Who may open the answer to a request",
    "decision": "A decision on a request",
    "keeping_time": "How long requests are kept",
    "organisation": "The entry",
    "organisation_former_name": "A former name",
    "signed_words": "The words that were signed",
    "signature": "A signature",
    "notice": "A notice",
    "standing": "A standing",
    "post": "A role",
}
# What changes without an act of anybody that the record would tell: a code of the second step, the reminders.
_UNWATCHED = {"account": frozenset({"totp_last", "digest", "digest_at"})}
_NOTED = "record.rows"  # in a session: what was written in it and is in no entry yet
GONE = ""


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
        return f"{_NAMED[table]}{whose} {how} outside the portal ({table} {key})."


def digest_of(row: SQLModel) -> str:
    """Hash a row: SHA-256 over its table and filled columns, 64 hexadecimal digits.

    Empty columns are left out, so that a later version that adds a column changes no hash.
    """
    found = {name: _plain(value) for name, value in _columns(row).items() if value is not None and value != ""}
    told = json.dumps([_table(row), found], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def taken(session: Session) -> str:
    """Return what was written since the last entry, as JSON of row -> hash ('' where it is gone), and forget it."""
    session.flush()
    noted: dict[str, tuple[type[SQLModel], Any]] = session.info.pop(_NOTED, {})
    if not noted:
        return ""
    rows = {key: session.get(kind, at) for key, (kind, at) in sorted(noted.items())}
    return json.dumps({key: digest_of(row) if row is not None else GONE for key, row in rows.items()})


def is_noted(session: Session) -> bool:
    """Say whether something was written since the last entry."""
    return bool(session.info.get(_NOTED))


def note_all(session: Session, tables: Collection[str]) -> int:
    """Note every row of some tables for the next entry: what an earlier version left. Returns how many there are."""
    noted = session.info.setdefault(_NOTED, {})
    for kind in WATCHED:
        for row in session.exec(select(kind)).all() if _name(kind) in tables else []:
            noted[_key(row)] = (kind, inspect(row).identity)
    return len(noted)


def not_taken_over(session: Session) -> list[str]:
    """List the tables whose rows of before are not in the record yet; of the others every row must be."""
    kind = Event.ROWS_TAKEN_OVER.value
    taken = set[str]()
    for details in session.exec(select(AuditEntry.details).where(AuditEntry.event == kind)):
        taken |= set(json.loads(details).get("tables", map(_name, _AT_FIRST)))
    return [name for name in map(_name, WATCHED) if name not in taken]


def reconcile(store: Store) -> list[RowDifference]:
    """Compare every watched row with what the record says of it.

    Until what an earlier version left is taken over, a row that the record does not speak of is no difference.
    """
    with reading(store.engine) as session:
        told: dict[str, str] = {}
        entries = select(AuditEntry.changes).where(AuditEntry.changes != "").order_by(col(AuditEntry.number))
        for changes in session.exec(entries):
            told |= json.loads(changes)
        unknown = not_taken_over(session)
        names = {row.id: row.name for row in session.exec(select(Organisation)).all()}
        found = []
        for row in _rows(session):
            key = _key(row)
            kept = told.pop(key, GONE)
            if kept != digest_of(row) and (kept or _table(row) not in unknown):
                whose = names.get(str(getattr(row, "organisation_id", "") or getattr(row, "id", "")), "")
                found.append(RowDifference(row=key, how="changed" if kept else "added", organisation=whose))
        return found + [RowDifference(row=key, how="missing") for key, kept in sorted(told.items()) if kept]


def _rows(session: Session) -> Iterator[SQLModel]:
    for kind in WATCHED:
        yield from session.exec(select(kind).execution_options(yield_per=1000))


def _table(row: SQLModel) -> str:
    return _name(type(row))


def _name(kind: type[SQLModel]) -> str:
    return str(inspect(kind).local_table.name)


def _key(row: SQLModel) -> str:
    found = inspect(row)
    return f"{_table(row)}:{':'.join(str(part) for part in found.mapper.primary_key_from_instance(row))}"


def _columns(row: SQLModel) -> dict[str, object]:
    left_out = _UNWATCHED.get(_table(row), frozenset())
    return {each.key: getattr(row, each.key) for each in inspect(row).mapper.column_attrs if each.key not in left_out}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value if isinstance(value, (bool, int, str)) else str(value)


def _note(session: Session, _flush: UOWTransaction) -> None:
    """Note each watched row that is written, for the entry of its act."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, WATCHED) and (row not in session.dirty or session.is_modified(row)):
            key = inspect(row).mapper.primary_key_from_instance(row)
            session.info.setdefault(_NOTED, {})[_key(row)] = (type(row), tuple(key))


def _refuse_many_at_once(state: ORMExecuteState) -> None:
    """Refuse to write watched rows without loading them: nobody would know which they were."""
    kind = state.bind_mapper.class_ if state.bind_mapper is not None else None
    if (state.is_update or state.is_delete) and kind in WATCHED:
        raise RuntimeError(
            f"Rows of {kind.__name__} are written one by one, so that the record can say which they were."
        )


event.listen(Session, "after_flush", _note)
event.listen(Session, "do_orm_execute", _refuse_many_at_once)
