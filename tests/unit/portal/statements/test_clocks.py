"""The clocks of access requests, against days counted by hand and by property (s5, s15)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.access_requests.clocks import AccessKind, due, extended
from portal.ground.calendar.working_calendar import (
    is_working_day,
    months_after,
    working_days_after,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 30)),  # Monday: four plain weeks
        (date(2026, 11, 28), date(2026, 12, 29)),  # Saturday; Christmas Day and the day for Boxing Day left out
        (date(2026, 12, 24), date(2027, 1, 26)),  # 25 and 28 December and 1 January left out
        (date(2027, 3, 25), date(2027, 4, 26)),  # Good Friday and Easter Monday left out
        (date(2026, 4, 30), date(2026, 6, 1)),  # both May holidays left out
    ],
)
def test_freedom_of_information_has_twenty_working_days(received, last):
    assert due(AccessKind.FOI, received) == last


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 3, 31), date(2026, 4, 30)),  # no 31 April
        (date(2027, 1, 30), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),  # a leap year
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, a weekend, the day for Boxing Day
    ],
)
def test_subject_access_has_a_month(received, last):
    assert due(AccessKind.SUBJECT_ACCESS, received) == last


def test_a_complex_subject_access_request_has_three_months_from_when_it_came():
    assert extended(AccessKind.SUBJECT_ACCESS, date(2026, 11, 25)) == date(2027, 2, 25)
    assert extended(AccessKind.SUBJECT_ACCESS, date(2026, 11, 30)) == date(2027, 3, 1)


def test_environmental_information_has_twenty_working_days_or_forty():
    assert due(AccessKind.EIR, date(2026, 11, 25)) == date(2026, 12, 23)
    assert extended(AccessKind.EIR, date(2026, 11, 25)) == date(2027, 1, 25)


def test_law_enforcement_has_a_month_and_no_grace_for_a_holiday():
    assert due(AccessKind.LAW_ENFORCEMENT, date(2026, 11, 25)) == date(2026, 12, 25)
    assert due(AccessKind.LAW_ENFORCEMENT, date(2026, 11, 25), counts_from=date(2026, 12, 5)) == date(2027, 1, 5)


@given(DAYS)
def test_twenty_working_days_lie_between_arrival_and_last_day(received):
    last = due(AccessKind.FOI, received)
    assert is_working_day(last)
    assert working_days_between(received, last) == 20
    assert timedelta(days=26) <= last - received <= timedelta(days=38)


@given(DAYS)
def test_a_last_day_is_never_before_the_month_is_over(received):
    last = due(AccessKind.SUBJECT_ACCESS, received)
    assert is_working_day(last)
    assert months_after(received, 1) <= last <= months_after(received, 1) + timedelta(days=5)
    assert last < extended(AccessKind.SUBJECT_ACCESS, received)


@given(DAYS, st.integers(0, 60))
def test_counting_on_and_counting_between_agree(start, count):
    assert working_days_between(start, working_days_after(start, count)) == count
