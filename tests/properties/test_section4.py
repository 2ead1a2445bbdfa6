"""What must always hold of the Section 4 check, for both editions: total, monotone, consent never worse."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.edition.editions import edition
from portal.rules.section4.check import asked, assess, what_would_change

EDITIONS = ("2009", "2026")
BOTH = pytest.mark.parametrize("edition_id", EDITIONS)

# Each question's values, the worst first; a value in a tuple stands level with the others in it (section 2).
AXES = {
    "depersonalised_enough": ("yes", "unsure", "no"),
    "purpose_in_scope": ("no", "yes"),
    "gateway": ("none", "unlisted", "listed", "compelled"),
    "investigation": (("unknown", "not_consulted", "objects"), "conditions", ("no_objection", "no")),
    "law_considered": ("no", "yes"),
    "consent_explicit": ("no", "yes"),
    "hra_aim": ("no", "yes"),
    "hra_vulnerable": ("no", "yes"),
    "hra_risk": ("none", "low", "medium", "high"),
    "hra_vulnerability": ("none", "low", "medium", "high"),
    "hra_impact": ("high", "medium", "low", "none"),
    "hra_proportionate": ("no", "yes"),
    "hra_less_intrusive": ("yes", "no"),
    "amount_minimum": ("no", "yes"),
    "people_minimum": ("no", "yes"),
    "public_interest_reason": ("", "text"),
    "schedule2": ("none", "chosen"),
    "schedule3": ("none", "chosen"),
    "urgent": ("no", "yes"),
    "setting": (("meeting", "regular"), "request"),
    "to_be_published": ("yes", "no"),
    "fewer_than_five": ("yes", "no"),
    "merged_or_rural": ("yes", "no"),
}
CONSENT = ("withheld", "cannot_ask", "not_asked", "given")
LEVELS = {"data_type": ("sensitive", "personal", "depersonalised", "non_personal"), "consent": CONSENT}


def flat(axis):
    return [value for step in axis for value in (step if isinstance(step, tuple) else (step,))]


VALUES = {question: flat(axis) for question, axis in AXES.items()} | {key: list(row) for key, row in LEVELS.items()}
ANSWERS = st.fixed_dictionaries({}, optional={question: st.sampled_from(row) for question, row in VALUES.items()})
# Mostly good answers, so that the levels above 0 are met often too.
HOPEFUL = st.fixed_dictionaries(
    {
        question: st.sampled_from([row[-1]] * 6 + row)
        for question, row in VALUES.items()
        if question not in ("data_type", "consent")
    }
    | {"data_type": st.sampled_from(["personal", "sensitive"]), "consent": st.sampled_from(CONSENT)}
)
EITHER = st.one_of(ANSWERS, HOPEFUL)
MANY = settings(max_examples=150, deadline=None)


@BOTH
@MANY
@given(answers=st.dictionaries(st.sampled_from(sorted(VALUES)) | st.text(max_size=12), st.text(max_size=12)))
def test_any_answers_at_all_have_an_outcome(edition_id, answers):
    of = edition(edition_id)
    for reasons in (None, {}, answers):
        check = assess(of, answers, reasons=reasons)
        assert check.outcome in of.check.outcomes
        assert check.level == of.check.levels[check.outcome]
        assert check.reasons
        assert check.complete or check.level == 0
        assert all(check.why(code).text for code in check.reasons + check.also)


@BOTH
@MANY
@given(answers=EITHER)
def test_a_better_answer_never_makes_the_outcome_worse(edition_id, answers):
    of = edition(edition_id)
    for weighing in (True, False):
        for question, axis in AXES.items():
            levels = [
                [
                    assess(of, answers | {question: value}, weighing=weighing).level
                    for value in (step if isinstance(step, tuple) else (step,))
                ]
                for step in axis
            ]
            for worse, better in pairwise(levels):
                assert max(worse) <= min(better), question


@BOTH
@MANY
@given(answers=EITHER)
def test_consent_given_is_never_worse_than_any_other_standing_of_consent(edition_id, answers):
    of = edition(edition_id)
    given_level = assess(of, answers | {"consent": "given"}).level
    assert all(assess(of, answers | {"consent": other}).level <= given_level for other in CONSENT)


@BOTH
@MANY
@given(answers=EITHER)
def test_a_blank_never_helps(edition_id, answers):
    of = edition(edition_id)
    level = assess(of, answers).level
    for question in answers:
        left_out = {key: value for key, value in answers.items() if key != question}
        without = assess(of, left_out)
        assert without.level <= max(level, min(_levels(of, answers, question)))
        assert without.level == 0 or without.complete


def _levels(of, answers, question):
    return [assess(of, answers | {question: value}).level for value in VALUES[question]]


@BOTH
@MANY
@given(answers=EITHER)
def test_personal_facts_never_move_without_conditions_unless_the_person_agreed(edition_id, answers):
    check = assess(edition(edition_id), answers)
    if answers.get("data_type") in ("personal", "sensitive") and check.outcome == "proceed":
        assert answers["consent"] == "given"


@BOTH
@MANY
@given(answers=EITHER)
def test_personal_is_never_below_sensitive_with_the_same_answers(edition_id, answers):
    of = edition(edition_id)
    sensitive, personal = (assess(of, answers | {"data_type": kind}).level for kind in ("sensitive", "personal"))
    assert sensitive <= personal


@BOTH
@MANY
@given(answers=EITHER)
def test_reasons_and_conditions_stand_where_the_document_puts_them(edition_id, answers):
    check = assess(edition(edition_id), answers)
    caps = {cap.code: cap.cap for cap in check.caps}
    assert check.level == min(caps.values())
    assert all(caps[code] == check.level for code in check.reasons)
    assert not set(check.reasons) & set(check.also)
    assert bool(check.conditions) <= (check.level == 3)
    assert list(check.conditions) == sorted(set(check.conditions))
    if check.outcome == "not_needed":
        assert (check.reasons, check.also) == (("depersonalised_enough:yes",), ())


@BOTH
@MANY
@given(answers=EITHER)
def test_only_questions_that_are_asked_hold_the_check_back(edition_id, answers):
    of = edition(edition_id)
    check = assess(of, answers)
    assert set(check.unanswered) <= {question.id for question in asked(of, answers)}
    assert check.complete == (not check.unanswered)


@BOTH
@settings(max_examples=40, deadline=None)
@given(answers=EITHER)
def test_each_change_that_is_named_does_change_the_outcome(edition_id, answers):
    of = edition(edition_id)
    check = assess(of, answers)
    for change in what_would_change(of, check):
        other = assess(of, check.answers | {change.question: change.value})
        assert other.outcome == change.outcome != check.outcome
