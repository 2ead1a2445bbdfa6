"""What the officer does with returns on the pages, and what their senders see of it."""

from datetime import timedelta

import pytest

from portal.ground.act import Act, Role
from portal.ground.wording import today
from portal.returns.review.queries import queries_of
from portal.returns.service.submission import send_nothing
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person
from tests.pages.conftest import words as shown
from tests.return_builders import a_force


@pytest.fixture
def world(now):
    force, person = a_force(now)
    officer = a_person(now, "Owen Pugh", Role.OFFICER)
    quarter = Quarter.just_ended(today(now.at))
    earlier = Act(store=now.store, person=person, at=now.at - timedelta(minutes=5))
    sent = send_nothing(earlier, force.id, ("police-incidents", quarter.label), "one")
    return person, officer, sent, force


def words(app):
    """What a page says, without the signs that keep typed words from being read as Markdown."""
    return shown(app).replace("\\", "")


def press(app, label):
    return next(b for b in app.button if b.label == label).click().run()


def type_in(app, key, text):
    next(a for a in app.text_area if str(a.key).startswith(key[0]) and str(a.key).endswith(key[1])).set_value(text)


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s9.datasets-secured")
def test_the_officer_asks_the_organisation_answers_and_the_officer_closes(open_page, now, world):
    person, officer, sent, _ = world
    app = open_page("return-compare", officer, **{"return": sent})
    assert "Not sent" in words(app)
    assert "Marked: a change of more than half" in words(app)
    app = press(app, "Send the question")
    assert "Enter your question" in words(app)
    type_in(app, ("query", "question"), "Was nothing recorded, or was the system down?")
    app = press(app, "Send the question")
    assert not app.exception
    assert "Waits for an answer" in words(app)
    app = open_page("return", person)
    assert "Questions for you" in words(app)
    app = open_page("return-view", person, **{"return": sent})
    assert "Was nothing recorded" in words(app)
    type_in(app, ("query", "answer"), "The system was down.")
    app = press(app, "Send the answer")
    assert not app.exception
    app = open_page("returns-received", officer)
    assert "Answers to your questions" in words(app)
    app = open_page("return-view", officer, **{"return": sent})
    assert "The system was down." in words(app)
    app = press(app, "Close it: this explains it")
    assert not app.exception
    assert queries_of(now.as_(officer), sent)[0].status == "Closed: it was explained"


def test_a_partner_sees_its_own_return_beside_earlier_ones_and_no_form_to_ask(open_page, world):
    app = open_page("return-compare", world[0], **{"return": world[2]})
    assert "What changed" in words(app)
    assert not app.text_area


@pytest.mark.clause("app1.datasets")
@pytest.mark.clause("s11.quarterly")
def test_the_officer_says_that_a_force_does_not_send_a_data_set_and_asks_again(open_page, world):
    person, officer, _, force = world
    app = open_page("return-providers", officer)
    app = press(app, "Do not ask for it")
    assert "Say why this organisation does not send the data set" in words(app)
    app.selectbox(key="providers.organisation").set_value((force.id, "police-crimes")).run()
    app.text_input(key="providers.reason").set_value("The county force sends them.")
    app = press(app, "Do not ask for it")
    assert not app.exception
    assert "The county force sends them." in words(app)
    assert "Nobody sends it now" in words(app)
    assert "Crimes" not in words(open_page("return", person))
    app = press(open_page("return-providers", officer), "Ask for it again")
    assert not app.exception
    assert "The county force sends them." not in words(app)
