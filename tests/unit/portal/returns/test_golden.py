"""Each data set of Appendix 1: a file as an office sends it, and by hand what must be kept of it."""

import tomllib
from pathlib import Path

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.catalogue import data_sets
from portal.rules.datasets.quarters import Quarter

FOLDER = Path(__file__).parents[3] / "cases" / "returns"
CASES = tomllib.loads((FOLDER / "golden.toml").read_text())["case"]
OFFICES = tomllib.loads((FOLDER / "offices.toml").read_text())["case"]
SYSTEMS = tomllib.loads((FOLDER / "systems.toml").read_text())["case"]
ALL = [*CASES, *OFFICES, *SYSTEMS]
IDS = [case.get("about", case["dataset"]) for case in ALL]


def outcome_of(case):
    wanted = ReturnOptions(case["dataset"], Quarter.parse(case["quarter"]), "2026")
    return work(case["file"].lstrip("\n").encode(), wanted)


def as_text(rows, columns):
    return [["" if row.get(name) is None else str(row[name]) for name in columns] for row in rows]


def test_every_data_set_has_a_golden_case():
    assert {case["dataset"] for case in CASES} == {entry.id for entry in data_sets()}


@pytest.mark.clause("app1.datasets")
@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.parametrize("case", ALL, ids=IDS)
def test_what_the_data_set_asks_for_is_kept(case):
    outcome = outcome_of(case)
    assert outcome.status == "accepted", outcome.message
    rows = outcome.table.to_pylist()
    assert as_text(rows, case["columns"]) == case["rows"]
    for column, wanted in case.get("holds", {}).items():
        for row, words in zip(rows, wanted, strict=True):
            assert words in (row[column] or "")


@pytest.mark.clause("s6.no-identifiers")
@pytest.mark.parametrize("case", ALL, ids=IDS)
def test_what_identifies_people_is_gone(case):
    outcome = outcome_of(case)
    kept = " ".join(str(value) for row in outcome.table.to_pylist() for value in row.values())
    for words in case["gone"]:
        assert words not in kept
        assert words not in outcome.report_bytes().decode()
        assert words.encode() not in outcome.parquet
