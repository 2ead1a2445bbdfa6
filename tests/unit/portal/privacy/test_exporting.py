import pytest

from portal.privacy.formula_injection import safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", " =1"])
def test_a_formula_is_held_by_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


def test_plain_words_are_left_alone():
    assert safe_cell("Stanley Road") == "Stanley Road"
