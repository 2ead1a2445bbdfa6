"""Hold the filled cells of a sheet while a reader walks it, within the limits, and make a sheet of text of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.spreadsheets import errors, limits
from portal.spreadsheets.arrow_columns import numbers, texts
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.sheets import Sheet
from portal.spreadsheets.xlsx.cells import Merge, SheetCells, positions_of, unmerge


@dataclass
class Budget:
    """The filled cells of a whole workbook so far, and the stray ones that were left out."""

    filled: int = 0
    stray: int = 0


@dataclass
class Grid:
    """The filled cells of one sheet. Rows are put in order, by their number; positions count from 0."""

    budget: Budget
    cells: SheetCells = field(default_factory=SheetCells)
    merges: list[Merge] = field(default_factory=list)

    def put(self, number: int, position: int, text: str) -> None:
        """Take a cell; a blank one is nothing, and one far outside is counted as stray.

        Raises:
            RefusedFileError: too many cells, columns or characters.
        """
        if not text or text.isspace():
            return
        if position >= limits.MAX_COLUMNS:
            self.budget.stray += 1
            if self.budget.stray > limits.MAX_STRAY_CELLS:
                raise RefusedFileError(errors.TOO_MANY_COLUMNS)
            return
        if len(text) > limits.MAX_CELL_CHARACTERS:
            raise RefusedFileError(errors.long_cell(number))
        self.budget.filled += 1
        if self.budget.filled > limits.MAX_CELLS:
            raise RefusedFileError(errors.TOO_MANY_CELLS)
        if not self.cells.numbers or self.cells.numbers[-1] != number:
            self.cells.numbers.append(number)
            self.cells.rows.append({})
        self.cells.rows[-1][position] = text

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Take a range of merged cells, by its first and last row number and position."""
        if (top, left) != (bottom, right) and len(self.merges) < limits.MAX_MERGES:
            self.merges.append(((top, left), (bottom, right)))

    def sheet(self, name: str) -> Sheet:
        """Return the sheet, merged cells filled down, hidden columns left out."""
        unmerge(self.cells, self.merges)
        return sheet_of_cells(name, self.cells)


def sheet_of_cells(name: str, cells: SheetCells) -> Sheet:
    """Return a sheet's shown columns as text."""
    positions = sorted(positions_of(cells) - cells.hidden_columns)
    if len(positions) > limits.MAX_COLUMNS:
        raise RefusedFileError(errors.TOO_MANY_COLUMNS)
    whole = cells.columns
    columns = tuple(
        whole[position] if whole else texts([row.get(position, "") for row in cells.rows]) for position in positions
    )
    return Sheet(name, columns, tuple(positions), numbers(cells.numbers), cells.spread, frozenset(cells.filled))


def no_more_sheets(sheets: Sequence[object]) -> None:
    """Refuse a workbook of more sheets than a return can have."""
    if len(sheets) > limits.MAX_SHEETS:
        raise RefusedFileError(errors.TOO_MANY_SHEETS)
