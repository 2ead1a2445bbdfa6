"""Which names the portal answers under."""

import asyncio

import pytest

from portal.ground.settings import load_settings
from portal.web.middleware.hosts import KnownHosts, known_hosts

OURS = b"portal.example.org"


def answered(folder, kind, *hosts, path="/sign-in"):
    """What comes back: the status or the kind of message, '' where the request went through to the portal."""
    said = {"PORTAL_BASE_URL": "https://portal.example.org", "PORTAL_HOSTS": "isa.example.org"}
    sent, reached = [], []

    async def app(_scope, _receive, _send):
        reached.append(1)

    async def send(message):
        sent.append(message.get("status") or message["type"])

    door = KnownHosts(app, hosts=known_hosts(load_settings(said, folder=folder)))
    scope = {"type": kind, "path": path, "headers": [(b"host", one) for one in hosts], "method": "GET"}
    asyncio.run(door(scope, None, send))
    return "" if reached else sent[0]


@pytest.mark.threat("DE2")
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_it_answers_under_its_own_names_alone_and_never_under_two_at_once(tmp_path, kind):
    refused = {"http": 421, "websocket": "websocket.close"}[kind]
    for ours in (
        OURS,
        b"PORTAL.example.org:443",
        b"portal.example.org.",
        b"isa.example.org",
        b"127.0.0.1:8501",
        b"[::1]:8501",
    ):
        assert answered(tmp_path, kind, ours) == "", ours
    for other in (
        b"evil.example",
        b"portal.example.org.evil.example",
        b"evil.example:443@portal.example.org:x",
        b"",
        b"[",
    ):
        assert answered(tmp_path, kind, other) == refused, other
    assert answered(tmp_path, kind) == refused, "no name at all"
    assert answered(tmp_path, kind, OURS, b"evil.example") == refused, "a proxy may have believed the other one"
    assert answered(tmp_path, "http", b"10.0.0.7", path="/healthz") == ""
