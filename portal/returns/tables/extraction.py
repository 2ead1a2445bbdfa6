"""Find the tables in a sheet: where the headings stand, which rows are records, and what else was there.

A sheet may begin with a title, carry headings in two rows, repeat them, and end in notes. Every row that is left out is
named with its reason; a record never is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

import pyarrow as pa

from portal.privacy.columns import at_once
from portal.returns.matching.column_names import is_known_heading
from portal.returns.matching.heading_text import key
from portal.returns.tables.heading_rows import filled, heading_row, heading_span, is_data, joined
from portal.returns.tables.side_by_side import side_by_side, without_month_list
from portal.spreadsheets import limits
from portal.spreadsheets.arrow_columns import (
    Cells,
    always_filled,
    coded_of,
    flags_at,
    has_few_values,
    number_at,
    pc,
    row_numbers,
    text_at,
    texts,
    values,
)
from portal.spreadsheets.sheets import Sheet

_REPEATED_SHARE = 0.6
_COLUMNS_LOOKED_AT = 5
_MOST_VALUES = 2_000  # distinct values among which headings are looked for
_NARROW = 3  # columns; in a narrower table a single cell may be a record
_MOST_NOTES = 5_000
_LONG = 40  # letters of a note
_FEW_CELLS = 3  # over which a comma parts a note
_NOTE = r"(?i)^\W*(?:notes?\b|n\.?b\b|sources?\b|prepared\b|produced\b|extract(?:ed)?\b|quer(?:y|ies)\b|contact\b|please\b|printed\b|figures\b|caveat)"
_NOTE_WORDS = (
    "note",
    "source",
    "produced",
    "extract",
    "prepared",
    "report",
    "* ",
    "end of",
    "total",
    "page ",
    "printed",
    "data ",
)


@dataclass(frozen=True)
class LeftOut:
    """A row that is no record, and why in one word: title, headings, blank, note, total."""

    row: int
    why: str


_MONTH_LIST = "A list of numbers by month stands beside the records. It is no part of them and is left out."


@dataclass(frozen=True)
class ExtractedTable:
    """One table: its headings as sent, and the records below as text columns.

    `rows` are the spreadsheet's row numbers of the records; `filled` the (row number, column index) pairs that took the
    value of a merged cell.
    """

    sheet: str
    headings: tuple[str, ...]
    columns: tuple[Cells, ...]
    rows: Cells
    left_out: tuple[LeftOut, ...]
    positions: tuple[int, ...]
    filled: frozenset[tuple[int, int]] = frozenset()
    title: str = ""  # the words above it, which may say what it is; never kept
    notes: tuple[str, ...] = ()  # what was done to read it, a sentence each

    @property
    def height(self) -> int:
        """Count the records."""
        return len(self.rows)

    def with_columns(self, columns: tuple[Cells, ...]) -> "ExtractedTable":
        """Return the table with other cells."""
        return replace(self, columns=columns)

    def take(self, keep: Cells, left_out: Sequence[LeftOut] = ()) -> "ExtractedTable":
        """Return the table with only the rows whose flag is true."""
        columns = tuple(column.filter(keep) for column in self.columns)
        return replace(self, columns=columns, rows=self.rows.filter(keep), left_out=(*self.left_out, *left_out))


def find_tables(sheet: Sheet, known: Callable[[str], float]) -> list[ExtractedTable]:
    """Return the tables of a sheet, top to bottom.

    Args:
        sheet: the sheet as read.
        known: tells how surely a cell is a heading of some return, 0 to 1.
    """
    head = sheet.head(limits.HEADING_ROWS)
    place = heading_row(head, known)
    if place is None:
        return []
    parts = side_by_side(sheet, head[place])
    if len(parts) > 1:
        return [table for part in parts for table in find_tables(part, known)]
    sheet, lists = without_month_list(sheet, place)
    if lists:
        head = sheet.head(limits.HEADING_ROWS)
    first, last = heading_span(sheet, head, place)
    headings = joined(sheet, head, first, last)
    numbers = row_numbers(sheet.rows.slice(0, last + 1))
    title = [LeftOut(number, "title") for row, number in zip(head[:first], numbers, strict=False) if filled(row)]
    words = " ".join([sheet.name, *(cell for row in head[:first] for cell in dict.fromkeys(filled(row)))])
    body = _body(sheet, last + 1)
    starts = _later_headings(body, [key(heading) for heading in headings if heading.strip()], known)
    notes = (_MONTH_LIST,) if lists else ()
    return _blocks(replace(body, headings=headings, left_out=tuple(title), title=words, notes=notes), body, starts)


def _body(sheet: Sheet, start: int) -> ExtractedTable:
    columns = tuple(at_once(lambda column: _trimmed(column.slice(start)), sheet.columns))
    rows = sheet.rows.slice(start)
    places = {position: index for index, position in enumerate(sheet.positions)}
    merged = frozenset((row, places[position]) for row, position in sheet.filled if position in places)
    return ExtractedTable(sheet.name, (), columns, rows, (), sheet.positions, merged)


def _trimmed(column: Cells) -> Cells:
    """Return a column without blanks around its cells; the distinct values of one that repeats itself are found anyway."""
    if has_few_values(column):
        distinct = coded_of(column).dictionary
        if pc.all(pc.equal(distinct, pc.utf8_trim_whitespace(distinct))).as_py():
            return column
    return cast("Cells", pc.utf8_trim_whitespace(column))


def blank_rows(columns: Sequence[Cells], height: int) -> Cells:
    """Return a flag for each row: true where no column holds anything."""
    blank = None
    for column in columns:
        empty = pc.equal(column, "")
        blank = empty if blank is None else pc.and_(blank, empty)
    return cast("Cells", blank if blank is not None else pc.invert(flags_at(height, ())))


def _later_headings(body: ExtractedTable, names: list[str], known: Callable[[str], float]) -> dict[int, bool]:
    """Return the places of heading rows inside the body: true where they repeat the first ones.

    A few columns with few distinct values show where such rows may be; each of those is then read whole.
    """
    if not body.height or not names:
        return {}
    repeating = [coded_of(column) for column in body.columns if has_few_values(column)]
    coded = sorted(repeating, key=lambda each: len(each.dictionary))
    hits = None
    looked_at = 0
    for column in coded[:_COLUMNS_LOOKED_AT]:
        words = [value for value in values(column.dictionary)[:_MOST_VALUES] if value]
        if not words or len(column.dictionary) > _MOST_VALUES:
            continue
        looked_at += 1
        heads = [
            len(value) < _LONG and (key(value) in names or is_known_heading(value))
            for value in values(column.dictionary)
        ]
        flags = pc.take(pa.array(heads, pa.bool_()), column.indices).cast(pa.int8())
        hits = flags if hits is None else pc.add(hits, flags)
    if hits is None:
        hits = pc.is_in(pc.utf8_lower(body.columns[0]), value_set=texts(names)).cast(pa.int8())
        looked_at = 1
    least = max(1, round(looked_at * _REPEATED_SHARE))
    places = pc.indices_nonzero(pc.greater_equal(hits, least)).to_pylist()
    return _sorted_headings(body, names, places, known)


def _sorted_headings(
    body: ExtractedTable, names: list[str], places: list[int], known: Callable[[str], float]
) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for place in places[:1000]:
        cells = [text_at(column, place) for column in body.columns]
        keys = [key(cell) for cell in cells if cell]
        if any(is_data(cell) for cell in cells if cell):
            continue
        same = sum(each in names for each in keys)
        if same >= _REPEATED_SHARE * len(names):
            found[place] = True
        elif len(keys) > 1 and sum(known(cell) for cell in cells if cell) >= max(2.0, 0.6 * len(keys)):
            found[place] = False
    return found


def _blocks(first: ExtractedTable, body: ExtractedTable, starts: dict[int, bool]) -> list[ExtractedTable]:
    """Part the body where other headings begin, and take out repeated headings, blank rows and notes."""
    above = {place: _place_of_title(body, place) for place in starts}
    titles = {place: _alone(body, title) if title is not None else "" for place, title in above.items()}
    over = {title for title in above.values() if title is not None}
    cuts = [place for place, same in starts.items() if not same or titles[place]]
    tables = []
    for begin, end in pairwise([-1, *cuts, body.height]):
        start = begin + 1
        part = replace(
            first if begin < 0 else body,
            columns=tuple(column.slice(start, end - start) for column in body.columns) if cuts else body.columns,
            rows=body.rows.slice(start, end - start),
        )
        if begin >= 0:
            part = replace(
                part,
                headings=first.headings if starts[begin] else tuple(text_at(column, begin) for column in body.columns),
                left_out=(LeftOut(number_at(body.rows, begin), "headings"),),
                title=titles[begin],
            )
        repeated = {place - start for place, same in starts.items() if same and start <= place < end}
        tables.append(_records(part, repeated, {place - start for place in over if start <= place < end}))
    return [table for table in tables if any(heading.strip() for heading in table.headings)]


def _place_of_title(body: ExtractedTable, place: int) -> int | None:
    """Return which of the three rows above a heading row has words that stand alone: it is no record of the table before."""
    for above in range(place - 1, max(-1, place - 4), -1):
        cells = filled([text_at(column, above) for column in body.columns])
        if cells:
            return above if len(cells) == 1 and not is_data(cells[0]) else None
    return None


def _alone(body: ExtractedTable, place: int) -> str:
    return next(text for column in body.columns if (text := text_at(column, place)))


def _records(table: ExtractedTable, repeated: set[int], titles: set[int]) -> ExtractedTable:
    height = table.height
    if not height:
        return table
    if always_filled(table.columns, _FEW_CELLS) > _FEW_CELLS and not repeated | titles:
        return table
    drop = blank_rows(table.columns, height)
    left_out: list[LeftOut] = []
    notes = _notes(table, drop) - titles
    for places, why in ((repeated, "headings"), (titles, "title"), (notes, "note")):
        left_out += [LeftOut(number_at(table.rows, place), why) for place in sorted(places)]
    if repeated or titles or notes:
        drop = pc.or_(drop, flags_at(height, repeated | titles | notes))
    elif not pc.any(drop).as_py():
        return table
    return table.take(pc.invert(drop), left_out)


def _is_said(cell: str) -> bool:
    """Tell whether a cell begins as notes do, whatever stars or strokes stand before it: '*** End of report ***'."""
    return cell.lower().startswith(_NOTE_WORDS) or cell.lower().lstrip("*-=~_. ").startswith(_NOTE_WORDS)


def _notes(table: ExtractedTable, blank: Cells) -> set[int]:
    """Return the places of rows that hold one cell of words in a table of several columns: notes and sub-headings.

    A lone cell in the first column is a note; elsewhere only a long one is, since a place alone may be a record.
    """
    width = sum(bool(heading.strip()) for heading in table.headings)
    if width < _NARROW:
        return set()
    counted = None
    for column in table.columns:
        flags = pc.not_equal(column, "").cast(pa.int16())
        counted = flags if counted is None else pc.add(counted, flags)
    alone = pc.indices_nonzero(pc.and_(pc.equal(counted, 1), pc.invert(blank))).to_pylist()
    says = pc.match_substring_regex(table.columns[0], _NOTE)
    few = pc.and_(pc.and_(pc.greater(counted, 1), pc.less_equal(counted, _FEW_CELLS)), says)
    notes = {
        place
        for place in pc.indices_nonzero(few).to_pylist()[:_MOST_NOTES]
        if not any(is_data(cell) for column in table.columns if (cell := text_at(column, place)))
    }
    for place in alone[:_MOST_NOTES]:
        index, cell = next(
            (index, text) for index, column in enumerate(table.columns) if (text := text_at(column, place))
        )
        if not is_data(cell) and (index == 0 or len(cell) > _LONG or _is_said(cell)):
            notes.add(place)
    return notes
