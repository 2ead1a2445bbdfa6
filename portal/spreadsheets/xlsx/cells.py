"""Read the cells of one XLSX sheet: only those that hold something, wherever they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.privacy.columns import Cells
from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.number_formats import Format
from portal.spreadsheets.xlsx.plain_columns import read_plain, split_frame
from portal.spreadsheets.xlsx.values import Values, number_or
from portal.spreadsheets.xml_stream import Attributes, local, stream

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)

Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last corner, each as (row number, column place)


@dataclass
class SheetCells:
    """The filled cells of a sheet: a mapping of column place to text for each row that has any, or its columns whole."""

    rows: list[dict[int, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    spread: dict[tuple[int, int], str] = field(default_factory=dict)
    filled: set[tuple[int, int]] = field(default_factory=set)
    without_result: int = 0
    stray: int = 0
    columns: dict[int, Cells] = field(default_factory=dict)
    spent: int = 0  # filled cells so far in the whole workbook


def read_cells(
    pieces: Iterator[bytes],
    shared: Sequence[str],
    formats: Sequence[Format],
    *,
    epoch_1904: bool,
    spent: int = 0,
) -> SheetCells:
    """Return a sheet's filled cells with merged ones filled down.

    Args:
        pieces: the bytes of the sheet's XML.
        shared: the workbook's shared strings.
        formats: the number format of each style.
        epoch_1904: whether days count from 1904.
        spent: the filled cells of the sheets before.

    Raises:
        RefusedFileError: too many cells or columns, or no sound XML.
    """
    whole = b"".join(pieces)
    values = Values(shared, formats, epoch_1904=epoch_1904)
    walker = _CellWalker(values, spent)
    parts = split_frame(whole)
    plain = read_plain(parts[1], values, spent) if parts is not None else None
    if parts is None or plain is None:
        stream([whole], walker.start, walker.end, walker.text)
        unmerge(walker.cells, walker.merges)
        return walker.cells
    stream([parts[0]], walker.start, walker.end, walker.text)
    cells = walker.cells
    cells.numbers, cells.columns = plain.whole()
    cells.spent, cells.stray, cells.without_result = plain.spent, plain.stray, plain.without_result
    return cells


class _CellWalker:
    """Hold the place in a sheet's XML while it is walked."""

    def __init__(self, values: Values, spent: int) -> None:
        self.cells = SheetCells(spent=spent)
        self.merges: list[Merge] = []
        self._value = values.text
        self._letters: dict[str, int] = {}
        self._row = 0
        self._position = -1
        self._values: dict[int, str] = {}
        self._kind, self._style = "n", ""
        self._text: list[str] = []
        self._collecting = self._formula = self._phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            self._open_cell(attributes)
        elif name in {"v", "t"}:
            self._collecting = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = number_or(attributes.get("r", ""), self._row + 1)
            self._position, self._values = -1, {}
        elif name == "rPh":
            self._phonetic = True
        elif name == "col":
            self._hide(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, characters: str) -> None:
        if self._collecting:
            self._text.append(characters)

    def end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name == "c":
            self._put("".join(self._text), formula=self._formula)
        elif name in {"v", "t"}:
            self._collecting = False
        elif name == "row":
            self._close_row()
        elif name == "rPh":
            self._phonetic = False

    def _close_row(self) -> None:
        if self._values:
            self.cells.rows.append(self._values)
            self.cells.numbers.append(self._row)

    def _place(self, letters: str) -> int:
        position = self._letters.get(letters)
        if position is None:
            position = self._letters[letters] = _column(letters)
        return position if position >= 0 else self._position + 1

    def _open_cell(self, attributes: Attributes) -> None:
        self._position = self._place(attributes.get("r", "").rstrip("0123456789"))
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._text.clear()
        self._formula = False

    def _put(self, text: str, *, formula: bool) -> None:
        value = self._value(self._kind, self._style, text)
        if not value or value.isspace():
            self.cells.without_result += formula and not text
            return
        if self._position >= limits.MAX_COLUMNS:
            self.cells.stray += 1
            if self.cells.stray > limits.MAX_STRAY_CELLS:
                raise RefusedFileError(errors.TOO_MANY_COLUMNS)
            return
        if len(value) > limits.MAX_CELL_CHARACTERS:
            raise RefusedFileError(errors.long_cell(self._row))
        self.cells.spent += 1
        if self.cells.spent > limits.MAX_CELLS:
            raise RefusedFileError(errors.TOO_MANY_CELLS)
        self._values[self._position] = value

    def _hide(self, attributes: Attributes) -> None:
        hidden = attributes.get("hidden") in {"1", "true"} or attributes.get("width") in {"0", "0.0"}
        first, last = number_or(attributes.get("min", ""), 0), number_or(attributes.get("max", ""), 0)
        if hidden and first and last:
            self.cells.hidden_columns.update(range(first - 1, min(last, limits.MAX_COLUMNS)))

    def _merge(self, reference: str) -> None:
        corners = _REFERENCE.findall(reference)
        if len(corners) == 2 and len(self.merges) < limits.MAX_MERGES:  # noqa: PLR2004 - the two corners of a range
            (left, top), (right, bottom) = corners
            self.merges.append(((int(top), _column(left)), (int(bottom), _column(right))))


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter.upper()) - ord("A") + 1
    return place - 1


def unmerge(cells: SheetCells, merges: Sequence[Merge]) -> None:
    """Fill merged values down their first column; remember the words that headings spread over several columns."""
    places = {number: index for index, number in enumerate(cells.numbers)}
    for (top, left), (bottom, right) in merges:
        index = places.get(top)
        value = cells.rows[index].get(left, "") if index is not None else ""
        if not value:
            continue
        if top <= limits.HEADING_ROWS:
            cells.spread.update({(top, place): value for place in range(left, min(right, limits.MAX_COLUMNS) + 1)})
        for number in range(top + 1, min(bottom, top + limits.MAX_MERGED_ROWS) + 1):
            row = places.get(number)
            if row is not None and left not in cells.rows[row]:
                cells.rows[row][left] = value
                cells.filled.add((number, left))


def count_hidden(cells: SheetCells) -> int:
    """Count the hidden columns that hold something."""
    return len(positions_of(cells) & cells.hidden_columns)


def positions_of(cells: SheetCells) -> set[int]:
    """Return the places of the columns that hold something."""
    return {position for row in cells.rows for position in row} | set(cells.columns)
