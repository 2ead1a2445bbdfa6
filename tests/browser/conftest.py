"""A browser that really looks."""

import os
from contextlib import suppress

import pytest
from playwright.sync_api import Error, sync_playwright

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell what the page said when a journey failed: its people are made up, and a failure elsewhere is seen only so."""
    report = yield
    page = item.funcargs.get("page") if call.when == "call" and report.failed else None
    if page is not None:
        with suppress(Error):  # a page that has crashed says nothing
            report.sections.append((f"What {page.url} said", page.locator("body").inner_text(timeout=2000)))
    return report


@pytest.fixture(scope="module")
def chromium():
    """A Chromium for one module: its driver keeps an event loop running, which tests of other modules must not meet."""
    path = os.environ.get("PORTAL_TEST_BROWSER") or "/usr/bin/chromium"
    if not os.path.exists(path):  # noqa: PTH110 - a plain question
        pytest.skip("no browser; `python3 -m tests` finds or installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(chromium, live_portal):
    """A page of a phone; a journey looks at its screens at both widths (`steps.looks_right`)."""
    context = chromium.new_context(
        viewport={"width": 375, "height": 800},
        base_url=live_portal.base,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(60_000)
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
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
