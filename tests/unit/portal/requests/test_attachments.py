"""Files sent with an answer."""

import io
import zipfile

import pytest

from portal.requests.errors import FileRefusedError
from portal.requests.exchange.attachments import MOST_BYTES, check_file, check_files


def a_document(*parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7"),
        ("photo.JPEG", b"\xff\xd8\xff\xe0"),
        ("list.csv", b"a,b\n1,2\n"),
        ("letter.docx", a_document("word/document.xml")),
        ("../../etc/list.xlsx", a_document("xl/workbook.xml")),
    ],
)
@pytest.mark.threat("UP7")
def test_a_file_of_a_known_kind_is_taken(name, content):
    taken = check_file(name, content)
    assert taken.content == content
    assert "/" not in taken.name


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ", "must be one of"),
        ("page.html", b"<script>", "must be one of"),
        ("noending", b"x", "must be one of"),
        ("empty.pdf", b"", "is empty"),
        ("large.txt", b"x" * (MOST_BYTES + 1), "smaller than 10MB"),
        ("really.pdf", b"MZ\x00", "is not a PDF"),
        ("zeros.txt", b"a\x00b", "is not a TXT"),
        ("old.csv", b"\xff\xfe\x00\xd8", "is not a CSV"),
        ("macro.docx", a_document("word/document.xml", "word/vbaProject.bin"), "is not a DOCX"),
        ("other.docx", a_document("xl/workbook.xml"), "is not a DOCX"),
        ("broken.xlsx", b"PK\x03\x04broken", "is not a XLSX"),
    ],
)
def test_any_other_file_is_refused_with_what_to_do(name, content, said):
    with pytest.raises(FileRefusedError) as refused:
        check_file(name, content)
    assert said in refused.value.message


def test_more_than_five_files_are_refused():
    with pytest.raises(FileRefusedError):
        check_files(tuple((f"{n}.txt", b"x") for n in range(6)))
