"""Attacks on the door of a meeting (threats AZ12, AZ13, ES9, ES12, DO5, IN1 to IN11)."""

import random
import re
import secrets
import threading
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.meetings import Attendance
from portal.ground.database import reading
from portal.ground.errors import PortalError, TooManyTriesError
from portal.ground.vault import token
from portal.ground.wording import CLEAR_ALPHABET
from portal.meetings.check_in import signing
from portal.meetings.check_in.attendance import lines
from portal.meetings.check_in.attendance_list import attendance_list
from portal.meetings.check_in.codes import LENGTH
from portal.meetings.check_in.door import close_door, find_door, guesses, lengthen_code
from portal.meetings.check_in.signing import sign
from portal.web.door.drawn_signature import door_script
from tests.builders import a_partnership, an_organisation
from tests.meeting_builders import RIGHT, a_signer, an_open_door, now

OWN = {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8501"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "![x](http://evil.example/a.png) [y](https://evil.example)",
    "' OR 1=1 --",
    "Ann\r\nBcc: all@example.org",
    "x\n2026-01-01 INFO admin signed in",
]


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes what could act."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "img", "svg", "iframe", "object"}:
            self.found.add(tag)
        self.found |= {
            name
            for name, value in attributes
            if name.startswith("on") or ("javascript:" in (value or "").lower() and name in {"href", "src", "action"})
        }


@pytest.mark.threat("AZ12")
def test_guessing_two_thousand_codes_from_twenty_addresses_finds_nothing_and_alarms_the_chair(act):
    _, opened, _ = an_open_door(act)
    chance = random.Random(7)  # noqa: S311 - the attacker's dice, the same each time
    answered = found = 0
    for number in range(2000):
        here = replace(act, at=act.at + timedelta(milliseconds=30 * number))
        typed = "".join(chance.choice(CLEAR_ALPHABET) for _ in range(LENGTH))
        try:
            find_door(here, typed, f"10.0.0.{number % 20}")
            found += 1
        except TooManyTriesError:
            pass
        except PortalError:
            answered += 1
    assert found == 0
    assert answered <= 300
    assert guesses(replace(act, at=act.at + timedelta(minutes=1)))
    assert find_door(here, opened.code, "10.0.0.1"), (
        "a right code opens in the middle of it, from a guesser's address too"
    )


@pytest.mark.threat("ES12")
def test_the_page_of_another_meeting_shows_which_meeting_it_is_before_it_asks(client, portal):
    act = now(portal)
    a_partnership(act)
    chair, _, _ = an_open_door(act, name="Thornby Joint Action Group")
    _, _, swapped = an_open_door(act, chair, name="Harbour Ward Joint Action Group")
    page = client.get(f"/m/{swapped.code}").text
    assert page.index("Harbour Ward Joint Action Group") < page.index("Farah Khan") < page.index("<form")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.threat("IN1")
@pytest.mark.threat("IN3")
@pytest.mark.threat("IN9")
def test_hostile_words_are_shown_as_typed_and_do_nothing(client, portal, words):
    act = now(portal)
    a_partnership(act)
    an_organisation(act, words[:100])
    chair, opened, door = an_open_door(act, name=words, place=words)
    page = client.get(f"/m/{door.code}").text
    told = {
        "do": "sign",
        "key": secrets.token_urlsafe(32),
        "name": words,
        "organisation": words,
        "email": "a@b.example",
    }
    told |= {f"q-{k}": v for k, v in RIGHT.items()}
    wrong = client.post(f"/m/{door.code}", data=told | {"email": words}, headers=OWN).text
    assert client.post(f"/m/{door.code}", data=told, headers=OWN).status_code == 303
    signed = client.get(f"/m/{door.code}").text
    for text in (page, wrong, signed):
        reader = Reader()
        reader.feed(text.replace(f"<script>{door_script()}</script>", "", 1))  # ours, allowed by its hash
        assert reader.found == set()
    (line,) = lines(act.as_(chair), opened.id)
    assert "\n" not in line.name
    close_door(act.as_(chair), opened.id)
    assert attendance_list(act.as_(chair), opened.id).startswith(b"%PDF")


@pytest.mark.parametrize("key", ["", "short", "../../etc/passwd", "x" * 500])
def test_a_made_up_form_secret_is_replaced_and_never_shared(client, portal, key):
    act = now(portal)
    a_partnership(act)
    _, _, door = an_open_door(act)
    for name in ("Ann Clerk", "Bo Lindqvist"):
        client.cookies.clear()
        told = {"do": "sign", "key": key, "name": name, "myself": "yes", **{f"q-{k}": v for k, v in RIGHT.items()}}
        assert f"Thank you, {name}" in client.post(f"/m/{door.code}", data=told, headers=OWN).text
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Attendance)).all()) == 2


def test_one_who_has_the_code_cannot_fill_the_list_without_end(act, monkeypatch):
    monkeypatch.setattr(signing, "SIGNINGS", replace(signing.SIGNINGS, most=5))
    chair, opened, door = an_open_door(act)
    for number in range(5):
        sign(act, door, token(), a_signer(f"Made Up {number}"))
    with pytest.raises(TooManyTriesError):
        sign(act, door, token(), a_signer("Made Up 6"))
    longer = lengthen_code(act.as_(chair), opened.id)
    assert sign(act, replace(door, code=longer.code), token(), a_signer("Ann Clerk")), (
        "behind a new code others can sign"
    )
    assert len(lines(act.as_(chair), opened.id)) == 6


@pytest.mark.threat("DO5")
def test_thirty_people_scan_one_square_within_ten_seconds_and_all_are_on_the_list(client, portal):
    act = now(portal)
    a_partnership(act)
    chair, opened, door = an_open_door(act)
    phones = [TestClient(client.app, base_url="http://127.0.0.1:8501", follow_redirects=False) for _ in range(30)]

    def come(number, phone):
        page = phone.get(f"/m/{door.code}").text
        key = re.search(r'name="key" value="([^"]+)"', page).group(1)
        told = {"do": "sign", "key": key, "name": f"Person {number:02}", "myself": "yes"}
        phone.post(f"/m/{door.code}", data=told | {f"q-{k}": v for k, v in RIGHT.items()}, headers=OWN)

    people = [threading.Thread(target=come, args=pair) for pair in enumerate(phones)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(one.name for one in lines(act.as_(chair), opened.id)) == [f"Person {n:02}" for n in range(30)]
