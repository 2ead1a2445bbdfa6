"""Dates as offices write them: every form of a day, and what the rest of the column says of a day that is open to doubt."""

from datetime import date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.privacy import recoding

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))
DAYS = st.dates(*QUARTER)
FORMS = [
    "%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d%m%Y", "%d %B %Y", "%d-%b-%y", "%d%b%Y",
    "%a %d %b %Y", "%A, %d %B %Y", "%B %d, %Y", "%d %B", "%d %b", "%B %dth", "W/C %d %B", "week commencing %d/%m/%Y",
    "w/c %d %b %y", "%Y-%b-%d", "%d of %B %Y", "on %d/%m/%Y", "%d/%m/%Y (reported late)", "%d/%m/%Y - %d/%m/%Y",
]  # fmt: skip
TIMED = [
    "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.000", "%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%dT%H%M%S",
    "%d/%m/%Y %I:%M %p", "%d %B %Y at %I.%M%p", "%H:%M on %d %B %Y", "%d %b %Y %H%Mhrs", "%Y-%m-%dT%H:%M:%S+01:00",
    "%a, %d %b %Y %H:%M:%S BST",
]  # fmt: skip


def read(*texts, **answers):
    treated = recoding.dates(pa.array(texts), quarter=QUARTER, **answers)
    assert not treated.questions
    return treated.column.to_pylist()


@settings(deadline=None)
@given(day=DAYS, form=st.sampled_from(FORMS))
def test_a_day_is_read_in_any_form_an_office_writes(day, form):
    assert read("13/07/2026", day.strftime(form))[1] == day.isoformat()


@settings(deadline=None)
@given(moment=st.datetimes(datetime(2026, 7, 1), datetime(2026, 9, 30)), form=st.sampled_from(TIMED))  # noqa: DTZ001
def test_a_time_in_the_same_cell_is_read_too(moment, form):
    treated = recoding.dates(pa.array(["13/07/2026", moment.strftime(form)]), quarter=QUARTER)
    assert treated.column.to_pylist()[1] == moment.date().isoformat()
    assert treated.extra["time"].to_pylist()[1] == moment.strftime("%H:%M")


@settings(deadline=None)
@given(moment=st.datetimes(datetime(2026, 7, 2), datetime(2026, 9, 29)), zone=st.integers(-11, 12))  # noqa: DTZ001
def test_a_moment_of_another_zone_is_told_as_the_clock_here_showed_it(moment, zone):
    there = moment - timedelta(hours=1) + timedelta(hours=zone)
    texts = [there.strftime(f"%Y-%m-%dT%H:%M:%S{zone:+03d}:00"), (moment - timedelta(hours=1)).strftime("%Y%m%d%H%MZ")]
    treated = recoding.dates(pa.array(texts), quarter=QUARTER)
    assert set(treated.column.to_pylist()) == {moment.date().isoformat()}
    assert set(treated.extra["time"].to_pylist()) == {moment.strftime("%H:%M")}


def test_a_date_and_its_time_may_stand_in_words():
    treated = recoding.dates(
        pa.array(["Friday 3rd July 2026 at half past two in the afternoon", "about midnight on 4 July 2026"])
    )
    assert treated.column.to_pylist() == ["2026-07-03", "2026-07-04"]
    assert treated.extra["time"].to_pylist() == ["14:30", "00:00"]


@pytest.mark.parametrize("text", ["late July", "some time in July", "12 High Street", "31/06/2026", "week 27", "Mon"])
def test_what_names_no_day_is_told_and_not_guessed(text):
    treated = recoding.dates(pa.array(["13/07/2026", text]), quarter=QUARTER)
    assert treated.column.to_pylist()[1] is None
    assert [problem.row for problem in treated.problems] == [1]
    assert text not in treated.problems[0].reason


def test_a_day_that_cannot_be_of_the_return_is_left_out_with_its_reason():
    texts = ["03/07/2026", "12/05/1958", "14/02/2009", "01/10/2026", "30/06/2026", "2026-12-01"]
    treated = recoding.dates(pa.array(texts), quarter=QUARTER)
    assert treated.column.to_pylist() == ["2026-07-03", None, None, None, "2026-06-30", None]
    assert ["birth date" in problem.reason for problem in treated.problems] == [True, True, False, False]


def test_a_file_of_another_quarter_keeps_its_dates_for_the_check_of_the_quarter():
    assert read("03/10/2026", "04/11/2026") == ["2026-10-03", "2026-11-04"]


@settings(deadline=None)
@given(days=st.lists(DAYS, min_size=2, max_size=20, unique=True).filter(lambda days: any(day.day > 12 for day in days)))
def test_one_date_that_can_only_have_the_month_first_settles_all(days):
    assert read(*[day.strftime("%m/%d/%Y") for day in days]) == [day.isoformat() for day in days]


def opened_abroad(days):
    """What a spreadsheet program that puts the month first makes of dates that have the day first."""
    return [day.strftime("%Y-%d-%m" if day.day <= 12 else "%d/%m/%Y") for day in days]


@settings(deadline=None)
@given(days=st.lists(DAYS, min_size=4, max_size=30, unique=True))
def test_days_swapped_by_a_program_of_another_country_are_asked_about_and_put_right(days):
    moved = [day for day in days if day.day <= 12 and day.day != day.month]
    outside = [day for day in moved if not 7 <= day.day <= 9]
    texts = opened_abroad(days)
    treated = recoding.dates(pa.array(texts), quarter=QUARTER)
    asked = [question.id for question in treated.questions]
    if outside and any(day.day > 12 for day in days):
        assert asked == ["date-swap"]
    if asked:
        assert read(*texts, swap="swapped") == [day.isoformat() for day in days]


def test_numbers_of_an_older_calendar_are_asked_about():
    texts = [str((day - date(1904, 1, 1)).days) for day in (date(2026, 7, 3), date(2026, 8, 14))]
    assert [question.id for question in recoding.dates(pa.array(texts), quarter=QUARTER).questions] == ["date-swap"]
    assert read(*texts, swap="from-1904") == ["2026-07-03", "2026-08-14"]


def test_july_26_is_a_day_beside_july_3_and_a_month_alone():
    assert read("July 26", "July 3") == ["2026-07-26", "2026-07-03"]
    assert read("July 26", "Aug 26") == ["2026-07-01", "2026-08-01"]
