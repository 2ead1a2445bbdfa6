"""Tell by its heading what a column holds: the same words, a misspelling, or known words among others."""

import re
from dataclasses import dataclass
from functools import cache

from portal.returns.matching.heading_text import NOISE, key, likeness, phrases_of, words
from portal.returns.matching.schema import Target, never_kept, targets_of
from portal.returns.matching.synonyms import synonyms
from portal.rules.datasets.catalogue import data_sets
from portal.rules.edition.editions import editions

WEAK = 0.66  # a heading that says it only where nothing better stands in the file
_MISSPELT = 0.93
_NUMBERED = 0.95
_WHERE = ("where ", "whereabouts")
_HAPPENED = frozenset(
    [
        "is",
        "was",
        "did",
        "it",
        "happen",
        "happened",
        "happening",
        "happens",
        "occur",
        "occurred",
        "occurring",
        "incident",
        "took",
        "take",
        "committed",
    ]
)
_NUMBERS = frozenset({"code", "number", "reference", "id", "name", "identifier", "key", "desc", "description"})
_ALIKE = 0.75  # one slip in four letters
_AMONG_NEUTRAL = 0.88
_AMONG_OTHERS = 0.5
_SPANNED = frozenset({"date", "time"})
_ENDS = frozenset({"to", "until", "latest", "last"})
_BEGINS = frozenset({"from", "start", "and"})
_COUNTED = frozenset(
    {"period", "need", "needs", "identified", "linked", "offending", "behaviour", "people", "injury", "casualty"}
    | {"place", "places", "programme", "panel"}
)
SHARES = frozenset({"percent", "percentage", "rate", "rates", "proportion", "average", "mean", "median", "change"})
_BARE_COUNTS = frozenset({"count", "counts", "number", "numbers", "total", "totals"})
_SHORT_NUMBER = 2  # figures: an age, a quarter; a year has four
_SENTENCE = 60  # letters; a cell with more is no heading
_OR = re.compile(r"(?i)/|\bor\b")
_OF_WORDS = frozenset({"location", "area", "category", "school"})  # 'Recorded Date/Time' is one thing, and not the time
_SHORTEST_OF_TWO = 4  # letters: 'P/Code' and 'dd/mm/yyyy' offer nothing
_LATE = 0.5  # 'date reported' where 'date' was meant


@dataclass(frozen=True)
class Dropped:
    """A heading of a column that is never kept: what such a column holds, and how surely."""

    what: str
    score: float


@cache
def name_score(heading: str, target: Target) -> float:
    """Return how surely a heading names a target, 0 to 1."""
    wanted = key(heading)
    if not wanted:
        return 0.0
    if target.treatment in _SPANNED and _ENDS & set(words(heading)) and not _BEGINS & set(words(heading)):
        return WEAK if wanted in target.sure | target.weak else 0.0  # 'Committed To Date': when it ended
    is_count = target.treatment == "count"
    if not is_count and wanted in _BARE_COUNTS and wanted not in target.sure | target.weak:
        return 0.0  # 'Count' is no misspelt 'County'
    if is_count and ("%" in heading or SHARES & set(words(heading))):
        return 0.0  # 'Drugs %' counts nobody
    exact = _exact(wanted, target)
    return exact or max(
        _near(wanted, target.sure, 1.0, is_count=is_count),
        _near(wanted, target.weak, WEAK, is_count=is_count),
        max((_of_two(one, target) for one in _either(heading)), default=0.0) if target.treatment in _OF_WORDS else 0.0,
    )


def _either(heading: str) -> list[str]:
    """Give what a heading offers to say: 'Property / Location of ASB'; nothing of 'Complainant / Address', which is somebody's."""
    found = [one for one in _OR.split(heading) if one.strip()]
    told = len(found) > 1 and min(map(len, map(key, found))) >= _SHORTEST_OF_TWO
    return [] if not told or any(dropped_score(one).score >= _AMONG_NEUTRAL for one in found) else found


def _of_two(heading: str, target: Target) -> float:
    """Return how surely one of them says it, where it does so by itself."""
    score = name_score(heading, target)
    return score * _NUMBERED if score > WEAK else 0.0


def _exact(wanted: str, target: Target) -> float:
    if wanted in target.sure:
        return 1.0
    if target.treatment == "area" and _head(wanted, target):
        return _NUMBERED
    if target.treatment == "area" and (_numbered(wanted) in target.sure or set(wanted.split()) <= target.sure):
        return _NUMBERED
    if target.treatment == "location" and wanted.startswith(_WHERE) and _HAPPENED & set(wanted.split()):
        return _NUMBERED
    return WEAK if wanted in target.weak else 0.0


def _head(wanted: str, target: Target) -> bool:
    """Tell whether a heading begins with an area and goes on to say of what: 'LSOA of collision location'."""
    first, *rest = wanted.split()
    return first in target.sure and bool(rest) and rest[-1] == "location"


def _numbered(wanted: str) -> str:
    """Return what a heading numbers or names: 'Beat Ref' and 'Ward No' are areas, as 'Beat' and 'Ward' are."""
    parts = wanted.split()
    return " ".join(parts[:-1]) if len(parts) > 1 and parts[-1] in _NUMBERS else ""


def _near(wanted: str, known: frozenset[str], weight: float, *, is_count: bool) -> float:
    _phrase, like = phrases_of(known).nearest(wanted)
    best = weight * like * _MISSPELT if like >= _ALIKE else 0.0
    parts = wanted.split()
    for phrase in known:
        best = max(best, weight * _within(parts, phrase.split(), is_count=is_count))
    return best


def _within(parts: list[str], phrase: list[str], *, is_count: bool) -> float:
    """Return how well a heading holds a known phrase among other words."""
    left = list(parts)
    for word in phrase:
        match = next((each for each in left if each == word or (len(word) > 4 and likeness(each, word) >= 0.8)), None)  # noqa: PLR2004 - one slip in five letters
        if match is None:
            return 0.0
        left.remove(match)
    known = synonyms()
    if is_count and any(word.isdigit() and len(word) <= _SHORT_NUMBER for word in left):
        return 0.0  # 'Male 10-13' is not the number of all males
    if not is_count and any(word in known.person for word in left):
        return 0.0  # somebody's own: a victim's postcode is not the place's
    if any(word in known.late for word in left):
        return _LATE
    plain = known.neutral | known.person | _COUNTED if is_count else known.neutral
    others = [word for word in left if word not in plain and not word.isdigit()]
    return _beside(phrase, parts, others)


def _beside(phrase: list[str], parts: list[str], others: list[str]) -> float:
    """Return how much a known phrase says beside words that are not known."""
    if not others:
        return _AMONG_NEUTRAL
    if phrase == ["location"] and parts[-1] == "location" and len(others) == 1:
        return WEAK - 0.01  # 'Scene location', 'Drop-off location'
    return _AMONG_OTHERS * len(phrase) / (len(phrase) + len(others) - 1)


@cache
def dropped_score(heading: str) -> Dropped:
    """Return what a column under this heading holds that is never kept, and how surely."""
    wanted = key(heading)
    known = never_kept()
    if wanted in known:
        return Dropped(known[wanted], 1.0)
    best = Dropped("", 0.0)
    phrase, like = phrases_of(frozenset(known)).nearest(wanted)
    if like > _ALIKE:
        best = Dropped(known[phrase], like * _MISSPELT)
    people = synonyms().person
    if best.score < _AMONG_NEUTRAL and any(word in people for word in words(heading)):
        best = Dropped("about a person", _AMONG_NEUTRAL)
    last = wanted.split()[-1] if wanted else ""
    if best.score < _AMONG_NEUTRAL and last in {
        "number",
        "id",
        "reference",
        "name",
        "notes",
        "comments",
        "remarks",
        "urn",
    }:
        best = Dropped(known.get(last, "a number or a name"), _AMONG_NEUTRAL - 0.08)
    return best


def is_known_heading(cell: str) -> bool:
    """Tell whether a cell is word for word a heading of some return."""
    wanted = key(cell)
    if not wanted or len(cell) > _SENTENCE or wanted.isdigit():
        return False
    return wanted in _all_sure() or wanted in never_kept()


@cache
def heading_score(cell: str) -> float:
    """Return how surely a cell is a heading of some return, 0 to 1: for finding the row of headings."""
    if is_known_heading(cell):
        return 1.0
    wanted = key(cell)
    if not wanted or len(cell) > _SENTENCE or wanted.isdigit():
        return 0.0
    is_words = any(char.isalpha() for char in wanted)  # figures are never misspelt, and a long file has thousands
    if is_words and phrases_of(_all_sure()).nearest(wanted)[1] > _ALIKE:
        return 0.8
    last = wanted.split()[-1]
    return 0.5 if last in _all_sure() or last in never_kept() else 0.0


@cache
def _all_sure() -> frozenset[str]:
    found: set[str] = set()
    for entry in data_sets():
        for edition in editions():
            for target in targets_of(entry.id, edition.id):
                found |= target.sure
    return frozenset(found)


def names_other_than_count(heading: str) -> bool:
    """Tell whether a heading is known as that of something other than a count."""
    known = _all_but_counts()
    return key(heading) in never_kept() or any(word in known for word in (key(heading), *key(heading).split()))


@cache
def _all_but_counts() -> frozenset[str]:
    found: set[str] = set()
    for entry in data_sets():
        for target in targets_of(entry.id, editions()[-1].id):
            if target.treatment != "count":
                found |= target.sure
    return frozenset(found)


@cache
def heading_words() -> frozenset[str]:
    """Return every word that stands in a known heading, or joins two."""
    known = synonyms()
    phrases = [*_all_sure(), *never_kept(), *(phrase for weak in known.weak.values() for phrase in weak)]
    return frozenset(word for phrase in phrases for word in phrase.split()) | known.neutral | known.late | NOISE
