"""The served portal dies, or its child does, while it holds a file: no trace of the file is left anywhere."""

import signal
import sys
import time
from contextlib import suppress

import psutil
import pytest

from tests.attacks.test_killed import traces
from tests.browser.steps import sign_in
from tests.browser.test_returning import QUARTER
from tests.pages.test_return_pages import file_for
from tests.ports import free_port
from tests.served import served
from tests.world import make_world

LONG = 8_000_000  # bytes of the file: the child works on it for seconds, so that a busy machine stops it in time too
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process has read is told by Linux alone")


def children_of(server):
    """Give what each child of the server has read so far; some wait for a file before it comes."""
    found = {}
    for child in psutil.Process(server.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            found[child] = child.io_counters().read_chars
    return found


def a_stopped_child(server, before):
    """Wait for the child that has read the file, and stop it where it is."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for child, read in children_of(server).items():
            if child in before and read - before[child] > LONG // 2:
                child.suspend()
                return child
        time.sleep(0.002)
    raise AssertionError("no child was given the file")


def upload(page, server):
    """Send a file for checking, and give the child that holds it, stopped."""
    page.goto(f"/return-upload?dataset=police-incidents&quarter={QUARTER.label}")
    line = f"{QUARTER.start:%d/%m/%Y},21:15,Zelda Street,Noise,Zelda Quxley\n".encode()
    whole = file_for(QUARTER) + line * (LONG // len(line))
    page.locator("input[type=file]").set_input_files(
        {"name": "Zelda Quxley.csv", "mimeType": "text/csv", "buffer": whole}
    )
    page.get_by_text("Zelda Quxley.csv").wait_for()
    page.get_by_role("button", name="Check this file").wait_for()
    before = children_of(server)
    page.get_by_role("button", name="Check this file").click()
    return a_stopped_child(server, before)


@pytest.mark.clause("s6.no-identifiers")
def test_neither_a_crash_of_the_child_nor_a_kill_of_the_server_leaves_a_trace(chromium, tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    world = make_world(tmp_path / "data", base)
    (tmp_path / "tmp").mkdir()
    with served(tmp_path, port, TMPDIR=str(tmp_path / "tmp")) as server, chromium.new_context(base_url=base) as context:
        page = context.new_page()
        sign_in(page, "sol@example.org")
        child = upload(page, server)
        child.send_signal(signal.SIGSEGV)
        with suppress(psutil.NoSuchProcess):
            child.resume()
        page.get_by_role("heading", name="There is a problem").wait_for()
        child = upload(page, server)
        server.kill()
        server.wait()
        child.resume()
        child.wait(30)  # it ends by itself: nobody listens any more
    world.store.engine.dispose()
    assert traces(tmp_path) == []
