"""Read what the headings and labels of a table of counts say: which count it is, of whom, and in which month."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.recoding import age_bands
from portal.privacy.recoding.codes import match_codes
from portal.returns.matching.column_names import SHARES
from portal.returns.matching.heading_text import NOISE, key, words
from portal.returns.matching.schema import bands_of, codes_of, targets_of
from portal.returns.matching.synonyms import synonyms
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import flat, texts

MEASURE, BY, GENDER, AGE, ETHNICITY, MONTH = "measure", "by", "gender", "age", "ethnicity", "month"
OUTSIDE = "outside"  # a month, or months, that are not the quarter's
WHOLE_QUARTER = "whole"
_ORDER = (BY, GENDER, AGE, ETHNICITY)
_FILLERS = (
    frozenset(
        [
            "number",
            "count",
            "age",
            "aged",
            "ages",
            "year",
            "years",
            "old",
            "with",
            "need",
            "needs",
            "people",
            "person",
            "young",
            "yp",
            "yps",
            "known",
            "nos",
            "identified",
            "by",
            "each",
            "this",
            "measure",
            "measures",
        ]
    )
    | NOISE
)
_TOTALS = frozenset(["total", "totals", "all", "overall", "both", "sum", "persons", "everyone", "grand", "combined"])
_VAGUE = {
    "other": "other", "others": "other", "unknown": "unknown", "not known": "unknown", "not stated": "unknown",
    "nk": "unknown", "not recorded": "unknown", "unspecified": "unknown", "missing": "unknown",
}  # fmt: skip
_VAGUELY = {
    GENDER: {"other": "O", "unknown": "U"},
    ETHNICITY: {"other": "ethnicity-O", "unknown": "ethnicity-N"},
    BY: {"other": "other"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?(?:[ \-/']{0,2}((?:20)?\d{2})\b)?",
    re.IGNORECASE,
)
_FIRST_DAY = re.compile(r"(?:0?1[/.\-](\d{1,2})[/.\-]((?:20)?\d{2})|(20\d{2})-(\d{2})(?:-01)?)(?:[ T]00:00(?::00)?)?")
_YEAR = re.compile(r"\b20\d{2}\b")
_AGES = re.compile(
    r"\b(?:(?:under|below|less than) ?\d{1,2}|\d{1,2} ?(?:\+|plus\b|and (?:over|above|older)\b|or (?:over|above|older)\b|(?:-|\u2013|to) ?\d{1,2}\b)|over ?\d{1,2}|\d{1,2})(?: ?(?:yrs?|years?)\b)?(?: ?olds?\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AxisValues:
    """What a heading or label of counts says: an axis -> its value. `total` where it says all of them."""

    axes: Mapping[str, str]
    total: bool = False
    vague: str = ""  # 'other', 'unknown': of which axis, its neighbours tell

    @property
    def kinds(self) -> frozenset[str]:
        """Return the axes that are named."""
        return frozenset(self.axes)


@dataclass(frozen=True)
class Axes:
    """The words of one counted data set."""

    entry: DataSet
    phrases: Mapping[tuple[str, ...], tuple[str, str]]
    ethnic: Mapping[str, str]
    bands: tuple[str, ...]

    def read(self, text: str, quarter: Quarter) -> AxisValues | None:
        """Return what a heading or label says; None where a word of it says something else."""
        plain = fold(text).strip()
        if "%" in plain or SHARES & set(words(plain)):
            return None
        found: dict[str, str] = {}
        plain, month = _month_of(plain, quarter)
        if month:
            found[MONTH] = month
        if self.bands:
            ages = _AGES.findall(plain)
            if len(ages) > 1:
                return None
            if ages:
                found[AGE] = self._band(ages[0])
                plain = plain.replace(ages[0], " ", 1)
        return self._worded(list(words(plain)), found)

    def _band(self, age: str) -> str:
        band = flat(age_bands(texts([age.strip()]), self.bands).column)[0].as_py()
        return str(band or " ".join(age.split()))

    def _worded(self, left: list[str], found: dict[str, str]) -> AxisValues | None:
        if self.ethnic and left and (code := self._ethnic(left)):
            return AxisValues({**found, ETHNICITY: code})
        total, vague = False, ""
        while left:
            size = next((n for n in range(len(left), 0, -1) if tuple(left[:n]) in self.phrases), 0)
            if size:
                axis, value = self.phrases[tuple(left[:size])]
                if found.setdefault(axis, value) != value:
                    return None
            elif left[0] in _TOTALS:
                total, size = True, 1
            elif word := next((" ".join(left[:n]) for n in (2, 1) if " ".join(left[:n]) in _VAGUE), ""):
                vague, size = _VAGUE[word], len(word.split())
            elif left[0] in _FILLERS:
                size = 1
            else:
                return None
            left = left[size:]
        return AxisValues(found, total, vague)

    def _ethnic(self, said: list[str]) -> str:
        """Return the code of an ethnic group that is all that the words say; "" where they are of something else."""
        if not set(said) <= own_words("groups") | {"number", "or", "and"} or not set(said) - {"number", "other"}:
            return ""
        for group, phrases in synonyms().values["ethnicity"].items():
            if key(" ".join(said)) in phrases:
                return f"ethnicity-{group}"
        plain = re.sub(r"^(asian|black) (?:or )?(?:asian|black) british ", r"\1 ", " ".join(said))
        code = match_codes([plain], self.ethnic)[0]
        return f"ethnicity-{code}" if code else ""


@cache
def axes_of(data_set_id: str, edition_id: str) -> Axes:
    """Return the words of a counted data set."""
    entry = data_set(data_set_id)
    phrases: dict[tuple[str, ...], tuple[str, str]] = {}
    kinds = {each.treatment for each in entry.fields}
    if "sex" in kinds:
        for code, many in synonyms().values["gender"].items():
            phrases |= {tuple(phrase.split()): (GENDER, code) for phrase in many}
    wide = entry.policy.wide
    for target in targets_of(data_set_id, edition_id):
        if target.treatment != "count":
            continue
        first, _, rest = target.name.partition(".")
        if target.listed or first not in _fields(entry):
            value = (MEASURE, target.name)
        elif wide is not None and first == wide.count and rest in _codes(entry, edition_id):
            value = (BY, rest)
        else:
            continue
        for phrase in target.sure:
            phrases.setdefault(tuple(phrase.split()), value)
    ethnic = next((each for each in entry.fields if each.treatment == "ethnicity_group"), None)
    return Axes(
        entry,
        {phrase: value for phrase, value in phrases.items() if phrase != ("other",)},
        codes_of(ethnic, edition_id) if ethnic is not None else {},
        bands_of(entry) if "age_band" in kinds else (),
    )


def _fields(entry: DataSet) -> set[str]:
    return {each.name for each in entry.fields}


def _codes(entry: DataSet, edition_id: str) -> set[str]:
    wide = entry.policy.wide
    if wide is None:
        return set()
    return {*codes_of(entry.field(wide.by), edition_id), *synonyms().values.get(wide.by, {})}


def _month_of(text: str, quarter: Quarter) -> tuple[str, str]:
    """Return a heading without its months and its year, and the month it says: of the quarter, outside it, or all of it."""
    if (found := _FIRST_DAY.fullmatch(text)) is not None:
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
        return "", _of_quarter([month], year, quarter)
    months = list(_MONTH.finditer(text))
    if not months:
        return text, ""
    years = [int(each[2]) for each in months if each[2]] or [int(each) for each in _YEAR.findall(text)]
    numbers = [_MONTHS.index(each[1].lower()) + 1 for each in months]
    rest = re.sub(r"(?i)\b(?:to|-)\b|[\u2013\-]", " ", _YEAR.sub(" ", _MONTH.sub(" ", text)))
    return rest, _of_quarter(numbers, years[-1] if years else quarter.year, quarter)


def _of_quarter(months: Sequence[int], year: int, quarter: Quarter) -> str:
    inside = year % 100 == quarter.year % 100
    first = quarter.start.month
    if inside and len(months) > 1:
        return WHOLE_QUARTER if (months[0], months[-1]) == (first, first + 2) else OUTSIDE
    return str(months[0]) if inside and first <= months[0] <= first + 2 else OUTSIDE


def read_all(axes: Axes, headings: Sequence[str], quarter: Quarter) -> list[AxisValues | None]:
    """Return what each heading says; a bare 'Other' or 'Not known' is of the axis that its neighbours name."""
    found = [axes.read(heading, quarter) if heading.strip() else None for heading in headings]
    known = [each for each in found if each is not None and not each.vague]
    return [_settled(each, known) if each is not None and each.vague else each for each in found]


def _settled(said: AxisValues, known: Sequence[AxisValues]) -> AxisValues | None:
    for axis, codes in _VAGUELY.items():
        if said.vague in codes and any(other.kinds - said.kinds == {axis} for other in known):
            return replace(said, axes={**said.axes, axis: codes[said.vague]}, vague="")
    return None


def name_of(said: AxisValues, measure: str, entry: DataSet) -> str:
    """Return the name of a column of such counts: `number_with_need.drugs.F`."""
    wide = entry.policy.wide
    if BY in said.axes and wide is not None:
        measure = wide.count
    return ".".join([said.axes.get(MEASURE, measure), *(said.axes[axis] for axis in _ORDER if axis in said.axes)])
