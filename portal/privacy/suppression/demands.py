"""What must stay possible in each withheld cell, and which tables that a reader could not tell apart show that it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portal.privacy.suppression.system import Flags, System, Whole

Counts = npt.NDArray[np.float32]
_HALF = 0.5  # whole numbers are held as reals
Demand = tuple[
    int, int, int
]  # (view: 0 a stranger, else who is alone in a cell; place among the cells; -1 down or 1 up)


@dataclass(frozen=True)
class ProtectionNeeds:
    """The cells to be protected, and how low and how high each must be possible.

    `alone` are cells that hold one record: its person knows them, and must not learn more about the others than a stranger.
    `themselves` are, for each, the cells that count this person and nobody else.
    `strict` marks the cells that such a person's knowledge is tried on.
    """

    cells: npt.NDArray[np.intp]
    low: Whole
    high: Whole
    alone: npt.NDArray[np.intp]
    themselves: tuple[frozenset[int], ...]
    strict: Flags


def needs(of: System, withheld: Flags, sensitive: Flags, threshold: int) -> ProtectionNeeds:
    """List what must stay possible: in each small count all of 1 to the threshold less one (s6).

    Where noughts are withheld, in each of them all from 0 up, so that no hidden nought is found out either. A cell that is
    withheld whatever its size must not be known to within the threshold less one.
    """
    counts, edge = of.counts, threshold - 1
    unknown_to_all = withheld & ~of.known & ~of.free
    small = unknown_to_all & (counts >= 1) & (counts <= edge)
    doubtful = unknown_to_all & of.guarded & ~small
    nought = unknown_to_all & (counts == 0) & ~doubtful
    large = unknown_to_all & sensitive & (counts > edge) & ~doubtful
    cells = np.flatnonzero(small | nought | large | doubtful)
    own = counts[cells]
    alone = np.flatnonzero(small & of.inner & (counts == 1) & ~of.guarded)
    return ProtectionNeeds(
        cells=cells,
        low=np.where(large[cells], np.maximum(own - edge, of.low[cells]), np.where(nought[cells], 0, 1)),
        high=np.where(large[cells], own + edge, edge),
        alone=alone,
        themselves=tuple(_themselves(of, int(cell), of.known | small | doubtful) for cell in alone),
        strict=(small | doubtful)[cells],
    )


def _themselves(of: System, cell: int, told: Flags) -> frozenset[int]:
    """Give the cells that count the one record of a cell and no other, and guarded ones that are the rest of a cell of `told`."""
    same = [{whole, *(part for part in parts if of.counts[part])} for whole, parts in of.sums if of.counts[whole] == 1]
    rests = [set(parts) for whole, parts in of.sums if told[whole]]
    found: set[int] = set()
    ends = {cell}
    while ends:
        found |= ends
        ends = {one for group in same if not group.isdisjoint(ends) for one in group} - found
        last = [group - found for group in rests if not group.isdisjoint(found)]
        ends |= {one for group in last if len(group) == 1 for one in group if of.guarded[one]}
    return frozenset(found)


class NeedsMet:
    """Which demands are met, by how many of the tables found so far."""

    def __init__(self, need: ProtectionNeeds, counts: Whole) -> None:
        """Begin with the true table, which meets what it meets."""
        self.need = need
        shape = (2, len(need.alone), len(need.cells))
        # By how many tables each need is met, and by how many of these not for whoever is alone in a cell: few tables move it.
        self._by, self._not_for = np.zeros((2, 1, len(need.cells)), np.float32), np.zeros(shape, np.float32)
        self._asked = np.ones((2, 1 + len(need.alone), len(need.cells)), bool)
        self._asked[:, 1:, ~need.strict] = False
        for view, themselves in enumerate(need.themselves, 1):
            self._asked[:, view, np.isin(need.cells, list(themselves))] = False
        self.tables: list[Whole] = []  # each the last of its steps, which come before it, one a row
        self.add(counts[None])

    def add(self, steps: Whole) -> None:
        """Take a table into account, the last of the steps that lead to it; each of these might be true too."""
        self.tables.append(steps)
        table = steps[-1]
        reached = self._reached(table)
        self._by[:, 0] += reached
        moved = np.flatnonzero(table[self.need.alone] != 1)
        self._not_for[:, moved] += reached[:, None]

    def all_tables(self) -> Whole:
        """Give all tables that might be true, one a row, with the steps that lead to each."""
        return np.concatenate(self.tables)

    def drop_moved(self, cell: int, count: int) -> list[Whole]:
        """Take the tables in which a cell has another count out of account, and give them."""
        out = [steps for steps in self.tables if steps[-1, cell] != count]
        self.tables = [steps for steps in self.tables if steps[-1, cell] == count]
        self._count(out, -1)
        return out

    def undo(self, added: int, dropped: list[Whole]) -> None:
        """Take the last tables away again, and put back those that were dropped."""
        if added:
            self._count(self.tables[-added:], -1)
            del self.tables[-added:]
        self._count(dropped, 1)
        self.tables += dropped

    def missing(self, *, stranger: bool = False) -> list[Demand]:
        """List the demands that no table meets, a stranger's first, or a stranger's alone."""
        ways, views, places = np.nonzero(self._by < _HALF if stranger else self._lacking())
        return sorted(zip(views.tolist(), places.tolist(), (2 * ways - 1).tolist(), strict=True))

    def still_lacking(self, need: tuple[int, int], views: Sequence[int]) -> list[int]:
        """List those of some views for whom no table meets a need (its place, its way) by now."""
        place, way = need
        up = (way + 1) // 2
        those = np.asarray(views)
        less = np.concatenate([[0], self._not_for[up, :, place]])[those]
        return [int(view) for view in those[self._by[up, 0, place] - less < _HALF]]

    def _lacking(self) -> Flags:
        met = np.concatenate([self._by, self._by - self._not_for], axis=1)
        return (met < _HALF) & self._asked

    def _reached(self, tables: Whole) -> Counts:
        seen = tables[..., self.need.cells]
        return np.array([seen <= self.need.low, seen >= self.need.high], np.float32)

    def _count(self, tables: Sequence[Whole], sign: int) -> None:
        if tables:
            laid = np.array([steps[-1] for steps in tables])
            reached = self._reached(laid)
            moved = (laid[:, self.need.alone] != 1).astype(np.float32)
            self._by += sign * reached.sum(axis=1, keepdims=True)
            self._not_for += sign * (moved.T @ reached)
