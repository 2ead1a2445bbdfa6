"""Every table of the same records in one set of equations: a count that two tables share is one variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from portal.privacy.suppression.tables import Counted, Key, SuppressedTable, TableShape, with_noughts_told

Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ties:
    """Tables that nobody publishes, and whose sums a reader knows: which postcodes lie in which area.

    `guarded` are cells of theirs that must be kept as if a table withheld them: what is left of a year when the quarters
    that are public are taken off. A count among them may be imagined: it must be possible as every small count all the same.
    """

    tables: tuple[Counted, ...] = ()
    guarded: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class System:
    """Cells, their true counts, what each costs to withhold, and which cells add up to which.

    `mine` are the cells of the table that is to be published; `free` are those that no table tells: they only tie others
    together; `known` is what a reader has already; `taken` is what is withheld already, here or in another table;
    `guarded` is what must be possible as every small count, whatever it is; `low` is the least that a reader must reckon with in a withheld cell.
    """

    keys: tuple[Key, ...]
    counts: Whole
    weights: Real
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    mine: Flags
    free: Flags
    known: Flags
    taken: Flags
    guarded: Flags
    low: Whole
    inner: Flags
    place: Mapping[Key, int] = field(repr=False)
    shapes: tuple[TableShape, ...] = field(repr=False)


def system(
    table: Counted,
    linked: Sequence[tuple[Counted, SuppressedTable]] = (),
    *,
    ties: Ties | None = None,
    known: Iterable[Key] = (),
    taken: Iterable[Key] = (),
    noughts_hidden: bool,
) -> System:
    """Put a table and the published tables of the same records into one system.

    Args:
        table: what is to be published.
        linked: each published table, as it is counted and as it is shown.
        ties: what a reader knows besides.
        known: cells that a reader knows from elsewhere (an earlier edition, where they did not change).
        taken: cells that must stay withheld.
        noughts_hidden: whether this table's noughts are to be withheld.
    """
    ties = ties or Ties()
    tables = [table, *(one for one, _ in linked)]
    counts: dict[Key, int] = {}
    for one in tables:
        counts.update(one.counts)
    for one in ties.tables:
        counts.update(one.counts)
    keys = tuple(counts)
    place = {key: number for number, key in enumerate(keys)}
    by_key = [each for one in (*tables, *ties.tables) for each in one.shape.sums()]
    sums = dict.fromkeys((place[whole], tuple(sorted(place[part] for part in parts))) for whole, parts in by_key)
    told_already = {key for _, public in linked for key, count in public.shown.items() if count is not None}
    shown = with_noughts_told(told_already.union(known), counts, by_key)
    hidden = {key for _, public in linked for key in public.withheld()} | set(taken) | ties.guarded
    told = {key for _, public in linked for key in public.shown} | ties.guarded
    free = [key not in table.counts and key not in told for key in keys]
    return System(
        keys=keys,
        counts=np.array([counts[key] for key in keys], np.int64),
        weights=np.array([table.shape.weight(key) if key in table.counts else 0.0 for key in keys]),
        sums=tuple(sums),
        mine=np.array([key in table.counts for key in keys]),
        free=np.array(free),
        known=np.array([key in shown for key in keys]),
        taken=np.array([(key in hidden or loose) and key not in shown for key, loose in zip(keys, free, strict=True)]),
        guarded=np.array([key in ties.guarded for key in keys]),
        low=np.array([_low(key, counts[key], table, linked, noughts_hidden=noughts_hidden) for key in keys], np.int64),
        inner=np.array([any(one.shape.is_inner(key) for one in tables) for key in keys]),
        place=place,
        shapes=tuple(one.shape for one in (*tables, *ties.tables)),
    )


def _low(
    key: Key, count: int, table: Counted, linked: Sequence[tuple[Counted, SuppressedTable]], *, noughts_hidden: bool
) -> int:
    """Give the least that a reader must reckon with: 1 where noughts would be shown, or where the line's label says so."""
    if count == 0:
        return 0
    if key in table.counts and not noughts_hidden:
        return 1
    if any(not public.noughts_hidden and public.shown.get(key, 0) is None for _, public in linked):
        return 1
    tables = (table, *(one for one, _ in linked))
    return int(any(one.labelled and key in one.counts and one.shape.is_line(key) for one in tables))
