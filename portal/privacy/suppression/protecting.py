"""The way in: a table that may be published, proved, or the reason in words why none may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from portal.privacy.suppression.attack import Broken, Secrets, Verdict, attack
from portal.privacy.suppression.attack_equations import Witnesses
from portal.privacy.suppression.attack_solver import AttackError
from portal.privacy.suppression.editions import Correction, correction, first_edition, named, small_changes
from portal.privacy.suppression.flows import SolverError
from portal.privacy.suppression.pattern import PatternOptions, pattern
from portal.privacy.suppression.system import Ties, system
from portal.privacy.suppression.tables import TOTAL, Axis, Counted, Key, SuppressedTable, themselves, with_noughts_told

Linked = tuple[Counted, SuppressedTable]  # a published table of the same records, as it is counted and as it is shown
_NAMED = 5  # changes that a refusal names


class NotPublishableError(Exception):
    """Nothing may be published; the message says why, in words, and quotes no count."""

    def __init__(self, message: str) -> None:
        """Keep the reason."""
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Protected:
    """A table that passed the attack, and what the attack found."""

    published: SuppressedTable
    verdict: Verdict


def protect(
    table: Counted,
    linked: Sequence[Linked] = (),
    *,
    threshold: int,
    ties: Ties | None = None,
    earlier: SuppressedTable | None = None,
    seconds: float = 0.5,
) -> Protected:
    """Withhold what must be withheld, and prove it (s6).

    Args:
        table: the table with its true counts.
        linked: published tables of the same records, which a reader puts beside it.
        ties: what a reader knows besides.
        threshold: below it a count is suppressed: 5, for health sets 8.
        earlier: the edition before, where this is a correction.
        seconds: how long to look for a pattern that withholds less.

    Raises:
        NotPublishableError: no pattern is proved, or the correction would tell a small change.
    """
    whole = table.shape.key(TOTAL)
    if table.counts[whole] < threshold:
        before = earlier.shown[whole] if earlier else None
        if before is not None and before - table.counts[whole] < threshold:
            raise NotPublishableError(_held_back([whole], threshold))
        return _too_few(table)
    over = correction(table, earlier) if earlier else first_edition(table)
    try:
        for noughts_hidden in (False, True):
            found = _tried(over, linked, ties or Ties(), PatternOptions(threshold, noughts_hidden, seconds))
            if found is not None:
                return found
    except (SolverError, AttackError) as error:
        raise NotPublishableError(
            f"It could not be proved that no small count can be worked out: {error}. Nothing was written."
        ) from error
    raise NotPublishableError(
        "No small count of this table can be kept from being worked out, with what is public already. "
        "Use fewer or coarser rows and columns, or a longer time."
    )


def _too_few(table: Counted) -> Protected:
    """Give the one word that a set below the threshold is published as. Its labels would say whom it counts."""
    shape = replace(
        table.shape,
        rows=Axis(table.shape.rows.field, ()),
        columns=table.shape.columns and Axis(table.shape.columns.field, ()),
    )
    return Protected(
        SuppressedTable(shape, {shape.key(TOTAL): None}, noughts_hidden=True),
        Verdict(tried=1, unknown=1, sums=0, alone=0),
    )


def _tried(over: Correction, linked: Sequence[Linked], ties: Ties, asked: PatternOptions) -> Protected | None:
    table, noughts_hidden, threshold = over.table, asked.noughts_hidden, asked.threshold
    if not noughts_hidden and (table.unknown or any(table.counts[key] == 0 for key in over.taken)):
        return None  # what is withheld may be a nought, so the reader must be told so
    of = system(table, linked, ties=ties, known=over.known, taken=over.taken, noughts_hidden=noughts_hidden)
    sensitive = np.array([key in table.sensitive or key in table.unknown for key in of.keys])
    found = pattern(of, sensitive, asked)
    if found is None:
        return None
    hidden = {of.keys[number] for number in np.flatnonzero(found.withheld & of.mine)}
    if noughts_hidden:  # also those that are known from elsewhere: a table withholds all of its noughts or none
        hidden |= {key for key, count in table.counts.items() if count == 0}
    hidden |= table.unknown
    shown = {key: None if key in hidden else count for key, count in table.counts.items()}
    published = SuppressedTable(table.shape, shown, noughts_hidden, table.labelled)
    told = small_changes(over, published, threshold) if over.before else []
    if told:
        raise NotPublishableError(_held_back(told, threshold))
    witnesses = (of.keys, found.witnesses)
    verdict = prove(
        table, published, linked, threshold=threshold, ties=ties, over=over, all_of_them=False, witnesses=witnesses
    )
    return Protected(published, verdict) if verdict.passed else None


def prove(
    table: Counted,
    published: SuppressedTable,
    linked: Sequence[Linked] = (),
    *,
    threshold: int,
    ties: Ties | None = None,
    over: Correction | None = None,
    all_of_them: bool = True,
    witnesses: Witnesses | None = None,
) -> Verdict:
    """Attack a table with all that is public: the tables of the same records, and the edition before.

    Without `all_of_them` it ends with the first that is broken. A small count that is shown needs no working out: it breaks the table as it stands.
    """
    ranges: dict[Key, tuple[int, int]] = {}
    lone: dict[Key, None] = {}
    edge = threshold - 1
    ties = ties or Ties()
    tables = (table, *(other for other, _ in linked), *ties.tables)
    counts = {key: count for one in tables for key, count in one.counts.items()}
    sums = [each for one in tables for each in one.shape.sums()]
    ranges.update(dict.fromkeys(sorted(ties.guarded), (1, edge)))
    told_already = {key for _, public in linked for key, count in public.shown.items() if count is not None}
    known = with_noughts_told(told_already | (over.known if over else frozenset()), counts, sums)
    for counted, public in [(table, published), *linked]:
        for key in sorted(public.withheld()):  # the same attack each time
            count = counted.counts[key]
            if key in known and not 1 <= count <= edge:
                continue
            if 1 <= count <= edge:
                ranges[key] = (1, edge)
                if count == 1 and counted.shape.is_inner(key) and key not in ties.guarded:
                    lone[key] = None
            elif count == 0:
                ranges[key] = (0, edge)
            elif key in counted.sensitive or key in counted.unknown:
                ranges.setdefault(key, (max(1, count - edge), count + edge))
    kept = known.union(key for key, (least, _) in ranges.items() if least == 1)
    alone = {key: themselves(key, counts, sums, kept, ties.guarded) for key in lone}
    told = [published, *(each for _, each in linked)]
    told += [
        SuppressedTable(one.shape, dict.fromkeys(one.counts), noughts_hidden=True, labelled=False)
        for one in ties.tables
    ]
    if over and over.known:
        shown = {key: over.table.counts[key] if key in over.known else None for key in over.table.counts}
        told.append(SuppressedTable(over.table.shape, shown, noughts_hidden=True, labelled=False))
    found = attack(told, Secrets(ranges, alone), all_of_them=all_of_them, witnesses=witnesses)
    plain = [
        Broken(key, count, count) for key, count in published.shown.items() if count is not None and 1 <= count <= edge
    ]
    return replace(found, broken=(*plain, *found.broken))


def _held_back(told: Sequence[Key], threshold: int) -> str:
    names = "; ".join(named(key) for key in told[:_NAMED])
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return (
        f"The correction is held back: beside the edition before it would tell a change of 1 to {threshold - 1} in: "
        f"{names}{more}. Keep the earlier edition, or publish the change with a later quarter or a coarser table."
    )
