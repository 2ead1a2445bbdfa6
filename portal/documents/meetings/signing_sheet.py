"""The sheet on which people sign at a meeting by hand: the same statement, room for names, nothing filled in (Appendix 2)."""

from dataclasses import dataclass

from portal.documents.layout import prose
from portal.documents.layout.flow import LEAD, SMALL, LabelledLine
from portal.documents.layout.frame import Letterhead, Paper
from portal.documents.layout.sheet import INK, SIDE, WIDTH

_COLUMNS = (("Name in capitals", 56.0), ("Organisation, or 'for myself'", 58.0), ("Signature", 52.0))  # mm
_ROW = 13.0  # mm high: room for a signature
_ROWS = 14


@dataclass(frozen=True, kw_only=True)
class SigningSheet:
    """What stands on the sheet before anybody has signed; statement and undertakings are the edition's Markdown."""

    meeting: str
    day: str
    place: str
    chair: str
    edition: str
    sha256: str
    statement: str
    undertakings: str


def signing_sheet(head: Letterhead, sheet: SigningSheet) -> bytes:
    """Make the sheet for those without a phone; the Chair types it in later (clause s10.with-attendance-list)."""
    paper = Paper(head, "Sign on paper", under=f"{sheet.meeting}, {sheet.day}")
    paper.facts((LabelledLine("Place", sheet.place), LabelledLine("Chair", sheet.chair)))
    prose.write(paper, sheet.statement, top=2)
    prose.write(paper, sheet.undertakings, top=2)
    paper.paragraph("Sign only if you agree to all of it. If you do not agree, tell the Chair.", style="B")
    _headings(paper)
    for _ in range(_ROWS):
        before = paper.sheet.page
        paper.keep(_ROW + 1)
        if paper.sheet.page != before:
            _headings(paper)
        _row(paper)
    paper.sheet.ln(4)
    paper.paragraph(f"Words of the {sheet.edition}. Hash of its text (SHA-256): {sheet.sha256}", size=SMALL, grey=True)
    return paper.finish()


def _headings(paper: Paper) -> None:
    paper.keep(LEAD + _ROW)
    paper.sheet.face(SMALL, "B")
    left = SIDE
    for title, width in _COLUMNS:
        paper.sheet.set_x(left)
        paper.sheet.cell(width, LEAD, title)
        left += width
    paper.sheet.ln(LEAD + 1)
    paper.rule(thickness=0.5)


def _row(paper: Paper) -> None:
    sheet = paper.sheet
    top, left = sheet.get_y(), SIDE
    sheet.set_draw_color(*INK)
    sheet.set_line_width(0.2)
    for _, width in _COLUMNS[:-1]:
        left += width
        sheet.line(left - 2, top + 2, left - 2, top + _ROW - 1)
    sheet.line(SIDE, top + _ROW, SIDE + WIDTH, top + _ROW)
    sheet.set_y(top + _ROW)
