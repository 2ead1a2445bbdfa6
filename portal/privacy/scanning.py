"""Scan whole columns: each distinct text once, the few that may hold something one by one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Coded, Column, all_texts, encoded, pc, spread, texts_of
from portal.privacy.finding import clean, find, shortened
from portal.privacy.folding import fold, fold_column
from portal.privacy.kinds import Action, Kind, Setting
from portal.privacy.sifting import suspects
from portal.privacy.vocabulary import Vocabulary

_MASK = "•••"


@dataclass(frozen=True)
class Finding:
    """One identifier in a column: where, what, what was done; never its words."""

    row: int
    kind: Kind
    action: Action
    proven: bool


@dataclass(frozen=True)
class Scan:
    """A column after scanning, and what was found in it."""

    column: Column = field(repr=False)
    findings: tuple[Finding, ...]
    counts: Mapping[Kind, int]
    changed: int
    emptied: int


@dataclass(frozen=True)
class _Verdict:
    text: str
    found: tuple[tuple[Kind, Action, bool], ...]


def _judge(text: str, setting: Setting, vocabulary: Vocabulary | None, *, proven_only: bool = False) -> _Verdict | None:
    found = [one for one in find(text, setting, vocabulary) if one.proven or not proven_only]
    if not found:
        return None
    kept = clean(text, setting, vocabulary, proven_only=proven_only)
    emptied = not kept.strip()
    actions = tuple(
        (
            one.kind,
            Action.EMPTIED if emptied else Action.SHORTENED if shortened(text, one) else Action.REMOVED,
            one.proven,
        )
        for one in found
    )
    return _Verdict(kept, actions)


def scan(
    column: AnyColumn,
    setting: Setting,
    vocabulary: Vocabulary | None = None,
    *,
    spare: frozenset[int] = frozenset(),
) -> Scan:
    """Scan a column and take identifiers out of it (4.3).

    `spare` holds the rows whose findings the sender declared a false alarm: what a check digit proves still goes. Gives
    the cleaned column (emptied cells are null), findings by row, counts by kind and how many cells changed.
    """
    coded = encoded(fold_column(column))
    values = texts_of(coded)
    verdicts: dict[int, _Verdict] = {}
    for place in suspects(coded.dictionary, setting):
        verdict = _judge(values[place], setting, vocabulary)
        if verdict:
            verdicts[place] = verdict
    if not verdicts:
        return Scan(pa.chunked_array([coded.dictionary_decode()]), (), {}, 0, 0)
    texts: list[str | None] = list(values)
    for place, verdict in verdicts.items():
        texts[place] = verdict.text or None
    rows, codes = _hit_rows(coded, verdicts)
    spared = {
        row: _judge(values[code], setting, vocabulary, proven_only=True)
        for row, code in zip(rows, codes, strict=True)
        if row in spare
    }
    by_row = [(row, spared.get(row) if row in spare else verdicts[code]) for row, code in zip(rows, codes, strict=True)]
    findings = tuple(
        Finding(row, kind, action, proven)
        for row, verdict in by_row
        if verdict
        for kind, action, proven in verdict.found
    )
    back = {
        row: (verdict.text or None) if verdict else values[code]
        for (row, verdict), code in zip(by_row, codes, strict=True)
        if row in spare
    }
    return _summed(_put_back(spread(coded, texts), back), findings)


def _hit_rows(coded: Coded, verdicts: Mapping[int, _Verdict]) -> tuple[list[int], list[int]]:
    """Give the rows whose text has a verdict, and the place of each one's text."""
    hit = pa.array(sorted(verdicts), pa.int32())
    rows = pc.indices_nonzero(pc.fill_null(pc.is_in(coded.indices, value_set=hit), fill_value=False))
    return rows.to_pylist(), cast("list[int]", coded.indices.take(rows).to_pylist())


def _put_back(column: Column, back: Mapping[int, str | None]) -> Column:
    """Put single rows' texts in a column."""
    if not back:
        return column
    texts = all_texts(column)
    for row, text in back.items():
        texts[row] = text
    return pa.chunked_array([pa.array(texts, pa.string())])


def _summed(column: Column, findings: tuple[Finding, ...]) -> Scan:
    changed = {one.row for one in findings}
    emptied = {one.row for one in findings if one.action is Action.EMPTIED}
    return Scan(column, findings, dict(Counter(one.kind for one in findings)), len(changed), len(emptied))


def remains(column: AnyColumn, setting: Setting, vocabulary: Vocabulary | None = None) -> int:
    """Count the identifiers that a column still holds; nothing is stored unless it is nought."""
    return sum(scan(column, setting, vocabulary).counts.values())


@cache
def mask_heading(heading: str) -> str:
    """Give a heading with what identifies somebody masked."""
    text = fold(heading)
    for one in reversed(find(text, Setting.HEADING)):
        text = text[: one.start] + _MASK + text[one.end :]
    return text
