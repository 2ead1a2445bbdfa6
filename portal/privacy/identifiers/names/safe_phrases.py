"""Phrases that look like people and are places, schools, shops or categories: they survive whole."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_SURNAME, WordSense, lexicon, own_words, plain
from portal.privacy.identifiers.names.vocabulary import Phrases, Vocabulary, by_first_word
from portal.privacy.identifiers.tokens import Word

STREETS = own_words("streets")
HOUSES = own_words("houses")
_STOPS = own_words("stops")
_TAKES_THE = own_words("takes_the")
_RANKS = own_words("ranks")
_TITLED = own_words("titled")
_REIGNED = own_words("reigned")
_NUMERALS = own_words("numerals")
_OWNED = own_words("owned")
_WELSH = own_words("welsh")
_LIKE_SURNAMES = own_words("surname_endings")
_SURNAMES_RATHER = _LIKE_SURNAMES - {"park", "hall", "church", "lane", "court", "house"}
_CORE = own_words("core_streets")
_FAR = 4
_SCHOOLS = frozenset({"school", "academy", "college", "primary", "university"})
_WORSHIP = frozenset({"mandir", "gurdwara", "temple", "mosque", "masjid"})
_TWO = 2
_GAPS = str.maketrans("-.&", "   ")


@cache
def _phrases() -> Phrases:
    brands = lexicon().also["brands"]
    spelt = ((phrase, tuple(plain(phrase.translate(_GAPS)).split())) for phrase in lexicon().places | brands)
    return by_first_word(words for phrase, words in spelt if len(words) > 1 or phrase in brands)


@lru_cache(maxsize=65536)
def _parts(low: str) -> tuple[str, ...]:
    """Give a word as the lists have it, parted at its hyphens."""
    return tuple(plain(low).split("-"))


@lru_cache(maxsize=65536)
def _owner(low: str) -> str:
    return plain(low.removesuffix("'s"))


def _mark_phrases(words: Sequence[Word], kept: list[bool], phrases: Phrases) -> None:
    at = 0
    while at < len(words):
        low = words[at].low
        first = _parts(low)[0]
        options = phrases.get(first) or (phrases.get(_owner(low)) if first.endswith("s") else None)
        size = _taken(words, at, *options) if options else 0
        kept[at : at + size] = [True] * size
        at += size or 1


def _taken(words: Sequence[Word], at: int, phrases: frozenset[tuple[str, ...]], longest: int) -> int:
    """Count the words from `at` on that spell a phrase, the longest that they spell; nought where they spell none."""
    spelt: tuple[str, ...] = ()
    size = 0
    for place in range(at, min(at + longest, len(words))):
        word = words[place]
        if spelt and not word.joined:
            break
        spelt += _parts(word.low)
        if spelt in phrases or (*spelt[:-1], _owner(word.low)) in phrases:
            size = place + 1 - at
    return size


def _mark_saints(words: Sequence[Word], kept: list[bool]) -> None:
    for at in range(len(words) - 1):
        word, after = words[at], words[at + 1]
        if word.low not in {"st", "saint", "sts", "ste"} or not after.joined:
            continue
        lone = at == 0 or not word.joined or words[at - 1].low in _STOPS or after.low.endswith("s")
        if lone and "-" not in after.low and (after.capital or after.low.endswith("s")) and after.sort:
            kept[at] = kept[at + 1] = True


def _mark_royals(words: Sequence[Word], kept: list[bool]) -> None:
    for at, word in enumerate(words[:-1]):
        after = words[at + 1]
        if word.low not in _RANKS or not after.joined:
            continue
        if after.low == "of" and at + 2 < len(words):
            kept[at : at + 3] = [True] * 3
        elif _owner(after.low) in _REIGNED or _owner(after.low.removesuffix("s")) in _REIGNED:
            size = 3 if at + 2 < len(words) and words[at + 2].joined and words[at + 2].low in _NUMERALS else 2
            kept[at : at + size] = [True] * size


def _base(words: Sequence[Word], kept: list[bool], at: int, *, wide: bool) -> int:
    """Find where the name of a street or building begins that ends at word `at`."""
    start, left = at, _FAR
    while start > 0 and words[start].joined and left:
        before = words[start - 1]
        if before.initial or (before.low in _CORE and kept[start - 1] and words[at].low in _LIKE_SURNAMES):
            break
        small = before.low in _STOPS or (
            words[at].capital and not before.capital and bool(before.sort & WordSense.WORD)
        )
        if small and not (
            wide and before.low in {"of", "the", "and", "&", "de", "la", "le", "on", "in"} and start - 1 > 0
        ):
            break
        start, left = start - 1, left - 1
    while start < at and words[start].low in _STOPS | {"and", "of"} and not kept[start]:
        start += 1
    return start


def _is_full_name(first: Word, second: Word) -> bool:
    return (
        bool(first.sort & ANY_GIVEN and (second.sort & ANY_SURNAME or second.unknown))
        and first.capital == second.capital
    )


def _is_person(word: Word) -> bool:
    """Say whether a given name is of the living kind, not one that halls and hills are called after."""
    named = _owner(word.low).split("-", maxsplit=1)[0]
    common = bool(word.sort & WordSense.GIVEN) and plain(named) in lexicon().common_given
    modern = common and named not in lexicon().also["eponyms"] and "'" not in word.text
    return modern or named in lexicon().also["people_first"]


def _after_titles(words: Sequence[Word], start: int, at: int) -> int | None:
    """Find where a street begins after 'Mrs Patel' or 'Dr J Patel'; None where nobody is addressed."""
    titled = [place for place in range(start, at) if words[place].low in _CALLED and "'s" not in words[place + 1].low]
    if not titled:
        return None
    first = titled[-1] + 1
    while first < at and words[first].initial:
        first += 1
    return at if first + 1 == at and words[at].low in HOUSES else min(first + 1, at + 1)


def _trim_person(words: Sequence[Word], start: int, at: int) -> int:
    """Leave out a person before the name of a place: 'Sarah Okafor Melton Road' is 'Melton Road'."""
    addressed = _after_titles(words, start, at)
    if addressed is not None:
        return addressed
    size, ending, first = at - start, words[at].low, words[start]
    institution = ending in HOUSES
    if ending in _SCHOOLS | _WORSHIP or (first.low in _TITLED | _RANKS and institution):
        return start
    as_surname = ending in _LIKE_SURNAMES and first.capital == words[at].capital
    if (
        ending == "lane"
        and size == 1
        and "-" not in first.low
        and first.sort & ANY_SURNAME
        and first.low not in lexicon().also["people_first"]
    ):
        return start  # 'Kirby Lane': called after a family
    double = size > 1 and _is_person(words[start + 1]) and not words[start + 1].sort & ANY_SURNAME
    if as_surname and all(word.sort & ANY_GIVEN for word in words[start:at]) and (_is_person(first) or double):
        return at + 1
    return start if size == 1 else start + _person_before(words[start:at], institution=institution)


def _person_before(base: Sequence[Word], *, institution: bool) -> int:
    """Count the words of a person before the name proper of a place."""
    first, second = base[0], base[1]
    if len(base) == _TWO:
        place = (second.sort & WordSense.PLACE and not second.sort & ANY_SURNAME) or second.low in _PLAIN_STREETS
        surname_first = first.sort & WordSense.SURNAME and not first.sort & (WordSense.PLACE | ANY_GIVEN)
        return 1 if place and not institution and (_is_person(first) or surname_first) else 0
    plain_third = base[2].sort & WordSense.WORD or base[2].low in HOUSES
    return 2 if _is_full_name(first, second) and not (institution and plain_third) else 0


_CALLED = own_words("titles") - own_words("titled")


def _not_a_place(words: Sequence[Word], start: int, at: int) -> bool:
    """Say whether, away from a column of places, a phrase is a person and a thing rather than a street or a school."""
    base = words[start:at]
    if words[at].low in _SCHOOLS:
        return False
    if words[at].low in _SURNAMES_RATHER and all(word.sort & ANY_GIVEN for word in base):
        return True
    if any(_is_full_name(one, two) for one, two in pairwise(base)) or len(base) > _TWO:
        return True
    return not words[at].capital and any(word.strong for word in base)


_PLAIN_STREETS = own_words("plain_streets")


def _mark_endings(words: Sequence[Word], kept: list[bool], *, strict: bool, firm: bool) -> None:
    for at, word in enumerate(words):
        ending = word.low.removesuffix("'s")
        house = ending in HOUSES
        if not (house or ending in STREETS) or at == 0:
            continue
        follows = at + 1 < len(words) and words[at + 1].joined
        if ending == "dr" and follows and words[at + 1].sort & ANY_SURNAME:
            continue
        if ending in _LIKE_SURNAMES and (firm or "'" in word.text):
            continue
        start = _base(words, kept, at, wide=ending in _TAKES_THE)
        if start == at or all(kept[start : at + 1]):
            continue
        if "'" in words[at - 1].text and ending in _OWNED and words[at - 1].strong:
            continue
        if strict and _not_a_place(words, start, at):
            continue
        begin = _trim_person(words, start, at)
        kept[begin : at + 1] = [True] * (at + 1 - begin)


def _mark_welsh(words: Sequence[Word], kept: list[bool]) -> None:
    for at, word in enumerate(words[:-1]):
        if word.low in _WELSH:
            end = at + 1
            while end < len(words) and words[end].joined and end - at < _FAR:
                kept[end] = True
                end += 1
            kept[at] = True


def protected(words: Sequence[Word], vocabulary: Vocabulary, *, strict: bool = False) -> tuple[list[bool], list[bool]]:
    """Say of each word whether it belongs to a phrase that survives whole.

    `strict` is for texts that are not places: there 'Mark Wood damaged car' is no car park. The second list leaves out
    what could be a surname ('Kwame Ward'), for words that a cue or a title announces.
    """
    kept = [False] * len(words)
    if vocabulary.phrases:
        _mark_phrases(words, kept, vocabulary.openings)
    _mark_phrases(words, kept, _phrases())
    _mark_saints(words, kept)
    _mark_royals(words, kept)
    _mark_welsh(words, kept)
    firm = kept.copy()
    _mark_endings(words, kept, strict=strict, firm=False)
    if not any(kept):
        return kept, kept
    _mark_endings(words, firm, strict=strict, firm=True)
    return kept, firm
