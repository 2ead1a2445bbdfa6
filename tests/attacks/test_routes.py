"""Every plain address by the one list of them, so that a new one is tried too: who gets an answer, and what odd words do."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from portal.ground.act import Role
from portal.web.routes import routes
from portal.web.shell import shell
from tests.builders import a_partnership, a_person, a_session, an_organisation

# What anybody may ask for. Whatever else stands in the list is closed to the public, and no answer of it is kept.
PUBLIC = set(
    """
    /healthz /healthz/alive /.well-known/security.txt /assets/{name} /logo /metrics
    /session /sign-in/with/{id} /sign-in/with/{id}/done /set-up-code /invitation/{secret} /new-password/{secret}
    /signatories /signatories.json /signatories.csv /signatories.atom /signatories.schema.json /signatories/{name}
    /signatories/{name}/badge.svg /agreement.pdf /forms/{name}.pdf /guide/{name}.pdf /guide-picture/{name}.png
    /certificate.pem /return/template /minutes/{reference}.pdf /statistics/all /statistics/table/{name} /statistics/{name}
    /sign/begin /sign/continue /m /m/ask /m/{code} /m/{code}/known /m/{code}/known/{secret} /m/{code}/mend /m/{code}/tablet
    """.split()  # noqa: SIM905 - a list to read
)
PLAIN = [route for route in routes() if route.endpoint is not shell]
CLOSED = [route for route in PLAIN if route.path not in PUBLIC]
HOME = "http://127.0.0.1:8501"
ODD = ("\0../../etc/passwd' OR 1=1 --<b>%\r\nX-Y: z", "٣" * 20 + "9" * 3000)


def filled(route, value):
    """The route's address with a value in each place; a number where it takes nothing else."""
    written = "".join(f"%{byte:02x}" for byte in value.encode())
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: "1" if found[2] else written, route.path)


def asking(act, who):
    """A browser of somebody with a role (None: the public) at a portal that is set up."""
    client = TestClient(Starlette(routes=routes()), base_url=HOME, follow_redirects=False)
    if who is not None:
        person = a_person(act, "Ann Clerk", who, organisation=an_organisation(act))
        client.cookies.set("portal_session", a_session(act, person))
    return client


@pytest.fixture
def now(portal, act):
    here = replace(act, store=portal.store, at=datetime.now(UTC))
    a_partnership(here)
    return here


def test_the_list_of_what_is_public_names_addresses_that_stand():
    assert {route.path for route in PLAIN} >= PUBLIC


@pytest.mark.threat("AZ1")
@pytest.mark.parametrize("who", [None, *Role], ids=lambda role: role.value if role else "public")
def test_what_is_not_public_is_closed_to_the_public_and_kept_by_no_browser_of_anybody(now, who):
    client = asking(now, who)
    for route in CLOSED:
        answer = client.get(filled(route, "x"))
        assert answer.headers.get("cache-control") == "no-store", route.path
        assert answer.status_code in ({200, 303, 404, 409} if who else {303, 404, 409}), route.path


@pytest.mark.threat("IN10")
@pytest.mark.threat("DO6")
def test_no_odd_word_in_an_address_or_a_question_is_a_fault_or_a_line_of_the_head(now):
    client = asking(now, Role.MANAGER)
    for route in PLAIN:
        for value in ODD:
            asked = dict.fromkeys(("id", "return", "page", "quarter", "rows", "code", "key", "then", "lang"), value)
            answer = client.get(filled(route, value), params=asked)
            assert answer.status_code < 500, (route.path, value[:20])
            assert "x-y" not in answer.headers
            assert answer.headers.get("location", "/").startswith("/")


@pytest.mark.threat("DE2")
@pytest.mark.parametrize(
    "sent",
    [{}, {"Origin": "https://evil.example"}, {"Origin": HOME, "Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_a_form_that_another_site_sends_is_refused_at_every_address_that_takes_one(now, sent):
    client = asking(now, Role.MANAGER)
    taking = [route for route in PLAIN if "POST" in route.methods]
    assert len(taking) > 8
    for route in taking:
        assert client.post(filled(route, "x"), data={"do": "end"}, headers=sent).status_code == 403, route.path
    assert client.get("/files/my-data.zip").status_code == 200, "still signed in"
