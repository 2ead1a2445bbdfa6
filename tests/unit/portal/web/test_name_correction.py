"""Slips of the pen at a meeting: one's own, the minute taker's mending of it, and a form of before the door was reopened."""

import io

import pytest
from pypdf import PdfReader

from portal.ground.act import Role
from portal.ground.errors import AnswersNeededError, NotAllowedError
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.check_in.attendees import AttendeeDetails
from portal.meetings.check_in.corrections import correct, details_of_lines
from portal.meetings.check_in.door import close_door, open_door
from portal.meetings.minutes.minute_takers import name_taker
from portal.record.audit import history
from portal.record.outbox import waiting
from tests.builders import a_person, an_organisation
from tests.unit.portal.web.test_door import OWN, filled, hall, hidden

__all__ = ["hall"]  # a fixture
pytestmark = pytest.mark.clause("s10.confidentiality")


def signed(client, door, **more):
    page = client.get(f"/m/{door.code}")
    return client.post(f"/m/{door.code}", data=filled(page, name="Ann Clrek", **more), headers=OWN)


def typed(page, **more):
    told = {"key": hidden(page, "key"), "do": "mend", "email": ""}
    return told | {"name": "Ann Clerk", "organisation": "Thornby Parish Council"} | more


@pytest.mark.clause("s10.with-attendance-list")
def test_who_misspelt_their_own_name_puts_it_right_and_the_list_keeps_both(client, hall):
    act, chair, meeting, door = hall
    signed(client, door, organisation="Thornby Parish Concil")
    page = client.post(f"/m/{door.code}/mend", data={"do": ""}, headers=OWN)
    assert 'value="Ann Clrek"' in page.text
    done = client.post(f"/m/{door.code}/mend", data=typed(page), headers=OWN)
    assert "Thank you, Ann Clerk" in done.text
    line = lines(act.as_(chair), meeting.id)[0]
    assert (line.name, line.organisation) == ("Ann Clerk", "Thornby Parish Council")
    assert line.kind == "parish_council"
    assert line.was[0].startswith("Ann Clrek, Thornby Parish Concil (until ")
    assert history(act.store, f"meeting:{meeting.id}")[-1].event == "attendance:mended"
    close_door(act.as_(chair), meeting.id)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(attendance_list(act.as_(chair), meeting.id))).pages)
    assert "Ann Clrek" in " ".join(text.split())


def test_another_persons_name_is_no_slip_of_the_pen(client, hall):
    act, chair, meeting, door = hall
    signed(client, door)
    page = client.post(f"/m/{door.code}/mend", data={"do": ""}, headers=OWN)
    refused = client.post(f"/m/{door.code}/mend", data=typed(page, name="Bo Lindqvist"), headers=OWN)
    assert "That looks like another person" in refused.text
    assert lines(act.as_(chair), meeting.id)[0].name == "Ann Clrek"


def test_a_phone_that_signed_nothing_here_mends_nothing(client, hall):
    _, _, _, door = hall
    client.get(f"/m/{door.code}")
    assert "Tell the Chair" in client.post(f"/m/{door.code}/mend", data={"do": ""}, headers=OWN).text


def test_the_minute_taker_puts_a_line_right_after_the_meeting_and_nobody_else(client, hall):
    act, chair, meeting, door = hall
    signed(client, door)
    close_door(act.as_(chair), meeting.id)
    clerk = a_person(act, "Bo Lindqvist", Role.PARTNER, organisation=an_organisation(act), email="bo@example.org")
    with pytest.raises(NotAllowedError):
        details_of_lines(act.as_(clerk), meeting.id)
    name_taker(act.as_(chair), meeting.id, "bo@example.org")
    (line_id,) = details_of_lines(act.as_(clerk), meeting.id)
    right = AttendeeDetails(name="Ann Clerk", organisation="Thornby Parish Council", email="ann@example.org")
    for _ in range(2):
        correct(act.as_(clerk), line_id, right)
    letters = waiting(act.as_(a_person(act, "Priya Shah", Role.MANAGER)))[0]
    assert [one.to for one in letters if one.subject == "Your copy of what you signed"] == ["ann@example.org"]
    shown = lines(act.as_(chair), meeting.id)[0]
    assert shown.name == "Ann Clerk"
    assert "put right by Bo Lindqvist" in shown.was[0]
    with pytest.raises(AnswersNeededError):
        correct(act.as_(clerk), line_id, AttendeeDetails(name="", organisation="x"))


def test_a_form_of_before_the_door_was_reopened_keeps_what_was_typed_and_asks_the_new_code(client, hall):
    act, chair, meeting, door = hall
    page = client.get(f"/m/{door.code}")
    close_door(act.as_(chair), meeting.id)
    new = open_door(act.as_(chair), meeting.id).code
    kept = client.post(f"/m/{door.code}", data=filled(page), headers=OWN)
    assert "What you typed is not lost: Ann Clerk" in kept.text
    assert lines(act.as_(chair), meeting.id) == []
    carried = {
        name: value
        for name, value in filled(page).items()
        if name == "do" or f'name="{name}" value="{value}"' in kept.text
    }
    shown = client.post("/m", data=carried | {"do": "again", "code": new}, headers=OWN)
    assert "What you typed is still here" in shown.text
    assert 'value="Ann Clerk"' in shown.text
    client.post(f"/m/{new}", data=filled(shown), headers=OWN)
    assert [one.name for one in lines(act.as_(chair), meeting.id)] == ["Ann Clerk"]
