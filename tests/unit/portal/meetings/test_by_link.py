from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import Message
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, LinkError, TooManyTriesError
from portal.ground.vault import token
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.by_link import BY_EMAIL, returning, send_link, sign_by_link
from portal.meetings.check_in.door import close_door
from portal.meetings.check_in.signing import sign, visitor
from portal.meetings.closed_session.urgent import attended
from portal.meetings.errors import MeetingEndedError
from portal.record.audit import history
from portal.record.events import Event
from tests.meeting_builders import a_signer, an_open_door

pytestmark = pytest.mark.clause("s10.confidentiality")

BASE = "https://portal.example.org"


@pytest.fixture
def back(act):
    """A second meeting after one at which Ann left her address, and Bo the same: the Chair's act, meeting and door."""
    chair, opened, door = an_open_door(act)
    for name in ("Bo Lindqvist", "Ann Clerk"):
        sign(act, door, token(), a_signer(name, email="Office@Thornby.example"))
    close_door(act.as_(chair), opened.id)
    later = replace(act.as_(chair), at=act.at + timedelta(hours=1))
    _, meeting, door = an_open_door(later, chair)
    return later, meeting, door


def letters(act):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == "meeting-link")).all()
    return rows, [act.store.vault.open_text(row.secret, f"message.secret:{row.id}") for row in rows]


def a_link(act, door):
    send_link(act, door, "office@thornby.example", base_url=BASE)
    return letters(act)[1][-1].rsplit("/", 1)[1]


def test_a_link_sent_to_the_address_signs_the_list_only_and_knows_the_phone_from_then_on(back):
    led, meeting, door = back
    act = led
    link, phone = a_link(act, door), token()
    people = returning(act, door, link)
    assert {one.name for one in people} == {"Ann Clerk", "Bo Lindqvist"}
    ann = next(one for one in people if one.name == "Ann Clerk")
    signed = sign_by_link(act, door, link, phone, ann.undertaking_id)
    (line,) = lines(led, meeting.id)
    assert (line.name, line.first_time, line.words) == ("Ann Clerk", False, signed.words)
    assert visitor(act, door, phone).signed == signed
    close_door(led, meeting.id)
    _, _, third = an_open_door(act, led.person)
    assert visitor(act, third, phone).known.name == "Ann Clerk"
    assert [one.meeting_id for one in attended(act, phone)] == [meeting.id]  # of nothing before the link


def test_a_link_works_once_for_a_quarter_of_an_hour_at_one_meeting_and_for_its_own_people(back):
    led, meeting, door = back
    act = led
    link = a_link(act, door)
    assert [one.event for one in history(act.store, f"meeting:{meeting.id}")].count(Event.DOOR_LINK_SENT) == 1
    who = returning(act, door, link)[0].undertaking_id
    late = replace(act, at=act.at + timedelta(minutes=15, seconds=1))
    _, _, other = an_open_door(act, led.person, name="Another Group")
    stranger = sign(act, other, token(), a_signer("Eve Else"))
    for by, at, person in ((late, door, who), (act, other, who), (act, door, stranger.line_id)):
        with pytest.raises(LinkError):
            sign_by_link(by, at, link, token(), person)
    sign_by_link(act, door, link, token(), who)
    for _ in range(2):
        with pytest.raises(LinkError):
            sign_by_link(act, door, link, token(), who)
        with pytest.raises(LinkError):
            returning(act, door, link)


def test_nobody_learns_whether_an_address_signed_and_its_owner_is_not_flooded(back):
    act, _, door = back
    assert send_link(act, door, "nobody@thornby.example", base_url=BASE) is None
    assert letters(act)[0] == []
    for _ in range(BY_EMAIL.most):
        send_link(act, door, "office@thornby.example", base_url=BASE)
    rows, links = letters(act)
    with pytest.raises(TooManyTriesError):
        send_link(act, door, "OFFICE@thornby.example", base_url=BASE)
    assert len(rows) == BY_EMAIL.most
    for old in links[:-1]:
        with pytest.raises(LinkError):
            returning(act, door, old.rsplit("/", 1)[1])
    assert rows[0].subject == "Your link to sign today's list"
    assert links[-1].startswith(f"{BASE}/m/{door.code}/known/")


@pytest.mark.parametrize("typed", ["", "ann", "ann@"])
def test_an_address_that_is_none_is_asked_for_again(back, typed):
    with pytest.raises(AnswersNeededError):
        send_link(back[0], back[2], typed, base_url=BASE)


def test_no_link_outlives_the_door(back):
    led, meeting, door = back
    act = led
    link = a_link(act, door)
    who = returning(act, door, link)[0].undertaking_id
    close_door(led, meeting.id)
    with pytest.raises(MeetingEndedError):
        sign_by_link(act, door, link, token(), who)
    with pytest.raises(MeetingEndedError):
        send_link(act, door, "office@thornby.example", base_url=BASE)
