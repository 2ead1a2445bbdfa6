import re
import sys
from pathlib import Path

import fpdf
import pytest

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.fonts import FONTS
from portal.documents.layout.frame import Paper, PaperSignature, moment

from .samples import AT, drawn, letterhead, read, words

MARKUP = "**bold** [x](/etc/hostname) <img src=/etc/hostname> ![y](http://a.example/z.png) {nb} {{nb}} --u-- ~~s~~"
COLOURS = Path(fpdf.__file__).parent / "data" / "color_profiles"  # PDF/A names its colours by a profile
OPENED: list[str] = []


def _watch(event, arguments):
    if event in {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"}:
        OPENED.append(f"{event} {arguments[0]}")


@pytest.fixture(scope="module", autouse=True)
def _watching():
    """An audit hook cannot be taken away again, so it is set once and only writes down."""
    sys.addaudithook(_watch)


def _paper(**changes):
    return Paper(letterhead(**changes), "Title of the paper", under="Under it")


def test_every_page_has_its_marking_twice_its_number_its_reference_and_where_to_check_it():
    paper = _paper(marking="OFFICIAL-SENSITIVE")
    paper.paragraph("word " * 3000)
    pages = [page.extract_text() for page in read(paper.finish()).pages]
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL-SENSITIVE") == 2
        assert f"Page {number} of {len(pages)}" in page
        assert "Reference 7K3-M4P-QRT" in page
        assert "https://portal.anytown.example/verify" in page


def test_a_paper_says_its_language_title_and_that_it_is_made_in_pdfa_2u_mode():
    pdf = read(_paper().finish())
    assert pdf.root_object["/Lang"] == "en-GB"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.xmp_metadata.dc_title == {"x-default": "Title of the paper"}
    assert pdf.xmp_metadata.dc_creator == ["Anytown Community Safety Partnership"]
    assert pdf.xmp_metadata.xmp_create_date.isoformat().startswith("2026-05-01T13:30:05")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf.root_object["/Metadata"].get_data()


def test_the_same_data_gives_the_same_bytes():
    def made():
        paper = _paper(logo=drawn())
        paper.facts((LabelledLine("Name", "Ольга 李小龙"),))
        paper.signature(PaperSignature(drawn=drawn()))
        return paper.finish()

    assert made() == made()


def test_markup_is_printed_as_it_was_typed_and_opens_nothing():
    paper = _paper(partnership=MARKUP, marking=MARKUP)
    start = len(OPENED)
    paper.heading(MARKUP)
    paper.paragraph(MARKUP)
    paper.facts((LabelledLine(MARKUP, MARKUP),))
    paper.table((MARKUP, "B"), [(MARKUP, "c")], (1, 1))
    paper.bullets((MARKUP,))
    paper.panel(MARKUP, MARKUP)
    paper.signature(PaperSignature(typed=MARKUP, note=MARKUP))
    pdf = paper.finish()
    allowed = (f"open {FONTS}", f"open {COLOURS}")
    assert [event for event in OPENED[start:] if not event.startswith(allowed)] == []
    found = words(pdf).replace(" ", "")
    assert found.count("<imgsrc=/etc/hostname>") >= 9
    assert found.count("{nb}{{nb}}") >= 9
    assert b"/URI" not in pdf
    assert b"/Launch" not in pdf


def test_a_svg_logo_that_reaches_for_a_file_is_left_out_and_opens_nothing():
    logo = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="/etc/hostname" width="9" height="9"/></svg>'
    start = len(OPENED)
    pdf = _paper(logo=logo).finish()
    assert not any("hostname" in event for event in OPENED[start:])
    assert "Anytown Community Safety Partnership" in words(pdf)


@pytest.mark.parametrize(
    "logo", [b"", b"nonsense", b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M q"/></svg>']
)
def test_a_broken_logo_does_not_keep_a_paper_from_being_issued(logo):
    assert "Title of the paper" in words(_paper(logo=logo).finish())


def test_a_good_logo_stands_at_the_head_with_its_description():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><rect width="60" height="60" fill="#0b5d57"/></svg>'
    assert len(_paper(logo=svg).finish()) > len(_paper().finish())
    assert len(read(_paper(logo=drawn()).finish()).pages[0].images) == 1


@pytest.mark.threat("IN6")
def test_names_in_many_scripts_are_there_as_text_and_in_the_right_size():
    paper = _paper()
    paper.facts(
        (
            LabelledLine("Name", "Łukasz 李小龙"),
            LabelledLine("Name", "Ольга Иванова"),
            LabelledLine("Name", "Siân Ó Briain ŵŷ"),
            LabelledLine("X", "🎉"),
        )
    )
    paper.paragraph("after them")
    found = words(paper.finish())
    for name in ("Łukasz 李小龙", "Ольга Иванова", "Siân Ó Briain ŵŷ", "(party popper)"):
        assert name in found


def test_the_face_comes_back_after_a_line_and_a_page_that_begin_in_a_fallback_font():
    paper = _paper()
    paper.paragraph("Ольга\nЮлия\n" * 60 + "Resident")
    sizes = []
    for page in read(paper.finish()).pages:
        page.extract_text(
            visitor_text=lambda text, _c, _m, font, size: (
                sizes.append((text.strip(), font["/BaseFont"], size)) if font else None
            )
        )
    assert [(size, "Atkinson" in font) for text, font, size in sizes if text.endswith("Resident")] == [(10.5, True)]
    assert {size for text, _, size in sizes if "Ольга" in text} == {10.5}


@pytest.mark.parametrize("name", ["x" * 200, "Anna " * 40, "李" * 200, "\u202e" * 200, "A\u0301" * 200, ""])
def test_a_name_of_200_characters_fits_everywhere(name):
    paper = Paper(letterhead(partnership=name, reference=name[:80] or "1", marking=name), name or "Title", under=name)
    paper.facts((LabelledLine(name, name),))
    paper.table((name, "B"), [(name, name)], (1, 3))
    paper.panel(name, name)
    paper.signature(PaperSignature(typed=name))
    assert len(read(paper.finish()).pages) >= 1


def test_five_thousand_words_run_over_pages_in_a_list_a_table_and_a_panel_and_none_is_lost():
    text = " ".join(f"w{number}" for number in range(5000))
    paper = _paper()
    paper.facts((LabelledLine("Long", text),))
    paper.table(("A", "B"), [(text, "\n".join("abc")), ("\n".join("y" * 90), "z")], (1, 1))
    paper.panel("Long", text)
    found = re.findall(r"\bw\d+\b", words(paper.finish()))
    assert found.count("w0") == found.count("w2500") == found.count("w4999") == 3


def test_the_headings_of_a_table_come_again_on_every_page():
    paper = _paper()
    paper.table(("Organisation", "Since"), [(f"Council {number}", "1 May 2026") for number in range(120)], (2, 1))
    pages = [page.extract_text() for page in read(paper.finish()).pages]
    assert len(pages) > 2
    assert all("Organisation" in page for page in pages)


def test_a_signature_says_whether_it_was_drawn_or_typed_and_a_broken_drawing_falls_back():
    paper = _paper()
    paper.signature(PaperSignature(drawn=drawn()), "First")
    paper.signature(PaperSignature(typed="Ann Green"), "Second")
    paper.signature(PaperSignature(note="On paper, scan kept"), "Third")
    paper.signature(PaperSignature(typed="Ann Green", drawn=b"broken"), "Fourth")
    found = words(paper.finish())
    assert "First Drawn by hand Second Ann Green Typed Third" in found
    assert "On paper, scan kept" in found


def test_headings_become_bookmarks():
    paper = _paper()
    paper.heading("Who signed")
    paper.heading("", 2)
    assert [entry.title for entry in read(paper.finish()).outline] == ["Who signed"]


def test_a_moment_has_its_seconds_and_its_zone():
    assert moment(AT) == "1 May 2026 at 2:30:05pm BST"
    assert moment(AT.replace(month=12, hour=0)) == "1 December 2026 at 12:30:05am GMT"
