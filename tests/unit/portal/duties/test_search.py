"""One search of the whole portal: it forgives, and it shows only what the searcher may open."""

import re

import pytest

from portal.agreement.editions.wording import words_in_force
from portal.duties.search import everything_found
from portal.ground.act import PUBLIC, Role
from portal.ground.input.forgiving import is_meant
from portal.ground.page_access import may_open
from portal.ground.wording import today
from tests.builders import a_person
from tests.request_builders import CANARY, SECRET_FACT, a_district, a_request


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("St Mary's Parish Council", "st marys", True),
        ("Healey & Rooley Town Council", "healey and rooley", True),
        ("Avershire Constabulary", "constabulry", True),
        ("7K3-M4P-QRT Avershire", "7k3m4p", True),
        ("Sant Ffraid Glyn Cêiriog", "ceiriog", True),
        ("Avershire Constabulary", "fire", False),
        ("Thornby", "", True),
        ("Ann", "Ant", False),
    ],
)
def test_search_forgives_signs_case_accents_and_slips_but_not_other_words(text, typed, meant):
    assert is_meant(text, typed) is meant


def found(act, person, words):
    return [(one.kind, one.title) for one in everything_found(act.as_(person), words)]


def test_what_the_agreement_says_is_shown_in_whole_words_and_without_marks(act):
    a_district(act)
    said = [one.about for one in everything_found(act.as_(PUBLIC), "police") if one.about.startswith("It says")]
    text = " ".join(part.text for part in words_in_force(act.store, today(act.at)).parts())
    written = set(re.split(r"[\s|#*]+", text))
    assert len(said) > 1
    for one in said:
        assert "police" in one.casefold()
        assert not set(one) & set("|#*")
        assert set(one.removeprefix("It says: ").split()) - {"…"} <= written | {"-"}


def test_each_finds_only_what_they_may_open_and_never_a_word_about_a_person(act):
    district = a_district(act)
    manager = a_person(act, "Mina Manager", Role.MANAGER)
    a_request(act, district)
    reference = everything_found(act.as_(district.clerk), "request sent")[0].title
    assert ("Requests", reference) in found(act, district.clerk, reference.lower().replace("-", ""))
    assert ("Requests", reference) in found(act, district.inspector, reference)
    for nobody in (PUBLIC, manager):
        assert [one for one in found(act, nobody, reference) if one[0] == "Requests"] == []
    assert ("People", district.clerk.name) in found(act, manager, district.clerk.name)
    assert not [one for one in found(act, district.clerk, district.clerk.name) if one[0] == "People"]
    assert ("Organisations", "Anytown Parish Council") in found(act, PUBLIC, "anytown parsh")
    assert ("The agreement", "9 Security of information") in found(act, PUBLIC, "security of information")
    for words in (CANARY, SECRET_FACT):
        for person in (district.clerk, district.inspector, manager, PUBLIC):
            assert [one for one in found(act, person, words) if one[0] == "Requests"] == []
    for person in (PUBLIC, district.clerk, manager):
        for word in ("council", "request", "the", "meeting", "to do", "a"):
            for one in everything_found(act.as_(person), word):
                address = one.href.lstrip("/").partition("?")[0]
                assert may_open(person, address), (person.name, one.href)
