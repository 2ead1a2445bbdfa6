"""Times in every form that offices write, as HH:MM."""

import re

import re2

from portal.privacy.columns import AnyColumn, as_strings
from portal.privacy.identifiers.folding import fold
from portal.privacy.recoding.treated import Answer, Treated, each

_CLOCK = re2.compile(
    r"(?i)(?:^|[T ,@])(\d{1,2})[ ]?(?:[:.h;\-]|::)[ ]?(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?[ ]*(a\.?m\.?|p\.?m\.?)?[ ]*(?:hrs?|hours?|h|z|gmt|bst|utc|o'?clock)?\.?$"
)
_TIGHT = re2.compile(r"(?i)^(\d{3,4}|\d{6})[ ]*(?:hrs?|hours?|h|z|gmt|bst)?\.?$")
_HOUR = re2.compile(r"(?i)^(\d{1,2})[ ]*(a\.?m\.?|p\.?m\.?|hrs?|hours?|h|o'?clock)\.?$")
_TIGHT_HALF = re2.compile(r"(?i)^(\d{1,2})(\d{2})[ ]*(a\.?m\.?|p\.?m\.?)$")
_FRACTION = re2.compile(r"^(?:\d{5})?(0?\.\d+)$|^(\d{5}\.\d+)$")
_DOTTED = re.compile(r"(?:[1-9]|[12]\d)\.[0-5]\d(?:\.[0-5]\d)?")
_AFTER_MIDNIGHT = re.compile(r"0?0\.[0-5]\d(?:\.[0-5]\d)?")
_WORDS = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "midnight": "00:00", "12 midnight": "00:00"}
_RANGE = re2.compile(
    r"(?i)^(\d{1,2}[:.]?\d{2})[ ]*(?:hrs?|hours?)?[ ]*(?:-|to|until|and)[ ]*(\d{1,2}[:.]\d{2}|\d{4})[ ]*(?:hrs?|hours?)?$"
)
_ABOUT = re2.compile(r"(?i)^(?:about|approx(?:imately)?\.?|circa|c\.?|around|between|from|at|~)[ ]*")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PARTS_OF_HOURS = {"quarter": 15, "a quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_HALVES = {"morning": "a", "afternoon": "p", "evening": "p", "night": "p", "am": "a", "pm": "p"}
_SPOKEN = re2.compile(
    rf"(?i)^(?:(half|(?:a )?quarter|five|ten|twenty(?:[ \-]five)?|\d{{1,2}})(?: minutes?)? (past|to|after) )?(?:(\d{{1,2}})(?:[:.](\d{{2}}))?|({'|'.join(_NUMBERS)}))(?: ?o'?clock)?,? ?(?:(?:in the|at) )?(morning|afternoon|evening|night|am|pm)$"
)
_PLAIN = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")  # as most columns write it; quicker than the forms above
_MINUTES = 24 * 60
_NOON = 12
_HOURS = 24
_NOT_A_TIME = "This is not a time that can be read. Write it as 14:30."


def _at(hour: int, minute: int, half: str | None = None) -> str | None:
    if half:
        if not 1 <= hour <= _NOON:
            return f"{hour:02d}:{minute:02d}" if _NOON < hour < _HOURS and minute < 60 else None  # noqa: PLR2004 - minutes
        hour = hour % _NOON + (_NOON if half.lower().startswith("p") else 0)
    if hour == _HOURS and minute == 0:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < _HOURS and minute < 60 else None  # noqa: PLR2004 - minutes


def clock(text: str | None) -> str | None:
    """Read one time, also at the end of a date; None where there is none."""
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        return text
    plain = str(_ABOUT.sub("", fold(text).strip())).strip()
    read = _WORDS.get(plain.lower()) or _short(plain) or _spoken(plain)
    if read or _TIGHT.match(plain):
        return read
    if span := _RANGE.match(plain):
        return clock(span.group(1))
    if match := _CLOCK.search(plain):
        return _at(int(match.group(1)), int(match.group(2)), match.group(3))
    return None


def _spoken(text: str) -> str | None:
    """Read 'half past two in the afternoon'; without the half of the day it may be either, and is not read."""
    match = _SPOKEN.match(text)
    if not match:
        return None
    part, side, figures, minute, word, half = match.groups()
    hour = int(figures) if figures else _NUMBERS.index(word.lower()) + 1
    past = (
        (int(part) if part.isdecimal() else _PARTS_OF_HOURS[part.lower().replace("-", " ")])
        if part
        else int(minute or 0)
    )
    late = half.lower() == "night" and hour in {12, 1, 2, 3, 4}  # 'two at night' is of the morning
    read = _at(hour, 0, "a" if late else _HALVES[half.lower()])
    if read is None or past >= 60:  # noqa: PLR2004 - minutes
        return None
    minutes = int(read[:2]) * 60 + (-past if side and side.lower() == "to" else past)
    return _at(*divmod(minutes % _MINUTES, 60))


def _short(text: str) -> str | None:
    """Read the forms without a mark between hours and minutes."""
    if match := _FRACTION.match(text):
        whole = float(match.group(1) or match.group(2)) % 1
        return _at(*divmod(round(whole * _MINUTES) % _MINUTES, 60))
    if match := _TIGHT_HALF.match(text):
        return _at(int(match.group(1)), int(match.group(2)), match.group(3))
    if match := _HOUR.match(text):
        half = match.group(2) if match.group(2)[0].lower() in "ap" else None
        return _at(int(match.group(1)), 0, half)
    if match := _TIGHT.match(text):
        digits = match.group(1)
        digits = digits[:4] if len(digits) > len("1430") else digits.zfill(4)
        return _at(int(digits[:2]), int(digits[2:]))
    return None


def _time(text: str) -> Answer:
    read = clock(text)
    return (read, None) if read else (None, _NOT_A_TIME)


def times(column: AnyColumn) -> Treated:
    """Read times as HH:MM, out of a cell with a date too; what cannot be read is emptied with a reason.

    '0.05' is the part of a day that a spreadsheet holds for a time, but five past midnight beside '22.14'.
    """
    dotted = any(_DOTTED.fullmatch(text or "") for text in as_strings(column).unique().to_pylist())
    return each(column, _dotted_time if dotted else _time)


def _dotted_time(text: str) -> Answer:
    return _time(text.replace(".", ":") if _AFTER_MIDNIGHT.fullmatch(text) else text)
