from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground import wording


def test_days_and_times_are_the_uks():
    moment = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    assert wording.day_and_time(moment) == "2 May 2026 at 12:30am"
    assert wording.day(date(2026, 5, 1)) == "1 May 2026"
    assert wording.today(moment) == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 organisation"), (0, "0 organisations"), (1204, "1,204 organisations")]
)
def test_counts_agree_with_their_noun(number, said):
    assert wording.counted(number, "organisation") == said


def test_lists_read_as_a_sentence():
    assert [wording.listed(["a"]), wording.listed(["a", "b"]), wording.listed(["a", "b", "c"], "or")] == [
        "a",
        "a and b",
        "a, b or c",
    ]


def test_a_reference_reads_aloud():
    made = {wording.reference() for _ in range(200)}
    assert len(made) == 200
    assert all(len(r) == 11 and not set(r) & set("0O1I5S2Z8BL") for r in made)


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text):
    assert wording.one_line(wording.one_line(text)) == wording.one_line(text)
    assert "\n" not in wording.one_line(text)
    assert wording.paragraphs(wording.paragraphs(text)) == wording.paragraphs(text)


@given(st.text(max_size=80))
def test_a_slug_is_fit_for_an_address(text):
    assert set(wording.slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert wording.slug(text)


def test_names_fold_for_searching():
    assert wording.folded("Siân  O\u2019Neil-García") == "sian o'neil-garcia"
    assert wording.one_line("Ann\u202e Clerk\u200b\n") == "Ann Clerk"
    assert wording.folded("Ann\u200b\u3164 Clerk\u034f") == wording.folded("ANN CLERK")


@pytest.mark.parametrize(
    ("typed", "named"),
    [("X", True), ("\u674e", True), ("\u0645\u062d\u0645\u062f", True), ("\u0a97", True), ("O'", True)]
    + [
        (typed, False) for typed in ("", "  ", "\u3164", "\u2800\u200b", "...", "12", "-", "\U0001f600", "\u115f\u1160")
    ],
)
def test_a_name_has_a_letter_of_any_script_and_nothing_that_only_looks_like_one(typed, named):
    assert wording.is_name(typed) is named
