"""The clocks of access requests: 20 working days, or one month; pure counting of days (s5, s15)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from portal.meetings.holidays import is_bank_holiday

FOI_DAYS = 20  # working days after the day it came (Freedom of Information Act 2000 s10(1))
EXTENSION_MONTHS = 2  # a complex request about oneself may take so much longer (UK GDPR Art 12(3))
_SATURDAY = 5


class Kind(StrEnum):
    """What is asked for, as the agreement names it (s5)."""

    FOI = "foi"
    SUBJECT_ACCESS = "subject_access"


KIND_TITLES = {
    Kind.FOI: "Freedom of information",
    Kind.SUBJECT_ACCESS: "A person's own information (subject access)",
}
KIND_CLOCKS = {
    Kind.FOI: "20 working days after the day it came",
    Kind.SUBJECT_ACCESS: "One month from the day it came",
}


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


def next_working_day(on: date) -> date:
    """Give the day itself where it is a working day, or the next that is."""
    while not is_working_day(on):
        on += timedelta(days=1)
    return on


def due(kind: Kind, received: date) -> date:
    """Give the last day for an answer.

    Freedom of information: the 20th working day after it came. Subject access: the same day of the next month; where
    that is no working day, the next one (as the Information Commissioner counts).
    """
    if kind is Kind.FOI:
        return working_days_after(received, FOI_DAYS)
    return next_working_day(months_after(received, 1))


def extended(received: date) -> date:
    """Give the last day for a subject access request that takes two months longer: three months from when it came."""
    return next_working_day(months_after(received, 1 + EXTENSION_MONTHS))


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and with `end`; 0 where it is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
