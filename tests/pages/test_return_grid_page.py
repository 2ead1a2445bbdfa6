"""The grid in which numbers are typed."""

import pytest

from portal.ground.act import Role
from portal.ground.wording import today
from portal.returns.service.typed_counts import typed
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_partnership, a_person, an_organisation
from tests.pages.conftest import words
from tests.request_builders import a_signatory


@pytest.fixture
def world(now):
    a_partnership(now)
    office = an_organisation(now, "Anyshire Fire and Rescue", "fire_rescue")
    a_signatory(now, office)
    quarter = Quarter.just_ended(today(now.at))
    asked = {"dataset": "fire-casualties", "quarter": quarter.label}
    return office, a_person(now, "Pat Sims", Role.PARTNER, organisation=office), asked


def press(app, label):
    return next(b for b in app.button if b.label == label).click().run()


def number(app, label):
    return next(one for one in app.number_input if one.label == label)


@pytest.mark.clause("app1.datasets")
def test_the_grid_is_offered_for_sets_of_counts_only(open_page, world):
    said = words(open_page("return", world[1]))
    assert said.count("Type it in") == 1
    app = open_page("return-grid", world[1], dataset="fire-deliberate", quarter=world[2]["quarter"])
    assert "one of records" in words(app)
    assert "/return-grid?dataset=fire-casualties" in words(open_page("return-upload", world[1], **world[2]))


@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("app1.datasets")
@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.clause("app1.aggregates")
def test_numbers_are_typed_added_up_kept_over_a_reload_checked_and_sent(open_page, now, world):
    office, person, asked = world
    app = open_page("return-grid", person, **asked)
    assert "Leave a field empty where you do not hold the number, and write 0 for none." in words(app)
    app = press(app, "Check these numbers")
    assert "Enter at least one number" in words(app)
    number(app, "Died").set_value(1)
    number(app, "First aid given at the scene").set_value(0).run()
    app = open_page("return-grid", person, **asked)
    assert number(app, "Died").value == 1
    assert number(app, "Precautionary check recommended").value is None
    assert "Total: number of people" in words(app)
    app = press(app, "Check these numbers")
    assert not app.exception
    app.switch_page("../../pages/partner/returns/return_check.py").run()
    assert "We will keep 2 records" in words(app)
    assert not any("matched" in one.label for one in app.expander)
    app = press(app, "Send this return")
    assert not app.exception
    assert "We have your return" in words(app)
    assert not typed(now.as_(person), office.id, (asked["dataset"], asked["quarter"])).tables[0].cells


@pytest.mark.clause("app1.aggregates")
def test_a_second_table_is_for_another_area_and_both_say_which(open_page, world):
    app = open_page("return-grid", world[1], **world[2])
    app = press(app, "Add a table for another area or group")
    assert len(app.text_input) == 2
    for one, field in zip([one for one in app.number_input if one.label == "Died"], (1, 2), strict=True):
        one.set_value(field)
    app.text_input[0].set_value("North").run()
    app = press(app, "Check these numbers")
    assert "Say the area of each table, or of none" in words(app)
    assert "Total of all tables" in words(app)
    app = press(app, "Take the last table away")
    assert len(app.text_input) == 1
