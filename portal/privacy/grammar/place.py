"""The grammar of places: of a text stays what is a street, road, junction, public place, settlement or area by form or by list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from portal.privacy.grammar.gazetteer import spelt
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.roles import WordRole as P
from portal.privacy.grammar.roles import parts_of, published
from portal.privacy.grammar.segments.beside import settle_by_what_is_beside
from portal.privacy.grammar.segments.pieces import Piece, pieces_between_marks
from portal.privacy.grammar.segments.writing import settle_cases
from portal.privacy.grammar.tokens import PlaceToken, tokens_of
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns.validators import parts_of_postcode
from portal.privacy.postcodes import IN_TEXT

_FORMULA = re.compile(r"^[=@+\-]+\s*[A-Za-z.]+\(")
_QUOTED = re.compile(r'"([^"]*)"')
_INTERNET = re.compile(r"(?i:https?://\S*|www\.\S*)|/{0,3}\b[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,}\b")
_EMAIL = re.compile(r"(?<!\S)\S{0,80}@\S{0,80}")
# A number plate or a telephone, with the word before it: they part what stands beside them, as a comma does.
_NUMBERS = re.compile(
    r"(?:\b(?i:vrm|reg|index)[. :]*)?\b(?P<plate>[A-Z]{2}\d{2} ?[A-Z]{3})\b"
    r"|(?:\b(?i:tel|mob|mobile|phone|ph)[. :]*)?(?<!\w)(?:\+44 ?|0)\d(?:[ \-]?\d){8,9}(?!\w)"
)
_LONGEST = 300  # letters of a place; more is a story, of which nothing is read


@dataclass(frozen=True)
class Admitted:
    """What stays of a text, and of which kinds something went."""

    text: str
    gone: frozenset[IdentifierKind] = frozenset()


@lru_cache(maxsize=65536)
def place(text: str, lists: LocalLists = NONE, *, strict: bool = False) -> Admitted:
    """Give what stays of a folded text as a place.

    A segment is kept whole or goes whole; a street at the end of words that are none stays where its name is known. House
    numbers go, a postcode keeps its first half, and words such as 'outside' stay only beside a place that stays.

    Args:
        text: one cell.
        lists: the partnership's.
        strict: let stay only what is known, as where a cell speaks of a person.
    """
    if len(text) > _LONGEST:
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    if spelt(text) in _published():
        return Admitted(text)
    gone: set[IdentifierKind] = set()
    text = _EMAIL.sub(" ; ", _outside_formulas(text)) if "@" in text else _outside_formulas(text)
    for number in _NUMBERS.finditer(text):
        gone.add(IdentifierKind.VRM if number["plate"] else IdentifierKind.PHONE)
        strict = True
    text = _NUMBERS.sub(_as_mark, text) if gone else text
    text, shortened = IN_TEXT.subn(_halved, text) if any(map(str.isdigit, text)) else (text, 0)
    if shortened:
        gone.add(IdentifierKind.POSTCODE)
    tokens = tokens_of(text, lists)
    settle_cases(text, tokens)
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and not tokens[end].apart:
            end += 1
        pieces += pieces_between_marks(tokens, at, end)
        at = end
    settle_by_what_is_beside(text, tokens, pieces, lists, strict=strict)
    for piece in pieces:
        if not piece.kept and not piece.relation:
            gone |= _kinds(tokens[piece.first : piece.end])
        elif piece.numbered:
            gone.add(IdentifierKind.ADDRESS)
    found = _written(text, tokens, pieces)
    # What stays is judged as a cell itself: beside what went a word may have read otherwise.
    return Admitted(place(found, lists, strict=strict).text if 0 < len(found) < len(text) else found, frozenset(gone))


@cache
def _published() -> frozenset[str]:
    """Give the kinds of place that data.police.uk publishes in the stead of a street, each a whole cell."""
    return frozenset(f"{start}{name}" for start in ("", "on or near ") for name in published())


def _outside_formulas(text: str) -> str:
    """Give what a formula shows; an address on the internet, or one of three words ('daring.lion.race'), is none of it."""
    if _FORMULA.match(text):
        shown = _QUOTED.findall(text)
        text = shown[-1] if shown else ""
    return _INTERNET.sub(" ; ", text) if ("//" in text or text.count(".") > 1) else text


def _as_mark(number: re.Match[str]) -> str:
    """Part a text at a number, but behind a word that numbers things: of 'Platform 07700900417' nothing stays."""
    before = parts_of(number.string[: number.start()].rpartition(" ")[0].rpartition(" ")[2].lower())
    return number.group() if before & P.NUMBERED and not before & (P.WAY | P.WAY_AS_NAMED) else " ; "


def _halved(match: re.Match[str]) -> str:
    return match.group(1) if parts_of_postcode(match.group()) else "?"


def _kinds(tokens: Iterable[PlaceToken]) -> set[IdentifierKind]:
    """Say what words that go look like, to tell their sender."""
    found: set[IdentifierKind] = set()
    for token in tokens:
        if token.parts & (P.HOME | P.NUMBER):
            found.add(IdentifierKind.ADDRESS)
        elif token.parts & (P.GIVEN | P.SURNAME | P.PERSON):
            found.add(IdentifierKind.NAME)
    return found or {IdentifierKind.UNLISTED}


def _written(text: str, tokens: list[PlaceToken], pieces: list[Piece]) -> str:
    """Write what is kept, as it was sent between two pieces that both stay."""
    found = ""
    last = -1  # the end, in the text, of what was written last
    for at, piece in enumerate(pieces):
        if not piece.kept:
            continue
        first = piece.first
        before = pieces[at - 1] if at else None
        if before is not None and before.relation and not piece.numbered and before.end == first:
            linked = at == 1 or (pieces[at - 2].kept and pieces[at - 2].end == before.first)
            first = before.first if linked else _without_and(tokens, before)
        start, end = tokens[first].start, tokens[piece.end - 1].end
        if not found:
            found = text[start:end]
        else:
            whole = at and (
                pieces[at - 1].kept or (pieces[at - 1].relation and first < piece.first and pieces[at - 2].kept)
            )
            gap = text[last:start] if whole else ", "
            found += (gap if whole and gap.strip(" ") in _MARKS else ", " if gap.strip() else " ") + text[start:end]
        last = end
        if text[last : last + 1] == ")" and found.count("(") > found.count(")"):
            found, last = found + ")", last + 1
    if found.count("(") != found.count(")"):
        found = found.replace("(", "").replace(")", "")
    return " ".join(found.lstrip(" ,;:/|-.").split())


_MARKS = frozenset({"", ",", "/", "-", ";", ":", "(", ")", "),", ", (", "&", "|", ".", ") -", "- ("})


def _without_and(tokens: list[PlaceToken], relation: Piece) -> int:
    """Find where a row of joining words begins that does not begin with 'and' or 'of'."""
    first = relation.first
    while first < relation.end and tokens[first].parts & (P.AND | P.OF):
        first += 1
    return first
