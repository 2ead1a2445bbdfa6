"""Read an XML Spreadsheet of 2003, as reporting systems write it: shown cells only, formulas never run."""

from dataclasses import dataclass, field

from portal.spreadsheets import limits
from portal.spreadsheets.grid import Budget, Grid, no_more_sheets
from portal.spreadsheets.number_formats import GENERAL, Format, number_text, read_format
from portal.spreadsheets.sheets import Sheet, Workbook
from portal.spreadsheets.xlsx.cells import count_hidden
from portal.spreadsheets.xml_stream import Attributes, local, stream

_NAMED = {
    "general date": "dd/mm/yyyy hh:mm", "long date": "dd/mm/yyyy", "medium date": "dd/mm/yyyy", "short date": "dd/mm/yyyy",
    "long time": "hh:mm:ss", "medium time": "hh:mm", "short time": "hh:mm",
}  # fmt: skip
_NO_DAY = "1899-12-31T"
_CHUNK = 256 * 1024
_LAST_ROW = 1_048_576


def read_xml_2003(source: bytes) -> Workbook:
    """Return the shown sheets of a workbook.

    Raises:
        RefusedFileError: damage, an entity, or more than a return may hold.
    """
    walker = _XmlWalker()
    pieces = (source[at : at + _CHUNK] for at in range(0, len(source), _CHUNK))
    stream(pieces, walker.start, walker.end, walker.text)
    sheets: list[Sheet] = []
    for one in walker.sheets:
        if one.shown:
            sheets.append(one.grid.sheet(one.name))
            no_more_sheets(sheets)
    hidden = sum(count_hidden(one.grid.cells) for one in walker.sheets if one.shown)
    dropped = {"comments": walker.comments} if walker.comments else {}
    return Workbook(tuple(sheets), (), len(walker.sheets) - len(sheets), hidden, dropped)


@dataclass
class _XmlSheet:
    name: str
    grid: Grid
    shown: bool = True


@dataclass
class _XmlCell:
    position: int
    style: str
    kind: str = ""
    down: int = 0
    across: int = 0
    pieces: list[str] = field(default_factory=list)


class _XmlWalker:
    """Hold the place in the file while it is walked."""

    def __init__(self) -> None:
        self.sheets: list[_XmlSheet] = []
        self.comments = 0
        self._budget = Budget()
        self._formats: dict[str, Format] = {}
        self._style = ""
        self._row = self._position = self._column = self._comment = 0
        self._row_style = ""
        self._cell: _XmlCell | None = None
        self._collecting = self._visible = False
        self._said = ""

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        said = {local(key): value for key, value in attributes.items()}
        if name == "Comment":
            self._comment, self.comments = self._comment + 1, self.comments + 1
        elif name == "Style":
            self._style = said.get("ID", "")
        elif name == "NumberFormat":
            code = said.get("Format", "")
            self._formats[self._style] = read_format(0, _NAMED.get(code.lower(), code) or None)
        elif name == "Worksheet":
            self.sheets.append(_XmlSheet(said.get("Name", ""), Grid(self._budget)))
            self._row = self._column = 0
        elif name == "Visible":
            self._visible, self._said = True, ""
        elif self.sheets:
            self._inside(name, said)

    def _inside(self, name: str, said: Attributes) -> None:
        if name == "Column":
            first = _number(said.get("Index"), self._column + 1) - 1
            last = first + _number(said.get("Span"), 0)
            if said.get("Hidden") == "1" or said.get("Width") == "0":
                hidden = range(min(first, limits.MAX_COLUMNS), min(last + 1, limits.MAX_COLUMNS))
                self.sheets[-1].grid.cells.hidden_columns.update(hidden)
            self._column = last + 1
        elif name == "Row":
            self._row = _number(said.get("Index"), self._row + 1)
            self._position, self._row_style = 0, said.get("StyleID", "")
        elif name == "Cell":
            self._position = _number(said.get("Index"), self._position + 1)
            down, across = _number(said.get("MergeDown"), 0), _number(said.get("MergeAcross"), 0)
            self._cell = _XmlCell(self._position - 1, said.get("StyleID", self._row_style), "", down, across)
            self._position += across
        elif name == "Data" and self._cell is not None and not self._comment:
            self._cell.kind, self._collecting = said.get("Type", "String"), True

    def text(self, characters: str) -> None:
        if self._visible:
            self._said += characters[:20]
        elif self._collecting and self._cell is not None:
            self._cell.pieces.append(characters)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "Comment":
            self._comment -= 1
        elif name == "Visible":
            self._visible = False
            if self.sheets and "hidden" in self._said.lower():
                self.sheets[-1].shown = False
        elif name == "Data" and not self._comment:
            self._collecting = False
        elif name == "Cell" and self._cell is not None:
            cell, self._cell = self._cell, None
            grid = self.sheets[-1].grid
            grid.put(self._row, cell.position, self._text(cell))
            grid.merge(self._row, cell.position, self._row + cell.down, cell.position + cell.across)
        elif name == "Row" and self._row > _LAST_ROW:
            self._row = _LAST_ROW

    def _text(self, cell: _XmlCell) -> str:
        text = "".join(cell.pieces)
        if cell.kind == "Error":
            return ""
        if cell.kind == "Boolean":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if cell.kind == "Number":
            return number_text(text.strip(), self._formats.get(cell.style, GENERAL))
        if cell.kind == "DateTime":
            plain = text.strip().partition(".")[0]
            if plain.startswith(_NO_DAY):
                return plain.removeprefix(_NO_DAY)
            return plain.replace("T", " ").removesuffix(" 00:00:00")
        return text


def _number(value: str | None, otherwise: int) -> int:
    return min(int(value), _LAST_ROW) if value is not None and value.isdecimal() and len(value) < 9 else otherwise  # noqa: PLR2004 - digits of a place
