"""The column of beats or wards is kept whatever it is called, and whatever stands beside it."""

from itertools import product

import pytest

from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter
from tests.spreadsheets import text

WANTED = ReturnOptions("police-incidents", Quarter.parse("2026-Q3"), "2026")
HEADINGS = [
    "Beat Code",
    "Beat No",
    "Beat Ref.",
    "Beat ID",
    "Ward No",
    "Ward Code",
    "Area Ref",
    "Station Code",
    "District Name",
]
CODES = [["NC1", "NC2"], ["101", "102"], ["0815", "2310"], ["1A", "2B"], ["LE01", "LE02"], ["E05005445", "E05005446"]]


@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.parametrize(("heading", "codes"), list(product(HEADINGS, CODES)))
def test_an_area_beside_identifiers_is_kept_and_they_are_not(heading, codes):
    rows = [
        ["Date", "Time", "Location", "Incident Type", "Caller Name", "Tel No.", heading, "Log Ref"],
        ["03/07/2026", "08:15", "Park Lane", "Noise", "Jane Canary", "07700 900417", codes[0], "417"],
        ["14/08/2026", "23:10", "May Street", "Alarm", "Jon Canary", "07700 900418", codes[1], "418"],
    ]
    outcome = work(text(rows), WANTED)
    assert outcome.status == "accepted", outcome.report
    assert [row["area"] for row in outcome.table.to_pylist()] == codes
    assert not any(words in outcome.parquet for words in (b"Canary", b"900417", b"417"))
