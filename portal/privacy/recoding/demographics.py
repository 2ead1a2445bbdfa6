"""Age, sex and ethnic group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import re2

from portal.privacy.columns import AnyColumn, as_strings, encoded, spread, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.recoding.codes import match_codes
from portal.privacy.recoding.dates import dates
from portal.privacy.recoding.treated import Answer, Treated, UntreatedRow, compare, each

_AGE = re2.compile(
    r"(?i)^(?:aged?[ :]*|yr ?)?(\d{1,3})(?:[.,]0+)?[ ]*(?:years?|yrs?|y/?o|y)?[ ,.\-]*(?:and )?(?:\d{1,2}(?:/12)?[ ]*(?:months?|mths?|mos?|m)?)?[ \-]*(?:old|of age)?\.?$"
)
_DECIMAL = re2.compile(r"^(\d{1,3})\.\d+$")
_MONTHS = re2.compile(r"(?i)^(\d{1,2})[ ]*(?:months?|mths?|weeks?|wks?|days?)(?: old)?$")
_BAND = re2.compile(
    r"(?i)^(?:aged? )?(?:under|over|<=?|>=?|up to|below|above|less than|more than)?[ ]*\d{1,3}(?:[ ]*(?:-|to|and|/)[ ]*(?:\d{1,3}|over|under|above))?[ ]*(?:\+|years?|yrs?|or over|and over|or under|plus)*$"
)
_SAYS_BAND = re2.compile(r"(?i)under|over|<|>|below|above|less|more|up to|plus|\+|\d[ ]*(?:-|to|/|and)[ ]*\d")
_KNOWN_BANDS = own_words("known_bands")
_BOUNDS = re2.compile(r"\d+")
_OLDEST = 120
_NOT_AN_AGE = "This is not an age in years that can be read."
_NOT_A_BAND = "This is not an age or an age band that can be read."
_NO_AGE = "No age can be worked out from this row."
_SEXES = {"Male": "male_words", "Female": "female_words", "Other": "other_words", "Not known": "not_known_words"}
_SEX_OF = {word: name for name, key in _SEXES.items() for word in own_words(key)}
_TRANS = re2.compile(
    r"(?i)^trans(?:gender)?[ \-]*(male|man|female|woman)$|^(male|female)[ /(\-]*(?:adult|child|youth|juvenile|person|pupil|young person)?\)?$"
)
_NOT_A_SEX = "This is not male, female, other or not known."


def _age(text: str) -> Answer:
    if _MONTHS.match(text):
        return "0", None
    match = _AGE.match(text) or _DECIMAL.match(text)
    if match and int(match.group(1)) <= _OLDEST:
        return str(int(match.group(1))), None
    return None, _NOT_AN_AGE


def ages(column: AnyColumn) -> Treated:
    """Read ages as whole years out of '14 yrs', '14.0' or '14y 7m'."""
    return each(column, _age)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def ages_from_births(births: AnyColumn, days: AnyColumn, quarter_start: date) -> Treated:
    """Work out whole years from birth dates on the day of the event, in memory; the birth date is not kept.

    `days` holds ISO days; a row without one counts on the quarter's first day.
    """
    born = dates(births, order="day-first").column.to_pylist()
    said = as_strings(births).to_pylist()
    kept: list[str | None] = []
    problems: list[UntreatedRow] = []
    for row, (birth, day) in enumerate(zip(born, as_strings(days).to_pylist(), strict=True)):
        years = _years(date.fromisoformat(birth), date.fromisoformat(day) if day else quarter_start) if birth else -1
        fits = 0 <= years <= _OLDEST
        kept.append(str(years) if fits else None)
        if not fits and (said[row] or "").strip():
            problems.append(UntreatedRow(row, _NO_AGE))
    column = pa.chunked_array([pa.array(kept, pa.string())])
    return Treated(
        column, changed=sum(age is not None for age in kept), emptied=len(problems), problems=tuple(problems)
    )


def _inside(age: int, band: str) -> bool:
    bounds = [int(found) for found in _BOUNDS.findall(band)]
    if "under" in band.lower():
        return age < bounds[0]
    return bounds[0] <= age and (len(bounds) == 1 or age <= bounds[1])


def _band(text: str, bands: Sequence[str]) -> Answer:
    age, _ = _age(text)
    if age is not None and not _SAYS_BAND.search(text):
        named = next((band for band in bands if _inside(int(age), band)), None)
        return (named, None) if named else (None, "This age lies outside the bands of this return.")
    if _BAND.match(text) or text.lower() in _KNOWN_BANDS:
        return text, None
    return None, _NOT_A_BAND


def age_bands(column: AnyColumn, bands: Sequence[str]) -> Treated:
    """Put ages in bands ('under 11', '11-13', '17+'); a band as sent is kept as sent."""
    return each(column, lambda text: _band(text, bands))


def _sex(text: str) -> Answer:
    low = " ".join(text.lower().strip(".").split())
    if low in _SEX_OF:
        return _SEX_OF[low], None
    if match := _TRANS.match(low):
        word = match.group(1) or match.group(2)
        return ("Male" if word in {"male", "man"} else "Female"), None
    return None, _NOT_A_SEX


def sexes(column: AnyColumn) -> Treated:
    """Read sex or gender as Male, Female, Other or Not known."""
    return each(column, _sex)


def _said_alone(codes: Mapping[str, str]) -> dict[str, str]:
    """Give the codes of groups whose own word says it without its heading: 'Pakistani', not 'other', which stands under each.

    'British' alone is left: it is said of every heading.
    """
    words = [label.partition(": ")[2].lower() for label in codes.values()]
    return {
        word: code
        for code, word in zip(codes, words, strict=True)
        if word and word != "british" and words.count(word) == 1
    }


_GROUPS = own_words("groups")
_TOKENS = re2.compile(r"[a-z]+")
_GROUP = re2.compile(r"^[A-Za-z][A-Za-z ,:;()/&.\-]*[0-9]?[A-Za-z ,:;()/&.\-]*$")
_BRITISH = re2.compile(r"(?i)^(asian|black)(?: or (?:asian|black) british)?[ ]*[-\x{2013}:,/(][ ]*")
_NOT_A_GROUP = "This is not an ethnic group that can be read."


# The codes of the school census (DfE), by the code that the lists of this agreement have for the same group.
_SCHOOL_CENSUS = {
    "WBRI": "W1", "WENG": "W1", "WSCO": "W1", "WWEL": "W1", "WNIR": "W1", "WIRI": "W2", "WIRT": "W3", "WROM": "W3", "WOTH": "W9",
    "MWBC": "M1", "MWBA": "M2", "MWAS": "M3", "MOTH": "M9", "AIND": "A1", "APKN": "A2", "ABAN": "A3", "AOTH": "A9", "CHNE": "A4",
    "BCRB": "B1", "BAFR": "B2", "BOTH": "B9", "OOTH": "O9", "REFU": "NS", "NOBT": "NS",
}  # fmt: skip


def _as_listed(text: str, codes: Mapping[str, str]) -> str:
    """Give a code of the school census as the list's own label of the group; any other text as it is."""
    code = _SCHOOL_CENSUS.get(text, "")
    group = {"NS": "N", "A4": "O1" if "O1" in codes else "A"}.get(code, code[:1])
    return codes.get(code) or codes.get(group) or text


def ethnicities(column: AnyColumn, codes: Mapping[str, str]) -> Treated:
    """Keep the agency's words for an ethnic group beside the code they map to, in the extra column 'code'."""
    coded = encoded(column)
    texts = [_as_listed(fold(value).strip(), codes) for value in texts_of(coded)]
    found = match_codes([_BRITISH.sub(r"\1 ", text) for text in texts], codes)
    alone = _said_alone(codes)
    found = [code or alone.get(text.lower()) for text, code in zip(texts, found, strict=True)]
    known = _GROUPS | {word for each in (*codes, *codes.values()) for word in _TOKENS.findall(each.lower())}
    kept: list[str | None] = []
    for text in texts:
        words = set(_TOKENS.findall(text.lower()))
        # Letters and the figures of a code alone: nothing else stands in the name of a group.
        harmless = bool(words) and words <= known and _GROUP.match(text)
        kept.append(text if harmless else None)
    reasons = [_NOT_A_GROUP if text and keep is None else None for text, keep in zip(texts, kept, strict=True)]
    treated = compare(coded, kept, reasons)
    return replace(treated, extra={"code": spread(coded, found)})
