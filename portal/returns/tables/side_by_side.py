"""Part tables that stand side by side in one sheet, and set a list of months beside the records aside."""

from collections.abc import Sequence
from dataclasses import replace

from portal.returns.matching.heading_text import key
from portal.returns.matching.value_shapes import COUNT, MONTH
from portal.spreadsheets.arrow_columns import Cells, pc, values
from portal.spreadsheets.sheets import Sheet

_LIST_COLUMNS = 3  # of a list by month: the month, and a count or two
_MONTHS = 12
_FIRST_ROWS = 1_000  # which tell of most columns that they hold something


def _is_blank(column: Cells) -> bool:
    return not pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py()


def side_by_side(sheet: Sheet, headings: Sequence[str]) -> list[Sheet]:
    """Return the sheets that a sheet is made of: one, or several that an empty column parts and whose headings repeat.

    Args:
        sheet: the sheet as read.
        headings: its row of headings, a cell a column.
    """
    ranges = _ranges(sheet)
    said = [{key(cell) for cell in headings[begin:end] if cell.strip()} for begin, end in ranges]
    if len(ranges) < 2 or not all(len(said[0] & other) > 1 for other in said[1:]):  # noqa: PLR2004 - one table
        return [sheet]
    return [
        replace(sheet, columns=sheet.columns[begin:end], positions=sheet.positions[begin:end]) for begin, end in ranges
    ]


def without_month_list(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    """Return a sheet without the lists of counts by month that stand beside its records, and how many they were.

    Args:
        sheet: the sheet as read.
        place: the row of its headings, from 0.
    """
    ranges = _ranges(sheet)
    widest = max(ranges, key=lambda each: each[1] - each[0], default=(0, 0))
    lists = [each for each in ranges if each != widest and _is_month_list(sheet, each, place)]
    if not lists:
        return sheet, 0
    kept = [at for at in range(len(sheet.columns)) if not any(begin <= at < end for begin, end in lists)]
    columns = tuple(sheet.columns[at] for at in kept)
    return replace(sheet, columns=columns, positions=tuple(sheet.positions[at] for at in kept)), len(lists)


def _is_month_list(sheet: Sheet, span: tuple[int, int], place: int) -> bool:
    """Say whether some columns hold each month once, perhaps a total, and a number beside each."""
    begin, end = span
    if not 1 < end - begin <= _LIST_COLUMNS:
        return False
    labels, *counts = (_below(column, place) for column in sheet.columns[begin:end])
    months = [label for label in labels if MONTH.match(label)]
    rest = [label for label in labels if label and not MONTH.match(label)]
    return (
        0 < len(months) <= _MONTHS
        and len(set(map(str.lower, months))) == len(months)
        and all("total" in label.lower() for label in rest)
        and all(not count or COUNT.match(count) for column in counts for count in column)
    )


def _below(column: Cells, place: int) -> list[str]:
    return values(pc.utf8_trim_whitespace(column.slice(place + 1, _FIRST_ROWS)))


def _ranges(sheet: Sheet) -> list[tuple[int, int]]:
    """Give the runs of columns that an empty column parts: first and end."""
    blank = [_is_blank(column.slice(0, _FIRST_ROWS)) and _is_blank(column) for column in sheet.columns]
    ranges: list[tuple[int, int]] = []
    start = 0
    for place in range(len(blank) + 1):
        ends = place == len(blank) or blank[place]
        gap = not ends and place > start and sheet.positions[place] - sheet.positions[place - 1] > 1
        if (ends or gap) and place > start:
            ranges.append((start, place))
        if ends or gap:
            start = place + (not gap)
    return ranges
