import tomllib
from pathlib import Path

import pytest

from portal.privacy.identifiers.finding import clean, find
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
KEPT = [
    ("Home of John Smith, Stanley Road", "Stanley Road"),
    ("Flat 3, 12 Stanley Road", "Stanley Road"),
    ("Stanley Road LE21TJ", "Stanley Road LE2"),
    ("Mrs Wróblewski, High Street", "High Street"),
    ("07700 900123", ""),
    ("45 Harrow Rd, LE3 0JY", "Harrow Rd, LE3"),
    ("Outside Tesco (ring Dave)", "Outside Tesco"),
    ("Sarah Okafor Melton Road", "Melton Road"),
    ("A6 London Road / B582, aged 34", "A6 London Road / B582"),
    ("High St LE3 4CD", "High St LE3"),
    ("Orchard View, LE12 7KV", "Orchard View, LE12"),
    ("M1 5km from J24", "M1 5km from J24"),
    ("J/W A6 & B5324", "J/W A6 & B5324"),
    ("Rear of 23 Hallcroft, Shepshed", "Rear of Hallcroft, Shepshed"),
    ("O/S 14 STANLEY RD", "O/S STANLEY RD"),
    ("Number 12 bus, Gallowtree Gate", "Number 12 bus, Gallowtree Gate"),
    ("ORCHARD HSE, MAY ST", "MAY ST"),
    ("Mosque on Herrick Road nr Mr Aziz's shop", "Mosque on Herrick Road nr shop"),
    ("The Green (Mrs June Tideswell)", "The Green"),
    ("rear of Mr Melton, Sparrow Hill", "rear of, Sparrow Hill"),
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
def test_what_identifies_somebody_is_found_and_nothing_is_left_of_it(setting, text):
    assert find(text, setting)
    assert not find(clean(text, setting), setting)


@pytest.mark.parametrize(("setting", "text"), STAYS)
def test_what_only_looks_like_a_person_survives(setting, text):
    assert clean(text, setting) == text


@pytest.mark.parametrize(("text", "kept"), KEPT)
def test_the_street_stays_when_the_rest_goes(text, kept):
    assert clean(text, Setting.PLACE) == kept


@pytest.mark.parametrize(("text", "kind", "proven"), KINDS)
def test_each_kind_is_called_by_its_name_and_a_check_digit_proves_it(text, kind, proven):
    assert [(one.kind, one.proven) for one in find(text, Setting.PLACE)] == [(kind, proven)]


def test_a_phrase_of_the_vocabulary_survives_whole():
    assert find("Hope Banks", Setting.PLACE)
    assert not find("HOPE  Banks", Setting.PLACE, Vocabulary.of(["Hope Banks"]))
    assert clean("Hope Banks, Wayne Smith", Setting.PLACE, Vocabulary.of(["Hope Banks"])) == "Hope Banks"


def test_only_what_is_proven_goes_where_the_rest_is_a_false_alarm():
    assert clean("John Smith 943 476 5919", Setting.PLACE, proven_only=True) == "John Smith"


def test_a_finding_shows_no_word_of_the_text():
    assert "smith" not in repr(find("Mr Smith 07700 900123", Setting.PLACE)).lower()


def test_every_kind_has_words_for_people():
    assert set(WORDS) == set(IdentifierKind)


def test_an_offence_code_among_codes_is_no_insurance_number():
    assert not find("CJ105001A", Setting.CODE)


def test_a_surname_that_is_a_place_goes_after_its_title():
    assert "Tideswell" not in clean("Dispute (Mr Alan Tideswell v Mrs June Tideswell)", Setting.CATEGORY)


@pytest.mark.parametrize("school", ["Rawlins", "Humphrey Perkins", "Mary Webb Academy"])
def test_a_school_called_like_a_person_is_kept(school):
    assert clean(school, Setting.SCHOOL) == school
