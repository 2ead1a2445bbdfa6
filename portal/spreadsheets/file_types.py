"""Tell what a file is by its bytes, never by its name."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError


class FileType(StrEnum):
    """A form in which a table may be sent."""

    TEXT = "text"
    ZIPPED = "zipped"  # XLSX or ODS: which of them stands inside
    XLS = "xls"
    HTML = "html"  # a web page whose tables are the sheets, often named .xls
    WEB_ARCHIVE = "web archive"  # MHT
    XML_2003 = "xml 2003"  # XML Spreadsheet


# The shell of XLS, and the first record of the workbooks of Excel 2 to 4 that have none.
_XLS = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x10\x00",
    b"\x09\x08\x08\x00",
)
_PAGE_STARTS = (
    "<!doctype html",
    "<html",
    "<table",
    "<head",
    "<body",
    "<meta",
    "<style",
    "<div",
    "<center",
    "<font",
    "<form",
    "<p>",
    "<h1",
    "<h2",
    "<h3",
    "<title",
    "<link",
    "<script",
)
_ARCHIVE_STARTS = ("mime-version:", "from:", "content-type: multipart/related", "x-document-type:", "subject:")
_OPENING_BYTES = 8192
_BEFORE = re.compile(r"^(?:\s|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
_WORKBOOK = re.compile(r"<(?:[a-z]{1,8}:)?workbook[\s>]")
_ZIP = b"PK\x03\x04"

_FOREIGN: Mapping[bytes, str] = MappingProxyType(
    {
        b"\x89PNG": "a picture",
        b"\xff\xd8\xff": "a picture",
        b"GIF8": "a picture",
        b"BM": "a picture",
        b"II*\x00": "a picture",
        b"MM\x00*": "a picture",
        b"RIFF": "a picture or a sound",
        b"%PDF": "a PDF",
        b"MZ": "a program",
        b"\x7fELF": "a program",
        b"\xca\xfe\xba\xbe": "a program",
        b"\xcf\xfa\xed\xfe": "a program",
        b"#!": "a program",
        b"\x1f\x8b": "an archive",
        b"7z\xbc\xaf": "an archive",
        b"Rar!": "an archive",
        b"BZh": "an archive",
        b"\xfd7zXZ": "an archive",
        b"\x28\xb5\x2f\xfd": "an archive",
        b"PK\x05\x06": "an empty archive",
        b"PK\x07\x08": "an archive in parts",
        b"SQLite format 3": "a database",
        b"\x00\x01\x00\x00Standard": "a database",
        b"PAR1": "a Parquet file",
        b"ARROW1": "an Arrow file",
        b"{\\rtf": "a text document",
    }
)
_MARKUP: Mapping[bytes, str] = MappingProxyType(
    {
        b"<?xml": "an XML file",
        b"<!doctype": "an XML file",
        b"<svg": "a picture",
        b"from:": "a message",
        b"received:": "a message",
        b"begin:vc": "a contact or calendar file",
    }
)
_JSON_OPENINGS = (b'{"', b'[{"', b"[[", b'{\n  "', b"[\n  {")
# Two letters begin many a heading; these must be followed by what no heading holds.
_SHORT = {b"MZ", b"BM", b"#!"}
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 28, 29, 30, 31})


def sniff(source: bytes) -> FileType:
    """Return the form of a file.

    Args:
        source: the whole file, or at least its first 64 kB.

    Raises:
        RefusedFileError: the file is empty, too large, or of a kind that holds no table.
    """
    if len(source) > limits.MAX_FILE_BYTES:
        raise RefusedFileError(errors.TOO_BIG)
    if not source.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe") and not _only_nul(source):
        raise RefusedFileError(errors.EMPTY)
    if source.startswith(_XLS):
        return FileType.XLS
    if source.startswith(_ZIP):
        return FileType.ZIPPED
    marked = _marked_up(source[:_OPENING_BYTES])
    if marked is not None:
        if len(source) > limits.MAX_WORKBOOK_BYTES:
            raise RefusedFileError(errors.WORKBOOK_TOO_BIG)
        return marked
    _refuse_foreign(source)
    return FileType.TEXT


def _marked_up(head: bytes) -> FileType | None:
    """Return the form of a table that is written in marks; nothing where the file is none."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    text = head.decode(encoding, "replace").lstrip("\ufeff\u00ef\u00bb\u00bf").lower()
    opening = _BEFORE.sub("", text)
    if opening.startswith("<") and _WORKBOOK.search(text) and "office:spreadsheet" in text and "<html" not in text:
        return FileType.XML_2003
    if opening.startswith(_PAGE_STARTS):
        return FileType.HTML
    if opening.startswith(_ARCHIVE_STARTS) and "multipart/related" in text and "\nreceived:" not in text:
        return FileType.WEB_ARCHIVE
    return None


def _only_nul(source: bytes) -> bool:
    return bool(source) and b"\x00" in source[:1024] and not source.strip(b"\x00")


def _refuse_foreign(source: bytes) -> None:
    head = source[:4096]
    for magic, what in _FOREIGN.items():
        if head.startswith(magic) and (magic not in _SHORT or _looks_binary(head) or magic == b"#!"):
            raise RefusedFileError(errors.wrong_kind(what))
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _MARKUP.items():
        if opening.startswith(mark):
            raise RefusedFileError(errors.wrong_kind(what))
    if opening.startswith(_JSON_OPENINGS):
        raise RefusedFileError(errors.wrong_kind("a JSON file"))


def _looks_binary(head: bytes) -> bool:
    return any(byte in head for byte in _CONTROL)
