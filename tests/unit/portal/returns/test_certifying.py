import json
from datetime import date

import pytest

from portal.privacy.risk.k_anonymity import Join
from portal.returns.report.certificate import has_small_groups, risk_in_words
from portal.returns.report.file_report import (
    ColumnReport,
    FileQuestion,
    FileReport,
    IdentifierReport,
    JoinsReport,
    report_from_json,
)

FIGURES = {"fields": ["date", "sub_category"], "rows": 1200, "smallest": 1, "below": 161, "threshold": 5}


def risk(**figures):
    """Give the risk of a report as an earlier version stored it: some figures, and no words."""
    told = FileReport("accepted", "").as_json() | {"risk": FIGURES | figures}
    return report_from_json(json.dumps(told)).risk


def words(**figures):
    return [said for _, said in risk_in_words(risk(**figures))]


@pytest.mark.clause("s6.no-identifiers")
def test_small_groups_are_told_and_never_denied():
    assert words()[0] == "161 of 1,200 records stand in groups of fewer than 5 that agree in date and sub category."
    assert has_small_groups(risk())


def test_without_a_small_group_the_smallest_one_is_named():
    assert words(below=0, smallest=7) == [
        "Nobody by these figures: the smallest group of records that agree in date and sub category has 7."
    ]
    assert not has_small_groups(risk(below=0))


def test_nothing_is_claimed_where_nothing_was_weighed():
    report = report_from_json(json.dumps(FileReport("refused", "").as_json()))
    assert report.risk is None
    assert risk_in_words(report.risk) == []
    assert not has_small_groups(report.risk)


def test_a_report_is_read_as_it_was_written():
    """`depersonalise` writes the keys that programs are promised, and a stored report keeps what stands beside it."""
    report = FileReport(
        "question",
        "We need one answer.",
        warnings=("Rows 3 to 5 are totals.",),
        columns={"Date": ColumnReport("date", "date", 0.9), "Name": ColumnReport(None, "drop", 1.0)},
        findings=(IdentifierReport("person", 4, "Place", "removed"),),
        questions=(FileQuestion("date-order", "Which comes first?", ("day", "month")),),
        beside=JoinsReport((Join("Incidents", ("date",), 2, 1, 2),), ("One record meets once.",), date(2026, 11, 25)),
    )
    assert report_from_json(json.dumps(report.as_json())) == report
    assert list(FileReport("refused", "").as_json()) == [
        *("status", "message", "warnings", "rows_read", "rows_kept", "columns", "findings", "questions", "risk")
    ]
