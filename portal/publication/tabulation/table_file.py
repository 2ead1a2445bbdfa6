"""A table as the public gets it: CSV with the total last, and a first line where 'suppressed' may mean 0."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import SUPPRESSED, TOTAL, SuppressedTable, TableShape
from portal.publication.tabulation.outlines import LineGrouping

_LONGEST = 15  # figures of a count; beyond it no table of records goes
_UNREADABLE = "A published table cannot be read: {}. Give the file as it was published."


def write(published: SuppressedTable, threshold: int) -> str:
    """Write a published table as CSV."""
    shape = published.shape
    columns = shape.columns.nodes() if shape.columns else (TOTAL,)
    sink = io.StringIO()
    if published.noughts_hidden:
        sink.write(f"# suppressed means 0 to {threshold - 1}, or a number that would give such a number away\n")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow([shape.rows.field, *columns])
    for row in shape.rows.nodes():
        counts = [published.shown[shape.key(row, column)] for column in columns]
        writer.writerow([row, *(SUPPRESSED if count is None else str(count) for count in counts)])
    return sink.getvalue()


def read(text: str, columns_field: str = "", outlines: Mapping[str, LineGrouping] | None = None) -> SuppressedTable:
    """Read a published table back; a CSV does not name the field of its columns, so the reader of it does.

    `outlines` tell which of its lines add others up.

    Raises:
        NotPublishableError: it is no such table.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    hidden = bool(lines) and lines[0].startswith("#")
    try:
        rows = [row for row in csv.reader(lines[hidden:]) if row]
    except csv.Error as error:
        raise NotPublishableError(_UNREADABLE.format("a label has no end")) from error
    if len(rows) < 2:  # noqa: PLR2004 - the headings and the total
        raise NotPublishableError(_UNREADABLE.format("it has no rows"))
    head, *body = rows
    columns, labels = head[1:], [row[0] for row in body]
    if columns[-1:] != [TOTAL] or labels[-1] != TOTAL or any(len(row) != len(head) for row in body):
        raise NotPublishableError(_UNREADABLE.format("the last row and column are not 'Total'"))
    if len(set(columns)) < len(columns) or len(set(labels)) < len(labels):
        raise NotPublishableError(_UNREADABLE.format("a label stands twice"))
    known = outlines or {}
    across = known.get(columns_field, LineGrouping()).axis(columns_field, columns[:-1]) if len(columns) > 1 else None
    shape = TableShape(known.get(head[0], LineGrouping()).axis(head[0], labels[:-1]), across)
    shown = {
        shape.key(row[0], column): _count(cell) for row in body for column, cell in zip(columns, row[1:], strict=True)
    }
    return SuppressedTable(shape, shown, hidden)


def _count(cell: str) -> int | None:
    if cell.strip() == SUPPRESSED:
        return None
    if not cell.strip().isdecimal() or len(cell) > _LONGEST:
        raise NotPublishableError(_UNREADABLE.format("a cell is neither a count nor 'suppressed'"))
    return int(cell)
