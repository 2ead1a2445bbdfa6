"""How published tables hang together, as the attack sees it: rings of them hold more than each pair does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations, product

from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.tables import Key, SuppressedTable

_MOST_JOINT = 6_000  # cells of all fields crossed at once; beyond it tables in a ring are not tried, and so not passed


def levels(one: SuppressedTable) -> int:
    """Say how many of a table's axes have groups: with two, a half is not ruled out and whole numbers are asked for."""
    return bool(one.shape.rows.groups) + bool(one.shape.columns and one.shape.columns.groups)


def joint_sums(public: Sequence[SuppressedTable]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Cross all fields at once where tables stand in a ring: area by kind, kind by month, month by area.

    Two tables that share a field can always be put together to one; of a ring that is not so, and a reader may use it.
    """
    pairs, values = set(), dict[str, dict[str, None]]()
    for one in public:
        axes = [one.shape.rows, *([one.shape.columns] if one.shape.columns else [])]
        for axis in axes:
            values.setdefault(axis.field, {}).update(dict.fromkeys(axis.labels))
        if one.shape.columns:
            pairs.add(frozenset(axis.field for axis in axes))
    ring = _in_ring(pairs)
    if not ring:
        return []
    fields = sorted(ring)
    size = 1
    for name in fields:
        size *= len(values[name])
    if size > _MOST_JOINT:
        raise AttackError("Too many tables of the same records are linked to prove that nothing can be worked out.")
    sums: list[tuple[Key, tuple[Key, ...]]] = []
    for first, second in combinations(fields, 2):
        if frozenset((first, second)) not in pairs:
            continue
        rest = [name for name in fields if name not in (first, second)]
        for one_value, other_value in product(values[first], values[second]):
            inner = [
                tuple(sorted([(first, one_value), (second, other_value), *zip(rest, more, strict=True)]))
                for more in product(*(values[name] for name in rest))
            ]
            sums.append((((first, one_value), (second, other_value)), tuple(inner)))
    return sums


def _in_ring(pairs: Collection[frozenset[str]]) -> set[str]:
    """Give the fields that stand in a ring of pairs: what is left when ends are cut off again and again."""
    left = set(pairs)
    while True:
        fields = {name for pair in left for name in pair}
        ends = {name for name in fields if sum(name in pair for pair in left) == 1}
        if not ends:
            return fields
        left = {pair for pair in left if not pair & ends}
