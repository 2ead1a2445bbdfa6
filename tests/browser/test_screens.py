"""What every screen owes a person: a ring around what has the focus, a menu that closes, a door seen whole, help, no lost paste."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.ground.act import SYSTEM, Act
from portal.ground.settings import ROOT
from portal.meetings.check_in.door import open_door
from tests.browser.steps import looks_right, sign_in
from tests.meeting_builders import a_meeting

RING = """() => { const e = document.activeElement;
  for (let n = e; n && n !== document.body; n = n.parentElement) {
    const s = getComputedStyle(n), r = n.getBoundingClientRect();
    if (s.outlineStyle === "solid" && s.outlineWidth === "3px" && r.width > 20 && r.height > 20) return true;
  } return false; }"""
MAIN = "[data-testid=stMain] :is(input, textarea, button, a, select, summary)"


@pytest.fixture
def led(live_portal):
    act = Act(store=live_portal.store, person=SYSTEM, at=datetime.now(UTC))
    one = a_meeting(act, live_portal.chair)
    open_door(act.as_(live_portal.chair), one.id)
    return one


def test_whatever_has_the_focus_wears_a_ring_that_can_be_seen(new_page, live_portal):
    page = new_page(1280)
    sign_in(page, live_portal.chair.email, "/meeting-plan")
    page.get_by_role("combobox").first.wait_for()
    bare = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{MAIN}')") and not page.evaluate(RING):
            bare.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert bare == []
    page.get_by_role("button", name="Plan these meetings").click()
    page.locator("a[data-tied]", has_text="Enter the date as day, month and year").click()
    expect(page.get_by_role("textbox", name="Day", exact=True)).to_be_focused()
    looks_right(page)


def test_what_was_done_is_said_in_sight_however_far_down_the_page_it_was_asked(page, live_portal):
    page.set_viewport_size({"width": 375, "height": 640})
    sign_in(page, live_portal.clerk.email, "/account")
    page.get_by_role("button", name="Save how often").click()
    expect(page.get_by_text("How often you are reminded is saved")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_table_of_five_columns_is_seen_whole_at_twice_the_size(chromium):
    cells = (
        "XCT-DDW-URM",
        "Facts about a living person",
        "Fennimere Hospitals NHS Trust",
        "26 November 2026",
        "Withdrawn",
    )
    row = "".join(f'<td data-label="About"><span class="portal-whole">{one}</span></td>' for one in cells[::3])
    row = f"<th>{cells[1]}</th><td>{cells[2]}</td>{row}<td><span class='portal-tag'>{cells[4]}</span></td>"
    style = (ROOT / "portal" / "assets" / "portal.css").read_text(encoding="utf-8")
    page = chromium.new_page(viewport={"width": 640, "height": 800})
    page.set_content(f'<style>{style}</style><main style="margin: 0 37px"><table class="portal-table"><tbody><tr>{row}')
    assert page.evaluate("document.querySelector('table').getBoundingClientRect().right") <= 640 - 37
    page.close()


def test_the_menu_of_a_phone_closes_after_a_choice_and_on_escape(page, live_portal):
    sign_in(page, live_portal.clerk.email)
    open_menu, menu = (
        page.get_by_role("button", name="Menu"),
        page.locator("[data-testid=stSidebar][data-collapsed=false]"),
    )
    open_menu.click()
    menu.wait_for()
    page.keyboard.press("Escape")
    menu.wait_for(state="detached")
    open_menu.click()
    page.locator("[data-testid=stSidebarNavLink]", has_text="Calendar").click()
    page.get_by_role("heading", name="Calendar", level=1).wait_for()
    menu.wait_for(state="detached")


def test_the_code_and_the_square_of_a_door_are_seen_whole_on_any_screen(new_page, live_portal, led):
    page = new_page(1280)
    sign_in(page, live_portal.chair.email, f"/meeting-door?id={led.id}")
    page.locator(".portal-door-code").wait_for()
    looks_right(page)
    for width, height in ((1920, 1080), (1280, 800), (1024, 600), (768, 1024), (375, 667)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        for part in (".portal-door-code", ".portal-door img"):
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= height, (part, width, height)
            assert box["x"] >= 0, (part, width, height)
            assert box["x"] + box["width"] <= width, (part, width, height)
    page.get_by_role("button", name="Show it on the whole screen").click()
    page.wait_for_function("document.fullscreenElement !== null")


def test_a_paste_that_is_too_long_is_told_and_kept(page, live_portal):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, live_portal.clerk.email, "/account")
    field = page.get_by_role("textbox", name="Job title or role")
    field.click()
    page.evaluate("navigator.clipboard.writeText('Clerk '.repeat(200))")
    page.keyboard.press("Control+V")
    page.get_by_text("That is too long for this field").wait_for()
    assert len(page.get_by_role("textbox", name="What you pasted").input_value()) == 1200
    assert field.input_value() == "Clerk"


def test_every_page_says_whom_to_ask_and_an_address_that_is_none_says_so(page):
    for address in ("/", "/register", "/sign"):
        page.goto(address)
        page.get_by_text("Need help? Ask").first.wait_for()
    page.goto("/nothing-of-ours")
    assert page.get_by_role("heading", level=1).inner_text() == "This page does not exist"
