"""Read an ODS workbook as text: filled and shown cells only, repeats capped, formulas never run."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.ground.wording import counted
from portal.spreadsheets import errors, limits
from portal.spreadsheets.archives import Archive
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.grid import sheet_of_cells
from portal.spreadsheets.sheets import Sheet, Workbook
from portal.spreadsheets.xlsx.cells import Merge, SheetCells, count_hidden, unmerge
from portal.spreadsheets.xml_stream import Attributes, local, stream

_MANIFEST = "META-INF/manifest.xml"
_HIDDEN = frozenset({"collapse", "filter"})
_LAST_ROW = 1_048_576
_ZERO_TIME = "PT"


def is_ods(archive: Archive) -> bool:
    """Tell whether the archive is an OpenDocument file."""
    return archive.has("content.xml") and not archive.has("xl/workbook.xml")


def read_ods(archive: Archive) -> Workbook:
    """Return the shown sheets of a workbook.

    Raises:
        RefusedFileError: locked, macros, damage, or more than a return may hold.
    """
    if archive.has(_MANIFEST) and b"encryption-data" in archive.text(_MANIFEST):
        raise RefusedFileError(errors.PASSWORD)
    if archive.has("mimetype") and b"spreadsheet" not in archive.text("mimetype"):
        raise RefusedFileError(errors.wrong_kind("a text document or a drawing"))
    walker = _Walker()
    stream(_content(archive), walker.start, walker.end, walker.text)
    sheets: list[Sheet] = []
    for name, style, cells in walker.tables:
        if style in walker.hidden_styles:
            continue
        if len(sheets) == limits.MAX_SHEETS:
            raise RefusedFileError(errors.TOO_MANY_SHEETS)
        sheets.append(sheet_of_cells(name, cells))
    hidden = len(walker.tables) - len(sheets)
    dropped = {
        "comments": walker.comments,
        "embedded files": len([name for name in archive.under("Object ") if name.endswith("content.xml")]),
        "pictures and drawings": len(archive.under("Pictures/")),
        "properties": int(archive.has("meta.xml")),
    }
    stray = sum(cells.stray for _, _, cells in walker.tables)
    notes = (
        (f"{counted(stray, 'cell')} far outside the table {'was' if stray == 1 else 'were'} left out.",)
        if stray
        else ()
    )
    hidden_columns = sum(count_hidden(cells) for _, style, cells in walker.tables if style not in walker.hidden_styles)
    return Workbook(
        tuple(sheets), notes, hidden, hidden_columns, {what: count for what, count in dropped.items() if count}
    )


def _content(archive: Archive) -> Iterator[bytes]:
    return archive.chunks("content.xml")


@dataclass
class _Cell:
    position: int
    repeat: int = 1
    down: int = 1
    across: int = 1
    kind: str = ""
    value: str = ""
    covered: bool = False
    paragraphs: list[str] = field(default_factory=list)


class _Walker:
    """Hold the place in content.xml while expat walks it."""

    def __init__(self) -> None:
        self.tables: list[tuple[str, str, SheetCells]] = []
        self.hidden_styles: set[str] = set()
        self.comments = 0
        self._style = ""
        self._cells = SheetCells()
        self._merges: list[Merge] = []
        self._spent = self._depth = self._annotation = 0
        self._row, self._repeat, self._column, self._place = 0, 1, 0, 0
        self._values: dict[int, str] = {}
        self._cell: _Cell | None = None
        self._pieces: list[str] = []
        self._paragraph = 0

    def start(self, name: str, attributes: Attributes) -> None:
        prefix, _, name = name.rpartition(":")
        handler = _STARTS.get(name)
        if self._annotation:
            self._annotation += name == "annotation"
        elif name == "annotation":
            self._annotation, self.comments = 1, self.comments + 1
        elif handler is not None and prefix in {"table", "text", "style", ""}:
            handler(self, {local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        name = local(name)
        if self._annotation:
            self._annotation -= name == "annotation"
            return
        if name == "p" and self._cell is not None and self._paragraph:
            self._paragraph -= 1
            if not self._paragraph:
                self._cell.paragraphs.append("".join(self._pieces))
                self._pieces.clear()
        elif name in {"table-cell", "covered-table-cell"}:
            self._close_cell()
        elif name == "table-row":
            self._close_row()
        elif name == "table":
            self._close_table()

    def text(self, characters: str) -> None:
        if self._paragraph and not self._annotation:
            self._pieces.append(characters)

    def open_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("name", "")

    def open_properties(self, attributes: Attributes) -> None:
        if attributes.get("display") == "false":
            self.hidden_styles.add(self._style)

    def open_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            self._cells, self._merges = SheetCells(), []
            self._row = self._column = 0
            self.tables.append((attributes.get("name", ""), attributes.get("style-name", ""), self._cells))

    def open_column(self, attributes: Attributes) -> None:
        repeat = _count(attributes.get("number-columns-repeated"))
        if attributes.get("visibility") in _HIDDEN:
            self._cells.hidden_columns.update(range(self._column, min(self._column + repeat, limits.MAX_COLUMNS)))
        self._column += repeat

    def open_row(self, attributes: Attributes) -> None:
        self._repeat = _count(attributes.get("number-rows-repeated"))
        self._place, self._values = 0, {}

    def open_cell(self, attributes: Attributes) -> None:
        kind = attributes.get("value-type", "")
        value = {
            "date": attributes.get("date-value", ""),
            "time": attributes.get("time-value", ""),
            "boolean": attributes.get("boolean-value", ""),
            "string": attributes.get("string-value", ""),
        }.get(kind, attributes.get("value", ""))
        self._cell = _Cell(
            self._place,
            _count(attributes.get("number-columns-repeated")),
            _count(attributes.get("number-rows-spanned")),
            _count(attributes.get("number-columns-spanned")),
            kind,
            value,
        )
        self._place += self._cell.repeat

    def open_covered(self, attributes: Attributes) -> None:
        self.open_cell(attributes)
        if self._cell is not None:
            self._cell.covered = True

    def open_paragraph(self, _attributes: Attributes) -> None:
        if self._cell is not None:
            self._paragraph += 1

    def open_spaces(self, attributes: Attributes) -> None:
        if self._paragraph:
            self._pieces.append(" " * min(_count(attributes.get("c")), 100))

    def open_tab(self, _attributes: Attributes) -> None:
        if self._paragraph:
            self._pieces.append("\t")

    def open_break(self, _attributes: Attributes) -> None:
        if self._paragraph:
            self._pieces.append("\n")

    def _close_cell(self) -> None:
        cell, self._cell = self._cell, None
        self._paragraph = 0
        self._pieces.clear()
        if cell is None or cell.covered:
            return
        value = _cell_text(cell)
        if not value or value.isspace():
            return
        number = self._row + 1
        if len(value) > limits.MAX_CELL_CHARACTERS:
            raise RefusedFileError(errors.long_cell(number))
        for position in range(cell.position, min(cell.position + cell.repeat, limits.MAX_COLUMNS)):
            self._values[position] = value
        outside = cell.position + cell.repeat - limits.MAX_COLUMNS
        if outside > 0:
            self._cells.stray += outside
            if self._cells.stray > limits.MAX_STRAY_CELLS:
                raise RefusedFileError(errors.TOO_MANY_COLUMNS)
        if (cell.down > 1 or cell.across > 1) and len(self._merges) < limits.MAX_MERGES:
            last = (number + cell.down - 1, cell.position + cell.across - 1)
            self._merges.append(((number, cell.position), last))

    def _close_row(self) -> None:
        if self._values:
            self._spent += len(self._values) * self._repeat
            if self._spent > limits.MAX_CELLS:
                raise RefusedFileError(errors.TOO_MANY_CELLS)
            for offset in range(self._repeat):
                self._cells.rows.append(dict(self._values))
                self._cells.numbers.append(self._row + 1 + offset)
        self._row = min(self._row + self._repeat, _LAST_ROW)

    def _close_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            # A merged cell may reach rows that hold nothing else: they count as blank.
            unmerge(self._cells, self._merges)


_STARTS = {
    "style": _Walker.open_style,
    "table-properties": _Walker.open_properties,
    "table": _Walker.open_table,
    "table-column": _Walker.open_column,
    "table-row": _Walker.open_row,
    "table-cell": _Walker.open_cell,
    "covered-table-cell": _Walker.open_covered,
    "p": _Walker.open_paragraph,
    "s": _Walker.open_spaces,
    "tab": _Walker.open_tab,
    "line-break": _Walker.open_break,
}


def _count(value: str | None) -> int:
    return max(1, min(int(value), _LAST_ROW)) if value is not None and value.isdecimal() and len(value) < 9 else 1  # noqa: PLR2004 - digits of a count


def _cell_text(cell: _Cell) -> str:
    shown = "\n".join(cell.paragraphs)
    if cell.kind == "date" and cell.value:
        return cell.value.replace("T", " ").removesuffix("Z").removesuffix(" 00:00:00")
    if cell.kind == "time" and cell.value.startswith(_ZERO_TIME):
        return _duration(cell.value) or shown
    if cell.kind in {"float", "percentage", "currency"}:
        return shown if _padded(shown) else _number(cell.value) or shown
    if cell.kind == "boolean":
        return cell.value.upper()
    return "" if shown.startswith(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "Err:")) else shown or cell.value


def _padded(shown: str) -> bool:
    """A number shown with leading noughts ('0815') is read as shown."""
    return len(shown) > 1 and shown.isdecimal() and shown.startswith("0")


def _number(value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return ""
    if number != number or abs(number) == float("inf"):  # noqa: PLR0124 - a number unlike itself is no number
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"  # noqa: PLR2004 - beyond 15 digits a spreadsheet rounds


def _duration(value: str) -> str:
    """Turn 'PT14H05M00S' into '14:05:00'."""
    hours, _, rest = value.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.partition("M")
    whole = seconds.rstrip("S").partition(".")[0]
    if not (hours.isdecimal() and minutes.isdecimal() and whole.isdecimal()):
        return ""
    return f"{int(hours) % 24:02d}:{int(minutes):02d}:{int(whole):02d}"
