import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.layout.fonts import BOX, FONTS, SHAPED, fallbacks_needed, plain
from portal.documents.layout.sheet import PaperSheet


@pytest.mark.parametrize(
    "name", ["Siân Ó Briain", "ŵŷ Łukasz", "Ζωή", "Ольга", "李小龙", "やまだ", "O\u2019Neil-García", "X Æ"]
)
def test_a_name_that_a_font_of_ours_can_draw_stays_as_it_is(name):
    assert plain(name) == name


# A name, and how many glyphs it has once its letters are joined and shaped: fewer or other than its characters.
WORLD = {
    "arabic": "محمد عبد الله",
    "urdu": "علی رضا خان",
    "persian": "پریسا گلزار",
    "bengali": "শেখ মুজিবুর রহমান",
    "devanagari": "श्रीमती प्रिया",
    "gujarati": "પ્રિયા શાહ",
    "gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "tamil": "முத்துலட்சுமி",
}


@pytest.mark.parametrize(("script", "name"), WORLD.items())
def test_a_name_of_the_world_is_drawn_and_its_letters_are_shaped(script, name):
    assert BOX not in plain(name)
    assert set(fallbacks_needed(plain(name))) <= SHAPED
    sheet = PaperSheet(
        partnership="P", title="T", reference="R", marking="", made_at=datetime(2026, 11, 25, tzinfo=UTC)
    )
    sheet.add_page()
    sheet.face(12)
    loose = sum(sheet.get_string_width(sheet.prepare(plain(letter))) for letter in name)
    assert sheet.text_shaping is not None
    assert sheet.get_string_width(name) != pytest.approx(loose, abs=0.05), script


def test_a_paper_without_such_a_name_is_not_shaped():
    sheet = PaperSheet(
        partnership="P", title="Ольга 李", reference="R", marking="", made_at=datetime(2026, 11, 25, tzinfo=UTC)
    )
    assert sheet.text_shaping is None


def test_a_character_that_no_font_has_becomes_a_box_and_a_picture_its_name():
    assert plain("Ann \u17a0") == f"Ann {BOX}"
    assert plain("Ann 🎉") == "Ann (party popper)"


def test_direction_zero_width_control_and_private_characters_are_dropped():
    assert plain("a\u202eb\u2066c\u200bd\u0007e\ue000f\ufeffg\ufe0f") == "abcdefg"


def test_half_a_pair_and_every_kind_of_line_end_and_space_are_made_plain():
    assert plain("a\ud800\r\nb\rc\u2028d\te\u3000f\u202fg") == "a\nb\nc\nd e f\u00a0g"


def test_letter_and_accent_are_composed():
    assert plain(unicodedata.normalize("NFD", "Siân")) == "Siân"


def test_large_fonts_are_asked_for_only_where_they_are_needed():
    assert fallbacks_needed("Anytown\nŵŷ") == ()
    assert fallbacks_needed("Ольга") == ("wide",)
    assert fallbacks_needed("李") == ("han",)
    assert fallbacks_needed("محمد Ольга") == ("arabic", "wide")


def test_every_font_has_its_licence_beside_it():
    licences = {file.name for file in (FONTS / "licences").iterdir()}
    assert licences == {
        "atkinson-hyperlegible-next-OFL.txt",
        "dejavu.txt",
        "droid-sans-fallback-APACHE-2.0.txt",
        "noto-sans-OFL.txt",
    }


@given(st.text(max_size=60))
def test_made_plain_twice_is_made_plain_once(text):
    assert plain(plain(text)) == plain(text)
