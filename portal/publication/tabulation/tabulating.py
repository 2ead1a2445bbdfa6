"""From stored returns to a table that may be published: count, recognise what is public, suppress, attack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.editions import joined_shape
from portal.privacy.suppression.protecting import Linked, NotPublishableError, Protected, protect
from portal.privacy.suppression.tables import Counted, SuppressedTable, TableShape, counted
from portal.publication.tabulation.beyond import ImaginedRecords, WiderTable, imagined, wider
from portal.publication.tabulation.counting import StoredReturns, count, lines_of
from portal.publication.tabulation.fields import check_fields, may_cross, publishable
from portal.publication.tabulation.measures import measure_of, own_rows
from portal.publication.tabulation.outlines import LineGrouping
from portal.publication.tabulation.windows import (
    BEYOND,
    CountedOver,
    PublishedOver,
    Quarters,
    Windows,
    by_quarter,
    runs,
    told_in,
)
from portal.rules.datasets.catalogue import DataSet


class OtherRecordsError(NotPublishableError):
    """A published table is not of the records that are given."""


@dataclass(frozen=True)
class TableWish:
    """Which table is asked for: its fields, the count of a file of numbers, the seconds to better it, how lines go together, its quarters."""

    rows: str
    columns: str = ""
    measure: str = ""
    seconds: float = 0.4
    outlines: Mapping[str, LineGrouping] = field(default_factory=dict)
    quarters: Quarters = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """List the fields, rows first."""
        return (self.rows, self.columns) if self.columns else (self.rows,)


def tabulate(
    entry: DataSet,
    frames: Sequence[pd.DataFrame],
    wish: TableWish,
    published: Sequence[SuppressedTable] = (),
    earlier: SuppressedTable | None = None,
    *,
    beside: Sequence[pd.DataFrame] = (),
) -> Protected:
    """Make a table that may be published of stored returns (s6): of all of them, however many quarters they are of.

    A public table may count more records than these: those of `beside`, or others of which no more is known than it tells.

    Args:
        entry: their data set.
        frames: each return's columns.
        wish: the table.
        published: tables of the same records that are already public, of all quarters or of some.
        earlier: the edition before.
        beside: returns of other quarters that public tables count.

    Raises:
        NotPublishableError: nothing may be published.
    """
    returns: dict[str, Sequence[pd.DataFrame]] = {**by_quarter(entry, frames)}
    over = replace(wish, quarters=tuple(returns))
    others = by_quarter(entry, beside)
    if not others.keys().isdisjoint(returns):
        raise NotPublishableError("A return given with --beside is of a quarter of this table. Give it without.")
    returns = dict(sorted({**returns, **others}.items()))
    try:
        return tabulate_over(entry, returns, over, [PublishedOver(one) for one in published], earlier)
    except OtherRecordsError:
        wider_too = None if earlier is not None else _beyond(entry, returns, published)
        if wider_too is None:
            raise
    tables, rest = wider_too
    try:
        return tabulate_over(entry, {**returns, BEYOND: [rest.frame]}, over, tables, beyond=rest)
    except NotPublishableError as error:
        raise NotPublishableError(
            f"{error.message} A public table counts more than these returns: with the others (--beside) more may be possible."
        ) from error


def _beyond(
    entry: DataSet, returns: Mapping[str, Sequence[pd.DataFrame]], published: Sequence[SuppressedTable]
) -> tuple[list[PublishedOver], ImaginedRecords] | None:
    """Tell which public tables count these records and others, and imagine the others; None where a table fits neither way."""
    given = tuple(returns)
    held = StoredReturns(entry, tuple(frame for each in returns.values() for frame in each))
    windows = {
        each: StoredReturns(entry, tuple(one for label in each for one in returns[label])) for each in runs(given)
    }
    tables, found = list[PublishedOver](), list[WiderTable]()
    for public in published:
        one = PublishedOver(public)
        try:
            _recognised(windows, one, corrected=False)
        except OtherRecordsError:
            fitting = [fit for pair in _pairs(entry, public) if (fit := wider(held, _renamed(public, pair)))]
            if len(fitting) != 1 or entry.level != "record":
                return None
            found += fitting
            one = PublishedOver(fitting[0].public, (*given, BEYOND))
        tables.append(one)
    try:
        rest = imagined(found, entry.threshold)
    except AttackError:  # the public tables do not add up, or the solver did not answer
        return None
    return None if rest is None else (tables, rest)


def tabulate_over(
    entry: DataSet,
    returns: Mapping[str, Sequence[pd.DataFrame]],
    wish: TableWish,
    published: Sequence[PublishedOver] = (),
    earlier: SuppressedTable | None = None,
    *,
    beyond: ImaginedRecords | None = None,
) -> Protected:
    """Make a table over some of the quarters whose returns are given; the others are those of public tables.

    Raises:
        NotPublishableError: nothing may be published.
    """
    fields = check_fields(entry, wish.fields)
    measure = measure_of(entry, fields, wish.measure)

    def held(quarters: Sequence[str], outlines: Mapping[str, LineGrouping]) -> StoredReturns:
        frames = tuple(frame for quarter in quarters for frame in returns.get(quarter, ()))
        return StoredReturns(entry, frames, measure, outlines)

    table = count(held(wish.quarters, wish.outlines), fields)
    found = [CountedOver(wish.quarters, wish.outlines, table)]
    for one in published:
        windows = [one.quarters] if one.quarters else runs([label for label in returns if label != BEYOND])
        found += _recognised({each: held(each, one.outlines) for each in windows}, one, corrected=earlier is not None)
    before = _same_fields(earlier, fields) if earlier is not None else None
    joined = joined_shape(table.shape, before.shape) if before and before.shape.rows.labels else None
    (mine, *others), tied = Windows(entry, measure, returns, found).linked(joined)
    if beyond is not None:
        counts = {key: number for one in tied.tables for key, number in one.counts.items()}
        tied = replace(tied, guarded=tied.guarded | beyond.doubtful(others, counts))
    if before is not None:
        before = told_in(before, replace(before.shape, within=mine.table.shape.within))
    linked = [(one.table, one.public) for one in others if one.public is not None]
    made = protect(mine.table, linked, ties=tied, threshold=entry.threshold, earlier=before, seconds=wish.seconds)
    plain = replace(made.published.shape, within=(), slices=())
    return replace(made, published=told_in(made.published, plain))


def _same_fields(published: SuppressedTable, fields: Sequence[str]) -> SuppressedTable:
    two = published.shape.columns is not None
    empty = not published.shape.rows.labels
    if not empty and two != (len(fields) > 1):
        raise NotPublishableError("The earlier edition has other rows or columns than this table. Ask for the same.")
    return _renamed(published, fields)


def _renamed(published: SuppressedTable, fields: Sequence[str]) -> SuppressedTable:
    """Give the axes of a table that was read the names of their fields."""
    old = published.shape
    shape = TableShape(
        replace(old.rows, field=fields[0]),
        replace(old.columns, field=fields[1]) if old.columns and len(fields) > 1 else None,
    )
    return told_in(published, shape)


def _recognised(windows: Mapping[Quarters, StoredReturns], one: PublishedOver, *, corrected: bool) -> list[CountedOver]:
    """Find the fields and quarters of a published table: those whose labels and shown counts are the records'.

    Where several fit alike, a reader may hold any of them to be true, and all of them are: each is put beside the table.
    """
    public = one.table
    if not public.shape.rows.labels:
        return []  # one word for everything tells nothing
    entry = next(iter(windows.values())).entry
    pairs = _pairs(entry, public)
    found = [
        CountedOver(quarters, held.outlines, *fit)
        for quarters, held in windows.items()
        if _may_count(held, public)
        for pair in _that_may_fit(held, public, pairs)
        for fit in _fitting(held, _renamed(public, pair), pair, corrected=False)
    ]
    if not found and corrected:
        quarters, held = next(iter(windows.items()))
        found = [
            CountedOver(quarters, held.outlines, *fit)
            for pair in pairs
            for fit in _fitting(held, _renamed(public, pair), pair, corrected=True)
        ]
    if not found:
        raise OtherRecordsError(
            "A published table does not agree with these records: its labels or counts are others. "
            "Give the records that it was made of (those of other quarters with --beside), or name it with --earlier "
            "where it is the edition before."
        )
    return [each for each in found if _every_line_counts(each.table)] or found


def _pairs(entry: DataSet, public: SuppressedTable) -> list[tuple[str, ...]]:
    """List the fields that a published table may have."""
    names = publishable(entry)
    rows = [public.shape.rows.field.removesuffix("_code")]
    rows = rows if rows[0] in names else list(names)
    across = names if public.shape.columns else ("",)
    pairs = [(row, column) if column else (row,) for row in rows for column in across if row != column]
    return [pair for pair in pairs if may_cross(entry, pair)]


def _may_count(held: StoredReturns, public: SuppressedTable) -> bool:
    """Tell whether a table's total, where it is shown, can be that of some returns: their records, unless these hold numbers."""
    whole = public.shown[()]
    if whole is None or held.entry.level != "record" or held.entry.asked.counts_inside_rows:
        return True
    return whole == sum(len(own_rows(frame, held.entry)) for frame in held.frames)


def _that_may_fit(
    held: StoredReturns, public: SuppressedTable, pairs: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """List the fields for all of whose values a table has a line: quickly, before all of them are crossed."""
    lines = {name: lines_of(held, name) for name in {one for pair in pairs for one in pair}}
    return [
        pair
        for pair in pairs
        if all(
            (own := lines[name]) is None or own <= {*axis.labels}
            for name, axis in zip(pair, public.shape.axes(), strict=True)
        )
    ]


def _every_line_counts(table: Counted) -> bool:
    return all(count for key, count in table.counts.items() if len(key) <= 1)


def _fitting(held: StoredReturns, public: SuppressedTable, fields: Sequence[str], *, corrected: bool) -> list[Linked]:
    try:
        table = count(held, fields)
    except NotPublishableError:
        return []
    fits = _covers(public.shape, table.shape)
    if fits and public.shape != table.shape:  # a line that a later edition keeps without a record, or other subtotals
        wider = counted(public.shape, table.counts)
        same = table.labelled and _covers(table.shape, public.shape)
        table = Counted(public.shape, wider.counts, table.unknown, table.sensitive, labelled=same)
    if fits and all(count in (None, table.counts[key]) for key, count in public.shown.items()):
        return [(table, replace(public, labelled=table.labelled))]
    return [_unchanged(table, public)] if corrected and _overlaps(public.shape, table.shape) else []


def _unchanged(table: Counted, public: SuppressedTable) -> Linked:
    """Give what a reader still puts beside a correction from a table of before it: what did not change, or was withheld."""
    shape = joined_shape(table.shape, public.shape)
    counts = counted(shape, table.counts).counts
    shown = {key: told for key, told in public.shown.items() if told in (None, counts[key])}
    return (
        replace(table, shape=shape, counts=counts, labelled=False),
        SuppressedTable(shape, shown, noughts_hidden=True, labelled=False),
    )


def _overlaps(one: TableShape, other: TableShape) -> bool:
    """Tell whether two tables have the same axes: half of the labels of each or more."""
    return len(one.axes()) == len(other.axes()) and all(
        2 * len({*mine.labels} & {*theirs.labels}) >= len(mine.labels)
        for mine, theirs in zip(one.axes(), other.axes(), strict=True)
    )


def _covers(wide: TableShape, narrow: TableShape) -> bool:
    """Tell whether two tables have the same axes and one has all labels of the other."""
    return len(wide.axes()) == len(narrow.axes()) and all(
        set(narrower.labels) <= set(wider.labels) for wider, narrower in zip(wide.axes(), narrow.axes(), strict=True)
    )
