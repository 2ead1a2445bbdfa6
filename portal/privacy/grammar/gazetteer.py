"""The places of England and Wales that anybody may know: settlements, suburbs, wards and districts."""

import gzip
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_NAME, own_words, plain, sort_of

_DATA = Path(__file__).parent.parent / "data"
_GAPS = str.maketrans("-.,&/()", "       ")
_LIES = re.compile(r" (?:on|upon|by|under|in|next) ")
_SHORTEST = 5  # letters of a town's short name
# Words of the brands' list that are no place.
_NO_PLACES = frozenset(
    {
        "sikh",
        "christian",
        "muslim",
        "hindu",
        "jewish",
        "jew",
        "jehovahs witness",
        "father christmas",
        "guy fawkes",
        "robin hood",
        "shangri la",
    }
)


def spelt(name: str) -> str:
    """Give a name as the lists have it: small letters, no accents, hyphens as spaces, 'and' for '&'."""
    return " ".join(plain(name.replace("&", " and ").translate(_GAPS)).split())


def _lines(name: str) -> list[str]:
    return gzip.decompress((_DATA / f"{name}.txt.gz").read_bytes()).decode("utf-8").split("\n")


class Likeness(StrEnum):
    """What else a settlement's name is; the sign stands before it in the list."""

    NOBODY = "="
    FAMILY = "~"
    """A surname too: 'Preston'."""
    PERSON = "!"
    """A given name too: 'Heather'. It stands by itself only where a partnership's list has it."""
    HOUSE = "?"
    """A street that houses or people are called like: 'The Beeches'. It is one where the file has a house's number before it."""


@cache
def settlements() -> dict[str, Likeness]:
    """Give the cities, towns, villages, hamlets and suburbs (data/SOURCES.md), as the lists have them."""
    found = {line[1:]: Likeness(line[0]) for line in _lines("settlements")}
    return {**_short_names(found), **found}


def _short_names(names: Iterable[str]) -> dict[str, Likeness]:
    """Give what people call a town whose name says where it lies: 'Saltburn' for 'Saltburn by the sea'."""
    found: dict[str, Likeness] = {}
    for name in names:
        first, joint, _ = name.partition(" ")
        if joint and len(first) >= _SHORTEST and _LIES.match(name, len(first)):
            sort = sort_of(first)
            found[first] = (
                Likeness.PERSON if sort & ANY_GIVEN else Likeness.FAMILY if sort & ANY_NAME else Likeness.NOBODY
            )
    return found


@cache
def streets() -> dict[str, Likeness]:
    """Give the streets of England that no grammar would know by their form (data/SOURCES.md): 'Wincheap', 'Howard Close'."""
    return {line[1:]: Likeness(line[0]) for line in _lines("streets")}


@cache
def wards_by_district() -> dict[str, tuple[str, ...]]:
    """Give the wards of each district of England and Wales, by the district's name, as they are written."""
    found: dict[str, list[str]] = {}
    for line in _lines("wards"):
        district, _, ward = line.partition("\t")
        found.setdefault(district, []).append(ward)
    return {district: tuple(wards) for district, wards in found.items()}


@cache
def districts() -> frozenset[str]:
    """Give the districts, as the lists have them."""
    return frozenset(map(spelt, wards_by_district())) | own_words("districts")


@cache
def wards() -> frozenset[str]:
    """Give every ward and district, as the lists have them."""
    return frozenset(spelt(name) for names in wards_by_district().values() for name in names) | districts()


@cache
def brands() -> frozenset[str]:
    """Give the shops, pubs and public places known by their own name."""
    return frozenset(spelt(name) for name in own_words("brands")) - _NO_PLACES


@cache
def schools() -> frozenset[str]:
    """Give the schools that are called by somebody's whole name (data/SOURCES.md): 'Thomas Deacon Academy'."""
    return frozenset(_lines("schools"))


@cache
def gazetteer_words() -> frozenset[str]:
    """Give every word that stands in the name of a settlement or ward."""
    return frozenset(word for name in (*settlements(), *wards()) for word in name.replace("'", "").split())
