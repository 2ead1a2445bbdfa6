"""The child that is kept ready: it takes one file, ends with it, and is there only where people are served."""

import threading

import psutil
import pytest

from portal.returns.pipeline.depersonalise import READY_FOR, depersonalise
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.worker import worker
from portal.spreadsheets.worker.limited import ENDING
from portal.spreadsheets.worker.worker_pool import ReadyWorker, start, waiting
from tests.spreadsheets import text

pytestmark = pytest.mark.usefixtures("own_children")
ROWS = [["Date", "Location", "Category"], ["03/07/2026", "12 High Street", "Alarm"]]


def outcome_of(rows=ROWS):
    return depersonalise(text(rows), "police-incidents", Quarter.parse("2026-Q3"), "2026")


def until_ended():
    for each in threading.enumerate():
        if each.name == ENDING:
            each.join(20)


@pytest.fixture(autouse=True)
def children():
    """List the children that this test started: the process may have others, of tests before it."""
    until_ended()
    others = set(psutil.Process().children())
    return lambda: [each for each in psutil.Process().children() if each not in others]


@pytest.fixture
def served():
    waiting.serve(READY_FOR)
    yield waiting
    until_ended()
    waiting.close()


def test_no_child_is_kept_where_nobody_is_served(children):
    ReadyWorker().prepare()
    assert children() == []


def test_the_ready_child_says_the_same_as_a_new_one(served):
    apart = outcome_of()
    served.prepare()
    ready = outcome_of()
    assert ready.status == "accepted"
    assert (ready.report_bytes(), ready.parquet, ready.preview) == (
        apart.report_bytes(),
        apart.parquet,
        apart.preview,
    )


def test_each_child_takes_one_file_and_ends_with_it(served, children):
    served.prepare()
    (first,) = children()
    outcome_of()
    until_ended()
    assert not first.is_running()
    (second,) = children()
    assert second.pid != first.pid


def test_the_answer_waits_neither_for_the_end_of_its_child_nor_for_the_next_one(monkeypatch):
    held = threading.Event()
    monkeypatch.setattr(waiting, "prepare", lambda: held.wait(20))
    assert outcome_of().status == "accepted"
    assert any(each.name == ENDING for each in threading.enumerate())
    held.set()
    until_ended()


def test_a_ready_child_that_died_costs_no_file(served, children):
    served.prepare()
    for each in children():
        each.kill()
        each.wait(5)
    assert outcome_of().status == "accepted"


def test_nothing_waits_once_no_more_people_are_served(children):
    own = ReadyWorker()
    own.serve(READY_FOR)
    own.prepare()
    (kept,) = children()
    own.close()
    assert not kept.is_running()


def test_a_child_ends_by_itself_when_whoever_started_it_is_gone():
    process = start(READY_FOR)
    process.stdin.close()
    assert process.wait(20) == 0
    assert worker.receive(process.stdout) == (b"", [])
    process.stdout.close()
