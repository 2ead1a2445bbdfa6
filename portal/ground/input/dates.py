"""Dates and times as people type them."""

import re
from datetime import date, time

from portal.ground.errors import AnswersNeededError

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def date_from(day: str, month: str, year: str, *, field: str = "first") -> date:
    """Read a date typed in three fields; a month may be a number or a name, a year has four figures.

    Raises AnswersNeededError (`field`).
    """
    named = month.strip().lower()[:3]
    number = str(_MONTHS.index(named) + 1) if named in _MONTHS else month.strip()
    try:
        found = date(int(year), int(number), int(day))
    except ValueError as error:
        raise AnswersNeededError({field: "Enter the date as day, month and year, like 5 5 2026."}) from error
    if not is_likely(found):
        raise AnswersNeededError({field: "Enter the year with four figures, like 2026."})
    return found


def is_likely(on: date) -> bool:
    """Say whether a typed day can be meant: not the year 26, and not one that nobody alive sees."""
    return _FIRST_YEAR <= on.year <= _LAST_YEAR


def time_from(typed: str) -> time:
    """Read a time of day: 2:30pm, 2pm, 14:30.

    Raises AnswersNeededError (field begins).
    """
    found = _TIME.fullmatch(typed.strip().lower()[:10])
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if half == "pm" else 0)
            half = ""
        if not half and (found[2] or found[3]) and hour <= 23 and minute <= 59:  # noqa: PLR2004 - a day's hours and minutes
            return time(hour, minute)
    raise AnswersNeededError({"begins": "Enter the time like 2:30pm or 14:30."})
