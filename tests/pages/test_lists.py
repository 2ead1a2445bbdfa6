"""Long lists: the open before the closed, words beside a reference, and narrowed by a choice or by what is typed."""

from datetime import timedelta

import pytest

from portal.ground.act import Role
from portal.ground.wording import today
from portal.meetings.meeting import meetings
from portal.meetings.planning.change import call_off
from portal.meetings.planning.plan import plan
from portal.requests.exchange.deciding import decide
from portal.requests.lists import requests_sent
from portal.returns.service.calendar import due
from portal.returns.service.submission import send_nothing
from tests.builders import a_partnership, a_person, an_organisation
from tests.meeting_builders import a_plan
from tests.pages.conftest import words
from tests.request_builders import a_district, a_request, a_signatory, all_shared, later
from tests.return_builders import a_force, a_return


def choose(app, list_name, choice):
    app = app.radio(key=f"{list_name}.show").set_value(choice).run()
    assert not app.exception
    return words(app)


def test_requests_say_what_they_are_about_and_can_be_narrowed(open_page, now):
    district = a_district(now)
    ids = [a_request(now, district) for _ in range(9)]
    act = later(now, minutes=1)
    decide(act.as_(district.inspector), ids[0], all_shared(act.as_(district.inspector), ids[0]))
    lines = {one.id: one.reference for one in requests_sent(act.as_(district.clerk))}
    said = words(open_page("request", district.clerk))
    assert "Facts about a living person, asked by Ann Clerk" in said
    app = open_page("request", district.clerk)
    assert [one.split(":")[0] for one in app.radio(key="requests.False.show").options] == [
        "All",
        "Our turn",
        "Their turn",
        "Mine",
    ]
    ours = choose(app, "requests.False", "Our turn")
    assert lines[ids[0]] in ours
    assert lines[ids[1]] not in ours
    assert lines[ids[1]] in choose(app, "requests.False", "Their turn")


@pytest.mark.clause("s11.quarterly")
def test_the_late_stand_first_in_the_officers_list_of_returns_and_can_be_looked_for(open_page, now):
    force, sender = a_force(now, "Aaa Police")
    a_return(now.as_(sender), force)
    for item in due(now.as_(sender), force.id):
        if item.return_id is None:
            send_nothing(
                now.as_(sender), force.id, (item.data_set.id, item.quarter.label), f"{item.data_set.id}-{item.quarter}"
            )
    for number in range(8):
        body = an_organisation(now, f"Force of Number {number}", "police")
        a_signatory(later(now, days=-300), body)
    quarter = "2026-Q3"
    app = open_page("returns-received", a_person(now, "Owen Pugh", Role.OFFICER), quarter=quarter)
    said = words(app)
    assert said.index("Force of Number 0") < said.index("Aaa Police")
    assert "for April to June 2026 are late" in said, "what is late in another quarter is told too"
    sent = choose(app, "returns", "Sent")
    assert "Aaa Police" in sent
    assert "Force of Number" not in sent
    choose(app, "returns", "All")
    found = words(app.text_input(key="returns.find").set_value("fource number 7").run())
    assert "Force of Number 7" in found
    assert "Aaa Police" not in found


def test_meetings_are_narrowed_to_those_one_chairs_and_found_by_place(open_page, now):
    a_partnership(now)
    chair, other = (a_person(now, name, Role.CHAIR) for name in ("Farah Khan", "Otto Other"))
    first = today(now.at) + timedelta(days=7)
    while first.weekday() != 1:
        first += timedelta(days=1)
    plan(now.as_(other), a_plan(other, first, every_weeks=4))
    plan(now.as_(chair), a_plan(chair, first, name="Millbrook group", place="Mill"))
    call_off(now.as_(other), meetings(now.as_(other))[0].id, "No room")
    app = open_page("meetings", chair)
    mine = choose(app, "meetings", "You chair")
    assert "Millbrook group" in mine
    assert "Thornby Village Hall" not in mine
    off = choose(app, "meetings", "Called off")
    assert off.count("Called off") == 1
    choose(app, "meetings", "All")
    shown = dict(one.split(": ") for one in app.radio(key="meetings.show").options)
    assert int(shown.pop("All")) == sum(int(shown[name]) for name in shown if name != "You chair")
    found = words(app.text_input(key="meetings.find").set_value("milbrook").run())
    assert "Thornby Village Hall" not in found
    assert "No meeting is planned" not in words(app.text_input(key="meetings.find").set_value("nowhere").run())
