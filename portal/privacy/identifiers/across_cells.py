"""Identifiers that show only when two neighbouring cells are read together."""

import re
from dataclasses import dataclass

from portal.privacy.columns import AnyColumn, all_texts
from portal.privacy.identifiers.finding import find
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary

_LONGEST = 200
# A beat or ward beside a number ('NC1', '0815') looks like the beginning of many things and is none of them.
_AREA_CODE = re.compile(r"[a-z]{1,3}[0-9]{1,3}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9][0-9 ]*")
_BY_LOOKS = frozenset({IdentifierKind.REFERENCE, IdentifierKind.COORDINATES, IdentifierKind.NINO})


@dataclass(frozen=True)
class SplitFound:
    """An identifier that lies over two cells: where and what, never its words."""

    row: int
    kind: IdentifierKind
    proven: bool


def find_split(
    left: AnyColumn,
    right: AnyColumn,
    setting: Setting = Setting.PLACE,
    vocabulary: Vocabulary | None = None,
) -> tuple[SplitFound, ...]:
    """Find what neither of two neighbouring cells shows alone: '07700' and '900123', 'John' and 'Smith'.

    The columns have the same length. Each distinct pair is read once, joined with and without a space; only what
    crosses the border counts.
    """
    pairs: dict[tuple[str, str], list[int]] = {}
    for row, pair in enumerate(zip(all_texts(left), all_texts(right), strict=True)):
        if pair[0] and pair[1]:
            pairs.setdefault((pair[0], pair[1]), []).append(row)
    found: list[SplitFound] = []
    for (first, second), rows in pairs.items():
        crossing = _crossing(fold(first).strip()[-_LONGEST:], fold(second).strip()[:_LONGEST], setting, vocabulary)
        found += [SplitFound(row, kind, proven) for row in rows for kind, proven in sorted(crossing)]
    return tuple(sorted(found, key=lambda one: (one.row, one.kind)))


def _crossing(
    first: str, second: str, setting: Setting, vocabulary: Vocabulary | None
) -> set[tuple[IdentifierKind, bool]]:
    crossing: set[tuple[IdentifierKind, bool]] = set()
    # What is whole in its own cell is taken out there: the other cell has no part in it.
    whole = {one.kind for one in find(first, setting, vocabulary) if one.end == len(first)}
    whole |= {one.kind for one in find(second, setting, vocabulary) if one.start == 0}
    if _AREA_CODE.fullmatch(first) and _NUMBER.fullmatch(second):
        whole |= _BY_LOOKS
    for middle in ("", " "):
        border = len(first)
        for one in find(f"{first}{middle}{second}", setting, vocabulary):
            if one.start < border and one.end > border + len(middle) and one.kind not in whole - {IdentifierKind.NAME}:
                crossing.add((one.kind, one.proven))
    return crossing
