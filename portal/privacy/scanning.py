"""Scan whole columns: each distinct text once, the few that may hold something one by one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Coded, Column, encoded, pc, texts_of
from portal.privacy.finding import clean, find, shortened
from portal.privacy.folding import fold, fold_column
from portal.privacy.kinds import Action, Kind, Setting
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


def _judge(text: str, setting: Setting, vocabulary: Vocabulary | None) -> _Verdict | None:
    found = find(text, setting, vocabulary)
    if not found:
        return None
    kept = clean(text, setting, vocabulary)
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
    values: list[str] = texts_of(coded)
    verdicts: dict[int, _Verdict] = {}
    for place, text in enumerate(values):
        verdict = _judge(text, setting, vocabulary)
        if verdict:
            verdicts[place] = verdict
    return _assembled(coded, values, verdicts, spare)


def _assembled(coded: Coded, values: list[str], verdicts: dict[int, _Verdict], spare: frozenset[int]) -> Scan:
    if not verdicts:
        return Scan(pa.chunked_array([coded.dictionary_decode()]), (), {}, 0, 0)
    hit = pa.array(sorted(verdicts), pa.int32())
    rows = pc.indices_nonzero(pc.fill_null(pc.is_in(coded.indices, value_set=hit), fill_value=False)).to_pylist()
    codes = cast("list[int]", coded.indices.take(pa.array(rows, pa.int64())).to_pylist())
    cleaned = {place: verdict.text or None for place, verdict in verdicts.items()}
    texts = pa.array([cleaned.get(place, text) for place, text in enumerate(values)], pa.string())
    kept = texts.take(coded.indices)
    findings: list[Finding] = []
    back: dict[int, str] = {}
    for row, code in zip(rows, codes, strict=True):
        found = verdicts[code].found
        if row in spare and not any(proven for _, _, proven in found):
            back[row] = values[code]
            continue
        findings += [Finding(row, kind, action, proven) for kind, action, proven in found]
    if back:
        mask = pa.array([row in back for row in range(len(kept))])
        kept = pc.if_else(mask, coded.dictionary_decode(), kept)
    changed = {one.row for one in findings}
    emptied = {one.row for one in findings if one.action is Action.EMPTIED}
    return Scan(
        pa.chunked_array([kept]),
        tuple(findings),
        dict(Counter(one.kind for one in findings)),
        len(changed),
        len(emptied),
    )


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
