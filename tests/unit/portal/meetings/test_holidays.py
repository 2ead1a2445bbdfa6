from datetime import date

import pytest

from portal.ground.calendar.bank_holidays import bank_holidays, easter_sunday


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # As GOV.UK published them: www.gov.uk/bank-holidays
        (2022, ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]),
        (2023, ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]),
        (2025, ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
    ],
)
@pytest.mark.threat("DA13")
def test_englands_bank_holidays_are_those_that_were_published(year, days):
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)])
def test_easter_falls_where_the_calendar_has_it(day):
    assert easter_sunday(day.year) == day
