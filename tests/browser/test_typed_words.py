"""What people type never becomes a link, whatever surface shows it: tried in the browser, which has the last word."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from portal.ground.settings import ROOT
from tests.ports import free_port

TYPED = [
    "https://evil.example/a?b=c",
    "See HTTP://evil.example or www.evil.example, says WwW.evil.example",
    "http://user@evil.example/x_y",
    "Write to o.neil+x@evil.example now",
    "mailto:ann@evil.example xmpp:ann@evil.example/x",
    "<https://evil.example> [x](https://evil.example) ![y](https://evil.example/a.png)",
    "(www.evil.example) https://[::1]/ *ann@evil.example*",
]


@contextmanager
def shown(chromium, how):
    port = free_port()
    told = {"TYPED_HOW": how, "TYPED_WORDS": json.dumps(TYPED), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", "tests/browser/typed_surfaces.py", "--server.headless=true"]
    process = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"],
        cwd=ROOT,
        env={**os.environ, **told},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        page = chromium.new_page(base_url=f"http://127.0.0.1:{port}")
        page.goto("/")
        expect(page.get_by_role("heading", name="The end")).to_be_visible(timeout=60_000)
        yield page
        page.close()
    finally:
        process.kill()
        process.wait()


def _wait(address):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)
    pytest.fail("the page of surfaces did not start")


def links(page):
    return page.evaluate("[...document.querySelectorAll('a')].filter(a => a.host !== location.host).map(a => a.href)")


@pytest.mark.threat("IN1")
def test_no_typed_address_becomes_a_link_on_any_surface(chromium):
    with shown(chromium, "plain") as page:
        assert links(page) == []
        assert page.locator("img[src*=evil]").count() == 0
        said = page.evaluate("document.body.innerText").replace("\u2060", "")
        assert all(said.count(words) >= 10 for words in TYPED), "and all of it is shown as it was typed"


def test_the_same_words_become_links_where_nothing_stands_between(chromium):
    with shown(chromium, "raw") as page:
        assert len(links(page)) > 30
