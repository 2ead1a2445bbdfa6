"""Find the row of headings in a sheet, and the second row that may belong to it."""

import re
from collections.abc import Callable, Sequence

from portal.returns.matching import value_shapes
from portal.returns.matching.heading_text import key, words
from portal.spreadsheets.arrow_columns import number_at, row_numbers
from portal.spreadsheets.sheets import Sheet

_SEARCHED_ROWS = 30
_DATA = (
    value_shapes.DATE,
    value_shapes.TIME,
    value_shapes.POSTCODE,
    value_shapes.WHOLE,
    value_shapes.METRES,
    value_shapes.DEGREES,
    value_shapes.SERIAL,
)
_SAYS_LITTLE = frozenset(
    ["what", "when", "where", "how", "details", "detail", "general", "information", "info", "data"]
)
_RUN = 2  # single years or months one after another
_YOUNGEST, _OLDEST = 8, 99
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:[ \-/']{0,2}(?:20)?\d{2})?"
    r"|0?1[/.\-](\d{1,2})[/.\-](?:20)?\d{2}|20\d{2}-(\d{2})(?:-01(?:[ T]00:00(?::00)?)?)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?i)(?:grand |overall )?totals?|all|sum")
_GAPS = re.compile(r"\s+")
_PIVOT = frozenset({"row labels", "row label"})  # over the first column of a pivot table: its filters stand above


def filled(row: Sequence[str]) -> list[str]:
    """Return the cells of a row that hold something."""
    return [cell.strip() for cell in row if cell.strip()]


def is_data(cell: str) -> bool:
    """Tell whether a cell reads like data rather than a heading."""
    return any(pattern.fullmatch(cell) for pattern in _DATA)


def _months(cells: Sequence[str]) -> list[int]:
    """Return the number of each cell that is a month or the first day of one; 0 for any other."""
    found = []
    for cell in cells:
        match = _MONTH.fullmatch(cell)
        words = next((group for group in match.groups() if group), "") if match else ""
        found.append(int(words) if words.isdecimal() else _NAMES.index(words.lower()) + 1 if words else 0)
    return found


def without_scales(cells: Sequence[str]) -> list[str]:
    """Return the cells of a row without runs of single years of age, or of months: '10, 11, 12' or 'Jul-26, Aug-26'."""
    ages = [int(cell) if cell.isdecimal() and _YOUNGEST <= int(cell) <= _OLDEST else 0 for cell in cells]
    kept = list(cells)
    for numbers in (ages, _months(cells)):
        start = 0
        for place in range(1, len(cells) + 1):
            if place < len(cells) and numbers[place - 1] and numbers[place] == numbers[place - 1] + 1:
                continue
            if numbers[start] and place - start >= _RUN:
                kept[start:place] = [""] * (place - start)
            start = place
    return [cell for cell in kept if cell]


def heading_row(head: list[list[str]], known: Callable[[str], float]) -> int | None:
    """Return the place of the row with most known headings; failing that, of the first row that reads like headings."""
    best, best_score = None, 0.0
    seen = 0
    for place, row in enumerate(head):
        cells = filled(row)
        if not cells:
            continue
        if cells[0].lower() in _PIVOT and len(cells) > 1:
            return place
        seen += 1
        if seen > _SEARCHED_ROWS:
            break
        distinct = set(cells)
        data = sum(is_data(cell) for cell in without_scales(cells))
        score = sum(known(cell) for cell in distinct) - 1.5 * data
        if score > best_score + 0.01 and (len(distinct) > 1 or len(row) == 1 or score >= 1):
            best, best_score = place, score
    if best is not None and best_score >= 0.9:  # noqa: PLR2004 - one sure heading
        return best
    return _unknown_row(head) if best is None else best


def _unknown_row(head: list[list[str]]) -> int | None:
    for place, row in enumerate(head[:_SEARCHED_ROWS]):
        cells = filled(row)
        below = [each for each in head[place + 1 :] if filled(each)]
        wide = len(cells) > 1 and len(cells) * 2 >= len(row)
        if (
            wide
            and below
            and not any(is_data(cell) for cell in without_scales(cells))
            and len(set(cells)) == len(cells)
        ):
            return place
    return None


def heading_span(sheet: Sheet, head: list[list[str]], place: int) -> tuple[int, int]:
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
    words = list(
        dict.fromkeys(filter(None, group))
    )  # months over their columns are no data: 'July 2026', 'August 2026'
    if any(map(is_data, without_scales(words))) or not words:
        return False
    named = [place for place, cell in enumerate(group) if cell]
    spreads = [each for each in named if group.count(group[each]) > 1]
    if len(spreads) == len([name for name in names if name]) and len({group[each] for each in spreads}) == 1:
        return False  # one title over the whole table
    keys = [key(name) for name in names]
    repeated = any(keys.count(each) > 1 for each in keys if each)
    return (bool(spreads and len(set(spreads)) < len(names)) and (repeated or len(named) > len(spreads))) or (
        repeated and len(named) > 1
    )


def _is_second_row(sheet: Sheet, head: list[list[str]], place: int) -> bool:
    top, below = _spread_row(sheet, head, place), [cell.strip() for cell in head[place + 1]]
    numbers = sheet.rows
    if (
        not any(below)
        or number_at(numbers, place + 1) != number_at(numbers, place) + 1
        or any(is_data(cell) for cell in without_scales(below) if cell)
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
    rest = [each for each in head[place + 2 : place + 8] if filled(each)]
    typed = any(is_data(each[column].strip()) for each in rest for column in own if each[column].strip())
    blank_above = any(not raw[column] for column in own)
    return fits and (typed or not rest) and (blank_above or any(top.count(top[column]) > 1 for column in own))


def _next_blank(raw: Sequence[str], column: int) -> bool:
    return column + 1 < len(raw) and not raw[column + 1]


def joined(sheet: Sheet, head: list[list[str]], first: int, last: int) -> tuple[str, ...]:
    """Return one heading for each column, 'Adults Slight' out of two rows.

    Args:
        sheet: the sheet.
        head: its first rows.
        first: the place of the first row of headings.
        last: the place of the last.
    """
    rows = [_spread_row(sheet, head, place) for place in range(first, last + 1)]
    if len(rows) > 1:
        rows[0] = _carried(rows[0], rows[1])
        rows[0] = _without_last_total(rows[0], rows[1])
        rows[0] = [
            "" if name and set(words(group)) <= _SAYS_LITTLE else group
            for group, name in zip(rows[0], rows[1], strict=True)
        ]
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


def _without_last_total(group: list[str], names: Sequence[str]) -> list[str]:
    """Take the group off a last 'Total' that no other group has: it is the total of all of them."""
    places = [place for place, name in enumerate(names) if name]
    last = places[-1] if places else 0
    others = {group[place] for place in places if place != last and group[place]}
    if not _TOTAL.fullmatch(names[last]) or len(others) < 2 or names.count(names[last]) > 1:  # noqa: PLR2004 - one group has a total of its own
        return group
    return [*group[:last], "", *group[last + 1 :]]
