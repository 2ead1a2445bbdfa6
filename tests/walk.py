"""Every page of the demonstration, as each kind of person: `python3 -m tests walk` follows every link and reports faults.

A page has a fault when axe-core finds something that is ours to mend, when it scrolls sideways at 320 px (WCAG 1.4.10),
when a target is smaller than 24 px (2.5.8), when it shows an error of the framework, or when its script complains.
Links are followed breadth first; of pages that differ in an id alone, a few are seen.
"""

import re
import sys
from collections import Counter, deque
from urllib.parse import parse_qsl, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.steps import FRAMEWORKS_OWN
from tests.demonstrated import a_demonstration, page_of
from tests.machine import browser

PEOPLE = (
    "",
    "manager@example.org",
    "officer@example.org",
    "chair2@example.org",
    "police.approver@example.org",
    "parish.partner@example.org",
)
SCREENS = ((320, "light"), (1280, "dark"))
OF_A_KIND = 3  # pages seen of those that differ in an id alone
MOST = 150  # pages seen of one person on one screen
_LINKS = "[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'))"
_SMALL = """[...document.querySelectorAll('[data-testid=stMain] :is(a, button, select)')].filter(e => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return box.width && box.height && (box.height < 24 || box.width < 24)
    && style.display !== 'inline' && style.visibility !== 'hidden';
}).slice(0, 3).map(e => e.outerHTML.slice(0, 100))"""


def main() -> int:
    """Walk, and print each fault once; returns 1 where there is any."""
    found = browser()
    if not found:
        return 1
    faults: dict[str, str] = {}
    seen = 0
    with a_demonstration() as base, sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for width, scheme in SCREENS:
            for person in PEOPLE:
                pages = _walk(opened, base, person, width, scheme, faults)
                seen += pages
                sys.stdout.write(f"{width} px {scheme}, {person or 'the public'}: {pages} pages\n")
                sys.stdout.flush()
        opened.close()
    sys.stdout.writelines(f"{fault}\n    first at {where}\n" for fault, where in faults.items())
    sys.stdout.write(f"{seen} pages seen, {len(faults)} faults.\n")
    return 1 if faults else 0


def _walk(opened: Browser, base: str, person: str, width: int, scheme: str, faults: dict[str, str]) -> int:
    page = page_of(opened, base, person, width, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda m: m.type == "error" and "404" not in m.text and said.append(m.text[:150]))
    page.on("pageerror", lambda error: said.append(str(error)[:150]))
    waiting, kinds, seen = deque(["/"]), Counter[str](), 0
    met = {"/"}
    while waiting and seen < MOST:
        address = waiting.popleft()
        said.clear()
        if not _opened(page, address):
            continue
        seen += 1
        for fault in [*_faults(page), *(f"script: {one}" for one in said)]:
            faults.setdefault(f"{_kind(address)}: {fault}", f"{width} px {scheme}, {person or 'the public'}: {address}")
        for link in page.evaluate(_LINKS):
            if link not in met and kinds[_kind(link)] < OF_A_KIND:
                met.add(link)
                kinds[_kind(link)] += 1
                waiting.append(link)
    page.context.close()
    return seen


def _opened(page: Page, address: str) -> bool:
    """Open a page of the portal; False for what is a file."""
    try:
        page.goto(address)
    except Error:  # the browser does not show a file, it fetches it
        return False
    if not page.locator(".stApp").count():
        return False
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(700)
    return True


def _kind(address: str) -> str:
    """Name a page without its ids: the path, and the names of what is asked."""
    parts = urlsplit(address)
    return f"{parts.path}?{'&'.join(sorted(name for name, _ in parse_qsl(parts.query)))}".rstrip("?")


def _faults(page: Page) -> list[str]:
    found = [
        f"axe: {one['id']} {re.sub(r'(id|aria-labelledby)=.[^ >]*', '', one['nodes'][0]['html'])[:100]}"
        for one in Axe().run(page).response["violations"]
        if one["id"] not in FRAMEWORKS_OWN
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    found += [f"small target: {one}" for one in page.evaluate(_SMALL)]
    if page.locator(".stException").count() or "Traceback" in page.inner_text("body"):
        found.append("shows an error of the framework")
    return found


if __name__ == "__main__":
    sys.exit(main())
