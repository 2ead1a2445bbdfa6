"""Part tables that stand side by side in one sheet."""

from collections.abc import Sequence
from dataclasses import replace

from portal.returns.matching.heading_text import key
from portal.spreadsheets.arrow_columns import Cells, pc
from portal.spreadsheets.sheets import Sheet

_FIRST_ROWS = 1_000  # which tell of most columns that they hold something


def _is_blank(column: Cells) -> bool:
    return not pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py()


def side_by_side(sheet: Sheet, headings: Sequence[str]) -> list[Sheet]:
    """Return the sheets that a sheet is made of: one, or several that an empty column parts and whose headings repeat.

    Args:
        sheet: the sheet as read.
        headings: its row of headings, a cell a column.
    """
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
    said = [{key(cell) for cell in headings[begin:end] if cell.strip()} for begin, end in ranges]
    if len(ranges) < 2 or not all(len(said[0] & other) > 1 for other in said[1:]):  # noqa: PLR2004 - one table
        return [sheet]
    return [
        replace(sheet, columns=sheet.columns[begin:end], positions=sheet.positions[begin:end]) for begin, end in ranges
    ]
