"""The last check before anything is stored trusts no treatment: what should have been taken out before stops the file."""

import pyarrow as pa
import pytest

from portal.privacy.grammar.lists import LocalLists
from portal.returns.matching.schema import targets_of
from portal.returns.treatment.fields import Context
from portal.returns.treatment.final_check import remaining
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter


def left(set_id, name, value):
    quarter = Quarter.parse("2026-Q3")
    context = Context(data_set(set_id), quarter, "2026", {}, LocalLists(), {})
    targets = {one.name: one for one in targets_of(set_id, "2026")}
    return remaining({name: pa.chunked_array([[value, value, None]])}, targets, context)


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.clause("app1.outward-postcode")
@pytest.mark.parametrize(
    ("set_id", "name", "goes", "stays"),
    [
        ("police-incidents", "date", "1 July, told by Jo Canary", "2026-07-01"),
        ("police-incidents", "time", "14:30 by Jo", "14:30"),
        ("police-incidents", "location", "14 Mill Lane, Jane Canary", "Mill Lane"),
        ("health-assault", "outward_postcode", "LE11 3QP", "LE11"),
        ("police-incidents", "category", "07700 900123", "Begging"),
        ("police-incidents", "location", "=HYPERLINK(1)", "High Street"),
    ],
)
def test_what_points_to_a_person_stops_the_file_whatever_was_done_before(set_id, name, goes, stays):
    assert set(left(set_id, name, goes)) == {name}
    assert left(set_id, name, stays) == {}
