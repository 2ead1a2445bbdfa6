import io
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.accounts import Post
from portal.accounts.authentication.sessions import COOKIE
from portal.ground.act import Role
from portal.ground.database import transaction
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.scans import add_scan, scans
from portal.meetings.check_in.signing import sign
from portal.meetings.planning.feed import feed_key
from portal.meetings.planning.plan import plan
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_partnership, a_person, a_session
from tests.meeting_builders import a_plan, a_signer, an_open_door, now
from tests.unit.portal.documents.test_scans import picture


@pytest.fixture
def hall(portal):
    """A closed meeting with one signature: act, Chair, meeting."""
    act = now(portal)
    a_partnership(act)
    chair, opened, door = an_open_door(act)
    sign(act, door, token(), a_signer())
    return act, chair, close_door(act.as_(chair), opened.id)


def get(client, act, person, address):
    client.cookies.clear()
    if person:
        client.cookies.set(COOKIE, a_session(act, person))
    return client.get(address)


@pytest.mark.clause("s10.with-attendance-list")
def test_chair_and_manager_get_the_list_as_a_file_that_no_cache_keeps(client, hall):
    act, chair, closed = hall
    for person in (chair, a_person(act, "Priya Shah", Role.MANAGER)):
        answer = get(client, act, person, f"/meeting/list?id={closed.id}")
        assert answer.status_code == 200
        assert (
            "Neil-García"
            in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
            + PdfReader(io.BytesIO(answer.content)).pages[-1].extract_text()
        )
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"] == 'attachment; filename="attendance-list.pdf"'


@pytest.mark.clause("s10.with-attendance-list")
def test_a_scan_goes_to_chair_and_manager_and_to_nobody_else(client, hall):
    act, chair, closed = hall
    led = act.as_(chair)
    add_scan(led, closed.id, picture())
    address = f"/meeting/scan?id={scans(led, closed.id)[0].id}"
    for person in (chair, a_person(act, "Priya Shah", Role.MANAGER)):
        answer = get(client, act, person, address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["content-disposition"] == 'attachment; filename="scan.jpeg"'
        assert answer.headers["cache-control"] == "no-store"
    for person in (a_person(act, "Eve Other", Role.CHAIR), a_person(act, "Sol Reyes", Role.OFFICER)):
        assert get(client, act, person, address).text == get(client, act, person, "/meeting/scan?id=none").text
        assert get(client, act, person, address).status_code == 404
    assert get(client, act, None, address).headers["location"] == "/meetings"


@pytest.mark.parametrize("role", [Role.CHAIR, Role.OFFICER])
@pytest.mark.clause("s10.with-attendance-list")
def test_nobody_else_gets_the_list_or_learns_that_it_is_there(client, hall, role):
    act, _, closed = hall
    other = a_person(act, "Eve Other", role)
    mine = get(client, act, other, f"/meeting/list?id={closed.id}")
    nothing = get(client, act, other, "/meeting/list?id=none")
    assert mine.status_code == nothing.status_code == 404
    assert mine.text == nothing.text


def test_who_is_not_signed_in_is_led_to_the_page_that_asks(client, hall):
    act, _, closed = hall
    for address in (f"/meeting/list?id={closed.id}", f"/meeting/diary?id={closed.id}"):
        answer = get(client, act, None, address)
        assert (answer.status_code, answer.headers["location"]) == (303, "/meetings")


def test_an_open_meeting_has_no_list_yet(client, hall):
    act, chair, _ = hall
    _, opened, _ = an_open_door(act, chair)
    answer = get(client, act, chair, f"/meeting/list?id={opened.id}")
    assert (answer.status_code, answer.text) == (409, "Close the meeting first. Then its attendance list is made.")


def test_a_calendar_file_is_for_those_who_plan(client, hall):
    act, chair, closed = hall
    answer = get(client, act, chair, f"/meeting/diary?id={closed.id}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert "@127.0.0.1" in answer.text
    assert get(client, act, chair, "/meeting/diary").status_code == 200
    assert get(client, act, chair, "/meeting/diary?id=none").status_code == 404
    clerk = a_person(act, "Eve Other")
    assert get(client, act, clerk, "/meeting/diary").status_code == 404


@pytest.mark.clause("s10.with-attendance-list")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app2.undertakings")
def test_the_sheet_to_sign_on_paper_carries_the_same_words_and_no_name(client, hall):
    act, chair, closed = hall
    answer = get(client, act, chair, f"/meeting/sheet?id={closed.id}")
    assert answer.status_code == 200
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    for promise in edition_in_force(today(act.at)).undertakings:
        assert promise.text in text
    assert "Signature" in text
    assert "Neil" not in text
    other = a_person(act, "Eve Other", Role.CHAIR)
    assert get(client, act, other, f"/meeting/sheet?id={closed.id}").status_code == 404
    assert get(client, act, None, f"/meeting/sheet?id={closed.id}").status_code == 303


@pytest.mark.clause("app6.frequency")
def test_a_diary_subscribes_by_its_own_key_while_its_person_plans_meetings(client, hall):
    act, chair, _ = hall
    plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=7), name="Harbour Group"))
    key = feed_key(act.as_(chair))
    stranger = replace(chair, id="nobody")
    answer = get(client, act, None, f"/meeting/feed/{key}.ics")
    assert "SUMMARY:Harbour Group" in answer.text
    assert "Farah" not in answer.text
    assert key != feed_key(act.as_(a_person(act, "Owen Pugh", Role.OFFICER)))
    for wrong in (key[:-1] + ("0" if key[-1] != "0" else "1"), "nobody-" + "0" * 40, feed_key(act.as_(stranger)), "x"):
        assert get(client, act, None, f"/meeting/feed/{wrong}.ics").status_code == 404
    end_posts(act, chair)
    assert get(client, act, None, f"/meeting/feed/{key}.ics").status_code == 404


def end_posts(act, person):
    with transaction(act.store.engine) as session:
        for post in session.exec(select(Post).where(Post.account_id == person.id)).all():
            post.ended_at, post.ended_by = act.at, "Test"
            session.add(post)
