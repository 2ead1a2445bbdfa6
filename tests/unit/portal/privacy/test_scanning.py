import pyarrow as pa

from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.scanning import by_pattern, mask_heading


def test_a_heading_that_names_somebody_is_masked():
    assert mask_heading("Notes (J Smith)") == "Notes (•••)"
    assert mask_heading("Date of incident") == "Date of incident"


def test_what_has_the_form_of_an_identifier_is_counted_whatever_stands_around_it():
    assert by_pattern(pa.array(["High Street", "A6 London Road", "M1 J24"]), Setting.PLACE) == 0
    assert by_pattern(pa.array(["High Street 07700 900417", "943 476 5919", "Mill Road"]), Setting.PLACE) == 2
