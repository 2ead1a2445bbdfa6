"""What the officer does with returns on the pages, and what their senders see of it."""

from datetime import timedelta

import pytest

from portal.ground.act import Act, Role
from portal.ground.wording import today
from portal.returns.review.query_views import queries_of
from portal.returns.service.submission import send_nothing
from portal.rules.datasets.catalogue import data_set
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
    assert "Each return that is opened to count it is recorded." in words(app)
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
    app.selectbox(key="providers.organisation").set_value((force.id, "police-crimes"))
    app = press(app, "Do not ask for it")
    assert "Say why this organisation does not send the data set" in words(app)
    app.text_input(key="providers.reason").set_value("The county force sends them.")
    app = press(app, "Do not ask for it")
    assert "Choose which one" in words(press(app, "Do not ask for it")), "a late second click leaves the next one alone"
    app = open_page("return-providers", officer)
    assert not app.exception
    assert words(app).count("The county force sends them.") == 1
    assert "The county force sends them." in words(app)
    assert "Nobody sends it now" in words(app)
    crimes = data_set("police-crimes").title
    assert crimes not in words(open_page("return", person))
    app = open_page("return-providers", officer)
    app.selectbox(key="providers.again").set_value((force.id, "police-crimes"))
    app = press(app, "Ask for it again")
    assert not app.exception
    assert "The county force sends them." not in words(app)
    assert crimes in words(open_page("return", person))


@pytest.mark.clause("s6.no-identifiers")
def test_the_officer_loads_a_list_takes_wards_and_removes_one(open_page, world):
    officer = world[1]
    app = open_page("places", officer)
    app.selectbox(key="places.kind").set_value("streets")
    app.file_uploader(key="places.file").set_value(
        ("streets.csv", b"Street;Notes\r\nOak Way;x\r\nElm Road;\r\n", "text/csv")
    )
    app = press(app, "Load this list")
    assert "Streets: 2 names loaded" in words(app)
    assert "They begin: Oak Way, Elm Road." in words(app)
    app = press(app, "Take these wards")
    assert "Choose at least one district" in words(app)
    app.multiselect(key="places.districts").set_value(["Rutland"])
    app = press(app, "Take these wards")
    assert "Wards: " in words(app)
    app.selectbox(key="places.gone").set_value("streets")
    app = press(app, "Remove this list")
    assert "Streets: removed" in words(app)
    assert not app.exception


@pytest.mark.clause("s6.no-identifiers")
def test_the_officer_loads_secret_places_asks_about_one_and_never_sees_them(open_page, world):
    officer = world[1]
    app = open_page("secret-places", officer)
    for told in (
        "A refuge or a safe house must not be found through a return.",
        "The list is turned into codes as it is loaded. Nobody can read it back, not even you.",
    ):
        assert told in words(app)
    app.file_uploader(key="secret.file").set_value(
        ("list.csv", b"Name;Address\r\nWren House;7 Mill Lane\r\n", "text/csv")
    )
    app = press(app, "Load this list")
    assert "1 place on the list now" in words(app)
    for typed, button, said in (
        ("7 Mill Lane", "Ask whether it is on the list", "It is on the list"),
        ("9 Mill Lane", "Ask whether it is on the list", "It is not on the list"),
        ("The Gables, Elm Road", "Add it to the list", "Added: 2 places on the list now"),
        ("the gables", "Take it off the list", "It is off the list"),
        ("", "Add it to the list", "Enter a name or an address"),
    ):
        app.text_input(key="secret.place").set_value(typed)
        app = press(app, button)
        assert said in words(app)
    app = open_page("secret-places", officer)
    assert "1 place on the list." in words(app)
    assert "Mill Lane," not in words(app).replace("Wren House, 7 Mill Lane, Tugby.", "")
    app.checkbox(key="secret.sure").check()
    assert "The list is removed" in words(press(app, "Remove the whole list"))
