"""Read an XLSX workbook as text: filled and shown cells only, formulas never run.

A stray cell in the last corner costs nothing, since only filled cells are held. A formula's stored result is what the
office sees, and is what is read; a formula without one is blank and said.
"""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.ground.wording import counted
from portal.spreadsheets import errors, limits
from portal.spreadsheets.archives import Archive
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.grid import sheet_of_cells
from portal.spreadsheets.number_formats import GENERAL, Format, read_format
from portal.spreadsheets.sheets import Sheet, Workbook
from portal.spreadsheets.xlsx.cells import count_hidden, read_cells
from portal.spreadsheets.xlsx.plain_columns import LEAST_BYTES, is_plain
from portal.spreadsheets.xlsx.values import unescaped
from portal.spreadsheets.xml_stream import Attributes, local, stream

_ROOT = "_rels/.rels"
_KEPT_BLANKS = ' xml:space="preserve"'
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass
class _Book:
    """What workbook.xml says: its sheets in order (name, state, relation) and its calendar."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    epoch_1904: bool = False


def read_xlsx(archive: Archive) -> Workbook:
    """Return the shown sheets of a workbook.

    Raises:
        RefusedFileError: macros, damage, or more than a return may hold.
    """
    _refuse_macros(archive)
    path = _workbook_path(archive)
    book = _read_book(archive, path)
    relations = _relations(archive, path)
    shared = _shared_strings(archive, _related(relations, "/sharedStrings"))
    formats = _styles(archive, _related(relations, "/styles"))
    sheets: list[Sheet] = []
    hidden_columns: list[int] = []
    hidden = without_result = stray = budget = 0
    for name, state, relation in book.sheets:
        kind, target = relations.get(relation, ("", ""))
        if not kind.endswith("/worksheet") or not archive.has(target):
            continue
        if state not in {"", "visible"}:
            hidden += 1
            continue
        if len(sheets) == limits.MAX_SHEETS:
            raise RefusedFileError(errors.TOO_MANY_SHEETS)
        cells = read_cells(archive.chunks(target), shared, formats, epoch_1904=book.epoch_1904, spent=budget)
        budget, without_result, stray = cells.spent, without_result + cells.without_result, stray + cells.stray
        sheets.append(sheet_of_cells(name, cells))
        hidden_columns.append(count_hidden(cells))
    notes = _notes(without_result, stray)
    return Workbook(tuple(sheets), notes, hidden, sum(hidden_columns), _dropped(archive))


def _refuse_macros(archive: Archive) -> None:
    if archive.has(_CONTENT_TYPES) and b"macroenabled" in archive.text(_CONTENT_TYPES).lower():
        raise RefusedFileError(errors.MACROS)


def _workbook_path(archive: Archive) -> str:
    if archive.has(_ROOT):
        for kind, target in _relations(archive, "").values():
            if kind.endswith("/officeDocument") and archive.has(target):
                return target
    if archive.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    what = {"word/": "a text document", "ppt/": "a slide show", "Index/": "an Apple Numbers document"}
    for folder, words in what.items():
        if archive.under(folder):
            raise RefusedFileError(errors.wrong_kind(words))
    raise RefusedFileError(errors.NESTED)


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return id -> (type, path inside the archive); what points outside is left out."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if not archive.has(path):
        return found

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), posixpath.normpath(inside))

    stream(archive.chunks(path), start)
    return found


def _related(relations: dict[str, tuple[str, str]], ending: str) -> str:
    return next((target for kind, target in relations.values() if kind.endswith(ending)), "")


def _read_book(archive: Archive, path: str) -> _Book:
    book = _Book()

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            relation = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            book.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))
        elif local(name) == "workbookPr":
            book.epoch_1904 = attributes.get("date1904", "0") in {"1", "true"}

    stream(archive.chunks(path), start)
    return book


def _plain_strings(whole: bytes) -> list[str] | None:
    """Return the strings of a long list in plain form; nothing where it is short, or any of it is in another form."""
    start, end = whole.find(b"<si>"), whole.rfind(b"</sst>")
    head = whole[:200].lower()
    if len(whole) < LEAST_BYTES or not 0 <= start < end or (b"encoding=" in head and b"utf-8" not in head):
        return None
    if not is_plain(whole[start:end]):
        return None
    try:
        body = whole[start:end].decode()
    except UnicodeDecodeError:
        return None
    found = _STRING.findall(body)
    if sum(map(len, found)) + body.count(_KEPT_BLANKS) * len(_KEPT_BLANKS) + len(found) * len(
        "<si><t></t></si>"
    ) != len(body):
        return None
    return [unescaped(html.unescape(text) if "&" in text else text) for text in found]


def _shared_strings(archive: Archive, path: str) -> list[str]:
    if not archive.has(path):
        return []
    plain = _plain_strings(archive.text(path))
    return _walked_strings(archive, path) if plain is None else plain


def _walked_strings(archive: Archive, path: str) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    collecting = phonetic = False

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal collecting, phonetic
        name = local(name)
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            phonetic = True
        collecting = name == "t" and not phonetic

    def end(name: str) -> None:
        nonlocal collecting, phonetic
        name = local(name)
        collecting = False
        if name == "si":
            strings.append(unescaped("".join(pieces)))
        elif name == "rPh":
            phonetic = False

    def text(characters: str) -> None:
        if collecting:
            pieces.append(characters)

    stream(archive.chunks(path), start, end, text)
    return strings


def _styles(archive: Archive, path: str) -> list[Format]:
    """Return the number format of each cell style, by the style's place."""
    formats: list[Format] = []
    if not archive.has(path):
        return formats
    codes: dict[int, str] = {}
    inside_cells = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside_cells
        name = local(name)
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside_cells = True
        elif name == "xf" and inside_cells:
            number = _number(attributes.get("numFmtId"))
            formats.append(read_format(number, codes.get(number)))

    def end(name: str) -> None:
        nonlocal inside_cells
        if local(name) == "cellXfs":
            inside_cells = False

    stream(archive.chunks(path), start, end)
    return [GENERAL if shown == GENERAL else shown for shown in formats]


def _number(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else 0  # noqa: PLR2004 - digits of an id


def _notes(without_result: int, stray: int) -> tuple[str, ...]:
    notes = []
    if without_result:
        notes.append(
            f"{counted(without_result, 'cell')} with a formula but no stored result {'was' if without_result == 1 else 'were'} read as blank. "
            "Open the workbook, save it and send it again if they matter."
        )
    if stray:
        notes.append(f"{counted(stray, 'cell')} far outside the table {'was' if stray == 1 else 'were'} left out.")
    return tuple(notes)


def _dropped(archive: Archive) -> dict[str, int]:
    """Count what a workbook carries beside its cells; none of it is read."""
    parts = {
        "comments": archive.under("xl/comments", "xl/threadedComments/"),
        "links to other files": [name for name in archive.under("xl/externalLinks/") if "_rels" not in name],
        "embedded files": archive.under("xl/embeddings/"),
        "pictures and drawings": archive.under("xl/media/"),
        "properties": archive.under("docProps/", "customXml/item"),
    }
    found = {what: len(names) for what, names in parts.items() if names}
    if "comments" in found:
        found["comments"] = sum(
            _count(archive.chunks(name), {"comment", "threadedComment"}) for name in parts["comments"]
        )
    return {what: count for what, count in found.items() if count}


def _count(pieces: Iterator[bytes], elements: set[str]) -> int:
    total = 0

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal total
        total += local(name) in elements

    stream(pieces, start)
    return total
