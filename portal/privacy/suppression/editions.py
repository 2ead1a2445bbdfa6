"""Hold a correction back where it would tell a small change: two editions side by side are one more table (s6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from portal.privacy.suppression.system import Real
from portal.privacy.suppression.tables import TOTAL, Axis, Counted, Key, SuppressedTable, TableShape, counted

_NEAR = 1e-6


@dataclass(frozen=True)
class Correction:
    """A new table on the lines of both editions, and what a reader of the earlier one has.

    `shown`: counts that it shows, not counting lines that it leaves out. `known`: counts that were shown and did not change. `taken`: counts that were withheld, and stay so.
    """

    table: Counted
    before: Mapping[Key, int | None]
    shown: frozenset[Key]
    known: frozenset[Key]
    taken: frozenset[Key]


def first_edition(table: Counted) -> Correction:
    """Say that nothing was published of this table before, or nothing but one word."""
    return Correction(table, {}, frozenset(), frozenset(), frozenset())


def correction(table: Counted, earlier: SuppressedTable) -> Correction:
    """Lay the new table over the earlier edition. A line that only one of them has counts nobody in the other."""
    if not earlier.shape.rows.labels:  # only 'suppressed' was said, of nobody in particular
        return first_edition(table)
    shape = joined_shape(table.shape, earlier.shape)
    now = table
    if shape != table.shape:
        wider = counted(shape, table.counts)
        now = replace(table, shape=shape, counts=wider.counts, labelled=False)
    before = {key: earlier.shown.get(key, 0) for key in now.counts}
    return Correction(
        table=now,
        before=before,
        shown=frozenset(key for key, count in earlier.shown.items() if count is not None),
        known=frozenset(key for key, count in before.items() if count is not None and count == now.counts[key]),
        taken=frozenset(key for key, count in before.items() if count is None),
    )


def joined_shape(one: TableShape, other: TableShape) -> TableShape:
    """Give a table that has the lines of both."""
    return replace(one, rows=_joined(one.rows, other.rows), columns=one.columns and _joined(one.columns, other.columns))


def _joined(axis: Axis, other: Axis | None) -> Axis:
    if other is None:
        return axis
    groups = {
        node: tuple(dict.fromkeys([*axis.groups.get(node, ()), *other.groups.get(node, ())]))
        for node in dict.fromkeys([*axis.groups, *other.groups])
    }
    labels = tuple(dict.fromkeys([*axis.labels, *other.labels]))
    return replace(axis, labels=labels, groups=groups, parts={**other.parts, **axis.parts})


def small_changes(of: Correction, published: SuppressedTable, threshold: int) -> list[Key]:
    """List the cells and lines whose change between the editions can be worked out and is smaller than the threshold.

    A change is told where the earlier edition shows the count (to withhold it now marks where it is), where the sums leave
    no other, and along each line where what both withhold changed by a small number together.
    """
    change = {
        key: now - before
        for key, before in of.before.items()
        if before is not None and (now := published.shown[key]) is not None
    }
    marked = [(key, of.table.counts[key] - before) for key, before in of.before.items() if before is not None]
    found = dict.fromkeys(key for key, by in marked if key in of.shown and 0 < abs(by) < threshold)
    unknown = {key: number for number, key in enumerate(key for key in of.before if key not in change)}
    rows, right = [], []
    for whole, parts in published.shape.own_sums():
        row, told = np.zeros(len(unknown)), 0
        for key, sign in ((whole, -1), *((part, 1) for part in parts)):
            if key in unknown:
                row[unknown[key]] += sign
            else:
                told -= sign * change[key]
        if row.any():
            rows.append(row)
            right.append(told)
            one_way = (row >= 0).all() or (row <= 0).all()
            if one_way and 0 < abs(told) < threshold:
                found[whole] = None
    if rows:
        found.update(dict.fromkeys(_worked_out(np.array(rows), np.array(right, float), list(unknown), threshold)))
    return list(found)


def _worked_out(rows: Real, right: Real, keys: list[Key], threshold: int) -> list[Key]:
    """Give the unknown changes that the sums determine, and that are small."""
    _, sizes, ways = np.linalg.svd(rows, full_matrices=False)
    spanned = ways[sizes > _NEAR]
    certain = np.abs((spanned**2).sum(axis=0) - 1) < _NEAR
    values = np.rint(np.linalg.lstsq(rows, right, rcond=None)[0])
    return [key for key, sure, by in zip(keys, certain, values, strict=True) if sure and 0 < abs(by) < threshold]


def named(key: Key) -> str:
    """Name a cell in words: its values, or the total."""
    return ", ".join(value for _, value in key) or TOTAL
