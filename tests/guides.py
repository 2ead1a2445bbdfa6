"""The pictures of the guides, taken of the demonstration: `python3 -m tests guides`. Small: 64 colours, 900 pixels wide."""

import io
import sys

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from portal.guides.guides import PICTURES, Guide, GuideStep, guides
from tests.browser.conftest import ARGUMENTS
from tests.demonstrated import a_demonstration, page_of
from tests.machine import browser

WIDTH, HEIGHT = 900, 640


def main() -> int:
    """Serve the demonstration, and take each picture that a guide names, or those of the roles that are asked for."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = browser()
    if not found:
        return 1
    with a_demonstration() as base, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for one in (one for one in guides() if one.id in sys.argv[1:] or not sys.argv[1:]):
            take(opened, base, one)
        opened.close()
    return 0


def take(opened: Browser, base: str, one: Guide) -> None:
    """Take the pictures of one guide, as the person whom it names."""
    page = page_of(opened, base, one.seen_by, WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    for step in (step for step in one.steps if step.picture):
        page.goto(step.page)
        page.locator("h1").first.wait_for()
        if step.opens:
            page.locator("tr", has_text=step.opens).locator("a").first.click()
        page.wait_for_timeout(1500)
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")  # on a slow machine, half a page
        keep(step, page.screenshot())


def keep(step: GuideStep, taken: bytes) -> None:
    """Keep a picture small enough to come with the portal."""
    small = Image.open(io.BytesIO(taken)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{step.picture}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
