"""A request from question to answer, by two people in two browsers, at both widths."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from portal.agreement.notices.standing import standing_of
from portal.agreement.register.organisations import organisation
from portal.ground import drafts
from portal.ground.act import SYSTEM, Act
from portal.requests.exchange.decisions import conditions_to_tick
from portal.requests.exchange.sending import send_request
from portal.requests.forms.drafting import JOURNEY, begin_request, my_drafts
from portal.requests.views import open_request
from tests.browser.steps import looks_right, sign_in
from tests.request_builders import CANARY, a_signatory, answers_for

REASON = "We hold nothing about this person."


@pytest.fixture
def world(live_portal):
    """The served partnership, in which the parish council and the police have signed."""
    act = Act(store=live_portal.store, person=SYSTEM, at=datetime.now(UTC))
    for person in (live_portal.clerk, live_portal.sergeant):
        if standing_of(live_portal.store, person.organisation_id) is None:
            a_signatory(act, organisation(live_portal.store, person.organisation_id))
    return live_portal


def fill_the_rest(world):
    """Answer every part that the browser did not, as the same person."""
    act = Act(store=world.store, person=world.clerk, at=datetime.now(UTC))
    draft = my_drafts(act)[0]
    police = SimpleNamespace(id=world.sergeant.organisation_id)
    answers = answers_for(SimpleNamespace(police=police, colleague=world.clerk))
    kept = draft.case.answers
    drafts.save(act, JOURNEY, {**answers, **{key: kept[key] for key in kept if kept[key]}}, draft_id=draft.id)
    return draft.id


def keep_going(page):
    page.get_by_role("main").get_by_role("button", name="Continue").click()


def looked_at(page):
    looks_right(page)
    assert not re.search("Zebulon|Quillfeather", page.url + page.title())


def who_and_what(page):
    """Say who it is about and what is asked, each on its screen."""
    page.get_by_role("link", name="The person's name, and what helps to find them").click()
    page.get_by_label("First names").fill(CANARY.split()[0])
    page.get_by_label("Family name").fill(CANARY.split()[1])
    keep_going(page)
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_text("About how old they are").click()
    page.get_by_label("About how old, such as 40, or 40 to 45").fill("36")
    page.get_by_text("I know no address, or they have none").click()
    page.get_by_role("radiogroup", name="Is the person under 18?").get_by_text("No", exact=True).click()
    keep_going(page)
    page.get_by_role("link", name="Back to your request").click()
    page.get_by_role("link", name="What you want to know, item by item").click()
    page.get_by_text("Facts about a living person", exact=True).click()
    page.get_by_role("radiogroup", name="Are you asking for no more").get_by_text("Yes", exact=True).click()
    page.get_by_label("Item 1: what you want to know").fill("Calls to 14 Mill Lane since March")
    page.get_by_label("Item 1: why you need it").fill("To show whether it goes on")
    looked_at(page)
    keep_going(page)


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.refusal")
def test_a_request_is_written_sent_and_refused_with_a_reason(world, page, new_page):
    sign_in(page, world.clerk.email, "/request")
    page.get_by_text("Is someone in danger now? Phone 999.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Ask for information").click()
    page.get_by_text("No, we need to know about one person").click()
    page.get_by_label("Why would information without names not do?").fill("We must act about one tenant.")
    looked_at(page)
    keep_going(page)
    page.get_by_role("heading", name="Who are you asking?").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Back to your request").click()
    page.get_by_text("Answer in any order").wait_for()
    looked_at(page)
    who_and_what(page)
    page.get_by_role("heading", name="What is it for?").or_(page.get_by_text("Is this to cut crime")).first.wait_for()
    draft_id = fill_the_rest(world)
    page.goto(f"/request-check?draft={draft_id}")
    page.get_by_text("It may be shared, with conditions").wait_for()
    assert page.get_by_text(CANARY).count() == 1
    looked_at(page)
    page.get_by_role("button", name="Send request to Anyshire Police").dblclick()
    page.get_by_text("Your request was sent").wait_for()
    looked_at(page)
    view = page.url

    other = new_page()
    sign_in(other, world.sergeant.email, "/request")
    other.get_by_text("Your turn: answer the request").first.wait_for()
    other.goto(view)
    other.get_by_role("link", name="Answer this request").click()
    other.get_by_role("main").get_by_text("Refuse", exact=True).click()
    other.get_by_label("Why do you refuse?").fill(REASON)
    looked_at(other)
    other.get_by_role("button", name="Refuse this request").click()
    other.get_by_text("decided on").wait_for()

    page.goto(view)
    page.get_by_role("link", name="Read the answer").click()
    page.get_by_text(REASON).wait_for()
    looked_at(page)


def test_each_screen_begins_at_its_top_with_the_focus_on_its_heading(world, page):
    page.set_viewport_size({"width": 375, "height": 640})
    sign_in(page, world.clerk.email, "/request-begin")
    page.get_by_text("No, we need to know about one person").click()
    page.get_by_label("Why would information without names not do?").fill("We must act about one tenant.")
    keep_going(page)
    page.get_by_role("button", name="Leave this for now").click()
    heading = page.get_by_role("heading", name="What kind of information do you need?")
    heading.wait_for()
    expect(heading).to_be_focused()
    expect(page.locator(".portal-mast")).to_be_in_viewport()


def test_answers_given_before_continue_are_there_after_a_refresh(world, page):
    sign_in(page, world.clerk.email, "/request-begin")
    page.get_by_text("No, we need to know about one person").click()
    page.get_by_label("Why would information without names not do?").fill("We must act about one tenant.")
    keep_going(page)
    page.get_by_role("link", name="Back to your request").click()
    page.get_by_role("link", name="Why you need it").click()
    page.get_by_label("Why, in your own words").fill("Only they hold the record.")
    page.get_by_role("button", name="Leave this for now").click()
    page.get_by_role("heading", name="Which law lets you share it?").wait_for()
    page.go_back()
    page.reload()
    page.get_by_label("Why, in your own words").wait_for()
    assert page.get_by_label("Why, in your own words").input_value() == "Only they hold the record."


def shared_in_the_browser(world, page):
    """The holder shares what is asked; the request was sent by the clerk beforehand."""
    act = Act(store=world.store, person=world.clerk, at=datetime.now(UTC))
    police = SimpleNamespace(id=world.sergeant.organisation_id)
    draft_id = begin_request(act, "Counts would not show who.")
    items = [{"what": "Calls since March", "why": "To show whether it goes on"}]
    told = answers_for(SimpleNamespace(police=police, colleague=world.clerk), items=items)
    drafts.save(act, JOURNEY, told, draft_id=draft_id)
    request_id = send_request(act, draft_id).id
    sign_in(page, world.sergeant.email, f"/request-view?id={request_id}")
    page.goto(f"/request-decide?id={request_id}")
    page.get_by_text("Share all of it").click()
    page.get_by_text("The name", exact=True).click()
    page.get_by_text("The date of birth or age").click()
    page.get_by_label("Item 1: the information").fill("Eleven calls.")
    page.get_by_role("radiogroup", name="Do you know of an investigation").get_by_text("No", exact=True).click()
    bases = page.get_by_role("radiogroup", name="On which lawful basis do you share it?")
    bases.get_by_text("you share it for law enforcement").click()
    holder = Act(store=world.store, person=world.sergeant, at=datetime.now(UTC))
    for one in conditions_to_tick(open_request(holder, request_id).case):
        page.get_by_test_id("stCheckbox").filter(has_text=one.text).locator("label").click()
    looked_at(page)
    page.get_by_role("button", name="Share this information").click()
    page.get_by_text("Not confirmed yet").wait_for()
    return request_id


@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s7.matching-quality")
def test_what_was_shared_is_received_destroyed_and_certified(world, page, new_page):
    other = new_page()
    request_id = shared_in_the_browser(world, other)
    sign_in(page, world.clerk.email, f"/request-read?id={request_id}")
    page.goto(f"/request-read?id={request_id}")
    page.get_by_text("Eleven calls.").wait_for()
    page.get_by_text("Came from").first.wait_for()
    looked_at(page)
    page.goto(f"/request-received?id={request_id}")
    page.get_by_text("I have it, and it is what I asked for").click()
    looked_at(page)
    page.get_by_role("button", name="Tell them").click()
    page.get_by_role("link", name="Say whether it is gone").click()
    page.get_by_text("It is gone", exact=True).click()
    page.get_by_text("Deleted from every device and mailbox").click()
    page.get_by_text("No copy is left with us").click()
    looked_at(page)
    page.get_by_role("button", name="Tell them").click()
    page.get_by_role("link", name="Download the certificate of destruction (PDF)").wait_for()
    looked_at(page)
    other.goto(f"/request-view?id={request_id}")
    with other.expect_download() as saved:
        other.get_by_role("link", name="Download the certificate of destruction (PDF)").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")
    assert "Quillfeather" not in saved.value.suggested_filename
