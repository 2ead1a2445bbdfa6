import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.layout.fonts import BOX, FALLBACKS, FONTS, fallbacks_needed, plain


@pytest.mark.parametrize(
    "name", ["Siân Ó Briain", "ŵŷ Łukasz", "Ζωή", "Ольга", "李小龙", "やまだ", "O\u2019Neil-García", "X Æ"]
)
def test_a_name_that_a_font_of_ours_can_draw_stays_as_it_is(name):
    assert plain(name) == name


def test_a_character_that_no_font_has_becomes_a_box():
    assert plain("Ann 🎉") == f"Ann {BOX}"


def test_direction_zero_width_control_and_private_characters_are_dropped():
    assert plain("a\u202eb\u2066c\u200bd\u0007e\ue000f\ufeffg\ufe0f") == "abcdefg"


def test_half_a_pair_and_every_kind_of_line_end_and_space_are_made_plain():
    assert plain("a\ud800\r\nb\rc\u2028d\te\u3000f\u202fg") == "a\nb\nc\nd e f\u00a0g"


def test_letter_and_accent_are_composed():
    assert plain(unicodedata.normalize("NFD", "Siân")) == "Siân"


def test_large_fonts_are_asked_for_only_where_they_are_needed():
    assert fallbacks_needed("Anytown\nŵŷ") == ()
    assert fallbacks_needed("Ольга") == ("wide",)
    assert fallbacks_needed("李") == tuple(FALLBACKS)


def test_every_font_has_its_licence_beside_it():
    licences = {file.name for file in (FONTS / "licences").iterdir()}
    assert licences == {"atkinson-hyperlegible-next-OFL.txt", "dejavu.txt", "droid-sans-fallback-APACHE-2.0.txt"}


@given(st.text(max_size=60))
def test_made_plain_twice_is_made_plain_once(text):
    assert plain(plain(text)) == plain(text)
