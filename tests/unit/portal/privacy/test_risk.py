from collections import Counter
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.privacy.risk.k_anonymity import Join, alone_and_below, groups, joins, rural

TABLE = pa.table({"area": ["x"] * 6 + ["y", "y"], "age": ["14"] * 6 + ["15", None], "sex": ["M"] * 8})


@pytest.mark.clause("s6.fewer-than-five")
def test_small_groups_are_counted_from_the_table_itself():
    risk = groups(TABLE, ["area", "age", "sex", "not there"])
    assert (risk.rows, risk.groups, risk.smallest, risk.unique, risk.below) == (8, 3, 1, 2, 2)
    assert (risk.unique_percent, risk.below_percent) == (25.0, 25.0)
    assert risk.fields == ("area", "age", "sex")


def test_each_field_says_how_many_rows_it_singles_out():
    table = pa.table({"area": ["x"] * 10, "age": [str(age) for age in range(10)]})
    assert groups(table, ["area", "age"]).contributions == {"area": 0, "age": 10}


def test_an_empty_table_has_no_risk():
    assert groups(TABLE.slice(0, 0), ["area"]).below == 0


@pytest.mark.clause("s6.merging-risk")
def test_joining_counts_what_two_returns_tell_together():
    other = pa.table({"area": ["y", "x"], "date": ["2026-07-01", "2026-07-02"]})
    assert joins(TABLE, {"fire": other, "none": pa.table({"z": ["1"]})}, ["area", "date"]) == [
        Join(other="fire", on=("area",), shared_groups=2, singled_out=0, below=1)
    ]


@pytest.mark.clause("s6.merging-risk")
def test_places_with_few_people_are_counted():
    assert rural(pa.array(["LE14", "LE2", None, "LE15"])) == 2
    assert rural(pa.array(["LE2"]), frozenset({"LE2"})) == 1


@given(
    st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 3).map(str))] * 4), min_size=1, max_size=60),
    st.sampled_from([8, 1 << 62]),
)
def test_groups_are_those_that_counting_each_row_gives(rows, largest):
    """Also where one number would not hold all fields, so that they are numbered anew on the way."""
    table = pa.table(
        {name: pa.array(column, pa.string()) for name, column in zip("abcd", zip(*rows, strict=True), strict=True)}
    )
    counted = Counter(rows)
    with patch("portal.privacy.risk.k_anonymity._LARGEST", largest):
        found = groups(table, list("abcd"))
        alone = alone_and_below(table, list("abcd"))
    assert (found.groups, found.smallest) == (len(counted), min(counted.values()))
    assert found.unique == sum(n for n in counted.values() if n == 1)
    assert found.below == sum(n for n in counted.values() if n < 5)
    assert alone == (found.unique, found.below)
