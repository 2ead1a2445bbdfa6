"""Set a table of counts upright: labels down, a column for each count; a table that lies on its side is turned."""

import re
from collections.abc import Sequence
from dataclasses import replace

from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.names.lexicon import lexicon
from portal.returns.matching import value_shapes
from portal.returns.matching.column_names import name_score
from portal.returns.matching.columns import LIMIT
from portal.returns.matching.schema import targets_of
from portal.returns.tables.axes import AGE, BY, ETHNICITY, GENDER, MEASURE, MONTH, Axes, AxisValues, axes_of, read_all
from portal.returns.tables.extraction import ExtractedTable
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells, numbers, row_numbers, texts, values

_NUMERIC = 0.8  # of a column's cells
_HIDDEN = frozenset({"*", "**", "suppressed", "c", "x", "[c]", "n/a", "..", "."})
_LABELS = {GENDER: "Gender", AGE: "Age", ETHNICITY: "Ethnicity"}
_GENDERS = {"M": "Male", "F": "Female", "O": "Other", "U": "Not known"}
_YOUNGEST, _OLDEST = 8, 99
_RANGE = re.compile(
    r"\d{1,4} ?(?:-|\u2013|to) ?\d{1,4}|\d{1,4} ?\+|[<>]=? ?\d{1,4}"
)  # a count that is known within bounds
_MOST_ROWS = 500  # of a table of labels
_WORDS = re.compile(r"[^\W\d_][^\d_%]{2,40}")
_CODE = re.compile(r"[EW]\d{8}|[A-Z]{1,3}\d{1,2}")
_AND = re.compile(r"\s+and\s+|\s*&\s*|\s*/\s*")
_PARTS_OF_NAMES = frozenset(
    [
        "borough",
        "district",
        "council",
        "county",
        "city",
        "of",
        "the",
        "north",
        "south",
        "east",
        "west",
        "nw",
        "ne",
        "sw",
        "se",
        "central",
        "area",
    ]
)
TURNED = "The table had its counts down and its groups across. It was turned."
SPREAD = "The table had a column for each area. Each became rows of its own."


def upright(table: ExtractedTable, entry: DataSet, edition_id: str, quarter: Quarter) -> ExtractedTable:
    """Return a table of counts with its labels down and its counts across; any other table as it is.

    Args:
        table: the table as found.
        entry: the data set it is sent for.
        edition_id: the edition whose codes hold.
        quarter: the quarter it is sent for.
    """
    if entry.level != "aggregate" or not 0 < table.height <= _MOST_ROWS:
        return table
    counts = [
        place
        for place, column in enumerate(table.columns)
        if is_numeric(column) and not _names_label(table.headings[place], entry, edition_id)
    ]
    labels = [place for place in range(len(table.columns)) if place not in counts and _is_label(table, place)]
    if not counts or not labels or labels[0] > counts[0]:
        return table
    axes = axes_of(entry.id, edition_id)
    across = read_all(axes, [table.headings[place] for place in counts], quarter)
    unsaid = [place for place, said in zip(counts, across, strict=True) if said is None and table.headings[place]]
    areas = [place for place in unsaid if names_area(table.headings[place])]
    if len(labels) == 1 and _lies(axes, values(table.columns[labels[0]]), across, len(unsaid), quarter):
        words = [place for place in unsaid if _WORDS.fullmatch(table.headings[place])]
        return _turned(table, labels[0], counts, across, words if len(words) > 1 else areas)
    return _spread(table, labels, counts, across, areas) if len(areas) > 1 else table


def names_area(heading: str) -> bool:
    """Tell whether a heading is the name of a known place, or the code of an area."""
    if _CODE.fullmatch(heading.strip()):
        return True
    parts = [part for part in _AND.split(fold(heading).lower()) if part]
    named = [" ".join(word for word in part.split() if word not in _PARTS_OF_NAMES) for part in parts]
    return bool(named) and all(part in lexicon().places for part in named)


def is_numeric(column: Cells) -> bool:
    """Tell whether a column holds counts."""
    filled = [value for value in values(column) if value]
    whole = [value for value in filled if value_shapes.WHOLE.fullmatch(value) or value.lower() in _HIDDEN]
    # Beside whole numbers one known within bounds is a count too: '4-8', '1+'. By themselves they are bands of age.
    hits = len(whole) + (sum(bool(_RANGE.fullmatch(value)) for value in filled) if 2 * len(whole) >= len(filled) else 0)
    return bool(filled) and hits >= _NUMERIC * len(filled) and any(value[-1].isdigit() for value in filled)


def _names_label(heading: str, entry: DataSet, edition_id: str) -> bool:
    """Tell whether a heading names something other than a count."""
    others = [each for each in targets_of(entry.id, edition_id) if each.treatment != "count"]
    return any(name_score(heading, each) >= LIMIT for each in others)


def labels_told(table: ExtractedTable, entry: DataSet, edition_id: str, quarter: Quarter) -> dict[int, str]:
    """Return the columns whose heading names nothing, but whose labels all are genders, ages, ethnic groups or needs.

    Args:
        table: the table.
        entry: the data set; one of counts.
        edition_id: the edition whose words hold.
        quarter: the quarter.
    """
    if table.height > _MOST_ROWS:
        return {}
    axes, found = axes_of(entry.id, edition_id), dict[int, str]()
    for place, column in enumerate(table.columns):
        if _names_label(table.headings[place], entry, edition_id) or (
            is_numeric(column) and (place or not climb(column))
        ):
            continue
        said = read_all(axes, [value for value in values(column) if value], quarter)
        kinds = {
            each.kinds if each is not None else None for each in said if each is None or each.axes or not each.total
        }
        name = _field_of(kinds.pop(), entry) if len(kinds) == 1 else ""
        if name:
            found[place] = name
    return found


def climb(column: Cells) -> bool:
    """Tell whether numbers are ages that stand for groups: each is there once, and they climb."""
    ages = [int(value) for value in values(column) if value.isdecimal()]
    return len(ages) > 1 and ages == sorted(set(ages)) and ages[0] >= _YOUNGEST and ages[-1] <= _OLDEST


def _field_of(kinds: frozenset[str] | None, entry: DataSet) -> str:
    wide = entry.policy.wide
    if kinds == frozenset({BY}) and wide is not None:
        return wide.by
    treatments = {frozenset({GENDER}): "sex", frozenset({AGE}): "age_band", frozenset({ETHNICITY}): "ethnicity_group"}
    wanted = treatments.get(kinds or frozenset(), "")
    return next((each.name for each in entry.fields if each.treatment == wanted), "")


def _is_label(table: ExtractedTable, place: int) -> bool:
    """Tell whether a column holds words; one of percentages goes no further."""
    filled = [value for value in values(table.columns[place]) if value]
    return bool(filled) and "%" not in table.headings[place] and not all(value.endswith("%") for value in filled)


def _lies(axes: Axes, down: Sequence[str], across: Sequence[AxisValues | None], unsaid: int, quarter: Quarter) -> bool:
    """Tell whether the labels down are counts, so that the table lies on its side."""
    said = [each for each in read_all(axes, down, quarter) if each is None or each.axes or not each.total]
    if len(said) < 2 or any(each is None or not each.kinds & {MEASURE, BY} for each in said):  # noqa: PLR2004 - one label is a row
        return False
    has_measures = any(each is not None and MEASURE in each.axes for each in said)
    groups = [each for each in across if each is not None and each.kinds & set(_LABELS)]
    if has_measures:
        return not any(each is not None and each.kinds & {MEASURE, BY} and MEASURE in each.kinds for each in across)
    is_need = len({each.name for each in axes.entry.fields if each.treatment == "count"}) > 1
    return is_need and bool(groups or unsaid > 1)


def _turned(
    table: ExtractedTable, label: int, counts: Sequence[int], across: Sequence[AxisValues | None], areas: Sequence[int]
) -> ExtractedTable:
    """Return the table with a row for each group and a column for each count."""
    kept = [(place, said) for place, said in zip(counts, across, strict=True) if said is not None or place in areas]
    plain = [place for place, said in kept if said is not None and not said.axes and not said.total]
    if not kept:
        kept = [(counts[0], AxisValues({}))]
        plain = [counts[0]]
    months = [place for place, said in kept if said is not None and MONTH in said.axes]
    if months or (plain and len(kept) == 1):
        return _turned_months(table, label, kept)
    kinds = [axis for axis in _LABELS if any(said is not None and axis in said.axes for _, said in kept)]
    headings = [_LABELS[axis] for axis in kinds] + (["Area"] if areas or not kinds else [])
    rows = [
        [_word(table, place, said, axis) for axis in kinds]
        + ([_area(table, place, said)] if areas or not kinds else [])
        for place, said in kept
    ]
    columns = [texts(cells) for cells in zip(*rows, strict=True)]
    names = values(table.columns[label])
    made = [texts(values(table.columns[place])[row] for place, _ in kept) for row in range(table.height)]
    return _table(table, [*headings, *names], [*columns, *made], len(kept), TURNED)


def _turned_months(table: ExtractedTable, label: int, kept: Sequence[tuple[int, AxisValues | None]]) -> ExtractedTable:
    """Return one record whose counts stood down the page; a column a month where months stood across."""
    headings, columns = [], []
    for row, name in enumerate(values(table.columns[label])):
        for place, said in kept:
            month = table.headings[place] if said is not None and MONTH in said.axes else ""
            if said is not None and said.total and len(kept) > 1:
                continue
            headings.append(f"{name} {month}".strip())
            columns.append(texts([values(table.columns[place])[row]]))
    return _table(table, headings, columns, 1, TURNED)


def _word(table: ExtractedTable, place: int, said: AxisValues | None, axis: str) -> str:
    if said is None or axis not in said.axes:
        return "Total" if said is not None and said.total else ""
    value = said.axes[axis]
    if axis == GENDER:
        return _GENDERS.get(value, value)
    return value if axis == AGE else table.headings[place]


def _area(table: ExtractedTable, place: int, said: AxisValues | None) -> str:
    return "Total" if said is not None and said.total else table.headings[place] if said is None else ""


def _spread(
    table: ExtractedTable,
    labels: Sequence[int],
    counts: Sequence[int],
    across: Sequence[AxisValues | None],
    areas: Sequence[int],
) -> ExtractedTable:
    """Return the table with a row for each label and area, in the file's order."""
    others = [
        said
        for place, said in zip(counts, across, strict=True)
        if place not in areas and said is not None and said.axes
    ]
    if others:
        return table
    rows = [row for row in range(table.height) for _ in areas]
    columns = [table.columns[place].take(numbers(rows)) for place in labels]
    named = texts(table.headings[place] for _ in range(table.height) for place in areas)
    cells = [values(table.columns[place]) for place in areas]
    counted = texts(column[row] for row in range(table.height) for column in cells)
    headings = [*(table.headings[place] for place in labels), "Area", "Number"]
    made = _table(table, headings, [*columns, named, counted], len(rows), SPREAD)
    source = row_numbers(table.rows)
    return replace(made, rows=numbers(source[row] for row in rows))


def _table(
    table: ExtractedTable, headings: Sequence[str], columns: Sequence[Cells], height: int, note: str
) -> ExtractedTable:
    first = row_numbers(table.rows)[0]
    return replace(
        table,
        headings=tuple(headings),
        columns=tuple(columns),
        rows=numbers([first] * height),
        positions=tuple(range(len(headings))),
        filled=frozenset(),
        notes=(*table.notes, note),
    )
