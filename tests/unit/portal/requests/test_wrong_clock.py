"""A reminder that was noted while the clock was wrong keeps nobody from being reminded once it is right."""

import re
from datetime import timedelta

import pytest

from portal.ground.calendar.noted import waits_since
from portal.ground.settings import ROOT
from portal.requests.after_disclosure.destruction import remind_of_keeping
from portal.requests.exchange.receipt import remind_of_receipts
from portal.requests.exchange.urgent import escalate_records, remind_of_records
from portal.requests.forms.draft_warning import warn_of_drafts
from portal.requests.reminders import remind_of_requests
from tests.conftest import NOW
from tests.request_builders import a_district, a_draft, a_request, a_shared_request, later
from tests.unit.portal.requests.test_ending import kept_until
from tests.unit.portal.requests.test_urgent import an_urgent_request

REMINDERS = {
    "a request": (a_request, remind_of_requests, 300, 7),
    "a full record": (an_urgent_request, remind_of_records, 300, 2),
    "an overdue record": (an_urgent_request, escalate_records, 300, 3),
    "keeping": (lambda act, district: kept_until(act, district, 30), remind_of_keeping, 300, 31),
    "a receipt": (a_shared_request, remind_of_receipts, 20, 7),
    "a draft": (a_draft, warn_of_drafts, 26, 25),
}


@pytest.mark.threat("ES6")
@pytest.mark.parametrize("what", REMINDERS)
def test_whoever_was_reminded_under_a_wrong_clock_is_reminded_in_time_once_it_is_right(act, what):
    make, remind, wrong, right = REMINDERS[what]
    make(act, a_district(act))
    assert [remind(later(act, days=days)) for days in (wrong, right)] == [1, 1]
    assert remind(later(act, days=right, hours=1)) == 0


def test_what_began_under_a_wrong_clock_has_waited_for_long():
    assert waits_since(NOW, NOW + timedelta(days=300), NOW + timedelta(days=301)) < NOW - timedelta(days=30)
    assert waits_since(NOW, NOW + timedelta(days=300), NOW - timedelta(days=1)) == NOW - timedelta(days=1)


def test_no_reminder_asks_only_whether_it_was_noted():
    asks = re.compile(r"(reminded|warned|escalated)_at(\)\.is_\(None\)| or | is None)")
    found = {str(path.relative_to(ROOT)) for path in (ROOT / "portal").rglob("*.py") if asks.search(path.read_text())}
    assert found == set(), "use portal.ground.calendar.noted"
