"""Find total and subtotal rows, check them against the rows above, and leave them out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pyarrow as pa

from portal.privacy.recoding.counts import is_counted
from portal.returns.matching.column_content import is_flag, sample_of
from portal.returns.matching.columns import Matching
from portal.returns.matching.value_shapes import COUNT, MONTH, TIME
from portal.returns.tables.extraction import ExtractedTable, LeftOut
from portal.returns.tables.heading_rows import is_data
from portal.spreadsheets.arrow_columns import (
    Cells,
    always_filled,
    coded_of,
    flags_at,
    has_few_values,
    number_at,
    pc,
    text_at,
)

_LABEL = (
    r"(?i)^(?:grand |overall |sub[ -]?|county |district |area |running |column |combined )*totals?(?: (?:for|of|number|no)\b.*)?[:\s]*$"
    r"|^(?:grand |overall )?totals? [a-z ]{2,30}[:\s]*$"
    r"|^(?:all|sum|overall|total\(s\)|all areas|all ages|all persons|all needs|county|averages?|mean|median|percentages?|%)[:\s]*$"
    r"|^.{1,40} (?:sub[ -]?)?totals?[:\s]*$"
)
# What a total says in a file of records: a number, alone or with what it counts ('2 incidents', '34 %').
_SUM = re.compile(r"^<?[0-9][0-9,]*(?:\.[0-9]+)?\*?(?: ?%| [a-z]{3,20}(?: [a-z]{3,20})?)?$", re.IGNORECASE)
_MOST_CHECKED = 20_000  # rows against which totals are checked
_LABEL_WORDS = 6  # of what a row counts; a note says more
_MARK_WORDS = 2  # of a mark in place of a number
_MOST_TOTALS = 200
_ANY = 10**9  # what a withheld number may be at most
_LIST_CELLS = 3  # of a row that counts the records
_HALF = 0.5
_WORDED = frozenset({"category", "location", "outward_postcode", "date", "time"})  # hold no counts
_FIRST_COLUMNS = 3  # in which a label may stand even where the column is not kept


@dataclass(frozen=True)
class Totals:
    """The table without its totals, and how each total compared with the rows: row number -> whether it agrees."""

    table: ExtractedTable
    checked: tuple[tuple[int, bool | None], ...] = ()


def leave_totals_out(table: ExtractedTable, matching: Matching) -> Totals:
    """Return the table without total and subtotal rows.

    A row is a total if a cell says so and the cells that make a record are blank, or if it is the last row, names
    nothing, and its numbers are the sums of their columns.
    """
    if not table.height:
        return Totals(table)
    table = _without_words(table, matching)
    if not table.height:
        return Totals(table)
    labelled = _labelled(table, matching) | _lists(table, matching)
    if len(labelled) == table.height and _count_columns(matching):
        labelled = set()  # 'All' in every row breaks nothing down: the rows are the records
    places = sorted(labelled | _unlabelled(table, matching, labelled))
    if not places:
        return Totals(table)
    checked = _check(table, matching, places)
    flags = pc.invert(flags_at(table.height, places))
    left_out = [LeftOut(number_at(table.rows, place), "total") for place in places]
    return Totals(table.take(flags, left_out), tuple(checked))


def _without_words(table: ExtractedTable, matching: Matching) -> ExtractedTable:
    """Return a table of counts without the rows that hold sentences where its counts stand: notes that a comma parted.

    A mark that is not known in a row that names what it counts stays, and is told as a number that cannot be read.
    """
    counts = _count_columns(matching)
    if not counts or table.height > _MOST_CHECKED:
        return table
    labels = [match.column for match in matching.matches if match.target is not None and match.column not in counts]
    notes = [place for place in range(table.height) if _is_note(table, place, counts, labels)]
    if not notes or len(notes) == table.height:
        return table
    left_out = [LeftOut(number_at(table.rows, place), "note") for place in notes]
    return table.take(pc.invert(flags_at(table.height, notes)), left_out)


def _is_note(table: ExtractedTable, place: int, counts: list[int], labels: list[int]) -> bool:
    cells = [cell for index in counts if (cell := text_at(table.columns[index], place))]
    if not cells or any(is_counted(cell) or is_flag(cell) for cell in cells):
        return False
    named = any(
        len(text_at(table.columns[index], place).split()) <= _LABEL_WORDS
        for index in labels
        if text_at(table.columns[index], place)
    )
    return not named or max(len(cell.split()) for cell in cells) > _MARK_WORDS


def _count_columns(matching: Matching) -> list[int]:
    return [
        match.column for match in matching.matches if match.target is not None and match.target.treatment == "count"
    ]


def _labelled(table: ExtractedTable, matching: Matching) -> set[int]:
    """Return the places of rows in which a cell says 'Total' and nothing makes the row a record."""
    held = {match.column for match in matching.matches if match.target is not None}
    counts = set(_count_columns(matching))
    flags = flags_at(table.height, ())
    for index, column in enumerate(table.columns):
        if index < _FIRST_COLUMNS or index in held or (counts and has_few_values(column)):
            flags = pc.or_(flags, _says_total(column, is_held=index in held))
    candidates = pc.indices_nonzero(flags).to_pylist()
    return {place for place in candidates if _is_total(table, matching, counts, held, place)}


def _lists(table: ExtractedTable, matching: Matching) -> set[int]:
    """Return the places of rows that count the records of a file by month or by anything else, in whatever columns.

    Such a row has two or three cells: a label, and numbers where the columns hold none. A day makes it a record.
    """
    if _count_columns(matching) or always_filled(table.columns, _LIST_CELLS) > _LIST_CELLS:
        return set()
    filled = None
    for column in table.columns:
        flags = pc.not_equal(column, "").cast(pa.int16())
        filled = flags if filled is None else pc.add(filled, flags)
    few = pc.indices_nonzero(pc.and_(pc.greater(filled, 1), pc.less_equal(filled, _LIST_CELLS))).to_pylist()
    wide = sum(bool(heading.strip()) for heading in table.headings) > _LIST_CELLS
    if not wide or not few:
        return set()
    treatments = {match.column: match.target.treatment for match in matching.matches if match.target is not None}
    numeric = {
        index: treatments.get(index) not in _WORDED and sample_of(column).whole > _HALF
        for index, column in enumerate(table.columns)
    }
    return {place for place in few[:_MOST_CHECKED] if _counts_records(table, place, numeric, treatments)}


def _counts_records(
    table: ExtractedTable, place: int, numeric: Mapping[int, bool], treatments: Mapping[int, str]
) -> bool:
    cells = {index: cell for index, column in enumerate(table.columns) if (cell := text_at(column, place))}
    first, *rest = cells
    if not all(_SUM.match(cells[index]) for index in rest) or _SUM.match(cells[first]):
        return False
    out_of_place = [
        index
        for index in rest
        if not numeric[index] and not (treatments.get(index) == "time" and TIME.fullmatch(cells[index]))
    ]
    dated = treatments.get(first) == "date" and not MONTH.match(cells[first]) and is_data(cells[first])
    return bool(out_of_place) and not dated


def _says_total(column: Cells, *, is_held: bool) -> Cells:
    if pc.all(pc.ascii_is_decimal(column)).as_py():
        return flags_at(len(column), ())
    if not is_held and not has_few_values(column):  # the values of one that is held are found anyway
        return cast("Cells", pc.match_substring_regex(column, _LABEL))
    coded = coded_of(column)
    return cast("Cells", pc.match_substring_regex(coded.dictionary, _LABEL).take(coded.indices))


def _is_total(table: ExtractedTable, matching: Matching, counts: set[int], held: set[int], place: int) -> bool:
    cells = [text_at(column, place) for column in table.columns]
    label = next(index for index, cell in enumerate(cells) if re.search(_LABEL, cell))
    if label >= _FIRST_COLUMNS and label not in held:  # where anything may stand: then the row has nothing but sums
        return all(_SUM.match(cell) for index, cell in enumerate(cells) if cell and index != label)
    for match in matching.matches:
        cell = cells[match.column]
        if match.column == label or not cell or match.target is None:
            continue
        if match.target.treatment in {"date", "time", "outward_postcode", "map_point"}:
            if not _SUM.match(cell):
                return False  # a record that happens to stand at a place called Total
        elif match.column not in counts and not re.search(_LABEL, cell) and not _SUM.match(cell):
            return bool(counts)  # 'Charnwood, Total, 12': a subtotal, where counts are kept
    return True


def _unlabelled(table: ExtractedTable, matching: Matching, labelled: set[int]) -> set[int]:
    """Return the last row's place where it only holds the sums of the columns."""
    counts = _count_columns(matching)
    last = next((place for place in range(table.height - 1, -1, -1) if place not in labelled), -1)
    cells = [text_at(column, last) for column in table.columns] if last > 0 else []
    if not counts:  # in a file of records, a number stands alone below them: '14', '14 incidents'
        alone = [cell for cell in cells if cell]
        return {last} if len(cells) > _FIRST_COLUMNS and len(alone) == 1 and _SUM.match(alone[0]) else set()
    if last < 2:  # noqa: PLR2004 - the sum of one row is that row
        return set()
    if any(cell for index, cell in enumerate(cells) if index not in counts):
        return set()
    before = [place for place in range(last) if place not in labelled]
    sums = [_sum(table.columns[index], before) for index in counts]
    own = [_value(cells[index]) for index in counts]
    return (
        {last}
        if any(own) and all(mine is None or mine == total for mine, total in zip(own, sums, strict=True))
        else set()
    )


def _value(cell: str) -> int | None:
    found = COUNT.match(cell)
    return int(found.group(1).replace(",", "")) if found else None


def _sum(column: Cells, places: list[int]) -> int:
    return sum(_value(text_at(column, place)) or 0 for place in places)


def _check(table: ExtractedTable, matching: Matching, places: list[int]) -> list[tuple[int, bool | None]]:
    """Compare each total with the rows since the last one, and with all rows."""
    counts = _count_columns(matching)
    totals = set(places)
    rows = [place for place in range(table.height) if place not in totals]
    if len(rows) > _MOST_CHECKED:
        return [(number_at(table.rows, place), None) for place in places]
    return [(number_at(table.rows, place), _agrees(table, counts, rows, place)) for place in places[:_MOST_TOTALS]]


def _agrees(table: ExtractedTable, counts: list[int], rows: list[int], place: int) -> bool | None:
    """Tell whether a total is the sum of the rows above it, back to any row; nothing where it holds no number.

    In a file of records the number of rows is what a total counts.
    """
    above = [row for row in rows if row < place] or rows
    if not counts:
        numbers = [value for column in table.columns if (value := _value(text_at(column, place))) is not None]
        return any(min(1, len(above)) <= number <= len(above) for number in numbers) if numbers else None
    given = {index: value for index in counts if (value := _value(text_at(table.columns[index], place))) is not None}
    if not given:
        return None
    least, most = dict.fromkeys(given, 0), dict.fromkeys(given, 0)
    for row in reversed(above):
        for index in given:
            low, high = _bounds(text_at(table.columns[index], row))
            least[index], most[index] = least[index] + low, most[index] + high
        if all(least[index] <= number <= most[index] for index, number in given.items()):
            return True
    return False


def _bounds(cell: str) -> tuple[int, int]:
    """Return between what a number lies: '<5' is 0 to 4, and of a withheld one nothing is known."""
    number = _value(cell)
    if number is None:
        return (0, _ANY) if cell and is_counted(cell) else (0, 0)
    return (0, number - 1) if cell.startswith("<") else (number, number)
