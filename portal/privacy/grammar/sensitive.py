"""Places of which nothing but the first half of the postcode and the area stays: refuges, hostels, clinics, secret places."""

import hmac
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import cast

import pyarrow as pa

from portal.privacy.columns import Cells, pc
from portal.privacy.grammar.gazetteer import settlements, spelt, wards
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.place import place
from portal.privacy.grammar.roles import WordRole, parts_of
from portal.privacy.grammar.segments.beside import BLOCKS, HOUSES
from portal.privacy.identifiers.folding import fold
from portal.privacy.postcodes import IN_TEXT, INWARD, OUTWARD

_FILE = Path(__file__).parent.parent / "data" / "sensitive.toml"
_MOST_WORDS = 6  # of a secret place's name or address that are looked for together
_FEWEST_LETTERS = 3  # of a form; fewer stand in many a cell
_PARTS = re.compile(r"[,;|\n\t]|\s-\s")
_DWELLINGS = frozenset({"flat", "apartment", "apt", "unit", "suite", "room", "no", "number"})
_UNFINISHED = re.compile(
    rf"(?i)(?:(?:{'|'.join(sorted(_DWELLINGS))})[. ]*)?\d{{0,4}}[a-z]?(?:\s*[-/]\s*\d{{1,4}}[a-z]?)?"
)
_WHOLE_POSTCODE = re.compile(OUTWARD + INWARD)
_WIDE = re.compile(
    r"[a-z]{1,2}\d[a-z\d]?|[a-z ]{0,30}shire|kent|surrey|sussex|(?:east|west) sussex|essex|norfolk|suffolk|devon|dorset|somerset|cornwall|cumbria|rutland|county durham|england|wales|uk|united kingdom"
)
_SHORT = {
    "rd": "road",
    "st": "street",
    "str": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "la": "lane",
    "dr": "drive",
    "cl": "close",
    "cres": "crescent",
    "ct": "court",
    "crt": "court",
    "gdns": "gardens",
    "gdn": "garden",
    "gr": "grove",
    "ter": "terrace",
    "terr": "terrace",
    "pl": "place",
    "sq": "square",
    "hse": "house",
    "bldg": "building",
}


@cache
def _data() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _pattern(*, hate: bool) -> str:
    """Make one pattern of what names a sensitive place; a street called after one is none (RE2 has no look-ahead)."""
    every = [*_data()["always"], *(_data()["where_hate"] if hate else [])]
    return rf"(?:^|[^a-z])(?:{'|'.join(every)})(?:$|[^a-z'])"


@cache
def _streets_so_called(*, hate: bool) -> str:
    every = [*_data()["always"], *(_data()["where_hate"] if hate else [])]
    return rf"(?:^|[^a-z])(?:{'|'.join(every)})'?s? (?:{'|'.join(_data()['not_before'])})\b"


def is_about_hate(data_set_id: str) -> bool:
    """Say whether a data set is about hate: then places of worship are sensitive too."""
    return data_set_id in _data()["hate_sets"]


def tells_of_hate(values: Cells) -> Cells:
    """Say of each text of a category whether it tells of hate, whatever the set: an office's own words and the codes' labels."""
    return cast(
        "Cells", pc.match_substring_regex(pc.utf8_lower(pc.fill_null(values, "")), "|".join(_data()["hate_words"]))
    )


def sensitive(values: Cells, lists: LocalLists, *, hate: bool = False) -> Cells:
    """Say of each text whether it names a sensitive place, by the product's list or a partnership's secret one.

    Args:
        values: distinct texts of places, as sent.
        lists: with the keyed hashes of the partnership's secret places.
        hate: whether places of worship count.
    """
    low = pc.utf8_lower(pc.fill_null(values, ""))
    rest = pc.replace_substring_regex(low, pattern=_streets_so_called(hate=hate), replacement=" ")
    found = pc.match_substring_regex(rest, _pattern(hate=hate))
    if not lists.secrets:
        return cast("Cells", found)
    return cast("Cells", pc.or_(found, secret(low, lists)))


def secret(values: Cells, lists: LocalLists) -> Cells:
    """Say of each text whether it names one of the partnership's secret places: by its name, its address or its postcode."""
    seen: dict[str, bool] = {}
    return cast("Cells", pa.array([is_secret(text or "", lists, seen) for text in values.to_pylist()], pa.bool_()))


def secret_hash(key: bytes, name: str) -> str:
    """Give the keyed hash of a secret place's name or address: the list of them tells nobody which they are."""
    return _hashed(key, " ".join(_spelt_out(name)[:_MOST_WORDS]))


def secret_forms(cells: Iterable[str]) -> frozenset[str]:
    """Give the forms under which a secret place is looked for: its name, its number and street, its whole postcode.

    A town, a ward, a county, a street or the first half of a postcode names no place by itself: an address of no more has
    no form, since the street would go from every record.

    Args:
        cells: what is known of one place: its name and address, in one cell or several.
    """
    found: set[str] = set()
    for segment in _segments(cells):
        every = _spelt_out(segment)
        found |= {word for word in every if _WHOLE_POSTCODE.fullmatch(word)}
        words = [word for word in every if word not in found]
        name = " ".join(words)
        if len(name.replace(" ", "")) < _FEWEST_LETTERS or name.isdigit() or _is_wide(name):
            continue
        is_place = not any(map(str.isdigit, name)) and bool(place(fold(segment).strip()).text)
        if is_place and (found or _is_street(words)):
            continue
        found |= {" ".join(form[:_MOST_WORDS]) for form in _shorter(words)}
    return frozenset(found)


def _is_street(words: list[str]) -> bool:
    """Say whether words end as a street does, and not as a house or a block of flats."""
    return bool(parts_of(words[-1]) & (WordRole.WAY | WordRole.WAY_AS_NAMED)) and words[-1] not in HOUSES | BLOCKS


def _shorter(words: list[str]) -> Iterator[list[str]]:
    """Give a name or address, and what it is called besides: without 'The', without the flat, by either number of '14-16'."""
    yield words
    if len(words) <= 2:  # noqa: PLR2004 - 'Willows' alone is many a street's
        return
    first, second, *rest = words
    if first == "the":
        yield words[1:]
    elif first in _DWELLINGS:
        yield from _shorter(rest)
    elif first.isdigit() and second.isdigit():
        yield [first, *rest]
        yield [second, *rest]


def _segments(cells: Iterable[str]) -> Iterator[str]:
    """Give the parts of an address, each house's number with the street behind it."""
    before = ""
    for segment in (part.strip() for cell in cells for part in _PARTS.split(cell)):
        if _UNFINISHED.fullmatch(segment):
            before = f"{before} {segment}".strip()
        elif segment:
            yield f"{before} {segment}".strip()
            before = ""


def _is_wide(name: str) -> bool:
    """Say whether a name is of a town, a ward, a county or the first half of a postcode."""
    return name in settlements() or name in wards() or bool(_WIDE.fullmatch(name))


def _spelt_out(text: str) -> list[str]:
    """Give the words of a name or address so that its usual spellings are one: 'St.' is 'Street', 'LE2 1AA' is 'LE21AA'."""
    plain = IN_TEXT.sub(r"\1\2", spelt(fold(text)).replace("'", ""))
    return [_SHORT.get(word, word) for word in plain.split()]


def _hashed(key: bytes, words: str) -> str:
    return hmac.digest(key, words.encode(), "sha256").hex()[:32]


def is_secret(text: str, lists: LocalLists, seen: dict[str, bool] | None = None) -> bool:
    """Say whether a text names a secret place. `seen`: what was found of its words before, over a whole column."""
    seen = {} if seen is None else seen
    words = _spelt_out(text)
    for size in range(1, _MOST_WORDS + 1):
        for at in range(len(words) - size + 1):
            window = " ".join(words[at : at + size])
            if window not in seen:
                seen[window] = _hashed(lists.secret_key, window) in lists.secrets
            if seen[window]:
                return True
    return False
