"""A portal that really serves, for browsers and for attacks."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from portal.settings import ROOT
from tests.ports import free_port
from tests.world import World, make_world


@pytest.fixture(scope="module")
def live_portal(tmp_path_factory):
    """A served portal with a small fictional partnership; a `World` tells its address, people and data folder."""
    folder = tmp_path_factory.mktemp("live")
    port = free_port()
    environment = {
        **os.environ,
        "PORTAL_NO_BOOTSTRAP": "1",
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
    }
    for name in ("PORTAL_DATABASE_URL", "PORTAL_SMTP_URL", "PORTAL_SECRET_KEY_FILE"):
        environment.pop(name, None)
    world = make_world(folder / "data", f"http://127.0.0.1:{port}")
    with (folder / "log").open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "-m", "portal", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(world, served, folder / "log")
            yield world
        finally:
            served.send_signal(signal.SIGINT)
            try:
                served.wait(10)
            except subprocess.TimeoutExpired:
                served.kill()


def _wait(world: World, served: subprocess.Popen, log) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if served.poll() is not None:
            pytest.fail(f"the portal stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{world.base}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the portal did not answer within 60 s")
