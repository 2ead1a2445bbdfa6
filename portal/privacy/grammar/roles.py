"""What part a word can play in the name of a place, each word looked up once."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from portal.privacy.grammar.gazetteer import gazetteer_words
from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_SURNAME, WordSense, lexicon, plain, sort_of

_DATA = Path(__file__).parent.parent / "data" / "place_words.toml"
_SHORTEST = 3
_STREET_ENDS = ("gate", "sway", "market")
_SHORTEST_STREET = 7  # letters: a name of three at least, and the end


class WordRole:
    """The parts, a bit each (plain numbers: they are joined for every word); a word can play several ('Green' names a street and is a green)."""

    WAY: Final = 1 << 0
    WAY_AS_NAMED: Final = 1 << 1
    LAND: Final = 1 << 2
    LAND_LIKE_SURNAME: Final = 1 << 3
    INSTITUTION: Final = 1 << 4
    PUBLIC: Final = 1 << 5
    PUBLIC_ALONE: Final = 1 << 6
    QUALIFIER: Final = 1 << 7
    DIRECTION: Final = 1 << 8
    RANK: Final = 1 << 9
    RELATION: Final = 1 << 10
    NUMBERED: Final = 1 << 11
    UNIT: Final = 1 << 12
    HOME: Final = 1 << 13
    PERSON: Final = 1 << 14
    EPONYM: Final = 1 << 15
    FOUNDER: Final = 1 << 16
    KNOWN: Final = 1 << 17
    """A word that streets and places are called by: of our own list, or of the gazetteer's names."""
    PUB_COLOUR: Final = 1 << 18
    PUB_SIGN: Final = 1 << 19
    PUB_HEAD: Final = 1 << 20
    GIVEN: Final = 1 << 21
    SURNAME: Final = 1 << 22
    EVERYDAY: Final = 1 << 23
    PLACE: Final = 1 << 24
    """A whole name that the gazetteer or a partnership's list has."""
    BRAND: Final = 1 << 25
    AND: Final = 1 << 26
    THE: Final = 1 << 27
    SAINT: Final = 1 << 28
    NUMBER: Final = 1 << 29
    ROAD: Final = 1 << 30
    CODE: Final = 1 << 31
    MEASURE: Final = 1 << 32
    SURE: Final = 1 << 33
    """A place or brand that is on a partnership's list, or that nobody is called by."""
    WELSH: Final = 1 << 34
    OF: Final = 1 << 35
    BEAT: Final = 1 << 36
    PLAIN: Final = 1 << 37
    """An ordinary word of our own list, which no family is called by: 'Mill', 'High'."""
    PARK_NAME: Final = 1 << 38
    PUB_TYPE: Final = 1 << 40
    LANE: Final = 1 << 39
    """A way's type that is a family's name too: 'Lee Lane' may be either."""
    FAMILY_WAY: Final = 1 << 41
    """One that families are called by, if not as often: 'Lucy Close' is either too."""
    TOWN: Final = 1 << 42
    """A place that everybody knows, whoever else is called so: 'Lincoln'."""
    SELDOM: Final = 1 << 43
    """A given name that is much more often a family's: 'Hanson'."""
    TRADE: Final = 1 << 44
    """A trade that streets are called by as often as children: 'Mason Close'."""
    STREET: Final = 1 << 45
    """A whole name that the list of streets has."""
    ENDS_STREET: Final = WAY | WAY_AS_NAMED | STREET


_LISTS = {
    "ways": WordRole.WAY,
    "ways_as_named": WordRole.WAY_AS_NAMED,
    "lands": WordRole.LAND,
    "lands_like_surnames": WordRole.LAND_LIKE_SURNAME,
    "institutions": WordRole.INSTITUTION,
    "publics": WordRole.PUBLIC,
    "publics_by_themselves": WordRole.PUBLIC_ALONE,
    "qualifiers": WordRole.QUALIFIER,
    "directions": WordRole.DIRECTION,
    "ranks": WordRole.RANK,
    "relations": WordRole.RELATION,
    "numbered": WordRole.NUMBERED,
    "units": WordRole.UNIT,
    "homes": WordRole.HOME,
    "people": WordRole.PERSON,
    "eponyms": WordRole.EPONYM,
    "founders": WordRole.FOUNDER,
    "names": WordRole.KNOWN | WordRole.PLAIN,
    "pub_colours": WordRole.PUB_COLOUR,
    "pub_signs": WordRole.PUB_SIGN,
    "pub_heads": WordRole.PUB_HEAD,
    "welsh_ways": WordRole.WELSH,
    "parks_names": WordRole.PARK_NAME,
    "lanes": WordRole.LANE,
    "family_ways": WordRole.FAMILY_WAY,
    "virtues": WordRole.GIVEN,
    "towns": WordRole.TOWN,
    "trades": WordRole.TRADE,
    "counties": WordRole.KNOWN,
    "pub_types": WordRole.PUB_TYPE,
}
_ALWAYS = {
    "and": WordRole.AND,
    "&": WordRole.AND,
    "n": WordRole.AND,
    "the": WordRole.THE,
    "y": WordRole.THE,
    "yr": WordRole.THE,
    "st": WordRole.SAINT,
    "saint": WordRole.SAINT,
    "sts": WordRole.SAINT,
    "ste": WordRole.SAINT,
    "of": WordRole.OF | WordRole.RELATION,
}


@cache
def listed() -> dict[str, int]:
    """Give the words of our own lists with the parts they play."""
    found: dict[str, int] = {}
    data = tomllib.loads(_DATA.read_text("utf-8"))
    for name, part in _LISTS.items():
        for word in data[name].split():
            for form in {word, plain(word)}:
                found[form] = found.get(form, 0) | part
    for word, part in _ALWAYS.items():
        found[word] = found.get(word, 0) | part
    return found


@cache
def words_for(name: str) -> frozenset[str]:
    """Give one list of our own words by its name; KeyError for a list that is not there."""
    return frozenset(str(tomllib.loads(_DATA.read_text("utf-8"))[name]).split())


def is_given(low: str, sort: int) -> bool:
    """Say whether a word is a given name; a rare one that is a place too ('Melton', 'Wilton') is the place."""
    if not sort & ANY_GIVEN or low in words_for("counties") | words_for("cities"):
        return False
    letters = plain(low)
    return letters in lexicon().common_given or letters not in gazetteer_words()


_FAMOUS = WordRole.EPONYM | WordRole.FOUNDER | WordRole.PARK_NAME | WordRole.PUB_SIGN


@lru_cache(maxsize=65536)
def parts_of(low: str) -> int:
    """Say what parts a small-letter word can play.

    A word about people plays no other part. A given name that no list of ours has is never a known name of a place,
    even where some hamlet is called so; a surname is, since villages and families are called alike.
    """
    if len(low) == 1 and low not in _ALWAYS:
        return listed().get(low, 0) & WordRole.NUMBERED or WordRole.PERSON  # an initial
    ours = listed().get(low)
    part = ours or 0
    if part & WordRole.PERSON and not part & ~WordRole.PERSON:
        return part
    letters = plain(low)
    if not letters.isascii():
        return part
    if ours is None and letters != low:
        part |= listed().get(letters, 0) & ~_FAMOUS  # 'Nélson Close' is called after nobody of 'Nelson Close'
    sort = sort_of(low)
    if is_given(low, sort):
        part |= WordRole.GIVEN
    if sort & ANY_SURNAME:
        part |= WordRole.SURNAME
    if sort & WordSense.WORD:
        part |= WordRole.EVERYDAY
    if letters in gazetteer_words() and len(letters) >= _SHORTEST and not part & WordRole.GIVEN:
        part |= WordRole.KNOWN
    if not sort and letters.endswith(_STREET_ENDS) and len(letters) >= _SHORTEST_STREET and letters.isalpha():
        part |= WordRole.PUBLIC_ALONE  # 'Fishergate', 'Riversway', 'Horsemarket'
    more = _of_what_it_is_more(letters, sort, part) if letters == low else 0
    return part | _of_owner(letters, part) | more


def _of_what_it_is_more(letters: str, sort: int, part: int) -> int:
    """Say that a given name is more often a family's, or that a name is a town's: 'Hanson', 'Lincoln'."""
    seldom = part & WordRole.GIVEN and sort & WordSense.SURNAME and letters not in lexicon().common_given
    return (WordRole.SELDOM if seldom else 0) | (WordRole.TOWN if sort & WordSense.PLACE else 0)


def _of_owner(letters: str, part: int) -> int:
    """Give the part of a name with an s at its end: 'Georges'."""
    if letters.endswith("s") and letters[:-1] in listed() and not part & WordRole.GIVEN:
        return listed()[letters[:-1]] & WordRole.EPONYM
    return 0


SAYS_NAME: Final = WordRole.GIVEN | WordRole.SURNAME | WordRole.SELDOM
_PREFIX = 2  # letters at most before an apostrophe within one name: 'Bo'ness'
_OPENS_A_NAME = frozenset({"mc", "mac", "fitz", "de", "le", "la", "du", "st"})
_OF_PLACES_ALONE = (
    WordRole.LAND | WordRole.WAY | WordRole.WAY_AS_NAMED | WordRole.INSTITUTION | WordRole.PUBLIC | WordRole.QUALIFIER | WordRole.PLAIN | WordRole.THE
    | WordRole.SAINT | WordRole.AND | WordRole.OF
)  # fmt: skip


def is_run_together(written: str) -> bool:
    """Say whether two words are written as one: of 'ZeldaQuxley Road' or 'Zelda'Quxley Road' somebody is called so."""
    before, mark, behind = written.lower().partition("'")
    if mark:  # of 'O'Dell' and 'D'Arcy' the first is no word
        return len(before) > _PREFIX and len(behind) > 1 and may_be_somebody(parts_of(before), parts_of(behind))
    if written[1:].islower() or written.isupper() or not written[-1].islower():
        return False
    capital = next((at for at, letter in enumerate(written) if at and letter.isupper()), 0)
    first, rest = written[:capital].lower(), written[capital:].lower()
    return capital > 1 and first not in _OPENS_A_NAME and may_be_somebody(parts_of(first), parts_of(rest))


def may_be_somebody(one: int, other: int) -> bool:
    """Say whether two words written as one are a name: neither is of a place, or one is not and the other may be a name too."""
    of_no_place = [not parts & ~(SAYS_NAME | WordRole.EVERYDAY) for parts in (one, other)]
    named = bool((one | other) & SAYS_NAME)
    if all(of_no_place):
        return named or not one & other & WordRole.EVERYDAY
    return any(of_no_place) and named and not (one | other) & _OF_PLACES_ALONE


@cache
def compounds() -> tuple[str, ...]:
    """Give the two or three words that make a public place of what stands before them."""
    found: list[str] = tomllib.loads(_DATA.read_text("utf-8"))["compounds"]
    return tuple(found)


@cache
def trusts() -> tuple[str, ...]:
    """Give the trusts whose academies are called by them and a place."""
    found: list[str] = tomllib.loads(_DATA.read_text("utf-8"))["trusts"]
    return tuple(found)


@cache
def published() -> tuple[str, ...]:
    """Give the kinds of place that data.police.uk publishes, as the lists spell them."""
    found: list[str] = tomllib.loads(_DATA.read_text("utf-8"))["published"]
    return tuple(found)
