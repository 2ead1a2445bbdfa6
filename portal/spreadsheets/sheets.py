"""Hold what was read of a file: sheets of text, each row under the number its spreadsheet gives it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from portal.spreadsheets import errors, limits
from portal.spreadsheets.arrow_columns import Cells, numbers, texts
from portal.spreadsheets.errors import RefusedFileError


@dataclass(frozen=True)
class Sheet:
    """One sheet as text.

    `columns` are string arrays of equal length without nulls, one for each column that is shown; `positions` are their
    places in the spreadsheet (A is 0); `rows` are the spreadsheet's own row numbers. `spread` holds the words of
    headings merged over several columns, by (row number, position); `filled` the (row number, position) pairs that
    were blank under a merged cell and took its value.
    """

    name: str
    columns: tuple[Cells, ...]
    positions: tuple[int, ...]
    rows: Cells
    spread: Mapping[tuple[int, int], str] = field(default_factory=dict)
    filled: frozenset[tuple[int, int]] = frozenset()

    @property
    def height(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def head(self, count: int) -> list[list[str]]:
        """Return the first rows as lists of text."""
        columns = [column.slice(0, count).to_pylist() for column in self.columns]
        return [list(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True)
class Workbook:
    """All that was read of a file, and what was left out of it before anything was kept."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()  # plain sentences that quote nothing
    hidden_sheets: int = 0
    hidden_columns: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)  # comments, links, …: what and how many


def sheet_of_rows(name: str, rows: Sequence[Sequence[str]], places: Sequence[int] | None = None) -> Sheet:
    """Build a sheet from rows of text, which may be ragged."""
    columns = tuple(texts(column) for column in zip_longest(*rows, fillvalue=""))
    if len(columns) > limits.MAX_COLUMNS:
        raise RefusedFileError(errors.TOO_MANY_COLUMNS)
    standing = numbers(range(1, len(rows) + 1) if places is None else places)
    return Sheet(name, columns, tuple(range(len(columns))), standing)
