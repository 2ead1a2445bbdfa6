"""The posts that begin and go on with a signing, and the files behind a check."""

import re
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.drafts import Draft
from models.record import Message
from portal.agreement.signing import email_check, journey, sign
from portal.ground.act import PUBLIC, Act, Role
from portal.ground.database import reading
from tests.builders import a_partnership, a_person, a_session, an_organisation
from tests.signing_builders import MAIL, NO_MAIL, a_manager, a_signature, ready_to_sign

OWN = {"Origin": "http://127.0.0.1:8501", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def now(portal):
    act = Act(store=portal.store, person=PUBLIC, at=datetime.now(UTC))
    a_partnership(act)
    return act


def drafts(act):
    with reading(act.store.engine) as session:
        return len(session.exec(select(Draft)).all())


def test_beginning_sets_a_cookie_that_scripts_cannot_read(client, now):
    answer = client.post("/sign/begin", headers=OWN)
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-email")
    assert "portal_sign=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store"
    assert "portal_sign" not in answer.headers["location"]


def test_beginning_again_goes_on_unless_another_is_wanted(client, now):
    client.post("/sign/begin", headers=OWN)
    assert "set-cookie" not in client.post("/sign/begin", headers=OWN).headers
    assert drafts(now) == 1
    assert "set-cookie" in client.post("/sign/begin", data={"do": "again"}, headers=OWN).headers
    assert drafts(now) == 2


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8501"}])  # fmt: skip
def test_a_post_from_elsewhere_is_refused(client, now, headers):
    assert client.post("/sign/begin", headers=headers).status_code == 403
    assert client.post("/sign/continue", data={"key": "x"}, headers=headers).status_code == 403
    assert drafts(now) == 0


def test_a_post_that_is_too_long_is_refused(client, now):
    assert client.post("/sign/begin", data={"do": "x" * 5000}, headers=OWN).status_code == 413


def test_get_begins_nothing(client, now):
    assert "set-cookie" not in client.get("/sign/begin").headers
    assert drafts(now) == 0


def test_the_link_of_the_letter_goes_on_where_one_stopped_on_any_device(client, now):
    secret = journey.begin(now)
    email_check.give_address(now, secret, "ann@thornby.example", MAIL)
    with reading(now.store.engine) as session:
        message = session.exec(select(Message)).one()
    sent = now.store.vault.open_text(message.secret, f"message.secret:{message.id}")
    path = re.search(r"/sign/continue\?key=\S+", sent).group()
    looked = client.get(path)
    assert looked.status_code == 200
    assert "<script" not in looked.text
    assert not journey.signing(now, secret).email_settled  # a mail scanner that opens the link changes nothing
    key = path.partition("key=")[2]
    answer = client.post("/sign/continue", data={"key": key}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-organisation")
    assert f"portal_sign={secret}" in answer.headers["set-cookie"]
    assert journey.signing(now, secret).said("email_how") == "link"


@pytest.mark.parametrize("key", ["", ".", "nothing.nothing", "x" * 1000, "<b>"])
def test_a_link_that_is_not_ours_opens_nothing(client, now, key):
    answer = client.post("/sign/continue", data={"key": key}, headers=OWN)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert "<b>" not in client.get("/sign/continue", params={"key": key}).text


def test_the_signed_copy_needs_the_cookie_of_its_signing(client, now):
    secret = ready_to_sign(now, an_organisation(now))
    client.cookies.set("portal_sign", secret)
    assert client.get("/sign/copy").status_code == 404
    made = sign.sign(now, secret, NO_MAIL)
    answer = client.get("/sign/copy")
    assert answer.headers["content-disposition"] == f'attachment; filename="signed-agreement-{made.reference}.pdf"'
    assert (answer.headers["cache-control"], answer.content[:5]) == ("no-store", b"%PDF-")
    client.cookies.clear()
    assert client.get("/sign/copy").status_code == 404


def test_any_other_copy_needs_a_session_that_may_read_it(client, now):
    council = an_organisation(now)
    made = a_signature(now, council)
    other = an_organisation(now, "Other Council")
    seen = {
        None: 404,
        a_person(now, "Eve", Role.APPROVER, organisation=other): 404,
        a_person(now, "Ann", Role.PARTNER, organisation=council): 200,
        a_manager(now): 200,
    }
    for person, status in seen.items():
        client.cookies.clear()
        if person is not None:
            client.cookies.set("portal_session", a_session(now, person))
        assert client.get(f"/signature/copy/{made.id}").status_code == status
        assert client.get("/signature/copy/nothing").status_code == 404
        assert client.get("/notice/copy/nothing").status_code == 404


@pytest.mark.clause("s16.declaration")
def test_the_certificate_of_the_seal_is_for_anybody_and_fits_what_is_sealed(client, portal):
    answer = client.get("/certificate.pem")
    assert answer.status_code == 200
    assert answer.text.startswith("-----BEGIN CERTIFICATE-----")
    assert "PRIVATE" not in answer.text
    assert client.get("/certificate.pem").text == answer.text
