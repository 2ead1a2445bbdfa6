"""Read a folded text as words with the parts they can play, whole known names taken together."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from portal.privacy.grammar.gazetteer import Likeness, brands, schools, settlements, streets
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.roles import (
    SAYS_NAME,
    WordRole,
    compounds,
    is_run_together,
    may_be_somebody,
    parts_of,
    words_for,
)
from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_NAME, plain, sort_of
from portal.privacy.identifiers.patterns.validators import AREAS

# '76 Mile Cross Lane' is a house, '1 mile north of Station Road' a distance.
_AWAY = "north|south|east|west|from|of|off|along|before|after|past|down|up|away|to|on|in|n|s|e|w"
_MILE_LANE = (
    rf"[ ](?!(?:{_AWAY})\b)(?:[a-z']{{1,20}}[ ]){{0,2}}(?:road|rd|lane|ln|street|st|way|close|drive|avenue|hill|end)\b"
)
_TOKEN = re.compile(
    r"(?P<short>\b(?:j/w|j/o|o/s|r/o|f/o|w/o|e/o|n/o|s/o|t/l)(?![\w/]))"
    r"|(?P<person>\b(?:c/o|h/a|h/o|a/k/a)(?![\w/]))"
    r"|(?P<public>\b24[ ]?h(?:(?:ou)?rs?)?\b|\b24/7\b)"
    r"|(?P<road>\b(?:[abm]\d{1,4}|c\d{3,4})(?:\(m\))?(?!\w))"
    r"|(?P<junction>\bj\d{1,2}[ab]?\b)"
    rf"|(?P<measure>\b\d{{1,4}}(?:\.\d)?[ ]?(?:m|metres?|meters?|yards?|yds?|ft|feet|miles|mile(?!{_MILE_LANE})|km|mins?)\b)"
    r"|(?P<ons>\b[ewsnk]\d{8}\b|\b\d{3}[a-f]\b)"
    r"|(?P<outward>\b[a-z]{1,2}\d[a-z0-9]?(?!\w))"
    r"|(?P<number>(?<!\w)\d{1,4}[a-z]?(?:[/\-]\d{1,4}[a-z]?)?(?!\w))"
    r"|(?P<mixed>\w*\d\w*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?)",
    re.IGNORECASE,
)
_LEADING_AREA = re.compile(r"[a-z]+", re.IGNORECASE)
_DOTTED = 4  # letters of a short form that a full stop may follow: 'St.', 'Rd.', 'Nr.'
_NAMED = frozenset({"no", "nos", "number"})
Phrases = Mapping[str, tuple[AbstractSet[tuple[str, ...]], int]]


@dataclass(slots=True)
class PlaceToken:
    """A word or a whole known name: where it stands, its parts, and whether something harder than a space parts it from the one before."""

    start: int
    end: int
    low: str
    parts: int
    apart: bool


def _by_first(names: Iterable[tuple[str, ...]]) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    longest: dict[str, int] = {}
    for words in names:
        first, size = words[0], len(words)
        if first in found:
            found[first].add(words)
            longest[first] = max(longest[first], size)
        else:
            found[first], longest[first] = {words}, size
    return {first: (many, longest[first]) for first, many in found.items()}


@cache
def _known_phrases() -> tuple[Phrases, Mapping[tuple[str, ...], int]]:
    """Index the names of several words, and of one, that anybody may know."""
    # Thirty thousand names, read anew by each child that takes a file: nothing is worked out in the loop that need not be.
    by_sign = {likeness.value: WordRole.PLACE | part for likeness, part in _LIKE.items()}
    parts = {tuple(name.split()): by_sign[likeness.value] for name, likeness in settlements().items()}
    for name in words_for("cities") & settlements().keys():
        parts[tuple(name.split())] = WordRole.PLACE | _LIKE[Likeness.FAMILY]
    for name in brands():
        if (part := _of_brand(name)) is not None:
            parts[tuple(name.split())] = part
    parts.update((tuple(name.split()), WordRole.BRAND | WordRole.SURE) for name in schools())
    for name in compounds():
        parts[tuple(name.split())] = WordRole.INSTITUTION | WordRole.SURE
    return _by_first(parts), parts


@cache
def _known_streets() -> Phrases:
    return _by_first(tuple(name.split()) for name, likeness in streets().items() if likeness is not Likeness.HOUSE)


_FORMS_OF_PLACES = WordRole.LAND | WordRole.WAY | WordRole.WAY_AS_NAMED
_LIKE = {Likeness.NOBODY: WordRole.SURE, Likeness.FAMILY: 0, Likeness.PERSON: WordRole.GIVEN}


def _of_brand(name: str) -> int | None:
    words = name.split()
    if len(words) > 1 and parts_of(words[-1]) & _FORMS_OF_PLACES:
        return None  # 'Victoria Park' is read by its form
    if sort_of(words[0]) & ANY_GIVEN and sort_of(words[-1]) & ANY_NAME:
        return WordRole.BRAND | WordRole.GIVEN  # 'Paul Smith' is a shop only where something else says so
    return (
        WordRole.BRAND | WordRole.SURE
        if len(words) > 1 or not sort_of(name) & ANY_NAME
        else WordRole.BRAND | WordRole.SURNAME
    )


@lru_cache(maxsize=4)
def _of_lists(lists: LocalLists) -> tuple[Phrases, Phrases]:
    every, spoken_for = ((tuple(name.split()) for name in names) for names in (lists.every, lists.spoken_for))
    return _by_first(every), _by_first(spoken_for)


def tokens_of(text: str, lists: LocalLists) -> list[PlaceToken]:
    """Read a folded text."""
    found: list[PlaceToken] = []
    last = 0
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        low = match.group().lower()
        apart = _is_apart(text[last:start], found[-1] if found else None)
        if "&" in text[last:start] and text[last:start].strip() == "&" and found:
            place = text.index("&", last)
            found.append(PlaceToken(place, place + 1, "and", WordRole.AND, apart=False))
            apart = False
        if kind == "word":
            token = PlaceToken(start, end - (low[-1] == "'"), low.rstrip("'"), parts_of(low.rstrip("'")), apart)
            written = match.group()
            quoted = low[-1] == "'" and text[start - 1 : start] == "'"
            initial = low == "y" and text[end : end + 1] == "."  # 'Y. Quxley Grove'; Welsh has no stop
            if (
                _is_initials(written, token.parts)
                or quoted
                or initial
                or (not token.parts and is_run_together(written))
            ):
                token.parts = WordRole.PERSON
            if text[last:start] == "." and found and not found[-1].parts & _BEFORE_A_STOP:
                found[-1].parts = token.parts = WordRole.PERSON  # 'amara.green'
        else:
            token = PlaceToken(start, end, low, _of_form(str(kind), low, text), apart)
        found.append(token)
        last = end
    return _hyphened(text, _named(text, found, lists))


# What a full stop may end without a space behind it: 'St.Mary', 'Mill Road.Oadby'.
_BEFORE_A_STOP = ~(
    WordRole.GIVEN | WordRole.SURNAME | WordRole.EVERYDAY | WordRole.KNOWN | WordRole.SELDOM | WordRole.TOWN
    | WordRole.EPONYM | WordRole.FOUNDER
)  # fmt: skip
_INITIALS = 2


def _is_initials(written: str, parts: int) -> bool:
    """Say whether a word is two capital letters that are short for nothing: of 'JD Court' somebody is called so."""
    roman = set(written) <= set("IVX")
    return len(written) == _INITIALS and written.isupper() and not roman and not parts & ~SAYS_NAME


_FORMS = {
    "short": WordRole.RELATION,
    "person": WordRole.PERSON,
    "public": WordRole.PUBLIC,
    "road": WordRole.ROAD,
    "junction": WordRole.ROAD | WordRole.NUMBERED,
    "measure": WordRole.MEASURE,
    "ons": WordRole.CODE | WordRole.SURE,
    "number": WordRole.NUMBER,
    # 'SK5804', 'FN71HKD': goes as a house's number does, names no street and numbers no platform.
    "mixed": WordRole.NUMBER | WordRole.PERSON,
}


def _of_form(kind: str, low: str, _text: str) -> int:
    if kind != "outward":
        return _FORMS[kind]
    opening = _LEADING_AREA.match(low)
    known = opening is not None and opening.group().upper() in AREAS
    return WordRole.CODE | WordRole.BEAT if known else WordRole.BEAT


def _is_apart(gap: str, before: PlaceToken | None) -> bool:
    if before is None or gap == " " or not gap:
        return False
    marks = gap.strip()
    if not marks or marks == "&":
        return False
    if marks == "-" and gap == "-":
        return False
    return not (marks == "." and len(before.low) <= _DOTTED)


def _named(text: str, tokens: list[PlaceToken], lists: LocalLists) -> list[PlaceToken]:
    """Take the words of a known name together, the longest first."""
    phrases, parts = _known_phrases()
    own, shown = _of_lists(lists)
    words = [plain(token.low).replace("'", "") for token in tokens]
    found: list[PlaceToken] = []
    at = 0
    while at < len(tokens):
        street = max(_length(tokens, words, at, _known_streets()), _length(tokens, words, at, shown) if shown else 0)
        if street and _is_the_whole(text, tokens, at, at + street) and (not at or _may_begin(tokens[at], found[-1])):
            found.append(_as_street(tokens[at], tokens[at + street - 1].end, words[at : at + street]))
            at += street
            continue
        size = max(_length(tokens, words, at, phrases), _length(tokens, words, at, own, over_commas=True) if own else 0)
        if not size or (size == 1 and tokens[at].parts == WordRole.PERSON):
            found.append(tokens[at])
            at += 1
            continue
        spelt = tuple(words[at : at + size])
        name = " ".join(spelt)
        part = WordRole.PLACE | WordRole.SURE if name in lists.every else parts.get(spelt, 0)
        if size == 1:
            part |= tokens[at].parts & ~(WordRole.GIVEN if part & WordRole.SURE else 0)
            if part & WordRole.PERSON and not part & WordRole.SURE:
                part &= ~(WordRole.PLACE | WordRole.BRAND)
        found.append(PlaceToken(tokens[at].start, tokens[at + size - 1].end, " ".join(spelt), part, tokens[at].apart))
        at += size
    return found


def _is_the_whole(text: str, tokens: list[PlaceToken], at: int, end: int) -> bool:
    """Say whether nothing belongs to a street's name behind it, and it is written as one: 'Howard close to' is none."""
    if not text[tokens[at].start : tokens[end - 1].end].isascii():
        return False  # 'Nélson Close'
    after = tokens[end] if end < len(tokens) else None
    ends = after is None or after.apart or after.parts & _BEHIND_A_STREET
    return bool(ends) and not (text[tokens[at].start].isupper() and text[tokens[end - 1].start].islower())


def _as_street(first: PlaceToken, end: int, words: list[str]) -> PlaceToken:
    name = " ".join(words)
    part = WordRole.SURE if streets().get(name) is Likeness.NOBODY else WordRole.GIVEN
    return PlaceToken(first.start, end, name, WordRole.STREET | part, first.apart)


def _may_begin(first: PlaceToken, before: PlaceToken) -> bool:
    """Say whether a street's name may begin here: 'Williams Way' does not within 'George Williams Way'."""
    return first.apart or bool(before.parts & _BEFORE_A_STREET)


_BEFORE_A_STREET = WordRole.RELATION | WordRole.AND | WordRole.OF | WordRole.NUMBER | WordRole.ROAD | WordRole.MEASURE
_BEHIND_A_STREET = WordRole.RELATION | WordRole.AND | WordRole.DIRECTION | WordRole.NUMBER | WordRole.MEASURE


def _hyphened(text: str, tokens: list[PlaceToken]) -> list[PlaceToken]:
    """Take two words that a hyphen joins for one, and for somebody where neither is of a place: 'Smith-Jones'."""
    found: list[PlaceToken] = []
    for token in tokens:
        before = found[-1] if found else None
        if before is None or text[before.end : token.start] != "-" or (before.parts | token.parts) & _WHOLE:
            found.append(token)
            continue
        either = (before.parts | token.parts) & (SAYS_NAME | WordRole.PERSON | WordRole.HOME)
        written = text[before.start].isupper() and text[token.start].isupper()
        joins = {token.low, before.low.rpartition("-")[2]} & _WITHIN_NAMES
        somebody = written and not joins and may_be_somebody(before.parts, token.parts)  # 'Zelda-Quxley Road'
        parts = WordRole.PERSON if somebody else (before.parts & token.parts) | either
        low = f"{before.low}-{token.low}"
        found[-1] = PlaceToken(before.start, token.end, low, parts, before.apart)
    return found


_WHOLE = WordRole.PLACE | WordRole.STREET | WordRole.BRAND | WordRole.NUMBER | WordRole.CODE | WordRole.ROAD


_WITHIN_NAMES = frozenset({"y", "yr", "co"})  # 'Pen-Y-Ghent Way', 'Co-Operative Street'


def _length(tokens: list[PlaceToken], words: list[str], at: int, phrases: Phrases, *, over_commas: bool = False) -> int:
    """Count the words of the longest known name that begins here.

    A partnership's own name may hold a comma ('The Forum, Norwich'): then it must end where something parts it from the rest.
    """
    options = phrases.get(words[at])
    if options is None:
        return 0
    many, longest = options
    size, parted = 0, False
    for end in range(at + 1, min(at + longest, len(tokens)) + 1):
        parted = parted or (end - 1 > at and tokens[end - 1].apart)
        if parted and not over_commas:
            break
        ends = end == len(tokens) or tokens[end].apart or bool(tokens[end].parts & (WordRole.RELATION | WordRole.AND))
        if tuple(words[at:end]) in many and (ends or not parted):
            size = end - at
    return size
