"""Read the tables of a web page: shown cells only. Scripts, styles, comments and links are passed over, and nothing is fetched."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.grid import Budget, Grid, no_more_sheets
from portal.spreadsheets.plain_text.decoding import decode
from portal.spreadsheets.sheets import Sheet, Workbook
from portal.spreadsheets.xlsx.cells import count_hidden

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_GAPS = re.compile(r"[\s\xa0]+")
_SILENT = frozenset({"script", "style", "title", "template", "textarea", "select"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252", "cp1252", "iso-8859-1", "latin-1", "us-ascii"})  # fmt: skip
_DEEPEST = 20  # tables within tables

Attributes = dict[str, str]


def read_html(source: bytes) -> Workbook:
    """Return each table of a page as a sheet.

    Raises:
        RefusedFileError: there is no table, or more than a return may hold.
    """
    return workbook_of([text_of(source)])


def workbook_of(pages: list[str]) -> Workbook:
    """Return each table of some pages as a sheet."""
    budget = Budget()
    sheets: list[Sheet] = []
    hidden_columns = 0
    for page in pages:
        reader = _HtmlReader(budget)
        reader.feed(page)
        reader.close()
        for grid in reader.finished():
            hidden_columns += count_hidden(grid.cells)
            sheets.append(grid.sheet(""))
            no_more_sheets(sheets)
    if not sheets:
        raise RefusedFileError(errors.wrong_kind("a web page without a table"))
    return Workbook(tuple(sheets), (), 0, hidden_columns)


def text_of(source: bytes, said: str = "") -> str:
    """Return a page's text, by the encoding that it or its envelope names, else by its bytes."""
    named = _CHARSET.search(source[:4096])
    encoding = (said or (named.group(1).decode("ascii") if named else "")).lower()
    if encoding in _ENCODINGS and not source.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        wide = b"\x00" in source[:64]
        try:
            return (
                source.decode("cp1252" if encoding in {"iso-8859-1", "latin-1"} else encoding)
                if not wide
                else decode(source)[0]
            )
        except UnicodeDecodeError:
            return decode(source)[0]
    return decode(source)[0]


@dataclass
class _HtmlTable:
    grid: Grid
    row: int = 0
    position: int = 0
    column: int = 0  # of the <col> that comes next
    reach: dict[int, int] = field(default_factory=dict)  # position -> the last row that a cell above covers
    pieces: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    hidden: bool = False


class _HtmlReader(HTMLParser):
    """Walk a page's marks; `convert_charrefs` knows the standard signs alone, so no entity can grow."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=True)
        self._budget = budget
        self._open: list[_HtmlTable] = []
        self._done: list[Grid] = []
        self._silent = 0

    def finished(self) -> list[Grid]:
        """Return the tables that held something, those that were never closed too."""
        while self._open:
            self._close_table()
        return [grid for grid in self._done if grid.cells.rows]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
            return
        if self._silent:
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._open_table()
        elif not self._open:
            return
        elif tag == "tr":
            self._open_row()
        elif tag in {"td", "th"}:
            self._open_cell(attributes)
        elif tag == "col":
            self._hide(attributes)
        elif tag in _BREAKS and self._open[-1].pieces is not None:
            self._open[-1].pieces.append("\n" if tag == "br" else " ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            return
        self.handle_starttag(tag, attrs)
        if tag in {"td", "th", "tr", "table"}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._silent or not self._open:
            return
        elif tag in {"td", "th"} or tag == "tr":
            self._close_cell()
        elif tag == "table":
            self._close_table()

    def handle_data(self, data: str) -> None:
        if not self._silent and self._open and self._open[-1].pieces is not None:
            self._open[-1].pieces.append(data)

    def unknown_decl(self, data: str) -> None:
        """Pass over what no page of today has ('<![if !supportMisalignedColumns]>')."""

    def _open_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            raise RefusedFileError(errors.TAMPERED)
        self._open.append(_HtmlTable(Grid(self._budget)))

    def _close_table(self) -> None:
        self._close_cell()
        self._done.append(self._open.pop().grid)

    def _open_row(self) -> None:
        self._close_cell()
        table = self._open[-1]
        table.row += 1
        table.position = 0

    def _open_cell(self, attributes: Attributes) -> None:
        self._close_cell()
        table = self._open[-1]
        table.row = table.row or 1
        while table.reach.get(table.position, 0) >= table.row:
            table.position += 1
        table.span = (
            _number(attributes.get("rowspan"), limits.MAX_MERGED_ROWS),
            _number(attributes.get("colspan"), limits.MAX_COLUMNS),
        )
        table.hidden = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
        table.pieces = []

    def _close_cell(self) -> None:
        table = self._open[-1]
        if table.pieces is None:
            return
        text, table.pieces = _GAPS.sub(" ", "".join(table.pieces)).strip(), None
        down, across = table.span
        last = table.position + across - 1
        if table.hidden:
            table.grid.cells.hidden_columns.update(range(table.position, min(last + 1, limits.MAX_COLUMNS)))
        table.grid.put(table.row, table.position, text)
        if text:
            table.grid.merge(table.row, table.position, table.row + down - 1, last)
        if down > 1:
            table.reach.update(
                dict.fromkeys(range(table.position, min(last + 1, limits.MAX_COLUMNS)), table.row + down - 1)
            )
        table.position = last + 1

    def _hide(self, attributes: Attributes) -> None:
        table = self._open[-1]
        span = _number(attributes.get("span"), limits.MAX_COLUMNS)
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) or attributes.get("width") == "0":
            table.grid.cells.hidden_columns.update(range(table.column, min(table.column + span, limits.MAX_COLUMNS)))
        table.column += span


def _number(value: str | None, most: int) -> int:
    return max(1, min(int(value), most)) if value is not None and value.isdecimal() and len(value) < 8 else 1  # noqa: PLR2004 - digits of a span
