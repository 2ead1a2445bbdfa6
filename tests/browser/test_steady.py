"""Nothing on a page jumps while it is drawn (cumulative layout shift; web.dev: good is under 0.1), and nothing on it goes away."""

from time import sleep

import pytest

LATE = 2.5  # seconds: longer than the two after which a page is shown as it comes
WATCH = """
window.shift = 0
new PerformanceObserver(all => { for (const one of all.getEntries()) if (!one.hadRecentInput) window.shift += one.value })
    .observe({type: 'layout-shift', buffered: true})
"""

HIDDEN = """
window.hidden = 0
const page = document.querySelector('[data-testid=stMainBlockContainer]')
new MutationObserver(() => { if (getComputedStyle(page).visibility === 'hidden') window.hidden += 1 })
    .observe(document.body, {childList: true, subtree: true})
"""

SEEN = """() => new Promise(told => {
  const stands = '.stApp[data-test-script-state="notRunning"]:has(.portal-foot):has(.portal-mast)'
  const look = () => document.querySelector(stands)
    ? told(getComputedStyle(document.querySelector('[data-testid=stMainBlockContainer]')).visibility)
    : requestAnimationFrame(look)
  look()
})"""


def test_a_page_that_is_drawn_anew_stays_in_sight_and_keeps_the_focus(page):
    # Hidden between press and release, it would lose the click; whoever works by keyboard would begin at its top again.
    page.goto("/handling")
    choices = page.get_by_role("radiogroup", name="How is it marked?").get_by_role("radio")
    choices.first.wait_for(state="attached")
    page.locator(".portal-drawn").wait_for(state="attached")
    page.evaluate(HIDDEN)
    for number in (1, 2):
        choices.nth(number).focus()
        page.keyboard.press("Space")
        page.locator("summary", has_text="Everything with").wait_for()
        page.wait_for_timeout(500)
        assert choices.nth(number).evaluate("one => one === document.activeElement")
    assert page.evaluate("window.hidden") == 0


def test_a_page_that_stops_early_is_shown_as_soon_as_it_stands(page):
    page.goto("/sign-email")
    assert page.evaluate(SEEN) == "visible"
    assert page.get_by_role("heading", name="Begin here").is_visible()


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_jumps_while_a_page_is_drawn(new_page, live_portal, width):
    page = new_page(width)
    page.add_init_script(WATCH)
    for address in ("/agreement", "/sign", "/handling"):
        page.goto(address)
        page.locator(".portal-drawn").wait_for(state="attached")
        page.locator(".portal-foot a").first.wait_for()
        assert page.evaluate("window.shift") < 0.1, address


def test_nothing_jumps_on_a_cold_slow_machine(page):
    # There the framework's module for HTML comes last: until then the mast and all text are blocks of another height.
    page.add_init_script(WATCH)
    page.route("**/static/js/Html.*.js", lambda route: (sleep(LATE), route.continue_()))
    page.goto("/register?organisation=thornby-parish-council")
    page.locator(".portal-foot a").first.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") < 0.1
