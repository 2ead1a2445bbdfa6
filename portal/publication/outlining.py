"""How the lines of a table of the store go together: as the quarter's first public table has them, else by rule (s6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.publication.tabulation.counting import StoredReturns, labelled_rows
from portal.publication.tabulation.measures import COUNT
from portal.publication.tabulation.outlines import PLACES, LineGrouping, OwnGroups, SmallPlaces, own_level, subtotals
from portal.publication.views import said


@dataclass(frozen=True, kw_only=True)
class OutlineContext:
    """What the outlines of a table depend on besides its own records.

    Attributes:
        rural: the partnership's places with few people.
        districts: where the partnership is.
        public: of each field that a public table of its quarters has, how its lines go together.
        before: the same of the edition that this one corrects, or None where it is the first.
        own: groups of the rows that the officer chose.
    """

    rural: Sequence[str]
    districts: Sequence[str]
    public: Mapping[str, LineGrouping]
    before: Mapping[str, LineGrouping] | None
    own: OwnGroups = ()


def outlines_for(
    held: StoredReturns, fields: Sequence[str], around: OutlineContext, *, with_subtotals: bool
) -> dict[str, LineGrouping]:
    """Give the outline of each field, those of public tables too.

    A place that shares a line shares it in every table of the quarter: beside one in which it stands alone, it would show.
    A correction keeps the subtotals of the edition before, no more and no fewer, so that the two can be compared.
    """
    found = dict(around.public)
    for name in fields:
        rows = labelled_rows(held, [name])
        counts = {str(value): int(number) for value, number in rows.groupby(name, observed=True)[COUNT].sum().items()}
        by_rule = dict(subtotals(list(counts), name, around.districts))
        merged = (around.public if around.before is None else around.before).get(name, LineGrouping()).merged
        if name in PLACES and name not in around.public:
            group = next(iter(by_rule.values()), {})
            merged = SmallPlaces(tuple(around.rural), held.entry.threshold).lines(counts, group)
        lifted = {level: _of_lines(of, counts, merged) for level, of in by_rule.items()}
        if around.before is None:
            levels: tuple[tuple[str, Mapping[str, str]], ...] = tuple(lifted.items()) if with_subtotals else ()
            if around.own and name == fields[0]:
                words = {line: said(held.entry, name, line) for line in (merged.get(one, one) for one in counts)}
                levels = (*levels, own_level(around.own, words, dict(levels).values()))
        else:
            before = around.before.get(name, LineGrouping()).levels
            levels = tuple((level, {**lifted.get(level, {}), **of}) for level, of in before)
        found[name] = LineGrouping(merged, levels)
    return found


def _of_lines(of: Mapping[str, str], values: Mapping[str, int], merged: Mapping[str, str]) -> dict[str, str]:
    """Give the group of each line: that of its places, where they have one in common."""
    groups: dict[str, set[str]] = {}
    for value in values:
        groups.setdefault(merged.get(value, value), set()).add(of.get(value, ""))
    return {line: group for line, found in groups.items() for group in found if group and len(found) == 1}
