"""The record as a file that can be checked without the portal's store: a line of JSON, or a row of CSV, for each entry.

An entry's hash is SHA-256 over the JSON list [number, at, actor, actor_name, organisation_id, event, subject, details,
previous_hash] and `changes` where it is not empty, with no blanks between its parts.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import col, select

from models.record import AuditEntry
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.errors import PortalError
from portal.ground.process.whole_file import whole_file
from portal.privacy.formula_injection import safe_cell
from portal.record.audit import GENESIS, NOT_IN_IT, ChainVerdict, fault_of

_COLUMNS = (
    *("number", "at", "actor", "actor_name", "organisation_id", "event", "subject", "details", "changes"),
    *("previous_hash", "hash"),
)
_PAGE = 5000


class NoRecordFileError(PortalError):
    """The file is no record that the portal exported."""

    message = "This file is not a record in JSON lines that the portal exported."


def export_record(store: Store, file: Path) -> int:
    """Write every entry, oldest first, as CSV where the file's name ends in .csv, else as JSON lines; returns how many.

    CSV is for reading: a cell that a spreadsheet would run is made text. JSON lines can be checked (`check_export`).
    Raises NotWrittenError where it cannot be written; nothing of it is left then, so that no part is taken for the whole.
    """
    count = 0
    with whole_file(file) as written:
        out = io.TextIOWrapper(written, encoding="utf-8", newline="")
        table = csv.writer(out) if file.suffix.lower() == ".csv" else None
        if table is not None:
            table.writerow(_COLUMNS)
        for entry in _entries(store):
            told = {name: getattr(entry, name) for name in _COLUMNS} | {"at": entry.at.isoformat()}
            if table is not None:
                table.writerow([safe_cell(str("" if value is None else value)) for value in told.values()])
            else:
                out.write(json.dumps(told, ensure_ascii=False) + "\n")
            count += 1
        out.detach()
    return count


def check_export(file: Path, *, known_head: str | None = None) -> ChainVerdict:
    """Walk an exported record by itself, without a store; a head that somebody kept must be in it. Raises NoRecordFileError."""
    seen, number, previous = known_head is None, 0, GENESIS
    try:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                entry = AuditEntry.model_validate(json.loads(line))
                why = fault_of(entry, number, previous)
                if why:
                    return ChainVerdict(entries=number, head=previous, broken_at=number + 1, why=why)
                number, previous = entry.number, entry.hash
                seen = seen or previous == known_head
    except (OSError, ValueError) as error:
        raise NoRecordFileError from error
    if not seen:
        return ChainVerdict(entries=number, head=previous, broken_at=number + 1, why=NOT_IN_IT)
    return ChainVerdict(entries=number, head=previous)


def _entries(store: Store) -> Iterator[AuditEntry]:
    number = 0
    while True:
        with reading(store.engine) as session:
            page = session.exec(
                select(AuditEntry).where(col(AuditEntry.number) > number).order_by(col(AuditEntry.number)).limit(_PAGE)
            ).all()
        yield from page
        if len(page) < _PAGE:
            return
        number = page[-1].number
