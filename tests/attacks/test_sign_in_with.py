"""Signing in with a provider, against a real one that the test starts: what is believed of it, and what is not."""

import base64
import hashlib
import io
import json
import threading
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx2
import pyotp
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from sqlmodel import select
from werkzeug.serving import make_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from models.accounts import Account
from models.record import AuditEntry
from portal.accounts.authentication import sign_in_state
from portal.accounts.authentication import sign_in_with as asking
from portal.accounts.authentication.providers import IdentityProvider, providers
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in_state import WITH_COOKIE, opened, refusal, sealed
from portal.app.server import make_app
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import SettingsError
from portal.ground.process.runtime import running
from tests.attacks.test_signing_in import browser
from tests.builders import a_partnership, a_person, an_organisation

# The provider of the tests uses what its own library calls outdated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Provider:
    """A provider of the network, which asks for PKCE as Entra does. `other_keys`: it signs with keys it does not show.

    `signs`: the key and algorithm that it signs tokens with, and what they say otherwise than they should.
    """

    def __init__(self, app):
        self.app, self.other_keys, self.challenge, self.tokens, self.signs = app, False, "", 0, None
        self.says = {}  # of itself, otherwise than it should
        self.waits, self.moved = 0.0, False

    def __call__(self, environ, start_response):
        asked = Request(environ)
        if asked.path == "/oauth2/authorize":
            self.challenge = asked.args["code_challenge"]
            assert asked.args["code_challenge_method"] == "S256"
        if asked.path == "/oauth2/token":
            self.tokens += 1
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = io.BytesIO(body)
            digest = hashlib.sha256(parse_qs(body.decode())["code_verifier"][0].encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
                return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")(environ, start_response)
            if self.signs:
                told = Response.from_app(self.app, environ).get_json()
                key, algorithm, claims = self.signs
                body = told["id_token"].split(".")[1]
                said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | claims
                told["id_token"] = jwt.encode({"alg": algorithm, "kid": key.kid}, said, key, algorithms=[algorithm])
                return Response(json.dumps(told), mimetype="application/json")(environ, start_response)
        time.sleep(self.waits)
        if self.moved and not asked.args:
            return redirect(f"{asked.path}?elsewhere=1")(environ, start_response)
        if asked.path == "/.well-known/openid-configuration" and self.says:
            told = Response.from_app(self.app, environ).get_json() | self.says
            return Response(json.dumps(told), mimetype="application/json")(environ, start_response)
        if asked.path == "/jwks" and (self.other_keys or self.signs):
            told = json.dumps(KeySet([self.signs[0] if self.signs else RSAKey.generate_key()]).as_dict())
            return Response(told, mimetype="application/json")(environ, start_response)
        return self.app(environ, start_response)


@pytest.fixture
def provider():
    import oidc_provider_mock  # noqa: PLC0415 - importing it warns of what is outdated, which only these tests ignore

    made = Provider(oidc_provider_mock.app(require_nonce=True))
    server = make_server("127.0.0.1", 0, made, threaded=True)
    made.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield made
    server.shutdown()
    thread.join(5)
    server.server_close()


TOLD = """[[provider]]
id = "council"
name = "Anytown Borough Council"
issuer = "{issuer}"
client_id = "portal"
client_secret = "between the two of them"
domains = ["example.org"]
confirmed_by = "{confirmed_by}"
"""


@pytest.fixture
def told(provider, tmp_path, monkeypatch):
    """Name the provider in the settings, before the portal opens."""
    path = tmp_path / "providers.toml"

    def write(confirmed_by="email_verified"):
        path.write_text(TOLD.format(issuer=provider.base, confirmed_by=confirmed_by), encoding="utf-8")
        path.chmod(0o600)
        providers.cache_clear()

    write()
    monkeypatch.setenv("PORTAL_SIGN_IN_WITH", str(path))
    return write


@pytest.fixture
def world(told, portal):
    act = Act(store=portal.store, person=SYSTEM, at=datetime.now(UTC))
    a_partnership(act)
    alice = a_person(act, "Alice Ash", Role.PARTNER, organisation=an_organisation(act), email="alice@example.org")
    return act, {"alice": alice, "dan": a_person(act, "Dan Dale", Role.MANAGER, email="dan@example.org")}


def set_out(client, then="/account"):
    return client.get(f"/sign-in/with/council?then={then}").headers["location"]


def agree(provider, address, email, **claims):
    """Say yes at the provider; gives the way back."""
    httpx2.put(f"{provider.base}/users/u-1", json={"email": email, **claims})
    answer = httpx2.post(address, data={"sub": "u-1"})
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(client, provider, email, **claims):
    return client.get(agree(provider, set_out(client), email, **({"email_verified": True} | claims)))


def why(act, client):
    return refusal(act.store, client.cookies.get(sign_in_state.STATE_COOKIE, "")).sentence


def test_a_person_with_an_account_is_signed_in_to_the_portals_own_session(world, provider):
    act, people = world
    client = browser()
    address = set_out(client, "/request-view?id=abc")
    asked = parse_qs(urlsplit(address).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1:8501/sign-in/with/council/done"]
    assert len(asked["state"][0]) == len(asked["nonce"][0]) == 43
    answer = client.get(agree(provider, address, "Alice@Example.org", email_verified=True))
    assert answer.headers["location"] == "/request-view?id=abc"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert person_of(act.as_(PUBLIC), client.cookies["portal_session"]).posts == people["alice"].posts
    assert WITH_COOKIE not in client.cookies, "what came back is used once"
    with reading(act.store.engine) as session:
        noted = session.exec(
            select(AuditEntry.event).where(AuditEntry.subject == f"account:{people['alice'].id}")
        ).all()
    assert noted == ["session:provider-answered", "session:begun"]


@pytest.mark.parametrize(
    ("email", "claims"),
    [
        ("nobody@example.org", {}),
        ("alice@example.org", {"email_verified": False}),
        ("alice@example.org", {"email_verified": "true"}),
        ("eve@elsewhere.example", {}),
        ("eve@notexample.org", {}),
        ("closed@example.org", {}),
    ],
    ids=["no account", "not verified", "a word for verified", "another domain", "a domain that ends alike", "closed"],
)
def test_an_address_that_is_not_confirmed_or_has_no_account_gets_in_nowhere_and_makes_none(
    world, provider, email, claims
):
    act, _ = world
    if email.startswith(("eve", "closed")):
        made = a_person(act, "Eve", Role.PARTNER, organisation=an_organisation(act, "Elsewhere"), email=email)
        with transaction(act.store.engine) as session:
            session.get(Account, made.id).closed_at = act.at if email.startswith("closed") else None
    with reading(act.store.engine) as session:
        before = len(session.exec(select(Account.id)).all())
    client = browser()
    answer = sign_in(client, provider, email, **claims)
    assert answer.headers["location"] == "/sign-in?refused=1&then=%2Faccount"
    assert "portal_session" not in client.cookies
    assert "no account here" in why(act, client)
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Account.id)).all()) == before


def test_a_tenant_that_owns_its_domain_vouches_without_the_word_verified(world, provider, told):
    told("tenant")
    client = browser()
    assert sign_in(client, provider, "alice@example.org", email_verified=False).headers["location"] == "/account"


def test_whoever_has_a_second_step_is_asked_for_it(world, provider):
    act, people = world
    key = pyotp.random_base32()
    with transaction(act.store.engine) as session:
        account = session.get(Account, people["dan"].id)
        account.totp_secret = act.store.vault.seal_text(key, f"account.totp_secret:{account.id}")
    client = browser()
    assert sign_in(client, provider, "dan@example.org").headers["location"] == "/sign-in?then=%2Faccount"
    assert "portal_session" not in client.cookies
    client.post("/session", data={"do": "code", "code": pyotp.TOTP(key).now()})
    assert "portal_session" in client.cookies


def test_an_answer_that_this_browser_did_not_ask_for_is_not_taken(world, provider):
    act, _ = world
    mine, other = browser(), browser()
    stolen = agree(provider, set_out(other), "alice@example.org", email_verified=True)
    for client in (browser(), mine):
        if client is mine:
            set_out(mine)
        answer = client.get(stolen)
        assert answer.headers["location"].startswith("/sign-in?refused=1")
        assert "portal_session" not in client.cookies
        assert "Try again" in why(act, client)
    declined = parse_qs(urlsplit(set_out(mine)).query)["state"][0]
    answer = mine.get(f"/sign-in/with/council/done?error=access_denied&state={declined}")
    assert answer.headers["location"].startswith("/sign-in?refused=1")
    assert provider.tokens == 0


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_another_nonce_or_another_proof_is_refused(world, provider, part):
    act, _ = world
    client = browser()
    back = agree(provider, set_out(client), "alice@example.org", email_verified=True)
    kept = opened(act.store, client.cookies[WITH_COOKIE], WITH_COOKIE) | {part: "x" * 43}
    client.cookies.set(WITH_COOKIE, sealed(act.store, json.dumps(kept), WITH_COOKIE), domain="127.0.0.1")
    assert client.get(back).headers["location"].startswith("/sign-in?refused=1")
    assert (provider.tokens, "portal_session" in client.cookies) == (1, False)


def test_a_stranger_with_made_up_codes_cannot_keep_asking_the_provider_and_whoever_gets_in_begins_anew(world, provider):
    client = browser()
    state, kept = parse_qs(urlsplit(set_out(client)).query)["state"][0], client.cookies[WITH_COOKIE]
    assert sign_in(browser(), provider, "alice@example.org").headers["location"] == "/account", "the count is cleared"
    for _ in range(61):
        client.cookies.set(WITH_COOKIE, kept, domain="127.0.0.1")
        client.get(f"/sign-in/with/council/done?code=made-up&state={state}")
    assert provider.tokens == 61
    assert set_out(client).startswith("/sign-in?refused=1"), "nor set out to it"
    assert sign_in(browser("192.0.2.9"), provider, "alice@example.org").headers["location"] == "/account"


def test_a_token_that_the_providers_own_keys_did_not_sign_is_refused(world, provider):
    provider.other_keys = True
    client = browser()
    assert sign_in(client, provider, "alice@example.org").headers["location"].startswith("/sign-in?refused=1")


NOW = int(datetime.now(UTC).timestamp())
RSA = RSAKey.generate_key(parameters={"kid": "r"}, auto_kid=True)
SECRET = OctKey.generate_key(256, parameters={"kid": "o"}, auto_kid=True)


@pytest.mark.parametrize(
    ("key", "algorithm", "claims", "taken"),
    [
        (RSA, "RS256", {}, True),
        (RSA, "RS256", {"iss": "https://login.example.org/another-tenant"}, False),  # tenants share their keys
        (RSA, "RS256", {"aud": "another-application", "azp": "portal"}, False),
        (RSA, "RS256", {"iat": NOW - 600, "exp": NOW - 100}, False),  # more than two clocks are apart
        (RSA, "RS512", {}, False),
        (SECRET, "HS256", {}, False),
    ],
)
def test_a_token_is_taken_only_where_it_is_for_us_from_this_tenant_now_and_signed_as_it_should_be(
    world, provider, key, algorithm, claims, taken
):
    provider.signs = key, algorithm, claims
    client = browser()
    answer = sign_in(client, provider, "alice@example.org")
    assert (answer.headers["location"] == "/account", "portal_session" in client.cookies) == (taken, taken)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://login.example.org/another-tenant"},
        {"token_endpoint": "http://login.example.org/token"},  # the code and our secret would go there in clear
        {"jwks_uri": "http://login.example.org/keys"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_says_it_is_another_or_leads_off_a_safe_way_is_not_asked(world, provider, says):
    provider.says = says
    assert set_out(browser()) == "/sign-in?refused=1&then=%2Faccount"
    assert provider.tokens == 0


@pytest.mark.parametrize("how", ["is away", "is slow", "leads elsewhere", "is asked by too many"])
def test_a_provider_that_does_not_answer_leaves_the_password(world, provider, told, monkeypatch, how):
    act, _ = world
    places = threading.Semaphore(0 if how == "is asked by too many" else 1)
    monkeypatch.setattr(asking, "_AT_ONCE", places)
    threading.Timer(1, places.release).start()  # whoever waited for a place would get one
    if how == "is away":
        provider.base = "http://127.0.0.1:9"
        told()
    if how == "is slow":
        monkeypatch.setattr(asking, "_SECONDS", 0.1)
        provider.waits = 1
    provider.moved = how == "leads elsewhere"
    client = browser()
    answer = client.get("/sign-in/with/council?then=//evil.example")
    assert answer.headers["location"] == "/sign-in?refused=1"
    assert "use your e-mail address and password" in why(act, client)


def test_the_sign_in_page_offers_it_and_nothing_where_no_provider_is_set(world, portal, monkeypatch):
    assert (
        'href="/sign-in/with/council?then=%2Faccount">Sign in with Anytown Borough Council'
        in browser().get("/session?then=/account").text
    )
    assert browser().get("/sign-in/with/another").status_code == 404


def test_without_the_setting_there_is_no_way_in(portal):
    assert browser().get("/sign-in/with/council").status_code == 404
    assert "Sign in with" not in browser().get("/session").text


@pytest.mark.parametrize(
    "change",
    [
        ("{issuer}", "http://provider.example"),
        ("{issuer}", "https://login.microsoftonline.com/common/v2.0"),
        ('["example.org"]', "[]"),
        ('"{confirmed_by}"', '"because"'),
        ('"{confirmed_by}"', '"email_verified"\nclaim = "upn"'),  # what is verified is the e-mail address
        ('id = "council"', 'id = "a/b"'),
        ('id = "council"\n', ""),
        ("[[provider]]", "[[provider"),
        (TOLD, TOLD + TOLD),
    ],
)
def test_a_mistake_in_the_file_stops_the_start(tmp_path, change, portal, monkeypatch):
    path = tmp_path / "providers.toml"
    told = TOLD.replace(*change).format(issuer="https://id.example.org", confirmed_by="tenant")
    path.write_text(told, encoding="utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("PORTAL_SIGN_IN_WITH", str(path))
    running.cache_clear()
    with pytest.raises(SettingsError):
        make_app()


def test_a_file_of_secrets_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "providers.toml"
    path.write_text(TOLD.format(issuer="https://id.example.org", confirmed_by="tenant"), encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        providers(path)
    path.chmod(0o600)
    assert "between" not in repr(providers(path)["council"])


def test_a_claim_that_is_no_address_is_not_believed():
    one = IdentityProvider(
        id="a",
        name="A",
        issuer="https://a.example",
        client_id="p",
        domains=("example.org",),
        confirmed_by="tenant",
        claim="upn",
    )
    assert [one.address_in(claims) for claims in ({}, {"upn": 5}, {"upn": "x@@example.org"})] == ["", "", ""]
    assert one.address_in({"upn": "Ann@EXAMPLE.org"}) == "ann@example.org"
