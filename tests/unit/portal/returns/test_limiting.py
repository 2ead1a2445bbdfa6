"""The child process: what it may use, and what its end is told as."""

import pytest

from portal.returns.pipeline.depersonalise import depersonalise
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets import errors, limits
from portal.spreadsheets.worker import limited
from portal.spreadsheets.worker.limited import Limits, limits_for
from tests.spreadsheets import text, xlsx

pytestmark = pytest.mark.usefixtures("own_children")
ROWS = [["Date", "Location", "Category"], ["03/07/2026", "12 High Street", "Alarm"]]


@pytest.fixture
def ended(monkeypatch):
    def end(memory, seconds, wall):
        monkeypatch.setattr(limited, "limits_for", lambda _source: Limits(memory, seconds, wall))
        rows = [ROWS[0], *([ROWS[1]] * 200_000)]
        return depersonalise(text(rows), "police-incidents", Quarter.parse("2026-Q3"), "2026")

    return end


def test_too_little_memory_ends_in_a_sentence(ended):
    outcome = ended(240 * limits.MEGABYTE, 60, 60)
    assert outcome.status == "refused"
    assert outcome.message == errors.TOO_LARGE_IN_MEMORY


def test_too_little_time_ends_in_a_sentence(ended):
    outcome = ended(limits.TEXT_MEMORY_BYTES, 60, 0.1)
    assert outcome.status == "refused"
    assert outcome.message == errors.TOO_SLOW


def test_a_workbook_gets_less_than_a_long_text():
    assert limits_for(xlsx({"Data": ROWS})).memory == limits.WORKBOOK_MEMORY_BYTES
    assert limits_for(b"a" * limits.MEGABYTE).memory == limits.TEXT_MEMORY_BYTES


def test_a_workbook_of_a_county_gets_the_time_that_its_rows_take_and_a_small_one_no_more():
    small, large = limits_for(b"PK" + bytes(9)), limits_for(b"PK" + bytes(10 * limits.MEGABYTE))
    assert (small.processor, large.processor) == (20, 60)


@pytest.mark.parametrize("start", [b"PK", b"\xd0\xcf\x11\xe0", b"Date,Place\n"])
def test_a_busy_machine_gives_any_file_more_time_on_the_clock_than_of_the_processor(start):
    allowed = limits_for(start + bytes(9))
    assert allowed.wall >= 4 * allowed.processor


def test_each_stage_is_told():
    told = []
    depersonalise(
        text(ROWS), "police-incidents", Quarter.parse("2026-Q3"), "2026",
        progress=lambda stage, _done, _of: told.append(stage),
    )  # fmt: skip
    assert told == ["reading", "understanding", "treating", "checking"]
