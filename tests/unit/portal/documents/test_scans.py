import io

import pytest
from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from portal.documents.scans import LARGEST, checked
from portal.ground.errors import AnswersNeededError

SECRETS = (b"Hackney Road 14", b"Phone of Sol", b"Drawn by Eve")


def picture(kind="JPEG"):
    image = Image.new("RGB", (300, 400), "white")
    for x in range(40, 200):
        image.putpixel((x, x), (0, 0, 0))
    told = Image.Exif()
    told[0x010E], told[0x0110], told[0x013B], told[0x0112] = "Hackney Road 14", "Phone of Sol", "Drawn by Eve", 6
    made = io.BytesIO()
    image.save(made, kind, exif=told)
    return made.getvalue()


def scan(pages=2, **more):
    paper = FPDF()
    paper.set_author("Drawn by Eve")
    paper.set_title("Hackney Road 14")
    for _ in range(pages):
        paper.add_page()
        paper.image(io.BytesIO(picture()), x=10, y=10, w=100)
        paper.set_font("helvetica", size=12)
        paper.cell(0, 10, "A signed list", link="https://evil.example/")
    writer = PdfWriter(io.BytesIO(bytes(paper.output())))
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    writer.add_attachment("beside.txt", b"Phone of Sol")
    for page in writer.pages:
        page.rotate(90)
    if more.get("password"):
        writer.encrypt(more["password"])
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_again_upright_and_without_what_the_camera_wrote(kind):
    data = picture(kind)
    assert SECRETS[0] in data
    kept = checked(data)
    assert kept.kind == kind.lower()
    assert not any(secret in kept.content for secret in SECRETS)
    opened = Image.open(io.BytesIO(kept.content))
    assert opened.size == (400, 300)  # turned as its camera said
    assert not opened.getexif()


def test_a_pdf_keeps_what_its_pages_show_and_nothing_else():
    data = scan()
    assert all("/Annots" in page for page in PdfReader(io.BytesIO(data)).pages)
    kept = checked(data)
    assert kept.kind == "pdf"
    read = PdfReader(io.BytesIO(kept.content))
    assert [page.extract_text() for page in read.pages] == ["A signed list"] * 2
    assert [page.rotation for page in read.pages] == [90, 90]
    assert all(len(page.images) == 1 for page in read.pages)
    assert not any("/Annots" in page for page in read.pages)
    assert not read.attachments
    assert not any(key in read.root_object for key in ("/OpenAction", "/Names", "/AcroForm", "/Metadata"))
    everything = kept.content + b"".join(page.images[0].data for page in read.pages)
    assert not any(secret in everything for secret in (*SECRETS, b"app.alert", b"evil.example"))
    assert not any("Eve" in str(value) or "Hackney" in str(value) for value in (read.metadata or {}).values())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Choose the scan"),
        (b"MZ" + b"x" * 500, "must be a PDF, JPEG or PNG"),
        (b"x" * (LARGEST + 1), "smaller than 10 MB"),
        (b"%PDF-1.7\nnothing", "cannot be read"),
        (b"\xff\xd8\xff" + b"x" * 500, "cannot be opened"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "cannot be opened"),
        (b"<html><script>alert(1)</script>", "must be a PDF, JPEG or PNG"),
    ],
    ids=["nothing", "a program", "too big", "a broken PDF", "a broken JPEG", "a broken PNG", "a page"],
)
def test_what_is_no_scan_is_refused_with_what_to_do(data, sentence):
    with pytest.raises(AnswersNeededError) as refused:
        checked(data, field="paper")
    assert sentence in refused.value.problems["paper"]


def test_a_locked_pdf_and_one_of_too_many_pages_are_refused():
    for data, sentence in ((scan(1, password="x"), "password protected"), (scan(31), "1 to 30 pages")):
        with pytest.raises(AnswersNeededError) as refused:
            checked(data)
        assert sentence in refused.value.problems["scan"]
