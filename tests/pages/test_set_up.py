"""First run as a person meets it: the code, three screens, and a portal that stands."""

import pytest

from portal.accounts.authentication.sign_in_state import STATE_COOKIE, sealed
from portal.ground.act import PUBLIC
from portal.ground.partnership import facts
from portal.partnership import set_up
from portal.partnership.set_up import new_code, open_door
from tests.builders import a_partnership
from tests.pages.conftest import words


@pytest.fixture
def door(now, cookies):
    cookies[set_up.COOKIE] = open_door(now.as_(PUBLIC), new_code(now))


def press(app, label):
    app = next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def fill(app, **typed):
    for key, value in typed.items():
        app.text_input(key=f"set_up.{key}").set_value(value)
    return app


FIRST = {
    "partnership_name": "Safer <i>Thornby</i>",
    "council": "Thornby Council",
    "local_authority_area": "Thornby",
    "owner": "Thornby Council",
}


def test_before_set_up_every_journey_leads_to_the_code_and_says_how_to_look_around(open_page):
    said = words(open_page("sign"))
    assert "Set up this portal" in said
    assert 'action="/set-up-code"' in said
    assert "python3 -m portal --demo" in said


def test_a_wrong_code_is_said_above_the_form(open_page, cookies, now):
    cookies[STATE_COOKIE] = sealed(now.store, '{"email": "", "sentence": "Enter the code that the terminal shows"}')
    assert "There is a problem" in words(open_page("set-up", refused="1"))


@pytest.mark.parametrize("address", ["set-up-partnership", "set-up-agreement", "set-up-account"])
def test_no_screen_of_the_set_up_opens_without_the_code(open_page, address):
    assert "Set-up code" in words(open_page(address))


@pytest.mark.clause("cover.placeholders")
def test_missing_names_are_asked_for_and_what_was_typed_survives_a_new_tab(open_page, door):
    app = press(fill(open_page("set-up-partnership"), council="Thornby Council"), "Save and continue")
    assert "Enter the name of the partnership" in words(app)
    assert open_page("set-up-partnership").text_input(key="set_up.council").value == "Thornby Council"


def test_a_picture_that_is_none_is_refused_and_a_date_that_is_none_too(open_page, door):
    app = fill(open_page("set-up-partnership"), **FIRST)
    app.file_uploader[0].upload("logo.png", b"MZ", "image/png")
    assert "must be a PNG, JPEG or SVG" in words(press(app, "Save and continue"))
    app = press(fill(open_page("set-up-agreement"), review_date="soon"), "Save and continue")
    assert "must be a real date" in words(app)


@pytest.mark.clause("cover.placeholders")
def test_the_whole_set_up_makes_a_portal_with_its_first_manager(open_page, door, now):
    press(fill(open_page("set-up-partnership"), **FIRST), "Save and continue")
    press(fill(open_page("set-up-agreement"), police_force="Anyshire Police"), "Save and continue")
    app = open_page("set-up-account")
    assert "Anyshire Police" in words(app)
    app = press(app, "Set up the portal")
    assert "Enter your full name" in words(app)
    fill(app, name="Priya Shah", position="Manager", email="priya@example.org", password="wren lamp harbour")
    app = press(app, "Set up the portal")
    assert "This portal is set up" in words(app)
    assert facts(now.store).name == "Safer <i>Thornby</i>"
    assert "<i>Thornby" not in words(open_page("sign-in"))


@pytest.mark.parametrize("address", ["set-up", "set-up-partnership", "set-up-agreement", "set-up-account"])
def test_afterwards_every_screen_of_it_says_that_it_is_done(open_page, now, address):
    a_partnership(now)
    assert "This portal is set up" in words(open_page(address))


def test_somebody_may_look_around_with_demonstration_data_instead(open_page, door):
    app = open_page("set-up-partnership")
    assert "Look around with demonstration data" in [b.label for b in app.button]
    assert "It cannot become a real one later" in words(app)


def test_the_sign_in_page_of_a_demonstration_says_who_can_sign_in(open_page, now):
    a_partnership(now, demonstration=True)
    assert "manager@example.org" in open_page("sign-in").code[0].value


def test_the_sign_in_page_of_a_real_partnership_names_nobody(open_page, now):
    a_partnership(now)
    assert len(open_page("sign-in").code) == 0
