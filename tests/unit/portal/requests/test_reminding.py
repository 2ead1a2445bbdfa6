"""Reminders: after five working days, to whoever's turn it is, once."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.record import Message
from portal.ground.database import reading
from portal.requests.exchange.correspondence import ask_question
from portal.requests.reminders import remind_of_requests, working_days
from tests.request_builders import a_district, a_request, later


def reminders(act):
    with reading(act.store.engine) as session:
        return len(session.exec(select(Message).where(Message.template == "request-reminder")).all())


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_holders_people_are_reminded_after_five_working_days_and_again_five_later(act):
    district = a_district(act)
    a_request(act, district)
    assert remind_of_requests(later(act, days=6)) == 0
    assert remind_of_requests(later(act, days=7)) == 1
    assert remind_of_requests(later(act, days=7, hours=2)) == 0
    assert reminders(act) == 3
    assert remind_of_requests(later(act, days=14)) == 1


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_requester_is_reminded_of_a_question(act):
    district = a_district(act)
    request_id = a_request(act, district)
    ask_question(later(act.as_(district.officer), days=1), request_id, "Which Mill Lane?")
    assert remind_of_requests(later(act, days=8)) == 1
    assert reminders(act) == 1


@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC), 5),
        (datetime(2026, 12, 23, 12, tzinfo=UTC), datetime(2026, 12, 30, 12, tzinfo=UTC), 3),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 11, 29, 12, tzinfo=UTC), 0),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(since, now, days):
    assert working_days(since, now) == days
