"""The served portal dies, or its child does, while it holds a file: no trace of the file is left anywhere (issue 4.7)."""

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

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def a_stopped_child(server):
    """Wait for the child that holds the file, and stop it where it is."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for child in psutil.Process(server.pid).children(recursive=True):
            if any("portal.returns.child" in word for word in child.cmdline()):
                child.suspend()
                return child
        time.sleep(0.005)
    raise AssertionError("no child was started")


def upload(page):
    page.goto(f"/return-upload?dataset=police-incidents&quarter={QUARTER.label}")
    file = {"name": "Zelda Quxley.csv", "mimeType": "text/csv", "buffer": file_for(QUARTER)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("Zelda Quxley.csv").wait_for()
    page.get_by_role("button", name="Check this file").click()


@pytest.mark.clause("s6.no-identifiers")
def test_neither_a_crash_of_the_child_nor_a_kill_of_the_server_leaves_a_trace(chromium, tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    world = make_world(tmp_path / "data", base)
    (tmp_path / "tmp").mkdir()
    with served(tmp_path, port, TMPDIR=str(tmp_path / "tmp")) as server, chromium.new_context(base_url=base) as context:
        page = context.new_page()
        sign_in(page, "sol@example.org")
        upload(page)
        child = a_stopped_child(server)
        child.send_signal(signal.SIGSEGV)
        with suppress(psutil.NoSuchProcess):
            child.resume()
        page.get_by_role("heading", name="There is a problem").wait_for()
        upload(page)
        child = a_stopped_child(server)
        server.kill()
        server.wait()
        child.resume()
        child.wait(30)  # it ends by itself: nobody listens any more
    world.store.engine.dispose()
    assert traces(tmp_path) == []
