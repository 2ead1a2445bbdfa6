import base64
import hashlib
import re
from html import unescape

import pytest
from sqlmodel import select

from models.meetings import Attendance, NotSigned, Undertaking
from models.record import AuditEntry
from portal.ground.database import BusyError, reading
from portal.ground.partnership import facts
from portal.ground.wording import day, today
from portal.meetings.check_in.door import close_door
from portal.meetings.undertakings.undertaking_words import five
from portal.rules.edition.editions import edition_in_force
from portal.web.door.language import ENGLISH
from tests.builders import a_partnership, an_organisation
from tests.meeting_builders import RIGHT, WRONG, an_open_door, now

OWN = {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8501"}


@pytest.fixture
def hall(portal):
    """An open door in a small partnership: act, Chair, meeting, door."""
    act = now(portal)
    a_partnership(act)
    an_organisation(act, "Thornby Parish Council", "parish_council")
    return act, *an_open_door(act)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1)


def filled(page, **more):
    told = {"key": hidden(page, "key"), "do": "sign", "name": "Ann Clerk"}
    told |= {"organisation": "thornby parish council", **{f"q-{k}": v for k, v in RIGHT.items()}}
    return told | more


def rows(act, table):
    with reading(act.store.engine) as session:
        return session.exec(select(table)).all()


@pytest.mark.clause("s10.confidentiality")
def test_the_door_names_meeting_date_and_chair_before_it_asks_for_a_name(client, hall):
    _, _, meeting, door = hall
    page = client.get(f"/m/{door.code}")
    assert page.status_code == 200
    places = [meeting.name, ENGLISH.moment(meeting.starts_at), meeting.place, "Farah Khan", 'name="name"']
    assert sorted(places, key=page.text.index) == places
    assert "Three everyday questions" in page.text
    assert "They show what the promises mean. Nobody is turned away." in page.text
    assert '<html lang="en-GB">' in page.text
    assert 'name="viewport"' in page.text


def test_the_door_is_one_small_request_and_its_one_script_is_allowed_by_its_hash_alone(client, hall):
    act, _, _, door = hall
    for number in range(400):
        an_organisation(act, f"Fictional Parish Council of Much Longer Names {number}")
    page = client.get(f"/m/{door.code}")
    assert len(page.content) <= 30_000
    assert page.text.count("<script") == 1  # it only adds a field to draw in; nothing needs it
    script = re.search(r"<script>(.*?)</script>", page.text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}';" in page.headers["content-security-policy"]
    assert not re.search(r'(?:src|<link[^>]*href)="(?!data:)', page.text)
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("s10.confidentiality")
def test_the_form_carries_every_promise_of_the_edition_and_five_on_the_first_screen(client, hall):
    act, _, _, door = hall
    page = client.get(f"/m/{door.code}").text.replace("&#x27;", "'")
    edition = edition_in_force(today(act.at))
    for promise in edition.undertakings:
        assert promise.text in page
    assert (
        f"{edition.confidentiality.title}. {facts(act.store).placeholders['council']}, {day(door.starts_at)}." in page
    )
    shown = page[: page.index("<details>")]
    assert [promise in shown for promise in five(edition)] == [True] * 5
    assert f"Laws: {'; '.join(edition.confidentiality.laws)}." in page
    assert f"These are the words of the {edition.about.short_title}, Appendix 2." in page


@pytest.mark.clause("s10.confidentiality")
def test_a_phone_signs_once_and_sees_its_signature_however_often_it_asks(client, hall):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"))
    answers = [client.post(f"/m/{door.code}", data=told, headers=OWN) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    for _ in range(2):
        page = client.get(answers[0].headers["location"])
        assert "Thank you, Ann Clerk" in page.text
        assert "You signed at " in page.text
        assert re.search(r"[a-z]+-[a-z]+-[a-z]+</strong>", page.text)
    assert len(rows(act, Undertaking)) == len(rows(act, Attendance)) == 1


def test_the_phones_cookie_is_out_of_reach_of_scripts_and_of_other_pages(client, hall):
    cookie = client.get(f"/m/{hall[3].code}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Path=/m" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.clause("s10.confidentiality")
def test_signing_works_on_a_phone_that_keeps_no_cookies_and_a_double_tap_is_one_line(client, hall):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"))
    for _ in range(2):
        client.cookies.clear()
        answer = client.post(f"/m/{door.code}", data=told, headers=OWN)
        assert answer.status_code == 200
        assert "Thank you, Ann Clerk" in answer.text
    assert len(rows(act, Attendance)) == 1


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"name": " "}, "Enter your full name."),
        ({"name": "x" * 201}, "Your name must be 200 characters or fewer."),
        ({"organisation": ""}, "Enter your organisation, or choose that you are here for yourself."),
        ({"email": "ann@"}, "or leave it empty."),
        ({"q-urgent": ""}, "Choose an answer:"),
    ],
)
def test_an_error_says_how_to_mend_it_and_keeps_what_was_typed(client, hall, missing, sentence):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"), email="kept@example.org") | missing
    page = client.post(f"/m/{door.code}", data=told, headers=OWN)
    assert "<title>Error: " in page.text
    assert page.text.count(sentence) == 2  # in the summary and at the field
    assert f'value="{told["email"]}"' in page.text
    assert rows(act, Attendance) == []


def test_somebody_here_for_themselves_needs_no_organisation(client, hall):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"), organisation="", myself="yes")
    assert client.post(f"/m/{door.code}", data=told, headers=OWN).status_code == 303
    assert len(rows(act, Attendance)) == 1


def test_a_wrong_answer_teaches_and_bars_nobody(client, hall):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"), **{f"q-{k}": v for k, v in WRONG.items()})
    page = client.post(f"/m/{door.code}", data=told, headers=OWN).text
    assert "Thank you, Ann Clerk" in page
    assert "Ask the Chair first. If someone is in danger now, phone 999." in page
    assert len(rows(act, Attendance)) == 1


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app2.urgent-permission")
def test_a_returning_phone_signs_the_attendance_list_only(client, hall):
    act, chair, meeting, door = hall
    client.post(f"/m/{door.code}", data=filled(client.get(f"/m/{door.code}")), headers=OWN)
    close_door(act.as_(chair), meeting.id)
    _, _, second = an_open_door(act, chair)
    page = client.get(f"/m/{second.code}")
    assert "Welcome back, Ann Clerk" in page.text
    assert "You signed on " in page.text
    assert "Those promises still hold. Sign the list of today's meeting too." in unescape(page.text)
    assert all(one.text in unescape(page.text) for one in edition_in_force(today(act.at)).undertakings)
    told = {"do": "here", "key": hidden(page, "key")}
    assert client.post(f"/m/{second.code}", data=told, headers=OWN).status_code == 303
    thanks = client.get(f"/m/{second.code}").text
    assert "Thank you, Ann Clerk" in thanks
    assert '<a href="/m/ask">' in thanks
    assert (len(rows(act, Undertaking)), len(rows(act, Attendance))) == (1, 2)


@pytest.mark.clause("s10.confidentiality")
@pytest.mark.threat("ES9")
def test_a_name_alone_recognises_nobody(client, hall):
    act, chair, meeting, door = hall
    client.post(f"/m/{door.code}", data=filled(client.get(f"/m/{door.code}")), headers=OWN)
    close_door(act.as_(chair), meeting.id)
    client.cookies.clear()
    _, _, second = an_open_door(act, chair)
    page = client.get(f"/m/{second.code}")
    assert "Welcome back" not in page.text
    told = {"do": "here", "name": "Ann Clerk", "key": hidden(page, "key")}
    assert client.post(f"/m/{second.code}", data=told, headers=OWN).status_code == 404
    assert len(rows(act, Attendance)) == 1


def test_someone_else_can_sign_on_the_same_phone(client, hall):
    act, _, _, door = hall
    client.post(f"/m/{door.code}", data=filled(client.get(f"/m/{door.code}")), headers=OWN)
    page = client.get(f"/m/{door.code}")
    told = {"do": "other", "key": hidden(page, "key")}
    assert client.post(f"/m/{door.code}", data=told, headers=OWN).status_code == 303
    page = client.get(f"/m/{door.code}")
    assert "Ann Clerk" not in page.text
    client.post(f"/m/{door.code}", data=filled(page, name="Bo Lindqvist"), headers=OWN)
    assert "Thank you, Bo Lindqvist" in client.get(f"/m/{door.code}").text
    assert len(rows(act, Attendance)) == 2


def test_another_name_from_a_phone_that_has_signed_is_not_lost_silently(client, hall):
    _, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"))
    client.post(f"/m/{door.code}", data=told, headers=OWN)
    page = client.post(f"/m/{door.code}", data=told | {"name": "Bo Lindqvist"}, headers=OWN)
    assert "This phone signed already, as Ann Clerk." in page.text


@pytest.mark.clause("s10.confidentiality")
def test_who_does_not_agree_is_recorded_without_a_name_unless_they_give_it(client, hall):
    act, _, _, door = hall
    asked = client.get(f"/m/{door.code}")
    assert 'value="decline"' in asked.text
    assert "The Chair and the Information Manager can see it." in asked.text
    told = filled(asked, do="decline")
    page = client.post(f"/m/{door.code}", data=told, headers=OWN)
    assert "Tell the Chair. You may be asked to leave for the private part." in page.text
    assert "The list says that somebody did not sign. It does not say who." in page.text
    assert [row.name for row in rows(act, NotSigned)] == [None]
    assert "attendance:refused" in {row.event for row in rows(act, AuditEntry)}
    client.post(f"/m/{door.code}", data=told | {"do": "decline-name"}, headers=OWN)
    assert [bool(row.name) for row in rows(act, NotSigned)] == [True]
    client.post(f"/m/{door.code}", data=told | {"do": "sign"}, headers=OWN)
    assert rows(act, NotSigned) == []
    assert len(rows(act, Attendance)) == 1


@pytest.mark.parametrize("shape", [str.lower, "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}".format, " ".join])
def test_a_code_may_be_typed_as_it_was_heard(client, hall, shape):
    code = hall[3].code
    answer = client.get("/m", params={"code": shape(code)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/m/{code}")
    assert client.get(f"/m/{shape(code)}").status_code == 200


def test_the_page_for_typing_the_code_needs_nothing_else(client, portal):
    page = client.get("/m")
    assert page.status_code == 200
    assert '<label for="code">' in page.text
    assert "Enter the letters and numbers of the code." in client.get("/m?code=abc").text


def test_a_phone_that_signed_still_sees_so_once_the_meeting_has_ended_and_no_other_does(client, hall):
    act, chair, meeting, door = hall
    address = f"/m/{door.code}"
    client.post(address, data=filled(client.get(address)), headers=OWN)
    close_door(act.as_(chair), meeting.id)
    again = client.get(address)
    assert (again.status_code, "Thank you, Ann Clerk" in again.text, "<button" in again.text) == (200, True, False)
    client.cookies.clear()
    assert client.get(address).status_code == 404


def test_a_wrong_code_and_an_ended_meeting_are_plain_sentences_with_the_same_status(client, hall):
    act, chair, meeting, door = hall
    wrong = client.get("/m/AAAAAA" if door.code != "AAAAAA" else "/m/CCCCCC")
    close_door(act.as_(chair), meeting.id)
    ended = client.get(f"/m/{door.code}")
    assert wrong.status_code == ended.status_code == 404
    assert "There is no open meeting with that code." in wrong.text
    assert "This meeting ended at" in ended.text
    assert "Ask the Chair to add you." in ended.text


@pytest.mark.clause("s10.confidentiality")
def test_a_form_sent_after_the_meeting_closed_adds_nobody(client, hall):
    act, chair, meeting, door = hall
    told = filled(client.get(f"/m/{door.code}"))
    close_door(act.as_(chair), meeting.id)
    assert client.post(f"/m/{door.code}", data=told, headers=OWN).status_code == 404
    assert rows(act, Attendance) == []


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_sent_from_another_site_is_refused(client, hall, headers):
    act, _, _, door = hall
    told = filled(client.get(f"/m/{door.code}"))
    assert client.post(f"/m/{door.code}", data=told, headers=headers).status_code == 403
    assert rows(act, Attendance) == []


@pytest.mark.threat("IN5")
def test_a_very_long_form_is_refused_before_it_is_read(client, hall):
    told = filled(client.get(f"/m/{hall[3].code}"), name="x" * 30_000)
    assert client.post(f"/m/{hall[3].code}", data=told, headers=OWN).status_code == 413


@pytest.mark.clause("s10.confidentiality")
def test_words_that_changed_are_shown_to_a_returning_phone_to_sign_again(client, hall, monkeypatch):
    act, chair, meeting, door = hall
    client.post(f"/m/{door.code}", data=filled(client.get(f"/m/{door.code}")), headers=OWN)
    close_door(act.as_(chair), meeting.id)
    _, _, second = an_open_door(act, chair)
    older = edition_in_force(today(act.at).replace(year=2020))
    for place in (
        "portal.meetings.undertakings.undertaking.words_in_force",
        "portal.meetings.check_in.signing.words_in_force",
        "portal.web.door.routes.words_in_force",
    ):
        monkeypatch.setattr(place, lambda _act: older)
    page = client.get(f"/m/{second.code}").text
    assert "The words have changed since you signed on" in page
    assert 'value="Ann Clerk"' in page


def test_a_busy_store_gives_the_form_back_as_it_was_filled(client, hall, monkeypatch):
    _, _, _, door = hall
    page = client.get(f"/m/{door.code}")

    monkeypatch.setattr("portal.web.door.routes.sign", _busy)
    answer = client.post(f"/m/{door.code}", data=filled(page, name="Siân Clerk"), headers=OWN)
    assert answer.status_code == 503
    assert 'value="Siân Clerk"' in answer.text
    assert "Nothing was changed" in answer.text


def test_a_busy_store_that_cannot_count_an_old_code_loses_nothing_of_a_filled_form(client, hall, monkeypatch):
    _, _, _, door = hall
    sent = filled(client.get(f"/m/{door.code}"), name="Siân Clerk")
    with monkeypatch.context() as busy:
        busy.setattr("portal.ground.rate_limits.transaction", _busy)
        kept, bare = (client.post("/m/QQQQQQ", data=data, headers=OWN) for data in (sent, {"code": "QQQQQQ"}))
    assert (kept.status_code, bare.status_code) == (503, 503)
    assert 'value="Siân Clerk"' in kept.text
    for answer in (kept, bare):
        assert "Nothing was changed" in answer.text


def _busy(*_, **__):
    raise BusyError
