"""A spreadsheet of organisations, read as any office's file is: its columns by their headings, its rows as they stand."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.ground.wording import folded, one_line
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.sheets import Workbook
from portal.spreadsheets.worker.limited import Job, read_limited

MOST_ROWS = 1000  # a partnership has a few hundred bodies; beyond it stands another list
MOST_BYTES = 2 * 1024 * 1024
FIELDS = ("name", "kind", "contact", "email")
_JOB = "portal.agreement.register.list_reading:rows_of"
_HEADINGS = {
    "name": ("organisation", "name", "body", "partner", "signatory"),
    "kind": ("kind", "type"),
    "contact": ("contact",),
    "email": ("approver", "e-mail", "email"),
}
_NO_HEADINGS = "The file needs a row of headings with at least Organisation and Kind. Save it so, and choose it again."
_TOO_MANY = f"The file has more than {MOST_ROWS:,} rows. Split it, and choose one part at a time."


@dataclass(frozen=True, kw_only=True)
class ListedRow:
    """One row of the file, by its number there; a cell that is not there is ''."""

    line: int
    name: str
    kind: str
    contact: str = ""
    email: str = ""


def read_list(content: bytes) -> list[ListedRow]:
    """Read a CSV, XLSX, ODS or XLS file of organisations in a limited child. Raises RefusedFileError with what to do."""
    if len(content) > MOST_BYTES:
        raise RefusedFileError(f"The selected file must be smaller than {MOST_BYTES // (1024 * 1024)}MB.")
    (found,) = read_limited(content, Job(_JOB, {}))
    return [ListedRow(**row) for row in json.loads(found)]


def rows_of(
    reading: Workbook, _wish: Mapping[str, object], _tell: Callable[[str, int, int], None]
) -> tuple[bytes, ...]:
    """Give the rows of the first sheet that has the headings, as JSON (this runs inside the child)."""
    for sheet in reading.sheets:
        rows = sheet.head(sheet.height)
        for place, row in enumerate(rows[:20]):
            columns = _columns(row)
            if {"name", "kind"} <= set(columns):
                numbers = sheet.rows.to_pylist()
                found = [
                    {"line": numbers[at], **{field: one_line(rows[at][column]) for field, column in columns.items()}}
                    for at in range(place + 1, len(rows))
                    if any(cell.strip() for cell in rows[at])
                ]
                if len(found) > MOST_ROWS:
                    raise RefusedFileError(_TOO_MANY)
                return (json.dumps(found).encode(),)
    raise RefusedFileError(_NO_HEADINGS)


def _columns(row: list[str]) -> dict[str, int]:
    """Give the column of each field whose heading is in a row; 'Approver e-mail' is the address, not the name."""
    found: dict[str, int] = {}
    for place, heading in enumerate(row):
        words = folded(heading)
        field = next(
            (one for one in ("email", "contact", "kind", "name") if any(w in words for w in _HEADINGS[one])), ""
        )
        if field and len(words) < 60:  # noqa: PLR2004 - a heading, not a sentence
            found.setdefault(field, place)
    return found
