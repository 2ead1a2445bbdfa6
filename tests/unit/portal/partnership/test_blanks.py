from datetime import date

import pytest

from portal.ground.input.dates import day_in
from portal.partnership.blanks import blanks, open_blanks, tidy
from portal.rules.edition.editions import editions


@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("cover.placeholders")
def test_every_blank_of_the_edition_is_asked_for_somewhere():
    asked = {blank.key for _, group in blanks() for blank in group}
    beside = {
        "chair",
        "chair_email",
        "protocol_title",
        "protocol_date",
        "protocol_address",
        "help_phone",
        "help_address",
    }  # no blank of the text
    assert asked | {"partnership_logo", "meeting_date"} == {p.key for p in editions()[-1].placeholders} | beside
    assert all(blank.label and blank.example for _, group in blanks() for blank in group)


@pytest.mark.parametrize(
    "typed",
    ["1 October 2026", "1 Oct 2026", "01/10/2026", "1.10.2026", "1-10-2026", "2026-10-01", " 1st  OCTOBER 2026 "],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert day_in(typed) == date(2026, 10, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "October 2026",
        "31/02/2026",
        "10/31/2026",
        "1 Octember 2026",
        "0/1/2026",
        "1/1/26",
        "1/1/1899",
        "1/1/2101",
        "9" * 400,
    ],
)
def test_what_is_no_day_is_not_guessed(typed):
    assert day_in(typed) is None


@pytest.mark.clause("cover.placeholders")
def test_words_are_tidied_and_an_empty_blank_stays_open():
    kept, problems = tidy({"council": " Thornby\n Borough\u202e Council ", "owner": "  ", "unknown": "x"})
    assert (kept, problems) == ({"council": "Thornby Borough Council"}, {})
    assert "council" not in {blank.key for blank in open_blanks(kept)}
    assert "owner" in {blank.key for blank in open_blanks(kept)}
    assert list(tidy({"chair_email": "the leader, and her deputy"})[1]) == ["chair_email"]
    days = {"in_force_date": "1 December 2026", "review_date": "1 December 2020"}
    assert tidy(days)[1] == {"review_date": "The agreement is reviewed after the day it starts"}
