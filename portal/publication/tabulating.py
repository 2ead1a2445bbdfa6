"""From stored returns to a table that may be published: count, recognise what is public, suppress, attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from portal.privacy.suppression.protecting import Linked, NotPublishableError, Protected, protect
from portal.privacy.suppression.tables import Axis, Counted, SuppressedTable, TableShape, counted
from portal.publication.counting import Holding, count
from portal.publication.fields import check_fields, may_cross, publishable
from portal.publication.measures import measure_of
from portal.publication.table_file import read
from portal.rules.datasets.catalogue import DataSet


@dataclass(frozen=True)
class TableWish:
    """Which table is asked for: its fields, the count of a file of numbers, and the seconds to better it."""

    rows: str
    columns: str = ""
    measure: str = ""
    seconds: float = 0.4

    @property
    def fields(self) -> tuple[str, ...]:
        """List the fields, rows first."""
        return (self.rows, self.columns) if self.columns else (self.rows,)


def tabulate(
    entry: DataSet,
    frames: Sequence[pd.DataFrame],
    wish: TableWish,
    published: Sequence[str] = (),
    earlier: str | None = None,
) -> Protected:
    """Make a table that may be published of stored returns (s6).

    Args:
        entry: their data set.
        frames: each return's columns.
        wish: the table.
        published: tables of the same records that are already public, as CSV.
        earlier: the edition before, as CSV.

    Raises:
        NotPublishableError: nothing may be published.
    """
    fields = check_fields(entry, wish.fields)
    held = Holding(entry, tuple(frames), measure_of(entry, fields, wish.measure))
    table = count(held, fields)
    linked = [each for text in published for each in _recognised(held, text)]
    before = _same_fields(read(earlier, fields[-1]), fields) if earlier is not None else None
    return protect(table, linked, threshold=entry.threshold, earlier=before, seconds=wish.seconds)


def _same_fields(published: SuppressedTable, fields: Sequence[str]) -> SuppressedTable:
    two = published.shape.columns is not None
    empty = not published.shape.rows.labels
    if not empty and two != (len(fields) > 1):
        raise NotPublishableError("The earlier edition has other rows or columns than this table. Ask for the same.")
    return _renamed(published, fields)


def _renamed(published: SuppressedTable, fields: Sequence[str]) -> SuppressedTable:
    """Give the axes of a table that was read the names of their fields."""
    old = published.shape
    shape = TableShape(
        replace(old.rows, field=fields[0]),
        Axis(fields[1], old.columns.labels) if old.columns and len(fields) > 1 else None,
    )
    lines = zip(old.cells(), shape.cells(), strict=True)
    return replace(published, shape=shape, shown={new[2]: published.shown[was[2]] for was, new in lines})


def _recognised(held: Holding, text: str) -> list[Linked]:
    """Find the fields of a published table: those whose labels and shown counts are the records'.

    Where several fit, a reader may hold any of them to be true, and all of them are: each is put beside the table.
    """
    public = read(text, "columns")
    if not public.shape.rows.labels:
        return []  # one word for everything tells nothing
    names = publishable(held.entry)
    rows = [public.shape.rows.field.removesuffix("_code")]
    rows = rows if rows[0] in names else list(names)
    across = names if public.shape.columns else ("",)
    found = []
    for row in rows:
        for column in across:
            fields = (row, column) if column else (row,)
            if row != column and may_cross(held.entry, fields):
                found += _fitting(held, _renamed(public, fields), fields)
    if not found:
        raise NotPublishableError(
            "A published table does not agree with these records: its labels or counts are others. "
            "Give the records that it was made of, or name it with --earlier where it is the edition before."
        )
    return found


def _fitting(held: Holding, public: SuppressedTable, fields: Sequence[str]) -> list[Linked]:
    try:
        table = count(held, fields)
    except NotPublishableError:
        return []
    if not _covers(public.shape, table.shape):
        return []
    if public.shape != table.shape:  # a line that a later edition keeps without a record
        wider = counted(public.shape, table.counts)
        table = Counted(public.shape, wider.counts, table.unknown, table.sensitive, labelled=False)
    if any(count is not None and table.counts[key] != count for key, count in public.shown.items()):
        return []
    return [(table, replace(public, labelled=table.labelled))]


def _covers(wide: TableShape, narrow: TableShape) -> bool:
    across = zip((wide.rows, wide.columns), (narrow.rows, narrow.columns), strict=True)
    return all(
        one is other or (one is not None and other is not None and set(other.labels) <= set(one.labels))
        for one, other in across
    )
