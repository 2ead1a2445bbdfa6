"""Identifiers that lie over two cells."""

from portal.returns.pipeline.stages import ReturnOptions, work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text

WANTED = ReturnOptions("police-incidents", Quarter.parse("2026-Q3"), "2026")


def test_a_number_split_over_place_and_area_is_taken_out_of_both():
    rows = [["Date", "Category", "Location", "Ward"], ["03/07/2026", "Alarm", "Park Lane 943 476", "5919 Castle"]]
    outcome = work(text(rows), WANTED)
    kept = str(outcome.table.to_pylist()) + outcome.report_bytes().decode()
    assert "943" not in kept
    assert "5919" not in kept
    assert "Park Lane" in kept


def test_a_place_and_an_area_that_meet_in_numbers_survive():
    rows = [["Date", "Category", "Location", "Beat"], ["03/07/2026", "Alarm", "A6", "12 North"]]
    (row,) = work(text(rows), WANTED).table.to_pylist()
    assert row["location"] == "A6"


def test_a_name_over_two_cells_is_taken_out_of_both_and_places_survive():
    rows = [
        ["Date", "Category", "Location", "Ward"],
        ["13/07/2026", "Alarm", "Priya", "Wetherby"],
        ["14/07/2026", "Alarm", "Michelle", "O'Sullivan"],
        ["15/07/2026", "Alarm", "Shelthorpe", "Hastings"],
        ["16/07/2026", "Alarm", "Stanley", "Castle"],
    ]
    found = work(text(rows), WANTED).table.to_pylist()
    assert "O'Sullivan" not in str(found)
    assert "Michelle" not in str(found)
    assert [(row["location"], row["area"]) for row in found[2:]] == [("Shelthorpe", "Hastings"), ("Stanley", "Castle")]
