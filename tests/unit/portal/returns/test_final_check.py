"""The last check before anything is stored trusts no treatment: what should have been taken out before stops the file."""

import pyarrow as pa
import pytest

from portal.privacy.grammar.lists import NONE, LocalLists
from portal.returns.matching.schema import targets_of
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.treatment.final_check import remaining
from portal.rules.datasets.quarters import Quarter


def left(set_id, name, value, *, matched=True, lists=NONE):
    quarter = Quarter.parse("2026-Q3")
    options = ReturnOptions(set_id, quarter, "2026", lists=lists)
    targets = {one.name: one for one in targets_of(set_id, "2026")} if matched else {}
    return remaining({name: pa.chunked_array([[value, value, None]])}, targets, options)


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
        ("police-incidents", "map_point", "453712.5551, 318", "453700, 318200"),
        ("police-crimes", "offence_code", "Canary", "8N"),
        ("la-asb", "category_code", "noise; Canary", "noise"),
        ("la-exclusions", "school_name", "Jane Canary", "Thornby Primary School"),
        ("la-exclusions", "school_address", "Jane Canary", "LE11"),
        ("la-exclusions", "age", "15, Jo", "15"),
        ("la-exclusions", "gender", "Jo Canary", "Female"),
        ("probation-offenders", "age_band", "18 Canary", "18-25"),
        ("probation-offenders", "age_band", "07700 900123", "100 and over"),
        ("probation-offenders", "age_band", "12/03/87", "under 18"),
        ("probation-offenders", "ethnicity", "Asian Canary", "Asian"),
        ("probation-offenders", "ethnicity", "943 476 5919", "White"),
        ("yos-offences", "ethnicity", "White 943 476 5919", "A1"),
        ("fire-casualties", "number", "3, one was Jo Canary", "3"),
        ("fire-casualties", "period", "=1+1", "2026-Q3"),
        ("fire-casualties", "period", "Jo Canary", "2026-Q4"),
        ("fire-deliberate", "dataset", "Jo Canary", "fire-deliberate"),
    ],
)
def test_what_points_to_a_person_stops_the_file_whatever_was_done_before(set_id, name, goes, stays):
    assert set(left(set_id, name, goes)) == {name}
    assert left(set_id, name, stays) == {}


def test_a_code_of_a_column_that_nobody_matched_is_one_of_its_fields():
    assert left("la-asb", "category_code", "Canary", matched=False) == {"category_code": 1}
    assert left("la-asb", "category_code", "noise", matched=False) == {}


def test_an_area_is_one_of_the_lists_where_there_are_lists_and_else_may_be_any_name():
    lists = LocalLists.of({"wards": ["Thornby East"]})
    assert left("police-incidents", "area", "Canary Fields", lists=lists) == {"area": 1}
    assert left("police-incidents", "area", "Thornby East", lists=lists) == {}
    assert left("police-incidents", "area", "Canary Fields") == {}
    assert left("police-incidents", "area", "07700 900123") == {"area": 1}
