"""The working calendar: working days in England, and months counted as the law counts them. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from portal.ground.calendar.bank_holidays import is_bank_holiday

_SATURDAY = 5


def is_working_day(on: date) -> bool:
    """Say whether a day counts: no Saturday, Sunday or bank holiday in England.

    The Act leaves out bank holidays of the whole United Kingdom. England's alone give the same day or an earlier one,
    so that nobody answers late by this count.
    """
    return on.weekday() < _SATURDAY and not is_bank_holiday(on)


def working_days_after(start: date, count: int) -> date:
    """Give the day that is `count` working days after `start`; the start itself does not count."""
    on = start
    while count:
        on += timedelta(days=1)
        count -= is_working_day(on)
    return on


def months_after(start: date, months: int) -> date:
    """Give the same day some months later, or the last of that month where it has no such day."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def years_after(start: date, years: int) -> date:
    """Give the same day some years later, or 1 March where that year has no 29 February: what is kept goes never too early."""
    found = months_after(start, 12 * years)
    return found if found.day == start.day else found + timedelta(days=1)


def next_working_day(on: date) -> date:
    """Give the day itself where it is a working day, or the next that is."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and with `end`; 0 where it is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
