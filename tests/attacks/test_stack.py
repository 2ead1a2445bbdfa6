"""What the framework gets wrong by itself (docs/security.md), tried against the served portal."""

import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlmodel import select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from models.accounts import Post
from models.breaches import Breach
from models.record import AuditEntry
from portal.accounts.authentication.sessions import end_all_sessions
from portal.ground.act import SYSTEM, Role, act_now
from portal.ground.database import reading, transaction
from portal.record.events import Event
from tests.attacks.test_proxies import networks
from tests.builders import a_person, a_session

MOST = 400  # messages to look at before a run must have ended


def opened(live, *, cookie="", session="", origin="", address="127.0.0.1"):
    """Open a websocket as a browser does."""
    headers = {"Cookie": f"portal_session={cookie}"} if cookie else {}
    protocols = ["streamlit", "x", *([session] if session else [])]
    return connect(
        f"{live.base.replace('http', 'ws')}/_stcore/stream",
        subprotocols=protocols,
        additional_headers=headers,
        origin=origin or live.base,
        max_size=None,
        open_timeout=60,
        source_address=(address, 0),
    )


def run(socket, page, values=()):
    """Run a page with what its fields hold, and give all that came back as text, with the session's id."""
    asked, seen, found = BackMsg(), [], ""
    asked.rerun_script.page_name = page
    for field, value in values:
        asked.rerun_script.widget_states.widgets.add(
            id=field, **({"trigger_value": True} if value is True else {"string_value": value})
        )
    socket.send(asked.SerializeToString())
    for _ in range(MOST):
        message = ForwardMsg()
        message.ParseFromString(socket.recv(timeout=60))
        if message.WhichOneof("type") == "new_session":
            found = message.new_session.initialize.session_id
        seen.append(str(message))
        ended = message.WhichOneof("type") == "script_finished"
        if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            break
    return "\n".join(seen), found


def run_page(live, *, page="", **more):
    with opened(live, **more) as socket:
        return run(socket, page)


@pytest.fixture
def managers_cookie(live_portal):
    return a_session(act_now(live_portal.store, SYSTEM), live_portal.manager)


@pytest.mark.threat("AZ3")
def test_a_session_taken_over_by_its_id_shows_the_public_nothing(live_portal, managers_cookie):
    own, session = run_page(live_portal, cookie=managers_cookie, page="people")
    assert "Priya Shah" in own
    stolen, _ = run_page(live_portal, session=session, page="people")
    assert "Priya Shah" not in stolen


def takeovers(live):
    with reading(live.store.engine) as kept:
        return len(kept.exec(select(AuditEntry).where(AuditEntry.event == Event.SESSION_TAKEOVER_REFUSED.value)).all())


@pytest.mark.threat("AZ3")
def test_a_session_asked_for_by_its_id_is_left_to_its_owner_and_that_is_recorded(live_portal, managers_cookie):
    before, browser = takeovers(live_portal), f"_streamlit_xsrf={generate_xsrf_token_string()}"
    with opened(live_portal, cookie=f"{managers_cookie}; {browser}") as own:
        _, session = run(own, "people")
        stolen, other = run_page(live_portal, session=session, page="people")
        assert other != session
        assert "Priya Shah" not in stolen
        again, same = run(own, "people")
        assert "Priya Shah" in again
        assert same == session
    assert takeovers(live_portal) == before + 1
    assert (
        run_page(live_portal, cookie=f"{managers_cookie}; {browser}", session=session, page="people")[1] == session
    ), "its owner comes back"
    shown, other = run_page(live_portal, cookie=f"signed.out; {browser}", session=session, page="people")
    assert (other == session, "Priya Shah" in shown) == (False, False)
    assert takeovers(live_portal) == before + 1, "the same browser, signed out meanwhile, is no stranger"


@pytest.mark.threat("AZ7")
@pytest.mark.threat("AZ8")
def test_an_open_tab_is_asked_who_is_here_at_each_press_and_a_choice_that_was_not_offered_is_none(live_portal):
    store, now = live_portal.store, act_now(live_portal.store, SYSTEM)

    def written():
        with reading(store.engine) as kept:
            return len(kept.exec(select(Breach)).all())

    def filled(shown, kind, about):
        fields = dict(re.findall(r"(\$\$ID-[0-9a-f]+-breach_report\.(\w+))", shown))
        told = {"kind": kind, "about": about, "what": "A bag was lost.", "done": "We asked the bus.", "go": True}
        return [(field, told[key]) for field, key in fields.items() if key in told]

    person = a_person(now, "Rhys Role", Role.OFFICER)
    with opened(live_portal, cookie=a_session(now, person)) as tab:
        shown, _ = run(tab, "breach-report")
        refused, _ = run(tab, "breach-report", filled(shown, "Nothing of the list", "request:0123456789abcdef0123"))
        assert "Choose what happened" in refused
        assert "Choose what was lost" in refused
        assert written() == 0
        right = filled(shown, "Something else", "Something else")
        assert {value for _, value in right} >= {True, "Something else"}
        with transaction(store.engine) as kept:
            post = kept.exec(select(Post).where(Post.account_id == person.id)).one()
            post.ended_at, post.ended_by = now.at, "Test"
        assert "You cannot open this page" in run(tab, "breach-report", right)[0]
        assert written() == 0
        with transaction(store.engine) as kept:
            end_all_sessions(kept, now, person.id)
        assert "Sign in to open this page" in run(tab, "breach-report", right)[0]
        assert written() == 0
    with opened(live_portal, cookie=a_session(now, live_portal.officer)) as tab:
        run(tab, "breach-report")
        for _ in range(2):  # the second click of a slow phone comes when the first was done, and its page left
            run(tab, "breach-report", right)
    assert written() == 1, "the same press counts for whoever may"


@pytest.mark.threat("DO2")
def test_very_many_new_sockets_of_one_address_do_not_keep_another_waiting(live_portal):
    ready = []

    def come(_number):
        try:
            run_page(live_portal, page="register", address="127.0.0.9")
            ready.append("evil")
        except (ConnectionClosed, InvalidStatus, TimeoutError):
            ready.append("refused")

    crowd = [threading.Thread(target=come, args=(number,)) for number in range(60)]
    for one in crowd:
        one.start()
    while not ready:
        time.sleep(0.05)
    run_page(live_portal, page="register")
    before_me = len(ready)
    for one in crowd:
        one.join()
    assert ready.count("evil") == 60
    assert before_me < 20, "one of another address is served among the first, not after the crowd"


@pytest.mark.threat("DO8")
@pytest.mark.parametrize(
    "bomb", [b"\xff" * 1000, "words", bytes(60_000_000), b""], ids=["malformed", "text", "huge", "empty"]
)
def test_a_message_that_is_none_ends_its_own_socket_alone(live_portal, bomb):
    with opened(live_portal) as other:
        run(other, "register")
        with opened(live_portal) as socket, suppress(ConnectionClosed, TimeoutError):
            socket.send(bomb)
            socket.recv(timeout=5)
        assert run(other, "register")[1]


@pytest.mark.parametrize(
    "page",
    [
        "people",
        "audit",
        "outbox",
        "settings",
        "to-do",
        "calendar",
        "stored-data",
        "organisations",
        "returns-received",
        "request",
        "return",
        "organisation",
        "meetings",
    ],
)
@pytest.mark.threat("AZ4")
def test_a_private_page_asked_for_by_name_is_the_sign_in_form(live_portal, page):
    shown, _ = run_page(live_portal, page=page)
    assert "Sign in to open this page" in shown


@pytest.mark.threat("DE2")
def test_another_origin_is_refused(live_portal):
    with pytest.raises(Exception, match="403"):
        run_page(live_portal, origin="http://evil.example")


def test_another_name_is_served_nothing(live_portal):
    port = urlsplit(live_portal.base).port
    for name in (
        "evil.example",
        f"127.0.0.1.evil.example:{port}",
        "",
        "127.0.0.1@evil.example",
        "[::1",
        "evil.example:x",
    ):
        for path in ("/", "/m", "/signatories.json", "/_stcore/health", "/assets/portal.css", "/no-such-page"):
            code, said = status(live_portal, path, headers={"Host": name})
            assert (code, b"This portal has another address" in said) in {(421, True), (400, False)}, (name, path)
    for name in (f"localhost:{port}", "127.0.0.1", f"[::1]:{port}"):
        assert status(live_portal, "/signatories.json", headers={"Host": name})[0] == 200
    assert status(live_portal, "/healthz", headers={"Host": "10.0.0.7"})[0] == 200
    with socket.create_connection(("127.0.0.1", port)) as own, pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://evil.example:{port}/_stcore/stream", subprotocols=["streamlit"], sock=own)


def test_what_the_framework_tells_before_a_page_opens_names_nobody_and_trusts_no_other_site(live_portal):
    code, said = status(live_portal, "/_stcore/host-config")
    told = json.loads(said)
    assert code == 200
    assert told.pop("allowedOrigins") == []
    assert not any(told.values())
    assert status(live_portal, "/_stcore/metrics")[0] == 404


def status(live, path, *, method="GET", body=None, headers=None):
    request = urllib.request.Request(live.base + path, method=method, data=body, headers=headers or {})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.threat("UP10")
def test_an_upload_to_no_session_is_refused(live_portal):
    code, _ = status(
        live_portal,
        "/_stcore/upload_file/00000000-0000-0000-0000-000000000000/x",
        method="PUT",
        body=b"a,b\n1,2\n",
        headers={"Content-Type": "text/csv"},
    )
    assert code in {400, 403}


@pytest.mark.threat("UP10")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_file_goes_into_a_session_and_out_of_it_only_from_the_browser_that_opened_it(
    live_portal, managers_cookie, method
):
    def sent(session, cookie, mark, behind=""):
        headers = {"Cookie": f"_streamlit_xsrf={mark}; {cookie}", "X-Xsrftoken": mark, "Origin": live_portal.base}
        part = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x.csv"\r\n\r\na,b\r\n--b--\r\n'
        headers["Content-Type"] = "multipart/form-data; boundary=b"
        path = f"{behind}/_stcore/upload_file/{session}/x"
        return status(live_portal, path, method=method, body=part if method == "PUT" else None, headers=headers)[0]

    own, stranger = generate_xsrf_token_string(), generate_xsrf_token_string()
    with opened(live_portal, cookie=f"{managers_cookie}; _streamlit_xsrf={own}") as socket:
        _, session = run(socket, "people")
        cookie = f"portal_session={managers_cookie}"
        assert sent(session, cookie, own) == 204
        assert sent(session, "", own) == 204, "the same browser, signed out meanwhile"
        assert sent(session, "", stranger) == 403
        assert sent(session, "", stranger, "/people") == 403, "where it stands behind a page's own address too"
        assert sent(session, "portal_session=another.person", stranger) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/portal/ground/settings.py",
        "/.streamlit/secrets.toml",
        "/data/portal.sqlite",
        "/static/..%2f..%2fportal/settings.py",
        "/assets/..%2fportal.css",
        "//evil.example",
    ],
)
@pytest.mark.threat("DE6")
def test_no_path_gives_a_file_of_ours(live_portal, path):
    _, body = status(live_portal, path)
    assert b"import " not in body[:2000]
    assert b"repositoryformatversion" not in body
    assert not body.startswith(b"SQLite format")


@pytest.mark.threat("DE2")
def test_a_request_that_says_its_length_in_two_ways_ends_its_connection(live_portal):
    place = urlsplit(live_portal.base)
    hidden = b"GET /signatories.json HTTP/1.1\r\nHost: %b\r\n\r\n" % place.netloc.encode()
    head = b"POST /session HTTP/1.1\r\nHost: %b\r\nTransfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=10) as one:
        one.sendall(head % (place.netloc.encode(), 5 + len(hidden)) + b"0\r\n\r\n" + hidden)
        said = b"".join(iter(lambda: one.recv(65536), b""))
    assert (said.count(b"HTTP/1.1 "), said[:12]) == (1, b"HTTP/1.1 400")
    assert b"\nserver:" not in said.lower(), "what serves it is nobody's business"


@pytest.mark.threat("DE4")
def test_where_nobody_named_a_proxy_not_even_this_machine_says_whence_a_call_comes(live_portal):
    assert networks(live_portal.store, urlsplit(live_portal.base).port, "127.0.0.1") == 1


def log_of(live):
    return (Path(live.data).parent / f"log-{urlsplit(live.base).port}").read_text(encoding="utf-8")


@pytest.mark.threat("DE12")
def test_no_secret_and_no_address_reaches_the_log(live_portal, managers_cookie):
    run_page(live_portal, cookie=managers_cookie, page="people")
    status(live_portal, "/m/ZQXCAN?token=ZQX-CANARY")
    log = log_of(live_portal)
    assert managers_cookie not in log
    assert "ZQX" not in log
    assert "127.0.0.1" not in "".join(line for line in log.splitlines() if line.startswith("{"))


def test_each_log_line_is_one_json_object_and_a_form_that_was_cut_off_is_no_fault(live_portal):
    place = urlsplit(live_portal.base)
    head = f"POST /session HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {live_portal.base}\r\nContent-Length: 9\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=10) as one:
        one.sendall(f"{head}do=".encode())
        time.sleep(0.3)
    for _ in range(20):  # it is noticed a moment later
        time.sleep(0.1)
        lines = [json.loads(line) for line in log_of(live_portal).splitlines() if line.startswith("{")]
        assert not [line for line in lines if line.get("error") == "ClientDisconnect"]
    assert all(isinstance(line, dict) for line in lines)
