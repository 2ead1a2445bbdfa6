import pyarrow as pa

from portal.privacy.kinds import Kind
from portal.privacy.splitting import find_split


def test_what_lies_over_two_cells_is_found_and_two_plain_cells_are_not():
    left = pa.array(["07700", "John", "Stanley", "943 476", None, "London Road"])
    right = pa.array(["900123", "Smith", "Road", "5919", "x", "Leicester"])
    found = find_split(left, right)
    assert {(one.row, one.kind) for one in found} == {(0, Kind.PHONE), (1, Kind.NAME), (3, Kind.NHS)}
