import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.drafts import resume
from portal.partnership import set_up
from portal.partnership.changes import change_logo
from portal.partnership.set_up import new_code
from portal.web.routes import routes
from tests.builders import a_partnership, a_person
from tests.conftest import NOW
from tests.unit.portal.partnership.test_logos import SVG

HOME = "http://127.0.0.1:8501"


@pytest.fixture
def act(portal):
    from portal.ground.act import act_now  # noqa: PLC0415 - the clock of the routes

    return act_now(portal.store, SYSTEM)


@pytest.fixture
def client(portal):
    return TestClient(Starlette(routes=routes()), base_url=HOME, follow_redirects=False, headers={"Origin": HOME})


def test_the_right_code_gives_the_set_ups_cookie(client, act):
    answer = client.post("/set-up-code", data={"code": new_code(act)})
    assert answer.headers["location"] == "/set-up-partnership"
    secret = answer.cookies[set_up.COOKIE]
    assert resume(act.as_(PUBLIC), set_up.JOURNEY, secret=secret).answers


def test_a_wrong_code_leads_back_and_gives_no_cookie(client, act):
    new_code(act)
    answer = client.post("/set-up-code", data={"code": "AAAA"})
    assert answer.headers["location"] == "/set-up?refused=1"
    assert set_up.COOKIE not in answer.cookies


def test_the_code_is_not_taken_from_another_site_or_when_all_is_set_up(client, act):
    assert client.post("/set-up-code", data={"code": "x"}, headers={"Origin": "http://evil.example"}).status_code == 403
    a_partnership(act)
    assert client.post("/set-up-code", data={"code": "x"}).headers["location"] == "/set-up"


def test_the_logo_is_served_shut_in_and_404_where_there_is_none(client, act):
    assert client.get("/logo").status_code == 404
    a_partnership(act)
    change_logo(Act(store=act.store, person=a_person(act, "Mina", Role.MANAGER), at=NOW), SVG)
    answer = client.get("/logo")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert client.get("/logo", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
