"""Numbers typed in, checked and sent; the officer asks about them, the organisation answers, the officer closes."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.accounts import Account
from portal.accounts.authentication.passwords import hash_password
from portal.ground.act import SYSTEM, Act, Role
from portal.ground.database import transaction
from portal.ground.wording import today
from portal.rules.datasets.quarters import Quarter
from tests.browser.steps import looks_right, sign_in
from tests.builders import a_person, an_organisation
from tests.request_builders import a_signatory
from tests.world import PASSWORD

QUARTER = Quarter.just_ended(today(datetime.now(UTC)))


@pytest.fixture
def pat(live_portal):
    """A partner of a fire service."""
    act = Act(store=live_portal.store, person=SYSTEM, at=datetime.now(UTC))
    service = an_organisation(act, "Anyshire Fire", "fire_rescue", protocol_signatory=True)
    a_signatory(act, service)
    person = a_person(act, "Pat Sims", Role.PARTNER, organisation=service, email="pat@example.org")
    with transaction(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.id == person.id)).one()
        account.password_hash = hash_password(PASSWORD)
        session.add(account)
    return person, service


def type_numbers(page):
    """Type two numbers by keyboard, load the page anew, and find them again."""
    page.get_by_role("heading", name="Quarterly returns").wait_for()
    looks_right(page)
    page.get_by_role("link", name="Type it in").first.click()
    page.get_by_role("spinbutton", name="Died").wait_for()
    looks_right(page)
    page.get_by_role("spinbutton", name="Died").focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.get_by_text("Total: number of people").wait_for()
    first_aid = page.get_by_role("spinbutton", name="First aid given at the scene")
    first_aid.fill("31")
    first_aid.press("Tab")
    page.get_by_text("33", exact=True).wait_for()
    page.reload()
    page.get_by_text("33", exact=True).wait_for()
    assert page.get_by_role("spinbutton", name="Died").input_value() == "2"
    assert page.get_by_role("spinbutton", name="Precautionary check recommended").input_value() == ""


@pytest.mark.clause("s11.quarterly")
def test_numbers_are_typed_sent_asked_about_and_explained(page, new_page, pat):
    sign_in(page, pat[0].email, "/return")
    type_numbers(page)
    page.get_by_role("button", name="Check these numbers").click()
    page.get_by_text("We will keep 2 records").wait_for()
    looks_right(page)
    page.get_by_role("button", name="Send this return").click()
    page.get_by_role("heading", name="We have your return").wait_for()
    looks_right(page)
    certificate = page.get_by_role("link", name="Download the certificate (PDF)").get_attribute("href")
    assert page.request.get(certificate).body().startswith(b"%PDF")

    officer = new_page(page.viewport_size["width"])
    sign_in(officer, "owen@example.org", "/returns-received")
    officer.get_by_role("heading", name=pat[1].name).wait_for()
    looks_right(officer)
    officer.goto(certificate.replace("/return/certificate", "/return-compare"))
    officer.get_by_role("heading", name="What changed").wait_for()
    officer.get_by_text("Ask the organisation about it").click()
    officer.get_by_role("textbox", name="Your question").fill("Two people died. Was it one fire?")
    looks_right(officer)
    officer.get_by_role("button", name="Send the question").click()
    officer.get_by_text("Waits for an answer").wait_for()
    looks_right(officer)

    page.goto("/return")
    page.get_by_role("link", name="Answer it").click()
    page.get_by_role("textbox", name="Your answer").fill("Yes, it was one fire.")
    looks_right(page)
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("the Community Safety Officer reads it").wait_for()
    looks_right(page)

    officer.goto("/returns-received")
    officer.get_by_role("link", name="Read the answer").first.click()
    officer.get_by_text("Yes, it was one fire.").wait_for()
    officer.get_by_role("button", name="Close it: this explains it").click()
    officer.get_by_text("Closed: it was explained").first.wait_for()
    looks_right(officer)
