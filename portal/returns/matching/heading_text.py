"""Compare headings as people write them: case, spaces, punctuation, joined words and small misspellings aside."""

import re
from collections.abc import Iterable
from functools import lru_cache

from portal.privacy.identifiers.folding import fold

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHORTEST = 4  # letters; shorter words differ by chance
_LONG = 8  # letters; a longer word may hold two slips
_LONGEST = 60  # letters of a heading that are compared
_ACRONYM = re.compile(r"\b[A-Z]{2,}s\b")  # PPOs
# The codes and names of areas in the lists of the Office for National Statistics: 'WD22CD', 'LSOA21NM'.
_STATISTICAL = re.compile(r"(oa|lsoa|msoa|wd|lad|ltla|utla|cty|ced|csp|pfa|rgn|par|parncp)\d{2}(cd|nm)")
_AREAS = {
    "oa": "output area", "wd": "ward", "lad": "district", "ltla": "district", "utla": "council area", "cty": "county",
    "ced": "county division", "pfa": "police area", "rgn": "region", "par": "parish", "parncp": "parish",
}  # fmt: skip
_OF_AREAS = {"cd": "code", "nm": "name"}
_NUMBERED = re.compile(r"([a-z]{3,})(\d{1,2})")  # 'date1', 'reason2'
_WITH_NUMBERS = frozenset(
    {"icd10", "lsoa01", "lsoa11", "lsoa21", "msoa01", "msoa11", "msoa21", "fdr1", "stats19", "x1", "y1"}
)
# All children, or all adults: 'Children (0-15)' is no band of age.
_OF_ALL_AGES = re.compile(
    r"\b(child(?:ren)?|adults?) ?\( ?(?:aged? )?(?:0 ?(?:-|to) ?1[5-7]|(?:under |<)1[5-8]|1[68](?:\+| ?(?:and|or) over)|over 1[5-7]) ?\)",
    re.IGNORECASE,
)
_SUM_OF = re.compile(r"sum of (?=[a-z])", re.IGNORECASE)  # as a pivot table heads what it adds
_NOT_WORD = re.compile(r"[^a-z0-9]+")
NOISE = frozenset(
    {
        "the",
        "of",
        "a",
        "an",
        "for",
        "to",
        "in",
        "at",
        "on",
        "and",
        "or",
        "please",
        "enter",
        "field",
        "value",
        "col",
        "column",
    }
)
_SAME = {
    "num": "number", "no": "number", "nos": "number", "nr": "number", "cat": "category", "catagory": "category",
    "desc": "description", "ref": "reference", "addr": "address", "loc": "location", "pcode": "postcode", "pc": "postcode",
    "dt": "date", "tm": "time", "qtr": "quarter", "yrs": "years", "yr": "year", "sch": "school", "excl": "exclusion",
    "eth": "ethnicity", "ethnic": "ethnicity", "gend": "gender", "incidents": "incident", "crimes": "crime",
    "offences": "offence", "reasons": "reason", "types": "type", "codes": "code", "kinds": "kind", "ages": "age",
    "1st": "first", "2nd": "second", "3rd": "third", "stn": "station", "accom": "accommodation", "emp": "employment", "inj": "injury",
    "dist": "district", "nbhd": "neighbourhood", "rec": "received", "recd": "received", "occ": "occurred", "cas": "casualty",
    "jct": "junction", "jcn": "junction", "casualties": "casualty", "fatalities": "fatality", "injuries": "injury", "offenders": "offender", "clients": "client",
}  # fmt: skip


@lru_cache(maxsize=8192)
def words(heading: str) -> tuple[str, ...]:
    """Return a heading's words in lower case, joined words parted and short forms written out."""
    plain = _ACRONYM.sub(lambda found: found.group().lower(), fold(heading))
    parted = _CAMEL.sub(" ", _OF_ALL_AGES.sub(r"\1", _SUM_OF.sub("", plain)))
    found = [part for each in _NOT_WORD.split(parted.lower().replace("'", "")) if each for part in _parted(each)]
    return tuple(_SAME.get(each, each) for each in _joined(found))


def _parted(word: str) -> list[str]:
    """Part a word that programs write as one: 'WD22CD' is a ward's code, 'date1' the first date."""
    if match := _STATISTICAL.fullmatch(word):
        return [*_AREAS.get(match[1], match[1]).split(), _OF_AREAS[match[2]]]
    if (match := _NUMBERED.fullmatch(word)) and word not in _WITH_NUMBERS:
        return [match[1], match[2]]
    return [word]


def _joined(found: list[str]) -> list[str]:
    """Join what case or a stroke parted: 'PCode' and 'P/Code' are postcodes."""
    places = [place for place in range(len(found) - 1) if found[place : place + 2] == ["p", "code"]]
    for place in reversed(places):
        found[place : place + 2] = ["postcode"]
    return found


@lru_cache(maxsize=8192)
def key(heading: str) -> str:
    """Return the form under which two headings that say the same are equal."""
    found = words(heading)
    kept = [each for each in found if each not in NOISE]
    return " ".join(kept or found)


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """Tell how alike two keys are: 1.0 the same, 0.75 or more a misspelling, 0.0 nothing alike."""
    if left == right:
        return 1.0
    left, right = left.replace(" ", ""), right.replace(" ", "")
    if left == right:
        return 0.98
    longest = max(len(left), len(right))
    if longest < _SHORTEST or abs(len(left) - len(right)) > 2:  # noqa: PLR2004 - two slips at most
        return 0.0
    distance = _distance(left, right, 2)
    allowed = 1 if longest < _LONG else 2
    return 1.0 - distance / longest if distance <= allowed else 0.0


class Phrases:
    """Known headings as keys, indexed so that misspellings are found without looking at each."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases by what is left of each when a letter is taken out."""
        self.all = frozenset(phrases)
        self._without: dict[str, set[str]] = {}
        for phrase in self.all:
            for part in _with_a_letter_out(phrase.replace(" ", "")):
                self._without.setdefault(part, set()).add(phrase)

    def nearest(self, wanted: str) -> tuple[str, float]:
        """Return the phrase most like a key, and how alike they are; 0.0 where none is."""
        if wanted in self.all:
            return wanted, 1.0
        squeezed = wanted.replace(" ", "")
        found: set[str] = set()
        for part in _with_a_letter_out(squeezed[:_LONGEST]):
            found |= self._without.get(part, set())
        return max(
            ((phrase, likeness(wanted, phrase)) for phrase in sorted(found)),
            key=lambda each: each[1],
            default=("", 0.0),
        )


@lru_cache(maxsize=1024)
def phrases_of(known: frozenset[str]) -> Phrases:
    """Return the index of a set of phrases; made once a set."""
    return Phrases(known)


def _with_a_letter_out(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _distance(left: str, right: str, most: int) -> int:
    """Count the slips between two words (a letter more, less, other, or two swapped), up to `most` + 1."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        ahead = [i] + [0] * len(right)
        for j, other in enumerate(right, 1):
            ahead[j] = min(row[j] + 1, ahead[j - 1] + 1, row[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                ahead[j] = min(ahead[j], before[j - 2] + 1)
        if min(ahead) > most:
            return most + 1
        before, row = row, ahead
    return row[-1]
