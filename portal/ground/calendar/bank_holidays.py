"""England's bank holidays, computed from a table of rules, so that meetings avoid them."""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

_RULES = Path(__file__).with_name("bank-holidays.toml")
_SATURDAY = 5


def is_bank_holiday(on: date) -> bool:
    """Say whether a day is a bank holiday in England."""
    return on in bank_holidays(on.year)


def is_kept_free(on: date) -> bool:
    """Say whether nobody meets on a day: a bank holiday, or Christmas, Boxing Day, New Year or Easter Sunday whatever the weekday.

    Where such a day falls at a weekend, the law lets another day stand in for it; people stay at home on both.
    """
    fixed = {(rule["month"], rule["day"]) for rule in _rules()["fixed"]}
    return is_bank_holiday(on) or (on.month, on.day) in fixed or on == easter_sunday(on.year)


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> frozenset[date]:
    """Give the bank holidays of a year in England, with the days that stand in for a weekend."""
    rules = _rules()
    days = _on_working_days(date(year, rule["month"], rule["day"]) for rule in rules["fixed"])
    days |= {easter_sunday(year) + timedelta(days=rule["days"]) for rule in rules["easter"]}
    days |= {_monday(year, rule["month"], rule["which"]) for rule in rules["mondays"]}
    days |= {on for on in rules["added"] if on.year == year}
    for move in rules["moved"]:
        if move["from"] in days:
            days = (days - {move["from"]}) | {move["to"]}
    return frozenset(days)


def easter_sunday(year: int) -> date:
    """Give the date of Easter (the Gregorian computus as Meeus, Jones and Butcher write it)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads(_RULES.read_text(encoding="utf-8"))


def _on_working_days(fixed: Iterable[date]) -> set[date]:
    """Let the next working day that is free stand in for a holiday at a weekend."""
    days: set[date] = set()
    wanted = sorted(fixed)
    days |= {on for on in wanted if on.weekday() < _SATURDAY}
    for on in (on for on in wanted if on.weekday() >= _SATURDAY):
        instead = on
        while instead.weekday() >= _SATURDAY or instead in days:
            instead += timedelta(days=1)
        days.add(instead)
    return days


def _monday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    first += timedelta(days=-first.weekday() % 7)
    if which == 1:
        return first
    last = first + timedelta(weeks=4)
    return last if last.month == month else last - timedelta(weeks=1)
