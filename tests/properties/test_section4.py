"""What must always hold of the Section 4 check, for both editions: total, monotone, consent never worse, a person's own no."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.edition.editions import edition
from portal.rules.errors import UnknownIdError
from portal.rules.section4.check import asked, assess, what_would_change

EDITIONS = ("2009", "2026")
BOTH = pytest.mark.parametrize("edition_id", EDITIONS)

# Each question's values, the worst first; a value in a tuple stands level with the others in it (section 2).
AXES = {
    "depersonalised_enough": ("yes", "unsure", "no"),
    "purpose_in_scope": ("no", "yes"),
    "gateway": ("none", "unlisted", "listed", "compelled"),
    "investigation": ("objects", ("unknown", "not_consulted"), "conditions", ("no_objection", "no")),
    "settled_name": ("", "text"),
    "settled_post": ("", "text"),
    "law_considered": ("no", "yes"),
    "consent_explicit": ("no", "yes"),
    "hra_aim": ("no", "yes"),
    "hra_vulnerable": ("no", "yes"),
    "hra_risk": ("none", "low", "medium", "high"),
    "hra_vulnerability": ("none", "low", "medium", "high"),
    "hra_own_risk": ("none", "low", "medium", "high"),
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
SETTLING = ("objects", "objects_settled", "no_objection")
# Facts that are not ranked, and for whom they are asked.
FACTS = {
    "subject_role": ["poses_risk", "at_risk", "both", "neither"],
    "subject_child": ["yes", "unknown", "no"],
    "law_enforcement_purpose": ["yes", "no"],
}
CONSENT = ("withheld", "cannot_ask", "not_asked", "given")
LEVELS = {"data_type": ("sensitive", "personal", "depersonalised", "non_personal"), "consent": CONSENT}


def flat(axis):
    return [value for step in axis for value in (step if isinstance(step, tuple) else (step,))]


VALUES = {question: flat(axis) for question, axis in AXES.items()} | {key: list(row) for key, row in LEVELS.items()}
VALUES |= FACTS
VALUES["investigation"] += ["objects_settled"]
RANKED_ONLY = ("data_type", "consent", *FACTS)


def drawn(edition_id):
    """Any answers of an edition, and mostly good ones, so that the levels above 0 are met often too."""
    asked_here = {key: row for key, row in VALUES.items() if edition(edition_id).has_question(key)}
    anything = st.fixed_dictionaries({}, optional={key: st.sampled_from(row) for key, row in asked_here.items()})
    hopeful = st.fixed_dictionaries(
        {key: st.sampled_from([row[-1]] * 6 + row) for key, row in asked_here.items() if key not in RANKED_ONLY}
        | {key: st.sampled_from(row) for key, row in FACTS.items() if key in asked_here}
        | {"data_type": st.sampled_from(["personal", "sensitive"]), "consent": st.sampled_from(CONSENT)}
    )
    return st.one_of(anything, hopeful)


DRAWN = {edition_id: drawn(edition_id) for edition_id in EDITIONS}
MANY = settings(max_examples=120, deadline=None)


@BOTH
@MANY
@given(data=st.data())
def test_any_answers_at_all_have_an_outcome(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    for reasons in (None, {}, answers):
        check = assess(of, answers, reasons=reasons)
        assert check.outcome in of.check.outcomes
        assert check.level == of.check.levels[check.outcome]
        assert check.reasons
        assert check.complete or check.level == 0
        assert all(check.why(code).text for code in check.reasons + check.also)


@BOTH
@MANY
@given(data=st.data())
def test_a_better_answer_never_makes_the_outcome_worse(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    for weighing in (True, False):
        for question, axis in AXES.items():
            if not of.has_question(question):
                continue
            levels = [
                [
                    assess(of, answers | {question: value}, weighing=weighing).level
                    for value in (step if isinstance(step, tuple) else (step,))
                ]
                for step in axis
            ]
            for worse, better in pairwise(levels):
                assert max(worse) <= min(better), question
        settling = [assess(of, answers | {"investigation": one}, weighing=weighing).level for one in SETTLING]
        assert settling == sorted(settling)


@BOTH
@MANY
@given(data=st.data())
def test_consent_given_is_never_worse_than_any_other_standing_of_consent(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    given_level = assess(of, answers | {"consent": "given"}).level
    assert all(assess(of, answers | {"consent": other}).level <= given_level for other in CONSENT)


@BOTH
@MANY
@given(data=st.data())
def test_a_blank_never_helps(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
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
@given(data=st.data())
def test_personal_facts_never_move_without_conditions_unless_the_person_agreed(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    check = assess(of, answers)
    if answers.get("data_type") in ("personal", "sensitive") and check.outcome == "proceed":
        assert answers["consent"] == "given"


@BOTH
@MANY
@given(data=st.data())
def test_personal_is_never_below_sensitive_with_the_same_answers(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    sensitive, personal = (assess(of, answers | {"data_type": kind}).level for kind in ("sensitive", "personal"))
    assert sensitive <= personal


@BOTH
@MANY
@given(data=st.data())
def test_reasons_and_conditions_stand_where_the_document_puts_them(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    check = assess(of, answers)
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
@given(data=st.data())
def test_only_questions_that_are_asked_hold_the_check_back(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    check = assess(of, answers)
    assert set(check.unanswered) <= {question.id for question in asked(of, answers)}
    assert check.complete == (not check.unanswered)


@BOTH
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_each_change_that_is_named_does_change_the_outcome(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    check = assess(of, answers)
    for change in what_would_change(of, check):
        other = assess(of, check.answers | {change.question: change.value})
        assert other.outcome == change.outcome != check.outcome


@BOTH
@MANY
@given(data=st.data())
def test_no_adults_own_risk_outweighs_their_own_no(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    alone = {"data_type": "personal", "consent": "withheld", "subject_role": "at_risk", "hra_vulnerability": "none"}
    adult = {"subject_child": "no"} if of.has_question("subject_child") else {}
    gateway = "listed" if answers.get("gateway") == "compelled" else answers.get("gateway", "none")
    for kind in ("personal", "sensitive"):
        check = assess(of, answers | alone | adult | {"gateway": gateway, "data_type": kind, "hra_risk": "high"})
        assert check.level <= 1


@BOTH
@MANY
@given(data=st.data())
def test_an_objection_without_the_name_and_post_of_who_settled_it_never_passes_level_one(edition_id, data):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id]) | {"data_type": "personal"}
    assert assess(of, answers | {"investigation": "objects"}).level <= 1
    for lacking in ("settled_name", "settled_post"):
        assert assess(of, answers | {"investigation": "objects_settled", lacking: ""}).level <= 1


@MANY
@given(data=st.data())
def test_nothing_about_a_child_moves_without_conditions(data):
    answers = data.draw(DRAWN["2026"]) | {"data_type": "personal", "depersonalised_enough": "no"}
    for child in ("yes", "unknown"):
        check = assess(edition("2026"), answers | {"subject_child": child})
        assert check.level <= 3
        assert "child_interests" in check.conditions + check.later


@BOTH
@MANY
@given(data=st.data(), question=st.text(max_size=12), value=st.text(min_size=1, max_size=12))
def test_what_the_edition_does_not_know_is_refused_by_its_name_and_nothing_is_worked_out(
    edition_id, data, question, value
):
    of, answers = edition(edition_id), data.draw(DRAWN[edition_id])
    if not of.has_question(question):
        with pytest.raises(UnknownIdError) as refused:
            assess(of, answers | {question: value})
        assert refused.value.wanted == question
    known = data.draw(st.sampled_from([one for one in of.considerations if one.kind != "free_text"]))
    if known.answer(value) is None and value.strip():
        with pytest.raises(UnknownIdError, match=known.id):
            assess(of, answers | {known.id: value})
