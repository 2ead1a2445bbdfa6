"""Read a web archive (MHT), the form 'Web Archive' of report servers and spreadsheet programs: the tables of its own pages."""

import email
import re
from email.message import Message

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.marked_up.html_tables import text_of, workbook_of
from portal.spreadsheets.sheets import Workbook

_MOST_PARTS = 500
_DEEPEST = 5  # envelopes within envelopes
_SHEET = re.compile(r"<x:ExcelWorksheet>(.{0,4000}?)</x:ExcelWorksheet>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"""<x:WorksheetSource\s+HRef=["']?([^"'>\s]{1,200})""", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden\s*</x:Visible>", re.IGNORECASE)


def read_web_archive(source: bytes) -> Workbook:
    """Return each table of an archive's pages as a sheet; pages of hidden sheets are left out and counted.

    Raises:
        RefusedFileError: it is a message, or holds no table, or more than a return may hold.
    """
    try:
        pages = _pages(email.message_from_bytes(source), 0)
    except (RecursionError, ValueError, LookupError, AttributeError) as error:
        raise RefusedFileError(errors.DAMAGED) from error
    if not pages:
        raise RefusedFileError(errors.wrong_kind("a message"))
    hidden = {name for _, page in pages for name in _hidden_names(page)}
    shown = [page for where, page in pages if not _is_hidden(where, page, hidden)]
    read = workbook_of(shown)
    return Workbook(read.sheets, read.notes, len(pages) - len(shown), read.hidden_columns)


def _pages(message: Message, depth: int) -> list[tuple[str, str]]:
    """Return the place and the text of each page."""
    if depth > _DEEPEST:
        raise RefusedFileError(errors.TAMPERED)
    if not message.is_multipart():
        if message.get_content_type() not in {"text/html", "application/xhtml+xml"}:
            return []
        content = message.get_payload(decode=True)
        text = text_of(content, message.get_content_charset() or "") if isinstance(content, bytes) else ""
        return [(str(message.get("Content-Location", "")), text)]
    found: list[tuple[str, str]] = []
    parts = message.get_payload()
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, Message):
            found += _pages(part, depth + 1)
        if len(found) > _MOST_PARTS:
            raise RefusedFileError(errors.BOMB)
    return found


def _hidden_names(page: str) -> list[str]:
    """Return the file names of the sheets that a workbook's own list says are hidden."""
    hidden = [sheet for sheet in _SHEET.findall(page) if _NOT_SHOWN.search(sheet)]
    return [_name(found.group(1)) for sheet in hidden if (found := _SOURCE.search(sheet))]


def _is_hidden(where: str, page: str, hidden: set[str]) -> bool:
    lists = _SHEET.findall(page)
    own = bool(_NOT_SHOWN.search(page)) and len(lists) < 2  # noqa: PLR2004 - a list of several is the workbook's
    return own or (bool(where) and _name(where) in hidden)


def _name(place: str) -> str:
    return place.replace("\\", "/").rpartition("/")[2].lower()
