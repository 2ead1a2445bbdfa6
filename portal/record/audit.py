"""The audit chain: every act's entry, written in the transaction of its change, each bound to the one before by hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import event, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from models.record import AuditEntry, AuditHead
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.vault import same
from portal.record.events import Event, in_words
from portal.record.row_digests import is_noted, taken

GENESIS = "0" * 64
NOT_IN_IT = "The head that was kept is not in the record: entries were cut off or rewritten."
_ACT = "record.act"  # in a session: by whom its last entry is, and of what
_PAGE = 5000
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ReadEntry(NamedTuple):
    """An entry as the chain is walked: a million rows of a table's class would take twice as long and keep growing."""

    number: int
    at: datetime
    actor: str
    actor_name: str
    organisation_id: str | None
    event: str
    subject: str
    details: str
    changes: str
    previous_hash: str
    hash: str


_READ = [AuditEntry.__table__.c[name] for name in ReadEntry._fields]  # type: ignore[attr-defined]  # each table's class has one


@dataclass(frozen=True, kw_only=True)
class ChainVerdict:
    """What was found: `why` says what does not hold, '' where all does; `broken_at` is the first entry that does not."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Say whether the chain holds from end to end."""
        return not self.why


def record(
    session: Session, act: Act, kind: Event, subject: str, /, organisation_id: str | None = None, **details: object
) -> AuditEntry:
    """Write the entry of one act into the open transaction.

    `subject` names the thing ("organisation:<id>"); `details` holds codes, counts, hashes and ids, never the content of
    personal data. Concurrent writers queue on the head row, so the chain cannot fork (SQLite: BEGIN IMMEDIATE;
    PostgreSQL: FOR UPDATE).
    """
    changes = taken(session)
    head = session.exec(select(AuditHead).where(AuditHead.id == 1).with_for_update()).one()
    entry = AuditEntry(
        number=head.number + 1,
        at=act.at,
        actor=act.person.id,
        actor_name=act.person.name,
        organisation_id=organisation_id or act.person.organisation_id,
        event=kind.value,
        subject=subject,
        details=json.dumps(details, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str),
        changes=changes,
        previous_hash=head.hash,
        hash="",
    )
    entry.hash = entry_hash(entry)
    head.number, head.hash = entry.number, entry.hash
    session.add(head)
    session.add(entry)
    session.flush()
    session.info[_ACT] = (act, subject)
    return entry


def _record_the_rest(session: Session) -> None:
    """Write down what an act wrote after its entry; what was written without any entry stays unknown, and shows."""
    known = session.info.get(_ACT)
    if known is not None:
        session.flush()
        if is_noted(session):
            record(session, known[0], Event.ROWS_CHANGED, known[1])


def entry_hash(entry: AuditEntry | ReadEntry) -> str:
    """Hash an entry with the hash of the one before it (SHA-256 over canonical JSON, hexadecimal)."""
    fields = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),  # the same moment, whatever zone it came in
        entry.actor,
        entry.actor_name,
        entry.organisation_id,
        entry.event,
        entry.subject,
        entry.details,
        entry.previous_hash,
        *(
            [entry.changes] if entry.changes else []
        ),  # an entry of before, or of an act that wrote no watched row, has none
    ]
    return hashlib.sha256(_canonical(fields).encode()).hexdigest()


def head(store: Store) -> tuple[int, str]:
    """Give the number and hash of the newest entry; documents carry the hash, so that a rewritten record shows."""
    with reading(store.engine) as session:
        row = session.exec(select(AuditHead)).one()
        return row.number, row.hash


def holds(store: Store, kept: str) -> bool:
    """Say whether a head that somebody kept (a sealed document carries one) is in the record as it stands."""
    if kept == GENESIS:
        return True
    with reading(store.engine) as session:
        return session.exec(select(AuditEntry.number).where(AuditEntry.hash == kept)).first() is not None


def verify(store: Store, *, known_head: str | None = None) -> ChainVerdict:
    """Walk the whole chain.

    `known_head` is a hash that somebody kept (from a receipt or a daily message): it must be in the chain, or entries
    were cut off or rewritten since. The first entry that is altered, missing, reordered or cut off is named.
    """
    seen, number, previous = known_head is None, 0, GENESIS
    with reading(store.engine) as session:
        top = session.exec(select(AuditHead)).one()
        while True:
            page = columns(*_READ).where(col(AuditEntry.number) > number).order_by(col(AuditEntry.number)).limit(_PAGE)
            entries = session.execute(page).all()
            for entry in map(ReadEntry._make, entries):
                why = fault_of(entry, number, previous)
                if why:
                    return ChainVerdict(entries=number, head=previous, broken_at=number + 1, why=why)
                number, previous = entry.number, entry.hash
                seen = seen or previous == known_head
            if len(entries) < _PAGE:
                break
    if (number, previous) != (top.number, top.hash):
        return ChainVerdict(
            entries=number,
            head=previous,
            broken_at=number + 1,
            why="The record ends too early: entries were cut off its end.",
        )
    if not seen:
        return ChainVerdict(
            entries=number,
            head=previous,
            broken_at=number + 1,
            why=NOT_IN_IT,
        )
    return ChainVerdict(entries=number, head=previous)


def fault_of(entry: AuditEntry | ReadEntry, number: int, previous: str) -> str:
    """Say why an entry does not follow the one before it, whose number and hash these are; '' where it does."""
    if entry.number != number + 1:
        return f"Entry {number + 1} is missing."
    if not same(entry.previous_hash, previous):
        return f"Entry {entry.number} does not follow the one before it: it was moved, added or replaced."
    if not same(entry.hash, entry_hash(entry)):
        return f"Entry {entry.number} was altered."
    return ""


@dataclass(frozen=True, kw_only=True)
class RecordedEntry:
    """An entry as a person reads it."""

    number: int
    at: datetime
    actor_name: str
    event: str
    subject: str
    details: Mapping[str, object]


def entries(
    act: Act, *, page: int = 1, size: int = 50, subject: str = "", event: str = ""
) -> tuple[list[RecordedEntry], int]:
    """List entries, newest first, with how many there are in all. For the Information Manager (Permission READ_AUDIT).

    `subject` narrows to one thing's history; `event` to one kind of act.
    """
    allow(act, Permission.READ_AUDIT)
    with reading(act.store.engine) as session:
        query = select(AuditEntry)
        if subject:
            query = query.where(AuditEntry.subject == subject)
        if event:
            query = query.where(AuditEntry.event == event)
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        rows = session.exec(
            query.order_by(col(AuditEntry.number).desc()).offset((max(page, 1) - 1) * size).limit(size)
        ).all()
        return [_shown(row) for row in rows], total


def history(store: Store, subject: str) -> list[RecordedEntry]:
    """Give one thing's history, oldest first. The caller has checked that the person may see the thing."""
    with reading(store.engine) as session:
        rows = session.exec(
            select(AuditEntry).where(AuditEntry.subject == subject).order_by(col(AuditEntry.number))
        ).all()
        return [_shown(row) for row in rows]


def history_in_words(store: Store, subject: str) -> list[tuple[str, str, datetime]]:
    """Give who did what with one thing, in words, and when, oldest first. The caller has checked, as for `history`."""
    return [(one.actor_name, in_words(one.event), one.at) for one in history(store, subject)]


def _shown(row: AuditEntry) -> RecordedEntry:
    return RecordedEntry(
        number=row.number,
        at=row.at,
        actor_name=row.actor_name,
        event=row.event,
        subject=row.subject,
        details=json.loads(row.details),
    )


event.listen(Session, "before_commit", _record_the_rest)
