"""The return, from what is due to what is kept, as an office's analyst does it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.ground.wording import today
from portal.rules.datasets.quarters import Quarter
from tests.browser.steps import looks_right, sign_in
from tests.pages.test_return_pages import file_for
from tests.return_builders import CANARIES

QUARTER = Quarter.just_ended(today(datetime.now(UTC)))


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s6.no-identifiers")
def test_a_messy_file_is_checked_shown_sent_and_opened(page, live_portal):
    sign_in(page, "sol@example.org", "/return")
    page.get_by_role("heading", name="Quarterly returns").wait_for()
    looks_right(page)
    page.locator(
        f'a[href="/return-upload?dataset=police-incidents&quarter={QUARTER.label}"], a[href^="/return-view"]'
    ).first.wait_for()
    page.goto(f"/return-upload?dataset=police-incidents&quarter={QUARTER.label}")
    page.get_by_role("button", name="Check this file").wait_for()
    looks_right(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "Zelda Quxley.csv", "mimeType": "text/csv", "buffer": file_for(QUARTER)}
    )
    page.get_by_text("Zelda Quxley.csv").wait_for()
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("heading", name="Before and after").wait_for()
    page.get_by_text("We will keep 2 records").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Send this return").dblclick()
    page.get_by_role("heading", name="We have your return").wait_for()
    looks_right(page)
    assert "return=" in page.url
    page.reload()
    page.get_by_role("heading", name="We have your return").wait_for()
    page.get_by_role("button", name="Open the records").click()
    page.get_by_text("The first 2 of 2 records").wait_for()
    page.get_by_role("rowheader", name="2", exact=True).wait_for()
    kept = page.inner_text("body")
    assert "High Street" in kept
    assert not any(canary.decode() in kept for canary in CANARIES)
    live_portal.store.engine.dispose()
    stored = b"".join(p.read_bytes() for p in live_portal.data.parent.rglob("*") if p.is_file())
    assert not any(canary in stored for canary in CANARIES), "the original reached a disk or the log"


def test_a_refused_file_says_why_and_the_focus_is_there(page, live_portal):
    sign_in(page, "sol@example.org")
    page.goto(f"/return-upload?dataset=police-crimes&quarter={QUARTER.label}")
    page.locator("input[type=file]").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n0000"}
    )
    page.get_by_text("x.csv").wait_for()
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    expect(page.locator("#portal-problems")).to_be_focused(timeout=20_000)
    assert page.title().startswith("Error: ")
    looks_right(page)
