"""Choose the cells to withhold: the small counts, then the cheapest others until every demand is met."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portal.privacy.suppression.demands import NeedsMet, ProtectionNeeds, needs
from portal.privacy.suppression.flows import Flows
from portal.privacy.suppression.system import Flags, Real, System, Whole

# Sweeps that hardly gain (by no more demands than this) before each demand is asked for by itself.
_STRANGERS, _THEIRS = (4, 1), (1, 5)
_SPREAD = (0.7, 1.4)  # how far a later try turns the weights, so that it takes another way


@dataclass(frozen=True)
class PatternOptions:
    """How a pattern is to be found: the threshold, where noughts stand, and the seconds of work that bettering it may take."""

    threshold: int
    noughts_hidden: bool
    seconds: float


@dataclass(frozen=True)
class FoundPattern:
    """The cells to withhold, and tables that a reader could not tell from the true one, which show that they are enough."""

    withheld: Flags
    witnesses: Sequence[Whole]


def pattern(of: System, sensitive: Flags, asked: PatternOptions) -> FoundPattern | None:
    """Find the cells to withhold, or None where no pattern meets every demand.

    Raises:
        SolverError: HiGHS did not answer.
    """
    if not asked.noughts_hidden and _told_by_noughts(of, asked.threshold):
        return None
    search = _Search(of, sensitive, asked)
    best = search.once(of.weights)
    if best is None:
        return None
    until, turn = search.work + asked.seconds, random.Random(14)  # noqa: S311 - the same table, the same pattern
    search.give_back(best, until)
    first = best
    while search.work < until and search.cost(first) > 0:
        turned = of.weights * np.array([turn.uniform(*_SPREAD) for _ in of.keys])
        other = search.once(turned)
        if other is not None:
            search.give_back(other, until)
            best = min(best, other, key=search.cost)
    return FoundPattern(best.withheld, best.met.tables)


def _told_by_noughts(of: System, threshold: int) -> bool:
    """Tell whether a small sum has several parts: where noughts are shown each is at least 1, so the sum is never 1."""
    return any(
        0 < of.counts[whole] < threshold and of.low[list(parts)].sum() > 1 for whole, parts in of.sums if of.mine[whole]
    )


@dataclass
class _Found:
    withheld: Flags
    met: NeedsMet


class _Search:
    def __init__(self, of: System, sensitive: Flags, asked: PatternOptions) -> None:
        self._of = of
        self._flows = Flows(of, of.low)
        self._in_sums: list[list[int]] = [[] for _ in of.keys]
        for number, (whole, parts) in enumerate(of.sums):
            for cell in (whole, *parts):
                self._in_sums[cell].append(number)
        self._chance = np.random.default_rng(14)  # the same table, the same pattern
        small = (of.counts > 0) & (of.counts < asked.threshold)
        nought = of.counts == 0
        primary = of.mine & (small | sensitive | (nought & asked.noughts_hidden))
        self._first: Flags = (primary | of.taken) & ~of.known
        # A nought that is shown stays; what another table alone holds is not this table's to withhold.
        self._open: Flags = of.mine & ~of.known & ~self._first & ~nought
        self._need: ProtectionNeeds = needs(of, self._first, sensitive, asked.threshold)

    @property
    def work(self) -> float:
        """Say how many seconds the search took so far: of an ordinary machine, so that a busy one finds the same pattern."""
        return self._flows.work

    def cost(self, found: _Found) -> float:
        """Say what the cells cost that are withheld for others' sake."""
        return float(self._of.weights[found.withheld & ~self._first].sum())

    def once(self, weights: Real) -> _Found | None:
        """Withhold more until every demand is met, each by its cheapest flow; None where one cannot be."""
        found = _Found(self._first.copy(), NeedsMet(self._need, self._of.counts))
        self._widen(found, [0])
        if not self._meet_all(found, weights, stranger=True):
            return None
        self._widen_views(found)
        return found if self._meet_all(found, weights) else None

    def _meet_all(self, found: _Found, weights: Real, *, stranger: bool = False) -> bool:
        together: dict[tuple[int, int], list[int]] = {}
        for view, place, way in found.met.missing():
            if not view:
                if not found.met.is_met((view, place, way)) and not self._meet(found, (place, way), [view], weights):
                    return False
            elif not stranger:
                together.setdefault((place, way), []).append(view)
        return all(self._meet_together(found, each, views, weights) for each, views in together.items())

    def _meet_together(self, found: _Found, need: tuple[int, int], views: Sequence[int], weights: Real) -> bool:
        """Meet one need for all of these views through what is withheld already, else for each half of them; for one by more."""
        views = [view for view in views if not found.met.is_met((view, *need))]
        if not views:
            return True
        if len(views) == 1:
            return self._meet(found, need, views, weights)
        shut, self._open = self._open, np.zeros_like(self._open)
        try:
            if self._meet(found, need, views, weights):
                return True
        finally:
            self._open = shut
        half = len(views) // 2
        return all(self._meet_together(found, need, part, weights) for part in (views[:half], views[half:]))

    def _meet(self, found: _Found, asked: tuple[int, int], views: Sequence[int], weights: Real) -> bool:
        place, way = asked
        need, counts = self._need, self._of.counts
        cell = int(need.cells[place])
        change = int((need.high if way > 0 else need.low)[place] - counts[cell])
        still = self._still(found.withheld | self._open, views)
        costs = np.where(found.withheld, 0.0, weights)
        flow = None if still[cell] else self._flows.cheapest(cell, change, costs, still)
        if flow is None:
            return False
        found.withheld |= flow != 0
        found.met.add(counts + flow)
        return True

    def _widen(self, found: _Found, views: Sequence[int]) -> None:
        """Meet many demands at once through what is withheld already, for all these views together, while that pays."""
        need, counts = self._need, self._of.counts
        still = self._still(found.withheld, views)
        reach = (need.low - counts[need.cells], need.high - counts[need.cells])
        patience, least = _STRANGERS if list(views) == [0] else _THEIRS
        left, stalled = found.met.lacking(views), 0
        while left and stalled < patience:
            wish, limit = np.zeros(len(counts)), np.zeros(len(counts))
            for place, way in self._apart(*found.met.wanting(views)):
                wish[need.cells[place]] = way
                limit[need.cells[place]] = abs(int(reach[max(way, 0)][place]))
            flow = self._flows.widest(wish, limit, still)
            if flow is None:
                return
            found.met.add(counts + flow)
            now = found.met.lacking(views)
            stalled = stalled + 1 if left - now <= least else 0
            left = now

    def _apart(self, low: Flags, high: Flags) -> list[tuple[int, int]]:
        """Choose needs (place, way) by chance, no two in one sum, so that each can move all the way."""
        needs_ = [(int(place), way) for way, lacking in ((-1, low), (1, high)) for place in np.flatnonzero(lacking)]
        taken: set[int] = set()
        chosen = []
        for number in self._chance.permutation(len(needs_)):
            place, way = needs_[number]
            mine = self._in_sums[int(self._need.cells[place])]
            if taken.isdisjoint(mine):
                taken.update(mine)
                chosen.append((place, way))
        return chosen

    def _widen_views(self, found: _Found) -> None:
        """Do so for those who are alone in a cell: with half of these cells still at a time, each pair is told apart soon."""
        views = np.arange(1, 1 + len(self._need.alone))
        self._widen(found, views.tolist())
        for bit in range(len(views).bit_length()):
            for side in (0, 1):
                half = views[(views >> bit) % 2 == side].tolist()
                if half:
                    self._widen(found, half)

    def _still(self, withheld: Flags, views: Sequence[int]) -> Flags:
        still = ~withheld
        still[self._need.alone[[view - 1 for view in views if view]]] = True
        return still

    def give_back(self, found: _Found, until: float) -> None:
        """Show again each cell that no demand needs, the dearest first."""
        extra = np.flatnonzero(found.withheld & ~self._first)
        for cell in sorted(extra.tolist(), key=lambda each: (-self._of.weights[each], self._of.counts[each])):
            if self.work >= until:
                return
            self._try_showing(found, cell)

    def _try_showing(self, found: _Found, cell: int) -> None:
        counts, met = self._of.counts, found.met
        dropped = met.drop([number for number, table in enumerate(met.tables) if table[cell] != counts[cell]])
        before = len(met.tables)
        found.withheld[cell] = False
        shut, self._open = self._open, np.zeros_like(self._open)
        try:
            self._widen(found, [0])
            held = self._meet_all(found, np.zeros(len(counts)), stranger=True)
            if held:
                self._widen_views(found)
                held = self._meet_all(found, np.zeros(len(counts)))
        finally:
            self._open = shut
        if not held:
            met.undo(len(met.tables) - before, dropped)
            found.withheld[cell] = True
