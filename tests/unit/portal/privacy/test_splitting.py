import pyarrow as pa
import pytest

from portal.privacy.identifiers.across_cells import find_split
from portal.privacy.identifiers.kinds import IdentifierKind


def test_what_lies_over_two_cells_is_found_and_two_plain_cells_are_not():
    left = pa.array(["07700", "John", "Stanley", "943 476", None, "London Road"])
    right = pa.array(["900123", "Smith", "Road", "5919", "x", "Leicester"])
    found = find_split(left, right)
    assert {(one.row, one.kind) for one in found} == {
        (0, IdentifierKind.PHONE),
        (1, IdentifierKind.NAME),
        (3, IdentifierKind.NHS),
    }


@pytest.mark.parametrize("area", ["NC1", "nh3", "B12", "E1"])
@pytest.mark.parametrize("number", ["0815", "12345", "1234567", "3"])
def test_a_beat_beside_a_number_is_no_identifier_and_keeps_its_digit(area, number):
    assert find_split(pa.array([area]), pa.array([number])) == ()


def test_a_number_of_the_national_insurance_cut_after_its_letters_is_still_found():
    assert {one.kind for one in find_split(pa.array(["AB1"]), pa.array(["23456C"]))} == {IdentifierKind.NINO}
