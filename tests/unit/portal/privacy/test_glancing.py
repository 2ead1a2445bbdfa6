import pyarrow as pa

from portal.privacy.glancing import glance
from portal.privacy.kinds import Kind


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
    assert glance(column) == {Kind.PHONE: 1, Kind.NHS: 2, Kind.POSTCODE: 1, Kind.BIRTH_DATE: 1, Kind.NAME: 3}


def test_a_harmless_column_shows_nothing():
    assert glance(pa.array(["loud music", "", None])) == {}
    assert glance(pa.array([], pa.string())) == {}
