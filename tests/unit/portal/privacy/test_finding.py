import pytest

from portal.privacy.finding import clean, find
from portal.privacy.kinds import Kind, Setting

GONE = [
    ("Home of John Smith, Stanley Road", "Stanley Road"),
    ("Flat 3, 12 Stanley Road", "Stanley Road"),
    ("Stanley Road LE21TJ", "Stanley Road LE2"),
    ("Mrs Wróblewski, High Street", "High Street"),
    ("07700 900123", ""),
]


@pytest.mark.parametrize(("text", "kept"), GONE)
def test_what_identifies_goes_and_the_street_stays(text, kept):
    assert clean(text, Setting.PLACE) == kept


def test_a_check_digit_proves_a_number():
    assert [(one.kind, one.proven) for one in find("943 476 5919", Setting.PLACE)] == [(Kind.NHS, True)]
