"""Dates in every form that offices write, as ISO days."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import re2

from portal.privacy.columns import AnyColumn, encoded, spread, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.recoding.times import clock
from portal.privacy.recoding.treated import Treated, TreatmentQuestion, compare

_MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_WEEKDAY = re2.compile(r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,.]+")
_ISO = re2.compile(r"^((?:19|20)\d{2})[ ]?[\-/. ][ ]?(\d{1,2})[ ]?[\-/. ][ ]?(\d{1,2})(?:[T ,]+(.*))?$")
_PARTS = re2.compile(r"^(\d{1,2})[ ]?[/.\-\\ ][ ]?(\d{1,2})[ ]?[/.\-\\ ][ ]?('?\d{4}|'?\d{2})(?:[T ,@\-]+(.*))?$")
_WORDS = re2.compile(
    r"(?i)^(\d{1,2})[ ]?(?:st|nd|rd|th)?[ .\-/,]*(?:of )?([a-z]{3,9})[ .,\-/']*((?:19|20)\d{2}|\d{2})(?:[T ,@\-]+(.*))?$"
)
_TURNED = re2.compile(
    r"(?i)^([a-z]{3,9})[ .\-]*(\d{1,2})[ ]?(?:st|nd|rd|th)?[ ,.\-/]+((?:19|20)\d{2}|'?\d{2})(?:[T ,@\-]+(.*))?$"
)
_MONTH = re2.compile(r"(?i)^([a-z]{3,9})[ .\-/']*((?:19|20)\d{2}|\d{2})$")
_YEAR_MONTH = re2.compile(r"^((?:19|20)\d{2})[\-/](\d{1,2})$")
_MONTH_YEAR = re2.compile(r"^(\d{1,2})[\-/]((?:19|20)\d{2})$")
_SERIAL = re2.compile(r"^(\d{5})(\.\d+)?$")
_TIGHT = re2.compile(r"^(?:((?:19|20)\d{2})(\d{2})(\d{2})|(\d{2})(\d{2})((?:19|20)\d{2}))(?:[T ]+(.*))?$")
_SERIALS = range(20000, 60001)
_EPOCH = date(1899, 12, 30)
_THIS_CENTURY = 69
_NOT_A_DATE = "This is not a date that can be read. Write it as day/month/year."


@dataclass(frozen=True)
class _Reading:
    """What a text says: the day it is with the day first, with the month first where it could be, and how exactly."""

    day: date | None = None
    turned: date | None = None
    precision: str | None = None
    time: str | None = None
    parts: bool = False
    """Whether it was written as two numbers and a year, so that the order is open to doubt."""


def _year(text: str) -> int:
    year = int(text.lstrip("'"))
    if len(text.lstrip("'")) > len("26"):
        return year
    return year + (2000 if year <= _THIS_CENTURY else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    low = name.lower()
    full = (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
    return next(
        (
            at
            for at, long in enumerate(full, start=1)
            if long.startswith(low) or (low == "sept" and at == _MONTHS["sep"])
        ),
        0,
    )


def _read(text: str) -> _Reading:
    text = str(_WEEKDAY.sub("", text)).strip().strip("[]()")
    if match := _PARTS.match(text):
        first, second, year = int(match.group(1)), int(match.group(2)), _year(match.group(3))
        return _Reading(_day(year, second, first), _day(year, first, second), "day", clock(match.group(4)), parts=True)
    if match := _ISO.match(text):
        return _Reading(
            _day(int(match.group(1)), int(match.group(2)), int(match.group(3))), None, "day", clock(match.group(4))
        )
    if match := _WORDS.match(text):
        return _Reading(
            _day(_year(match.group(3)), _month(match.group(2)), int(match.group(1))), None, "day", clock(match.group(4))
        )
    if match := _TURNED.match(text):
        return _Reading(
            _day(_year(match.group(3)), _month(match.group(1)), int(match.group(2))), None, "day", clock(match.group(4))
        )
    return _read_tight(text)


def _read_tight(text: str) -> _Reading:
    if match := _SERIAL.match(text):
        serial = int(match.group(1))
        time = clock("0" + match.group(2)) if match.group(2) else None
        return _Reading(_EPOCH + timedelta(days=serial) if serial in _SERIALS else None, None, "day", time)
    if match := _TIGHT.match(text):
        parts = match.groups()
        year, month, day = parts[:3] if parts[0] else (parts[5], parts[4], parts[3])
        return _Reading(_day(int(year), int(month), int(day)), None, "day", clock(parts[6]))
    if match := _MONTH.match(text):
        return _Reading(_day(_year(match.group(2)), _month(match.group(1)), 1), None, "month")
    if match := _YEAR_MONTH.match(text):
        return _Reading(_day(int(match.group(1)), int(match.group(2)), 1), None, "month")
    if match := _MONTH_YEAR.match(text):
        return _Reading(_day(int(match.group(2)), int(match.group(1)), 1), None, "month")
    return _Reading()


def _within(days: list[date], quarter: tuple[date, date]) -> int:
    return sum(quarter[0] <= day <= quarter[1] for day in days)


def _is_doubtful(readings: list[_Reading], quarter: tuple[date, date] | None) -> bool:
    """Say whether nothing in the file settles the order of day and month, and the order matters."""
    parts = [one for one in readings if one.parts]
    if any(one.day and not one.turned for one in parts):
        return False
    if any(one.turned and not one.day for one in parts):
        return True
    both = [(one.day, one.turned) for one in parts if one.day and one.turned and one.day != one.turned]
    if not both or quarter is None:
        return bool(both)
    as_sent = _within([day for day, _ in both], quarter)
    return as_sent < len(both) and _within([turned for _, turned in both], quarter) > as_sent


def dates(column: AnyColumn, *, quarter: tuple[date, date] | None = None, order: str | None = None) -> Treated:
    """Read dates as ISO days (4.2).

    `quarter` is its first and last day; `order` the answer 'day-first' or 'month-first' to the question 'date-order',
    which is asked when no day above 12 settles it and the days fit the quarter no better as they stand. Gives extra
    columns 'precision' ('day' or 'month') and 'time' (HH:MM where the cell held one).
    """
    coded = encoded(column)
    texts = [fold(value).strip() for value in texts_of(coded)]
    readings = [_read(text) if text else _Reading() for text in texts]
    days = [(one.turned if order == "month-first" and one.parts else one.day) for one in readings]
    reasons = [_NOT_A_DATE if text and day is None else None for text, day in zip(texts, days, strict=True)]
    treated = compare(coded, [day.isoformat() if day else None for day in days], reasons)
    extra = {
        "precision": spread(coded, [one.precision if day else None for day, one in zip(days, readings, strict=True)]),
        "time": spread(coded, [one.time if day else None for day, one in zip(days, readings, strict=True)]),
    }
    questions: tuple[TreatmentQuestion, ...] = ()
    if order is None and _is_doubtful(readings, quarter):
        ask = "Which comes first in these dates: the day or the month? Nothing in the file settles it."
        questions = (TreatmentQuestion("date-order", ask, ("day-first", "month-first")),)
    return replace(treated, questions=questions, extra=extra)
