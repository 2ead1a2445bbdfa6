import pytest

from portal.returns.report.certificate import has_small_groups, risk_in_words

FIGURES = {"fields": ["date", "sub_category"], "rows": 1200, "smallest": 1, "below": 161, "threshold": 5}


def words(**figures):
    return [said for _, said in risk_in_words({"risk": FIGURES | figures})]


@pytest.mark.clause("s6.no-identifiers")
def test_small_groups_are_told_and_never_denied():
    assert words()[0] == "161 of 1,200 records stand in groups of fewer than 5 that agree in date and sub category."
    assert has_small_groups({"risk": FIGURES})


def test_without_a_small_group_the_smallest_one_is_named():
    assert words(below=0, smallest=7) == [
        "Nobody by these figures: the smallest group of records that agree in date and sub category has 7."
    ]
    assert not has_small_groups({"risk": FIGURES | {"below": 0}})


def test_nothing_is_claimed_where_nothing_was_weighed():
    assert risk_in_words({}) == []
    assert risk_in_words({"risk": {}}) == []
    assert not has_small_groups({})
