"""Nothing on a page jumps while it is drawn: cumulative layout shift as browsers count it (web.dev: good is under 0.1)."""

import pytest

WATCH = """
window.shift = 0
new PerformanceObserver(all => { for (const one of all.getEntries()) if (!one.hadRecentInput) window.shift += one.value })
    .observe({type: 'layout-shift', buffered: true})
"""


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_jumps_while_a_page_is_drawn(new_page, live_portal, width):
    page = new_page(width)
    page.add_init_script(WATCH)
    for address in ("/agreement", "/sign", "/handling"):
        page.goto(address)
        page.locator(".portal-drawn").wait_for(state="attached")
        page.locator(".portal-foot a").first.wait_for()
        assert page.evaluate("window.shift") < 0.1, address
