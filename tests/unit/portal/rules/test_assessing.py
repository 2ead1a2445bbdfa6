"""The check from a file."""

import json
import tomllib
from pathlib import Path

import pytest

from portal.rules.errors import RulesError, UnknownEditionError, UnknownIdError
from portal.rules.section4.assessing import AssessInputError, assess_document, unrepeated

DOCUMENT = tomllib.loads((Path(__file__).parents[3] / "cases" / "section4-cases.toml").read_text(encoding="utf-8"))
CASES = DOCUMENT["cases"]


def test_a_list_of_all_worked_cases_gives_a_list_of_what_they_say():
    plain = [{"edition": case["edition"], "answers": case["answers"]} for case in CASES]
    wanted = ("outcome", "complete", "reasons", "also", "conditions")
    assert assess_document(plain) == [{key: case[key] for key in wanted} for case in CASES]
    assert assess_document(CASES) == assess_document(plain)


def test_a_single_request_gives_a_single_result():
    found = assess_document({"edition": "2009", "answers": {"data_type": "non_personal", "to_be_published": "no"}})
    assert found == {
        "outcome": "proceed",
        "complete": True,
        "reasons": ["to_be_published:no"],
        "also": [],
        "conditions": [],
    }


def test_the_gateway_is_worked_out_from_laws_and_kinds():
    case = next(
        case for case in CASES if case["name"] == "withheld, strong public interest" and case["edition"] == "2026"
    )
    answers = {key: value for key, value in case["answers"].items() if key != "gateway"}
    request = {"edition": "2026", "answers": answers, "gateways": ["cda-1998-s115"], "giver": "police"}
    assert assess_document(request | {"receiver": "parish_council"})["outcome"] == "proceed_conditions"
    assert assess_document(request | {"receiver": "voluntary"})["outcome"] == "consult_first"


def test_a_null_answer_is_no_answer():
    assert assess_document({"edition": "2009", "answers": {"data_type": None}})["reasons"] == ["data_type:unanswered"]


@pytest.mark.parametrize(
    "document",
    [
        None,
        "text",
        3,
        {},
        {"edition": "2009"},
        {"answers": {}},
        {"edition": 2009, "answers": {}},
        {"edition": "2009", "answers": []},
        {"edition": "2009", "answers": {"data_type": True}},
        {"edition": "2009", "answers": {}, "gateways": "cda-1998-s115", "giver": "police", "receiver": "police"},
        {"edition": "2009", "answers": {}, "gateways": [1], "giver": "police", "receiver": "police"},
        {"edition": "2009", "answers": {}, "gateways": []},
        {"edition": "2009", "answers": {}, "giver": 5},
        {"edition": "2009", "answers": {}, "reasons": "because"},
        {"edition": "2009", "answers": {}, "reasons": ["because"]},
        {"edition": "2009", "answers": {}, "weighing": "no"},
        {"edition": "2009", "answers": {}, "answer": {}},
        [{"edition": "2009", "answers": {}}, 7],
    ],
)
def test_a_file_that_is_no_request_is_refused_with_a_plain_sentence(document):
    with pytest.raises(AssessInputError) as refused:
        assess_document(document)
    assert refused.value.message.endswith(".")
    assert isinstance(refused.value, RulesError)


def test_an_edition_or_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(UnknownEditionError):
        assess_document({"edition": "1066", "answers": {}})
    with pytest.raises(UnknownIdError):
        assess_document({"edition": "2026", "answers": {}, "gateways": [], "giver": "wizard", "receiver": "police"})


@pytest.mark.parametrize(
    "change",
    [
        {"giver": "wizard"},
        {"receiver": "wizard"},
        {"answers": {"wizard": None}},
        {"conditions": ["wizard"], "outcome": "proceed"},
        {"giver": "wizard", "conditions": ["art6-e"]},
    ],
)
def test_nothing_unknown_is_ignored_where_it_would_decide_nothing(change):
    with pytest.raises(UnknownIdError) as refused:
        assess_document({"edition": "2026", "answers": {"data_type": "non_personal"}, **change})
    assert refused.value.wanted == "wizard"


def test_a_key_that_stands_twice_is_refused():
    twice = '{"edition": "2026", "answers": {"data_type": "personal", "data_type": "non_personal"}}'
    with pytest.raises(AssessInputError, match="data_type"):
        json.loads(twice, object_pairs_hook=unrepeated)
    assert json.loads('{"a": {"a": 1}}', object_pairs_hook=unrepeated) == {"a": {"a": 1}}


def test_reasons_that_were_typed_are_looked_at():
    case = next(case for case in CASES if case["name"] == "consent given, all well" and case["edition"] == "2026")
    request = {"edition": "2026", "answers": case["answers"], "conditions": ["art6-a"], "giver": "police"}
    assert assess_document(request)["outcome"] == "proceed"
    found = assess_document(request | {"reasons": {"consent": "Signed letter of 1 May"}})
    assert not found["complete"]
    assert "consent:unanswered" not in found["reasons"]


@pytest.mark.parametrize("case", DOCUMENT["fit_cases"], ids=lambda case: f"{case['edition']} {case['why']}")
def test_a_worked_fit_comes_out_through_a_file(case):
    answers = next(
        one["answers"]
        for one in CASES
        if one["name"] == "consent given, all well" and one["edition"] == case["edition"]
    )
    request = {key: case[key] for key in ("edition", "gateways", "giver", "receiver")}
    reasons = assess_document({**request, "answers": answers | {"gateway": "none"}})["reasons"]
    assert (f"gateway:{case['fit']}" in reasons) or case["fit"] == "compelled"
    assert assess_document(case | {"answers": answers})["reasons"] == reasons


@pytest.mark.parametrize("case", DOCUMENT["error_cases"], ids=lambda case: f"{case['edition']} {case['why']}")
@pytest.mark.parametrize("in_a_list", [False, True])
def test_what_must_be_refused_is_refused_whole(case, in_a_list):
    good = next(one for one in CASES if one["name"] == "consent given, all well" and one["edition"] == case["edition"])
    request = {"edition": case["edition"], "answers": good["answers"], "giver": "police", "receiver": "police"}
    request |= case["change"]
    unknown = {
        word for value in case["change"].values() for word in (value.values() if isinstance(value, dict) else value)
    }
    unknown |= {word for value in case["change"].values() if isinstance(value, dict) for word in value}
    with pytest.raises(UnknownIdError) as refused:
        assess_document([good, request] if in_a_list else request)
    assert refused.value.wanted in unknown
