"""Kill the work while it holds a file: nothing of the file may be left on disk, in the log or in the database."""

import os
import subprocess
import sys
import threading
import time

import psutil
import pytest

from portal.ground.settings import ROOT
from portal.returns.service.upload_check import check
from portal.spreadsheets.worker.worker_pool import waiting
from tests.return_builders import CANARIES, CHOSEN, MESSY, a_force

BIG = MESSY + b"".join(
    b"29/09/2026;23.59;%d Zelda Quxley Street %d;Begging;Mrs Zelda Quxley;07700 900123;ring Zelda\r\n" % (n, n)
    for n in range(60_000)
)
_READS_FROM_A_PIPE = """
import sys
from portal.returns.pipeline.depersonalise import depersonalise
from portal.rules.datasets.quarters import Quarter
told = lambda stage, done, of: print(stage, flush=True)
depersonalise(sys.stdin.buffer.read(), "police-incidents", Quarter.parse("2026-Q3"), "2026", progress=told)
"""


def traces(*folders):
    """Give the files of some folders that hold a canary, or name one."""
    found = []
    for folder in folders:
        for file in folder.rglob("*"):
            held = str(file).encode() + (file.read_bytes() if file.is_file() else b"")
            found += [file for canary in CANARIES if canary in held]
    return found


def a_child_of(pid):
    """Wait for the child that holds the file, and give it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if children := psutil.Process(pid).children():
            return children[0]
        time.sleep(0.01)
    raise AssertionError("no child was started")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("stage", ["reading", "treating"])
def test_a_killed_server_leaves_nothing_of_the_file(tmp_path, stage):
    (tmp_path / "tmp").mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", _READS_FROM_A_PIPE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            cwd=tmp_path,
        )
        server.stdin.write(BIG)
        server.stdin.close()
        while server.stdout.readline().strip().decode() != stage:
            assert server.poll() is None
        child = a_child_of(server.pid)
        server.kill()
        server.wait()
        server.stdout.close()
    child.wait(30)  # it ends by itself: nobody listens any more
    assert not child.is_running()
    assert traces(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.usefixtures("own_children")
def test_a_killed_child_is_a_refusal_and_leaves_nothing_of_the_file(act, data_dir, tmp_path, monkeypatch):
    force, partner = a_force(act)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    waiting.close()  # a child that another test left ready would take the file, and its successor be killed in its stead
    here, own = os.getpid(), {each.pid for each in psutil.Process().children()}
    outcomes = []
    work = threading.Thread(
        target=lambda: outcomes.append(check(act.as_(partner), force.id, CHOSEN, (BIG, "Zelda Quxley.csv")).outcome)
    )
    work.start()
    child = None
    while child is None:
        child = next((each for each in psutil.Process(here).children() if each.pid not in own), None)
    time.sleep(0.5)
    child.kill()
    work.join(30)
    assert outcomes[0].status == "refused"
    assert not any(canary.decode() in str(outcomes[0]) for canary in CANARIES)
    act.store.engine.dispose()
    assert traces(data_dir, tmp_path) == []
