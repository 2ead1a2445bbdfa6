"""The grammar of areas: a ward, beat, station, district or settlement by list, the form of a code, or what many records share."""

import re
from functools import cache

from portal.privacy.grammar.gazetteer import Likeness, settlements, spelt, wards, wards_by_district
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.patterns import RolePattern
from portal.privacy.grammar.place import Admitted
from portal.privacy.grammar.roles import WordRole, parts_of
from portal.privacy.grammar.tokens import tokens_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns.validators import parts_of_postcode

_CODE = re.compile(
    r"(?i)^(?:[enswkj]\d{8}|[a-z]{1,3}[ \-/]?\d{1,4}[a-z]?|\d{1,4}[a-z]?|(?-i:[A-Z]{1,2})|(?-i:[A-Z]{1,2}[/\-][A-Z]{1,2})|[a-z]{1,3}[/\-][a-z]{1,3}\d{1,3})$"
)
# Five figures or more with nothing but marks between them are a telephone, a birth date or somebody's number. Codes of the
# Office for National Statistics apart, no area is written so.
_LONG_NUMBER = re.compile(r"(?i)(\b[enswkj]\d{8}\b)|\d(?:[^\w&]*\d){4,}")
_OUTPUT_AREA = re.compile(r"(?i)^(.+?) \d{3}[a-z]?$")
_MARKS = re.compile(r"\s*[,;/|()]\s*|\s+-\s+")
_WORDS = [
    "ward",
    "beat",
    "station",
    "area",
    "district",
    "borough",
    "city",
    "county",
    "town",
    "village",
    "parish",
    "neighbourhood",
    "sector",
    "division",
    "zone",
    "locality",
    "police",
    "local",
    "urban",
    "rural",
    "community",
    "safety",
    "fire",
    "ground",
    "lpu",
    "npa",
    "snt",
    "nhp",
    "team",
    "the",
    "of",
    "and",
]
_ABOUT = frozenset(_WORDS)
_LANDMARKS = frozenset(
    [
        "abbey",
        "castle",
        "forest",
        "bridge",
        "spinney",
        "fosse",
        "park",
        "church",
        "hill",
        "valley",
        "meadows",
        "market",
        "cathedral",
        "priory",
        "riverside",
        "lakeside",
    ]
)
_AND = re.compile(r" (?:and|&) ")
_SHAPE = RolePattern("A?[GDQkLlIpP]{1,6}")
_LETTERS = re.compile(r"^[A-Za-z][A-Za-z'\-]*(?:[ &,]+[A-Za-z][A-Za-z'\-]*){0,6}$")
_JOINED = re.compile(r"^[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:and|&) [A-Z][a-z]+(?: [A-Z][a-z]+)?$")
_CALLED = WordRole.GIVEN | WordRole.SURNAME | WordRole.PERSON | WordRole.HOME
SHARED = 5  # records of a file that show a value to be an area's and no person's, where no list is loaded


def area(text: str, lists: LocalLists = NONE, shared: frozenset[str] = frozenset()) -> Admitted:
    """Give what stays of a folded text as an area.

    Args:
        text: one cell; several areas may stand in it, with marks between them.
        lists: the partnership's; where they hold areas, nothing is an area by being shared.
        shared: values that at least five records of the file share, in a column headed as an area.
    """
    plain = fold(text).strip().lstrip("=+@- ")  # a spreadsheet would run what begins so
    if not plain:
        return Admitted("")
    parts = parts_of_postcode(plain)
    if parts is not None and any(map(str.isdigit, plain)):
        return Admitted(parts[0], frozenset({IdentifierKind.POSTCODE}))
    cut = _LONG_NUMBER.sub(lambda found: found[1] or ",", plain)
    if cut == plain and is_area(plain, lists, shared):
        return Admitted(plain)
    named = [part for each in _MARKS.split(cut) if (part := each.strip(" -"))]
    are = [is_area(part, lists, shared) for part in named]
    if cut == plain and named and all(are):
        return Admitted(plain)
    # 'Oadby, Tom' is a person turned round: beside a single word that goes stays no single word but 'Castle' and its like.
    lone = any(" " not in part for part, stays in zip(named, are, strict=True) if not stays)
    kept = [
        part
        for part, stays in zip(named, are, strict=True)
        if stays and (not lone or " " in part or part.lower() in _LANDMARKS)
    ]
    return Admitted(", ".join(kept), frozenset({IdentifierKind.UNLISTED}))


@cache
def _written() -> frozenset[str]:
    """Give the wards as they are written: some Welsh ones have accents."""
    return frozenset(ward.casefold() for every in wards_by_district().values() for ward in every)


def is_area(text: str, lists: LocalLists = NONE, shared: frozenset[str] = frozenset()) -> bool:
    """Say whether a whole text is an area."""
    if _CODE.match(text):
        return True
    name = spelt(text)
    if not name:
        return False
    if (not lists.has_areas and text in shared) or _is_listed(text, name, lists):
        return True
    parts = _AND.split(text)
    if len(parts) > 1 and all(_is_listed(part, spelt(part), lists) for part in parts):
        return True  # 'Park End and Beckfield'
    within = _OUTPUT_AREA.match(text)
    if within and is_area(within.group(1), lists):
        return True
    return not _is_foreign(text) and not _MARKS.search(text) and _is_made_of_areas(text, name, lists)


def _is_listed(text: str, name: str, lists: LocalLists) -> bool:
    if name in lists.areas:
        return True
    listed = name in wards() or settlements().get(name, Likeness.PERSON) is not Likeness.PERSON
    return listed and not _is_foreign(text)


def _is_foreign(text: str) -> bool:
    """Say whether a text has accents that no ward is written with: 'Nélson' is somebody, 'Nelson' a ward."""
    return not text.isascii() and text.casefold() not in _written()


def _is_made_of_areas(text: str, name: str, lists: LocalLists) -> bool:
    """Say whether a text is known areas and words about them: 'Castle ward', 'Thornby East', 'Melton and Rutland'."""
    about = [word for word in name.split() if word not in _ABOUT]
    if not about:
        return name not in {"the", "of", "and"}
    known = [token for token in tokens_of(text, lists) if token.low not in _ABOUT]
    if _JOINED.match(text) and all(token.parts & WordRole.KNOWN and not token.parts & _CALLED for token in known):
        return True  # 'Delapre and Rushmere': words of wards, by which nobody is called
    if len(known) == 2 and known[0].parts & WordRole.GIVEN and known[1].parts & WordRole.PLACE:  # noqa: PLR2004
        return False  # 'Devon Whitby'
    return bool(known) and all(_is_known(token.parts, token.low, lists) for token in known)


def _is_known(parts: int, low: str, lists: LocalLists) -> bool:
    if (
        parts & (WordRole.PLACE | WordRole.DIRECTION | WordRole.CODE | WordRole.BEAT | WordRole.AND)
        and not parts & WordRole.PERSON
    ):
        return not parts & WordRole.GIVEN or low in lists.areas or low in wards()
    return low in _LANDMARKS or low in wards() or bool(parts & (WordRole.DIRECTION | WordRole.NUMBER))


def may_be_shared(text: str) -> bool:
    """Say whether a value that many records share has the form of an area's name at all."""
    if not _LETTERS.match(text):
        return False
    parts = [parts_of(word.lower()) for word in re.findall(r"[A-Za-z']+", text)]
    named = [part for part in parts if part & (WordRole.GIVEN | WordRole.SURNAME)]
    full_name = len(parts) > 1 and len(named) == len(parts) and bool(parts[0] & WordRole.GIVEN)
    return not full_name and not any(part & (WordRole.PERSON | WordRole.HOME) for part in parts)
