"""Tell by its values what a column may hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyarrow as pa

from portal.privacy.grammar.category import wording
from portal.privacy.identifiers.folding import fold
from portal.returns.matching import value_shapes
from portal.returns.matching.category_aliases import codes_of_wordings
from portal.returns.matching.schema import Target
from portal.returns.pipeline.related_datasets import icd_code, is_icd
from portal.spreadsheets.arrow_columns import Cells, pc, values

# What says yes or no of a person in a column of its own, as keys.
YES = frozenset(["y", "yes", "1", "true", "t", "x", "\u2713", "\u2714", "identified", "linked", "need", "need identified", "need linked", "linked to offending", "yes linked", "present", "has need", "significant", "positive", "ticked", "checked"])  # fmt: skip
NO = frozenset(["", "n", "no", "0", "false", "f", "-", "none", "nil", "not identified", "not linked", "unlinked", "no need", "no need identified", "not present", "not linked to offending", "no linked", "absent", "insignificant", "negative", "unticked", "unchecked"])  # fmt: skip
UNKNOWN = frozenset(["unknown", "not known", "n k", "nk", "not assessed", "not recorded", "not stated", "not yet known", "tbc", "?", "declined", "refused", "missing", "n a", "not applicable", "pending", "awaiting assessment"])  # fmt: skip
FLAGS = YES | NO | UNKNOWN


def is_flag(value: str) -> bool:
    """Tell whether a value says yes, no, or that it is not known."""
    return _plain(value) in FLAGS


def says_no(value: str) -> bool:
    """Tell whether a value says no, nothing, or that it is not known: none of these is counted."""
    return _plain(value) in NO | UNKNOWN


def says_unknown(value: str) -> bool:
    """Tell whether a value says that it is not known."""
    return _plain(value) in UNKNOWN


def _plain(value: str) -> str:
    return " ".join(_GAPS.sub(" ", fold(value).lower()).split())


_GAPS = re.compile(r"[ \-/:.,]+(?=\S)")
_SAMPLE_ROWS = 20_000
_SAMPLE_VALUES = 300
_TOTAL = re.compile(r"(?i)(?:grand |overall |sub[ -]?)?totals?:?")  # which a short list of categories ends in
_SENTENCE_WORDS = 7  # a category says it in fewer
_FEW = 4  # values: too few to tell a column of sentences from an office's own words
_REFERENCE = 5  # figures of a number that a record has for itself
_SEVERAL = 3  # words; fewer are an office's own word for a category more often than a sentence
_LISTED_VALUES = 60  # distinct values that are looked up in a list
_SHORT = 12  # letters that a postcode stays under
_LONG = 45  # letters; longer values on the average are remarks
IMPOSSIBLE = -1.0  # numbers where words are asked for
_MOSTLY = 0.8
_LSOA = re.compile(r"[EWSN]\d{8}(?: .*)?|[A-Z][a-z .'&-]+ \d{3}[A-Z]")
_CODE = re.compile(r"(?=[^ ]*\d)[A-Za-z0-9./\-]{1,14}")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}.*")
_ETHNIC_CODE = re.compile(r"[WMABON]\d?|NS", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(?:school|academy|college|primary|infant|junior|high|nursery|pru|c ?of ?e|r\.?c\.?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Sample:
    """Some of a column's distinct values, and how many there are of all."""

    values: tuple[str, ...]
    filled: int
    distinct: int

    @cached_property
    def dates(self) -> float:
        """Tell the share of dates."""
        return value_shapes.share(value_shapes.DATE, self.values) + value_shapes.share(value_shapes.SERIAL, self.values)

    @cached_property
    def times(self) -> float:
        """Tell the share of times."""
        return value_shapes.share(value_shapes.TIME, self.values)

    @cached_property
    def whole(self) -> float:
        """Tell the share of whole numbers."""
        return value_shapes.share(value_shapes.WHOLE, self.values)

    @cached_property
    def postcodes(self) -> float:
        """Tell the share of postcodes, whole or cut."""
        tight = [re.sub(r"\s", "", value) for value in self.values]
        return value_shapes.share(value_shapes.POSTCODE, tight) + value_shapes.share(value_shapes.OUTWARD, tight)

    @cached_property
    def length(self) -> float:
        """Tell the average length."""
        return sum(map(len, self.values)) / max(len(self.values), 1)

    @cached_property
    def coded(self) -> float:
        """Tell the share of codes: letters, figures and marks without a word ('04D02A', '105/11')."""
        return value_shapes.share(_CODE, self.values)

    @cached_property
    def is_numbered(self) -> bool:
        """Tell whether each record has a number of its own: '26/04127/NOISE' is a reference, whatever word it holds."""
        long = all(sum(map(str.isdigit, value)) >= _REFERENCE for value in self.values)
        return self.distinct == self.filled > _FEW and long

    @cached_property
    def is_narrative(self) -> bool:
        """Tell whether the values are sentences, nearly each another: what somebody wrote of each case."""
        spoken = sum(len(value.split()) > _SENTENCE_WORDS for value in self.values)
        return spoken > len(self.values) / 2 and self.distinct > self.filled / 2


def sample_of(column: Cells) -> Sample:
    """Return a sample of a column of stripped text."""
    part = column.slice(0, _SAMPLE_ROWS)
    filled = part.filter(pc.not_equal(part, ""))
    distinct = filled.unique()
    step = max(1, len(distinct) // _SAMPLE_VALUES)
    some = distinct.take(pa.array(range(0, len(distinct), step)[:_SAMPLE_VALUES], pa.int64()))
    return Sample(tuple(fold(value).strip() for value in values(some)), len(filled), len(distinct))


def fit(sample: Sample, target: Target) -> float | None:
    """Return how well values fit a target, 0 to 1; None where the column is empty."""
    if not sample.values:
        return None
    return _FITS.get(target.treatment, _any)(sample, target)


def _period(sample: Sample, _target: Target) -> float:
    """Tell periods from numbers: 'This quarter' may head either."""
    numbers = [value for value in sample.values if value_shapes.WHOLE.fullmatch(value)]
    return 0.0 if any(value not in _QUARTERS and not _YEAR.fullmatch(value) for value in numbers) else 0.8


_QUARTERS = frozenset("1234")
_YEAR = re.compile(r"20\d{2}(?:0[1-9]|1[0-2])?")


def _any(_sample: Sample, _target: Target) -> float:
    return 0.8


def _date(sample: Sample, _target: Target) -> float:
    loose = sum(
        value_shapes.LOOSE_DATE.fullmatch(value) is not None and value_shapes.DATE.fullmatch(value) is None
        for value in sample.values
    )
    return min(1.0, sample.dates + loose / len(sample.values))


def _time(sample: Sample, _target: Target) -> float:
    with_time = sum(":" in value or len(value) > _SHORT for value in sample.values) / len(sample.values)
    return min(1.0, sample.times + min(sample.dates, with_time))


def _postcode(sample: Sample, _target: Target) -> float:
    return min(1.0, sample.postcodes + 0.2 * (sample.length < _SHORT))


def _words(sample: Sample) -> float:
    other = max(sample.dates, sample.times, sample.whole, min(1.0, sample.postcodes))
    return 1.0 - other


def _flagged(sample: Sample) -> bool:
    return all(is_flag(value) for value in sample.values)


def _place(sample: Sample, _target: Target) -> float:
    if _flagged(sample):
        return 0.0  # 'School? Y'
    return min(1.0, 0.85 * _words(sample) + 0.3 * value_shapes.containing(value_shapes.STREET, sample.values))


def _area(sample: Sample, _target: Target) -> float:
    coded = value_shapes.share(_LSOA, sample.values)
    clock = value_shapes.share(_CLOCK, sample.values)  # '101' is a beat, '10:01' is not
    return max(coded, 0.9 * (1 - max(min(1.0, sample.dates), clock)) * (1.0 if sample.length < _LONG else 0.5))


def _school(sample: Sample, _target: Target) -> float:
    if _flagged(sample):
        return 0.0
    return min(1.0, 0.8 * _words(sample) + 0.3 * value_shapes.containing(_SCHOOL, sample.values))


def coded_share(sample: Sample, target: Target) -> float:
    """Return the share of values that are of the target's list: its codes, its labels, and the agencies' words for them."""
    known = [value for value in sample.values if not _TOTAL.fullmatch(value)]
    if not target.codes or not known or sample.is_numbered:
        return 0.0
    step = max(1, len(known) // _LISTED_VALUES)
    return _listed_share(tuple(known[::step][:_LISTED_VALUES]), target)


def is_worded(sample: Sample, target: Target) -> bool:
    """Tell whether a column of some variety holds mostly wordings that the grammar of categories knows whole, coded or not."""
    some = sample.values[:_LISTED_VALUES]
    if sample.distinct <= _FEW or sample.whole > 0 or sample.is_narrative:
        return False
    phrases = frozenset(target.codes.values())
    return sum(wording(value, phrases).text == value for value in some) > len(some) / 2


def _is_unlike(sample: Sample, target: Target) -> bool:
    """Tell whether most values, nearly each another, are of several words and neither a category by their grammar nor told a code."""
    if sample.distinct <= max(_FEW, sample.filled / 2):
        return False
    long = [value for value in sample.values[:_LISTED_VALUES] if len(value.split()) >= _SEVERAL]
    codes = codes_of_wordings(long, target.list_id, target.codes)
    kept = [wording(value, frozenset(target.codes.values())).text for value in long]
    unlike = sum(not text and code is None for text, code in zip(kept, codes, strict=True))
    return unlike > len(sample.values[:_LISTED_VALUES]) / 2


@lru_cache(maxsize=256)
def _listed_share(some: tuple[str, ...], target: Target) -> float:
    if is_icd(target.codes):
        return sum(bool(icd_code(value, target.codes)) for value in some) / len(some)
    return sum(code is not None for code in codes_of_wordings(list(some), target.list_id, target.codes)) / len(some)


def _category(sample: Sample, target: Target) -> float:
    if not target.codes:
        return 0.9 if sample.coded > _MOSTLY else 0.5 * (1 - min(1.0, sample.dates))
    coded = coded_share(sample, target)
    if not coded and sample.whole > _MOSTLY:
        return IMPOSSIBLE
    if sample.is_narrative or _is_unlike(sample, target):
        return 0.0
    other = max(sample.dates, sample.times, min(1.0, sample.postcodes) * 0.5)
    loose = (1.0 if sample.length < _LONG else 0.5) * (1 - other) * (0.3 if sample.coded > _MOSTLY else 1.0)
    return max(coded, 0.75 * loose + 0.25 * coded)


def _age(sample: Sample, _target: Target) -> float:
    return max(
        value_shapes.share(value_shapes.AGE, sample.values), 0.95 * value_shapes.share(value_shapes.BAND, sample.values)
    )


def _sex(sample: Sample, _target: Target) -> float:
    return value_shapes.share(value_shapes.SEX, sample.values)


def _ethnicity(sample: Sample, target: Target) -> float:
    coded = max(coded_share(sample, target), value_shapes.share(_ETHNIC_CODE, sample.values))
    return max(coded, 0.8 * _words(sample) * (1.0 if sample.length < _LONG else 0.5))


def _count(sample: Sample, target: Target) -> float:
    return max(sample.whole, 0.8 if "." in target.name and _flagged(sample) else 0.0)


def _point(sample: Sample, _target: Target) -> float:
    return max(
        value_shapes.share(each, sample.values)
        for each in (value_shapes.METRES, value_shapes.DEGREES, value_shapes.GRID)
    )


_FITS = {
    "date": _date,
    "time": _time,
    "outward_postcode": _postcode,
    "location": _place,
    "area": _area,
    "school": _school,
    "category": _category,
    "age_years": _age,
    "age_band": _age,
    "sex": _sex,
    "ethnicity_group": _ethnicity,
    "count": _count,
    "map_point": _point,
    "keep": _period,
}


def is_births(values: Sequence[str], latest: int) -> bool:
    """Tell whether dates are birth dates: most lie before `latest`, spread over many years."""
    dates = [value for value in values if value_shapes.DATE.fullmatch(value) or value_shapes.SERIAL.fullmatch(value)]
    if len(dates) < max(1, 0.5 * len(values)):
        return False
    years = {found.group() for value in dates if (found := re.search(r"(?:19|20)\d{2}", value))}
    serials = {int(float(value) // 365.25) for value in dates if value_shapes.SERIAL.fullmatch(value)}
    return value_shapes.birth_years(dates, latest) > 0.6 and len(years) + len(serials) > min(3, len(dates) - 1)  # noqa: PLR2004 - births spread over years, a late return does not
