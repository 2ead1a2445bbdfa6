"""Put the treated rows of all data sets of a file together again, in the file's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from portal.returns.matching.schema import DATASET, targets_of
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.split import TreatedPart
from portal.returns.treatment.kept_columns import blank_to_null
from portal.rules.datasets.catalogue import DataSet
from portal.spreadsheets.arrow_columns import Cells, coded_of, count_true, pc, texts

_NUMBERS = frozenset({"count", "age_years"})


@dataclass(frozen=True)
class Merged:
    """All kept rows by column, null where nothing is held; `days` are there for the quarter's sake even where no date is kept."""

    parts: Sequence[TreatedPart]
    columns: Mapping[str, Cells]
    rows: Cells
    days: Cells | None


def merge(parts: Sequence[TreatedPart]) -> Merged:
    """Return the rows of all parts in the file's order; `dataset` tells them apart where there are several sets."""
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    place = pc.sort_indices(pa.concat_arrays([part.order for part in parts])) if len(parts) > 1 else None
    columns = {name: _whole([part.columns.get(name) for part in parts], parts, place) for name in names}
    if len({part.entry.id for part in parts}) > 1:
        columns[DATASET] = _in_order(pa.concat_arrays([_same(part.entry.id, len(part.order)) for part in parts]), place)
    has_days = any(part.days is not None for part in parts)
    days = _whole([part.days for part in parts], parts, place) if has_days else None
    return Merged(parts, columns, _in_order(pa.concat_arrays([part.rows for part in parts]), place), days)


def _same(text: str, height: int) -> Cells:
    return texts([text]).take(pa.array([0] * height, pa.int32()))


def _whole(columns: Sequence[Cells | None], parts: Sequence[TreatedPart], place: Cells | None) -> Cells:
    pieces = [
        blank_to_null(column) if column is not None else pa.nulls(len(part.order), pa.string())
        for column, part in zip(columns, parts, strict=True)
    ]
    return _in_order(pieces[0] if len(pieces) == 1 else pa.concat_arrays(pieces), place)


def _in_order(column: Cells, place: Cells | None) -> Cells:
    return column if place is None else column.take(place)


def to_table(merged: Merged, keep: Cells, entry: DataSet, wanted: ReturnOptions) -> pa.Table:
    """Return the kept rows as a table: the data set's fields in their order, counts and ages as numbers."""
    order = {target.name: place for place, target in enumerate(targets_of(entry.id, wanted.edition_id))}
    kinds = {
        target.name: target.treatment
        for part in merged.parts
        for target in targets_of(part.entry.id, wanted.edition_id)
    }
    names = sorted(merged.columns, key=lambda name: (order.get(name.removesuffix("_code"), len(order)), name))
    height = count_true(keep)
    whole = height == len(keep)
    columns: dict[str, Cells] = {}
    if entry.policy.period_from_quarter:
        columns["period"] = _same(wanted.quarter.label, height)
    for name in names:
        if name not in columns:
            column = merged.columns[name] if whole else merged.columns[name].filter(keep)
            is_number = kinds.get(name, "count" if name.partition(".")[0] in _counts(entry) else "") in _NUMBERS
            columns[name] = _numbers(column) if is_number else coded_of(column)
    return pa.table(columns)


def _counts(entry: DataSet) -> set[str]:
    return {each.name for each in entry.fields if each.treatment == "count"}


def _numbers(column: Cells) -> Cells:
    """Return whole numbers where all are; a bound such as '<5' keeps the column text."""
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column
