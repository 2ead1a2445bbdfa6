"""Days and times as people type them: in one line, or in three fields. No other module reads a day that somebody typed."""

import re
from collections.abc import Sequence
from datetime import date, time

from portal.ground.errors import AnswersNeededError
from portal.ground.wording import one_line

TypedDay = tuple[str, str, str]  # day, month, year; all '' where nothing was typed
NO_DAY: TypedDay = ("", "", "")
AS_NUMBERS = "Enter the day as three numbers, such as 1 12 2026."
_LINE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[/.\- ](\d{1,2}|[a-z]{3,9})[/.\- ](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_NAMES = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"]
_MONTHS = {name[:end]: at for at, name in enumerate([*_NAMES, "december"], 1) for end in (3, 4, len(name))}
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?")
_NOON = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100  # not the year 26, and none that nobody alive sees


def day_typed(parts: Sequence[object]) -> date | None:
    """Give the day of three fields; a month may be a number or a name. None where nothing was typed.

    Raises ValueError for what no calendar has, and for a year like 26.
    """
    words = [one_line(str(part or "")).lower() for part in parts]
    if not any(words):
        return None
    day, month, year = words
    on = date(_number(year), _month(month), _number(day))
    if not _FIRST_YEAR <= on.year <= _LAST_YEAR:
        raise ValueError("a year that cannot be meant")
    return on


def day_in(typed: str) -> date | None:
    """Read a day as people in the United Kingdom write it: 1 October 2026, 1/10/2026, 2026-10-01; None for anything else."""
    found = _LINE.fullmatch(one_line(typed[:40]).lower())
    if found is None:
        return None
    try:
        return day_typed(found.groups()[:3] if found[1] else found.groups()[:2:-1])
    except ValueError:
        return None


def date_from(day: str, month: str, year: str, *, field: str = "first") -> date:
    """Read a day that must be given, typed in three fields. Raises AnswersNeededError (`field`)."""
    try:
        found = day_typed((day, month, year))
    except ValueError:
        found = None
    if found is None:
        raise AnswersNeededError(
            {field: "Enter the date as day, month and year, the year with four figures, like 5 5 2026."}
        )
    return found


def as_typed(on: date | None) -> TypedDay:
    """Write a day as it would be typed."""
    return (str(on.day), str(on.month), str(on.year)) if on else NO_DAY


def time_from(typed: str, *, field: str = "begins") -> time:
    """Read a time of day: 2:30pm, 2pm, 14:30. Raises AnswersNeededError (`field`)."""
    found = _TIME.fullmatch(typed.strip().lower()[:10])
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if half == "pm" else 0)
            half = ""
        if not half and (found[2] or found[3]) and hour <= 23 and minute <= 59:  # noqa: PLR2004 - a day's hours and minutes
            return time(hour, minute)
    raise AnswersNeededError({field: "Enter the time like 2:30pm or 14:30."})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() else 0


def _month(typed: str) -> int:
    return _MONTHS[typed] if typed in _MONTHS else _number(typed)
