"""What is public, as the attack reads it: equations over the counts that are withheld, and the whole tables that fit them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from portal.privacy.suppression.attack_links import grouped_twice, joint_sums
from portal.privacy.suppression.attack_solver import AttackError, Equations, Whole
from portal.privacy.suppression.tables import Key, SuppressedTable

Witnesses = tuple[Sequence[Key], Whole]  # counts, and tables of them, one a row


class PublicEquations:
    """What is public, as equations over what is withheld; a label stands there because of a record."""

    def __init__(self, public: Sequence[SuppressedTable]) -> None:
        """Write them down, or raise AttackError where they contradict each other."""
        self.public = public
        self.known: dict[Key, int] = {}
        self.place: dict[Key, int] = {}
        for one in self.public:
            for key, count in one.shown.items():
                if count is not None and self.known.setdefault(key, count) != count:
                    raise AttackError("Two published tables contradict each other.")
        equations: dict[tuple[tuple[tuple[int, int], ...], int], None] = {}
        for whole, parts in dict.fromkeys(each for one in self.public for each in one.shape.sums()):
            equations.setdefault(self._equation(whole, parts))
        joint = joint_sums(self.public)
        for whole, parts in joint:
            equations.setdefault(self._equation(whole, parts))
        rows = [(terms, right) for terms, right in equations if terms]
        if any(right for terms, right in equations if not terms):
            raise AttackError("A published table does not add up.")
        self.low = np.array([self._least(key) for key in self.place], np.int64)
        self.contiguous = not joint and not grouped_twice(self.public)
        self.size, self.sums = len(self.place), len(rows)
        self._solver = Equations(rows, self.low)

    def best(
        self,
        costs: npt.NDArray[np.float64],
        bounds: Mapping[int, tuple[float, float]],
        *,
        whole: bool,
    ) -> Whole | None:
        """Give the cheapest table within bounds that fits exactly, in whole numbers; anything else proves nothing.

        Where the cheapest has parts of one, it is asked for again in whole numbers if `whole`, which takes long.
        """
        low, high = self._widest()
        for number, (least, greatest) in bounds.items():
            low[number], high[number] = max(least, low[number]), min(greatest, high[number])
        return self._best_between(costs, low, high, whole=whole)

    def _widest(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        return self.low.astype(float), np.full(self.size, self._solver.cap)

    def _best_between(
        self,
        costs: npt.NDArray[np.float64],
        low: npt.NDArray[np.float64],
        high: npt.NDArray[np.float64],
        *,
        whole: bool,
    ) -> Whole | None:
        if (low > high).any():
            return None
        for in_whole in (False, True) if whole else (False,):
            found = self._solver.best(costs, low, high, whole=in_whole)
            if found is None:
                return None
            table = np.rint(found).astype(np.int64)
            if self._fits(table):
                return table
        return None

    def laid(self, keys: Sequence[Key], tables: Whole) -> Whole:
        """Give the counts that are not public, in their places, of some tables, one a row; -1 for a count that they do not hold."""
        place = {key: number for number, key in enumerate(keys)}
        lacking = np.full((len(tables), 1), -1)
        return np.concatenate([tables, lacking], axis=1)[:, [place.get(key, -1) for key in self.place]]

    def those_that_fit(self, tables: Whole) -> Whole:
        """Give those of some tables that could be true, whoever made them up: each is checked against what is public."""
        return tables[self._fits(tables)]

    def completed(self, table: Whole) -> Whole | None:
        """Give a table that could be true and has the counts of another in all places but those where this holds none; or None."""
        low, high = self._widest()
        told = table >= 0
        high[told] = table[told]
        low[told] = np.maximum(low, table)[told]
        return self._best_between(np.zeros(self.size), low, high, whole=False)

    def _fits(self, tables: Whole) -> npt.NDArray[np.bool_]:
        return np.asarray((tables >= self.low).all(axis=-1) & self._solver.holds(tables))

    def _equation(self, whole: Key, parts: Sequence[Key]) -> tuple[tuple[tuple[int, int], ...], int]:
        right = 0
        terms: dict[int, int] = {}
        for key, sign in ((whole, -1), *((part, 1) for part in parts)):
            if key in self.known:
                right -= sign * self.known[key]
            else:
                number = self.place.setdefault(key, len(self.place))
                terms[number] = terms.get(number, 0) + sign
        return tuple(sorted((number, sign) for number, sign in terms.items() if sign)), right

    def _least(self, key: Key) -> int:
        holders = [one for one in self.public if key in one.shown]
        if any(not one.noughts_hidden for one in holders):
            return 1
        return int(any(one.labelled and one.shape.is_line(key) for one in holders))


def one_that_fits(public: Sequence[SuppressedTable], between: Mapping[Key, tuple[int, float]]) -> dict[Key, int] | None:
    """Give the counts of one whole table that fits what is public, each between its least and its greatest; or None.

    Raises:
        AttackError: the solver did not answer, or the published tables contradict each other.
    """
    told = PublicEquations(public)
    ends = {told.place[key]: both for key, both in between.items() if key in told.place}
    table = told.best(np.zeros(told.size), ends, whole=True)
    return None if table is None else told.known | {key: int(table[number]) for key, number in told.place.items()}


def bounds_of(public: Sequence[SuppressedTable], keys: Iterable[Key]) -> dict[Key, tuple[float, float]]:
    """Give the least and the greatest that each withheld count can be; 0 and no end where no whole table was found.

    Raises:
        AttackError: the solver did not answer, or the published tables contradict each other.
    """
    told = PublicEquations(public)
    found = {}
    for key in keys:
        number, ends = told.place[key], [0.0, np.inf]
        for end, way in enumerate((1.0, -1.0)):
            costs = np.zeros(told.size)
            costs[number] = way
            table = told.best(costs, {}, whole=True)
            ends[end] = ends[end] if table is None else float(table[number])
        found[key] = (ends[0], ends[1])
    return found
