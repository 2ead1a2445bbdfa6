"""A table of counts as the public would see it: its axes, its cells by what they count, and the sums that hold in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

TOTAL = "Total"
SUPPRESSED = "suppressed"

# What a cell counts: the fields it is narrowed to, each with its value, in the order of the fields' names. A total narrows
# nothing, so the grand total is (), and two tables of the same records have the margins that they share under one key.
Key = tuple[tuple[str, str], ...]
Sum = tuple[Key, tuple[Key, ...]]


@dataclass(frozen=True)
class Axis:
    """One field of a table: its values, and the groups that they add up to below the total.

    `groups` maps a group to its members, which are values or groups before it; what no group holds adds up to the total
    by itself. `parts` gives what a group is narrowed to where that is no value of the field: ('district', 'Blaby').
    """

    field: str
    labels: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    parts: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)

    def nodes(self) -> tuple[str, ...]:
        """List the lines of the table: values, each group below its members, the total last."""
        return (*(line for top in self._top() for line in self._below(top)), TOTAL)

    def sums(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """List each group and the total with what it is the sum of."""
        return (*self.groups.items(), (TOTAL, self._top()))

    def part(self, node: str) -> Key:
        """Give what a line of the table is narrowed to: nothing for the total."""
        return () if node == TOTAL else (self.parts.get(node, (self.field, node)),)

    def _top(self) -> tuple[str, ...]:
        inside = {member for members in self.groups.values() for member in members}
        return tuple(node for node in (*self.labels, *self.groups) if node not in inside)

    def _below(self, node: str) -> Iterator[str]:
        for member in self.groups.get(node, ()):
            yield from self._below(member)
        yield node

    def grouped(self) -> frozenset[tuple[str, str]]:
        """List what its groups are narrowed to."""
        return frozenset(self.parts.get(node, (self.field, node)) for node in self.groups)


@dataclass(frozen=True)
class Slice:
    """A part of a table's records, by time: what it narrows each cell to, and the lines that count none of it."""

    within: Key
    lacks: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class TableShape:
    """The axes of a table; one of one field has no columns.

    `within` is what the whole table is narrowed to, where tables of other quarters stand beside it; `slices` are the parts
    that each of its cells adds up from.
    """

    rows: Axis
    columns: Axis | None = None
    within: Key = ()
    slices: tuple[Slice, ...] = ()

    def axes(self) -> tuple[Axis, ...]:
        """Give its axes, rows first."""
        return (self.rows, self.columns) if self.columns else (self.rows,)

    def key(self, row: str, column: str = TOTAL) -> Key:
        """Give the key of a cell by its lines."""
        across = self.columns.part(column) if self.columns else ()
        return tuple(sorted((*self.rows.part(row), *across, *self.within)))

    def cells(self) -> Iterator[tuple[str, str, Key]]:
        """Walk all cells, margins included, row by row."""
        columns = self.columns.nodes() if self.columns else (TOTAL,)
        for row, column in product(self.rows.nodes(), columns):
            yield row, column, self.key(row, column)

    def sums(self) -> list[Sum]:
        """List every sum that holds in the table, and each cell as the sum of its slices."""
        sliced = [(key, self._sliced(key)) for _, _, key in self.cells()] if self.slices else []
        return [*self.own_sums(), *((whole, parts) for whole, parts in sliced if parts)]

    def _sliced(self, key: Key) -> tuple[Key, ...]:
        parts = [part for part in key if part not in self.within]
        return tuple(tuple(sorted((*parts, *one.within))) for one in self.slices if one.lacks.isdisjoint(parts))

    def own_sums(self) -> list[Sum]:
        """List every sum that holds within the table: along each row, and down each column."""
        columns = self.columns.nodes() if self.columns else (TOTAL,)
        found = [
            (self.key(whole, column), tuple(self.key(part, column) for part in parts))
            for whole, parts in self.rows.sums()
            for column in columns
        ]
        if self.columns:
            found += [
                (self.key(row, whole), tuple(self.key(row, part) for part in parts))
                for whole, parts in self.columns.sums()
                for row in self.rows.nodes()
            ]
        return [(whole, parts) for whole, parts in found if parts != (whole,)]

    def weight(self, key: Key) -> float:
        """Say how dear a cell is: readers miss a margin more than an inner cell, and the grand total most."""
        across = len(self.axes())
        if len(key) == len(self.within):
            return 25.0
        if len(key) - len(self.within) < across:
            return 5.0
        return 3.0 if any(not axis.grouped().isdisjoint(key) for axis in self.axes()) else 1.0

    def is_inner(self, key: Key) -> bool:
        """Tell whether a cell is no sum of others."""
        parts = [part for part in key if part not in self.within]
        return (
            len(key) - len(parts) == len(self.within) and len(parts) == len(self.axes()) and set(parts) <= self._inner
        )

    def is_line(self, key: Key) -> bool:
        """Tell whether one of the table's cells is the total of a row or a column, or of all."""
        return len(key) <= len(self.within) + 1

    @cached_property
    def _inner(self) -> frozenset[tuple[str, str]]:
        return frozenset((axis.field, label) for axis in self.axes() for label in axis.labels)


@dataclass(frozen=True)
class Counted:
    """A table with the true count of each cell.

    `unknown` are cells whose count the returns do not say exactly ('<5'): they hold some count that fits and are always
    withheld. `sensitive` are withheld whatever their size. `labelled`: the values are those that occur in the records, so
    that a reader knows that each line counts somebody.
    """

    shape: TableShape
    counts: Mapping[Key, int]
    unknown: frozenset[Key] = frozenset()
    sensitive: frozenset[Key] = frozenset()
    labelled: bool = True


@dataclass(frozen=True)
class SuppressedTable:
    """A table as the public has it: a count, or None where it is withheld; a cell that it lacks is not told at all.

    `noughts_hidden`: no nought is shown, and 'suppressed' means 0 to the threshold less one.
    """

    shape: TableShape
    shown: Mapping[Key, int | None]
    noughts_hidden: bool = False
    labelled: bool = True

    def withheld(self) -> frozenset[Key]:
        """List the cells that are withheld."""
        return frozenset(key for key, count in self.shown.items() if count is None)


def counted(
    shape: TableShape,
    inner: Mapping[Key, int],
    *,
    unknown: frozenset[Key] = frozenset(),
    sensitive: frozenset[Key] = frozenset(),
    labelled: bool = True,
) -> Counted:
    """Add up a table's margins from its inner cells; a cell that is not given is 0."""
    counts = {key: inner.get(key, 0) for _, _, key in shape.cells() if shape.is_inner(key)}
    for axis in shape.axes():
        for whole, parts in axis.sums():
            _add_up(shape, axis, whole, parts, counts)
    return Counted(shape, counts, unknown, sensitive, labelled)


def _add_up(shape: TableShape, axis: Axis, whole: str, parts: Sequence[str], counts: dict[Key, int]) -> None:
    other = shape.columns if axis is shape.rows else shape.rows
    for across in other.nodes() if other else (TOTAL,):
        lines = [(whole, across), *((part, across) for part in parts)]
        keys = [shape.key(*(line if axis is shape.rows else line[::-1])) for line in lines]
        if all(key in counts for key in keys[1:]):
            counts[keys[0]] = sum(counts[key] for key in keys[1:])


def with_noughts_told(known: Iterable[Key], counts: Mapping[Key, int], sums: Sequence[Sum]) -> frozenset[Key]:
    """Add to known cells the parts of each known nought: whoever reads that a year has none knows it of each quarter."""
    found, more = set[Key](), set(known)
    while more:
        found |= more
        more = {part for whole, parts in sums if whole in found and not counts[whole] for part in parts} - found
    return frozenset(found)


def themselves(
    key: Key,
    counts: Mapping[Key, int],
    sums: Sequence[Sum],
    told: Collection[Key] = frozenset(),
    left: Collection[Key] = frozenset(),
) -> frozenset[Key]:
    """Give what the person of a cell with one record knows without learning: the cells that count that record and no other.

    So do those of `left` that are the rest of a cell of `told` when that record is taken off: whatever the whole tells, known
    or kept as a small count, this tells the same, and did before.
    """
    same = [{whole, *(part for part in parts if counts[part])} for whole, parts in sums if counts[whole] == 1]
    rests = [{*parts} for whole, parts in sums if whole in told]
    found: set[Key] = set()
    ends = {key}
    while ends:
        found |= ends
        ends = {one for group in same if not group.isdisjoint(ends) for one in group} - found
        last = [group - found for group in rests if not group.isdisjoint(found)]
        ends |= {one for group in last if len(group) == 1 for one in group if one in left}
    return frozenset(found)
