from datetime import date, time

import pytest

from portal.ground.errors import AnswersNeededError
from portal.ground.input.dates import date_from, time_from


@pytest.mark.parametrize("month", ["5", "05", "May", "may ", "MAY"])
def test_a_month_may_be_a_number_or_a_name(month):
    assert date_from("5", month, "2026") == date(2026, 5, 5)


@pytest.mark.parametrize("typed", [("", "5", "2026"), ("31", "2", "2026"), ("5", "Mai", "2026"), ("5", "5", "MMXXVI")])
def test_what_is_no_date_says_how_to_enter_one(typed):
    with pytest.raises(AnswersNeededError, match="There is a problem"):
        date_from(*typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2pm", time(14)),
        ("2:30pm", time(14, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("14.30", time(14, 30)),
        ("9:05", time(9, 5)),
        ("11:59pm", time(23, 59)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, meant):
    assert time_from(typed) == meant


@pytest.mark.parametrize("typed", ["", "2", "25:00", "14pm", "0am", "12:60", "noon"])
def test_what_is_no_time_says_how_to_enter_one(typed):
    with pytest.raises(AnswersNeededError):
        time_from(typed)
