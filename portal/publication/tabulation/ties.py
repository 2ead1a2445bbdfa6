"""What a reader knows of how fields hang together: which postcodes lie in which area, which months in which quarter.

Two public tables by two such fields are as good as one with subtotals, so what ties them goes into the sums of both.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from portal.privacy.suppression.protecting import NotPublishableError
from portal.privacy.suppression.tables import Axis, Counted, TableShape, counted
from portal.publication.tabulation.counting import StoredReturns, labelled_rows
from portal.publication.tabulation.fields import RELATED
from portal.publication.tabulation.measures import COUNT

_BETWEEN = " in "


def ties(held: StoredReturns, used: Collection[str]) -> list[Counted]:
    """Count what ties the fields of all tables of the same records together: with each other field, and alone."""
    found: list[Counted] = []
    for fine, coarse in RELATED:
        if {fine, coarse} <= set(used):
            others = [
                name for name in used if not any({name, one} <= {*pair} for pair in RELATED for one in (fine, coarse))
            ]
            for across in others or [""]:
                try:
                    found += _tied(held, fine, coarse, across)
                except NotPublishableError:
                    continue  # no return holds them together, so nobody can put them together
    return found


def _tied(held: StoredReturns, fine: str, coarse: str, across: str) -> list[Counted]:
    names = [fine, coarse, *([across] if across else [])]
    rows = labelled_rows(held, names)
    inner = rows[fine]
    below = rows.groupby(fine, observed=True)[coarse].nunique()
    field = fine
    if (below > 1).any():
        # A postcode lies in several areas: what lies in both is counted, so that it adds up to either.
        field = f"{fine}{_BETWEEN}{coarse}"
        inner = rows[fine] + _BETWEEN + rows[coarse]
    leaves = rows.assign(**{field: inner})
    axes = [
        Axis(field, tuple(sorted(set(inner))), *_groups(leaves, field, name)) for name in names[:2] if name != field
    ]
    columns = Axis(across, tuple(sorted(set(rows[across])))) if across else None
    return [_counted(TableShape(axis, columns), leaves, field, across) for axis in axes]


def _groups(
    leaves: pd.DataFrame, field: str, coarse: str
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, str]]]:
    pairs = leaves[[coarse, field]].drop_duplicates().sort_values([coarse, field])
    groups: dict[str, tuple[str, ...]] = {}
    for whole, part in pairs.itertuples(index=False):
        groups[f"{coarse}: {whole}"] = (*groups.get(f"{coarse}: {whole}", ()), str(part))
    return groups, {node: (coarse, node.removeprefix(f"{coarse}: ")) for node in groups}


def _counted(shape: TableShape, leaves: pd.DataFrame, field: str, across: str) -> Counted:
    names = [field, *([across] if across else [])]
    sums = leaves.groupby(names, sort=False, observed=True)[COUNT].sum()
    inner = {
        shape.key(*map(str, values if isinstance(values, tuple) else (values,))): int(number)
        for values, number in sums.items()
    }
    return counted(shape, inner)
