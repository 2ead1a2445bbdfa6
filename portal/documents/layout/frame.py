"""The frame of every paper: letterhead, title, contents, panels, pictures and signatures."""

from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF, FPDFException, XPos, YPos
from fpdf.outline import OutlineSection

from portal.documents.layout.flow import BODY_SIZE, LEAD, SMALL, Flow
from portal.documents.layout.pictures import PictureError, printable, size
from portal.documents.layout.sheet import ACCENT, GREY, INK, SIDE, WASH, WIDTH, PaperSheet
from portal.ground.wording import UK, day

_PAD = 4.0  # mm inside a panel
_ENTRY = 80  # characters of a heading that fit on one line of the contents
_UNPRINTABLE = (PictureError, FPDFException, ValueError, TypeError, KeyError, IndexError, ArithmeticError, OSError)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What stands around every paper. `made_at` carries its zone; `verify_at` is the address where a seal is checked."""

    partnership: str
    reference: str
    marking: str
    made_at: datetime
    verify_at: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class PaperSignature:
    """A signature as it was given: typed, or drawn (bytes of a PNG). On paper: neither, and `note` says where it is."""

    typed: str = ""
    drawn: bytes | None = None
    note: str = ""


def moment(at: datetime) -> str:
    """Write a date and time to the second with its zone, as a signature needs it: 1 May 2026 at 2:30:05pm BST."""
    local = at.astimezone(UK)
    half = "am" if local.hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{day(at)} at {local.hour % 12 or 12}:{local:%M:%S}{half} {local:%Z}"


class Paper(Flow):
    """One paper being written. Every text is taken as it is: nothing typed is read as markup."""

    def __init__(self, head: Letterhead, title: str, *, under: str = "") -> None:
        """Begin a paper with its letterhead and title; `under` is one line beneath the title."""
        super().__init__(
            PaperSheet(
                partnership=head.partnership,
                title=title,
                reference=head.reference,
                marking=head.marking,
                made_at=head.made_at,
                verify_at=head.verify_at,
            )
        )
        self.head = head
        self.sheet.add_page()
        self._letterhead()
        self._title(title, under)

    def panel(self, title: str, text: str = "") -> None:
        """Write a tinted panel with a bar at its left: what matters most on this paper."""
        title, text = self.ready(title), self.ready(text).strip()
        height = (
            2 * _PAD + self._inside(title, 12, "B", 6.2) + (self._inside(text, BODY_SIZE, "", LEAD) + 1 if text else 0)
        )
        self.keep(min(height, self.sheet.eph))
        top, page = self.sheet.get_y(), self.sheet.page
        if top + height <= self.sheet.page_break_trigger:  # a text longer than a page stands without its tint
            self._tint(top, height)
        self.sheet.set_y(top + _PAD)
        with self.indented(_PAD + 2, right=_PAD):
            self.sheet.face(12, "B")
            self.lines(title, 6.2)
            if text:
                self.sheet.ln(1)
                self.sheet.face(BODY_SIZE)
                self.lines(text, LEAD)
        if self.sheet.page == page:
            self.sheet.set_y(top + height)
        self.sheet.ln(5)

    def signature(self, signature: PaperSignature, label: str = "Signature") -> None:
        """Write a signature above its line: drawn, or typed in italics."""
        sheet = self.sheet
        self.keep(36)
        self.paragraph(label, style="B", size=SMALL)
        if not (signature.drawn and self.picture(signature.drawn, "Signature drawn by hand", width=70, height=20)):
            sheet.ln(2)
            sheet.face(17, "I")
            self.lines(self.ready(signature.typed) or " ", 8)
        sheet.set_draw_color(*INK)
        sheet.set_line_width(0.3)
        sheet.line(SIDE, sheet.get_y() + 1, SIDE + 90, sheet.get_y() + 1)
        sheet.ln(2.5)
        how = "Drawn by hand" if signature.drawn else "Typed" if signature.typed else ""
        self.paragraph(" · ".join(part for part in (how, signature.note) if part) or " ", size=SMALL, grey=True)

    def picture(self, picture: bytes, alt: str, *, width: float, height: float, left: float = SIDE) -> bool:
        """Print a picture within a box in mm at the place reached; say False where it cannot be printed."""
        top = self.sheet.get_y()
        try:
            ready = printable(picture)
            wide, high = size(ready)
            scale = min(width / wide, height / high)
            self.sheet.image(ready, x=left, y=top, w=wide * scale, h=high * scale, alt_text=alt)
        except _UNPRINTABLE:  # a picture may not keep a paper from being issued
            return False
        self.sheet.set_y(top + high * scale)
        return True

    def contents(self) -> None:
        """Keep a page for the contents: every level 1 heading that follows, with its page and a link to it."""
        self.new_page()
        self.sheet.face(15, "B", ACCENT)
        self.lines("Contents", 7)
        self.sheet.ln(3)
        self.sheet.insert_toc_placeholder(_contents)

    def finish(self) -> bytes:
        """Give the bytes of the paper; the seal comes after."""
        return bytes(self.sheet.output())

    def _letterhead(self) -> None:
        sheet = self.sheet
        top = sheet.get_y()
        beside = 0.0
        if self.head.logo and self.picture(self.head.logo, f"Logo of {sheet.partnership}", width=40, height=16):
            beside = 44
        sheet.set_y(top + (5 if beside else 0))
        with self.indented(beside):
            sheet.face(12, "B", ACCENT)
            self.lines(sheet.partnership, 6)
        sheet.set_y(max(sheet.get_y(), top + (16 if beside else 6)) + 3)
        self.rule(ACCENT, 0.9)
        sheet.ln(7)

    def _title(self, title: str, under: str) -> None:
        self.sheet.face(22, "B")
        self.lines(self.ready(title), 9)
        self.sheet.ln(1.5)
        if under:
            self.sheet.face(12, ink=GREY)
            self.lines(self.ready(under), 6)
        self.sheet.ln(5)

    def _tint(self, top: float, height: float) -> None:
        self.sheet.set_fill_color(*WASH)
        self.sheet.rect(SIDE, top, WIDTH, height, style="F")
        self.sheet.set_fill_color(*ACCENT)
        self.sheet.rect(SIDE, top, 1.6, height, style="F")

    def _inside(self, text: str, size: float, style: str, line: float) -> float:
        self.sheet.face(size, style)
        return self.height(text, line, WIDTH - 2 * _PAD - 2)


def _contents(sheet: FPDF, outline: list[OutlineSection]) -> None:
    entries = [entry for entry in outline if entry.level == 0 and entry.page_number > sheet.page]
    line = min(7.0, (sheet.page_break_trigger - sheet.get_y() - 1) / max(len(entries), 1))
    for entry in entries:
        sheet.set_font("body", "", min(BODY_SIZE, line * 2))
        link = sheet.add_link(page=entry.page_number)
        name = entry.name if len(entry.name) <= _ENTRY else f"{entry.name[: _ENTRY - 1]}…"
        sheet.set_x(SIDE)
        sheet.cell(WIDTH - 14, line, name, link=link)
        sheet.cell(14, line, f"{entry.page_number}", align="R", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
