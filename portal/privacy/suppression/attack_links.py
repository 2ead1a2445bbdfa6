"""How published tables hang together, as the attack sees it: rings of them hold more than each pair does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.tables import Key, SuppressedTable

_MOST_JOINT = 6_000  # cells of all fields crossed at once; beyond it tables in a ring are not tried, and so not passed


def grouped_twice(public: Sequence[SuppressedTable]) -> bool:
    """Tell whether lines are put together in two ways or more: then a half is not ruled out, and whole numbers are asked for."""
    return len({(axis.field, frozenset(axis.groups)) for one in public for axis in one.shape.axes() if axis.groups}) > 1


def joint_sums(public: Sequence[SuppressedTable]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Cross all fields at once where tables stand in a ring: area by kind, kind by month, month by area.

    Two tables that share a field can always be put together to one; of a ring that is not so, and a reader may use it. A
    field that another adds up to (districts of areas) stands in the ring as that other.
    """
    finer = _finer(public)
    values: dict[str, dict[str, None]] = {}
    pairs: dict[frozenset[str], None] = {}
    for one in public:
        fields = [finer.get(axis.field, axis.field) for axis in one.shape.axes()]
        for axis, name in zip(one.shape.axes(), fields, strict=True):
            if name == axis.field:
                values.setdefault(name, {}).update(dict.fromkeys(axis.labels))
        if len(set(fields)) > 1 and any(count is not None for count in one.shown.values()):
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
        for each in _crossed(first, second, {name: tuple(values[name]) for name in fields})
    ]


def _crossed(first: str, second: str, values: Mapping[str, Sequence[str]]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Give each cell of two fields as the sum of the cells of all."""
    rest = [name for name in values if name not in (first, second)]
    return [
        (
            ((first, one), (second, other)),
            tuple(
                tuple(sorted([(first, one), (second, other), *zip(rest, more, strict=True)]))
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
