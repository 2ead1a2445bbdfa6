"""Choose the cells to withhold: the small counts, then the cheapest others until every demand is met."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portal.privacy.suppression.demands import NeedsMet, ProtectionNeeds, needs
from portal.privacy.suppression.flows import Exchanges, Flows, in_equal_steps
from portal.privacy.suppression.system import Flags, Real, System, Whole

_SPREAD = (0.7, 1.4)  # how far a later try turns the weights, so that it takes another way


@dataclass(frozen=True)
class PatternOptions:
    """How a pattern is to be found: the threshold, where noughts stand, and the seconds of work that bettering it may take."""

    threshold: int
    noughts_hidden: bool
    seconds: float


@dataclass(frozen=True)
class FoundPattern:
    """The cells to withhold, and tables that a reader could not tell from the true one, one a row, which show that they are enough."""

    withheld: Flags
    witnesses: Whole


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
    once = search.work
    until, turn = once + asked.seconds, random.Random(14)  # noqa: S311 - the same table, the same pattern
    search.give_back(best, until)
    first = best
    while search.work + once <= until and search.cost(first) > 0:
        turned = of.weights * np.array([turn.uniform(*_SPREAD) for _ in of.keys])
        other = search.once(turned)
        if other is not None:
            search.give_back(other, until)
            best = min(best, other, key=search.cost)
    return FoundPattern(best.withheld, best.met.all_tables())


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
        self._exchanges = Exchanges(of, of.low)
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
        return self._flows.work + self._exchanges.work

    def cost(self, found: _Found) -> float:
        """Say what the cells cost that are withheld for others' sake."""
        return float(self._of.weights[found.withheld & ~self._first].sum())

    def once(self, weights: Real) -> _Found | None:
        """Withhold more until every demand is met, each by its cheapest flow; None where one cannot be."""
        found = _Found(self._first.copy(), NeedsMet(self._need, self._of.counts))
        return found if self._met_by_all_means(found, weights) else None

    def _met_by_all_means(self, found: _Found, weights: Real) -> bool:
        self._exchange(found)
        if not self._meet_all(found, weights, stranger=True):
            return False
        self._exchange(found)
        return self._meet_all(found, weights)

    def _exchange(self, found: _Found) -> None:
        """Meet what can be met without asking the solver, each need for all who still lack it."""
        together: dict[tuple[int, int], list[int]] = {}
        for view, place, way in found.met.missing():
            together.setdefault((place, way), []).append(view)
        for need, views in together.items():
            for each in (views[:1], views[1:]) if not views[0] else (views,):
                left = found.met.still_lacking(need, each) if each else []
                if left:
                    self._exchanged(found, need, left)

    def _exchanged(self, found: _Found, need: tuple[int, int], views: Sequence[int]) -> bool:
        cell, change = self._asked(need)
        movable = ~self._still(found.withheld, views)
        changes = self._exchanges.changes(cell, change, movable) if movable[cell] else []
        if changes:
            found.met.add(self._of.counts + np.array(changes))
        return bool(changes)

    def _asked(self, need: tuple[int, int]) -> tuple[int, int]:
        """Say which cell a need is of, and how far it must move."""
        place, way = need
        cell = int(self._need.cells[place])
        return cell, int((self._need.high if way > 0 else self._need.low)[place] - self._of.counts[cell])

    def _meet_all(self, found: _Found, weights: Real, *, stranger: bool = False) -> bool:
        together: dict[tuple[int, int], list[int]] = {}
        for view, place, way in found.met.missing(stranger=stranger):
            if not view:
                lacking = found.met.still_lacking((place, way), [view])
                if lacking and not self._meet(found, (place, way), lacking, weights):
                    return False
            else:
                together.setdefault((place, way), []).append(view)
        return all(self._meet_together(found, each, views, weights) for each, views in together.items())

    def _meet_together(self, found: _Found, need: tuple[int, int], views: Sequence[int], weights: Real) -> bool:
        """Meet one need for all of these views through what is withheld already, else for each half of them; for one by more."""
        views = found.met.still_lacking(need, views)
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
        if self._exchanged(found, asked, views):
            return True
        counts = self._of.counts
        cell, change = self._asked(asked)
        still = self._still(found.withheld | self._open, views)
        costs = np.where(found.withheld, 0.0, weights)
        flow = None if still[cell] else self._flows.cheapest(cell, change, costs, still)
        if flow is None:
            return False
        found.withheld |= flow != 0
        steps = in_equal_steps(flow)
        if len(steps) < abs(change):  # less far some exchange may lead
            movable = ~self._still(found.withheld, views)
            steps = np.array([*self._exchanges.changes(cell, change - (1 if change > 0 else -1), movable), *steps])
        found.met.add(counts + steps)
        return True

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
        dropped = met.drop_moved(cell, int(counts[cell]))
        before = len(met.tables)
        found.withheld[cell] = False
        shut, self._open = self._open, np.zeros_like(self._open)
        try:
            held = self._met_by_all_means(found, np.zeros(len(counts)))
        finally:
            self._open = shut
        if not held:
            met.undo(len(met.tables) - before, dropped)
            found.withheld[cell] = True
