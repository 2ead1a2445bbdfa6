import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.meetings import Attendance, NotSigned, Undertaking
from models.record import AuditEntry, Message
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, PortalError, TooManyTriesError
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.attendees import suggestions
from portal.meetings.check_in.codes import LONG, in_two
from portal.meetings.check_in.door import (
    ALARM,
    BY_ADDRESS,
    BY_ALL,
    close_door,
    find_door,
    guesses,
    lengthen_code,
    open_door,
)
from portal.meetings.check_in.signing import attend, decline, sign, visitor
from portal.meetings.errors import DoorClosedError, MeetingEndedError, NoSuchMeetingError, NotYourMeetingError
from portal.meetings.meeting import MeetingState, is_unopened, meeting
from portal.record import audit
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_person, an_organisation
from tests.conftest import NOW
from tests.meeting_builders import a_meeting, a_signer, an_open_door

pytestmark = pytest.mark.clause("s10.confidentiality")


def rows(act, table):
    with reading(act.store.engine) as session:
        return session.exec(select(table)).all()


def test_twenty_people_sign_at_one_door_within_a_second_and_all_are_on_the_list_once(both_stores):
    from portal.ground.act import SYSTEM, Act  # noqa: PLC0415 - the store is this test's own

    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    chair, opened, door = an_open_door(act)
    failed = []

    def come(number):
        secret = token()
        try:
            for tap in range(2):  # everybody taps twice
                sign(
                    replace(act, at=NOW + timedelta(milliseconds=number * 50 + tap)),
                    door,
                    secret,
                    a_signer(f"Person {number}"),
                )
        except PortalError as error:
            failed.append(error)

    people = [threading.Thread(target=come, args=(number,)) for number in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert failed == []
    assert sorted(line.name for line in lines(act.as_(chair), opened.id)) == sorted(f"Person {n}" for n in range(20))
    assert audit.verify(act.store).whole


def test_the_same_form_sent_at_the_same_moment_is_one_line(both_stores):
    from portal.ground.act import SYSTEM, Act  # noqa: PLC0415 - the store is this test's own

    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    _, _, door = an_open_door(act)
    secret, seen = token(), []
    taps = [threading.Thread(target=lambda: seen.append(sign(act, door, secret, a_signer()))) for _ in range(6)]
    for tap in taps:
        tap.start()
    for tap in taps:
        tap.join()
    assert len({one.line_id for one in seen}) == 1
    assert len(seen) == 6
    assert len(rows(act, Undertaking)) == len(rows(act, Attendance)) == 1


@pytest.mark.clause("app2.undertakings")
def test_a_signature_stores_edition_and_hash_and_seals_the_name(act, data_dir):
    an_organisation(act, "Thornby Parish Council")
    _, _, door = an_open_door(act)
    sign(act, door, token(), a_signer(email="ann@example.org"))
    (row,) = rows(act, Undertaking)
    edition = edition_in_force(today(act.at))
    assert (row.edition, row.edition_hash, row.kind) == (edition.id, edition.hash, "parish_council")
    stored = b"".join(file.read_bytes() for file in data_dir.rglob("*") if file.is_file())
    assert "Neil-García".encode() not in stored
    assert b"ann@example.org" not in stored


def test_the_record_names_nobody_at_the_door(act):
    _, _, door = an_open_door(act)
    sign(act, door, token(), a_signer("Zebedee Quill"))
    decline(act, door, token(), "Quentin Zither")
    entries = rows(act, AuditEntry)
    assert {Event.UNDERTAKING_SIGNED, Event.ATTENDANCE_SIGNED, Event.ATTENDANCE_REFUSED} <= {e.event for e in entries}
    told = " ".join(f"{e.actor} {e.actor_name} {e.subject} {e.details}" for e in entries)
    assert "Somebody at a meeting" in told
    assert "Quill" not in told
    assert "Zither" not in told


@pytest.mark.threat("PR7")
def test_a_copy_is_sent_once_to_who_asked_and_its_subject_tells_nothing(act):
    _, _, door = an_open_door(act)
    secret = token()
    for _ in range(2):
        line = sign(act, door, secret, a_signer(email="ann@example.org"))
    sign(act, door, token(), a_signer("Bo Lindqvist"))
    (message,) = rows(act, Message)
    assert act.store.vault.open_text(message.to, f"message.to:{message.id}") == "ann@example.org"
    assert message.subject == "Your copy of what you signed"
    body = act.store.vault.open_text(message.body, f"message.body:{message.id}")
    for told in ("Ann O", f"chaired by {door.chair_name}.", f"Check words: {line.words}", "(2026 edition)"):
        assert told in body
    assert all(one.text in body for one in edition_in_force(today(act.at)).undertakings)


def test_nobody_attends_who_has_not_signed(act):
    _, _, door = an_open_door(act)
    with pytest.raises(NoSuchMeetingError, match="We do not know this phone"):
        attend(act, door, token())
    assert rows(act, Attendance) == []


def test_signing_after_declining_leaves_nobody_as_not_signed(act):
    _, _, door = an_open_door(act)
    secret = token()
    for _ in range(2):
        decline(act, door, secret)
    assert len(rows(act, NotSigned)) == 1
    sign(act, door, secret, a_signer())
    assert rows(act, NotSigned) == []


@pytest.mark.parametrize("field", ["name", "organisation", "email"])
def test_a_very_long_answer_is_asked_for_again_by_the_service(act, field):
    _, _, door = an_open_door(act)
    with pytest.raises(AnswersNeededError) as refused:
        sign(act, door, token(), a_signer(**{field: "x" * 10_000}))
    assert field in refused.value.problems


def test_a_visitor_is_known_by_their_secret_alone(act):
    chair, opened, door = an_open_door(act)
    secret = token()
    sign(act, door, secret, a_signer())
    assert visitor(act, door, secret).signed
    close_door(act.as_(chair), opened.id)
    _, _, second = an_open_door(act, chair)
    assert visitor(act, second, secret).known.name == "Ann O’Neil-García"  # noqa: RUF001 - people have such names
    sign(act, second, secret, a_signer())  # the whole form again: the promises that they signed still hold
    assert (len(rows(act, Undertaking)), len(rows(act, Attendance))) == (1, 2)
    assert visitor(act, second, token()).known is None
    assert visitor(act, second, "").known is None


def test_words_that_changed_since_are_signed_again(act, monkeypatch):
    chair, opened, door = an_open_door(act)
    secret = token()
    sign(act, door, secret, a_signer())
    close_door(act.as_(chair), opened.id)
    _, _, second = an_open_door(act, chair)
    older = edition_in_force(today(act.at).replace(year=2020))
    for place in ("check_in.signing", "undertakings.undertaking"):
        monkeypatch.setattr(f"portal.meetings.{place}.words_in_force", lambda _act: older)
    assert visitor(act, second, secret).must_sign_again
    with pytest.raises(NoSuchMeetingError):
        attend(act, second, secret)
    sign(act, second, secret, a_signer())
    assert [row.edition for row in rows(act, Undertaking)].count(older.id) == 1


def test_a_code_lives_only_while_the_door_is_open(act):
    chair, opened, door = an_open_door(act)
    assert find_door(act, opened.code.lower(), "10.0.0.1") == door
    close_door(act.as_(chair), opened.id)
    with pytest.raises(MeetingEndedError, match="ended at 10:30am"):
        find_door(act, opened.code, "10.0.0.1")
    with pytest.raises(MeetingEndedError):
        sign(act, door, token(), a_signer())
    with pytest.raises(NoSuchMeetingError, match="no open meeting"):
        find_door(replace(act, at=act.at + timedelta(days=2)), opened.code, "10.0.0.1")
    assert meeting(act.as_(chair), opened.id).code == ""


def test_opening_and_closing_twice_is_once(act):
    chair, opened, _ = an_open_door(act)
    assert open_door(act.as_(chair), opened.id).code == opened.code
    for _ in range(2):
        assert close_door(act.as_(chair), opened.id).state is MeetingState.CLOSED
    events = [entry.event for entry in rows(act, AuditEntry)]
    assert (events.count("meeting:opened"), events.count("meeting:closed")) == (1, 1)


def test_the_chair_hears_once_where_the_list_is_and_of_nobody_who_came(act):
    chair, opened, door = an_open_door(act)
    sign(act, door, token(), a_signer("Zebedee Quill"))
    for _ in range(2):
        close_door(act.as_(chair), opened.id, base_url="https://portal.example")
    (message,) = rows(act, Message)
    body = act.store.vault.open_text(message.body, f"message.body:{message.id}")
    assert f"https://portal.example/meeting?id={opened.id}" in body
    assert "Quill" not in body + message.subject


def test_a_meeting_held_on_paper_whose_door_nobody_opened_is_written_down_afterwards(act):
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    planned = a_meeting(act, chair)
    late = replace(act.as_(chair), at=act.at + timedelta(days=12))
    assert is_unopened(late, meeting(late, planned.id))
    assert open_door(late, planned.id).state is MeetingState.OPEN
    assert not is_unopened(late, meeting(late, planned.id))
    assert close_door(late, planned.id).starts_at == planned.starts_at


def test_a_door_opens_on_its_day_and_closes_after_it_was_open(act):
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    later = a_meeting(act, chair, first=today(act.at) + timedelta(days=6))
    with pytest.raises(PortalError, match="This meeting is on 1 December 2026"):
        open_door(act.as_(chair), later.id)
    with pytest.raises(DoorClosedError):
        close_door(act.as_(chair), later.id)


def test_only_the_meetings_own_chair_leads_it(act):
    _, opened, _ = an_open_door(act)
    manager, other = a_person(act, "Priya Shah", Role.MANAGER), a_person(act, "Eve Other", Role.CHAIR)
    with pytest.raises(NotYourMeetingError):
        close_door(act.as_(manager), opened.id)
    with pytest.raises(NotAllowedError):
        close_door(act.as_(other), opened.id)
    assert meeting(act.as_(manager), opened.id).code == ""


@pytest.mark.threat("AZ12")
def test_wrong_codes_slow_only_wrong_codes_and_alarm_the_chair(act):
    _, opened, _ = an_open_door(act)
    for _ in range(BY_ADDRESS.most):
        with pytest.raises(NoSuchMeetingError):
            find_door(act, "AAAAAA", "10.0.0.1")
    with pytest.raises(TooManyTriesError, match="The right code always opens"):
        find_door(act, "AAAAAA", "10.0.0.1")
    assert find_door(act, opened.code, "10.0.0.1")
    assert guesses(act) == 0
    for number in range(ALARM.most - BY_ADDRESS.most):
        with pytest.raises(NoSuchMeetingError):
            find_door(act, "AAAAAA", f"10.0.1.{number}")
    assert guesses(act) == ALARM.most
    assert BY_ALL.most > ALARM.most


def test_a_longer_code_shuts_the_one_before_and_keeps_who_signed(act):
    chair, opened, door = an_open_door(act)
    sign(act, door, token(), a_signer("Ann Clerk"))
    longer = lengthen_code(act.as_(chair), opened.id)
    assert len(longer.code) == LONG
    assert find_door(act, in_two(longer.code), "10.0.0.1").meeting_id == opened.id
    with pytest.raises(NoSuchMeetingError):
        find_door(act, opened.code, "10.0.0.1")
    assert lengthen_code(act.as_(chair), opened.id).code == longer.code
    assert [line.name for line in lines(act.as_(chair), opened.id)] == ["Ann Clerk"]
    close_door(act.as_(chair), opened.id)
    with pytest.raises(DoorClosedError):
        lengthen_code(act.as_(chair), opened.id)


def test_names_on_a_phone_fit_its_page(act):
    for number in range(300):
        an_organisation(act, f"Fictional Parish Council with a Long Name {number:03}")
    assert 100 < len(suggestions(act)) < 300
