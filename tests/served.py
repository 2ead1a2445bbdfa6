"""A portal that really serves, for browsers and for attacks."""

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from types import ModuleType

import pytest

from portal.app.commands.command_line import run
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
    with _branched(folder, port):
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
    log = folder / f"log-{port}"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal", "run", "--port", str(port)],
            cwd=ROOT,
            env=_environment(folder, port) | more,
            stdout=told,
            stderr=told,
        )
        try:
            _wait(port, lambda: process.poll() is not None, log)
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


# A portal spends five seconds on its imports. One process makes them for all modules of a worker, and each portal branches off from it.
_HOW = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_IMPORTED = multiprocessing.get_context(_HOW)
_IMPORTED.set_forkserver_preload(["uvicorn", "portal.app.server", "portal.app.timeouts", "portal.ui.figures.charts"])


@contextmanager
def _branched(folder, port):
    """Serve the portal as `served` does, with its modules imported already."""
    log = folder / f"log-{port}"
    log.touch()
    process = _IMPORTED.Process(target=_run, args=(port, _environment(folder, port), log))
    with pytest.MonkeyPatch.context() as patch:  # a page that a test ran before is left there, and would be run anew
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    try:
        _wait(port, lambda: process.exitcode is not None, log)
        yield
    finally:
        if process.is_alive():
            os.kill(process.pid, signal.SIGINT)
        process.join(10)
        process.kill()


def _run(port, environment, log):
    """Run the command in a process of its own; its words go to `log` at once."""
    os.environ.clear()
    os.environ.update(environment)
    sys.stdout = sys.stderr = log.open("w", buffering=1, encoding="utf-8")
    os.dup2(sys.stdout.fileno(), 1)
    os.dup2(sys.stdout.fileno(), 2)
    sys.exit(run(["run", "--port", str(port)]))


def _environment(folder, port):
    real = ("PORTAL_DATABASE_URL", "PORTAL_SMTP_URL", "PORTAL_SECRET_KEY_FILE")
    return {name: value for name, value in os.environ.items() if name not in real} | {
        "PORTAL_NO_BOOTSTRAP": "1",
        "PORTAL_DATA_DIR": str(folder / "data"),
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }


def _wait(port, ended, log) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if ended():
            pytest.fail(f"the portal stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the portal did not answer within 60 s")
