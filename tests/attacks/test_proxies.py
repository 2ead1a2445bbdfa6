"""Whose address counts behind a proxy (DE4): what a trusted proxy says of its clients, and of nobody else a word."""

import http.client
import os
import socket
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from models.accounts import Attempt
from portal.ground.act import SYSTEM, Act
from portal.ground.database import reading
from portal.ground.settings import ROOT
from tests.ports import free_port
from tests.served import served
from tests.world import make_world

IMPATIENT = "from portal.app import timeouts\ntimeouts.HEAD_WITHIN, timeouts.LOOKS = 3.0, 0.5\n"
PROXY, STRANGER = "127.0.0.3", "127.0.0.4"


@pytest.mark.threat("DE4")
@pytest.mark.threat("AU2")
def test_a_trusted_proxy_names_its_clients_and_a_stranger_is_counted_as_who_he_is(tmp_path):
    port = free_port()
    world = make_world(tmp_path / "data", f"http://127.0.0.1:{port}")
    (tmp_path / "sitecustomize.py").write_text(IMPATIENT, encoding="utf-8")
    with served(tmp_path, port, PORTAL_TRUSTED_PROXIES=PROXY, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"):
        counted = [networks(world.store, port, source) for source in (PROXY, STRANGER)]
        with socket.create_connection(("127.0.0.1", port), timeout=30) as silent:
            assert silent.recv(1) == b"", "whoever says nothing is dropped, as served too"
    assert counted == [3, 1]


def networks(store, port, source):
    """Send three wrong passwords from one address, each in the name of another; give how many addresses they counted for."""
    act = Act(store=store, person=SYSTEM, at=datetime.now(UTC))
    before = keys(act)
    for n in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(source, 0), timeout=60)
        fields = urlencode({"do": "begin", "email": "nobody@example.org", "password": f"guess {n}"})
        told = {"X-Forwarded-For": f"198.51.{100 + n}.7", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/session", fields, {**told, "Sec-Fetch-Site": "same-origin"})
        connection.getresponse().read()
        connection.close()
    return len(keys(act) - before)


def keys(act):
    with reading(act.store.engine) as session:
        return set(session.exec(select(Attempt.key_hash).where(Attempt.kind == "sign-in:network")).all())
