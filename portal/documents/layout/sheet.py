"""The sheet under every paper: A4, marking at head and foot, reference, page numbers, fonts, fixed metadata."""

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from fpdf import FPDF, XPos, YPos
from fpdf.enums import ResourceAccessPolicy
from fpdf.prefs import ViewerPreferences

from portal.documents.layout.fonts import BODY, FALLBACKS, FONTS, SHAPED, fallbacks_needed, plain

MAKER = "Community Safety Portal papers"  # in every paper's metadata; the check of a seal looks for it
INK, ACCENT, GREY, LINE, WASH = (23, 38, 43), (11, 93, 87), (74, 93, 96), (150, 170, 168), (242, 246, 245)
SIDE, TOP, BOTTOM = 22.0, 27.0, 24.0  # margins in mm
WIDTH = 210.0 - 2 * SIDE  # mm of text on A4; head and foot keep it while the body is indented
# Stands for the number of pages until it is known. Private-use characters are stripped from typed text, so none can forge it.
_TOTAL = "\ue000" * 6
_METADATA = """<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="{maker}">
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
      xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
    <rdf:Description rdf:about="" xmp:CreatorTool="{maker}" xmp:CreateDate="{at}" xmp:ModifyDate="{at}"
        xmp:MetadataDate="{at}" pdf:Producer="{maker}">
      <pdfaid:part>2</pdfaid:part>
      <pdfaid:conformance>U</pdfaid:conformance>
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
      <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
      <dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
    </rdf:Description>
  </rdf:RDF>
</x:xmpmeta>"""


class PaperSheet(FPDF):
    """An A4 document in PDF/A-2u mode that writes its own head and foot on each page."""

    def __init__(
        self, *, partnership: str, title: str, reference: str, marking: str, made_at: datetime, verify_at: str = ""
    ) -> None:
        """Take what stands at head and foot; `made_at` carries its zone and is the only time in the file."""
        super().__init__(format="A4", enforce_compliance="PDF/A-2U")
        self.resource_access_policy = ResourceAccessPolicy.NONE
        self.partnership, self.heading, self.reference, self.marking = map(
            plain, (partnership, title, reference, marking)
        )
        self.verify_at = plain(verify_at)
        self.title_line = f"{self.partnership} \u2013 {self.heading}"
        for style in ("", "B"):  # the others where they are asked for: each costs every paper 15 ms and 20 kB
            self.add_font("body", style, FONTS / BODY[style])
        self._loaded: tuple[str, ...] = ()
        self.prepare(self.partnership + self.heading + self.reference + self.marking + self.verify_at)
        self.alias_nb_pages(_TOTAL)
        self.set_margins(SIDE, TOP)
        self.c_margin = 0.0  # words begin where rules begin
        self.set_auto_page_break(auto=True, margin=BOTTOM)
        self._describe(made_at.astimezone(UTC).replace(microsecond=0))

    def prepare(self, text: str) -> str:
        """Load the fallback fonts that this plain text needs; give the text back."""
        wanted = tuple(family for family in fallbacks_needed(text) if family not in self._loaded)
        for family in wanted:
            for style, file in FALLBACKS[family].items():
                self.add_font(family, style, FONTS / file)
        if wanted:
            self._loaded = tuple(family for family in FALLBACKS if family in {*self._loaded, *wanted})
            self.set_fallback_fonts(self._loaded, exact_match=False)
            if SHAPED & set(wanted):  # only then: papers without such names stay as they were, byte for byte
                self.set_text_shaping(use_shaping_engine=True)
        return text

    def face(self, size: float, style: str = "", ink: tuple[int, int, int] = INK) -> None:
        """Choose size in points, style ("", "B", "I", "BI") and colour of what is written next."""
        if f"body{style}" not in self.fonts:
            self.add_font("body", style, FONTS / BODY[style])
        self.set_font("body", style, size)
        self.set_text_color(*ink)
        self._say_font()

    def fitted(self, text: str, width: float) -> str:
        """Cut one line of text to a width in mm in the present face, with an ellipsis where it is cut."""
        text = text.replace("\n", " ")
        if self.get_string_width(text) <= width:
            return text
        while text and self.get_string_width(text + "…") > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def add_page(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - fpdf2's own arguments, passed on
        """Begin a page and go on in the font of the page before."""
        super().add_page(*args, **kwargs)
        self._say_font()

    def header(self) -> None:
        """Write the marking, and from the second page on what this paper is."""
        self._mark(9)
        if self.page == 1:
            self.set_y(16)
            return
        self.face(8.5, ink=GREY)
        self.set_xy(SIDE, 15)
        self.cell(WIDTH, 5, self.fitted(self.title_line, WIDTH))
        self._line(21)
        self.set_y(TOP)

    def footer(self) -> None:
        """Write page x of y, the reference, where the seal is checked, and the marking."""
        self._line(self.h - 20)
        self.face(8.5, ink=GREY)
        self.set_xy(SIDE, self.h - 18.5)
        self.cell(30, 5, f"Page {self.page} of {_TOTAL}", new_x=XPos.RIGHT, new_y=YPos.TOP)
        where = f"Reference {self.reference}" + (f" · check it at {self.verify_at}" if self.verify_at else "")
        self.cell(WIDTH - 30, 5, self.fitted(where, WIDTH - 30), align="R")
        self._mark(self.h - 12)

    def _say_font(self) -> None:
        """Name the font on the page: fpdf2 2.8.9 loses it after a measurement, or where a line begins in a fallback font."""
        if self.page and self.current_font is not None:
            self._out(self._set_font_for_page(self.current_font, self.font_size_pt))

    def _mark(self, y: float) -> None:
        if not self.marking:
            return
        self.face(9.5, "B")
        self.set_xy(SIDE, y)
        self.cell(WIDTH, 5, self.fitted(self.marking, WIDTH), align="C")

    def _line(self, y: float) -> None:
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(SIDE, y, SIDE + WIDTH, y)

    def _describe(self, at: datetime) -> None:
        self.set_lang("en-GB")
        self.set_title(self.heading)
        self.set_subject(self.reference)
        self.set_author(self.partnership)
        self.set_creator(MAKER)
        self.set_producer(MAKER)
        self.set_creation_date(at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        words = {
            "title": self.heading,
            "subject": self.reference,
            "author": self.partnership,
            "maker": MAKER,
            "at": at.isoformat(),
        }
        self.set_xmp_metadata(_METADATA.format(**{key: escape(value) for key, value in words.items()}))
