"""Scan whole columns: each distinct text once, the few that may hold something one by one."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple, cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, Coded, Column, all_texts, encoded, pc, spread, texts_of
from portal.privacy.identifiers.finding import cleaned, find, shaped, shortened
from portal.privacy.identifiers.folding import fold, fold_column
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind, Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.prefilter import sift

_MASK = "•••"


class ColumnFinding(NamedTuple):
    """One identifier in a column: where, what, what was done; never its words. Long files have many, so it is a plain tuple."""

    row: int
    kind: IdentifierKind
    action: IdentifierAction
    proven: bool


@dataclass(frozen=True)
class ScannedColumn:
    """A column after scanning, and what was found in it."""

    column: Column = field(repr=False)
    counts: Mapping[IdentifierKind, int]
    changed: int
    emptied: int
    _by_row: tuple[tuple[int, "_Verdict"], ...] = field(repr=False)

    @cached_property
    def findings(self) -> tuple[ColumnFinding, ...]:
        """Each finding by its row, made when it is asked for: a long file can have a hundred thousand."""
        return tuple(ColumnFinding(row, *one) for row, verdict in self._by_row for one in verdict.found)


@dataclass(frozen=True)
class _Verdict:
    text: str
    found: tuple[tuple[IdentifierKind, IdentifierAction, bool], ...]


def _judge(text: str, setting: Setting, vocabulary: Vocabulary | None, *, proven_only: bool = False) -> _Verdict | None:
    found = [one for one in find(text, setting, vocabulary) if one.proven or not proven_only]
    if not found:
        return None
    kept = cleaned(text, tuple(found), setting, vocabulary, proven_only=proven_only)
    emptied = not kept.strip()
    actions = tuple(
        (
            one.kind,
            IdentifierAction.EMPTIED
            if emptied
            else IdentifierAction.SHORTENED
            if shortened(text, one)
            else IdentifierAction.REMOVED,
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
) -> ScannedColumn:
    """Scan a column and take identifiers out of it (4.3).

    `spare` holds the rows whose findings the sender declared a false alarm: what a check digit proves still goes. Gives
    the cleaned column (emptied cells are null), findings by row, counts by kind and how many cells changed.
    """
    coded = encoded(fold_column(column))
    values = texts_of(coded)
    verdicts = _verdicts(coded, values, setting, vocabulary)
    if not verdicts:
        return ScannedColumn(pa.chunked_array([coded.dictionary_decode()]), {}, 0, 0, ())
    texts: list[str | None] = list(values)
    for place, verdict in verdicts.items():
        texts[place] = verdict.text or None
    by_row: list[tuple[int, _Verdict]] = []
    back: dict[int, str | None] = {}
    for row, code in zip(*_hit_rows(coded, verdicts), strict=True):
        verdict = verdicts[code]
        if row in spare:
            proven = _judge(values[code], setting, vocabulary, proven_only=True)
            back[row] = (proven.text or None) if proven else values[code]
            if proven is None:
                continue
            verdict = proven
        by_row.append((row, verdict))
    return _summed(_put_back(spread(coded, texts), back), tuple(by_row))


_HOUSE = (IdentifierKind.ADDRESS, IdentifierAction.REMOVED, False)
_POSTCODE = (IdentifierKind.POSTCODE, IdentifierAction.SHORTENED, False)


def _verdicts(coded: Coded, values: list[str], setting: Setting, vocabulary: Vocabulary | None) -> dict[int, _Verdict]:
    """Judge each distinct text that holds something, by its place."""
    sifted = sift(coded.dictionary, setting)
    verdicts: dict[int, _Verdict] = {}
    for place in sifted.read:
        verdict = _judge(values[place], setting, vocabulary)
        if verdict:
            verdicts[place] = verdict
    chosen = pa.array(sifted.shortened, pa.int64())
    plain = zip(
        sifted.shortened,
        sifted.rest.take(chosen).to_pylist(),
        sifted.numbered.take(chosen).to_pylist(),
        sifted.postal.take(chosen).to_pylist(),
        strict=True,
    )
    for place, rest, numbered, postal in plain:
        if not (vocabulary and vocabulary.has(values[place])):
            verdicts[place] = _Verdict(str(rest), ((_HOUSE,) if numbered else ()) + ((_POSTCODE,) if postal else ()))
    return verdicts


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


def _summed(column: Column, by_row: tuple[tuple[int, _Verdict], ...]) -> ScannedColumn:
    times = Counter(id(verdict) for _, verdict in by_row)
    once = {id(verdict): verdict for _, verdict in by_row}
    counts: Counter[IdentifierKind] = Counter()
    emptied = 0
    for which, verdict in once.items():
        for kind, _, _ in verdict.found:
            counts[kind] += times[which]
        emptied += times[which] * (verdict.found[0][1] is IdentifierAction.EMPTIED)
    return ScannedColumn(column, dict(counts), len(by_row), emptied, by_row)


def by_pattern(values: Cells, setting: Setting) -> int:
    """Count the distinct texts in which something has the form of an identifier, whatever its words are."""
    told = pc.match_substring_regex(values, r"[0-9].*[0-9].*[0-9].*[0-9]|[@]")
    return sum(bool(shaped(text, setting)) for text in cast("list[str]", values.filter(told).to_pylist()))


def load_lists() -> None:
    """Load the lists of names, places and words before a column comes that needs them."""
    scan(pa.array(["12 Melton Road", "St John's"]), Setting.PLACE)


def remains(column: AnyColumn, setting: Setting, vocabulary: Vocabulary | None = None) -> int:
    """Count the identifiers that a column still holds; nothing is stored unless it is nought."""
    return sum(scan(column, setting, vocabulary).counts.values())


# How programs write headings: words joined by strokes ('lsoa_of_collision_location'), and the codes and names of areas in
# the lists of the Office for National Statistics ('WD22CD', 'LSOA21NM').
_STATISTICAL = re.compile(
    r"\b(?:OA|LSOA|MSOA|WD|LAD|LTLA|UTLA|CTY|CED|CSP|PFA|RGN|PAR|PARNCP|PCON|PCD|BUA|CTRY)\d{2}(?:CD|NM)\b"
)


@cache
def mask_heading(heading: str) -> str:
    """Give a heading with what identifies somebody masked."""
    text = fold(heading)
    said = _STATISTICAL.sub(lambda found: "a" * len(found.group()), text if "@" in text else text.replace("_", " "))
    for one in reversed(find(said, Setting.HEADING)):
        text = text[: one.start] + _MASK + text[one.end :]
    return text
