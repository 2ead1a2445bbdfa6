"""Attacks on signing in and on roles (AU, AZ), through the real routes and pages."""

import base64
import json
import statistics
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import event
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from models.accounts import Account, Attempt, KnownBrowser, Link, WebSession
from models.record import AuditEntry, Message
from portal.accounts.authentication import sessions
from portal.accounts.authentication.password_reset import ask, hand_over
from portal.accounts.authentication.sessions import person_of, session_key
from portal.accounts.authentication.sign_in import OVERALL, PER_ACCOUNT, STEP_TRIES
from portal.duties.scheduled.record_check import whole_check
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import WAITS, connect, engine_for, reading, transaction
from portal.ground.errors import UnsafeStartError
from portal.ground.page_access import BY_ADDRESS
from portal.ground.process import runtime as running_module
from portal.ground.rate_limits import attempt
from portal.ground.settings import ROOT, load_settings
from portal.ground.vault import open_vault, token_hash
from portal.ui import visitor
from portal.web.routes import routes
from tests.builders import a_partnership, a_person, a_session, an_organisation, waits_of
from tests.unit.portal.accounts.conftest import HASHED, PASSWORD

HOME = "http://127.0.0.1:8501"


@pytest.fixture
def world(portal):
    act = Act(store=portal.store, person=SYSTEM, at=datetime.now(UTC))
    a_partnership(act)
    where = an_organisation(act)
    people = {
        "alice": a_person(act, "Alice Ash", Role.PARTNER, organisation=where, email="alice@example.org"),
        "dan": a_person(act, "Dan Dale", Role.MANAGER, email="dan@example.org"),
    }
    with transaction(act.store.engine) as session:
        for account in session.exec(select(Account)).all():
            account.password_hash = HASHED
            session.add(account)
    return act, people


def browser(address="192.0.2.1"):
    """A browser at an address, with a cookie jar of its own."""
    return TestClient(
        Starlette(routes=routes()),
        base_url=HOME,
        client=(address, 50000),
        follow_redirects=False,
        headers={"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
    )


def sign_in(client, email="alice@example.org", password=PASSWORD, then="/account", **headers):
    return client.post(
        "/session", data={"do": "begin", "email": email, "password": password, "then": then}, headers=headers
    )


def page_as(monkeypatch, secret, address, **state):
    monkeypatch.setattr(visitor, "cookie", lambda name: secret if name == "portal_session" else "")
    app = AppTest.from_file(str(ROOT / "portal" / "app" / "main.py"), default_timeout=30)
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    return app.switch_page(f"../../pages/{BY_ADDRESS[address].file}").run()


@pytest.mark.threat("AU1")
def test_au1_guessing_for_one_account_is_slowed_down_over_new_sessions_and_in_the_store(world):
    answers = [sign_in(browser(), password=f"guess {n}") for n in range(20)]
    assert {a.status_code for a in answers} == {303}
    assert {a.headers["location"] for a in answers} == {"/sign-in?refused=1&then=%2Faccount"}
    with reading(world[0].store.engine) as session:
        assert len(session.exec(select(Attempt).where(Attempt.kind == "sign-in:account")).all()) == 5
    assert "portal_session" not in sign_in(browser()).headers["set-cookie"], (
        "even the right one waits in a strange browser"
    )


@pytest.mark.threat("AU1")
def test_au1_strangers_who_guess_do_not_shut_out_a_browser_that_signed_in_before_or_opened_the_mailed_link(world):
    act, people = world
    known, mailed, other = browser(), browser(), browser()
    assert sign_in(known).headers["location"] == "/account"
    assert "refused" not in sign_in(other, email="dan@example.org").headers["location"]
    link = hand_over(act, people["alice"].id, base_url=HOME)
    for n in range(20):
        sign_in(browser(f"192.0.2.{n}"), password=f"guess {n}")
    assert mailed.get(link).headers["location"] == "/reset"
    for client in (known, mailed):
        assert sign_in(client).headers["location"] == "/account"
    assert "refused" in sign_in(other).headers["location"], "a browser known for somebody else"
    for n in range(12):
        sign_in(known, password=f"guess {n}")
    assert "refused" in sign_in(known).headers["location"], "a known browser has its own limit"


@pytest.mark.threat("AU2")
@pytest.mark.threat("DE4")
def test_au2_stuffing_from_one_address_stops_and_a_spoofed_header_changes_nothing(world):
    for n in range(30):
        sign_in(browser(), email=f"person{n}@example.org", **{"X-Forwarded-For": f"198.51.100.{n}"})
    with reading(world[0].store.engine) as session:
        assert len(session.exec(select(Attempt).where(Attempt.kind == "sign-in:network")).all()) == 20
    assert sign_in(browser("192.0.2.77")).headers["location"] == "/account", "others still get in"


@pytest.mark.threat("AU2")
def test_au2_while_very_many_fail_everywhere_a_right_password_still_gets_in(world):
    for _ in range(OVERALL.most):
        attempt(world[0], (OVERALL, ""))
    assert "refused" in sign_in(browser(), email="eve@example.org").headers["location"]
    for n in range(4):
        sign_in(browser(), email=f"person{n}@example.org")
    sign_in(browser(), email="more@example.org")
    with reading(world[0].store.engine) as session:
        assert len(session.exec(select(Attempt).where(Attempt.kind == "sign-in:network")).all()) == 5
    assert sign_in(browser("192.0.2.77")).headers["location"] == "/account"


@pytest.mark.threat("AU3")
def test_au3_known_and_unknown_get_the_same_words_for_the_same_work(world):
    # The work of this process is measured, not the clock on the wall, which tells how busy the machine is.
    times = {"alice@example.org": [], "nobody@example.org": []}
    said = set()
    for n in range(4):
        for email, taken in times.items():
            client = browser(f"192.0.2.{n}")
            began = time.process_time()
            answer = sign_in(client, email=email, password="wrong")
            taken.append(time.process_time() - began)
            said.add((answer.status_code, answer.headers["location"], answer.text))
    assert len(said) == 1
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(known - unknown) < known / 2


@pytest.mark.threat("AU3")
def test_au3_the_store_works_alike_for_known_and_unknown(world):
    """A write that only one of the two made would tell by its time who has an account."""
    act, _ = world
    done = []
    event.listen(act.store.engine, "before_cursor_execute", lambda *told: done.append(" ".join(told[2].split()[:3])))

    def asked(email):
        done.clear()
        ask(act.as_(PUBLIC), email, base_url=HOME)
        reset = sorted(one for one in done if one.startswith("INSERT"))
        done.clear()
        for _ in range(PER_ACCOUNT.most + 1):
            sign_in(browser(), email=email, password="wrong")
        return reset, [one for one in done if "SAVEPOINT" not in one]

    reset, signing_in = asked("alice@example.org")
    assert {"INSERT INTO link", "INSERT INTO message", "INSERT INTO audit_entry"} <= {*reset}
    assert "INSERT INTO audit_entry" in signing_in
    assert asked("nobody@example.org") == (reset, signing_in)
    with reading(act.store.engine) as session:
        assert {one.email for one in session.exec(select(Link))} == {"alice@example.org"}
        letters = {
            one.template: act.store.vault.open_text(one.to, f"message.to:{one.id}")
            for one in session.exec(select(Message))
        }
    assert letters == dict.fromkeys(["new-password", "many-tries"], "alice@example.org")
    assert whole_check(act.store).whole


@pytest.mark.parametrize("algorithm", ["HS256", "none", "RS256"])
@pytest.mark.threat("AU4")
def test_au4_a_forged_cookie_of_the_package_is_nobody(world, monkeypatch, algorithm):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    forged = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part({'username': 'dan', 'exp_date': 4e9})}.c29tZV9rZXk"
    app = page_as(monkeypatch, forged, "settings")
    assert app.title[0].value == "Sign in to open this page"


@pytest.mark.threat("AU4")
def test_au4_the_portal_does_not_start_with_a_short_key_or_without_its_keys(portal, data_dir, world):
    keys = data_dir / "keys" / "portal.json"
    kept = json.loads(keys.read_text())
    keys.write_text(json.dumps({**kept, "pepper": base64.b64encode(b"short").decode()}))
    with pytest.raises(UnsafeStartError):
        open_vault(keys, may_make=False)
    keys.unlink()
    sign_in(browser(), password="x")  # the record begins: from now on there is something to lose
    with pytest.raises(UnsafeStartError):
        running_module.start(load_settings({"PORTAL_DATA_DIR": str(data_dir)}, folder=data_dir))


@pytest.mark.threat("AU5")
def test_au5_a_copied_cookie_is_refused_after_sign_out(world, monkeypatch):
    client = browser()
    sign_in(client)
    copied = client.cookies["portal_session"]
    ended = client.post("/session", data={"do": "end"})
    assert (
        ended.headers["clear-site-data"] == '"cache", "storage"'
    )  # "cookies" are also those of the domain's other sites
    assert page_as(monkeypatch, copied, "account").title[0].value == "Sign in to open this page"


@pytest.mark.threat("PR6")
@pytest.mark.threat("DA4")
def test_signing_out_of_a_shared_machine_while_the_store_takes_no_write_leaves_nobody_in_this_browser(
    world, monkeypatch
):
    act, _ = world
    client = browser()
    sign_in(client)
    copied = client.cookies["portal_session"]
    with connect(engine_for(str(act.store.engine.url))):  # another process holds the store
        waited = waits_of(monkeypatch, sessions)
        ended = client.post("/session", data={"do": "end"})
    assert WAITS <= sum(waited) < 2 * WAITS  # seconds: whoever stands there is told after one wait
    assert (ended.status_code, "portal_session" in client.cookies) == (503, False)
    assert ended.headers["Cache-Control"] == "no-store"
    assert "signed out in this browser" in ended.text
    assert "30 minutes" in ended.text, "the truth: a copy of the cookie would still open the session"
    assert person_of(act.as_(PUBLIC), copied).signed_in


@pytest.mark.threat("AU6")
def test_au6_a_planted_cookie_gets_a_new_id_and_is_worthless(world):
    client = browser()
    client.cookies.set("portal_session", "attacker")
    sign_in(client)
    with reading(world[0].store.engine) as session:
        (row,) = session.exec(select(WebSession)).all()
    assert row.token_hash != session_key(world[0], "attacker")


def test_a_session_that_was_written_past_the_portal_or_made_another_persons_opens_nothing(world):
    act, people = world
    client = browser()
    sign_in(client)
    mine = client.cookies["portal_session"]
    with transaction(act.store.engine) as session:
        row = session.exec(select(WebSession)).one()
        session.add(WebSession(**row.model_dump() | {"token_hash": token_hash("mine"), "account_id": people["dan"].id}))
        row.account_id = people["dan"].id
        session.add(row)
    for secret in (mine, mine.partition(".")[0] + f".{people['dan'].id}", "mine", f"mine.{people['dan'].id}"):
        assert not person_of(act.as_(PUBLIC), secret).signed_in


def test_au6_signing_in_again_ends_the_session_before(world):
    client = browser()
    sign_in(client)
    sign_in(client)
    with reading(world[0].store.engine) as session:
        assert sorted(row.ended_at is None for row in session.exec(select(WebSession))) == [False, True]


@pytest.mark.threat("AU17")
@pytest.mark.threat("AU9")
def test_au9_and_au17_a_page_behind_the_password_alone_asks_for_the_code_and_a_code_counts_once(world, monkeypatch):
    act, people = world
    key = pyotp.random_base32()
    with transaction(act.store.engine) as session:
        account = session.get(Account, people["dan"].id)
        account.totp_secret = act.store.vault.seal_text(key, f"account.totp_secret:{account.id}")
        session.add(account)
    client = browser()
    answer = sign_in(client, "dan@example.org", then="/settings")
    assert answer.headers["location"] == "/sign-in?then=%2Fsettings"
    assert "portal_session" not in client.cookies
    step = client.cookies["portal_second_step"]
    assert page_as(monkeypatch, step, "settings").title[0].value == "Sign in to open this page"
    code = pyotp.TOTP(key).now()
    good = client.post("/session", data={"do": "code", "code": code, "then": "/settings"})
    assert good.headers["location"] == "/settings"
    again = browser()
    sign_in(again, "dan@example.org")
    for _ in range(STEP_TRIES + 1):
        assert "portal_second_step" in again.cookies
        assert "refused=1" in again.post("/session", data={"do": "code", "code": code}).headers["location"]
    assert "portal_second_step" not in again.cookies, "it asks for the password again, not for more codes"


def told(act, template="new-browser"):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    return [act.store.vault.open_text(row.body, f"message.body:{row.id}") for row in rows]


def test_a_sign_in_from_a_new_browser_is_told_by_mail_and_once_alone(world):
    act, _ = world
    assert sign_in(browser()).headers["location"] == "/account"
    assert told(act) == [], "whoever opens an account signs in at once"
    with transaction(act.store.engine) as session:
        for account in session.exec(select(Account)).all():
            account.created_at = act.at - timedelta(days=2)
    first, other = browser(), browser("198.51.100.77")
    for _ in range(2):
        assert sign_in(first).headers["location"] == "/account"
    assert len(told(act)) == 1
    sign_in(other, password="wrong")
    assert len(told(act)) == 1
    sign_in(other)
    assert len(told(act)) == 2
    assert not any("198.51.100" in words for words in told(act))
    with reading(act.store.engine) as session:
        kept = {row.mark_hash for row in session.exec(select(KnownBrowser)).all()}
    assert not kept & set(first.cookies.values())


def test_a_password_without_the_code_makes_no_browser_known(world):
    act, people = world
    key = pyotp.random_base32()
    with transaction(act.store.engine) as session:
        account = session.get(Account, people["dan"].id)
        account.totp_secret = act.store.vault.seal_text(key, f"account.totp_secret:{account.id}")
        account.created_at = act.at - timedelta(days=2)
    client = browser()
    sign_in(client, "dan@example.org")
    client.post("/session", data={"do": "code", "code": "000000"})
    assert told(act) == []
    client.post("/session", data={"do": "code", "code": pyotp.TOTP(key).now()})
    assert "portal_session" in client.cookies
    assert len(told(act)) == 1


@pytest.mark.threat("AU15")
def test_au15_a_session_left_alone_is_out_and_the_page_asks_to_sign_in(world, monkeypatch):
    act, people = world
    old = a_session(act, people["alice"], ago=timedelta(minutes=31))
    assert page_as(monkeypatch, old, "account").title[0].value == "Sign in to open this page"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8501.evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
)
def test_a_form_of_another_site_cannot_sign_anybody_in_or_out(world, headers):
    client = TestClient(Starlette(routes=routes()), base_url=HOME, follow_redirects=False)
    for form in ({"do": "begin", "email": "alice@example.org", "password": PASSWORD}, {"do": "end"}):
        answer = client.post("/session", data=form, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "\\\\evil",
        "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "/" + "x" * 5000,
        "",
        "/\tevil",
    ],
)
@pytest.mark.threat("IN10")
def test_in10_after_signing_in_one_stays_in_this_portal(world, then):
    answer = sign_in(browser(), then=then)
    assert answer.headers["location"] == "/"


def test_without_javascript_a_plain_page_signs_in_and_says_what_was_wrong(world):
    client = browser()
    assert 'name="plain"' in client.get("/session?then=/account").text
    refused = client.post(
        "/session",
        data={"do": "begin", "plain": "1", "email": "alice@example.org", "password": "x", "then": "/account"},
    )
    assert refused.headers["location"] == "/session?refused=1&then=%2Faccount"
    shown = client.get(refused.headers["location"]).text
    assert "They do not match an account" in shown
    assert 'value="alice@example.org"' in shown
    assert "<script" not in shown
    assert sign_in(client).headers["location"] == "/account"
    assert "You are signed in" in client.get("/session").text


def test_a_wanted_page_is_reached_with_its_question(world):
    assert sign_in(browser(), then="/request-view?id=abc").headers["location"] == "/request-view?id=abc"


@pytest.mark.threat("DE5")
def test_the_cookie_is_one_that_scripts_and_other_sites_cannot_use(world):
    cookie = next(c for c in sign_in(browser()).headers.get_list("set-cookie") if c.startswith("portal_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


@pytest.mark.threat("DE5")
def test_behind_tls_the_cookie_is_secure_and_bound_to_the_host(world, monkeypatch):
    monkeypatch.setenv("PORTAL_BASE_URL", "https://portal.example.org")
    running_module.running.cache_clear()
    client = TestClient(Starlette(routes=routes()), base_url="https://portal.example.org", follow_redirects=False)
    answer = client.post(
        "/session",
        data={"do": "begin", "email": "alice@example.org", "password": PASSWORD},
        headers={"Origin": "https://portal.example.org"},
    )
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "portal_session" in c)
    assert cookie.startswith("__Host-portal_session=")
    assert "Secure" in cookie


def test_what_was_typed_comes_back_sealed_and_never_in_an_address_or_the_record(world):
    answer = sign_in(browser(), email="zqx-canary@example.org", password="zqx-secret-canary")
    assert "canary" not in str(answer.headers).lower()
    with reading(world[0].store.engine) as session:
        assert not any("canary" in e.details + e.subject for e in session.exec(select(AuditEntry)))


@pytest.mark.threat("IN5")
def test_a_huge_form_is_refused_before_it_is_read(world):
    answer = browser().post("/session", content=b"do=begin&password=" + b"x" * 100_000)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"do=%00", b"do=begin&do=end", b"\xff\xfe", b"do=begin&email[]=x", b"a=1&" * 50])
def test_odd_forms_change_nothing(world, body):
    answer = browser().post("/session", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code in {303, 413}
    assert "portal_session=" not in answer.headers.get("set-cookie", "")


@pytest.mark.threat("PR10")
def test_a_link_leaves_the_address_at_once_and_a_visit_changes_nothing(world):
    for path, page in (("/invitation/secret-token", "/accept"), ("/new-password/secret-token", "/reset")):
        answer = browser().get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, page)
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.threat("AZ3")
def test_az3_a_tampered_session_state_has_no_say(world, monkeypatch):
    act, people = world
    secret = a_session(act, people["alice"])
    app = page_as(
        monkeypatch,
        secret,
        "settings",
        authentication_status=True,
        username="dan@example.org",
        name="Dan Dale",
        roles=["manager"],
        role="manager",
        person=people["dan"],
        organisation_id="other",
    )
    assert app.title[0].value == "You cannot open this page"
    assert app.session_state["username"] == "alice@example.org"
    assert app.session_state["roles"] == ["partner"]


def test_az3_a_state_that_says_signed_in_without_a_cookie_is_a_visitor(world, monkeypatch):
    app = page_as(monkeypatch, "", "account", authentication_status=True, username="dan@example.org", roles=["manager"])
    assert app.title[0].value == "Sign in to open this page"
    assert app.session_state["authentication_status"] is None


@pytest.mark.threat("AZ7")
def test_az7_an_organisation_chosen_in_a_form_is_not_believed(world, monkeypatch):
    act, _ = world
    other = an_organisation(act, "Thornby Parish Council")
    approver = a_person(act, "Ayo Approver", Role.APPROVER, organisation=an_organisation(act, "Quorn Parish Council"))
    app = page_as(monkeypatch, a_session(act, approver), "colleagues", **{"colleagues.organisation": other.id})
    app.text_input(key="colleagues.email").set_value("bo@example.org")
    app.radio(key="colleagues.role").set_value(Role.PARTNER)
    next(b for b in app.button if b.label == "Send the invitation").click().run()
    from models.accounts import Link  # noqa: PLC0415 - only here

    with reading(act.store.engine) as session:
        assert session.exec(select(Link.organisation_id)).one() == approver.organisation_id
