"""Quarters: read, shown by their months, due at the end of the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.datasets.quarters import Quarter, QuarterError

DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2998, 12, 31))


@pytest.mark.clause("s11.quarterly")
def test_a_quarter_is_shown_by_its_months_and_due_at_the_end_of_the_next():
    third = Quarter.parse("2026-Q3")
    assert (third.label, third.months) == ("2026-Q3", "July to September 2026")
    assert (third.start, third.end, third.due) == (date(2026, 7, 1), date(2026, 9, 30), date(2026, 12, 31))
    assert Quarter(2026, 4).due == date(2027, 3, 31)
    assert Quarter.just_ended(date(2026, 11, 25)) == third
    assert str(third) == "2026-Q3"


@pytest.mark.parametrize("text", ["2026 q3", "2026Q3", " 2026-Q3 "])
def test_a_quarter_is_read_however_it_is_spaced(text):
    assert Quarter.parse(text) == Quarter(2026, 3)


@pytest.mark.parametrize("text", ["", "2026", "Q3", "2026-Q5", "26-Q3", "2026-Q33", "2026-07"])
def test_what_is_no_quarter_is_refused_with_an_example(text):
    with pytest.raises(QuarterError, match="2026-Q3"):
        Quarter.parse(text)


def test_a_quarter_outside_the_calendar_is_refused():
    with pytest.raises(QuarterError):
        Quarter(2026, 5)


@given(DAYS)
def test_every_day_lies_in_its_quarter_and_in_no_neighbour(day):
    own = Quarter.of(day)
    assert own.holds(day)
    assert not own.next.holds(day)
    assert not own.previous.holds(day)
    assert own.next.previous == own
    assert own.previous < own < own.next
    assert Quarter.parse(own.label) == own
