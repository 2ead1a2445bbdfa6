"""What people do in a browser, named as they would name it, and the accessibility engine."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.world import PASSWORD

# What only the framework can mend, each with what the portal does instead (docs/decisions).
FRAMEWORKS_OWN = frozenset({"empty-table-header", "presentation-role-conflict"})


WIDTHS = (1280, 375)
FINDINGS = {"resultTypes": ["violations"]}  # without a list of all that is right, which takes twice as long


def sign_in(page, email: str, then: str = "/") -> None:
    page.goto(f"/sign-in?then={then}")
    page.get_by_role("textbox", name="E-mail address").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as").wait_for()


def faults(page) -> list[str]:
    """Serious and critical findings of axe-core that are ours to mend."""
    heard = [label for one in page.locator("[aria-label]").all() if "\\" in (label := one.get_attribute("aria-label"))]
    return [f"an escape is read out: {label}" for label in heard] + [
        f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})"
        for v in violations(page)
        if v["impact"] in {"serious", "critical"} and v["id"] not in FRAMEWORKS_OWN
    ]


def violations(page) -> list[dict]:
    """What axe-core finds; a page that was asked before has its script already."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate("options => axe.run(options)", FINDINGS)["violations"]


def fits(page) -> bool:
    """Whether the page has no sideways scroll."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def looks_right(page) -> None:
    """Look at the page at both widths the product promises: nothing of ours for axe to find, no sideways scroll."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (fits(page), faults(page)) == (True, []), (width, page.url)
    page.set_viewport_size(before)


def tab_to(page, name):
    """Press Tab until what has the focus carries this name: no mouse, and nothing out of reach."""
    asked = """() => { const e = document.activeElement; if (!e) return "";
      const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
      return (e.getAttribute("aria-label") || label || e.innerText || "").trim(); }"""
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate(asked)
        if told.startswith(name) or told.endswith(f". {name}"):  # a list to choose from says first what is chosen
            return
    pytest.fail(f"{name} cannot be reached by Tab")
