"""The first day: an empty portal is set up, a parish council signs on a phone, the manager confirms, everybody finds it."""

import re

import pyotp

from portal.ground.act import SYSTEM, Store, act_now
from portal.ground.database import engine_for
from portal.ground.vault import open_vault
from tests.browser.steps import looks_right
from tests.browser.test_signing import to_check
from tests.builders import an_agreement_in_force
from tests.world import PASSWORD


def set_up(page, code):
    page.goto("/")
    page.get_by_role("heading", name="Set up this portal").wait_for()
    looks_right(page)
    page.get_by_label("Set-up code").fill("WRNG-WRNG-WRNG")
    page.get_by_role("button", name="Check the code").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_label("Set-up code").fill(code.lower())
    page.get_by_role("button", name="Check the code").click()
    page.get_by_role("heading", name="About the partnership").wait_for()
    looks_right(page)
    for number, typed in enumerate(
        ("Safer Thornby Partnership", "Thornby Borough Council", "Thornby", "Thornby Borough Council")
    ):
        page.get_by_role("main").get_by_role("textbox").nth(number).fill(typed)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="The blanks of the agreement").wait_for()
    page.reload()
    page.get_by_role("heading", name="The blanks of the agreement").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="Your account").wait_for()
    page.get_by_role("textbox", name="Full name").fill("Priya Shah")
    page.get_by_role("textbox", name="Job title or role").fill("Information Manager")
    page.get_by_role("textbox", name="E-mail address").fill("priya@example.org")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.get_by_role("button", name="Set up the portal").dblclick()
    page.get_by_role("heading", name="This portal is set up").wait_for()
    looks_right(page)


def bring_into_force(data):
    """As if the blanks were filled, the facts settled, and two people had authorised the words (tested on their own)."""
    engine = engine_for(f"sqlite:///{data / 'portal.sqlite'}")
    store = Store(engine=engine, vault=open_vault(data / "keys" / "portal.json", may_make=False))
    an_agreement_in_force(act_now(store, SYSTEM), "Safer Thornby Partnership")
    engine.dispose()


def second_step(page):
    """The role needs a code from a phone: whatever page was asked for, this one comes first."""
    page.get_by_text("Set this up before you go on").wait_for()
    looks_right(page)
    key = page.locator("dd", has_text=re.compile(r"^(\w{4} ){7}\w{4}$")).inner_text().replace(" ", "")
    page.get_by_label("6-digit code").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Turn the second step on").click()
    page.get_by_text("The second step is on").wait_for()
    looks_right(page)


def test_an_empty_portal_is_set_up_and_a_parish_council_signs_is_confirmed_and_found(chromium, empty_portal):
    base, code, data = empty_portal

    def somebody(width):
        page = chromium.new_context(viewport={"width": width, "height": 800}, base_url=base, locale="en-GB").new_page()
        page.set_default_timeout(60_000)
        return page

    manager, clerk, visitor = somebody(1280), somebody(375), somebody(375)
    set_up(manager, code)
    visitor.goto("/register")
    visitor.get_by_text("No organisations have signed yet").wait_for()
    clerk.goto("/sign")
    clerk.get_by_text("in preparation").first.wait_for()
    assert clerk.get_by_role("button", name="Start now").count() == 0
    bring_into_force(data)
    to_check(clerk, "Fernbridge Parish Council", email="clerk@fernbridge.example")
    clerk.get_by_role("button", name="Sign for Fernbridge Parish Council").click()
    clerk.get_by_role("heading", name="You have signed").wait_for()
    looks_right(clerk)
    visitor.reload()
    visitor.get_by_text("No organisations have signed yet").wait_for()

    manager.goto("/sign-in?then=/to-do")
    manager.get_by_role("textbox", name="E-mail address").fill("priya@example.org")
    manager.get_by_role("textbox", name="Password").fill(PASSWORD)
    manager.get_by_role("main").get_by_role("button", name="Sign in").click()
    second_step(manager)
    manager.goto("/to-do")
    manager.get_by_role("link", name="Fernbridge Parish Council").click()
    manager.get_by_role("heading", name="A signature to check").wait_for()
    looks_right(manager)
    manager.get_by_text("Confirm: it goes into the public register").click()
    manager.get_by_role("textbox", name="How you checked").fill("Telephoned the council on its public number")
    manager.get_by_role("button", name="Record the decision").click()
    manager.get_by_role("heading", name="Confirmed").wait_for()

    visitor.goto("/register?q=fernbridge")
    visitor.get_by_role("link", name="Fernbridge Parish Council").click()
    visitor.get_by_role("heading", name="Fernbridge Parish Council").wait_for()
    looks_right(visitor)
    answer = visitor.request.get("/signatories.json").json()
    assert [(s["organisation"], s["kind"], s["status"]) for s in answer["signatories"]] == [
        ("Fernbridge Parish Council", "parish_council", "signed")
    ]
