"""What only a served portal shows: whose address counts behind a proxy (DE4), who is dropped, and what its start says."""

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
from portal.record.kept_head import FILE
from tests.ports import free_port
from tests.served import served
from tests.world import make_world

IMPATIENT = "from portal.app import timeouts\ntimeouts.HEAD_WITHIN, timeouts.LOOKS = 3.0, 0.5\n"
PROXY, STRANGER = "127.0.0.3", "127.0.0.4"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal that is served for this: its store, its port, and where it wrote what it said at its start."""
    folder, port = tmp_path_factory.mktemp("behind"), free_port()
    world = make_world(folder / "data", f"http://127.0.0.1:{port}")
    (folder / "data" / "keys" / FILE).write_text("{}", encoding="utf-8")
    (folder / "sitecustomize.py").write_text(IMPATIENT, encoding="utf-8")
    with served(folder, port, PORTAL_TRUSTED_PROXIES=PROXY, PYTHONPATH=f"{folder}{os.pathsep}{ROOT}"):
        yield world.store, port, folder / f"log-{port}"
    world.store.engine.dispose()


@pytest.mark.threat("DE4")
@pytest.mark.threat("AU2")
def test_a_trusted_proxy_names_its_clients_and_a_stranger_is_counted_as_who_he_is(portal):
    store, port, _ = portal
    assert [networks(store, port, source) for source in (PROXY, STRANGER)] == [3, 1]


@pytest.mark.threat("DO3")
def test_whoever_says_nothing_to_a_served_portal_is_dropped(portal):
    _, port, _ = portal
    with socket.create_connection(("127.0.0.1", port), timeout=30) as silent:
        assert silent.recv(1) == b""


@pytest.mark.threat("LG1")
def test_a_start_on_a_record_that_does_not_fit_its_kept_head_says_so(portal):
    *_, said = portal
    assert f"WARNING. The head of the record that was kept outside the store ({FILE}) was altered." in said.read_text()


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
