"""Each consideration of Section 4 on its screen: the edition's question and answers, and the answer kept in words."""

import json

import pytest

from portal.requests.forms.contents import answers_in_words, extras, missing
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import BY_ID
from portal.rules.edition.editions import editions
from tests.properties.test_ten_contents import a_case, answers_in
from tests.request_screens import KEPT, screens

EDITIONS = [edition.id for edition in editions()]
# The question of the check that each consideration of Section 4 turns on.
ASKED = (
    *("purpose_in_scope", "depersonalised_enough", "investigation", "law_considered", "hra_aim", "hra_vulnerable"),
    *("hra_risk", "hra_vulnerability", "hra_impact", "hra_proportionate", "hra_less_intrusive", "amount_minimum"),
    *("people_minimum", "public_interest_reason", "consent"),
)


@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s2.personal-scope")
@pytest.mark.clause("s2.primarily-depersonalised")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s4.public-interest")
@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.vulnerability")
@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_each_consideration_is_asked_with_the_editions_answers_and_kept_in_words(edition_id):
    case = a_case(edition_id, answers_in(edition_id))
    kept = {task: said for _, said, task in answers_in_words(case)}
    besides = {one.id: one.value for one in extras(case)}
    for question_id in ASKED:
        question = case.edition.question(question_id)
        task = next(one for one in BY_ID.values() if one.question == question_id)
        page = page_of(case, task)
        assert question.text in {page.title, *(one.label for one in page.fields)}, question_id
        radio = next((one for one in page.fields if one.key == question_id), None)
        if radio is not None and radio.kind == "radio":
            assert [one.value for one in radio.options] == [one.value for one in question.answers], question_id
            answered = question.answer(case.words(question_id))
            assert kept[task.id].startswith(answered.label or answered.value.capitalize()), question_id
        elif question_id == "public_interest_reason":
            assert besides["public_interest"] == case.words(question_id)
        else:
            assert {"given", "without", "withheld"} == {one.value for one in page.fields[0].options}, question_id
            assert "He has threatened the last person who asked." in besides["consent_status"]
        why = f"{question_id}.why"
        if why in case.answers and question_id != "consent":
            assert case.words(why) in kept[task.id], question_id


@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_which_of_the_aims_it_is_stands_with_the_answer(edition_id):
    aims = a_case(edition_id, answers_in(edition_id)).edition.question("hra_aim").options[:2]
    case = a_case(edition_id, {**answers_in(edition_id), "hra_aim.options": list(aims)})
    (said,) = (words for _, words, task in answers_in_words(case) if task == "hra_aim")
    assert len(aims) == 2
    assert ", ".join(aims) in said


@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.types")
def test_the_two_kinds_about_people_are_asked_for_and_each_says_what_it_is():
    case = a_case("2026", answers_in("2026"))
    page = page_of(case, BY_ID["data_type"])
    assert [one.value for one in page.fields[0].options] == ["personal", "sensitive"]
    assert all(one.hint for one in page.fields[0].options)
    assert [one.id for one in case.edition.data_types] == ["non_personal", "depersonalised", "personal", "sensitive"]
    assert "data_type" in missing(a_case("2026", {**answers_in("2026"), "data_type": ""}))
    asked_of = {kind: a_case("2026", {**answers_in("2026"), "data_type": kind}) for kind in ("personal", "sensitive")}
    explicit = {
        kind: "consent_explicit" in {one.key for one in page_of(of, BY_ID["consent"]).fields}
        for kind, of in asked_of.items()
    }
    assert explicit == {"personal": False, "sensitive": True}


@pytest.mark.clause("s4.legislation")
@pytest.mark.parametrize("edition_id", EDITIONS)
def test_each_law_that_the_edition_names_stands_by_itself_with_what_it_asks(edition_id):
    page = page_of(a_case(edition_id, answers_in(edition_id)), BY_ID["law_considered"])
    asked = dict(page.beside)
    three = ["Data protection", "Human rights", "The duty to keep confidences"]
    assert list(asked) == {"2009": three, "2026": [*three, "Equality"]}[edition_id]
    assert all(words.endswith((".", "?")) for words in asked.values())


@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s2.personal-scope")
@pytest.mark.clause("s2.primarily-depersonalised")
@pytest.mark.clause("s3.gateways")
@pytest.mark.clause("s3.non-personal-duty")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s4.public-interest")
@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.vulnerability")
@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.types")
@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.refusal")
@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s6.request.details")
@pytest.mark.clause("s6.request.purpose")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s6.request.necessity")
@pytest.mark.clause("s6.request.effect")
@pytest.mark.clause("s6.request.only-that-purpose")
@pytest.mark.clause("s6.request.requester")
@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.clause("s7.matching-quality")
@pytest.mark.clause("s12.personal-retention")
def test_no_word_or_field_of_a_screen_of_a_request_is_changed_or_taken_out_unseen():
    assert screens() == json.loads(KEPT.read_text(encoding="utf-8")), "see tests/request_screens.py"
