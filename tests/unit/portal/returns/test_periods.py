"""A column of periods in a return of counts: read in the office's own words, and never kept."""

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.returns.treatment.periods import is_of
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text

QUARTER, WINTER = Quarter.parse("2026-Q3"), Quarter.parse("2027-Q1")


@pytest.mark.parametrize("said", ["2026-Q3", "Q2 2026/27", "Q2 26/27", "Q2", "Q3", "2", "Quarter 2 (Jul-Sep)", "2nd quarter 2026/27", "Jul-26", "July to September 2026", "Jul - Sep", "01/07/2026", "2026-08", "30/09/2026", "2026"])  # fmt: skip
def test_the_quarter_is_known_by_the_calendar_and_by_the_financial_year(said):
    assert is_of(said, QUARTER) is True


@pytest.mark.parametrize("said", ["Q1 2026/27", "Q3 2026/27", "Q2 2025/26", "Q1", "4", "Q3 2025", "Apr-Jun 2026", "July 2025", "Oct 2026", "01/04/2026", "2025"])  # fmt: skip
def test_another_quarter_is_known_as_one(said):
    assert is_of(said, QUARTER) is False


@pytest.mark.parametrize(("said", "is_it"), [("Q4 2026/27", True), ("Q4 2026", True), ("Q1 2027", True), ("Q1 2026/27", False)])  # fmt: skip
def test_the_last_quarter_of_a_financial_year_lies_in_the_year_after(said, is_it):
    assert is_of(said, WINTER) is is_it


@pytest.mark.parametrize("said", ["", "2026/27", "see note", "07700 900123"])
def test_what_names_no_period_says_nothing(said):
    assert is_of(said, QUARTER) is None


def outcome_of(*periods):
    rows = [["Quarter", "Age", "Gender", "Number referred"], *([each, "10-13", "Male", 7] for each in periods)]
    return work(text(rows), ReturnOptions("yos-yisp-referred", QUARTER, "2026"))


def test_nothing_is_kept_of_what_a_column_of_periods_says():
    outcome = outcome_of("Q2 2026/27", "Q2 2026/27 - from Jo Canary")
    assert set(outcome.table["period"].to_pylist()) == {"2026-Q3"}
    assert "Canary" not in outcome.report_bytes().decode()


@pytest.mark.parametrize(
    ("periods", "why"), [(("Q1 2026/27", "Q2 2026/27"), "Some rows are of another quarter"), (("Q1 2026/27",), "names another quarter")]
)  # fmt: skip
def test_counts_of_another_quarter_are_refused_with_what_to_do(periods, why):
    outcome = outcome_of(*periods)
    assert outcome.status == "refused"
    assert why in outcome.message
    assert "July to September 2026" in outcome.message
