"""Read a long sheet column by column with Arrow, where its XML is in the plain form that spreadsheet programs write.

Every sign of the sheet's rows must belong to a row or a cell of that form, in order; otherwise nothing is returned and the
sheet is walked as XML. So there is one reading, and this one takes a fifth of the time.
"""

import html
import re
from collections.abc import Iterator
from typing import Any, cast

import pyarrow as pa

from portal.privacy.columns import Cells, pc, texts_of
from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.xlsx.values import Values

LEAST_BYTES = 1024 * 1024  # below it the walk is as quick
_CHUNK = 8 * 1024 * 1024
_CELL = (
    r'^r="(?P<letters>[A-Z]{1,3})(?P<digits>[1-9][0-9]{0,6})"(?: s="(?P<style>[0-9]{1,6})")?(?: t="(?P<kind>[a-zA-Z]{1,9})")?'
    r"(?:/>|>(?P<formula><f(?:/>|>[^<]*</f>| [^<>]*/>| [^<>]*[^<>/]>[^<]*</f>))?"
    r'(?:<v>(?P<value>[^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>(?P<inline>[^<]*)</t></is>)?</c>)'
    r"(?P<tail></row>(?:<row [^<>]*/>)*(?P<next><row [^<>]*[^<>/]>)?)?$"
)
_LEAD = re.compile(r"(?:<row [^<>]*/>)*(<row [^<>]*[^<>/]>)")
_NUMBER = re.compile(r'^<row (?:[^<>]* )?r="([1-9][0-9]{0,6})"')
_UNUSUAL = (b"<!", b"<?", b"rPh", b"<r>", b"\r", b"]]>")
_CONTROLS = bytes({*range(9), 11, 12, *range(14, 32)})  # which no XML holds
_ENTITIES = (b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;")


class PlainColumns:
    """The filled cells of a sheet by column: row numbers and texts, piece by piece in the sheet's order."""

    def __init__(self, values: Values, spent: int) -> None:
        """Take the workbook's strings and formats, and the filled cells of the sheets before."""
        self.spent, self.stray, self.without_result = spent, 0, 0
        self._values = values
        self._shared: Cells = pa.array(values.shared, pa.string())
        self._pieces: dict[int, list[tuple[Cells, Cells]]] = {}
        self._letters: dict[str, int] = {}
        self._last = 0

    def take(self, chunk: bytes) -> bool:
        """Take whole rows; False where one is in another form."""
        text: Any = pa.array([chunk.decode()], pa.large_string())
        parts = pc.split_pattern(text, "<c ").values
        lead = _LEAD.fullmatch(str(parts[0].as_py()))
        if lead is None or len(parts) == 1:
            return lead is None and not chunk
        found = pc.extract_regex(parts.slice(1).cast(pa.string()), _CELL)
        if found.null_count:
            return False
        cells = {name: pc.struct_field(found, name) for name in ("letters", "digits", "style", "kind", "formula", "value", "inline", "tail", "next")}  # fmt: skip
        rows = self._rows(cells, lead.group(1))
        return rows is not None and self._keep(cells, rows)

    def _rows(self, cells: dict[str, Cells], lead: str) -> Cells | None:
        """Return the row number of each cell; nothing where rows and references disagree or are out of order."""
        first = _NUMBER.match(lead)
        numbers = pc.struct_field(pc.extract_regex(cells["next"], r'^<row (?:[^<>]* )?r="(?P<n>[1-9][0-9]{0,6})"'), "n")
        begun, ended = pc.not_equal(cells["next"], ""), pc.not_equal(cells["tail"], "")
        last = len(begun) - 1
        if first is None or not pc.all(pc.equal(begun, pc.is_valid(numbers))).as_py():
            return None
        # Rows end where the next begins, and the last one ends with the piece.
        if not ended[last].as_py() or begun[last].as_py() or not pc.all(pc.equal(begun, ended).slice(0, last)).as_py():
            return None
        starts = pa.concat_arrays([pa.array([first.group(1)]), numbers.slice(0, last)])
        rows = pc.fill_null_forward(starts).cast(pa.int32())
        if not pc.all(pc.equal(rows, cells["digits"].cast(pa.int32()))).as_py():
            return None
        given = starts.drop_null().cast(pa.int32())
        if given[0].as_py() <= self._last or not _climbs(given):
            return None
        self._last = given[len(given) - 1].as_py()
        return cast("Cells", rows)

    def _keep(self, cells: dict[str, Cells], rows: Cells) -> bool:
        texts = self._texts(cells)
        if texts is None:
            return False
        blank = pc.equal(pc.utf8_trim_whitespace(texts), "")
        stored = pc.or_(pc.not_equal(cells["value"], ""), pc.not_equal(cells["inline"], ""))
        self.without_result += pc.sum(pc.and_(pc.not_equal(cells["formula"], ""), pc.invert(stored))).as_py() or 0
        coded = cells["letters"].dictionary_encode()
        places = [self._place(letters) for letters in texts_of(coded)]
        filled = pc.invert(blank)
        for code, position in enumerate(places):
            mine = pc.and_(pc.equal(coded.indices, code), filled)
            own = rows.filter(mine)
            if not len(own):
                continue
            if position >= limits.MAX_COLUMNS:
                self.stray += len(own)
                continue
            if not _climbs(own):
                return False
            self._pieces.setdefault(position, []).append((own, texts.filter(mine)))
            self.spent += len(own)
        if self.spent > limits.MAX_CELLS:
            raise RefusedFileError(errors.TOO_MANY_CELLS)
        return self.stray <= limits.MAX_STRAY_CELLS

    def _texts(self, cells: dict[str, Cells]) -> Cells | None:
        """Return each cell's text as the office sees it, each distinct one read once."""
        stored = pc.if_else(pc.equal(cells["value"], ""), cells["inline"], cells["value"])
        shared = pc.equal(cells["kind"], "s")
        places = pc.if_else(shared, stored, pa.scalar(None, pa.string()))
        if not pc.all(pc.match_substring_regex(places.drop_null(), "^[0-9]{1,9}$")).as_py() and places.null_count < len(
            places
        ):
            return None
        numbers = places.cast(pa.int32())
        known = pc.if_else(pc.less(numbers, len(self._shared)), numbers, pa.scalar(None, pa.int32()))
        of_list = pc.fill_null(self._shared.take(known), "")
        joined = pc.binary_join_element_wise(cells["kind"], cells["style"], stored, "|")
        coded = pc.if_else(shared, pa.scalar(None, pa.string()), joined).dictionary_encode()
        own = [self._text(*key.split("|", 2)) for key in coded.dictionary.to_pylist()]
        if max(map(len, own), default=0) > limits.MAX_CELL_CHARACTERS:
            return None  # the walk names the row
        if (pc.max(pc.utf8_length(of_list)).as_py() or 0) > limits.MAX_CELL_CHARACTERS:
            return None
        return cast("Cells", pc.if_else(shared, of_list, pa.array(own, pa.string()).take(coded.indices)))

    def _text(self, kind: str, style: str, stored: str) -> str:
        return self._values.text(kind or "n", style, html.unescape(stored) if "&" in stored else stored)

    def _place(self, letters: str) -> int:
        place = self._letters.get(letters)
        if place is None:
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - ord("A") + 1
            place = self._letters[letters] = place - 1
        return place

    def whole(self) -> tuple[list[int], dict[int, Cells]]:
        """Return the numbers of the rows that hold something, and each column's texts over all of them."""
        columns = {
            position: (pa.concat_arrays([rows for rows, _ in pieces]), pa.concat_arrays([texts for _, texts in pieces]))
            for position, pieces in sorted(self._pieces.items())
        }
        if not columns:
            return [], {}
        numbers = pc.unique(pa.concat_arrays([rows for rows, _ in columns.values()]))
        numbers = numbers.take(pc.sort_indices(numbers))
        spread = {
            position: texts
            if len(rows) == len(numbers)
            else pc.fill_null(texts.take(pc.index_in(numbers, value_set=rows)), "")
            for position, (rows, texts) in columns.items()
        }
        return numbers.to_pylist(), spread


def _climbs(rows: Cells) -> bool:
    """Tell whether each row number is greater than the one before."""
    return len(rows) < 2 or bool(pc.all(pc.greater(rows.slice(1), rows.slice(0, len(rows) - 1))).as_py())  # noqa: PLR2004 - one has none before


def split_frame(whole: bytes) -> tuple[bytes, bytes] | None:
    """Return a long sheet's XML in two: the frame, and the rows in it; nothing where it is short or not in plain form."""
    start, end = whole.find(b"<sheetData>"), whole.rfind(b"</sheetData>")
    if len(whole) < LEAST_BYTES or start < 0 or end < start:
        return None
    start += len(b"<sheetData>")
    frame, head = whole[:start] + whole[end:], whole[:200].lower()
    if whole.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"encoding=" in head and b"utf-8" not in head):
        return None
    rows = whole[start:end]
    if b"<mergeCell " in frame or not is_plain(rows):
        return None
    return frame, rows


def is_plain(part: bytes) -> bool:
    """Tell whether XML holds no mark, sign or entity that would need a parser."""
    if any(mark in part for mark in _UNUSUAL) or len(part.translate(None, _CONTROLS)) < len(part):
        return False
    return part.count(b"&") == sum(part.count(entity) for entity in _ENTITIES)


def read_plain(rows: bytes, values: Values, spent: int) -> PlainColumns | None:
    """Return the columns of a sheet's rows; nothing where they are not in plain form.

    Raises:
        RefusedFileError: more cells than a workbook may hold.
    """
    made = PlainColumns(values, spent)
    try:
        taken = all(made.take(chunk) for chunk in _chunks(rows))
    except UnicodeDecodeError:
        return None
    return made if taken else None


def _chunks(rows: bytes) -> Iterator[bytes]:
    """Part the rows after whole ones."""
    start = 0
    while start < len(rows):
        end = rows.find(b"</row>", start + _CHUNK)
        end = len(rows) if end < 0 else end + len(b"</row>")
        yield rows[start:end]
        start = end
