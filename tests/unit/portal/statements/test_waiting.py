"""What waits for a person on the home page, as far as this room knows; reminders go with what is due."""

from datetime import timedelta

import pytest

from portal.access_requests.partner_views import ask_originator
from portal.access_requests.reminders import remind_of_access
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.duties.scheduled.due import do_what_is_due
from portal.ground.settings import load_settings
from portal.ground.wording import today
from tests.duty_helpers import asked as asked_of
from tests.request_builders import a_district, later
from tests.statement_builders import a_complete_statement, a_statement_in_force, an_access_request


@pytest.fixture
def district(act):
    return a_district(act)


def waits(act, person):
    return {kind: count for kind, count in asked_of(act, person).items() if kind not in {"return", "sign"}}


def test_a_statement_waits_for_the_approver_whose_turn_it_is(act, district):
    a_complete_statement(act, district)
    assert waits(act, district.parish_approver) == {"statement": 1}
    assert waits(act, district.clerk) == {}
    assert waits(act, district.inspector) == {}


def test_a_review_that_is_due_waits_for_every_party(act, district):
    a_statement_in_force(act, district)
    for person in (district.clerk, district.officer):
        assert waits(later(act, days=366), person)["statement"] == 1


@pytest.mark.clause("s5.consult-originator")
def test_access_requests_wait_with_their_last_day_and_views_at_once(act, district):
    access_id = an_access_request(act, district)
    by = today(act.at) + timedelta(days=3)
    ask_originator(act.as_(district.clerk), access_id, district.police.id, "May we give it out?", by)
    assert waits(act, district.clerk) == {"access": 1}
    assert waits(act, district.officer) == {"view": 1}
    (before,) = [one for one in duties_of(act.as_(district.clerk)) if one.kind is DutyKind.ACCESS]
    (after,) = [one for one in duties_of(later(act, days=60).as_(district.clerk)) if one.kind is DutyKind.ACCESS]
    assert (before.late, after.late) == (False, True)


def test_reminders_go_with_what_is_due(act, district):
    an_access_request(act, district)
    do_what_is_due(later(act, days=23), load_settings({}))
    assert remind_of_access(later(act, days=23)) == 0
