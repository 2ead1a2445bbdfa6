"""The README's pictures, taken of the demonstration: `python3 -m tests screenshots`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from portal.ground.settings import ROOT
from tests.browser.conftest import ARGUMENTS
from tests.demonstrated import a_demonstration, page_of
from tests.machine import browser

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 1600  # pixels of a page that are shown
SHOTS = (
    ("register", "", "/register", 1280),
    ("agreement", "", "/agreement", 1280),
    ("request", "police.approver@example.org", "/request", 1280),
    ("return", "police.approver@example.org", "/return", 1280),
    ("sign", "", "/sign", 375),
    ("to-do", "manager@example.org", "/to-do", 1280),
    ("home", "", "/", 375),
)


def main() -> int:
    """Serve the demonstration, and take each picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = browser()
    if not found:
        return 1
    with a_demonstration() as base, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for name, person, address, width in SHOTS:
            _take(opened, base, (name, person, address), width)
        _door(opened, base)
        _a_check(opened, base)
        opened.close()
    return 0


def _take(opened: Browser, base: str, what: tuple[str, str, str], width: int) -> None:
    name, person, address = what
    page = page_of(opened, base, person, width)
    page.goto(address)
    page.locator("h1").first.wait_for()
    _keep(page, f"{name}-{width}")


def _door(opened: Browser, base: str) -> None:
    """The door of the meeting that is open today, as a phone shows it."""
    chair = page_of(opened, base, "chair2@example.org", 1280)
    chair.goto("/meetings")
    chair.locator("tr", has_text="Open now").locator("a").first.click()
    chair.locator("a[href^='/meeting-door']").first.click()
    code = "".join(c for c in chair.locator(".portal-door-code").inner_text() if c.isalnum())[-6:]
    _keep(chair, "chair-1280")
    phone = page_of(opened, base, "", 375)
    phone.goto(f"/m/{code}")
    _keep(phone, "door-375")


def _a_check(opened: Browser, base: str) -> None:
    """A request that waits for its holder, with the check."""
    holder = page_of(opened, base, "police.approver@example.org", 1280)
    holder.goto("/request")
    holder.locator("a[href^='/request-view']").first.click()
    holder.locator("h1").first.wait_for()
    _keep(holder, "check-1280")


def _keep(page: Page, name: str) -> None:
    page.wait_for_timeout(1200)
    height = page.evaluate(
        "Math.max(document.body.scrollHeight, ...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollHeight))"
    )
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": int(min(max(height, 500), LARGEST))})
    page.wait_for_timeout(400)
    page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
