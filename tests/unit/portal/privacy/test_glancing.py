import pyarrow as pa

from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.profile import glance


def test_a_dropped_column_is_told_by_kind_and_rows_alone():
    column = pa.array(
        [
            "Ring Sharon on 07700 900123",
            "LE2 1TJ, dob 04/07/1985",
            None,
            "Loud music again",
            "Mrs Begum, NHS 943 476 5919",
            "Mrs Begum, NHS 943 476 5919",
        ]
    )
    assert glance(column) == {
        IdentifierKind.PHONE: 1,
        IdentifierKind.NHS: 2,
        IdentifierKind.POSTCODE: 1,
        IdentifierKind.BIRTH_DATE: 1,
        IdentifierKind.NAME: 3,
    }


def test_a_harmless_column_shows_nothing():
    assert glance(pa.array(["loud music", "", None])) == {}
    assert glance(pa.array([], pa.string())) == {}
