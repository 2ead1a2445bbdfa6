"""Find the tables in a sheet: where the headings stand, which rows are records, and what else was there.

A sheet may begin with a title, carry headings in two rows, repeat them, and end in notes. Every row that is left out is
named with its reason; a record never is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from portal.returns import limits, shapes
from portal.returns.columns import Cells, flags_at, number_at, pc, row_numbers, text_at, texts
from portal.returns.headings import key
from portal.returns.sheets import Sheet

_SEARCHED_ROWS = 30
_REPEATED_SHARE = 0.6
_NOTE_LENGTH = 12
_DATA = (shapes.DATE, shapes.TIME, shapes.POSTCODE, shapes.WHOLE, shapes.METRES, shapes.DEGREES, shapes.SERIAL)
_GAPS = re.compile(r"\s+")


@dataclass(frozen=True)
class LeftOut:
    """A row that is no record, and why in one word: title, headings, blank, note, total."""

    row: int
    why: str


@dataclass(frozen=True)
class Table:
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

    @property
    def height(self) -> int:
        """Count the records."""
        return len(self.rows)

    def take(self, keep: Cells, left_out: Sequence[LeftOut] = ()) -> "Table":
        """Return the table with only the rows whose flag is true."""
        columns = tuple(column.filter(keep) for column in self.columns)
        return Table(
            self.sheet,
            self.headings,
            columns,
            self.rows.filter(keep),
            (*self.left_out, *left_out),
            self.positions,
            self.filled,
        )


def find_tables(sheet: Sheet, known: Callable[[str], float]) -> list[Table]:
    """Return the tables of a sheet, top to bottom (4.1, step 5).

    Args:
        sheet: the sheet as read.
        known: tells how surely a cell is a heading of some return, 0 to 1.
    """
    head = sheet.head(limits.HEADING_ROWS)
    place = _heading_row(head, known)
    if place is None:
        return []
    first, last = _heading_span(sheet, head, place)
    headings = _joined(sheet, head, first, last)
    numbers = row_numbers(sheet.rows.slice(0, last + 1))
    title = [LeftOut(number, "title") for row, number in zip(head[:first], numbers, strict=False) if _filled(row)]
    body = _body(sheet, last + 1)
    starts = _later_headings(body, [key(heading) for heading in headings if heading.strip()], known)
    return _blocks(sheet.name, headings, body, starts, title)


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _is_data(cell: str) -> bool:
    return any(pattern.fullmatch(cell) for pattern in _DATA)


def _heading_row(head: list[list[str]], known: Callable[[str], float]) -> int | None:
    """Return the place of the row with most known headings; failing that, of the first row that reads like headings."""
    best, best_score = None, 0.0
    seen = 0
    for place, row in enumerate(head):
        cells = _filled(row)
        if not cells:
            continue
        seen += 1
        if seen > _SEARCHED_ROWS:
            break
        distinct = set(cells)
        data = sum(_is_data(cell) for cell in cells)
        score = sum(known(cell) for cell in distinct) - 1.5 * data
        if score > best_score + 0.01 and (len(distinct) > 1 or len(row) == 1 or score >= 1):
            best, best_score = place, score
    if best is not None and best_score >= 0.9:  # noqa: PLR2004 - one sure heading
        return best
    return _unknown_heading_row(head) if best is None else best


def _unknown_heading_row(head: list[list[str]]) -> int | None:
    for place, row in enumerate(head[:_SEARCHED_ROWS]):
        cells = _filled(row)
        below = [each for each in head[place + 1 :] if _filled(each)]
        wide = len(cells) > 1 and len(cells) * 2 >= len(row)
        if wide and below and not any(_is_data(cell) for cell in cells) and len(set(cells)) == len(cells):
            return place
    return None


def _heading_span(sheet: Sheet, head: list[list[str]], place: int) -> tuple[int, int]:
    """Return the first and last row of the headings: a group row above, or a second row below, belongs to them."""
    first = last = place
    numbers = row_numbers(sheet.rows.slice(0, len(head)))
    if place and numbers[place - 1] == numbers[place] - 1 and _is_group_row(sheet, head, place - 1, place):
        first = place - 1
    if place + 1 < len(head) and _is_second_row(sheet, head, place):
        last = place + 1
    return first, last


def _spread_row(sheet: Sheet, head: list[list[str]], place: int) -> list[str]:
    """Return a row with the words of its merged cells repeated over the columns they cover."""
    number = number_at(sheet.rows, place)
    return [
        (sheet.spread.get((number, position)) or cell).strip()
        for cell, position in zip(head[place], sheet.positions, strict=True)
    ]


def _is_group_row(sheet: Sheet, head: list[list[str]], above: int, place: int) -> bool:
    """Tell whether the row above names groups of columns: it spreads, or parts headings that are otherwise the same."""
    group, names = _spread_row(sheet, head, above), [cell.strip() for cell in head[place]]
    if any(_is_data(cell) for cell in group if cell) or len(set(filter(None, group))) < 1:
        return False
    filled = [place for place, cell in enumerate(group) if cell]
    spreads = [each for each in filled if group.count(group[each]) > 1]
    if len(spreads) == len([name for name in names if name]) and len({group[each] for each in spreads}) == 1:
        return False  # one title over the whole table
    keys = [key(name) for name in names]
    repeated = any(keys.count(each) > 1 for each in keys if each)
    return (bool(spreads and len(set(spreads)) < len(names)) and (repeated or len(filled) > len(spreads))) or (
        repeated and len(filled) > 1
    )


def _is_second_row(sheet: Sheet, head: list[list[str]], place: int) -> bool:
    top, below = _spread_row(sheet, head, place), [cell.strip() for cell in head[place + 1]]
    numbers = sheet.rows
    if (
        not any(below)
        or number_at(numbers, place + 1) != number_at(numbers, place) + 1
        or any(_is_data(cell) for cell in below if cell)
    ):
        return False
    raw = [cell.strip() for cell in head[place]]
    number = number_at(numbers, place + 1)
    own = [
        column
        for column, cell in enumerate(below)
        if cell and (number, sheet.positions[column]) not in sheet.filled and cell != raw[column]
    ]
    if not own:
        return False
    fits = all(not raw[column] or top.count(top[column]) > 1 or _next_blank(raw, column) for column in own)
    rest = [each for each in head[place + 2 : place + 8] if _filled(each)]
    typed = any(_is_data(each[column].strip()) for each in rest for column in own if each[column].strip())
    blank_above = any(not raw[column] for column in own)
    return fits and (typed or not rest) and (blank_above or any(top.count(top[column]) > 1 for column in own))


def _next_blank(raw: Sequence[str], column: int) -> bool:
    return column + 1 < len(raw) and not raw[column + 1]


def _joined(sheet: Sheet, head: list[list[str]], first: int, last: int) -> tuple[str, ...]:
    """Return one heading for each column, 'Adults Slight' out of two rows."""
    rows = [_spread_row(sheet, head, place) for place in range(first, last + 1)]
    if len(rows) > 1:
        rows[0] = _carried(rows[0], rows[1])
    joined = []
    for parts in zip(*rows, strict=True):
        distinct = list(dict.fromkeys(part for part in parts if part))
        joined.append(_GAPS.sub(" ", " ".join(distinct)))
    return tuple(joined)


def _carried(group: list[str], names: Sequence[str]) -> list[str]:
    """Carry a group's name to the right over columns that have only a second name."""
    carried, current = [], ""
    for cell, name in zip(group, names, strict=True):
        if cell:
            current = cell
        elif not name:
            current = ""
        carried.append(cell or (current if name else ""))
    return carried


def _body(sheet: Sheet, start: int) -> Table:
    columns = tuple(pc.utf8_trim_whitespace(column.slice(start)) for column in sheet.columns)
    rows = sheet.rows.slice(start)
    places = {position: index for index, position in enumerate(sheet.positions)}
    filled = frozenset((row, places[position]) for row, position in sheet.filled if position in places)
    return Table(sheet.name, (), columns, rows, (), sheet.positions, filled)


def blank_rows(columns: Sequence[Cells], height: int) -> Cells:
    """Return a flag for each row: true where no column holds anything."""
    blank = flags_at(height, range(height))
    for column in columns:
        blank = pc.and_(blank, pc.equal(column, ""))
    return blank


def _later_headings(body: Table, names: list[str], known: Callable[[str], float]) -> dict[int, bool]:
    """Return the places of heading rows inside the body: true where they repeat the first ones."""
    if not body.height or not names:
        return {}
    hits = None
    for column in body.columns:
        lowered = pc.utf8_lower(column)
        words = _heading_words(lowered, names, known)
        if words:
            flags = pc.is_in(lowered, value_set=texts(words)).cast(pa.int8())
            hits = flags if hits is None else pc.add(hits, flags)
    if hits is None:
        return {}
    places = pc.indices_nonzero(pc.greater_equal(hits, max(2, round(len(names) * _REPEATED_SHARE)))).to_pylist()
    return _sorted_headings(body, names, places, known)


def _heading_words(lowered: Cells, names: list[str], known: Callable[[str], float]) -> list[str]:
    """Return the values of a column that read as headings; columns of free text are looked at by their short values."""
    short = lowered.filter(pc.less(pc.utf8_length(lowered), 40))
    distinct = short.unique()
    if len(distinct) > 2000:  # noqa: PLR2004 - among so many values only the table's own headings are looked for
        wanted = set(names)
        return [value for value in wanted if value]
    return [value for value in distinct.to_pylist() if value and (key(value) in names or known(value) >= 0.9)]  # noqa: PLR2004 - a sure heading


def _sorted_headings(
    body: Table, names: list[str], places: list[int], known: Callable[[str], float]
) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for place in places[:1000]:
        cells = [text_at(column, place) for column in body.columns]
        keys = [key(cell) for cell in cells if cell]
        if any(_is_data(cell) for cell in cells if cell):
            continue
        same = sum(each in names for each in keys)
        if same >= _REPEATED_SHARE * len(names):
            found[place] = True
        elif len(keys) > 1 and sum(known(cell) for cell in cells if cell) >= max(2.0, 0.6 * len(keys)):
            found[place] = False
    return found


def _blocks(
    name: str,
    headings: tuple[str, ...],
    body: Table,
    starts: dict[int, bool],
    title: list[LeftOut],
) -> list[Table]:
    """Part the body where other headings begin, and take out repeated headings, blank rows and notes."""
    cuts = [place for place, same in starts.items() if not same]
    edges = [-1, *cuts, body.height]
    tables = []
    for index, (begin, end) in enumerate(pairwise(edges)):
        own = headings if index == 0 else tuple(text_at(column, begin) for column in body.columns)
        left_out = title if index == 0 else [LeftOut(number_at(body.rows, begin), "headings")]
        start = begin + 1
        part = Table(
            name,
            own,
            tuple(column.slice(start, end - start) for column in body.columns),
            body.rows.slice(start, end - start),
            tuple(left_out),
            body.positions,
            body.filled,
        )
        repeated = {place - start for place, same in starts.items() if same and start <= place < end}
        tables.append(_records(part, repeated))
    return [table for table in tables if any(heading.strip() for heading in table.headings)]


def _records(table: Table, repeated: set[int]) -> Table:
    height = table.height
    if not height:
        return table
    drop = blank_rows(table.columns, height)
    left_out: list[LeftOut] = []
    notes = _notes(table, drop)
    for places, why in ((repeated, "headings"), (notes, "note")):
        left_out += [LeftOut(number_at(table.rows, place), why) for place in sorted(places)]
    if repeated or notes:
        drop = pc.or_(drop, flags_at(height, repeated | notes))
    return table.take(pc.invert(drop), left_out)


def _notes(table: Table, blank: Cells) -> set[int]:
    """Return the places of rows that hold one cell of words in a table of several columns: notes and sub-headings."""
    width = sum(bool(heading.strip()) for heading in table.headings)
    if width < 3:  # noqa: PLR2004 - in a narrow table a single cell may be a record
        return set()
    filled = None
    for column in table.columns:
        flags = pc.not_equal(column, "").cast(pa.int16())
        filled = flags if filled is None else pc.add(filled, flags)
    alone = pc.indices_nonzero(pc.and_(pc.equal(filled, 1), pc.invert(blank))).to_pylist()
    notes = set()
    for place in alone[:5000]:
        cell = next(text for column in table.columns if (text := text_at(column, place)))
        if not _is_data(cell):
            notes.add(place)
    return notes
