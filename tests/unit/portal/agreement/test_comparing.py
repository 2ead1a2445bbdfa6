"""Two texts word by word: nothing is lost, nothing is made up, and each reader sees what changed for them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.agreement.editions import changes
from portal.agreement.editions.comparison import TextChange, TextRun, changed, compared, woven
from portal.agreement.editions.wording import EditionPart, words_in_force, words_named
from portal.agreement.signing import journey
from portal.ground.act import PUBLIC
from portal.ground.wording import today
from tests.builders import a_partnership, an_organisation
from tests.signing_builders import a_manager, a_signatory, at, ready_to_sign

WORDS = st.lists(st.sampled_from(["share", "the", "data", "at", "once", "may", "**not**"]), max_size=12).map(" ".join)


def side(runs, other):
    return " ".join(run.words for run in runs if run.change is not other)


@given(old=WORDS, new=WORDS)
def test_each_text_can_be_read_back_from_the_comparison(old, new):
    runs = woven(old, new)
    assert side(runs, TextChange.NEW) == old
    assert side(runs, TextChange.GONE) == new
    assert (old == new) == all(run.change is TextChange.SAME for run in runs)


@pytest.mark.clause("cover.versions")
def test_one_word_that_changed_is_the_only_one_marked():
    old = (EditionPart("4 What to ask", "Same line.\n\nPartners may share it at once."),)
    new = (EditionPart("4 What to ask", "Same line.\n\nPartners must share it at once."),)
    (part,) = compared(old, new)
    assert part.change is TextChange.CHANGED
    assert part.paragraphs == (
        (
            TextRun(TextChange.SAME, "Partners"),
            TextRun(TextChange.GONE, "may"),
            TextRun(TextChange.NEW, "must"),
            TextRun(TextChange.SAME, "share it at once."),
        ),
    )


@pytest.mark.clause("cover.versions")
def test_parts_are_matched_by_number_and_those_new_or_gone_are_named():
    old = (
        EditionPart("14 CLOSURE", "One."),
        EditionPart("APPENDIX 1: SETS", "Two."),
        EditionPart("FOOTNOTES", "Three."),
    )
    new = (EditionPart("14 Pausing", "One."), EditionPart("Appendix 1: Sets", "Two."), EditionPart("17 More", "Four."))
    found = {part.title: part.change for part in compared(old, new)}
    assert found == {
        "14 Pausing": TextChange.CHANGED,
        "Appendix 1: Sets": TextChange.CHANGED,
        "17 More": TextChange.NEW,
        "FOOTNOTES": TextChange.GONE,
    }
    assert changed(compared(old, old)) == ()


@pytest.mark.clause("cover.versions")
def test_a_moved_line_break_is_no_change():
    assert changed(compared((EditionPart("1 A", "One two\nthree."),), (EditionPart("1 A", "One  two three."),))) == ()


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.mark.clause("cover.versions")
def test_the_two_editions_are_compared_whole(here):
    old, new = (words_named(here.store, edition, today(here.at)) for edition in ("2009", "2026"))
    found = changes.what_changed(old, new)
    assert len(found) > 15
    assert all(part.paragraphs or part.title != part.old_title for part in found)


@pytest.mark.clause("s16.declaration")
def test_a_reader_is_shown_what_changed_since_they_last_read_it(here):
    secret = journey.begin(here)
    words = words_in_force(here.store, today(here.at))
    assert changes.last_read(here, secret, journey.signing(here, secret), words) is None
    assert changes.last_read(here, secret, journey.signing(here, secret), words) is None
    blanks = {**words.blanks, "council": "Otherton Borough Council"}
    newer = replace(words, blanks=blanks, sha256="0" * 64)
    before = changes.last_read(here, secret, journey.signing(here, secret), newer)
    assert before is not None
    said = [run for part in changes.what_changed(before, newer) for line in part.paragraphs for run in line]
    assert {run.words for run in said if run.change is TextChange.GONE} == {"Anytown"}
    assert {run.words for run in said if run.change is TextChange.NEW} == {"Otherton"}
    changes.have_seen(here, secret, newer)
    kept = journey.signing(here, secret).answers["reading"]
    assert kept["blanks"]["council"] == "Otherton Borough Council"


@pytest.mark.clause("s13.agreement-review")
def test_an_organisation_asked_to_sign_again_sees_what_it_signed(here):
    council = an_organisation(here)
    words = words_in_force(here.store, today(here.at))
    assert changes.signed_before(here.store, council.id, words) is None
    a_signatory(at(here, days=-200), a_manager(here), council)
    before = changes.signed_before(here.store, council.id, words)
    assert before.words.edition.id == "2009"
    assert changes.signed_before(here.store, council.id, before.words) is None
    assert ready_to_sign(here, council)
