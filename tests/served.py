"""A portal that really serves, for browsers and for attacks."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from portal.ground.settings import ROOT
from tests.ports import free_port
from tests.world import make_world


@pytest.fixture(scope="module")
def live_portal(tmp_path_factory, _template, _sealing):
    """A served portal with a small fictional partnership; a `World` tells its address, people and data folder."""
    folder, port = tmp_path_factory.mktemp("live"), free_port()
    base = f"http://127.0.0.1:{port}"
    copy_store(folder / "data", _template, _sealing)
    world = make_world(folder / "data", base)
    with served(folder, port):
        yield world


@pytest.fixture
def empty_portal(tmp_path):
    """A served portal on an empty store: its address, the set-up code that its terminal shows, and its data folder."""
    port = free_port()
    with served(tmp_path, port):
        told = (tmp_path / f"log-{port}").read_text(encoding="utf-8")
        yield f"http://127.0.0.1:{port}", re.search(r"with this code: (\S+)", told)[1], tmp_path / "data"


def copy_store(data, template, sealing):
    """Lay a migrated, empty SQLite store with its keys in a new folder: making all of these takes seconds."""
    shutil.copytree(sealing, data / "keys" / "seal")
    shutil.copy(template, data / "portal.sqlite")
    shutil.copy(template.with_name("portal.json"), data / "keys" / "portal.json")


@contextmanager
def served(folder, port, **more):
    """Serve the portal on `folder`/data until the block ends, and give its process; its words go to `folder`/log-PORT.

    `more` are further settings, by their names in the environment.
    """
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "PORTAL_NO_BOOTSTRAP": "1",
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_BASE_URL": base,
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("PORTAL_DATABASE_URL", "PORTAL_SMTP_URL", "PORTAL_SECRET_KEY_FILE"):
        environment.pop(name, None)
    environment |= more
    with (folder / f"log-{port}").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", "run", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(base, process, folder / f"log-{port}")
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(base: str, process: subprocess.Popen, log) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the portal stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the portal did not answer within 60 s")
