"""Part a sheet's XML into rows and cells quickly, where it is in the plain form that spreadsheet programs write.

Every sign of every row must belong to a cell of that form; otherwise the sheet is walked as XML. So there is one reading.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

PlainCell = tuple[str, str, str, str, str, str, str]  # whole, letters, style, kind, formula, value, inline text

_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?'
    r"(?:/>|>(<f(?:/>|>[^<]*</f>| [^>]*/>| [^>]*>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>))'
)
_ROW = re.compile(r'<row(?: r="([0-9]{1,7})")?[^>]*?(?:/>|>(.*?)</row>)', re.DOTALL)
_UNUSUAL = (b"<!", b"<?", b"rPh", b"<r>")


@dataclass(frozen=True)
class Plain:
    """A sheet's XML in two: the frame, without its rows, and the rows."""

    frame: bytes
    rows: Iterator[tuple[str, list[PlainCell]] | None]


def split_plain(whole: bytes) -> Plain | None:
    """Return the frame and the rows of a sheet in plain form; None where it is in another."""
    start, end = whole.find(b"<sheetData>"), whole.rfind(b"</sheetData>")
    if start < 0 or end < start or whole.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    start += len(b"<sheetData>")
    head, body, tail = whole[:start], whole[start:end], whole[end:]
    if any(mark in body for mark in _UNUSUAL) or (b"encoding=" in head[:200] and b"utf-8" not in head[:200].lower()):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return Plain(head + tail, _rows(text))


def _rows(text: str) -> Iterator[tuple[str, list[PlainCell]] | None]:
    at = 0
    for found in _ROW.finditer(text):
        if found.start() != at:
            yield None
            return
        at = found.end()
        inside = found.group(2) or ""
        cells: list[PlainCell] = _CELL.findall(inside)
        if sum(len(cell[0]) for cell in cells) != len(inside):
            yield None
            return
        if "&" in inside:
            cells = [(*cell[:5], html.unescape(cell[5]), html.unescape(cell[6])) for cell in cells]
        yield found.group(1) or "", cells
    if at != len(text):
        yield None
