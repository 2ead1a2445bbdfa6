import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.partnership.colours import LEAST, accent, contrast, darkened, lightened

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(COLOURS)
def test_whatever_colour_is_chosen_it_can_be_read_on_white_and_on_the_dark_page(colour):
    assert contrast(darkened(colour), "#ffffff") >= LEAST
    assert contrast(lightened(colour), "#10191c") >= LEAST


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert darkened("#0b5d57") == "#0b5d57"
    assert round(contrast("#000000", "#ffffff"), 1) == 21


@pytest.mark.parametrize(("typed", "kept"), [("#0B5D57", "#0b5d57"), (" 0b5d57 ", "#0b5d57"), ("", "")])
def test_a_colour_is_tidied(typed, kept):
    assert accent(typed) == kept


@pytest.mark.parametrize("typed", ["red", "#fff", "#12345g", "#0b5d57;}", "url(x)"])
def test_what_is_no_colour_is_refused(typed):
    with pytest.raises(ValueError, match="six digits"):
        accent(typed)
