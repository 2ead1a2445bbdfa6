"""A published table of more records than the returns that are given: a year, where one of its quarters is asked for.

Of the records beyond nobody here knows more than the table tells. So one whole table that fits is imagined, and what it has
beyond the returns stands as a return of its own. Nothing is proved of the imagined counts: each that may be small, whatever
it is in truth, must stay possible as every small count. Who is alone in a cell of the wider table is not known here either, so
what that person may learn is proved of the returns that are given alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from portal.privacy.suppression.attack_equations import bounds_of, one_that_fits
from portal.privacy.suppression.tables import Counted, Key, SuppressedTable, TableShape, counted
from portal.publication.tabulation.counting import StoredReturns, count, lines_of
from portal.publication.tabulation.fields import IMAGINED
from portal.publication.tabulation.windows import BEYOND, TIMES, CountedOver


@dataclass(frozen=True)
class WiderTable:
    """A published table of the given records and others, with its fields by name, and the given records on its lines."""

    public: SuppressedTable
    given: Counted


def wider(held: StoredReturns, public: SuppressedTable) -> WiderTable | None:
    """Lay a published table over the given records; None where it does not count all of them and others."""
    axes = public.shape.axes()
    lines = [(lines_of(held, axis.field), axis) for axis in axes]
    if not all(mine is not None and mine <= {*axis.labels} for mine, axis in lines):
        return None
    given = counted(public.shape, count(held, [axis.field for axis in axes]).counts)
    fits = all(told is None or told >= given.counts[key] for key, told in public.shown.items())
    return WiderTable(public, given) if fits and public.shown[()] not in {None, given.counts[()]} else None


@dataclass(frozen=True)
class ImaginedRecords:
    """Records that may be those beyond, and between which numbers a reader of the wider tables knows each withheld count."""

    frame: pd.DataFrame
    bounds: Mapping[Key, tuple[float, float]]
    threshold: int

    def doubtful(self, tables: Iterable[CountedOver], counts: Mapping[Key, int]) -> frozenset[Key]:
        """List the counts that may be small in truth: those that a wider table withholds, and what is left of them beyond the returns.

        Args:
            tables: all tables in their windows.
            counts: the counts of their slices.
        """
        edge = self.threshold - 1
        found: set[Key] = set()
        for one in tables:
            for part in one.table.shape.slices:
                hidden = one.public.withheld() if one.public else frozenset()
                for key in hidden if BEYOND in dict(part.within)["quarters"] else ():
                    lines = tuple(each for each in key if each not in one.table.shape.within)
                    left = tuple(sorted((*lines, *part.within)))
                    given = one.table.counts[key] - counts.get(left, 0)
                    least, greatest = self.bounds[lines]
                    if given <= edge and may_be_small(least, greatest, edge):
                        found.add(key)
                    if part.lacks.isdisjoint(lines) and least - given <= edge and greatest - given >= 1:
                        found.add(left)
        return frozenset(found)


def may_be_small(least: float, greatest: float, edge: int) -> bool:
    """Tell whether a withheld count may be small: if it were, its table would leave all small numbers possible."""
    return least <= 1 and greatest >= edge


def imagined(tables: Sequence[WiderTable], threshold: int) -> ImaginedRecords | None:
    """Imagine the records beyond; None where the tables are not of the same ones, or cannot be laid together."""
    if len({one.public.shown[()] for one in tables}) > 1:
        return None
    public = [one.public for one in tables]
    given = {key: number for one in tables for key, number in one.given.counts.items()}
    bounds = bounds_of(public, {key for one in public for key in one.withheld()})
    own = {part for key, number in given.items() for part in key if number and part[0] in TIMES}
    between: dict[Key, tuple[int, float]] = {}
    for key, number in given.items():
        least, greatest = bounds.get(key, (0, 0))
        large = key in bounds and greatest >= threshold and not may_be_small(least, greatest, threshold - 1)
        # The months of the given records are none of the others'.
        between[key] = (max(number, threshold if large else 0), np.inf if own.isdisjoint(key) else number)
    whole = one_that_fits(public, between)
    if whole is None:
        return None
    records: list[dict[str, str]] = [{} for _ in range(whole[()] - given[()])]
    rest = {key: number - given[key] for key, number in whole.items()}
    if not all(_is_laid_on(records, one.public.shape, rest) for one in tables):
        return None
    return ImaginedRecords(pd.DataFrame(records, dtype="object").assign(**{IMAGINED: True}), bounds, threshold)


def _is_laid_on(records: Sequence[dict[str, str]], shape: TableShape, rest: Mapping[Key, int]) -> bool:
    """Give each record its values of a table's fields, beside those that it has; False where the two do not agree."""
    fields = [axis.field for axis in shape.axes()]
    had = [name for name in fields if name in records[0]]
    waiting: dict[tuple[str, ...], list[Key]] = {}
    for _, _, key in shape.cells():
        if shape.is_inner(key):
            waiting.setdefault(tuple(dict(key)[name] for name in had), []).extend([key] * rest[key])
    for record in records:
        left = waiting.get(tuple(record[name] for name in had))
        if not left:
            return False
        record.update(left.pop())
    return True
