"""How published tables hang together, as the attack sees it: rings of them hold more than each pair does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.tables import Axis, Key, Slice, SuppressedTable

_MOST_JOINT = 6_000  # cells of all fields crossed at once; beyond it tables in a ring are not tried, and so not passed


def grouped_twice(public: Sequence[SuppressedTable]) -> bool:
    """Tell whether lines are put together in two ways or more: then a half is not ruled out, and whole numbers are asked for."""
    grouped = {(axis.field, frozenset(axis.groups)) for one in public for axis in one.shape.axes() if axis.groups}
    for one in public:
        if one.shape.slices:
            in_time = [axis for axis in one.shape.axes() if _divided(axis, one.shape.slices)]
            if not in_time:
                return True  # a third field in all but name
            grouped.add((in_time[0].field, frozenset()))  # its slices are groups of its months
    return len(grouped) > 1


def _divided(axis: Axis, slices: Sequence[Slice]) -> bool:
    """Tell whether each line of an axis counts records of one slice alone."""
    return all(sum((axis.field, line) not in one.lacks for one in slices) <= 1 for line in axis.labels)


def joint_sums(public: Sequence[SuppressedTable]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Cross all fields at once where tables stand in a ring: area by kind, kind by month, month by area.

    Two tables that share a field can always be put together to one; of a ring that is not so, and a reader may use it. A
    field that another adds up to (districts of areas) stands in the ring as that other. A table over several times is told
    by its slices, so each time has rings of its own.
    """
    sliced = {(part.within, _fields(one)) for one in public for part in one.shape.slices}
    times: dict[Key, list[SuppressedTable]] = {}
    for one in public:
        if not one.shape.slices:
            times.setdefault(one.shape.within, []).append(one)
    return [each for within, tables in times.items() for each in _joint_of(tables, within, sliced)]


def _fields(one: SuppressedTable) -> frozenset[str]:
    return frozenset(axis.field for axis in one.shape.axes())


def _joint_of(
    public: Sequence[SuppressedTable], within: Key, sliced: Collection[tuple[Key, frozenset[str]]]
) -> list[tuple[Key, tuple[Key, ...]]]:
    finer = _finer(public)
    values: dict[str, dict[str, None]] = {}
    pairs: dict[frozenset[str], None] = {}
    for one in public:
        fields = [finer.get(axis.field, axis.field) for axis in one.shape.axes()]
        for axis, name in zip(one.shape.axes(), fields, strict=True):
            if name == axis.field:
                values.setdefault(name, {}).update(dict.fromkeys(axis.labels))
        told = any(count is not None for count in one.shown.values()) or (within, _fields(one)) in sliced
        if len(set(fields)) > 1 and told:
            pairs[frozenset(fields)] = None
    ring = _in_ring(pairs)
    if not ring:
        return []
    fields = sorted(ring)
    size = 1
    for name in fields:
        size *= len(values.get(name, ()))
    if not 0 < size <= _MOST_JOINT:
        raise AttackError("Too many tables of the same records are linked to prove that nothing can be worked out.")
    return [
        each
        for first, second in map(sorted, pairs)
        if first in ring and second in ring
        for each in _crossed((first, second), {name: tuple(values[name]) for name in fields}, within)
    ]


def _crossed(
    pair: tuple[str, str], values: Mapping[str, Sequence[str]], within: Key
) -> list[tuple[Key, tuple[Key, ...]]]:
    """Give each cell of two fields as the sum of the cells of all."""
    first, second = pair
    rest = [name for name in values if name not in (first, second)]
    return [
        (
            tuple(sorted([(first, one), (second, other), *within])),
            tuple(
                tuple(sorted([(first, one), (second, other), *zip(rest, more, strict=True), *within]))
                for more in product(*(values[name] for name in rest))
            ),
        )
        for one, other in product(values[first], values[second])
    ]


def _finer(public: Sequence[SuppressedTable]) -> dict[str, str]:
    """Give the finest field for each that adds up from another: areas for districts."""
    below = {
        field: axis.field
        for one in public
        for axis in one.shape.axes()
        for field, _ in axis.parts.values()
        if axis.labels
    }
    found = {}
    for field in below:
        finest = field
        while finest in below and below[finest] != field:
            finest = below[finest]
        found[field] = finest
    return found


def _in_ring(pairs: Collection[frozenset[str]]) -> set[str]:
    """Give the fields that stand in a ring of pairs: what is left when ends are cut off again and again."""
    left = set(pairs)
    while True:
        fields = {name for pair in left for name in pair}
        ends = {name for name in fields if sum(name in pair for pair in left) == 1}
        if not ends:
            return fields
        left = {pair for pair in left if not pair & ends}
