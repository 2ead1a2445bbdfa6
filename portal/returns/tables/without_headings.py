"""Read a list of counts that has no headings: 'Fatal, 1', or districts with a number each."""

from collections.abc import Sequence

from portal.returns.tables.axes import AGE, BY, ETHNICITY, GENDER, MEASURE, Axes, axes_of, read_all
from portal.returns.tables.crosstabs import climb, is_numeric
from portal.returns.tables.extraction import ExtractedTable, LeftOut
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import numbers, pc, row_numbers, texts, values
from portal.spreadsheets.sheets import Sheet

_MOST_ROWS = 500
_MOST_LABELS = 3
_HEADINGS = {GENDER: "Gender", AGE: "Age", ETHNICITY: "Ethnicity"}
NOTE = "The file had no headings. Its columns were taken for: {}."


def headless(sheet: Sheet, entry: DataSet, edition_id: str, quarter: Quarter) -> ExtractedTable | None:
    """Return the list that a sheet without headings is; nothing where it is none.

    Args:
        sheet: the sheet as read.
        entry: the data set it is sent for.
        edition_id: the edition whose codes hold.
        quarter: the quarter it is sent for.
    """
    if entry.level != "aggregate" or not 0 < sheet.height <= _MOST_ROWS:
        return None
    columns = [values(pc.utf8_trim_whitespace(column)) for column in sheet.columns]
    held = [place for place, column in enumerate(columns) if any(column)]
    counts = [place for place in held if is_numeric(texts(columns[place]))]
    if len(counts) > 1 and climb(texts(columns[counts[0]])):
        counts = counts[1:]
    if len(counts) != 1 or not 0 < len(held) - 1 <= _MOST_LABELS or counts[0] != held[-1]:
        return None
    is_row = [
        bool(columns[counts[0]][row]) and any(columns[place][row] for place in held[:-1]) for row in range(sheet.height)
    ]
    rows = [row for row, each in enumerate(is_row) if each]
    if not rows:
        return None
    axes = axes_of(entry.id, edition_id)
    headings = [_heading([columns[place][row] for row in rows], axes, quarter) for place in held[:-1]]
    if len(set(headings)) < len(headings):
        return None
    place_of = row_numbers(sheet.rows)
    other = [row for row in range(sheet.height) if not is_row[row] and any(columns[place][row] for place in held)]
    left_out = tuple(LeftOut(place_of[row], "title" if row < rows[0] else "note") for row in other)
    return ExtractedTable(
        sheet.name,
        (*headings, "Number"),
        tuple(texts(columns[place][row] for row in rows) for place in held),
        numbers(place_of[row] for row in rows),
        left_out,
        tuple(sheet.positions[place] for place in held),
        title=" ".join([sheet.name, *(columns[place][row] for row in other if row < rows[0] for place in held)]),
        notes=(NOTE.format(", ".join([*headings, "Number"])),),
    )


def _heading(labels: Sequence[str], axes: Axes, quarter: Quarter) -> str:
    """Return the heading that labels of counts would have."""
    said = [each for each in read_all(axes, labels, quarter) if each is None or not each.total or each.axes]
    kinds = [each.kinds if each is not None else frozenset() for each in said]
    for axis, heading in _HEADINGS.items():
        if kinds and all(each == {axis} for each in kinds):
            return heading
    wide = axes.entry.policy.wide
    known = sum(bool(each & {BY, MEASURE}) for each in kinds)
    if wide is not None and known * 2 >= max(1, len(kinds)):
        return axes.entry.field(wide.by).label
    return "Measure" if kinds and known == len(kinds) else "Area"
