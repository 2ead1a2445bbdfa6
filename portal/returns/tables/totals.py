"""Find total and subtotal rows, check them against the rows above, and leave them out."""

import re
from dataclasses import dataclass
from typing import cast

from portal.returns.matching.columns import Matching
from portal.returns.tables.extraction import ExtractedTable, LeftOut
from portal.spreadsheets.arrow_columns import Cells, coded_of, flags_at, has_few_values, number_at, pc, text_at

_LABEL = (
    r"(?i)^(?:grand |overall |sub[ -]?|county |district |area |running |column |combined )*totals?(?: (?:for|of|number|no)\b.*)?[:\s]*$"
    r"|^(?:grand |overall )?totals? [a-z ]{2,30}[:\s]*$"
    r"|^(?:all|sum|overall|total\(s\)|all areas|all ages|all persons|all needs|county|averages?|mean|median|percentages?|%)[:\s]*$"
    r"|^.{1,40} (?:sub[ -]?)?totals?[:\s]*$"
)
_NUMBER = re.compile(r"^<?([0-9][0-9,]*)(?:\.0+)?\*?$")
_COUNTED = r"(?i)\d|^[-\x{2013}*.]+$|^(?:suppressed|nil|none|zero|no|yes|true|false|[cxynt]|\[[cx]\]|n/a|✓|✔)$"
_MOST_CHECKED = 20_000  # rows against which totals are checked
_MOST_TOTALS = 200
_FIRST_COLUMNS = 3  # in which a label may stand even where the column is not kept


@dataclass(frozen=True)
class Totals:
    """The table without its totals, and how each total compared with the rows: row number -> whether it agrees."""

    table: ExtractedTable
    checked: tuple[tuple[int, bool | None], ...] = ()


def leave_totals_out(table: ExtractedTable, matching: Matching) -> Totals:
    """Return the table without total and subtotal rows.

    A row is a total if a cell says so and the cells that make a record are blank, or if it is the last row, names
    nothing, and its numbers are the sums of their columns (4.1, step 5).
    """
    if not table.height:
        return Totals(table)
    table = _without_words(table, matching)
    if not table.height:
        return Totals(table)
    labelled = _labelled(table, matching)
    if len(labelled) == table.height:
        labelled = set()  # 'All' in every row breaks nothing down: the rows are the records
    places = sorted(labelled | _unlabelled(table, matching, labelled))
    if not places:
        return Totals(table)
    checked = _check(table, matching, places)
    flags = pc.invert(flags_at(table.height, places))
    left_out = [LeftOut(number_at(table.rows, place), "total") for place in places]
    return Totals(table.take(flags, left_out), tuple(checked))


def _without_words(table: ExtractedTable, matching: Matching) -> ExtractedTable:
    """Return a table of counts without the rows that hold words where its counts stand: notes that a comma parted."""
    counts = _count_columns(matching)
    if not counts:
        return table
    words = filled = flags_at(table.height, ())
    for index in counts:
        column = table.columns[index]
        counted = pc.match_substring_regex(column, _COUNTED)
        filled = pc.or_(filled, counted)
        words = pc.or_(words, pc.and_(pc.not_equal(column, ""), pc.invert(counted)))
    flags = pc.and_(words, pc.invert(filled))
    if not pc.any(flags).as_py() or pc.all(flags).as_py():
        return table
    left_out = [LeftOut(number_at(table.rows, place), "note") for place in pc.indices_nonzero(flags).to_pylist()]
    return table.take(pc.invert(flags), left_out)


def _count_columns(matching: Matching) -> list[int]:
    return [
        match.column for match in matching.matches if match.target is not None and match.target.treatment == "count"
    ]


def _labelled(table: ExtractedTable, matching: Matching) -> set[int]:
    """Return the places of rows in which a cell says 'Total' and nothing makes the row a record."""
    held = {match.column for match in matching.matches if match.target is not None}
    flags = flags_at(table.height, ())
    for index, column in enumerate(table.columns):
        if index < _FIRST_COLUMNS or index in held:
            flags = pc.or_(flags, _says_total(column))
    candidates = pc.indices_nonzero(flags).to_pylist()
    counts = set(_count_columns(matching))
    return {place for place in candidates if _is_total(table, matching, counts, place)}


def _says_total(column: Cells) -> Cells:
    if not has_few_values(column):
        return cast("Cells", pc.match_substring_regex(column, _LABEL))
    coded = coded_of(column)
    return cast("Cells", pc.match_substring_regex(coded.dictionary, _LABEL).take(coded.indices))


def _is_total(table: ExtractedTable, matching: Matching, counts: set[int], place: int) -> bool:
    cells = [text_at(column, place) for column in table.columns]
    label = next(index for index, cell in enumerate(cells) if re.search(_LABEL, cell))
    for match in matching.matches:
        cell = cells[match.column]
        if match.column == label or not cell or match.target is None:
            continue
        if match.target.treatment in {"date", "time", "outward_postcode", "map_point"}:
            if not _NUMBER.match(cell):
                return False  # a record that happens to stand at a place called Total
        elif match.column not in counts and not re.search(_LABEL, cell) and not _NUMBER.match(cell):
            return bool(counts)  # 'Charnwood, Total, 12': a subtotal, where counts are kept
    return True


def _unlabelled(table: ExtractedTable, matching: Matching, labelled: set[int]) -> set[int]:
    """Return the last row's place where it only holds the sums of the columns."""
    counts = _count_columns(matching)
    last = next((place for place in range(table.height - 1, -1, -1) if place not in labelled), -1)
    cells = [text_at(column, last) for column in table.columns] if last > 0 else []
    if not counts:  # in a file of records, the number of rows stands alone below them
        alone = [cell for cell in cells if cell]
        return {last} if len(cells) > _FIRST_COLUMNS and len(alone) == 1 and _value(alone[0]) == last else set()
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
    found = _NUMBER.match(cell)
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
        return any(0 < number <= len(above) for number in numbers) if numbers else None
    given = {index: value for index in counts if (value := _value(text_at(table.columns[index], place))) is not None}
    if not given:
        return None
    sums = dict.fromkeys(given, 0)
    for row in reversed(above):
        for index in given:
            sums[index] += _value(text_at(table.columns[index], row)) or 0
        if sums == given:
            return True
    return False
