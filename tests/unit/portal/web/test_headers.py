import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from models.accounts import Attempt
from portal.accounts.authentication import sign_in_state
from portal.ground.database import BusyError, reading
from portal.ground.page_access import PAGES
from portal.web.middleware.faults import PlainFaults
from portal.web.middleware.headers import SecurityHeaders


@pytest.mark.parametrize("path", ["/healthz", "/", "/no-such-thing", "/assets/portal.css", "/assets/..%2fserver.py"])
@pytest.mark.threat("DE1")
@pytest.mark.threat("DE8")
@pytest.mark.threat("PR10")
@pytest.mark.threat("PR9")
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in script
    assert "blob:" not in script
    assert {"default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} <= set(
        policy.split("; ")
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert {headers[f"cross-origin-{of}-policy"] for of in ("opener", "resource")} == {"same-origin"}
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers, "nobody comes over TLS here"


def test_whoever_comes_over_tls_is_told_to_come_so_for_a_year():
    answer = TestClient(SecurityHeaders(Starlette(), secure=True)).get("/")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
@pytest.mark.threat("DE7")
def test_the_frameworks_side_doors_are_shut(client, path):
    assert client.get(path).status_code == 404


def test_health_says_ok_and_nothing_more(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.threat("DE6")
def test_only_named_files_are_served(client):
    assert client.get("/assets/portal.css").status_code == 200
    assert client.get("/assets/server.py").status_code == 404


_NO_NUMBER = ("/files/answer/x/" + "1" * 5000, "/files/data-request/x/12345678901234567890")


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-thing",
        "/register/x",
        "/wp-login.php",
        "/.git/config",
        "/m/",
        "/app.py",
        "/x/_stcore/health",
        *_NO_NUMBER,
    ],
)
def test_an_unknown_address_is_a_plain_404(client, path):
    answer = client.get(path)
    assert answer.status_code in ({404} if path != "/m/" else {200, 307, 404})
    assert "Traceback" not in answer.text
    if answer.status_code == 404:
        assert "There is no page at this address." in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/%C3%A9-%C3%A9.ics",
        "/meeting/feed/%C3%A9-%C3%A9.ics",
        "/invitation/%E2%80%AE",
        "/new-password/%E2%80%AE",
        "/m/AAAAAA/known/%E2%80%AE",
        "/m/AAAAAA/tablet?key=%C3%A9",
    ],
)
def test_a_made_up_secret_of_any_letters_is_none_and_no_fault(client, path):
    assert client.get(path).status_code in {200, 303, 404}


@pytest.mark.parametrize("path", ["/", "/register", "/healthz", "/signatories", "/agreement.pdf", "/favicon.png"])
def test_head_is_answered_without_a_body(client, path):
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.threat("PR2")
def test_a_fault_is_told_in_plain_words_under_a_reference(client, monkeypatch):
    monkeypatch.setattr("portal.web.public.logo.running", lambda: 1 / 0)
    answer = client.get("/logo")
    assert answer.status_code == 500
    assert "reference" in answer.text
    assert "division" not in answer.text


def test_an_answer_that_fails_halfway_is_cut_and_not_followed_by_a_second():
    told = []

    async def half(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200})
        raise ZeroDivisionError

    async def send(message):
        told.append(message["status"])

    with pytest.raises(ZeroDivisionError):
        asyncio.run(PlainFaults(half, routes=[])({"type": "http", "path": "/register"}, None, send))
    assert told == [200]


@pytest.mark.parametrize("error", [BusyError(), OperationalError("", {}, Exception())])
@pytest.mark.threat("DA4")
def test_a_store_that_is_locked_is_told_in_plain_words(client, portal, monkeypatch, error):
    def busy(*_, **__):
        raise error

    monkeypatch.setattr("portal.web.monitoring.health.transaction", busy)
    monkeypatch.setattr("portal.web.visitors.person_of", busy)
    assert client.get("/healthz").json() == {"status": "degraded"}
    client.cookies.set("portal_session", "x")
    answer = client.get("/signature/copy/1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Nothing was changed" in answer.text
    monkeypatch.setattr("portal.web.signing.posts.begin", busy)
    monkeypatch.setattr("portal.web.signing.posts.confirm_link", busy)
    client.cookies.clear()
    for path in ("/sign/begin", "/sign/continue"):
        answer = client.post(path, data={"key": "a.b"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert (answer.status_code, "Nothing was changed" in answer.text) == (503, True), path


@pytest.mark.threat("DA3")
def test_health_writes_indeed_so_that_a_disk_that_may_only_be_read_shows(client, portal):
    journal = Path(f"{portal.store.engine.url.database}-wal")
    for _ in range(2):
        with portal.store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        assert journal.stat().st_size == 0
        assert client.get("/healthz").json() == {"status": "ok"}
        assert journal.stat().st_size > 0, "nothing was written to the disk"
    with reading(portal.store.engine) as session:
        assert session.exec(select(Attempt)).all() == []


def test_health_says_that_the_disk_is_nearly_full_before_a_write_fails(client, monkeypatch, data_dir, tmp_path):
    away = data_dir.rename(tmp_path / "unmounted")
    assert client.get("/healthz").json() == {"status": "degraded"}
    away.rename(data_dir)
    assert client.get("/healthz").status_code == 200
    monkeypatch.setattr("portal.web.monitoring.health.ROOM", 10**18)
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz/alive").status_code == 200


def test_security_txt_says_whom_to_tell(client):
    told = client.get("/.well-known/security.txt").text
    assert "Contact: http://127.0.0.1:8501/privacy" in told
    until = datetime.fromisoformat(re.search(r"^Expires: (\S+)$", told, re.MULTILINE)[1])
    assert timedelta(days=30) < until - datetime.now(UTC) < timedelta(days=366)  # RFC 9116: less than a year


@pytest.mark.threat("PR6")
def test_signing_out_deletes_our_own_cookies_and_nobody_elses(client):
    answer = client.post("/session", data={"do": "end"}, headers={"Origin": "http://127.0.0.1:8501"})
    assert "cookies" not in answer.headers["clear-site-data"]
    gone = {one.partition("=")[0] for one in answer.headers.get_list("set-cookie")}
    assert gone == {"portal_session", sign_in_state.STATE_COOKIE, sign_in_state.STEP_COOKIE}


def test_every_page_has_the_style_sheet_from_the_start(client):
    for page in PAGES:
        answer = client.get(f"/{page.address}")
        head, body = answer.text.split("<body>")
        assert "Streamlit</title>" not in head
        assert body.index("/assets/portal.css?v=") < body.index('id="root"')
    assert client.get(body.split('href="')[1].split('"')[0]).status_code == 200
