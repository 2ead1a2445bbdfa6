"""Tell what a column's values look like, from a sample of its distinct values."""

import re
from collections.abc import Sequence

DATE = re.compile(
    r"(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|20\d{6}"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?\d{1,2}(?:st|nd|rd|th)?[ \-/.]?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ \-/.,]{0,2}(?:\d{4}|\d{2})"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ \-]?\d{1,2}(?:st|nd|rd|th)?,? ?\d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[ \-/]?(?:\d{4}|\d{2}))"
    r"(?:[ tT,]{1,3}(?:at )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,6})?)?(?: ?[ap]m)?Z?| ?\d{4} ?hrs?)?",
    re.IGNORECASE,
)
# Forms that are dates only under a heading that says so: '15/08', '3 July', '20260703140500', 'W/C 6 July', 'July'.
LOOSE_DATE = re.compile(
    r"(?:(?:w[ ./]?[cb]|w/?k|week)\b.{0,14}? )?(?:\d{1,2} ?[/.\-] ?\d{1,2}(?: ?[/.\-] ?\d{2,4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?[ \-]?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?: \d{1,2}(?:st|nd|rd|th)?)?)(?:[ ,@]+.{1,40})?"
    r"|20\d{6}[T ]?\d{4}(?:\d{2})?Z?|20\d{2}-(?:0[1-9]|1[0-2])|20(?:0[1-9]|[1-9]\d)(?:0[1-9]|1[0-2])"
    r"|20\d{2}-\d{2}-\d{2}[T ].{4,40}",
    re.IGNORECASE,
)
SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d{1,12})?")
TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?|\d{3,4} ?(?:hrs?|hours)?|\d{1,2} ?[ap]\.?m\.?|0\.\d{2,18}|midnight|noon|midday",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"[A-Z]{1,2} ?\d[A-Z\d]? ?\d ?[A-Z] ?[A-Z]", re.IGNORECASE)
OUTWARD = re.compile(r"(?:[BEGLMNSW]|[A-Z]{2})(?:[1-9][A-Z\d]?|0)", re.IGNORECASE)  # A6 is a road, LB03 a beat
WHOLE = re.compile(r"<?\d{1,6}(?:,\d{3})?(?:\.0+)?\*?|-|\u2013")
AGE = re.compile(r"\d{1,3}(?:\.\d+)? ?(?:y(?:ea)?rs?(?: old)?|y)?(?: ?\d{1,2} ?m(?:ths?|onths?)?)?", re.IGNORECASE)
BAND = re.compile(
    r"(?:under|over|below)? ?\d{1,2} ?(?:-|\u2013|to|\+|and over|and under|plus)? ?\d{0,2}(?: ?y(?:ea)?rs?)?\+?",
    re.IGNORECASE,
)
SEX = re.compile(
    r"m(?:ale)?|f(?:emale)?|[bg]|o(?:ther)?|u(?:nknown)?|not (?:known|stated|specified)|n/?k|boys?|girls?|man|men|woman|women|all|both|persons|[0129]|x",
    re.IGNORECASE,
)
ICD = re.compile(r"[A-Z]\d{2}(?:\.?\d{1,2}|\.?X)?[DA†*+]?", re.IGNORECASE)
GRID = re.compile(r"[A-Z]{2} ?\d{2,5} ?\d{2,5}|\d{6}(?:\.\d{1,4})?[, ]+\d{6}(?:\.\d{1,4})?", re.IGNORECASE)
METRES = re.compile(r"[1-6]\d{5}(?:\.\d{1,4})?")
DEGREES = re.compile(r"-?\d{1,2}\.\d{3,15}")
STREET = re.compile(
    r"\b(?:street|road|lane|avenue|close|drive|way|crescent|court|place|square|park|hill|gardens?|grove|terrace|st|rd|ave?|ln|dr|cl|cres|a\d{1,4}|b\d{4}|m\d{1,2}|jct|junction|school|centre|church|hall|station|shop|pub|inn|car ?park)\b",
    re.IGNORECASE,
)
# A number of a table by itself, perhaps with a mark; and a month, quarter or week by itself.
COUNT = re.compile(r"^<?([0-9][0-9,]*)(?:\.0+)?\*?$")
MONTH = re.compile(
    r"(?i)^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ \-/']{0,2}(?:(?:20)?\d{2})?$|^(?:20\d{2}|q[1-4]|quarter [1-4]|week \d{1,2})$"
)
PERSON = re.compile(
    r"(?:(?:mr|mrs|miss|ms|dr|pc|sgt|dc|pcso)\.? )?[A-Z][a-z'\u2019\-]+(?:,? [A-Z][a-z'\u2019\-]*\.?){1,2}"
)


def share(pattern: re.Pattern[str], values: Sequence[str]) -> float:
    """Return the share of values that match whole; values are stripped and not empty."""
    if not values:
        return 0.0
    return sum(pattern.fullmatch(value) is not None for value in values) / len(values)


def containing(pattern: re.Pattern[str], values: Sequence[str]) -> float:
    """Return the share of values in which the pattern stands somewhere."""
    if not values:
        return 0.0
    return sum(pattern.search(value) is not None for value in values) / len(values)


_YEAR = re.compile(r"(?:19|20)\d{2}")


def birth_years(values: Sequence[str], latest: int) -> float:
    """Return the share of date-like values whose year lies between 1915 and `latest`."""
    years = []
    for value in values:
        if SERIAL.fullmatch(value):
            years.append(1899 + int(float(value) // 365.25))
        elif DATE.fullmatch(value) and (found := _YEAR.search(value)):
            years.append(int(found.group()))
    if not years:
        return 0.0
    return sum(1915 <= year <= latest for year in years) / len(years)  # noqa: PLR2004 - the oldest person alive
