"""Treat each distinct value of a column once, and say in which rows it stands only as often as a person can read."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar, cast

import pyarrow as pa

from portal.privacy.columns import Coded
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.scanning import ColumnFinding
from portal.privacy.recoding import Treated
from portal.spreadsheets.arrow_columns import Cells, coded_of, flat, pc

MOST_NAMED = 10_000  # findings or problems of one column that are named by row; beyond it they are counted
T = TypeVar("T")


@dataclass(frozen=True)
class TreatedColumn:
    """A treated column, its further columns, and what was found: named by row up to a limit, counted whole."""

    column: Cells
    extra: dict[str, Cells]
    findings: tuple[tuple[int, ColumnFinding], ...] = ()
    counts: Counter[IdentifierKind] = field(default_factory=Counter)
    problems: tuple[tuple[int, str], ...] = ()
    reasons: Counter[str] = field(default_factory=Counter)
    treated: Treated | None = None


def once(column: Cells, treatment: Callable[[Cells], Treated]) -> TreatedColumn:
    """Return a column treated by its distinct values.

    Args:
        column: text, blank or null where there is nothing.
        treatment: treats a column of distinct values.
    """
    coded = coded_of(column)
    distinct = pc.if_else(pc.equal(coded.dictionary, ""), pa.scalar(None, pa.string()), coded.dictionary)
    treated = treatment(distinct)
    heights = _heights(coded)
    places = _Places(coded, heights)
    findings = _named(((each.row, each) for each in treated.findings), places)
    problems = _named(((each.row, each.reason) for each in treated.problems), places)
    counts: Counter[IdentifierKind] = Counter()
    for found in treated.findings:
        counts[found.kind] += heights[found.row]
    reasons: Counter[str] = Counter()
    for problem in treated.problems:
        reasons[problem.reason] += heights[problem.row]
    extra = {name: flat(each).take(coded.indices) for name, each in treated.extra.items()}
    return TreatedColumn(flat(treated.column).take(coded.indices), extra, findings, counts, problems, reasons, treated)


def _heights(coded: Coded) -> list[int]:
    """Return in how many rows each distinct value stands."""
    counted = pc.value_counts(coded.indices.drop_null())
    heights = [0] * len(coded.dictionary)
    for place, count in zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True):
        heights[place] = count
    return heights


class _Places:
    """Find the rows of a distinct value; the rows are sorted by value once, and only if any are asked for."""

    def __init__(self, coded: Coded, heights: list[int]) -> None:
        self._indices, self._heights = coded.indices, heights
        self._order: Cells | None = None
        self._starts: list[int] = []

    def of(self, value: int) -> list[int]:
        if self._order is None:
            self._order = pc.sort_indices(self._indices)
            self._starts = list(accumulate(self._heights, initial=0))
        found = self._order.slice(self._starts[value], min(self._heights[value], MOST_NAMED))
        return cast("list[int]", found.to_pylist())


def _named(found: Iterable[tuple[int, T]], places: _Places) -> tuple[tuple[int, T], ...]:
    named: list[tuple[int, T]] = []
    for value, what in found:
        named += [(row, what) for row in places.of(value)]
        if len(named) >= MOST_NAMED:
            break
    return tuple(named)
