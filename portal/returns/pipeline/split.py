"""Treat the rows of each data set of a file by its own set, and put them back in the file's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pyarrow as pa

from portal.privacy.grammar.columns import streets_spoken_for, towns_spoken_for
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind
from portal.privacy.recoding import TreatmentQuestion
from portal.returns.matching.schema import DATASET, Target, counts_of, targets_of
from portal.returns.pipeline.assemble import AssembledRecords, Source, assemble
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.related_datasets import category_codes, sets_of_rows
from portal.returns.treatment.aggregation import count_records
from portal.returns.treatment.fields import dates_reader, treat_all
from portal.returns.treatment.final_check import remaining
from portal.returns.treatment.kept_columns import KeptColumns, WithoutCode, blank_to_null
from portal.returns.treatment.people import people_of
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells, coded_of, counting, pc, row_numbers


class FoundInPart(NamedTuple):
    """An identifier that was found: its kind, the spreadsheet's row, the column as shown, what was done, and where."""

    kind: IdentifierKind
    row: int
    column: str
    action: IdentifierAction
    proven: bool
    field: str = ""
    place: int = 0  # of the row among all rows of the file's tables


@dataclass(frozen=True)
class UnreadableCell:
    """A cell that could not be read: the column as shown, the spreadsheet's row, and a reason that quotes nothing."""

    column: str
    row: int
    reason: str
    field: str = ""
    place: int = 0


@dataclass(frozen=True)
class TreatedPart:
    """The rows of one data set, treated. `order` places each row in the file, `rows` are the spreadsheet's numbers."""

    entry: DataSet
    columns: Mapping[str, Cells]
    origin: Mapping[str, str]
    targets: Mapping[str, Target]
    order: Cells
    rows: Cells
    days: Cells | None
    read: int
    findings: tuple[FoundInPart, ...] = ()
    counts: Mapping[tuple[str, IdentifierKind], int] = field(default_factory=dict)
    troubles: tuple[UnreadableCell, ...] = ()
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)
    questions: tuple[TreatmentQuestion, ...] = ()
    unmapped: Mapping[str, int] = field(default_factory=dict)
    nearest: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    remaining: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, tuple[WithoutCode, ...]] = field(default_factory=dict)
    counted: bool = False


def make_parts(sources: Sequence[Source], options: ReturnOptions) -> list[TreatedPart]:
    """Return the treated rows of each data set of a file.

    Args:
        sources: the tables of the return.
        options: the edition, the quarter and the sender's answers.
    """
    options = replace(options, people=people_of(sources))
    starts: dict[int, int] = {}
    at = 0
    for index, source in enumerate(sources):
        starts[index] = at
        at += source.table.height
    parts: list[TreatedPart] = []
    for data_set_id, counted in dict.fromkeys((source.data_set_id, source.counted) for source in sources):
        mine = [
            (index, source)
            for index, source in enumerate(sources)
            if (source.data_set_id, source.counted) == (data_set_id, counted)
        ]
        order = pa.concat_arrays(
            [counting(starts[index], starts[index] + source.table.height) for index, source in mine]
        )
        own = data_set(data_set_id)
        has_time = any(each.treatment == "time" for each in own.fields)
        gathered = assemble([source for _, source in mine], targets_of(own.id, options.edition_id), has_time=has_time)
        if counted:
            parts.append(_counted(gathered, order, own, options))
        else:
            parts += _split(gathered, order, own, options)
    return parts


def _split(gathered: AssembledRecords, order: Cells, entry: DataSet, options: ReturnOptions) -> list[TreatedPart]:
    """Return a part for each data set that rows name, by a column of their own or by their category."""
    sets = _sets(gathered, entry, options)
    if sets is None:
        return [_treated(gathered, order, entry, options)]
    found = list(dict.fromkeys(sets.unique().to_pylist()))
    if found == [entry.id]:
        return [_treated(_without_marks(gathered), order, entry, options)]
    settled, questions = _settle_dates(_without_marks(gathered), options)
    options = replace(options, dates_fit=_any_inside(settled, options.quarter))
    parts = []
    for data_set_id in found:
        places = pc.indices_nonzero(pc.equal(sets, data_set_id))
        own = data_set(str(data_set_id))
        known = {target.name: target for target in targets_of(own.id, options.edition_id)}
        mine = settled.take(places)
        mine = replace(
            mine, targets={**_crossed(mine, own), **{name: known[name] for name in mine.targets if name in known}}
        )
        parts.append(_treated(mine, order.take(places), own, options))
    return [replace(parts[0], questions=(*questions, *parts[0].questions)), *parts[1:]]


def _crossed(gathered: AssembledRecords, entry: DataSet) -> dict[str, Target]:
    """Return the counts of a table that is wide, which no list of targets names."""
    counts = counts_of(entry)
    return {name: each for name, each in gathered.targets.items() if "." in name and name.partition(".")[0] in counts}


def _sets(gathered: AssembledRecords, entry: DataSet, options: ReturnOptions) -> Cells | None:
    if not entry.policy.related_datasets:
        return None
    marks = gathered.columns.get(DATASET)
    name = next((name for name, target in gathered.targets.items() if target.treatment == "category"), "")
    categories = gathered.columns.get(name)
    if marks is None and (categories is None or not category_codes(entry, options.edition_id)):
        return None
    return sets_of_rows(marks, categories, entry, options.edition_id)


def _without_marks(gathered: AssembledRecords) -> AssembledRecords:
    return replace(gathered, targets={name: each for name, each in gathered.targets.items() if name != DATASET})


def _settle_dates(
    gathered: AssembledRecords, options: ReturnOptions
) -> tuple[AssembledRecords, tuple[TreatmentQuestion, ...]]:
    """Read the dates of all rows as one, so that the order of day and month is decided once."""
    if "date" not in gathered.columns:
        return gathered, ()
    treated = dates_reader(options.quarter, options.answers)(gathered.columns["date"])
    days, times = blank_to_null(treated.column), treated.extra.get("time")
    columns = dict(gathered.columns) | {"date": pc.coalesce(days, gathered.columns["date"])}
    targets = dict(gathered.targets)
    if times is not None and gathered.has_time:
        found = pc.fill_null(blank_to_null(times), "")
        own = columns.get("time")
        columns["time"] = found if own is None else pc.if_else(pc.equal(own, ""), found, own)
        if own is None and count_filled(found):
            targets["time"] = Target("time", "time", "time", frozenset())
    return replace(gathered, columns=columns, targets=targets), treated.questions


def _any_inside(gathered: AssembledRecords, quarter: Quarter) -> bool:
    """Tell whether any settled date lies in the quarter."""
    days = gathered.columns.get("date")
    first, last = quarter.start.isoformat(), quarter.end.isoformat()
    return days is not None and bool(pc.any(pc.and_(pc.greater_equal(days, first), pc.less_equal(days, last))).as_py())


def count_filled(column: Cells) -> int:
    """Count the cells that hold something."""
    return int(pc.sum(pc.not_equal(column, "")).as_py() or 0)


def _with_places(options: ReturnOptions, entry: DataSet, gathered: AssembledRecords) -> ReturnOptions:
    """Return the options of a part: its own data set, and what its columns of places say for each other's streets and settlements."""
    columns = [
        coded_of(gathered.columns[name]) for name, target in gathered.targets.items() if target.treatment == "location"
    ]
    streets, towns = (
        frozenset[str]().union(*map(spoken_for, columns)) for spoken_for in (streets_spoken_for, towns_spoken_for)
    )
    return replace(options, data_set_id=entry.id, lists=options.lists.beside(streets, towns))


def _treated(gathered: AssembledRecords, order: Cells, entry: DataSet, options: ReturnOptions) -> TreatedPart:
    own = _with_places(options, entry, gathered)
    return _part(treat_all(gathered, own), gathered, order, gathered.rows, own)


def _counted(gathered: AssembledRecords, order: Cells, entry: DataSet, options: ReturnOptions) -> TreatedPart:
    """Return the counts of a file with a row a person; the rows themselves go no further."""
    flags = {name: target for name, target in gathered.targets.items() if "." in name}
    plain = replace(
        gathered, targets={name: each for name, each in gathered.targets.items() if name not in {*flags, "period"}}
    )
    own = _with_places(options, entry, plain)
    kept = treat_all(plain, own)
    for name in flags:
        kept.put(name, gathered.columns[name], name)
    made, firsts = count_records(kept, gathered, own)
    part = _part(made, plain, order, gathered.rows, own)
    return replace(part, order=order.take(firsts), rows=gathered.rows.take(firsts), counted=True, days=None)


def _part(
    kept: KeptColumns, gathered: AssembledRecords, order: Cells, rows: Cells, options: ReturnOptions
) -> TreatedPart:
    shown = {name: gathered.shown.get(name, name) for name in {*gathered.shown, *kept.columns}}
    found_at = pa.array([row for _, row, _ in kept.findings], pa.int64())
    bad_at = pa.array([row for _, row, _ in kept.problems], pa.int64())
    findings = tuple(
        FoundInPart(each.kind, number, shown.get(name, name), each.action, each.proven, name, place)
        for (name, _, each), number, place in zip(
            kept.findings, row_numbers(rows.take(found_at)), row_numbers(order.take(found_at)), strict=True
        )
    )
    troubles = tuple(
        UnreadableCell(shown.get(name, name), number, reason, name, place)
        for (name, _, reason), number, place in zip(
            kept.problems, row_numbers(rows.take(bad_at)), row_numbers(order.take(bad_at)), strict=True
        )
    )
    return TreatedPart(
        options.entry,
        kept.columns,
        kept.origin,
        gathered.targets,
        order,
        rows,
        kept.days,
        len(rows),
        findings,
        {(shown.get(name, name), kind): count for (name, kind), count in kept.counts.items()},
        troubles,
        {(shown.get(name, name), reason): count for (name, reason), count in kept.reasons.items()},
        tuple(kept.questions),
        {shown.get(name, name): count for name, count in kept.unmapped.items()},
        {shown.get(name, name): nearest for name, nearest in kept.nearest.items()},
        {shown.get(name, name): count for name, count in remaining(kept.columns, gathered.targets, options).items()},
        kept.without_code,
    )
