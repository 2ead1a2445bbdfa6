"""Read one date as an office writes it: every form, with what is left open for the rest of the column to settle."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import re2

from portal.privacy.recoding.times import clock

_LOCAL = ZoneInfo("Europe/London")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_SHORTEST_MONTH = 3
_NAME = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_BEFORE = re2.compile(rf"(?i)^(?:on |the |about |approx\.? |circa |c\. ?|from |between |{_WEEKDAY}\b[ ,.]*)+")
_WEEK = re2.compile(
    r"(?i)^(?:w[ ./]?[cb]\b\.?|w/?ks?\.? ?(?:comm(?:encing)?|beg(?:inning)?|of)\b\.?|week[ \-]*(?:comm(?:encing|\.)?|beginning|starting|of)\b)[ :.\-]*"
)
_REST = r"(?:[T ,@;(\-]+(.*))?$"
_YEAR = r"((?:19|20)\d{2}|'?\d{2})"
_ISO = re2.compile(rf"^((?:19|20)\d{{2}}) ?[\-/. ] ?(\d{{1,2}}) ?[\-/. ] ?(\d{{1,2}}){_REST}")
_PARTS = re2.compile(rf"^(\d{{1,2}}) ?[/.\-\\ ] ?(\d{{1,2}}) ?[/.\-\\ ] ?('?\d{{4}}|'?\d{{2}}){_REST}")
_WORDS = re2.compile(
    rf"(?i)^(?:the )?(\d{{1,2}}) ?(?:st|nd|rd|th)?(?: day)?[ .\-/,]*(?:of )?{_NAME}\b[ .,\-/']*{_YEAR}{_REST}"
)
_TURNED = re2.compile(
    rf"(?i)^{_NAME}[ .\-/,]*(?:the )?(\d{{1,2}}) ?(?:st|nd|rd|th)?[ ,.\-/]+((?:19|20)\d{{2}}|'?\d{{2}}){_REST}"
)
_YEAR_FIRST = re2.compile(rf"(?i)^((?:19|20)\d{{2}})[ .\-/,]*{_NAME}[ .\-/,]*(\d{{1,2}})(?:st|nd|rd|th)?{_REST}")
_JOINED = re2.compile(rf"(?i)^(\d{{1,2}}){_NAME}((?:19|20)\d{{2}}|\d{{2}}){_REST}")
_NO_YEAR = re2.compile(r"^(\d{1,2}) ?[/.\-] ?(\d{1,2})(?:[T ,@;]+(.*))?$")
_NO_YEAR_WORDS = re2.compile(rf"(?i)^(\d{{1,2}}) ?(?:st|nd|rd|th)?[ .\-/]*(?:of )?{_NAME}\b\.?(?:[ ,@;(]+(.*))?$")
_NO_YEAR_TURNED = re2.compile(rf"(?i)^{_NAME}\.?[ \-]+(\d{{1,2}}) ?(?:st|nd|rd|th)?(?:[ ,@;(]+(.*))?$")
_MONTH = re2.compile(rf"(?i)^{_NAME}[ .\-/',]*((?:19|20)\d{{2}}|'?\d{{2}})$")
_MONTH_ALONE = re2.compile(rf"(?i)^{_NAME}$")
_YEAR_MONTH = re2.compile(r"^((?:19|20)\d{2})[\-/ ]?(0[1-9]|1[0-2])$")
_YEAR_MONTH_NAME = re2.compile(rf"(?i)^((?:19|20)\d{{2}})[\-/ ]{_NAME}$")
_MONTH_YEAR = re2.compile(r"^(\d{1,2})[\-/]((?:19|20)\d{2})$")
_SERIAL = re2.compile(r"^(\d{5})(\.\d+)?$")
_TIGHT = re2.compile(
    r"^(?:((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)|([0-3]\d)(0[1-9]|1[0-2])((?:19|20)\d{2}))(?:[T ]*(\d{4}(?:\d{2})?(?:[.,]\d+)?|[T ]+.*))?$"
)
_ZONE = re2.compile(r"(?i)[ ]?(z|utc|gmt|[+\-][01]\d(?::?[0-5]\d)?|(?:utc|gmt)[+\-]\d{1,2}(?::?00)?)$")
_TIME_FIRST = re2.compile(
    rf"(?i)^(.{{2,40}}?)(?:,? (?:on|of)(?: the)? |[ ,]+)((?:{_WEEKDAY} )?(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:19|20)?\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_NAME}(?:,? (?:19|20)\d{{2}})?|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}))$"
)
SERIALS = range(20000, 60001)
EPOCH_1904 = 1462  # days between the two calendars of spreadsheets
_EPOCH = date(1899, 12, 30)
_THIS_CENTURY = 69


class Form(StrEnum):
    """How a date is written, as far as the rest of its column may settle what it means."""

    PARTS = "parts"  # two numbers and perhaps a year: day or month first
    ISO = "iso"  # year first, as a cell that a spreadsheet program holds as a date
    SERIAL = "serial"  # days since 1900, or since 1904
    MONTH_NUMBER = "month-number"  # 'July 26': the year, or the day
    MONTH_DAY = "month-day"  # 'July 3': the day alone
    PLAIN = "plain"  # one meaning alone


@dataclass(frozen=True)
class WrittenDate:
    """What a text says: its day; the other day it may say (`turned`); how exactly; and the time in the same cell.

    `day` reads the day first, `turned` the month first; for ISO it is day and month swapped, for a serial the day of the
    calendar of 1904, for 'July 26' the 26th.
    """

    day: date | None = None
    turned: date | None = None
    precision: str = "day"
    time: str | None = None
    form: Form = Form.PLAIN


NOTHING = WrittenDate()


def read_day(text: str, latest: date | None = None) -> WrittenDate:
    """Return what a text says; `NOTHING` where it is no date.

    Args:
        text: one cell, folded and stripped.
        latest: the last day of the quarter: a day without a year is the last such day up to it.
    """
    found = _exact(text, latest)
    if found.day or found.turned:
        return found
    plain = text.strip("[]()'\" ")
    if match := _WEEK.match(plain):
        week = _exact(_without_words(plain[match.end() :]), latest)
        return WrittenDate(week.day, week.turned, "week", None, week.form)
    plain = _without_words(plain)
    found = _exact(plain, latest) if plain != text else NOTHING
    if found.day or found.turned:
        return found
    if (match := _TIME_FIRST.match(plain)) and (time := clock(match.group(1))):
        found = _exact(_without_words(match.group(2)), latest)
        return WrittenDate(found.day, found.turned, found.precision, time, found.form)
    return NOTHING


def _without_words(text: str) -> str:
    return str(_BEFORE.sub("", text)).strip()


def _exact(text: str, latest: date | None) -> WrittenDate:
    if (zone := _ZONE.search(text)) and (aware := _aware(text[: zone.start()], zone.group(1), latest)):
        return aware
    if match := _PARTS.match(text):
        first, second, year = int(match.group(1)), int(match.group(2)), _year(match.group(3))
        return WrittenDate(
            _day(year, second, first), _day(year, first, second), "day", clock(match.group(4)), Form.PARTS
        )
    if match := _ISO.match(text):
        year, month, day = (int(match.group(place)) for place in (1, 2, 3))
        return WrittenDate(_day(year, month, day), _day(year, day, month), "day", clock(match.group(4)), Form.ISO)
    for pattern, places in ((_WORDS, (3, 2, 1)), (_TURNED, (3, 1, 2)), (_JOINED, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if match := pattern.match(text):
            year, month, day = (match.group(place) for place in places)
            return WrittenDate(_day(_year(year), _month(month), int(day)), None, "day", clock(match.group(4)))
    return _tight(text) or _month_only(text, latest) or _yearless(text, latest)


def _aware(text: str, zone: str, latest: date | None) -> WrittenDate | None:
    """Read a moment that says its zone, as the clock here showed it."""
    written = _exact(text, latest)
    if not written.time or not (written.day or written.turned):
        return None
    low = zone.lower().removeprefix("utc").removeprefix("gmt").removeprefix("z").replace(":", "")
    sign = -1 if low.startswith("-") else 1
    digits = low.lstrip("+-")
    hours, minutes = (int(digits[:2] or 0), int(digits[2:] or 0))
    moved = timezone(sign * timedelta(hours=hours, minutes=minutes))
    hour, minute = map(int, written.time.split(":"))
    days: list[date | None] = []
    time = written.time
    for day in (written.turned, written.day):
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=moved).astimezone(_LOCAL) if day else None
        days.append(local.date() if local else None)
        time = local.strftime("%H:%M") if local else time
    return WrittenDate(days[1], days[0], written.precision, time, written.form)


def _tight(text: str) -> WrittenDate | None:
    if match := _SERIAL.match(text):
        serial = int(match.group(1))
        if serial not in SERIALS:
            return None
        day = _EPOCH + timedelta(days=serial)
        time = clock("0" + match.group(2)) if match.group(2) else None
        return WrittenDate(day, day + timedelta(days=EPOCH_1904), "day", time, Form.SERIAL)
    if match := _TIGHT.match(text):
        parts = match.groups()
        year, month, day_of = parts[:3] if parts[0] else (parts[5], parts[4], parts[3])
        rest = (parts[6] or "").strip(" T").partition(".")[0]
        return WrittenDate(_day(int(year), int(month), int(day_of)), None, "day", clock(rest))
    return None


def _month_only(text: str, latest: date | None) -> WrittenDate | None:
    if match := _MONTH.match(text):
        month, number = _month(match.group(1)), match.group(2)
        first = _day(_year(number), month, 1)
        if len(number) == 2:  # noqa: PLR2004 - the figures of a day, or of a year
            return WrittenDate(first, _latest(month, int(number), latest), "month", None, Form.MONTH_NUMBER)
        return WrittenDate(first, None, "month")
    if match := _YEAR_MONTH.match(text) or _YEAR_MONTH_NAME.match(text):
        month = match.group(2)
        return WrittenDate(
            _day(int(match.group(1)), int(month) if month.isdecimal() else _month(month), 1), None, "month"
        )
    if match := _MONTH_YEAR.match(text):
        return WrittenDate(_day(int(match.group(2)), int(match.group(1)), 1), None, "month")
    if match := _MONTH_ALONE.match(text):
        return WrittenDate(_latest(_month(match.group(1)), 1, latest), None, "month")
    return None


def _yearless(text: str, latest: date | None) -> WrittenDate:
    if match := _NO_YEAR.match(text):
        first, second = int(match.group(1)), int(match.group(2))
        days = _latest(second, first, latest), _latest(first, second, latest)
        return WrittenDate(*days, "day", clock(match.group(3)), Form.PARTS)
    if match := _NO_YEAR_WORDS.match(text):
        return WrittenDate(
            _latest(_month(match.group(2)), int(match.group(1)), latest), None, "day", clock(match.group(3))
        )
    if match := _NO_YEAR_TURNED.match(text):
        return WrittenDate(
            _latest(_month(match.group(1)), int(match.group(2)), latest),
            None,
            "day",
            clock(match.group(3)),
            Form.MONTH_DAY,
        )
    return NOTHING


def _latest(month: int, day: int, latest: date | None) -> date | None:
    """Return the last such day up to the quarter's end."""
    if latest is None:
        return None
    found = _day(latest.year, month, day)
    return found if found is None or found <= latest else _day(latest.year - 1, month, day)


def _year(text: str) -> int:
    digits = text.lstrip("'")
    if len(digits) > len("26"):
        return int(digits)
    return int(digits) + (2000 if int(digits) <= _THIS_CENTURY else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    low = name.lower()[:_SHORTEST_MONTH]
    return next(at for at, full in enumerate(_MONTHS, 1) if full.startswith(low))
