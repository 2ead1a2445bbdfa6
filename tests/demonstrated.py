"""The demonstration, served for a browser that looks at it, and its people signed in."""

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from playwright.sync_api import Browser, Page

from portal.demonstration import people
from portal.ground.settings import ROOT
from tests.ports import free_port

PASSWORD = people()[0].rpartition(": ")[2]


@contextmanager
def a_demonstration() -> Iterator[str]:
    """Serve the demonstration from a folder of its own until the block ends; gives its address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORTAL_NO_BOOTSTRAP": "1", "PORTAL_DATA_DIR": folder}
        served = subprocess.Popen(
            [sys.executable, "-m", "portal", "run", "--demo", "--port", str(port)], cwd=ROOT, env=environment
        )
        try:
            _wait(base)
            yield base
        finally:
            served.terminate()
            served.wait(20)


def page_of(opened: Browser, base: str, person: str, width: int, **more: str) -> Page:
    """Open a page `width` pixels wide, with a person of the demonstration signed in ('' is the public)."""
    page = opened.new_context(
        viewport={"width": width, "height": 900}, base_url=base, locale="en-GB", **more
    ).new_page()
    page.set_default_timeout(60_000)
    if person:
        page.goto("/sign-in")
        page.get_by_role("textbox", name="E-mail address").fill(person)
        page.get_by_role("textbox", name="Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_text("Signed in as").wait_for()
    return page


def _wait(base: str) -> None:
    end = monotonic() + 600
    while monotonic() < end:
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=2).close()  # noqa: S310 - our own address
        except OSError:
            sleep(1)
        else:
            return
    raise SystemExit("The demonstration did not answer.")
