"""A new edition in real browsers: drafted, authorised by two others, in force the same day, and signed again by a partner."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from portal.agreement.editions.views import own_edition, own_editions
from portal.agreement.signing.journey import cookie_name
from portal.agreement.signing.renewal import behind
from portal.agreement.signing.sign import signed_already
from portal.ground.act import PUBLIC, Act
from portal.ground.wording import day, today
from tests.browser.steps import looks_right, sign_in
from tests.builders import an_organisation
from tests.signing_builders import a_manager, a_signatory, ready_to_sign


def go_on(page, name):
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("cover.versions")
def test_an_edition_is_drafted_authorised_by_two_published_and_signed_again(new_page, live_portal):
    act = Act(store=live_portal.store, person=live_portal.manager, at=datetime.now(UTC))
    council = an_organisation(act, "Newtown Council", protocol_signatory=True)
    a_signatory(replace(act, at=act.at - timedelta(days=3)), a_manager(act, "Mia Other"), council)
    drafter = new_page()
    sign_in(drafter, "priya@example.org", "/editions")
    go_on(drafter, "Draft the next edition")
    expect(drafter.get_by_role("heading", level=1)).to_contain_text("Draft: 2026 edition")
    box = drafter.get_by_role("combobox", name=re.compile("Section or appendix"))
    box.click()
    box.press_sequentially("13 Review of")
    box.press("Enter")
    words = drafter.get_by_role("textbox", name="The words of this passage")
    expect(words).to_have_value(re.compile("checked after 12 months"))
    words.fill("We look at this agreement together every spring.")
    go_on(drafter, "Keep these words")
    expect(drafter.get_by_text("The words are kept")).to_be_visible()
    drafter.get_by_role("textbox", name=re.compile("^What changed, in a sentence")).fill("Section 13 is shorter")
    drafter.get_by_role("textbox", name=re.compile("^The day it takes force")).fill(day(today(act.at)))
    go_on(drafter, "Keep this")
    expect(drafter.get_by_text("The day is kept")).to_be_visible()
    looks_right(drafter)
    go_on(drafter, "Hand it over to be authorised")
    expect(drafter.get_by_text("It waits for 2 people")).to_be_visible()
    (own,) = own_editions(act)

    for number, email in enumerate(("farah@example.org", "owen@example.org")):
        page = new_page(width=375 if number else 1280)
        sign_in(page, email, f"/edition-check?id={own.id}")
        expect(page.get_by_text("We look at this agreement together every spring.").first).to_be_visible()
        looks_right(page)
        go_on(page, "Authorise these words")
        expect(page.get_by_text(("You authorised it", "It is authorised")[number])).to_be_visible()
    assert own_edition(act, own.id).state == "authorised"

    assert council.name in {one.organisation for one in behind(act)}
    partner = new_page(width=375)
    again = ready_to_sign(replace(act, person=PUBLIC, at=datetime.now(UTC)), council)
    partner.context.add_cookies([{"name": cookie_name(secure=False), "value": again, "url": live_portal.base}])
    partner.goto("/sign-read")
    expect(partner.get_by_role("heading", name="What changed since your organisation signed")).to_be_visible()
    looks_right(partner)
    go_on(partner, "I have read it")
    go_on(partner, f"Sign for {council.name}")
    expect(partner.get_by_role("heading", name="You have signed", level=1)).to_be_visible()
    assert signed_already(live_portal.store, council.id, own.id)
