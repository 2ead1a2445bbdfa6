"""The words of a statement: the edition's own questions, the marking suggested, the hash that signatures are for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ground.errors import AnswersNeededError
from portal.rules.edition.editions import edition, editions
from portal.statements.papers.wording import (
    MOST_POSTS,
    RunBy,
    StatementWords,
    checked_answer,
    checked_gateways,
    checked_posts,
    checked_title,
    grounds_to_pick,
    markings_to_pick,
    missing,
    suggested_marking,
    words_from,
    written_fields,
)

pytestmark = pytest.mark.clause("app5.statement")
TEXT = st.text(max_size=30)
WORDS = st.builds(
    StatementWords,
    edition=st.sampled_from(["2009", "2026"]),
    edition_hash=TEXT,
    title=TEXT,
    parties=st.tuples(TEXT, TEXT),
    answers=st.dictionaries(TEXT, TEXT, max_size=3),
    gateways=st.tuples(TEXT),
    grounds=st.just(()),
    posts=st.tuples(st.builds(RunBy, organisation_id=TEXT, title=TEXT)),
)


@given(WORDS)
def test_words_read_back_as_they_were_written(words):
    assert words_from(words.as_json()) == words
    assert words_from(words.as_json()).sha256 == words.sha256


@given(WORDS, TEXT)
def test_another_word_gives_another_hash(words, other):
    changed = replace(words, answers={**words.answers, "purpose": other})
    assert (changed.sha256 == words.sha256) == (changed == words)


@pytest.mark.parametrize("of", editions(), ids=lambda of: of.id)
def test_each_edition_asks_its_own_questions_and_each_must_be_answered(of):
    asked = written_fields(of)
    assert len(asked) == {"2009": 7, "2026": 11}[of.id]
    blank = StatementWords(edition=of.id, edition_hash=of.hash, title="Pools", parties=("a", "b"))
    assert missing(of, blank) == asked
    answered = replace(
        blank,
        answers={one.key: "Words" for one in asked},
        posts=(RunBy(organisation_id="a", title="Clerk"), RunBy(organisation_id="b", title="Inspector")),
    )
    assert missing(of, answered) == ()
    assert [one.kind for one in missing(of, replace(answered, posts=answered.posts[:1]))] == ["post_list"]


def test_the_marking_is_suggested_from_what_would_happen_if_it_got_out():
    of = edition("2026")
    assert suggested_marking(of, ()).id == "official"
    for ground in grounds_to_pick(of):
        assert suggested_marking(of, (ground.id,)).id == "official_sensitive"


def test_what_must_never_be_here_cannot_be_picked():
    of = edition("2026")
    assert [one.id for one in markings_to_pick(of)] == ["official", "official_sensitive"]
    with pytest.raises(AnswersNeededError):
        checked_answer(of, "marking", "secret")


@pytest.mark.parametrize("typed", ["", " \n\t ", "x" * 5001])
def test_an_answer_is_asked_for_and_has_its_limit(typed):
    with pytest.raises(AnswersNeededError):
        checked_answer(edition("2026"), "purpose", typed)


def test_titles_and_posts_have_their_limits():
    with pytest.raises(AnswersNeededError):
        checked_title("x" * 121)
    for titles in ((), (" ",), ("x" * 121,), tuple(str(n) for n in range(MOST_POSTS + 1))):
        with pytest.raises(AnswersNeededError):
            checked_posts("a", titles)
    assert checked_posts("a", (" Clerk ", "Clerk")) == (RunBy(organisation_id="a", title="Clerk"),)


def test_a_repealed_or_unknown_law_cannot_be_picked():
    of = edition("2026")
    assert checked_gateways(of, ("unheard-of", "cda-1998-s115", "cda-1998-s17a"), frozenset()) == ("cda-1998-s115",)
