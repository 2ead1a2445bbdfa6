"""The pages of a loss: reported in a few fields, followed and closed by whom it concerns."""

import pytest

from portal.breaches.follow_up import add_step
from portal.breaches.views import breaches
from portal.ground.act import Role
from portal.ground.wording import today
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_person
from tests.pages.conftest import words
from tests.request_builders import a_district, a_request

pytestmark = pytest.mark.clause("s9.breach")


@pytest.fixture
def district(now):
    return a_district(now)


def read(app):
    assert not app.exception
    return words(app)


def press(app, key):
    return app.button(key=key).click().run()


def test_a_loss_is_reported_from_its_request_and_followed_to_its_closing(open_page, now, district):
    manager = a_person(now, "Max Manager", Role.MANAGER)
    request_id = a_request(now, district)
    app = open_page("request-view", district.clerk, id=request_id)
    assert f"/breach-report?about=request:{request_id}" in read(app)
    app = press(open_page("breach-report", district.clerk, about=f"request:{request_id}"), "breach_report.go")
    told = read(app)
    for sentence in ("Choose what happened.", "Enter what happened. Name nobody.", "Enter what was done so far"):
        assert told.count(sentence) >= 2
    for said in (
        "The Chair, the Information Manager and the organisations concerned are told at once.",
        "Name nobody here: give the reference of the request or meeting.",
    ):
        assert said in told
    app.radio(key="breach_report.kind").set_value("wrong_person")
    app.text_area(key="breach_report.what").set_value("It went to the wrong mailbox.")
    app.text_area(key="breach_report.done").set_value("They deleted it.")
    told = read(press(app, "breach_report.go"))
    (line,) = breaches(now.as_(district.clerk))
    assert "It was reported" in told
    assert "72 hours after it was found" in told
    assert "UK GDPR Art 33" in told
    for said in (
        f"Reference {line.reference}. Those who must know have been told.",
        "The Chair, the Information Manager, and the organisations below",
        "Where the information came from",
        "Also concerned",
        "Anytown Parish Council",
        "by Ann Clerk",
        edition_in_force(today(now.at)).rule("report-breach").text,
        "It went to the wrong mailbox.",
        "They deleted it.",
        "The Information Manager closes it.",
    ):
        assert said in told
    app = open_page("breach", manager, id=line.id)
    add_step(now.as_(district.clerk), line.id, "note", "They rang us.", key="a colleague's, meanwhile")
    for number, (kind, said) in enumerate(
        [("contained", "Deleted, and seen to be."), ("regulator_not_needed", "Only a colleague saw it.")]
    ):
        app.radio(key=f"breach.{line.id}.{number}.step").set_value(kind)
        app.text_area(key=f"breach.{line.id}.{number}.words").set_value(said)
        app = press(app, "breach.record")
        assert said in read(app)
        told = read(app := press(app, "breach.record"))
        assert "There is a problem" not in told, "the second click of a slow phone, on the form drawn anew"
    assert "Enter what you do differently from now on." in read(press(app, "breach.close"))
    app.text_area(key=f"breach.{line.id}.lesson").set_value("Type the address twice.")
    told = read(press(app, "breach.close"))
    assert "Closed by Max Manager" in told
    assert "Type the address twice." in told


def test_an_earlier_finding_asks_for_its_day_and_time(open_page, now, district):
    app = open_page("breach-report", a_person(now, "Cher Chair", Role.CHAIR))
    app.radio(key="breach_report.now").set_value("Earlier")
    app = press(app.run(), "breach_report.go")
    assert "Enter the day it was found as three numbers" in read(app)
    app.selectbox(key="breach_report.about").set_value("other")
    assert "Which organisation did the information come from?" in [one.label for one in app.run().selectbox][1]


def test_the_list_shows_each_body_only_what_concerns_it(open_page, now, district):
    assert "No loss that concerns you was reported." in read(open_page("breaches", district.outsider))
    told = read(open_page("breaches", district.outsider))
    assert "Report a loss" in told
    assert edition_in_force(today(now.at)).rule("report-breach").text in told
