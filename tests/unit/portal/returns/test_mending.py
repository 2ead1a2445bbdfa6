"""What is wrong in a file, cell by cell, and how its sender mends it."""

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.returns.report.showable import harmless
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text, xlsx

QUARTER = Quarter.parse("2026-Q3")
ROWS = [
    ["Reported by", "Date", "Category", "Street", "Time"],
    ["", "13/08/2026", "Noise", "High Street", "21:15"],
    ["", "31/13/2026", "Noise", "Stanley Road", "25:70"],
    ["", "Jane Smith 07700 900123", "Noise", "Park Lane", ""],
    ["", "15/08/2026", "Wrong sort of leaves", "Mill Lane", ""],
    ["", "", "Noise", "Mrs Zelda Quxley, 14 Church Lane", ""],
    ["", "15/08/2025", "Noise", "Bridge Street", ""],
]


def outcome_of(rows=ROWS, answers=None, data_set="la-asb"):
    return work(text(rows), ReturnOptions(data_set, QUARTER, "2026", answers=answers or {}))


def listed(outcome):
    return {(each.kind, each.cell): each for each in outcome.problems}


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.threat("UP15")
def test_every_problem_says_where_it_stands_and_how_to_mend_it_and_quotes_nobody():
    found = listed(outcome_of())
    assert set(found) == {
        ("unreadable", "B3"),
        ("unreadable", "B4"),
        ("unreadable", "E3"),
        ("not listed", "C5"),
        ("identifier", "C5"),
        ("empty", "B6"),
        ("outside", "B7"),
        ("identifier", "D6"),
    }
    assert found["unreadable", "B3"].shown == "31/13/2026"
    assert found["unreadable", "B4"].shown == ""
    assert found["unreadable", "B4"].mend == "Write the day as 14/08/2026."
    assert found["not listed", "C5"].shown == ""  # words that no list has are not quoted, but their category is asked
    assert not any(word in str(found) for word in ("Jane", "Smith", "07700", "Zelda", "Quxley"))
    assert {each.row for each in found.values()} == {3, 4, 5, 6, 7}


def test_a_mended_cell_is_treated_like_one_that_was_sent():
    answers = {
        "mend:1!B3": "14/08/2026",
        "mend:1!B4": "2026-08-16",
        "mend:1!C5": "Noise",
        "mend:1!B6": "17 Aug 2026",
        "mend:1!B7": "15/08/2026",
        "mend:1!E3": "",
    }
    outcome = outcome_of(answers=answers)
    assert set(listed(outcome)) == {("identifier", "D6")}
    assert outcome.table["date"].to_pylist()[1:3] == ["2026-08-14", "2026-08-16"]
    assert outcome.table["category_code"].null_count == 0


@pytest.mark.clause("s6.no-identifiers")
def test_what_is_typed_to_mend_a_cell_can_bring_no_identifier_in():
    outcome = outcome_of(answers={"mend:1!D3": "home of Mrs Zelda Quxley, LE1 4XY", "mend:1!C5": "rang 07700 900123"})
    kept = str(outcome.table.to_pylist()) + outcome.report_bytes().decode() + str(outcome.problems)
    assert not any(part in kept for part in ("Zelda", "Quxley", "4XY", "900123"))


@pytest.mark.parametrize(
    "name", ["mend:2!B3", "mend:1!B99", "mend:1!ZZ3", "mend:x!B3", "mend:1!3B", "mend:", "mend:1!b3"]
)
def test_an_answer_about_no_cell_of_the_file_changes_nothing(name):
    assert outcome_of(answers={name: "14/08/2026"}).problems == outcome_of().problems


def test_sheets_of_one_workbook_are_told_apart():
    good = ["13/08/2026", "Noise", "Mill Lane"]
    months = {
        "July": [["Date", "Category", "Street"], ["not known", "Noise", "High Street"], good],
        "August": [["Date", "Category", "Street"], ["31/13/2026", "Noise", "Stanley Road"], good],
    }
    wanted = ReturnOptions("la-asb", QUARTER, "2026", answers={"mend:2!A2": "14/08/2026"})
    (left,) = [each for each in work(xlsx(months), wanted).problems if each.kind != "empty"]
    assert (left.sheet, left.sheet_number, left.cell) == ("July", 1, "A2")


def test_people_who_were_counted_are_listed_by_their_own_rows():
    rows = [["Area", "Age", "Gender", "Need"], ["Castle ward", "30", "F", "Work"], ["Castle ward", "old", "M", "Work"]]
    found = listed(outcome_of(rows, data_set="probation-offenders"))
    assert {each.row for each in found.values()} <= {3}


@pytest.mark.parametrize(
    ("cell", "treatment", "shown"),
    [
        ("31/13/2026", "date", True),
        ("32 August", "date", True),
        ("12/13/1984", "date", False),
        ("31/13/84", "date", False),
        ("J. Smith 3/7", "date", False),
        ("07700 900123", "date", False),
        ("25:70", "time", True),
        ("943 476 5919", "count", False),
        ("4.5", "count", True),
        ("Smith", "count", False),
        ("12", "location", False),
    ],
)
def test_a_cell_is_shown_only_where_it_can_be_nobody(cell, treatment, shown):
    assert harmless(cell, treatment, QUARTER) == (cell if shown else "")
