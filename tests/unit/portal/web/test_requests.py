"""The files of a request: for those who may open them, never kept, named without a word about a person."""

import pytest

from portal.ground.act import SYSTEM, act_now
from portal.requests.after_disclosure.destruction import say_gone
from portal.requests.exchange.attachments import check_files
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.views import open_request
from tests.builders import a_session
from tests.request_builders import AGREE, CANARY, SECRET_FACT, a_district, a_request, basis_for


@pytest.fixture
def world(portal):
    now = act_now(portal.store, SYSTEM)
    district = a_district(now)
    request_id = a_request(now, district)
    mine = now.as_(district.inspector)
    shared = ItemVerdict(shared=True, information=SECRET_FACT)
    ticked = tuple(one.id for one in conditions_to_tick(open_request(mine, request_id).case))
    files = check_files(((f"{CANARY}.txt", b"Three calls."),))
    decide(
        mine,
        request_id,
        RequestDecision(
            outcome="disclose",
            items=(shared, shared),
            ticked=ticked,
            matched=AGREE,
            **basis_for(open_request(mine, request_id).case),
        ),
        files,
    )
    return now, district, request_id


def addresses(request_id):
    return [
        f"/files/request/{request_id}.pdf",
        f"/files/audit-pack/{request_id}.pdf",
        f"/files/answer/{request_id}.pdf",
        f"/files/answer/{request_id}/1",
    ]


def ask(client, now, person, address):
    cookies = {"Cookie": f"portal_session={a_session(now, person)}"} if person else {}
    return client.get(address, headers=cookies)


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.threat("PR6")
def test_the_people_named_download_each_file_and_nothing_is_kept_by_a_browser(client, world):
    now, district, request_id = world
    for address in addresses(request_id):
        for person in (district.clerk, district.colleague, district.inspector):
            found = ask(client, now, person, address)
            assert found.status_code == 200
            assert found.headers["cache-control"] == "no-store"
            assert found.headers["content-disposition"].startswith("attachment; filename=")
            assert "Zebulon" not in found.headers["content-disposition"]
    assert ask(client, now, district.clerk, addresses(request_id)[0]).content.startswith(b"%PDF")
    assert ask(client, now, district.clerk, addresses(request_id)[3]).content == b"Three calls."


@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.threat("AZ1")
def test_everybody_else_is_told_the_same_as_for_a_file_that_is_not_there(client, world):
    now, district, request_id = world
    nothing = ask(client, now, district.outsider, "/files/request/00000000000000000000.pdf")
    for address in addresses(request_id):
        for person in (None, district.outsider):
            refused = ask(client, now, person, address)
            assert refused.status_code == 404
            assert refused.headers["cache-control"] == "no-store"
        assert ask(client, now, district.outsider, address).text == nothing.text
    for address in addresses(request_id)[2:]:
        assert ask(client, now, district.parish_approver, address).status_code == 404


@pytest.mark.clause("s12.personal-retention")
def test_the_certificate_of_destruction_goes_to_both_sides_and_to_nobody_else(client, world):
    now, district, request_id = world
    address = f"/files/certificate/{request_id}.pdf"
    assert ask(client, now, district.officer, address).status_code == 404
    say_gone(now.as_(district.clerk), request_id, "deleted", promised=True)
    for person in (district.clerk, district.officer):
        found = ask(client, now, person, address)
        assert (found.status_code, found.headers["cache-control"]) == (200, "no-store")
    for person in (None, district.outsider):
        assert ask(client, now, person, address).status_code == 404
    assert ask(client, now, district.clerk, f"/files/answer/{request_id}.pdf").status_code == 409
