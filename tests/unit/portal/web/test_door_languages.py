"""The door in other languages: every word in one file a language, the English beside, chosen and remembered."""

from html import escape

import pytest

from portal.ground.settings import ROOT
from portal.ground.wording import today
from portal.meetings.check_in.door import close_door
from portal.meetings.undertakings.undertaking_words import opening, rest
from portal.rules.edition.editions import edition_in_force
from portal.web.door.language import DoorLanguage, languages
from tests.builders import an_organisation
from tests.meeting_builders import WRONG
from tests.unit.portal.web.test_door import OWN, filled, hall

__all__ = ["hall"]  # a fixture

OTHERS = [code for code in languages() if code != "en-GB"]


@pytest.fixture
def said(monkeypatch):
    """What the door says, by whether its language has words for it."""
    spoken = {True: set(), False: set()}

    def noting(way):
        def note(self, english, **more):
            told = english.split(": ")[0] if english.startswith("Choose an answer: ") else english
            if told:
                spoken[self.says_otherwise(told)].add(told)
            return way(self, english, **more)

        return note

    monkeypatch.setattr(DoorLanguage, "say", noting(DoorLanguage.say))
    monkeypatch.setattr(DoorLanguage, "problem", noting(DoorLanguage.problem))
    return spoken


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_the_door_stands_in_the_file_of_a_language_and_no_stale_one_does(client, hall, said, code):
    act, chair, meeting, door = hall
    address = f"/m/{door.code}"
    client.get(f"/m?lang={code}")
    client.get("/m?code=-")
    client.get("/m/ZZZZZZ")
    page = client.get(address)
    client.post(address, data=filled(page, name="", organisation="", **{"q-notes": ""}), headers=OWN)
    client.post(address, data=filled(page, do="again"), headers=OWN)
    client.post(address, data=filled(page, name="\u179f\u17bb\u1781"), headers=OWN)
    client.post(address, data=filled(page, do="decline"), headers=OWN)
    client.post(address, data=filled(page, do="decline-name", name="Ann"), headers=OWN)
    client.post(f"{address}/mend", headers=OWN)
    client.get(f"{address}/known")
    client.post(f"{address}/known", data={"do": "send", "email": "ann@example.org"}, headers=OWN)
    client.get(f"{address}/known/wrong", follow_redirects=True)
    client.post(address, data=filled(page, **{f"q-{one}": answer for one, answer in WRONG.items()}), headers=OWN)
    client.post(address, data=filled(page, name="Bo Lindqvist"), headers=OWN)
    client.post(f"{address}/mend", headers=OWN)
    client.post(f"{address}/mend", data={"do": "mend", "name": "Zoe", "myself": "yes"}, headers=OWN)
    close_door(act.as_(chair), meeting.id)
    client.post(address, data=filled(page), headers=OWN)
    ended = {one for one in said[False] if one.startswith("This meeting ended at")}  # it names a time of day
    assert said[False] - ended == set()
    unused = set(languages()[code].words) - said[True]  # said to who comes back, whom this test does not bring
    pages = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "portal/web/door").glob("*.py"))
    assert [one for one in unused if f'"{one}"' not in pages] == []


@pytest.mark.clause("app2.undertakings")
@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.clause("app2.opening-statement")
def test_the_english_that_is_agreed_to_stands_beside_every_promise_and_the_page_says_nobody_checked_it(
    client, hall, code
):
    act, _, _, door = hall
    page = client.get(f"/m/{door.code}?lang={code}").text.replace("&#x27;", "'")
    edition, language = edition_in_force(today(act.at)), languages()[code]
    assert f'<html lang="{code}">' in page
    for promise in (*opening(edition), *rest(edition)):
        assert f'<span class="hint" lang="en-GB">{promise}</span>' in page
        assert language.words[promise] in page
    assert not language.checked
    assert language.words["This translation has not been checked by a translator yet."] in page
    assert language.words["You agree to the English text. It stands below each promise."] in page


def test_a_language_is_remembered_by_the_phone_or_by_its_form_and_an_unknown_one_is_english(client, hall):
    _, _, _, door = hall
    page = client.get(f"/m/{door.code}?lang=pl")
    assert '<html lang="pl">' in client.get("/m").text
    client.cookies.clear()
    assert '<html lang="en-GB">' in client.get("/m?lang=../../x").text
    client.cookies.clear()
    signed = client.post(f"/m/{door.code}", data=filled(page, lang="pl"), headers=OWN).text
    assert "Dziękujemy, Ann Clerk" in signed
    assert 'name="lang" value="pl"' in page.text


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_keeps_the_page_small_and_what_was_typed_harmless(client, hall, code):
    act, _, _, door = hall
    for number in range(400):
        an_organisation(act, f"Fictional Parish Council of Much Longer Names {number}")
    page = client.get(f"/m/{door.code}?lang={code}")
    assert len(page.content) <= 45_000, len(page.content)
    hostile = '<b>{name}"</b>'
    client.post(f"/m/{door.code}", data=filled(page, name=hostile), headers=OWN)
    signed = client.get(f"/m/{door.code}").text
    assert escape(hostile) in signed
    assert hostile not in signed
