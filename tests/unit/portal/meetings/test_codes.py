import re

from portal.ground.wording import CLEAR_ALPHABET
from portal.meetings.check_in.codes import LENGTH, WORDS, as_typed, in_two, make_code, spoken, three_words


def test_there_are_enough_codes_and_no_sign_can_be_mistaken():
    assert len(set(CLEAR_ALPHABET)) ** LENGTH >= 244_000_000
    assert not set("0O1IL5S2Z8B") & set(CLEAR_ALPHABET)
    assert all(set(make_code()) <= set(CLEAR_ALPHABET) for _ in range(200))


def test_a_code_is_read_as_people_type_it():
    for typed in ("kxr4tm", "KXR-4TM", " kxr 4tm ", "\uff2b\uff38\uff32\uff14\uff34\uff2d", "k.x.r.4.t.m"):
        assert as_typed(typed) == "KXR4TM"
    assert as_typed("0XR4TM") == as_typed("OXR4TM") == "QXR4TM"


def test_what_is_no_code_is_told_apart():
    for typed in ("", "KXR4T", "KXR4TMM", "ÄXR4TM", "x" * 10_000):
        assert as_typed(typed) == ""


def test_a_code_is_shown_in_two_and_read_out():
    assert (in_two("KXR4TM"), in_two("KXR4TM7QAC")) == ("KXR 4TM", "KXR4T M7QAC")
    assert spoken("KXR4TM") == "Kilo, X-ray, Romeo, four, Tango, Mike"
    assert all(spoken(sign) for sign in CLEAR_ALPHABET)


def test_three_words_are_the_same_for_the_phone_and_the_chair():
    assert len(set(WORDS)) == 128
    assert three_words("line") == three_words("line") != three_words("other line")
    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z]+", three_words("line"))
