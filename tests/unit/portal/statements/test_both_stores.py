"""The whole room once on each database: statements, access requests, notices and figures."""

from datetime import timedelta

import pytest

from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.partner_views import ask_originator, give_view
from portal.access_requests.reminders import remind_of_access
from portal.duties.request_figures import requests_we_made
from portal.ground.act import SYSTEM, Act
from portal.ground.wording import today
from portal.privacy_notices.notices import make_notice, offer
from portal.statements.review import revise_statement
from tests.conftest import NOW
from tests.request_builders import a_district, a_request, later
from tests.statement_builders import a_statement_in_force, an_access_request
from tests.unit.portal.statements.test_notices import CHOICES


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s5.consult-originator")
def test_the_room_works_alike_on_both_databases(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    district = a_district(act)
    clerk = act.as_(district.clerk)
    statement_id = a_statement_in_force(act, district)
    assert revise_statement(clerk, statement_id) == revise_statement(clerk, statement_id)
    access_id = an_access_request(act, district)
    by = today(act.at) + timedelta(days=2)
    view_id = ask_originator(clerk, access_id, district.police.id, "May we?", by)
    assert ask_originator(clerk, access_id, district.police.id, "May we?", by) == view_id
    assert remind_of_access(later(act, days=1)) == 1
    give_view(act.as_(district.officer), view_id, "no_objection", "")
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
    a_request(act, district)
    assert offer(clerk).used_gateways == ("cda-1998-s115",)
    assert make_notice(clerk, CHOICES, key="k") == make_notice(clerk, CHOICES, key="k")
    assert requests_we_made(clerk, district.parish.id).made == "1"
