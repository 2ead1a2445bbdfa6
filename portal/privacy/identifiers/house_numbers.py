"""House and flat numbers, and house names, in a text that may keep its street."""

from collections.abc import Iterator

import re2

from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.identifiers.names.safe_phrases import HOUSES, STREETS
from portal.privacy.identifiers.tokens import Word, words_of

Span = tuple[int, int]
_UNIT = re2.compile(
    r"(?i)(?:^|[^\p{L}\p{N}])((?:flat|flt|apartment|apt|appt|bedsit|room|rm|studio|maisonette|penthouse|plot|caravan|lot)[ ]*(?:no\b\.?|number|#)?[ ]*[.:#]?[ ]*(?:[a-z]?\d{1,4}[a-z]?|[a-z])(?:[ ]?[/\-][ ]?[a-z]?\d{1,4}[a-z]?)?)(?:$|[^\p{L}\p{N}])"
)
_FLOOR = re2.compile(r"(?i)\b((?:ground|first|second|third|top|basement|1st|2nd|3rd)[ ]floor flat)\b")
_HOUSE_WORD = re2.compile(
    r"(?i)\b((?:house|hse|number|no|nos|no's|num|door|property)[ ]*\.?[ ]*[:#]?[ ]*\d{1,4}[a-z]?(?:[ ]?[\-/&][ ]?\d{1,4}[a-z]?)?)\b"
)
_HASH = re2.compile(r"(#[ ]?\d{1,4}[a-zA-Z]?)\b")
_LEADING = re2.compile(
    r"(?:^|[^\p{L}\p{N}./:£$%\-])(\d{1,4}[ ]?[a-zA-Z]?(?:[ ]?[\-/&][ ]?\d{1,4}[a-zA-Z]?)?,?)[ ]+(\p{L}[\p{L}'.\-]*)"
)
_TRAILING = re2.compile(
    r"(?i)\b(\p{L}+)[ ]*,?[ ]*\(?[ ]*((?:no\.?[ ]?|number |#)?\d{1,4}[a-z]?(?:[ ]?[\-/][ ]?\d{1,4}[a-z]?)?)\)?[ ]*(?:$|[,;.(])"
)
_OF_A_BUS = re2.compile(r"^[ ]*(?:bus|buses|tram|night bus|shuttle|service bus)\b")
_BESIDE = frozenset({"outside", "opposite", "opp", "behind", "beside", "os", "o/s"})
_SIDES = frozenset({"rear", "front", "side", "back", "outside"})
_LONGEST_NAME = 3
_UNITS = own_words("units")
_NUMBERED = own_words("numbered")
_HOMES = own_words("homes")
_PERHAPS_HOMES = own_words("perhaps_homes")
_PUBLIC = own_words("public")


def _is_leading(text: str, start: int, end: int, after: str, setting: Setting, words: tuple[Word, ...]) -> bool:
    low = after.lower()
    measured = text[start:end].rstrip(" ,").lower()[-1] in "mk" and text[end - 1] != " "
    if measured or low in _UNITS or (low in {"st", "rd"} and text[end : end + 1] != " "):
        return False
    before = [word for word in words if word.end <= start]
    if setting is Setting.PLACE and _is_beside(before, text, start):
        return True
    if before and before[-1].low in _NUMBERED and text[before[-1].end : start].strip() in {"", "."}:
        return False
    follows = [word for word in words if word.start >= end][:5]
    named = False
    for place, word in enumerate(follows):
        if place and not word.joined:
            break
        if place and (word.low in STREETS or word.low in HOUSES):
            named = True
    opens = not text[:start].strip(" ,.(")
    return named or (setting is Setting.PLACE and opens)


def _is_beside(before: list[Word], text: str, start: int) -> bool:
    """Tell whether a number follows 'rear of' or 'opposite': a house, whatever its street is called."""
    if not before or text[before[-1].end : start].strip(" ."):
        return False
    if before[-1].low == "of":
        return len(before) > 1 and before[-2].low in _SIDES
    return before[-1].low in _BESIDE


def _numbers(text: str, setting: Setting, words: tuple[Word, ...]) -> Iterator[Span]:
    for match in _LEADING.finditer(text):
        start, end = match.span(1)
        if _is_leading(text, start, end, match.group(2), setting, words):
            yield start, end
    for match in _TRAILING.finditer(text):
        low = match.group(1).lower()
        if low in STREETS and low not in _NUMBERED - {"road", "street", "lane", "court"} and setting is Setting.PLACE:
            yield match.span(2)


def _house_names(words: tuple[Word, ...]) -> Iterator[Span]:
    """Find the name of a house: 'Rose Cottage' always, 'Elms Lodge' where a street follows it."""
    for at, word in enumerate(words):
        if at == 0 or not word.joined or word.low not in _HOMES | _PERHAPS_HOMES:
            continue
        start = at - 1
        while (
            start > 0
            and words[start].joined
            and at - start < _LONGEST_NAME
            and words[start - 1].sort
            and words[start - 1].low not in _NEAR
        ):
            start -= 1
        public = word.low in _PERHAPS_HOMES and any(one.low in _PUBLIC for one in words[start:at])
        if words[start].low in _NEAR or public:
            continue
        sure = word.low in _HOMES
        if sure or _street_follows(words, at):
            yield words[start].start, word.end


_NEAR = own_words("near")
_MAY_UNIT = (
    "flat",
    "apartment",
    "apt",
    "bedsit",
    "room",
    "rm",
    "studio",
    "maisonette",
    "penthouse",
    "caravan",
    "lot",
    "flt",
    "appt",
)
_MAY_HOUSE = (*_MAY_UNIT, *sorted(_HOMES | _PERHAPS_HOMES))


def _street_follows(words: tuple[Word, ...], at: int) -> bool:
    if at + 2 >= len(words) or "," not in words[at + 1].gap:
        return False
    for place in range(at + 2, min(at + 5, len(words))):
        if not words[place].joined:
            return False
        if words[place].low in STREETS:
            return True
    return False


def find_addresses(text: str, setting: Setting) -> tuple[Span, ...]:
    """Find house numbers, flats and house names in a folded text, as places in it; the street itself may stay."""
    if setting in {Setting.SCHOOL, Setting.CODE, Setting.HEADING}:
        return ()
    low, figures = text.lower(), any(char.isdigit() for char in text)
    if not figures and not any(word in low for word in _MAY_HOUSE):
        return ()
    spans: set[Span] = set()
    for pattern, pieces, numbered, only in _WORDED:
        if (numbered and not figures) or only not in {None, setting} or not any(piece in low for piece in pieces):
            continue
        spans |= {match.span(1) for match in pattern.finditer(text) if not _OF_A_BUS.match(low[match.end(1) :])}
    words = words_of(text)
    if figures:
        spans |= set(_numbers(text, setting, words))
    if setting in {Setting.PLACE, Setting.REMARK}:
        spans |= set(_house_names(words))
    return tuple(sorted(spans))


# Each pattern, the small-letter pieces of which a text must hold one, whether it needs a figure, and its only setting.
_WORDED = (
    (_UNIT, _MAY_UNIT, False, None),
    (_FLOOR, ("floor flat",), False, None),
    (_HOUSE_WORD, ("house", "hse", "no", "num", "door", "property"), True, Setting.PLACE),
    (_HASH, ("#",), True, None),
)
