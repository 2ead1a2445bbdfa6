"""The files of statements, access requests and notices: for those who may open them, never kept by a browser."""

import pytest

from models.statements import SharingStatement
from portal.access_requests.decision import AccessDecision, decide_access
from portal.ground.act import SYSTEM, Role, act_now
from portal.ground.database import transaction
from portal.privacy_notices.notices import make_notice
from portal.privacy_notices.wording import NoticeChoices
from tests.builders import a_person, a_session
from tests.request_builders import a_district
from tests.statement_builders import a_begun_statement, a_statement_in_force, an_access_request

CHOICES = NoticeChoices(
    purposes=("To stop crime",),
    gateways=("cda-1998-s115",),
    conditions=("art6-e",),
    recipients=("Anyshire Police",),
    sensitive=False,
    keep="A year.",
    contact_role="clerk",
    contact="01632 960000",
)


@pytest.fixture
def world(portal):
    now = act_now(portal.store, SYSTEM)
    district = a_district(now)
    statement_id = a_statement_in_force(now, district)
    access_id = an_access_request(now, district)
    decide_access(now.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
    notice_id = make_notice(now.as_(district.clerk), CHOICES, key="k")
    return now, district, statement_id, access_id, notice_id


def ask(client, now, person, address):
    cookies = {"Cookie": f"portal_session={a_session(now, person)}"} if person else {}
    return client.get(address, headers=cookies)


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s6.fair-obtaining")
def test_each_file_opens_for_its_own_people_and_for_nobody_else(client, world):
    now, district, statement_id, access_id, notice_id = world
    desk, manager = a_person(now, "Cass Desk", Role.OFFICER), a_person(now, "Mab Manager", Role.MANAGER)
    own = (district.clerk, district.parish_approver)
    who_may = {
        f"/files/statement/{statement_id}.pdf": (*own, district.officer, desk, manager),
        f"/files/access-request/{access_id}.pdf": own,
        **{f"/files/privacy-notice/{notice_id}.{form}": own for form in ("pdf", "html", "txt")},
    }
    everybody = (None, *own, district.officer, district.outsider, desk, manager)
    nothing = ask(client, now, district.clerk, "/files/statement/00000000000000000000.pdf")
    for address, may in who_may.items():
        for person in everybody:
            found = ask(client, now, person, address)
            assert found.headers["cache-control"] == "no-store"
            if person in may:
                assert found.status_code == 200, (address, person)
                assert found.headers["content-disposition"].startswith("attachment; filename=")
            else:
                assert found.status_code == 404, (address, person)
                assert b"%PDF" not in found.content
    assert nothing.status_code == 404


def test_what_has_no_paper_yet_and_an_unknown_form_are_not_found(client, world):
    now, district, _, _, notice_id = world
    for address in (
        f"/files/statement/{a_begun_statement(now, district)}.pdf",
        f"/files/access-request/{an_access_request(now, district)}.pdf",
        f"/files/privacy-notice/{notice_id}.exe",
    ):
        assert ask(client, now, district.clerk, address).status_code == 404


def test_a_paper_that_was_damaged_in_the_store_is_not_given_out(client, world):
    now, district, statement_id, _, _ = world
    with transaction(now.store.engine) as session:
        row = session.get(SharingStatement, statement_id)
        row.paper = row.paper[:-1] + bytes([row.paper[-1] ^ 1])
        session.add(row)
    found = ask(client, now, district.clerk, f"/files/statement/{statement_id}.pdf")
    assert found.status_code == 409
    assert b"cannot be opened" in found.content
