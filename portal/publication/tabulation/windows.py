"""Tables over different quarters of the same records: a year is its quarters, so what is public of either tells of the other.

The quarters of all tables fall into the smallest parts that no table divides. Each table over several parts is the sum of
its slices, one a part; a slice that no table tells is in the sums all the same, and its small counts are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

import pandas as pd

from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.system import Ties
from portal.privacy.suppression.tables import Axis, Counted, Key, Slice, SuppressedTable, TableShape, counted
from portal.publication.tabulation.counting import StoredReturns, count
from portal.publication.tabulation.fields import NOT_RECORDED, labels
from portal.publication.tabulation.outlines import LineGrouping
from portal.publication.tabulation.ties import ties
from portal.rules.datasets.catalogue import DataSet

Quarters = tuple[str, ...]
TIMES = frozenset({"month", "quarter"})
BEYOND = "beyond"  # stands for the quarters of a public table whose returns are not given


@dataclass(frozen=True)
class PublishedOver:
    """A published table: the quarters that it counts, where they are known, and how its lines go together."""

    table: SuppressedTable
    quarters: Quarters = ()
    outlines: Mapping[str, LineGrouping] = field(default_factory=dict)


@dataclass(frozen=True)
class CountedOver:
    """A table as it is counted over some quarters, and as the public has it; None for the one that is asked for."""

    quarters: Quarters
    outlines: Mapping[str, LineGrouping]
    table: Counted
    public: SuppressedTable | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """List its fields, rows first."""
        return tuple(axis.field for axis in self.table.shape.axes())


def by_quarter(entry: DataSet, frames: Iterable[pd.DataFrame]) -> dict[str, list[pd.DataFrame]]:
    """Put each stored return under the quarter that most of its records are of."""
    found: dict[str, list[pd.DataFrame]] = {}
    for frame in frames:
        quarters = labels(frame, "quarter", entry)
        most = "" if quarters is None or quarters.empty else str(quarters.mode().iloc[0])
        found.setdefault(most, []).append(frame)
    return dict(sorted(found.items()))


def runs(quarters: Sequence[str]) -> list[Quarters]:
    """List the runs of quarters that follow each other, the longest first."""
    size = len(quarters)
    return [tuple(quarters[at : at + many]) for many in range(size, 0, -1) for at in range(size - many + 1)]


@dataclass(frozen=True)
class Windows:
    """All tables of the same records, each over quarters of its own."""

    entry: DataSet
    measure: str
    returns: Mapping[str, Sequence[pd.DataFrame]]
    tables: Sequence[CountedOver]

    def parts(self) -> list[Quarters]:
        """Give the smallest parts: quarters that the same tables count."""
        found: dict[frozenset[int], list[str]] = {}
        for quarter in sorted({one for each in self.tables for one in each.quarters}):
            found.setdefault(frozenset(n for n, each in enumerate(self.tables) if quarter in each.quarters), []).append(
                quarter
            )
        return [tuple(each) for each in found.values()]

    def linked(self, joined: TableShape | None) -> tuple[list[CountedOver], Ties]:
        """Put all tables into one set of sums.

        Args:
            joined: the lines of the table that is asked for, with those of its edition before.
        """
        parts = self.parts()
        used = {name for one in self.tables for name in one.fields}
        if len(parts) == 1:
            return list(self.tables), Ties(tuple(ties(self._held(parts[0], self._merged(parts[0])), used)))
        placed, slices, rests = [], list[Counted](), list[Counted]()
        for one in self.tables:
            shape = joined if joined and one.public is None else one.table.shape
            mine = [self._slice(one, shape, part) for part in parts if set(part) <= set(one.quarters)]
            cut = tuple(Slice(each.shape.within, _parts(shape) - _parts(each.shape)) for each in mine)
            within = _within(one.quarters)
            placed.append(_moved(one, within, cut if len(mine) > 1 else ()))
            slices += mine if len(mine) > 1 else []
            rests += self._rests(one, placed[-1].table.shape, mine)
        told = {key for one in placed for key in one.table.counts}
        slices += rests
        small = {
            key
            for each in slices
            for key, number in each.counts.items()
            if 0 < number < self.entry.threshold and key not in told
        }
        for part in parts:
            for tie in ties(self._held(part, self._merged(part)), used):
                slices.append(placed_in(tie, replace(tie.shape, within=_within(part))))
        return placed, Ties(tuple(slices), frozenset(small))

    def _rests(self, wide: CountedOver, shape: TableShape, slices: Sequence[Counted]) -> list[Counted]:
        """Count what is left of a table when one over fewer of its quarters is taken off, where that is several parts."""
        found: dict[Quarters, Counted] = {}
        for one in self.tables:
            left = tuple(quarter for quarter in wide.quarters if quarter not in one.quarters)
            inside = set(one.quarters) < set(wide.quarters) and (wide.public is None or one.public is None)
            parts = [each for each in slices if set(_quarters(each.shape.within)) <= set(left)]
            if not inside or len(parts) == 1:
                continue
            within = _within(left)
            cut = tuple(each for each in shape.slices if set(_quarters(each.within)) <= set(left))
            lines = [tuple(line for line in key if line not in shape.within) for _, _, key in shape.cells()]
            counts = {
                _narrowed(key, within): sum(each.counts.get(_narrowed(key, each.shape.within), 0) for each in parts)
                for key in lines
            }
            found[left] = Counted(replace(shape, within=within, slices=cut), counts, labelled=False)
        return list(found.values())

    def _held(self, part: Quarters, outlines: Mapping[str, LineGrouping]) -> StoredReturns:
        frames = tuple(frame for quarter in part for frame in self.returns.get(quarter, ()))
        return StoredReturns(self.entry, frames, self.measure, outlines)

    def _slice(self, one: CountedOver, shape: TableShape, part: Quarters) -> Counted:
        """Count a table over one part of its quarters, on its own lines."""
        held = self._held(part, self._merged(part))
        inner = count(held, one.fields).counts if held.frames else {}
        rows, *columns = (self._cut(axis, one, held, part) for axis in shape.axes())
        cut = TableShape(rows, columns[0] if columns else None, _within(part))
        return counted(cut, {_narrowed(key, cut.within): number for key, number in inner.items()}, labelled=False)

    def _cut(self, axis: Axis, one: CountedOver, held: StoredReturns, part: Quarters) -> Axis:
        """Give the lines of an axis that a part has: its months; the finest lines of places, added up to the table's own."""
        if axis.field in TIMES:
            told = (labels(frame, axis.field, self.entry) for frame in held.frames)
            seen = {str(one) for values in told if values is not None for one in values.dropna().unique()}
            return replace(axis, labels=tuple(line for line in axis.labels if line in seen or line == NOT_RECORDED))
        chain = self._chain(axis.field, part)
        own = one.outlines.get(axis.field, LineGrouping())
        if len(chain) == 1:
            return axis
        base = chain[0]
        values = [value for line in axis.labels for value in (_places(own, line) or (line,))]
        lines = {base.get(value, value): value for value in values}
        levels = [
            (axis.field, {line: merged.get(value, value) for line, value in lines.items()})
            for merged in chain[1 : chain.index(dict(own.merged)) + 1]
        ]
        return LineGrouping({}, (*_stacked(levels), *own.levels)).axis(axis.field, tuple(lines))

    def _merged(self, part: Quarters) -> dict[str, LineGrouping]:
        names = {name for one in self.tables for name in one.outlines}
        return {name: LineGrouping(self._chain(name, part)[0]) for name in names}

    def _chain(self, name: str, part: Quarters) -> list[dict[str, str]]:
        """List how tables that count a part put the places of a field together, the finest first."""
        found: list[dict[str, str]] = []
        for one in self.tables:
            merged = dict(one.outlines.get(name, LineGrouping()).merged)
            if name in one.fields and set(part) <= set(one.quarters) and merged not in found:
                found.append(merged)
        found.sort(key=lambda merged: len(merged) - len(set(merged.values())))
        for fine, coarse in pairwise(found):
            lines: dict[str, set[str]] = {}
            for value in {*fine, *coarse}:
                lines.setdefault(fine.get(value, value), set()).add(coarse.get(value, value))
            if any(len(wider) > 1 for wider in lines.values()):
                raise NotPublishableError(
                    "Public tables of these quarters put places together in other ways. Choose rows without a place."
                )
        return found or [{}]


def _stacked(levels: Sequence[tuple[str, Mapping[str, str]]]) -> list[tuple[str, Mapping[str, str]]]:
    """Give levels of which each takes the groups of the one below it."""
    found: list[tuple[str, Mapping[str, str]]] = []
    for name, of in levels:
        below = found[-1][1] if found else {line: line for line in of}
        found.append((name, {group: of[line] for line, group in below.items()}))
    return found


def _places(own: LineGrouping, line: str) -> tuple[str, ...]:
    return tuple(value for value, its in own.merged.items() if its == line)


def _within(quarters: Quarters) -> Key:
    return (("quarters", " ".join(quarters)),)


def _quarters(within: Key) -> Sequence[str]:
    return dict(within)["quarters"].split(" ")


def _narrowed(key: Key, within: Key) -> Key:
    return tuple(sorted((*key, *within)))


def _parts(shape: TableShape) -> frozenset[tuple[str, str]]:
    return frozenset(part for axis in shape.axes() for node in axis.nodes() for part in axis.part(node))


def _moved(one: CountedOver, within: Key, slices: tuple[Slice, ...]) -> CountedOver:
    shape = replace(one.table.shape, within=within, slices=slices)
    public = one.public and told_in(one.public, replace(one.public.shape, within=within, slices=slices))
    return replace(one, table=placed_in(one.table, shape), public=public)


def placed_in(table: Counted, shape: TableShape) -> Counted:
    """Give a table the keys of another shape with the same lines."""
    keys = {old: new for (_, _, old), (_, _, new) in zip(table.shape.cells(), shape.cells(), strict=True)}
    return Counted(
        shape,
        {keys[key]: number for key, number in table.counts.items()},
        frozenset(keys[key] for key in table.unknown),
        frozenset(keys[key] for key in table.sensitive),
        labelled=table.labelled,
    )


def told_in(public: SuppressedTable, shape: TableShape) -> SuppressedTable:
    """Give a published table the keys of another shape with the same lines."""
    lines = zip(public.shape.cells(), shape.cells(), strict=True)
    shown = {new[2]: public.shown[was[2]] for was, new in lines if was[2] in public.shown}
    return replace(public, shape=shape, shown=shown)


def changes_told(tables: Sequence[tuple[Sequence[object], Sequence[SuppressedTable]]], threshold: int) -> bool:
    """Tell whether editions of tables over different quarters, put together, tell a small change.

    A year that changed by 7, of which a quarter changed by 5, tells that the rest changed by 2.

    Args:
        tables: the quarters of each table, and its editions, the oldest first.
        threshold: below it a change is small.
    """
    for place, (quarters, editions) in enumerate(tables):
        beside = [other for n, (its, other) in enumerate(tables) if n != place and not set(quarters).isdisjoint(its)]
        for key in editions[-1].shown:
            mine = _changes(editions, key)
            if mine:
                together = set(mine)
                for other in beside:
                    together |= {one - by for one in together for by in _changes(other, key)}
                if any(0 < abs(by) < threshold for by in together):
                    return True
    return False


def _changes(editions: Sequence[SuppressedTable], key: Key) -> set[int]:
    """Give every change of a cell between two editions that both show it."""
    shown = [count for one in editions if (count := one.shown.get(key)) is not None]
    return {later - first for first, later in combinations(shown, 2) if later != first}
