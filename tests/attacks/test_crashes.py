"""Kill the portal at random moments of two years of work: nothing that was kept is lost, and nothing is half done.

What `kill -9` leaves are the files as they are at that moment. So the work is stopped where it is, the files are copied,
and it goes on: each copy is a store after a kill. At the end it is killed indeed. `PORTAL_TEST_MOMENTS` says how many times.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise

import psutil
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from portal.duties.scheduled.record_check import whole_check
from portal.ground.act import SYSTEM, Act, Store
from portal.ground.database import engine_for, transaction
from portal.ground.settings import ROOT
from portal.ground.vault import open_vault
from portal.record.audit import head, holds, record
from portal.record.events import Event
from tests.conftest import NOW

MOMENTS = int(os.environ.get("PORTAL_TEST_MOMENTS", "12"))
_TAKEN_BACK = ("attempt",)  # taken back many at once, which the session does not tell
# The demonstration through the portal's services, without returns, whose reading has a clock of its own (`test_killed`). It tells the head of the record and the rows that are written and
# deleted before each commit, and "kept" once it returned.
_WORK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import Engine, event, inspect
from sqlmodel import Session
from models.record import AuditHead
from portal import demonstration
from portal.ground.act import Store
from portal.ground.database import engine_for, migrate
from portal.ground.vault import open_vault

def key(row):
    return [inspect(row).mapper.local_table.name, *map(str, inspect(row).mapper.primary_key_from_instance(row))]

told = {"new": [], "gone": [], "head": None}

def note(session, _):
    told["new"] += [key(row) for row in session.new]
    told["gone"] += [key(row) for row in session.deleted]
    told["head"] = next(([r.number, r.hash] for r in session.dirty if isinstance(r, AuditHead)), told["head"])

def forget(_):
    told.update(new=[], gone=[], head=None)

def kept(session):
    print(json.dumps("kept"), flush=True)
    forget(session)

event.listen(Session, "after_flush", note)
event.listen(Engine, "commit", lambda _: print(json.dumps(told), flush=True))
event.listen(Session, "after_commit", kept)
event.listen(Session, "after_rollback", forget)
folder = Path(sys.argv[1])
engine = engine_for(f"sqlite:///{folder / 'portal.sqlite'}")
migrate(engine)
store = Store(engine=engine, vault=open_vault(folder / "portal.json", may_make=True))
parts = frozenset({"meetings", "requests", "statements"})
demonstration.load(store, lambda _: None, now=datetime(2026, 11, 25, 10, 30, tzinfo=UTC), parts=parts)
"""


@pytest.fixture
def work(tmp_path):
    """A process at work on a store, and the lines that it has told so far."""
    folder, told = tmp_path / "data", []
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", _WORK, str(folder)], stdout=subprocess.PIPE, env=environment, cwd=tmp_path
    )
    listener = threading.Thread(target=lambda: told.extend(process.stdout))
    listener.start()
    yield process, folder, told
    process.kill()
    process.wait()
    listener.join()
    process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_kill_at_any_moment_loses_nothing_that_was_kept_and_leaves_nothing_half_done(work, tmp_path):
    process, folder, told = work
    chance = random.Random(20261129)  # noqa: S311 - moments, not secrets
    while len(told) < 30 and process.poll() is None:
        time.sleep(0.01)
    for moment in range(MOMENTS):
        time.sleep(chance.uniform(0, min(0.4, 30 / MOMENTS)))
        assert process.poll() is None, "the work ended before all moments were tried"
        if moment < MOMENTS - 1:
            process.send_signal(signal.SIGSTOP)
            while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
                time.sleep(0.001)
        else:
            process.kill()
            process.wait()
        lines = [json.loads(line) for line in [*told]]
        copy = shutil.copytree(folder, tmp_path / f"moment-{moment}")
        assert_whole(copy, lines)
        process.send_signal(signal.SIGCONT)
        shutil.rmtree(copy)


def assert_whole(folder, lines):
    """Open a store after a kill: what was kept is there, what was not is there whole or not at all, and work goes on."""
    kept = [before for before, line in pairwise(lines) if line == "kept"]
    asked = lines[-1] if lines[-1] != "kept" else {"new": []}
    engine = engine_for(f"sqlite:///{folder / 'portal.sqlite'}")
    store = Store(engine=engine, vault=open_vault(folder / "portal.json", may_make=False))
    newest = [each["head"] for each in kept if each["head"]][-1]
    assert holds(store, newest[1])
    assert head(store)[0] >= newest[0]
    with engine.connect() as connection:
        there = {
            (table.name, *map(str, row))
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(select(*table.primary_key))
        }
    gone = {tuple(row) for each in kept for row in each["gone"]}
    written = {tuple(row) for each in kept for row in each["new"]} - gone
    assert {row for row in written - there if row[0] not in _TAKEN_BACK} == set()
    assert len({tuple(row) in there for row in asked["new"]}) < 2, "half of an act"
    assert whole_check(store).why == ""
    with transaction(engine) as session:
        record(session, Act(store=store, person=SYSTEM, at=NOW), Event.SETTINGS_CHANGED, "partnership:1")
    engine.dispose()
