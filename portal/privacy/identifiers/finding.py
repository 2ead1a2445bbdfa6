"""Find what identifies somebody in one text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from portal.privacy.identifiers.folding import fold, skeleton
from portal.privacy.identifiers.house_numbers import find_addresses
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.names.lexicon import ANY_SURNAME, WordSense, sort_of
from portal.privacy.identifiers.names.people import find_names
from portal.privacy.identifiers.names.vocabulary import EMPTY, Vocabulary
from portal.privacy.identifiers.patterns.every import SHAPES, Shape
from portal.privacy.identifiers.patterns.validators import digits_of, parts_of_postcode

__all__ = ["FoundIdentifier", "IdentifierKind", "Setting", "find", "shaped"]

_SPELT = re2.compile(r"(?:^|[^a-zA-Z0-9])((?:[a-zA-Z0-9@.+][ .\-]{1,3}){5,40}[a-zA-Z0-9])(?:$|[^a-zA-Z0-9])")
_SPACING = re2.compile(r"[ .\-]+")
# Codes of areas, which are no reference: 'E01025678' is a neighbourhood of about 1,500 people.
_INNOCENT = re2.compile(r"\b([EWSNK](?:00|01|02|05|06|07|08|09|10|12|13|14|23|24|38|47|54|92)\d{6})\b")
_AREA_CODE = 8
_MOST_FIGURES = max(shape.digits for shape in SHAPES)
Pattern = Any  # google-re2 ships no types


@dataclass(frozen=True, order=True)
class FoundIdentifier:
    """One identifier: its kind and its place in the folded text, never its words."""

    start: int
    end: int
    kind: IdentifierKind
    proven: bool = False


@cache
def _shapes_for(setting: Setting, figures: int) -> tuple[tuple[Shape, Pattern], ...]:
    """Give the shapes that a text with so many figures can hold; quick to go through, since most hold few."""
    return tuple(
        (shape, _compiled(shape.pattern)) for shape in SHAPES if shape.fits(setting) and figures >= shape.digits
    )


@cache
def _compiled(pattern: str) -> Pattern:
    return re2.compile(pattern)


def _blank(match: Pattern) -> str:
    return " " * len(match.group())


def _by_shape(text: str, setting: Setting) -> Iterator[FoundIdentifier]:
    text = skeleton(text)
    figures = len(digits_of(text))
    if figures >= _AREA_CODE:
        text = _INNOCENT.sub(_blank, text)
        figures = len(digits_of(text))
    low, raw = text.lower(), text.encode("ascii")  # of plain letters, so that places in both are the same
    for shape, pattern in _shapes_for(setting, min(figures, _MOST_FIGURES)):
        if not shape.possible(low):
            continue
        at = 0
        while match := pattern.search(raw, at):
            start, end = match.span(1)
            verdict = shape.check(text[start:end], setting)
            if verdict is not None:
                yield FoundIdentifier(start, end, shape.kind, proven=verdict)
            at = end if end > at else at + 1


def shaped(text: str, setting: Setting) -> tuple[FoundIdentifier, ...]:
    """Find in a folded text what has the form of an identifier; names and addresses are not looked for."""
    return tuple(_by_shape(text, setting))


def _spelt_out(text: str, setting: Setting) -> Iterator[FoundIdentifier]:
    """Read letters and figures set apart ('0 7 7 0 0 …', 'j o h n'), which are one word."""
    for match in _SPELT.finditer(skeleton(text)):
        start, end = match.span(1)
        tight = str(_SPACING.sub("", text[start:end]))
        inner = next(_by_shape(tight, Setting.REMARK), None)
        if inner:
            yield FoundIdentifier(start, end, inner.kind, proven=inner.proven)
        elif tight.isalpha() and _is_spelt_name(tight):
            yield FoundIdentifier(start, end, IdentifierKind.NAME)
    del setting


def _is_spelt_name(tight: str) -> bool:
    if sort_of(tight) & (WordSense.GIVEN | WordSense.SURNAME):
        return True
    return any(
        sort_of(tight[:cut]) & WordSense.GIVEN and sort_of(tight[cut:]) & ANY_SURNAME
        for cut in range(3, len(tight) - 2)
    )


def _outside(found: list[FoundIdentifier], new: FoundIdentifier) -> bool:
    return all(new.end <= one.start or new.start >= one.end for one in found)


def _shorten(one: FoundIdentifier, text: str, setting: Setting) -> FoundIdentifier:
    """In a place a postcode keeps its outward part."""
    parts = parts_of_postcode(text[one.start : one.end])
    if setting is not Setting.PLACE or parts is None:
        return one
    at, left = one.start, len(parts[0])
    while left:
        left -= text[at].isalnum()
        at += 1
    written = text[one.start : at]
    return FoundIdentifier(at, one.end, one.kind) if written.isalnum() else one


def find(text: str, setting: Setting, vocabulary: Vocabulary | None = None) -> tuple[FoundIdentifier, ...]:
    """Find every identifier in a text.

    Gives kind, place in `fold(text)` and whether a check digit proves it, in order and without overlaps. A text that is
    wholly one of the vocabulary's phrases holds none.
    """
    vocabulary = vocabulary or EMPTY
    folded = fold(text)
    if not folded.strip() or vocabulary.has(folded):
        return ()
    found: list[FoundIdentifier] = []
    for one in (*_by_shape(folded, setting), *_spelt_out(folded, setting)):
        if _outside(found, one):
            found.append(_shorten(one, folded, setting) if one.kind is IdentifierKind.POSTCODE else one)
    hidden = _without(folded, found)
    for start, end in find_names(hidden, setting, vocabulary):
        _merge(found, FoundIdentifier(start, end, IdentifierKind.NAME), folded)
    for start, end in find_addresses(_without(folded, found), setting):
        _merge(found, FoundIdentifier(start, end, IdentifierKind.ADDRESS), folded)
    return tuple(sorted(found))


def _without(text: str, found: list[FoundIdentifier]) -> str:
    """Give the text with what was found made into marks of the same length, so that places stay right."""
    chars = list(text)
    for one in found:
        size = one.end - one.start
        # An officer's number leaves the title, so that the name after it is read as one.
        chars[one.start : one.end] = "PC".ljust(size) if one.kind is IdentifierKind.WARRANT and size > 1 else "|" * size
    return "".join(chars)


def _merge(found: list[FoundIdentifier], new: FoundIdentifier, text: str) -> None:
    """Add what is new of a finding: what another one covers already stays that one's."""
    pieces = [(new.start, new.end)]
    for one in found:
        cut = [(start, min(end, one.start)) for start, end in pieces] + [
            (max(start, one.end), end) for start, end in pieces
        ]
        pieces = [(start, end) for start, end in dict.fromkeys(cut) if start < end]
    found += [
        FoundIdentifier(start, end, new.kind, new.proven) for start, end in pieces if text[start:end].strip(" .,:;|-")
    ]
