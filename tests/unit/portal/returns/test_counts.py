"""Counts in every shape that offices send them: lists without headings, wide tables, tables on their side."""

import tomllib
from pathlib import Path

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text, xlsx

QUARTER = Quarter.parse("2026-Q3")
CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "returns" / "counts.toml").read_text())["case"]


def outcome_of(source, data_set):
    return work(source, ReturnOptions(data_set, QUARTER, "2026"))


def rows_of(outcome, columns):
    return [["" if row[name] is None else str(row[name]) for name in columns] for row in outcome.table.to_pylist()]


@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_counts_are_kept_in_one_shape(case):
    outcome = outcome_of(case["file"].lstrip("\n").encode(), case["dataset"])
    assert outcome.status == "accepted", outcome.message
    assert {"period", *case["columns"]} == set(outcome.table.column_names)
    assert rows_of(outcome, case["columns"]) == case["rows"]
    if "warns" in case:
        assert case["warns"] in outcome.report.warnings


def test_merged_headings_of_a_workbook_say_which_need_a_total_is_of():
    rows = [
        ["", "Drugs", "", "", "Alcohol", "", ""],
        ["Area", "Male", "Female", "Total", "Male", "Female", "Total"],
        ["Charnwood", "10", "3", "13", "8", "2", "10"],
        ["Blaby", "5", "1", "6", "4", "1", "5"],
    ]
    outcome = outcome_of(xlsx({"Needs": rows}, merged=[("Needs", "B1:D1"), ("Needs", "E1:G1")]), "probation-offenders")
    columns = ["area", "number_with_need.drugs", "number_with_need.drugs.M", "number_with_need.alcohol.F"]
    assert rows_of(outcome, columns) == [["Charnwood", "13", "10", "2"], ["Blaby", "6", "5", "1"]]


def test_a_name_in_a_list_without_headings_is_not_kept():
    outcome = outcome_of(text([["Jane Quibblewick", "1"], ["Charnwood", "4"]]), "fire-casualties")
    assert outcome.status == "accepted"
    assert b"Quibblewick" not in outcome.parquet + outcome.report_bytes()


@pytest.mark.clause("app1.aggregates")
@pytest.mark.parametrize("data_set", ["police-incidents", "la-exclusions"])
def test_records_without_headings_are_refused(data_set):
    outcome = outcome_of(text([["Fatal", "1"], ["Injured", "4"]]), data_set)
    assert outcome.status == "refused"
    assert "headings" in outcome.message


def test_a_need_that_is_not_known_is_neither_counted_nor_hidden():
    rows = [
        ["CRN", "Offender Age", "Ward", "Drugs Linked to Offending", "Accommodation"],
        ["X1", "25", "Castle", "Linked", "Unknown"],
        ["X2", "31", "Castle", "Not assessed", "Linked"],
        ["X3", "44", "Castle", "Linked", "N/K"],
    ]
    outcome = work(text(rows), ReturnOptions("probation-offenders", Quarter.parse("2026-Q3"), "2026", {}, {}))
    assert outcome.status == "accepted"
    assert sum(map(int, outcome.table["number_with_need.drugs"].to_pylist())) == 2
    assert sum(map(int, outcome.table["number_with_need.accommodation"].to_pylist())) == 1
    assert "'Accommodation' is not known in 2 rows: these are not counted as yes." in outcome.report.warnings
    assert "'Drugs Linked to Offending' is not known in 1 row: these are not counted as yes." in outcome.report.warnings
