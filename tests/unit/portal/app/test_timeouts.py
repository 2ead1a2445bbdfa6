"""Slow clients, against the server as it is run: each is dropped, and whoever is quick is served."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from portal.app import timeouts
from tests.ports import free_port

WAIT = 0.6


@pytest.fixture
def port(monkeypatch):
    for name in ("HEAD_WITHIN", "BODY_STILL", "READ_WITHIN"):
        monkeypatch.setattr(timeouts, name, WAIT)
    monkeypatch.setattr(timeouts, "LOOKS", WAIT / 4)
    with serving() as port:
        yield port


@contextmanager
def serving(**more):
    async def answer(request: Request) -> PlainTextResponse:
        body = await request.body()
        return PlainTextResponse("x" * 20_000_000 if request.url.path == "/large" else str(len(body)))

    app, port = Starlette(routes=[Route("/{name:path}", answer, methods=["GET", "POST"])]), free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, http=timeouts.PatientProtocol, log_config=None, log_level="critical", **more)
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield port
    server.should_exit = True
    thread.join(10)


def dropped(port, first, drops=b"", *, reads=False):
    """Say whether the server hangs up on a client that sends `first` and then one byte of `drops` each tenth of a second."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(first)
        end = time.monotonic() + 10 * WAIT
        while time.monotonic() < end:
            try:
                if drops:
                    client.sendall(drops)
                client.settimeout(0.1)
                if reads and client.recv(1) == b"":
                    return True
            except TimeoutError:
                continue
            except (ConnectionResetError, BrokenPipeError):
                return True
            time.sleep(0 if reads else 0.1)
    return False


@pytest.mark.threat("DO3")
@pytest.mark.threat("UP8")
@pytest.mark.parametrize(
    ("first", "drops"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\n", b""),
        (b"GET / HTTP/1.1\r\nX: ", b"a"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", b""),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", b"a"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nX: ", b"a"),
    ],
    ids=["nothing", "half a head", "a head by drops", "no body", "a body by drops", "chunks by drops", "a second head"],
)
def test_a_client_that_never_ends_its_request_is_dropped(port, first, drops):
    assert dropped(port, first, drops, reads=True)


@pytest.mark.threat("DO3")
def test_a_client_that_stops_in_the_middle_of_much_is_dropped(port):
    with socket.create_connection(("127.0.0.1", port), timeout=20 * WAIT) as client, suppress(ConnectionResetError):
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        time.sleep(WAIT / 2)
        client.sendall(b"a" * 50_000)
        assert client.recv(1) == b""


LARGE = b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"


@contextmanager
def asking_for_much(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(LARGE)
        yield client


@pytest.fixture(params=[WAIT / 4, 100 * WAIT], ids=["closed behind its answer", "kept for another request"])
def kept_alive(request, monkeypatch):
    """A server that closes behind an answer, as it does after five seconds, or waits for the next request."""
    for name in ("HEAD_WITHIN", "BODY_STILL"):
        monkeypatch.setattr(timeouts, name, WAIT)
    monkeypatch.setattr(timeouts, "LOOKS", WAIT / 4)
    monkeypatch.setattr(timeouts, "READ_WITHIN", 2 * WAIT)
    with serving(timeout_keep_alive=request.param) as port:
        yield port


@pytest.mark.threat("DO3")
def test_a_client_that_never_reads_its_answer_is_dropped(kept_alive):
    with asking_for_much(kept_alive) as client:
        time.sleep(6 * WAIT)
        assert whole(client) < 20_000_000


def test_a_client_that_reads_its_answer_slowly_gets_the_whole_of_it(kept_alive):
    with asking_for_much(kept_alive) as client:
        assert whole(client, pieces=20, wait=WAIT / 8) > 20_000_000


def whole(client, *, pieces=0, wait=0.0):
    """Read an answer to its end, the first `pieces` of it with a wait before each; gives its length."""
    got = 0
    with suppress(ConnectionResetError):
        while got < 20_000_100 and (piece := client.recv(1_000_000, socket.MSG_WAITALL)):
            got += len(piece)
            if pieces:
                pieces -= 1
                time.sleep(wait)
    return got


def test_a_slow_but_steady_client_is_served(port):
    with socket.create_connection(("127.0.0.1", port)) as client:
        for _ in range(4):  # what came before on this connection is not held against it
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            while not (heard := client.recv(10_000)).endswith(b"0"):
                assert heard, "hung up"
            time.sleep(WAIT / 2)
        client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n")
        for _ in range(10):
            time.sleep(WAIT / 4)
            client.sendall(b"a" * 300)
        answer = b""
        while got := client.recv(10_000):  # its head and its body may come apart
            answer += got
            if answer.endswith(b"3000"):
                return
        pytest.fail(f"not served: {answer!r}")
