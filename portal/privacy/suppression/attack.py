"""Try to work out what was withheld, from nothing but what is public: the proof that stands before every publication.

It shares no code with what chooses the pattern. From the published words it builds its own equations and asks for other
whole tables that fit all of them, each checked in whole numbers: a withheld small count is safe when every value from 1 to
the threshold less one stands in such a table. That is a proof whatever the solver did: a wrong answer of it only ever
makes a table look broken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.privacy.suppression.attack_equations import PublicEquations, Witnesses
from portal.privacy.suppression.attack_solver import Whole
from portal.privacy.suppression.attack_values import SecretValues, UnreachedValues
from portal.privacy.suppression.tables import Key, SuppressedTable

_PATIENCE = 2  # measured: questions for many values at once that may tell nothing new, before each is asked for


@dataclass(frozen=True)
class Broken:
    """A withheld count that can be worked out too closely: the least and the greatest that it can be."""

    key: Key
    least: int
    greatest: int
    by_someone_alone: bool = False


@dataclass(frozen=True)
class Verdict:
    """What the attack found: how many counts it tried, over how many cells and sums, and those that it broke."""

    tried: int
    unknown: int
    sums: int
    alone: int
    broken: tuple[Broken, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether nothing was worked out."""
        return not self.broken


@dataclass(frozen=True)
class Secrets:
    """What must not be found out: for the judge alone, never for the attack's equations.

    Attributes:
        ranges: each withheld count that matters, with the values that must all stay possible, least and greatest.
        alone: cells with one record, whose person knows that, with the cells that count them and nobody else.
    """

    ranges: Mapping[Key, tuple[int, int]]
    alone: Mapping[Key, Collection[Key]] = field(default_factory=dict)


def attack(
    public: Sequence[SuppressedTable],
    secrets: Secrets,
    *,
    all_of_them: bool = True,
    witnesses: Witnesses | None = None,
) -> Verdict:
    """Try to bound each secret over everything that is public together; or go no further than the first that is broken.

    `witnesses` are tables that may be true as far as anybody knows: each is believed only where it fits all that is public, in
    whole numbers, and what they do not show is asked for as ever.

    Raises:
        AttackError: the solver did not answer, or the published tables contradict each other.
    """
    told = PublicEquations(public)
    found = [Broken(key, told.known[key], told.known[key]) for key in secrets.ranges if key in told.known]
    if not found:
        for one in _Attempt(told, secrets, witnesses).broken():
            found.append(one)
            if not all_of_them:
                break
    return Verdict(
        tried=len(secrets.ranges),
        unknown=told.size,
        sums=told.sums,
        alone=len(secrets.alone),
        broken=tuple(found),
    )


class _Attempt:
    """One attack: every value of every secret is looked for, by a stranger and by each who is alone in a cell."""

    def __init__(self, told: PublicEquations, secrets: Secrets, witnesses: Witnesses | None) -> None:
        self._told = told
        self._chance = np.random.default_rng(told.sums)  # the same attack each time
        self._keys = [key for key in secrets.ranges if key in told.place]
        alone = {key: themselves for key, themselves in secrets.alone.items() if key in told.place}
        ends = np.array([secrets.ranges[key] for key in self._keys], np.int64).reshape(-1, 2)
        knows = [[key in themselves for key in self._keys] for themselves in alone.values()]
        none = np.zeros((1, len(self._keys)), bool)
        # Whoever is alone in a cell may know a nought, so only that which counts others is kept from them.
        mine = np.array(knows, bool).reshape(len(alone), len(self._keys)) | (ends[:, 0] < 1)
        self._asked = SecretValues(
            numbers=np.array([told.place[key] for key in self._keys], np.intp),
            low=ends[:, 0],
            high=ends[:, 1],
            alone=np.array([told.place[key] for key in alone], np.intp),
            who=~np.concatenate([none, mine]),
            ends_alone=told.contiguous,
        )
        self._unreached = UnreachedValues(self._asked)
        self._last: Whole | None = None
        if witnesses is not None:
            self._hear(told.laid(*witnesses))

    def broken(self) -> Iterator[Broken]:
        """Give each secret of which a value stands in no table, once."""
        if not self._keys:
            return
        views = np.arange(1, 1 + len(self._asked.alone))
        halves = [views[(views >> bit) % 2 == side] for bit in range(len(views).bit_length()) for side in (0, 1)]
        narrow: set[int] = set()
        # With half of those who are alone held at a time one table serves many, and each pair is told apart soon.
        for first, groups in ((0, [np.zeros(1, np.intp)]), (1, [views, *halves])):
            for group in groups:
                self._sweep(group.tolist())
            for secret, offset in np.argwhere(self._unreached.left([0, *views[: first * len(views)]])).tolist():
                if secret in narrow:
                    continue
                view = self._without(secret, offset, self._unreached.views_left(secret, offset)[: None if first else 1])
                if view is not None:
                    narrow.add(secret)
                    yield self._told_of(secret, view)

    def _hear(self, tables: Whole) -> None:
        """Take witnesses into account, those that fit; what they do not tell (fields that stand in a ring) is worked out for each."""
        if (tables >= 0).all():
            self._unreached.add_all(self._told.those_that_fit(tables))
            return
        for table in tables:
            if self._unreached.shown_by(table):
                self._keep(self._told.completed(table))

    def _held(self, views: Iterable[int]) -> dict[int, tuple[float, float]]:
        return {int(self._asked.alone[view - 1]): (1.0, 1.0) for view in views if view}

    def _sweep(self, views: Sequence[int]) -> None:
        """Look for tables that reach many values at once, with what all of these views know."""
        held, stalled = self._held(views), 0
        while stalled < _PATIENCE and views and (left := self._unreached.left(views)).any():
            base = self._base(held)
            if base is None:
                return
            secrets = np.flatnonzero(left.any(axis=1))
            # Of each secret one of its values, and unequal costs, so that some go all the way instead of all of them a part of it.
            offsets = (self._chance.random(left[secrets].shape) * left[secrets]).argmax(axis=1)
            costs, bounds = np.zeros(self._told.size), dict(held)
            for secret, offset, cost in zip(
                secrets.tolist(), offsets.tolist(), self._chance.uniform(1.0, 2.0, len(secrets)).tolist(), strict=True
            ):
                number, value = int(self._asked.numbers[secret]), float(self._asked.low[secret] + offset)
                if number in held:
                    continue
                costs[number] = -cost if value > base[number] else cost
                bounds[number] = (0.0, value) if value > base[number] else (value, np.inf)
            self._keep(self._told.best(costs, bounds, whole=False))
            stalled = stalled + 1 if self._unreached.left(views).sum() == left.sum() else 0

    def _base(self, held: Mapping[int, tuple[float, float]]) -> Whole | None:
        """Give a table that fits what some views know, from which another is moved."""
        last = self._last
        if last is not None and all(last[number] == one for number, (one, _) in held.items()):
            return last
        return self._keep(self._told.best(np.zeros(self._told.size), held, whole=True))

    def _without(self, secret: int, offset: int, views: Sequence[int]) -> int | None:
        """Ask for one value for many views at once, else for half of them, down to each; give the first that has it in no table."""
        views = [view for view in views if view in self._unreached.views_left(secret, offset)]
        if not views:
            return None
        number, value = int(self._asked.numbers[secret]), int(self._asked.low[secret]) + offset
        bounds = self._held(views)
        least = 0 if value == self._asked.low[secret] else value
        greatest = np.inf if value == self._asked.high[secret] else value
        alone, _ = bounds.get(number, (value, value))
        if least <= alone <= greatest:
            bounds[number] = bounds.get(number, (least, greatest))
            if self._keep(self._told.best(np.zeros(self._told.size), bounds, whole=True)) is not None:
                return None
        if len(views) == 1:
            return views[0]
        half = len(views) // 2
        found = self._without(secret, offset, views[:half])
        return self._without(secret, offset, views[half:]) if found is None else found

    def _keep(self, table: Whole | None) -> Whole | None:
        if table is not None:
            self._unreached.add(table)
            self._last = table
        return table

    def _told_of(self, secret: int, view: int) -> Broken:
        """Say between which values a secret lies for a view; -1 where that was not found."""
        ends = []
        for way in (1.0, -1.0):
            costs = np.zeros(self._told.size)
            costs[self._asked.numbers[secret]] = way
            table = self._keep(self._told.best(costs, self._held([view]), whole=True))
            ends.append(-1 if table is None else int(table[self._asked.numbers[secret]]))
        return Broken(self._keys[secret], ends[0], ends[1], view > 0)
