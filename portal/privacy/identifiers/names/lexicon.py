"""The lists behind finding names: given names, surnames, places and ordinary words, loaded once and only when needed."""

import gzip
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parents[2] / "data"
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "\u0131": "i", "ð": "d", "þ": "th", "œ": "oe", "ə": "e"}
)
_SHORT = 3
_CURT = 4


class WordSense(IntFlag):
    """What a word can be; the first two are what offices hardly ever write but as a name."""

    GIVEN = 1
    SURNAME = 2
    MAYBE_GIVEN = 4
    MAYBE_SURNAME = 8
    PLACE = 16
    WORD = 32
    FOREIGN = 64


STRONG = WordSense.GIVEN | WordSense.SURNAME
ANY_GIVEN = WordSense.GIVEN | WordSense.MAYBE_GIVEN
ANY_SURNAME = WordSense.SURNAME | WordSense.MAYBE_SURNAME
ANY_NAME = ANY_GIVEN | ANY_SURNAME


@dataclass(frozen=True)
class Lexicon:
    """The lists, each a set of plain lower-case words (places and brands also of several words)."""

    given: frozenset[str]
    common_given: frozenset[str]
    surnames: frozenset[str]
    rare: frozenset[str]
    words: frozenset[str]
    places: frozenset[str]
    also: dict[str, frozenset[str]]


def plain(word: str) -> str:
    """Take case, accents and apostrophes off a word, as the lists are kept."""
    word = word.lower().replace("'", "")
    if word.isascii():
        return word
    word = word.translate(_LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def _lines(name: str) -> frozenset[str]:
    packed = (_DATA / f"{name}.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split("\n"))


@cache
def own_words(name: str) -> frozenset[str]:
    """Give one of this product's own lists, which are small and quick to read."""
    listed = _own()[name]
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@cache
def _own() -> dict[str, str | list[str]]:
    return tomllib.loads((_DATA / "words.toml").read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """Load the lists (see data/SOURCES.md for where each comes from)."""
    also = {name: own_words(name) for name in _own()}
    common = _lines("given_common")
    return Lexicon(
        given=_lines("given") | common,
        common_given=common,
        surnames=_lines("surnames"),
        rare=_lines("surnames_rare"),
        words=_lines("words"),
        places=_lines("places"),
        also=also,
    )


def _part(word: str) -> WordSense:
    lists, sort = lexicon(), WordSense(0)
    also = lists.also
    everyday = word in lists.words or word in also["office_words"]
    place = word in lists.places
    if everyday:
        sort |= WordSense.WORD
    if place:
        sort |= WordSense.PLACE
    if word in also["never_names"]:
        return sort
    vague = (everyday or place or len(word) < _SHORT) and word not in also["surely_names"]
    if word in lists.given and (not vague or word in also["maybe_given"] or (place and not everyday)):
        sort |= WordSense.MAYBE_GIVEN if vague else WordSense.GIVEN
    if word in lists.surnames or (word in lists.rare and not everyday):
        # A short surname that is no common forename is as often an office's short form ('dam', 'mal', 'poss').
        short = len(word) <= _CURT and word not in also["surely_names"] and word not in lists.common_given
        sort |= WordSense.MAYBE_SURNAME if vague or short or word in lists.rare else WordSense.SURNAME
    return sort


@cache
def sort_of(word: str) -> WordSense:
    """Say what a word (in any spelling of case and accents) can be."""
    low = word.lower()
    letters = plain(low)
    if not letters.isascii():
        return WordSense.FOREIGN
    if letters in lexicon().also["surely_names"] or "-" not in letters:
        return _whole(low, letters)
    if letters.replace("-", " ") in lexicon().places:
        return WordSense.PLACE
    sort = WordSense(0)
    for part in letters.split("-"):
        sort |= _part(part)
    return sort & ~WordSense.WORD if sort & STRONG else sort


def _whole(low: str, letters: str) -> WordSense:
    stem = low.removesuffix("'").removesuffix("s").removesuffix("'") if letters.endswith("s") else ""
    # "Smith's" is Smith, but "Johns" and "Sainsburys" on their own are left to the lists.
    owner = _part(plain(stem)) if stem and "'" in low else WordSense(0)
    if owner & STRONG:
        return owner
    sort = _part(letters)
    if not sort and stem:
        return owner or (_part(plain(stem)) & WordSense.WORD)
    return sort
