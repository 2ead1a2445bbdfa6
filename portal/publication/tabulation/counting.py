"""Count stored returns by one or two fields: a table with its true counts, and what of it is always withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from portal.privacy.suppression.tables import Counted, Key, TableShape, counted
from portal.publication.tabulation.fields import NOT_RECORDED, label, labels
from portal.publication.tabulation.measures import COUNT, RECORDS, UNKNOWN, numbered, own_rows
from portal.publication.tabulation.outlines import LineGrouping
from portal.rules.datasets.catalogue import DataSet

_PLACES = frozenset({"area", "outward_postcode"})


@dataclass(frozen=True)
class StoredReturns:
    """Stored returns of one data set, as frames of their columns, which count a table is of, and how lines are put together."""

    entry: DataSet
    frames: tuple[pd.DataFrame, ...]
    measure: str = ""
    outlines: Mapping[str, LineGrouping] = field(default_factory=dict)


def labelled_rows(held: StoredReturns, fields: Sequence[str]) -> pd.DataFrame:
    """Give a row for each record or number, with the label of each field.

    Raises:
        NotPublishableError: a return does not hold a field.
    """
    parts = [numbered(frame, held.entry, fields, held.measure) for frame in held.frames]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*fields, COUNT, UNKNOWN, RECORDS])
    for name in fields:
        if name in held.outlines:
            rows[name] = rows[name].map(held.outlines[name].line_of)
    return rows


def lines_of(held: StoredReturns, name: str) -> set[str] | None:
    """List the lines of one field, or None where its values do not stand in the returns themselves."""
    found: set[str] = set()
    for frame in held.frames:
        values = labels(own_rows(frame, held.entry), name, held.entry)
        if values is None or (name == "severity" and held.entry.asked.counts_inside_rows):
            return None
        found.update(map(str, values.unique()))
    return {held.outlines[name].line_of(one) for one in found} if name in held.outlines else found


def count(held: StoredReturns, fields: Sequence[str]) -> Counted:
    """Count by one field, or cross two.

    Raises:
        NotPublishableError: a return does not hold a field.
    """
    rows = labelled_rows(held, fields)
    sums = rows.groupby(list(fields), sort=False)[[COUNT, UNKNOWN, RECORDS]].sum()
    axes = [held.outlines.get(name, LineGrouping()).axis(name, _ordered(rows[name])) for name in fields]
    shape = TableShape(axes[0], axes[1] if len(axes) > 1 else None)
    whole: dict[Key, int] = {}
    unknown, records = dict(whole), dict(whole)
    for values, (number, doubts, behind) in zip(sums.index, sums.to_numpy().tolist(), strict=True):
        lines = values if isinstance(values, tuple) else (values,)
        key = shape.key(*map(str, lines))
        whole[key], unknown[key], records[key] = int(number), int(doubts), int(behind)
    table = counted(shape, whole)
    doubtful = counted(shape, unknown).counts
    behind_all = counted(shape, records).counts
    threshold = held.entry.threshold
    return counted(
        shape,
        whole,
        unknown=frozenset(key for key, doubts in doubtful.items() if doubts),
        sensitive=frozenset(
            key
            for key, number in table.counts.items()
            if number and (0 < behind_all[key] < threshold or _county_only(held.entry, key))
        ),
        # A number may be 0 in every line of a file of numbers, so there a label tells nothing.
        labelled=held.entry.level == "record" and "severity" not in fields,
    )


def _county_only(entry: DataSet, key: Key) -> bool:
    """Tell whether a cell narrows to a place what is published of the whole county alone."""
    return any(name in _PLACES for name, _ in key) and any(
        value in map(label, entry.policy.public_county) for _, value in key
    )


def _ordered(values: pd.Series) -> tuple[str, ...]:
    """Put labels in order, what is not recorded last."""
    return tuple(sorted({str(one) for one in values}, key=lambda one: (one == NOT_RECORDED, one)))
