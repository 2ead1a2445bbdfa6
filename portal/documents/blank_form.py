"""A form to fill in by hand: the questions of the portal's own form, with space to write. Nothing is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portal.documents.layout import prose
from portal.documents.layout.flow import BODY_SIZE, LEAD, SMALL
from portal.documents.layout.frame import Letterhead, Paper
from portal.documents.layout.sheet import GREY, INK, LINE, SIDE, WIDTH

_RULED = 8.5  # mm from one line to write on to the next
_LINES = {"line": 1, "long": 4}
_BOX, _SQUARE = 20.0, 3.6  # mm: a box to sign in, a square to tick
_CELL = 9.5  # mm high: a row of a table


@dataclass(frozen=True, kw_only=True)
class BlankQuestion:
    """One question. `options` are tick boxes with a line below each ('' for none); `headings` those of a table."""

    label: str
    kind: Literal["line", "long", "pick", "date", "signature", "table", "promise"]
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    rows: int = 12


@dataclass(frozen=True, kw_only=True)
class BlankPart:
    """A part of a form: a heading, words above its questions (the edition's Markdown), the questions."""

    title: str
    text: str = ""
    blanks: tuple[BlankQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class BlankForm:
    """A whole form. `then` says what becomes of it: who types it in, and where."""

    title: str
    under: str
    then: str
    parts: tuple[BlankPart, ...]
    edition: str
    sha256: str


def blank_form(head: Letterhead, form: BlankForm) -> bytes:
    """Make the PDF of a form to fill in by hand."""
    paper = Paper(head, form.title, under=form.under)
    paper.panel("What becomes of this paper", form.then)
    for part in form.parts:
        paper.heading(part.title, 2, room=30)
        if part.text:
            prose.write(paper, part.text, top=3)
        for blank in part.blanks:
            _blank(paper, blank)
    paper.sheet.ln(3)
    paper.paragraph(f"Words of the {form.edition}. Hash of its text (SHA-256): {form.sha256}", size=SMALL, grey=True)
    return paper.finish()


def _blank(paper: Paper, blank: BlankQuestion) -> None:
    room = {
        "long": 4 * _RULED,
        "signature": _BOX,
        "table": min(blank.rows, 8) * _CELL,
        "pick": 9.0 * len(blank.options),
    }
    paper.keep(room.get(blank.kind, _RULED) + 3 * LEAD)
    paper.sheet.face(BODY_SIZE, "B")
    paper.lines(paper.ready(blank.label), LEAD)
    if blank.hint:
        paper.sheet.face(SMALL, ink=GREY)
        paper.lines(paper.ready(blank.hint), LEAD * SMALL / BODY_SIZE)
    match blank.kind:
        case "line" | "long":
            _ruled(paper, _LINES[blank.kind])
        case "date":
            _date(paper)
        case "pick":
            _squares(paper, blank.options)
        case "promise":
            _squares(paper, (("I agree", ""),))
        case "signature":
            _box(paper)
        case "table":
            _grid(paper, blank.headings, blank.rows)
    paper.sheet.ln(3.5)


def _ruled(paper: Paper, lines: int) -> None:
    sheet = paper.sheet
    sheet.set_draw_color(*LINE)
    sheet.set_line_width(0.3)
    for _ in range(lines):
        paper.keep(_RULED)
        sheet.ln(_RULED)
        sheet.line(SIDE, sheet.get_y(), SIDE + WIDTH, sheet.get_y())


def _date(paper: Paper) -> None:
    sheet = paper.sheet
    sheet.ln(_RULED)
    left = SIDE
    sheet.face(SMALL, ink=GREY)
    sheet.set_draw_color(*LINE)
    for words, width in (("Day", 22.0), ("Month", 34.0), ("Year", 28.0)):
        sheet.line(left, sheet.get_y(), left + width, sheet.get_y())
        sheet.set_xy(left, sheet.get_y() + 0.5)
        sheet.cell(width, LEAD, words)
        sheet.set_y(sheet.get_y() - 0.5)
        left += width + 6
    sheet.ln(LEAD)


def _squares(paper: Paper, options: Sequence[tuple[str, str]]) -> None:
    sheet = paper.sheet
    for label, hint in options:
        paper.keep(LEAD * 2)
        sheet.ln(1.2)
        sheet.set_draw_color(*INK)
        sheet.set_line_width(0.3)
        sheet.rect(SIDE + 1, sheet.get_y() + 0.8, _SQUARE, _SQUARE)
        with paper.indented(8):
            sheet.face(BODY_SIZE)
            paper.lines(paper.ready(label), LEAD)
            if hint:
                sheet.face(SMALL, ink=GREY)
                paper.lines(paper.ready(hint), LEAD * SMALL / BODY_SIZE)


def _box(paper: Paper) -> None:
    sheet = paper.sheet
    sheet.set_draw_color(*GREY)
    sheet.set_line_width(0.3)
    sheet.rect(SIDE, sheet.get_y() + 1, 100, _BOX - 2)
    sheet.ln(_BOX)


def _grid(paper: Paper, headings: Sequence[str], rows: int) -> None:
    sheet, width = paper.sheet, WIDTH / max(len(headings), 1)
    sheet.face(SMALL, "B")
    titles = [paper.ready(title) for title in headings]
    high = max(paper.height(title, 4.4, width - 2) for title in titles) + 2
    top = sheet.get_y() + 1
    for number, title in enumerate(titles):
        sheet.set_xy(SIDE + number * width, top)
        sheet.multi_cell(width - 2, 4.4, title, align="L")
    sheet.set_y(top + high)
    sheet.set_draw_color(*GREY)
    sheet.set_line_width(0.2)
    for _ in range(rows):
        paper.keep(_CELL)
        at = sheet.get_y()
        for number in range(len(titles)):
            sheet.rect(SIDE + number * width, at, width, _CELL)
        sheet.set_y(at + _CELL)
