"""The Section 4 check against every worked case, and the parts of the document that the cases leave out."""

import shutil
import tomllib
from pathlib import Path

import pytest

from portal.rules.edition.editions import FOLDER, edition, load, past_editions
from portal.rules.edition.sealing import SEAL, make_seal
from portal.rules.errors import EditionDataError, UnknownIdError
from portal.rules.section4.check import asked, assess, what_would_change

DOCUMENT = tomllib.loads((Path(__file__).parents[3] / "cases" / "section4-cases.toml").read_text(encoding="utf-8"))
CASES = DOCUMENT["cases"]
BOTH = pytest.mark.parametrize("edition_id", ["2009", "2026"])


def by_edition(name):
    return {case["edition"]: case["answers"] for case in CASES if case["name"] == name}


ALL_WELL = by_edition("consent given, all well")
WITHHELD = by_edition("withheld, strong public interest")


def without(answers, *left_out):
    return {question: value for question, value in answers.items() if question not in left_out}


@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.vulnerability")
@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.types")
@pytest.mark.clause("s6.prefer-depersonalised")
@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.merging-risk")
@pytest.mark.clause("s4.public-interest")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['edition']} {case['name']}")
def test_a_worked_case_comes_out_as_the_document_says(case):
    found = assess(edition(case["edition"]), case["answers"]).as_json()
    assert found == {key: case[key] for key in found}


def test_every_worked_case_is_tried():
    assert {name: len(found) for name, found in DOCUMENT.items() if isinstance(found, list)} == {
        "cases": 175,
        "fit_cases": 28,
        "condition_cases": 34,
        "error_cases": 6,
    }


@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.vulnerability")
@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.public-interest")
@BOTH
def test_an_answer_that_needs_words_counts_as_unanswered_until_they_are_typed(edition_id):
    of = edition(edition_id)
    needed = {
        question.id
        for question in asked(of, ALL_WELL[edition_id])
        if (answer := question.answer(ALL_WELL[edition_id].get(question.id, ""))) and answer.needs_reason
    }
    check = assess(of, ALL_WELL[edition_id], reasons={})
    assert set(check.unanswered) == needed
    assert not check.complete
    assert check.level == 0
    assert assess(of, ALL_WELL[edition_id], reasons=dict.fromkeys(needed, "because")).outcome == "proceed"


@pytest.mark.clause("s4.public-interest")
@BOTH
@pytest.mark.parametrize("blank", ["", "  ", "\u200b", "\n\t", "blank"])
def test_a_reason_of_blanks_is_no_public_interest_reason(edition_id, blank):
    check = assess(edition(edition_id), WITHHELD[edition_id] | {"public_interest_reason": blank})
    assert check.reasons == ("public_interest_reason:unanswered",)
    assert not check.complete


@pytest.mark.clause("s4.public-interest")
@BOTH
def test_the_words_typed_are_the_public_interest_reason(edition_id):
    of = edition(edition_id)
    reasons = {question.id: "words" for question in of.considerations if question.id != "public_interest_reason"}
    typed = WITHHELD[edition_id] | {"public_interest_reason": "A child lives in the flat."}
    assert assess(of, typed, reasons=reasons).outcome == "proceed_conditions"
    assert assess(of, WITHHELD[edition_id], reasons=reasons).unanswered == ("public_interest_reason",)


@BOTH
@pytest.mark.parametrize(
    "unknown",
    [
        {"answers": ALL_WELL["2009"] | {"nonsense": "yes"}},
        {"answers": ALL_WELL["2009"] | {"law_considered": "maybe"}},
        {"reasons": {"nonsense": "words"}},
        {"gateways": ["nonsense"], "giver": "police", "receiver": "police"},
        {"conditions": ["nonsense"], "giver": "police"},
        {"confirmed": ["nonsense"]},
    ],
    ids=str,
)
def test_what_the_edition_does_not_know_is_an_error_that_names_it(edition_id, unknown):
    with pytest.raises(UnknownIdError, match=r"nonsense|maybe"):
        assess(edition(edition_id), **{"answers": {}, **unknown})


@BOTH
def test_blank_is_not_unknown_and_counts_as_no_answer(edition_id):
    of = edition(edition_id)
    assert assess(of, ALL_WELL[edition_id] | {"law_considered": " "}).unanswered == ("law_considered",)
    assert assess(of, ALL_WELL[edition_id] | {"settled_name": "blank"}).outcome == "proceed"


@pytest.mark.clause("s4.ongoing-investigation")
@BOTH
@pytest.mark.parametrize(
    ("answers", "whom"),
    [
        ({"gateway": "unlisted"}, ("adviser",)),
        ({"hra_risk": "low", "hra_vulnerability": "low", "hra_impact": "high"}, ("adviser",)),
        ({"hra_vulnerability": "high", "hra_impact": "high"}, ("adviser",)),
        ({"subject_role": "at_risk", "hra_vulnerability": "none", "hra_own_risk": "high"}, ("safeguarding",)),
        ({"investigation": "unknown"}, ("investigating_officer", "cps")),
        ({"investigation": "objects"}, ("senior",)),
        ({}, ()),
    ],
    ids=str,
)
def test_the_reason_at_level_one_says_who_is_asked(edition_id, answers, whom):
    assert assess(edition(edition_id), WITHHELD[edition_id] | answers).consult == whom


@BOTH
def test_a_condition_cannot_be_claimed_as_pending(edition_id):
    check = assess(edition(edition_id), WITHHELD[edition_id] | {"schedule2": "consent_pending"})
    assert check.reasons == ("schedule2:none",)


@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.merging-risk")
@BOTH
def test_both_warnings_of_a_small_and_joined_table_are_shown(edition_id):
    answers = {
        "data_type": "depersonalised",
        "to_be_published": "yes",
        "fewer_than_five": "yes",
        "merged_or_rural": "yes",
    }
    check = assess(edition(edition_id), answers)
    assert check.conditions == ("recheck_identity", "suppress")
    assert check.outcome == "proceed_conditions"


@BOTH
def test_only_the_kind_of_data_is_asked_at_first(edition_id):
    assert [question.id for question in asked(edition(edition_id), {})] == ["data_type"]


@BOTH
@pytest.mark.clause("s6.prefer-depersonalised")
def test_nothing_more_is_asked_once_data_without_names_would_do(edition_id):
    of = edition(edition_id)
    answers = {"data_type": "personal", "depersonalised_enough": "yes"}
    assert [question.id for question in asked(of, answers)] == ["data_type", "depersonalised_enough"]
    assert assess(of, answers).outcome == "not_needed"


@pytest.mark.clause("s4.hra.less-intrusive")
def test_the_gentler_way_is_asked_with_consent_only_in_2026():
    for edition_id, expected in (("2009", False), ("2026", True)):
        ids = {question.id for question in asked(edition(edition_id), ALL_WELL[edition_id])}
        assert ("hra_less_intrusive" in ids) is expected


@pytest.mark.clause("s4.public-interest")
def test_switching_the_weighing_off_lets_a_recorded_reason_carry_it():
    of = edition("2026")
    answers = WITHHELD["2026"] | {"hra_risk": "low", "hra_vulnerability": "low", "hra_impact": "high"}
    assert assess(of, answers).outcome == "consult_first"
    assert assess(of, answers, weighing=False).outcome == "proceed_conditions"
    assert assess(of, answers | {"hra_risk": "none", "hra_vulnerability": "none"}, weighing=False).level == 0


def test_conditions_are_shown_as_later_below_level_three():
    check = assess(edition("2026"), WITHHELD["2026"] | {"gateway": "none", "setting": "meeting"})
    assert check.conditions == ()
    assert check.later == ("meeting_rules", "record_public_interest", "tell_person")
    assert [one.id for one in check.later_in_words] == list(check.later)


@pytest.mark.clause("s4.ongoing-investigation")
@BOTH
def test_an_emergency_asks_for_the_grades_and_lets_the_officer_be_told_at_once(edition_id):
    of = edition(edition_id)
    given = ALL_WELL[edition_id] | {"urgent": "yes", "investigation": "unknown"}
    given = {key: value for key, value in given.items() if of.has_question(key)}
    asked_now = {question.id for question in asked(of, given)}
    assert {"subject_role", "hra_risk", "hra_vulnerability"} <= asked_now
    assert "hra_own_risk" in {question.id for question in asked(of, given | {"subject_role": "both"})}
    assert assess(of, given | {"hra_risk": "high"}).conditions == ("tell_investigator_at_once",)
    assert assess(of, given | {"hra_risk": "high", "subject_role": "at_risk"}).outcome == "consult_first"


def test_whether_it_is_law_enforcement_is_asked_of_competent_authorities_only():
    of = edition("2026")
    for giver, expected in (("police", True), ("local_authority", False), (None, False)):
        ids = {question.id for question in asked(of, WITHHELD["2026"], giver)}
        assert ("law_enforcement_purpose" in ids) is expected


def test_an_edition_of_an_earlier_rule_is_read_and_never_worked_out():
    of = next(
        one for one in past_editions("2026") if one.hash.startswith("29d6f9c2")
    )  # of 2025, before the rule was revised
    with pytest.raises(EditionDataError, match="rule in force"):
        assess(of, {})


@BOTH
def test_no_word_of_the_editors_reaches_a_caseworker(edition_id):
    said = [(one.id, one.text, one.help) for one in edition(edition_id).considerations]
    said += [(one.id, a.label, a.reason) for one in edition(edition_id).considerations for a in one.answers]
    said += [(one.code, one.text, "") for one in edition(edition_id).check_reasons]
    said += [(one.id, one.text, "") for one in edition(edition_id).check_conditions]
    for name, *texts in said:
        for words in texts:
            assert not any(ours in words.lower() for ours in ("source agreement", "this product", "the app")), name


def test_every_reason_has_a_sentence_and_a_paragraph_behind_it():
    for case in CASES:
        check = assess(edition(case["edition"]), case["answers"])
        for reason in check.deciding + check.also_needed:
            assert reason.text.endswith(".")
            assert reason.ref
            assert any(reason.question == question.id for question in check.edition.considerations)


@pytest.mark.clause("s6.sensitive-consent")
def test_sensitive_facts_without_consent_carry_the_duty_of_confidence_in_2026():
    sensitive = WITHHELD["2009"] | {"data_type": "sensitive"}
    assert [one.id for one in assess(edition("2026"), sensitive).reminders] == ["mark_and_handle", "confidence_check"]
    assert [one.id for one in assess(edition("2009"), sensitive).reminders] == ["mark_and_handle"]
    assert assess(edition("2026"), {"data_type": "non_personal", "to_be_published": "no"}).reminders == ()


def test_what_would_change_names_each_single_answer_that_leads_elsewhere():
    of = edition("2026")
    check = assess(of, WITHHELD["2026"] | {"gateway": "unlisted"})
    changes = {(change.question, change.value): change.outcome for change in what_would_change(of, check)}
    assert changes["gateway", "listed"] == "proceed_conditions"
    assert changes["purpose_in_scope", "no"] == "not_justified"
    assert ("consent", "given") not in changes
    assert all(outcome != check.outcome for outcome in changes.values())


@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s3.gateways")
def test_gateways_named_are_worked_out_whatever_the_answers_claim():
    of = edition("2026")
    claimed = WITHHELD["2026"] | {"gateway": "compelled"}
    named = {"gateways": ["cda-1998-s115"], "giver": "police"}
    assert assess(of, claimed, receiver="voluntary", **named).outcome == "consult_first"
    assert assess(of, claimed, receiver="parish_council", **named).outcome == "proceed_conditions"
    assert assess(of, claimed, gateways=[], giver="police", receiver="voluntary").outcome == "not_justified"
    with pytest.raises(UnknownIdError):
        assess(of, claimed, gateways=["cda-1998-s115"], giver="police")


def test_an_edition_checks_alike_whatever_the_order_of_the_answers():
    of = edition("2009")
    assert assess(of, dict(reversed(WITHHELD["2009"].items()))) == assess(of, WITHHELD["2009"])
    assert assess(of, without(WITHHELD["2009"], "urgent")).unanswered == ("urgent",)


@BOTH
def test_one_visit_lists_all_that_is_left_to_do(edition_id):
    check = assess(edition(edition_id), {"data_type": "personal"})
    assert check.reasons[0] == "depersonalised_enough:unanswered"
    assert "setting:unanswered" in check.reasons
    assert "schedule2:none" in check.reasons
    # Links lead only to questions that are open already.
    assert check.unanswered == ("depersonalised_enough",)


def test_conditions_at_level_three_are_given_in_words():
    check = assess(edition("2026"), WITHHELD["2026"])
    assert [one.id for one in check.conditions_in_words] == ["record_public_interest", "tell_person"]


def test_an_edition_whose_questions_lack_a_cap_cannot_be_checked_by(tmp_path):
    folder = shutil.copytree(FOLDER / "2026", tmp_path / "2026")
    path = folder / "section4.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('leads_to = "stop", cap = 0, reason = "These laws', 'leads_to = "stop", reason = "These laws'),
        encoding="utf-8",
    )
    (folder / SEAL).write_text(make_seal(folder), encoding="utf-8")
    with pytest.raises(EditionDataError, match="law_considered"):
        assess(load(folder), {})


@BOTH
@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s2.personal-scope")
def test_a_purpose_outside_the_agreement_ends_the_check_with_the_reason(edition_id):
    of = edition(edition_id)
    found = assess(of, {"data_type": "personal", "depersonalised_enough": "no", "purpose_in_scope": "no"})
    assert found.level == 0
    assert "purpose_in_scope:no" in found.reasons
    assert found.why("purpose_in_scope:no").ref


@pytest.mark.parametrize("edition_id", ["2009", "2026"])
def test_a_change_that_opens_questions_says_that_they_are_open(edition_id):
    of = edition(edition_id)
    check = assess(of, {"data_type": "non_personal", "to_be_published": "no"})
    changes = {(one.question, one.value): one for one in what_would_change(of, check)}
    assert not changes["data_type", "personal"].complete
    assert all(
        one.complete for one in what_would_change(of, assess(of, ALL_WELL[edition_id])) if one.question != "data_type"
    )
