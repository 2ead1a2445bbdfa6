"""Count what a stored return holds, by category, area and month: what two returns are compared by. Counts only."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa

from portal.rules.datasets.catalogue import DataSet, code_list_for
from portal.rules.datasets.quarters import Quarter
from portal.rules.datasets.types import DataField
from portal.spreadsheets.arrow_columns import AnyColumn, flat, pc, values

Tally = Mapping[tuple[str, str], int]  # (what it is counted by, which of them) -> how many
ALL = "All"
_MONTHS = ("First month", "Second month", "Third month")
_NOT_HELD = "Not held"
_ORDER = {name: f"{place}" for place, name in enumerate((*_MONTHS, "Outside the quarter", _NOT_HELD))}


def tally(table: pa.Table | None, entry: DataSet, quarter: Quarter, edition: str) -> Tally:
    """Count a return's records, or add up its numbers where it holds numbers.

    Args:
        table: what is kept; nothing for a return that says there is nothing to report.
        entry: its data set.
        quarter: its quarter, to number the months.
        edition: its edition, for the words of its codes.
    """
    if table is None:
        return {(ALL, "Records"): 0} if entry.level == "record" else {}
    measures = {name: _numbers(table[name]) for name in table.column_names if _is_count(name, entry)}
    if entry.level == "record" or not measures:
        measures = {"": [1] * table.num_rows}
        found: Counter[tuple[str, str]] = Counter({(ALL, "Records"): table.num_rows})
    else:
        found = Counter({(ALL, _title(name, entry, edition)): sum(numbers) for name, numbers in measures.items()})
    for what, labels in _breakdowns(table, entry, quarter, edition):
        for name, numbers in measures.items():
            of = f", {_title(name, entry, edition).lower()}" if len(measures) > 1 else ""
            for label, number in zip(labels, numbers, strict=True):
                if number and not (of and label == _NOT_HELD):  # a number of all is no number of a category
                    found[what, f"{label}{of}"] += number
    return found


def ordered(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put the lines of a comparison in order: all first, then each breakdown, months in their order."""
    seen = dict.fromkeys(keys)
    parts = list(dict.fromkeys(part for part, _ in seen))
    return sorted(seen, key=lambda one: (one[0] != ALL, parts.index(one[0]), _ORDER.get(one[1], ""), one[1]))


def _is_count(name: str, entry: DataSet) -> bool:
    own = {each.name for each in entry.fields if each.treatment == "count"}
    last = {each.name for each in entry.fields if each.treatment == "count"} | {"number", "allocated", "waiting"}
    first, _, rest = name.partition(".")
    return first in own or (first in entry.policy.related_datasets and rest in last)


def _numbers(column: AnyColumn) -> list[int]:
    """Return whole numbers; a bound such as '<5', and a cell that holds nothing, add nothing."""
    return [int(str(number)) if str(number).isdecimal() else 0 for number in column.to_pylist()]


def _title(name: str, entry: DataSet, edition: str) -> str:
    """Name a column of numbers in words: 'Number with this need (drug misuse)'."""
    first, _, rest = name.partition(".")
    field = next((each for each in entry.fields if each.name == first), None)
    if field is None:
        return name.replace("-", " ").replace(".", ": ").replace("_", " ").capitalize()
    if not rest:
        return field.label
    wide = entry.policy.wide
    listed = code_list_for(entry.field(wide.by), edition) if wide is not None else None
    return f"{field.label} ({(listed.label(rest) if listed else None) or rest})"


def _breakdowns(table: pa.Table, entry: DataSet, quarter: Quarter, edition: str) -> Iterable[tuple[str, list[str]]]:
    for field in entry.fields:
        if field.treatment == "category" and field.name in table.column_names:
            yield field.label, _categories(table, field, edition)
    for name in ("area", "outward_postcode"):
        if name in table.column_names:
            yield name.replace("_", " ").capitalize(), [one or _NOT_HELD for one in values(flat(table[name]))]
    if "date" in table.column_names:
        yield "Month", [_month(one, quarter) for one in values(pc.utf8_slice_codeunits(flat(table["date"]), 0, 7))]


def _categories(table: pa.Table, field: DataField, edition: str) -> list[str]:
    wordings = values(flat(table[field.name]))
    listed = code_list_for(field, edition)
    if listed is None or field.code_column not in table.column_names:
        return [one or _NOT_HELD for one in wordings]
    codes = values(flat(table[field.code_column]))
    return [
        (listed.label(code) or code) if code else (wording or _NOT_HELD)
        for code, wording in zip(codes, wordings, strict=True)
    ]


def _month(text: str | None, quarter: Quarter) -> str:
    if not text:
        return _NOT_HELD
    first = quarter.start.year * 12 + quarter.start.month
    place = int(text[:4]) * 12 + int(text[5:7]) - first
    return _MONTHS[place] if 0 <= place < len(_MONTHS) else "Outside the quarter"
