import tomllib
from pathlib import Path

import pytest

from portal.privacy.identifiers.finding import find
from portal.privacy.identifiers.kinds import WORDS, IdentifierKind, Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary

CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "privacy.toml").read_text("utf-8"))
GOES = [
    (Setting(name.removeprefix("goes_")), text)
    for name, texts in CASES.items()
    if name.startswith("goes")
    for text in texts
]
STAYS = [
    (Setting(name.removeprefix("stays_")), text)
    for name, texts in CASES.items()
    if name.startswith("stays")
    for text in texts
]
KINDS = [
    ("943 476 5919", IdentifierKind.NHS, True),
    ("a.patel@leics.gov.uk", IdentifierKind.EMAIL, False),
    ("AB123456C", IdentifierKind.NINO, False),
    ("4111 1111 1111 1111", IdentifierKind.CARD, True),
    ("GB82 WEST 1234 5698 7654 32", IdentifierKind.IBAN, True),
    ("98/123456T", IdentifierKind.PNC, False),
    ("PC 4417", IdentifierKind.WARRANT, False),
    ("24*123456", IdentifierKind.REFERENCE, False),
    ("12 March 1985", IdentifierKind.BIRTH_DATE, False),
    ("///filled.count.soap", IdentifierKind.WHAT3WORDS, False),
    ("@gazza_lcfc", IdentifierKind.HANDLE, False),
]


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize(("setting", "text"), GOES)
def test_what_identifies_somebody_is_found(setting, text):
    assert find(text, setting)


@pytest.mark.parametrize(("setting", "text"), STAYS)
def test_what_only_looks_like_a_person_survives(setting, text):
    assert not find(text, setting)


@pytest.mark.parametrize(("text", "kind", "proven"), KINDS)
def test_each_kind_is_called_by_its_name_and_a_check_digit_proves_it(text, kind, proven):
    assert [(one.kind, one.proven) for one in find(text, Setting.PLACE)] == [(kind, proven)]


def test_a_phrase_of_the_vocabulary_survives_whole():
    assert find("Hope Banks", Setting.PLACE)
    assert not find("HOPE  Banks", Setting.PLACE, Vocabulary.of(["Hope Banks"]))


def test_a_finding_shows_no_word_of_the_text():
    assert "smith" not in repr(find("Mr Smith 07700 900123", Setting.PLACE)).lower()


def test_every_kind_has_words_for_people():
    assert set(WORDS) == set(IdentifierKind)


def test_an_offence_code_among_codes_is_no_insurance_number():
    assert not find("CJ105001A", Setting.CODE)


@pytest.mark.parametrize("school", ["Rawlins", "Humphrey Perkins", "Mary Webb Academy"])
def test_a_school_called_like_a_person_is_kept(school):
    assert not find(school, Setting.SCHOOL)
