"""Sift a column's distinct texts with Arrow alone, so that only those that may hold something are read one by one."""

from dataclasses import dataclass
from functools import cache
from typing import cast

import pyarrow as pa

from portal.privacy.columns import Cells, pc
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.cues import TITLES
from portal.privacy.identifiers.names.lexicon import STRONG, WordSense, lexicon, own_words, sort_of
from portal.privacy.identifiers.patterns.validators import AREAS

# What can be in a text that holds nothing: letters, plain marks, and the numbers of roads, junctions and areas.
_NUMBERED = r"(?i)\b(?:[abm]\d{1,4}(?:\(m\))?|j(?:ct|unction)?[ ]?\d{1,2}[ab]?|[ewsn]\d{8}|[a-z]{1,2}\d{1,2}[a-z]?$|24[ ]?hours?|q[1-4])\b"
_PLAIN = r"^[a-z ,.'&/()\-]*$"
# One word before an ending that no surname has is a street, whatever the word.
_STREET = r"\b[a-z]{3,}(?:'s)? (?:road|rd|street|avenue|ave|close|drive|way|crescent|gardens|terrace|boulevard|grove|court|place|mews|rise)\b"
_DOTS = r"[a-z]\.[a-z]| (?:at|dot) |flat|apartment|\bapt\b|\brm\b|\bplot\b|\blot\b|bedsit|studio|maisonette|penthouse|caravan"
_HOUSE = r"^\d{1,4}[a-hA-H]? "
_BEGINS = r"(?i)^[a-z']{3,}(?: [a-z']{3,})? (?:road|rd|street|avenue|ave|lane|close|drive|way|crescent|gardens|court|terrace|grove|walk|place)(?:$|[ ,])"
_POSTAL = rf"^(.*[A-Za-z]{{3}},? (?:{'|'.join(sorted(AREAS))})\d{{1,2}}[A-Z]?) ?\d[A-Z]{{2}}$"
_NO_WORD = r"[^a-z']+"
_SPELT = r"(?:^|[^a-z])[a-z][ .\-]+[a-z](?:$|[^a-z'])"


@dataclass(frozen=True)
class PrefilteredTexts:
    """Distinct texts parted in those to read one by one, those to shorten at once, and (all others) those that hold nothing."""

    read: list[int]
    shortened: list[int]
    rest: Cells
    """Each text without a leading house number and a postcode's second half."""
    numbered: Cells
    postal: Cells


def sift(values: Cells, setting: Setting) -> PrefilteredTexts:
    """Part a column's distinct texts; what is not to be read holds nothing but a plain house number or postcode."""
    rest, numbered, postal = _peel(values) if setting is Setting.PLACE else (values, *_no(values))
    peeled = pc.or_(numbered, postal)
    odd = _odd(rest, setting)
    simple = pc.and_not(pc.and_(peeled, pc.match_substring_regex(rest, _BEGINS)), odd)
    plain = pc.and_not(pc.invert(peeled), odd)
    return PrefilteredTexts(
        read=pc.indices_nonzero(pc.invert(pc.or_(simple, plain))).to_pylist(),
        shortened=pc.indices_nonzero(simple).to_pylist(),
        rest=rest,
        numbered=numbered,
        postal=postal,
    )


def _no(values: Cells) -> tuple[Cells, Cells]:
    nothing = pa.array([False]).take(pa.array([0] * len(values), pa.int32()))
    return nothing, nothing


def _peel(values: Cells) -> tuple[Cells, Cells, Cells]:
    """Take a plain leading house number and a plain trailing postcode's second half off each text."""
    postal = pc.match_substring_regex(values, _POSTAL)
    halved = pc.if_else(postal, pc.replace_substring_regex(values, pattern=_POSTAL, replacement=r"\1"), values)
    numbered = pc.match_substring_regex(halved, _HOUSE)
    rest = pc.if_else(numbered, pc.replace_substring_regex(halved, pattern=_HOUSE, replacement=""), halved)
    return rest, numbered, postal


def _odd(values: Cells, setting: Setting) -> Cells:
    """Say of each text whether a mark, a figure or a word in it calls for reading."""
    bare = pc.replace_substring_regex(pc.utf8_lower(values), pattern=_NUMBERED, replacement=" ")
    odd = pc.or_(pc.invert(pc.match_substring_regex(bare, _PLAIN)), pc.match_substring_regex(bare, _DOTS))
    odd = pc.or_(odd, pc.match_substring_regex(bare, _SPELT))
    odd = pc.or_(odd, pc.match_substring_regex(bare, _ANNOUNCES))
    bare = pc.replace_substring_regex(bare, pattern=_towns(), replacement=" ")
    streetless = (
        pc.replace_substring_regex(bare, pattern=_STREET, replacement=" ") if setting is Setting.PLACE else bare
    )
    words = pc.split_pattern_regex(streetless, pattern=_NO_WORD)
    coded, parents = pc.list_flatten(words).dictionary_encode(), pc.list_parent_indices(words)
    telling = pa.array([_tells(word) for word in coded.dictionary.to_pylist()], pa.bool_())
    if not len(telling):
        return cast("Cells", odd)
    told = parents.filter(telling.take(coded.indices)).cast(pa.int64()).unique()
    return cast("Cells", pc.or_(odd, pc.is_in(pa.array(range(len(values)), pa.int64()), value_set=told)))


_HOMELY = own_words("homes") | own_words("perhaps_homes")
_HARD_CUES = (
    "c/o",
    "h/a",
    "h/o",
    "a/k/a",
    "informant",
    "inft",
    "alias",
    "known",
    "nick ?name[ds]?",
    "rep",
    "ring",
    "nok",
    "oic",
    "named",
    "surname",
    "forename",
    "aka",
    "fao",
    "attn",
    "co-?d",
)
_ANNOUNCES = rf"\b(?:{'|'.join([*_HARD_CUES, *sorted(TITLES | own_words('soft_titles'))])})\b"


@cache
def _towns() -> str:
    """Make one pattern of the places of several words in which a word reads like a person's ('Melton Mowbray')."""
    towns = [town for town in lexicon().places if " " in town and any(_tells(word) for word in town.split())]
    return rf"\b(?:{'|'.join(sorted(towns, key=len, reverse=True))})\b"


def _tells(word: str) -> bool:
    """Say whether a word alone calls for reading its text: a name, a title, or one that no list knows."""
    if not word or word == "'":
        return False
    sort = sort_of(word)
    named = bool(sort & (STRONG | WordSense.FOREIGN)) or word in lexicon().also["maybe_given"]
    return named or not sort or word in _HOMELY
