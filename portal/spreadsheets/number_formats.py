"""Write a spreadsheet's numbers as the office sees them: dates, times, leading noughts."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

_BUILT_IN_DATES = frozenset({14, 15, 16, 17, *range(27, 37), *range(50, 59)})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_BUILT_IN_BOTH = 22
_MONTH_ONLY = 17
_QUOTED = re.compile(r'"[^"]{0,200}"|\\.|_.|\*.|\[(?![hmsHMS]{1,3}\])[^\]]{0,100}\]')
_NOUGHTS = re.compile(r"0{2,20}")
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no time zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's day has no time zone
_PHANTOM_DAY = 60  # 29 February 1900, which never was
_LAST_SERIAL = 2_958_465  # 31 December 9999
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Format:
    """How a number is shown: which parts of a moment, or how many digits."""

    has_date: bool = False
    has_day: bool = False
    has_time: bool = False
    digits: int = 0


GENERAL = Format()


@lru_cache(maxsize=1024)
def read_format(number_id: int, code: str | None) -> Format:
    """Return what a number format shows, by its id and its code where the workbook gives one."""
    if code is None:
        return _built_in(number_id)
    section = _QUOTED.sub("", code.split(";")[0]).lower()
    if section in {"general", "standard", "@"}:
        return GENERAL
    has_time = "h" in section or "s" in section
    has_day = "d" in section
    has_date = has_day or "y" in section or ("m" in section and not has_time)
    if not has_date and not has_time and _NOUGHTS.fullmatch(section.strip()):
        return Format(digits=len(section.strip()))
    return Format(has_date=has_date, has_day=has_day, has_time=has_time)


def _built_in(number_id: int) -> Format:
    if number_id == _BUILT_IN_BOTH:
        return Format(has_date=True, has_day=True, has_time=True)
    if number_id in _BUILT_IN_DATES:
        return Format(has_date=True, has_day=number_id != _MONTH_ONLY)
    return Format(has_time=number_id in _BUILT_IN_TIMES)


def number_text(value: str, shown: Format, *, epoch_1904: bool = False) -> str:
    """Return a number as text: '3' for 3.0, ISO for a date, HH:MM:SS for a time, '0815' under the format 0000."""
    if shown is GENERAL or not (shown.has_date or shown.has_time or shown.digits):
        return _plain(value)
    try:
        number = float(value)
    except ValueError:
        return value
    if shown.digits:
        return _plain(value).zfill(shown.digits)
    return _moment(number, shown, epoch_1904=epoch_1904) or _plain(value)


def _plain(value: str) -> str:
    if value.isdecimal() or not value:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    if number.is_integer() and abs(number) < 1e15:  # noqa: PLR2004 - beyond 15 digits a spreadsheet rounds
        return str(int(number))
    return f"{number:.15g}"


def _moment(number: float, shown: Format, *, epoch_1904: bool) -> str:
    if not 0 <= number <= _LAST_SERIAL:
        return ""
    if number < 1 and shown.has_time:
        return _clock(number)
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    if not epoch_1904 and number < _PHANTOM_DAY:
        number += 1
    moment = epoch + timedelta(seconds=round(number * _DAY_SECONDS))
    if shown.has_time or moment.time() != moment.time().min:
        return moment.strftime("%Y-%m-%d %H:%M:%S")
    if not shown.has_day and moment.day == 1:
        return moment.strftime("%b %Y")
    return moment.strftime("%Y-%m-%d")


def _clock(fraction: float) -> str:
    seconds = min(round(fraction * _DAY_SECONDS), _DAY_SECONDS - 1)
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
