"""Try to work out what was withheld, from nothing but what is public: the proof that stands before every publication.

It shares no code with what chooses the pattern. From the published words it builds its own equations and asks for other
whole tables that fit all of them, each checked in whole numbers: a withheld small count is safe when every value from 1 to
the threshold less one stands in such a table. That is a proof whatever the solver did: a wrong answer of it only ever
makes a table look broken.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt

from portal.privacy.suppression.attack_links import grouped_twice, joint_sums
from portal.privacy.suppression.attack_solver import AttackError, Equations, Whole
from portal.privacy.suppression.tables import Key, SuppressedTable

_PATIENCE = 4  # sweeps that find nothing new before each count is asked for by itself


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


def attack(public: Sequence[SuppressedTable], secrets: Secrets, *, all_of_them: bool = True) -> Verdict:
    """Try to bound each secret over everything that is public together; or go no further than the first that is broken.

    Raises:
        AttackError: the solver did not answer, or the published tables contradict each other.
    """
    told = _Told(public, all_of_them)
    found = told.tries(dict(secrets.ranges), None)
    for key, themselves in secrets.alone.items():
        if found and not all_of_them:
            break
        mine = {other: both for other, both in secrets.ranges.items() if other not in themselves and both[0] >= 1}
        found += [one for one in told.tries(mine, key) if one.key not in {each.key for each in found}]
    return Verdict(
        tried=len(secrets.ranges),
        unknown=told.size,
        sums=told.sums,
        alone=len(secrets.alone),
        broken=tuple(found),
    )


def _reaches(value: int, way: int, both: tuple[int, int]) -> bool:
    """Tell whether a value is at one end of a range or beyond."""
    return value >= both[1] if way else value <= both[0]


@dataclass
class _Told:
    """What is public, as equations over what is withheld; a label stands there because of a record."""

    public: Sequence[SuppressedTable]
    all_of_them: bool
    fits: list[Whole] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known: dict[Key, int] = {}
        for one in self.public:
            for key, count in one.shown.items():
                if count is not None and self._known.setdefault(key, count) != count:
                    raise AttackError("Two published tables contradict each other.")
        self._place: dict[Key, int] = {}
        equations: dict[tuple[tuple[tuple[int, int], ...], int], None] = {}
        for whole, parts in dict.fromkeys(each for one in self.public for each in one.shape.sums()):
            equations.setdefault(self._equation(whole, parts))
        joint = joint_sums(self.public)
        for whole, parts in joint:
            equations.setdefault(self._equation(whole, parts))
        self._rows = [(terms, right) for terms, right in equations if terms]
        if any(right for terms, right in equations if not terms):
            raise AttackError("A published table does not add up.")
        self._low = np.zeros(self.size, np.int64)
        for key, number in self._place.items():
            self._low[number] = self._least(key)
        self._contiguous = not joint and not grouped_twice(self.public)
        self._solver = Equations(self._rows, self._low)
        self._chance = random.Random(len(self._rows))  # noqa: S311 - the same attack each time

    @property
    def size(self) -> int:
        """Say how many counts are not public."""
        return len(self._place)

    @property
    def sums(self) -> int:
        """Say how many equations they stand in."""
        return len(self._rows)

    def _equation(self, whole: Key, parts: Sequence[Key]) -> tuple[tuple[tuple[int, int], ...], int]:
        right = 0
        terms: dict[int, int] = {}
        for key, sign in ((whole, -1), *((part, 1) for part in parts)):
            if key in self._known:
                right -= sign * self._known[key]
            else:
                number = self._place.setdefault(key, len(self._place))
                terms[number] = terms.get(number, 0) + sign
        return tuple(sorted((number, sign) for number, sign in terms.items() if sign)), right

    def _least(self, key: Key) -> int:
        holders = [one for one in self.public if key in one.shown]
        if any(not one.noughts_hidden for one in holders):
            return 1
        return int(any(one.labelled and one.shape.is_line(key) for one in holders))

    def tries(self, ranges: Mapping[Key, tuple[int, int]], alone: Key | None) -> list[Broken]:
        """Look for a table for each end of each range; give the counts for which there is none."""
        open_ = {self._place[key]: both for key, both in ranges.items() if key in self._place}
        if len(open_) < len(ranges):
            shown = [key for key in ranges if key not in self._place]
            return [Broken(key, self._known[key], self._known[key]) for key in shown if key in self._known]
        if not open_:
            return []
        fixed = {} if alone is None else {self._place[alone]: 1}
        left = {(number, way) for number in open_ for way in (0, 1)} - self._seen(open_, fixed)
        stalled = 0
        while left and stalled < _PATIENCE:
            before = len(left)
            self._sweep(open_, left, fixed)
            left -= self._seen(open_, fixed)
            stalled = stalled + 1 if len(left) == before else 0
        known = len(self.fits)
        keys = {number: key for key, number in self._place.items()}
        narrow: dict[int, None] = {}
        for number in chain(
            (
                number
                for number, way in sorted(left)
                # A table that was found for another count may reach this end too; each since then has the same counts fixed.
                if not any(_reaches(int(one[number]), way, open_[number]) for one in self.fits[known:])
                and not self._single(number, way, open_[number], fixed)
            ),
            () if self._contiguous else self._gaps(open_, fixed),
        ):
            narrow[number] = None
            if not self.all_of_them:
                return [Broken(keys[number], -1, -1, bool(fixed))]
        return [self._told(keys[number], number, fixed) for number in sorted(narrow)]

    def _seen(self, open_: Mapping[int, tuple[int, int]], fixed: Mapping[int, int]) -> set[tuple[int, int]]:
        fits = [table for table in self.fits if all(table[number] == value for number, value in fixed.items())]
        if not fits:
            return set()
        numbers = list(open_)
        values = np.array(fits)[:, numbers]
        ends = np.array([open_[number] for number in numbers])
        low = np.flatnonzero((values <= ends[:, 0]).any(axis=0)).tolist()
        high = np.flatnonzero((values >= ends[:, 1]).any(axis=0)).tolist()
        return {(numbers[place], 0) for place in low} | {(numbers[place], 1) for place in high}

    def _sweep(
        self, open_: Mapping[int, tuple[int, int]], left: set[tuple[int, int]], fixed: Mapping[int, int]
    ) -> None:
        """Look for one table that reaches many ends at once."""
        costs, upper = np.zeros(self.size), np.full(self.size, self._solver.cap)
        for number, way in sorted(left, key=lambda each: (each[0], self._chance.random())):
            # Unequal costs, so that some counts go all the way instead of all of them a part of it.
            costs[number] = (-1.0 if way else 1.0) * self._chance.uniform(1.0, 2.0)
            upper[number] = max(open_[number][1], self._low[number]) if way else self._solver.cap
        self._keep(self._solver.best(costs, upper, fixed))

    def _single(self, number: int, way: int, both: tuple[int, int], fixed: Mapping[int, int]) -> bool:
        """Look for a table that reaches one end of one count."""
        best = self._extreme(number, way, fixed)
        return best is not None and _reaches(best, way, both)

    def _extreme(self, number: int, way: int, fixed: Mapping[int, int]) -> int | None:
        costs = np.zeros(self.size)
        costs[number] = -1.0 if way else 1.0
        for whole in (False, True):
            found = self._keep(self._solver.best(costs, None, fixed, whole=whole))
            if found is not None:
                return int(found[number])
        return None

    def _gaps(self, open_: Mapping[int, tuple[int, int]], fixed: Mapping[int, int]) -> Iterator[int]:
        """Find the counts of which a value between the ends cannot be: odd ones alone, say."""
        numbers = list(open_)
        fitting = [one for one in self.fits if all(one[place] == value for place, value in fixed.items())]
        seen = {
            number: set(values)
            for number, values in zip(numbers, np.array(fitting)[:, numbers].T.tolist(), strict=True)
        }
        for number, (low, high) in open_.items():
            for value in range(low + 1, high):
                if value in seen[number]:
                    continue
                question = partial(self._solver.best, np.zeros(self.size), None, {**fixed, number: value})
                found = self._keep(question())
                if found is None:
                    found = self._keep(question(whole=True))
                if found is None:
                    yield number
                    break
                for other in numbers:
                    seen[other].add(int(found[other]))

    def _keep(self, found: npt.NDArray[np.float64] | None) -> Whole | None:
        """Take a table that fits exactly, in whole numbers; anything else proves nothing."""
        if found is None:
            return None
        table = np.rint(found).astype(np.int64)
        if (table < self._low).any() or not self._solver.holds(table):
            return None
        self.fits.append(table)
        return table

    def _told(self, key: Key, number: int, fixed: Mapping[int, int]) -> Broken:
        least, greatest = self._extreme(number, 0, fixed), self._extreme(number, 1, fixed)
        return Broken(key, -1 if least is None else least, -1 if greatest is None else greatest, bool(fixed))
