"""The attendance list of a meeting: guidance, undertakings, names, organisations and signatures on one paper (Appendix 2)."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout import prose
from portal.documents.layout.flow import LEAD, SMALL, LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment
from portal.documents.layout.sheet import GREY, SIDE, WIDTH

_COLUMNS = (50.0, 50.0, 66.0)  # mm: print name, organisation, signature; they fill the width of the text
_PICTURE = 13.0  # mm high, a drawn signature on the list


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """One line of the list. `struck` is the Chair's reason where the line was struck out: it stays, struck."""

    name: str
    organisation: str
    signature: PaperSignature
    signed_at: datetime
    how: str  # "On their own phone", "On the Chair's tablet", "On paper"
    note: str = ""  # "Open session only", "Admitted by the Chair: …"
    struck: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceList:
    """A meeting and those who signed. `statement` stands above the undertakings; both are the edition's Markdown."""

    meeting: str
    day: str
    place: str
    chair: str
    session: str
    edition: str
    sha256: str
    statement: str
    undertakings: str
    attendees: tuple[Attendee, ...]
    facts: tuple[LabelledLine, ...] = ()


def attendance_paper(head: Letterhead, meeting: AttendanceList) -> bytes:
    """Make the signed attendance list (clauses s10.with-attendance-list, app2.opening-statement, app2.undertakings)."""
    paper = Paper(head, "Attendance list", under=f"{meeting.meeting}, {meeting.day}")
    paper.facts(
        (
            LabelledLine("Meeting", meeting.meeting),
            LabelledLine("Date", meeting.day),
            LabelledLine("Place", meeting.place),
            LabelledLine("Chair", meeting.chair),
            LabelledLine("Session", meeting.session),
            *meeting.facts,
            LabelledLine("Signed", f"{sum(not line.struck for line in meeting.attendees)}"),
        )
    )
    prose.write(paper, meeting.statement, top=2)
    paper.heading("Confidentiality guidance")
    prose.write(paper, meeting.undertakings, top=2)
    paper.heading("Who signed", room=45)
    if not meeting.attendees:
        paper.paragraph("Nobody has signed.")
    else:
        _headings(paper)
    for line in meeting.attendees:
        _line(paper, line)
    paper.sheet.ln(4)
    paper.paragraph(
        f"Words of the {meeting.edition}. Hash of its text (SHA-256): {meeting.sha256}", size=SMALL, grey=True
    )
    return paper.finish()


def _headings(paper: Paper) -> None:
    sheet = paper.sheet
    sheet.face(SMALL, "B")
    for title, left in zip(("Print name", "Organisation", "Signature"), _lefts(), strict=True):
        sheet.set_x(left)
        sheet.cell(40, LEAD, title)
    sheet.ln(LEAD + 1)
    paper.rule(thickness=0.5)
    sheet.ln(2)


def _line(paper: Paper, line: Attendee) -> None:
    """Write one attendee: three cells, then when and how beneath, in grey."""
    sheet = paper.sheet
    name, organisation = paper.ready(line.name), paper.ready(line.organisation)
    sheet.face(10.5)
    tall = max(
        paper.height(name, LEAD, _COLUMNS[0] - 4),
        paper.height(organisation, LEAD, _COLUMNS[1] - 4),
        _PICTURE + 1 if line.signature.drawn else 2 * LEAD,
    )
    before = sheet.page
    paper.keep(tall + 3 * LEAD)
    if sheet.page != before:
        _headings(paper)
    top = sheet.get_y()
    for text, left, width in zip((name, organisation), _lefts(), _COLUMNS, strict=False):
        sheet.set_xy(left, top)
        sheet.face(10.5)
        sheet.multi_cell(width - 4, LEAD, text, align="L")
    _signed(paper, line, top)
    sheet.set_y(top + tall + 0.6)
    details = " · ".join(part for part in (moment(line.signed_at), line.how, line.note) if part)
    sheet.face(8.5, ink=GREY)
    paper.lines(paper.ready(details), 4.4)
    if line.struck:
        _strike(paper, line, top)
    sheet.ln(1)
    paper.rule()
    sheet.ln(2)


def _signed(paper: Paper, line: Attendee, top: float) -> None:
    sheet, left = paper.sheet, _lefts()[2]
    drawn = line.signature.drawn
    sheet.set_xy(left, top)
    if drawn and paper.picture(drawn, "Signature drawn by hand", width=_COLUMNS[2], height=_PICTURE, left=left):
        return
    sheet.set_xy(left, top)
    sheet.face(13, "I")
    sheet.multi_cell(_COLUMNS[2], 6, paper.ready(line.signature.typed or line.signature.note), align="L")


def _strike(paper: Paper, line: Attendee, top: float) -> None:
    """Draw a line through the three cells; what was signed stays readable beneath it."""
    sheet = paper.sheet
    sheet.set_draw_color(23, 38, 43)
    sheet.set_line_width(0.3)
    at = sheet.get_y()
    sheet.line(SIDE, top + LEAD / 2, SIDE + WIDTH, top + LEAD / 2)
    sheet.set_y(at + 0.6)
    sheet.face(8.5, "B")
    paper.lines(paper.ready(f"Struck out by the Chair: {line.struck}"), 4.4)


def _lefts() -> tuple[float, float, float]:
    return SIDE, SIDE + _COLUMNS[0], SIDE + _COLUMNS[0] + _COLUMNS[1]
