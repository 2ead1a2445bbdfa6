"""A portal that really serves, and a browser that really looks."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

from portal.settings import ROOT
from tests.browser.world import World, make_world
from tests.ports import free_port

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


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


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("PORTAL_TEST_BROWSER") or "/usr/bin/chromium"
    if not os.path.exists(path):  # noqa: PTH110 - a plain question
        pytest.skip("no browser; `python3 -m tests` finds or installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def page(request, chromium, live_portal):
    """A page at both widths the product promises."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 800},
        base_url=live_portal.base,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def new_page(chromium, live_portal):
    """Make further browsers' pages: another person, another device."""
    contexts = []

    def make(width: int = 1280, **more):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, base_url=live_portal.base, locale="en-GB", **more
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
