from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground.act import Role
from portal.ground.calendar.bank_holidays import is_bank_holiday
from portal.ground.errors import AnswersNeededError, NotAllowedError
from portal.ground.wording import today
from portal.meetings.meeting import meetings
from portal.meetings.planning.calendar_files import calendar_file, entry_of
from portal.meetings.planning.plan import chairs, gaps, plan, year_of_days
from portal.record.audit import entries
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_plan

working_days = st.dates(date(2026, 1, 1), date(2045, 12, 31)).filter(
    lambda day: day.weekday() < 5 and not is_bank_holiday(day)
)


@pytest.fixture
def chair(act):
    return a_person(act, "Farah Khan", Role.CHAIR)


@pytest.mark.clause("app6.frequency")
@given(first=working_days, weeks=st.integers(1, 4))
def test_a_year_of_meetings_has_no_gap_over_four_weeks_and_no_bank_holiday(first, weeks):
    days = year_of_days(first, weeks)
    assert days[0] == first
    assert all(timedelta(0) < after - before <= timedelta(weeks=4) for before, after in pairwise(days))
    assert not any(is_bank_holiday(day) for day in days)
    assert {day.weekday() for day in days} == {first.weekday()}
    assert days[-1] + timedelta(weeks=4) >= date(first.year + 1, first.month, min(first.day, 28))


@pytest.mark.clause("app6.frequency")
def test_a_year_is_planned_in_one_step_and_a_second_click_plans_nothing_more(act, chair):
    wanted = a_plan(chair, today(act.at), every_weeks=4)
    first, again = (plan(act.as_(chair), wanted) for _ in range(2))
    assert [one.id for one in first] == [one.id for one in again]
    assert len(meetings(act.as_(chair))) == len(first) >= 13
    with pytest.raises(AnswersNeededError) as refused:
        plan(act.as_(chair), a_plan(chair, today(act.at), every_weeks=5))
    assert list(refused.value.problems) == ["every"]


@pytest.mark.clause("app6.frequency")
def test_a_meeting_begins_at_the_hour_that_clocks_show(act, chair):
    winter, summer = (plan(act.as_(chair), a_plan(chair, day))[0] for day in (date(2026, 12, 1), date(2027, 6, 1)))
    assert (winter.starts_at.hour, summer.starts_at.hour) == (14, 13)  # UTC


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.parametrize("field", ["agenda_by", "minutes_by", "actions_by", "name", "place"])
def test_a_meeting_cannot_be_planned_without_who_does_what(act, chair, field):
    with pytest.raises(AnswersNeededError) as refused:
        plan(act.as_(chair), a_plan(chair, today(act.at), **{field: " "}))
    assert list(refused.value.problems) == [field]


@pytest.mark.clause("app6.frequency")
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"first": date(2026, 11, 1)}, "first"),
        ({"first": date(2026, 12, 25)}, "first"),
        ({"first": date(2031, 1, 6)}, "first"),
        ({"every_weeks": 5}, "every"),
        ({"chair_id": "nobody"}, "chair"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_what_cannot_be_planned_says_why(act, chair, more, field):
    with pytest.raises(AnswersNeededError) as refused:
        plan(act.as_(chair), a_plan(chair, today(act.at), **{"first": today(act.at)} | more))
    assert list(refused.value.problems) == [field]


@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app6.chair-rotation")
@pytest.mark.clause("app6.induction-and-support")
def test_only_those_who_plan_may_plan(act, chair):
    clerk = a_person(act, "Ann Clerk", Role.PARTNER, organisation=an_organisation(act))
    for wanted in (chairs, meetings, lambda by: plan(by, a_plan(chair, today(act.at)))):
        with pytest.raises(NotAllowedError):
            wanted(act.as_(clerk))


@pytest.mark.clause("app6.frequency")
def test_a_gap_over_four_weeks_is_flagged(act, chair):
    for days in (7, 35, 64):
        plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=days)))
    found = gaps(act, meetings(act.as_(chair)))
    assert [(today(after.starts_at) - today(before.starts_at)).days for before, after in found] == [29]


@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app6.induction-and-support")
def test_planning_is_recorded_without_who_does_what(act, chair):
    plan(act.as_(chair), a_plan(chair, today(act.at), minutes_by="Bo Lindqvist"))
    manager = a_person(act, "Priya Shah", Role.MANAGER)
    (entry,) = [one for one in entries(act.as_(manager))[0] if one.event == "meeting:planned"]
    assert "Bo" not in str(entry.details)


@pytest.mark.clause("app6.frequency")
def test_a_calendar_file_holds_time_and_place_and_no_person(act, chair):
    planned = plan(act.as_(chair), a_plan(chair, today(act.at), name="Group; with, signs" + "é" * 60))
    text = calendar_file([entry_of(one) for one in planned], made_at=act.at, host="portal.example").decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20261125T140000Z\r\n" in text
    assert "SUMMARY:Group\\; with\\, signs" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not any(name in text for name in ("Farah", "Ann Clerk", "Bo Lindqvist"))
