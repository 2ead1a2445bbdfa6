"""How words flow down a paper: headings, paragraphs, lists, definition lists, tables. Typed text is never markup."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fpdf import FontFace, XPos, YPos
from fpdf.enums import MethodReturnValue, TableBordersLayout

from portal.documents.layout.fonts import plain
from portal.documents.layout.sheet import ACCENT, GREY, INK, LINE, SIDE, WASH, WIDTH, PaperSheet

BODY_SIZE, SMALL = 10.5, 9.0  # points
LEAD = 5.4  # mm from line to line of body text
LABEL = 50.0  # mm for the left column of a definition list
CELL_LIMIT = 900  # characters: a longer cell goes on in another row, so that no row outgrows a page
CELL_LINES = 25  # and the same for a cell of many short lines
_UNBROKEN, _SMALLEST = 90, 7.5  # characters of a word that is made smaller rather than broken, and points
_HEADINGS = {1: (15.0, 7.0, 7.0), 2: (12.5, 4.5, 6.0), 3: (11.0, 3.0, 5.4)}  # level: points, space before, line height


@dataclass(frozen=True)
class LabelledLine:
    """One line of a definition list: what it is, and what it is in this case."""

    label: str
    value: str


class Flow:
    """Words put on a sheet from the top down. Lengths are mm."""

    def __init__(self, sheet: PaperSheet) -> None:
        """Write on this sheet."""
        self.sheet = sheet

    def heading(self, text: str, level: int = 1, *, room: float = 6.5 * LEAD) -> None:
        """Write a heading of level 1, 2 or 3 with a bookmark; it stays with as much of what follows as `room` says."""
        size, before, line = _HEADINGS[level]
        self.keep(before + line + room)
        text = self.ready(text).replace("\n", " ")
        if self.sheet.get_y() > self.sheet.t_margin + 1:
            self.sheet.ln(before)
        if text.strip():
            self.sheet.start_section(text, level - 1, strict=False)
        self.sheet.face(size, "B", ACCENT if level == 1 else INK)
        self.lines(text, line)
        self.sheet.ln(1.8)

    def paragraph(self, text: str, *, style: str = "", size: float = BODY_SIZE, grey: bool = False) -> None:
        """Write a paragraph; line breaks in the text stay."""
        self.sheet.face(size, style, GREY if grey else INK)
        self.lines(self.ready(text), LEAD * size / BODY_SIZE)
        self.sheet.ln(2.2)

    def bullets(self, items: Iterable[str]) -> None:
        """Write a list with a dot before each item."""
        for item in items:
            self.keep(2 * LEAD)
            self.sheet.face(BODY_SIZE)
            self.sheet.set_x(self.sheet.l_margin + 2)
            self.sheet.cell(4, LEAD, "•")
            with self.indented(7):
                self.lines(self.ready(item), LEAD)
            self.sheet.ln(1.4)
        self.sheet.ln(1.5)

    def facts(self, facts: Iterable[LabelledLine]) -> None:
        """Write a definition list: label left, value right, a thin rule between; a long value runs over pages."""
        for fact in facts:
            self._fact(self.ready(fact.label), self.ready(fact.value).strip() or "Not given")
        self.sheet.ln(2)

    def table(
        self, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], *, size: float = SMALL
    ) -> None:
        """Write a table whose headings come again on each page; widths are proportions."""
        ready = [part for row in rows for part in _parts([self.ready(cell) for cell in row])]
        titles = [self.ready(heading) for heading in headings]
        self.keep(6 * LEAD)
        self.sheet.face(size)
        self.sheet.set_draw_color(*LINE)
        self.sheet.set_line_width(0.2)
        self.sheet.set_fill_color(255)
        with self.sheet.table(
            col_widths=tuple(widths),
            text_align="LEFT",
            v_align="TOP",
            line_height=LEAD * size / BODY_SIZE,
            padding=(1.5, 2, 1.5, 1),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", fill_color=WASH, color=INK),
        ) as table:
            for row in [titles, *ready]:
                table.row(row)
        self.rule()
        self.sheet.ln(4)

    def rule(self, ink: tuple[int, int, int] = LINE, thickness: float = 0.2) -> None:
        """Draw a line across the text."""
        self.sheet.set_draw_color(*ink)
        self.sheet.set_line_width(thickness)
        self.sheet.line(SIDE, self.sheet.get_y(), SIDE + WIDTH, self.sheet.get_y())

    def new_page(self) -> None:
        """Go on at the head of a new page, unless already there."""
        if self.sheet.page == 1 or self.sheet.get_y() > self.sheet.t_margin + 1:
            self.sheet.add_page()

    def keep(self, height: float) -> None:
        """Go to a new page where less than this is left."""
        if self.sheet.will_page_break(height):
            self.new_page()

    def ready(self, text: str) -> str:
        """Make typed text fit to print and load the fonts it needs."""
        return self.sheet.prepare(plain(text))

    def lines(self, text: str, line: float) -> None:
        """Write ready text in the present face from margin to margin."""
        self.sheet.set_x(self.sheet.l_margin)
        self.sheet.multi_cell(0, line, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def height(self, text: str, line: float, width: float) -> float:
        """Measure ready text in the present face at a width."""
        if (
            "\n" not in text and self.sheet.get_string_width(text) < width - 0.5
        ):  # what fits on one line is not set twice
            return line
        measured = self.sheet.multi_cell(width, line, text, align="L", dry_run=True, output=MethodReturnValue.HEIGHT)
        return float(measured)  # type: ignore[arg-type]  # HEIGHT alone gives a number

    @contextmanager
    def indented(self, left: float, right: float = 0) -> Iterator[None]:
        """Write between narrower margins."""
        before = self.sheet.l_margin, self.sheet.r_margin
        self.sheet.l_margin, self.sheet.r_margin = before[0] + left, before[1] + right
        try:
            yield
        finally:
            self.sheet.l_margin, self.sheet.r_margin = before
            self.sheet.set_x(self.sheet.l_margin)

    def _fact(self, label: str, value: str) -> None:
        sheet = self.sheet
        sheet.face(BODY_SIZE, "B")
        beside = self.height(label, LEAD, LABEL - 4)
        self.keep(max(beside, 2 * LEAD) + 3)
        top, page = sheet.get_y(), sheet.page
        sheet.face(BODY_SIZE, "B")
        sheet.multi_cell(LABEL - 4, LEAD, label, align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
        sheet.face(self._fitting(value, WIDTH - LABEL))
        sheet.set_y(top)
        with self.indented(LABEL):
            self.lines(value, LEAD)
        if sheet.page == page:
            sheet.set_y(max(sheet.get_y(), top + beside))
        sheet.ln(1.4)
        self.rule()
        sheet.ln(1.6)

    def _fitting(self, value: str, width: float) -> float:
        """Give the size at which a hash or an address stands on one line: broken, it could not be copied."""
        self.sheet.face(BODY_SIZE)
        if " " in value or len(value) > _UNBROKEN:
            return BODY_SIZE
        return max(min(BODY_SIZE, BODY_SIZE * (width - 0.5) / (self.sheet.get_string_width(value) or 1)), _SMALLEST)


def _parts(row: Sequence[str]) -> list[list[str]]:
    """Split a row with a very long cell into rows that each fit on a page."""
    columns = [_pieces(cell) for cell in row]
    return [[column[i] if i < len(column) else "" for column in columns] for i in range(max(map(len, columns)))]


def _pieces(cell: str) -> list[str]:
    pieces: list[str] = []
    rest = cell.strip()
    while len(rest) > CELL_LIMIT or rest.count("\n") > CELL_LINES:
        lines = rest.split("\n", CELL_LINES)
        limit = min(CELL_LIMIT, len("\n".join(lines[:CELL_LINES])))
        cut = max(rest.rfind(" ", 0, limit + 1), rest.rfind("\n", 0, limit + 1))
        cut = cut if cut > 0 else max(limit, 1)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest]
