"""How long things take and when people are reminded, as the clauses and the law have it: read from here and from the code.

A day more or less changes what a partner may count on, and none of the tests that walk a journey stands on its edge.
"""

from datetime import timedelta
from importlib import import_module

import pytest

DAYS = {  # timedeltas, in days
    "access_requests.reminders._VIEW_SOON": 2,
    "access_requests.views.SOON": 5,
    "agreement.editions.review.SOON": 60,
    "agreement.signing.confirmation.CHECK_DAYS": 5,
    "agreement.signing.renewal.AGAIN_AFTER": 28,
    "agreement.withholding.proposals.ANSWER_WITHIN": 14,
    "accountability.complaints.wording.ACKNOWLEDGE_DAYS": 30,
    "accountability.papers.views.SOON": 30,
    "breaches.follow_up._SOON": 1,
    "duties.leaving._SOON": 14,
    "duties.scheduled.digest._NEAR": 3,
    "duties.scheduled.digest._WEEK": 7,
    "duties.sources.chairs._BEFORE_REVIEW": 28,
    "meetings.minutes.reading._LATELY": 56,
    "requests.exchange.deciding.OPEN_FOR": 90,
    "requests.exchange.urgent.DAYS": 2,
    "requests.reminders.WAITS": 5,
}
NUMBERS = {
    "access_requests.clocks.EIR_EXTENDED_DAYS": 40,
    "access_requests.clocks.EXTENSION_MONTHS": 2,
    "access_requests.clocks.FOI_DAYS": 20,
    "agreement.editions.authorisation.NEEDED": 2,
    "agreement.register.partners.MOST_NAMED": 60,
    "agreement.signing.renewal.MOST_LETTERS": 3,
    "meetings.planning.rotation._MONTHS": 12,
    "statements.drafting.MOST_PARTIES": 12,
    "statements.signing.REVIEW_MONTHS": 12,
}


def now(name):
    room, _, constant = f"portal.{name}".rpartition(".")
    held = getattr(import_module(room), constant)
    return held / timedelta(days=1) if isinstance(held, timedelta) else held


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("app6.chair-rotation")
@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("cover.summary")
@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s2.statutory-partners-sign")
@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.clause("s9.breach")
@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s15.withhold")
@pytest.mark.clause("s16.copy-to-information-manager")
def test_a_time_that_people_count_on_is_not_a_day_longer_or_shorter():
    assert {one: now(one) for one in DAYS} == DAYS
    assert {one: now(one) for one in NUMBERS} == NUMBERS
