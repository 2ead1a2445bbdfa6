"""Which chosen conditions of data protection law count, for whom."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.edition.editions import edition
from portal.rules.errors import UnknownIdError
from portal.rules.section4.check import assess
from portal.rules.section4.lawful_bases import PURPOSE, lawful_bases
from portal.rules.section4.lawful_conditions import CHOSEN, explain_conditions, usable_conditions, worked_out

pytestmark = pytest.mark.clause("s4.public-interest")

NOW = edition("2026")
CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "section4-cases.toml").read_text(encoding="utf-8"))
EXPLICIT = {"consent": "given", "consent_explicit": "yes"}
BOTH = pytest.mark.parametrize("edition_id", ["2009", "2026"])


@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.parametrize("case", CASES["condition_cases"], ids=lambda case: f"{case['edition']} {case['why']}")
def test_a_worked_choice_of_conditions_comes_out_as_the_document_says(case):
    found = worked_out(edition(case["edition"]), case["chosen"], case["giver"], case["answers"])
    assert found == {key: case[key] for key in found}


@pytest.mark.parametrize("case", CASES["condition_cases"], ids=lambda case: f"{case['edition']} {case['why']}")
def test_the_check_works_the_conditions_out_whatever_the_answers_claim(case):
    of = edition(case["edition"])
    claimed = {**case["answers"], "depersonalised_enough": "no", "schedule2": "chosen", "schedule3": "chosen"}
    check = assess(of, claimed, conditions=case["chosen"], giver=case["giver"])
    assert {key: check.answers[key] for key in ("schedule2", "schedule3")} == {
        key: case[key] for key in ("schedule2", "schedule3")
    }


def test_each_chosen_condition_is_explained():
    found = explain_conditions(NOW, ["art9-g", "art6-f", "art6-e", "part3-35"], "local_authority", {})
    assert [one.counts for one in found] == [False, False, True, False]
    assert "Part 2 of Schedule 1" in found[0].why
    assert "closed to public authorities" in found[1].why
    assert "only for competent authorities" in found[3].why
    said = {one.condition.id: one.why for one in explain_conditions(NOW, ["part3-35", "art6-e"], "police", {})}
    assert set(said.values()) == {"First say whether it is shared for law enforcement."}


def test_a_giver_that_is_not_named_may_use_only_what_every_public_authority_may():
    assert worked_out(NOW, ["art6-ea", "part3-35"], None, {})["schedule2"] == "none"
    assert worked_out(NOW, ["art6-e"], None, {})["schedule2"] == "chosen"


def test_only_conditions_open_to_the_giver_are_offered():
    assert "part3-35" not in {one.id for one in usable_conditions(NOW, "schedule2", "school")}
    assert "part3-35" in {one.id for one in usable_conditions(NOW, "schedule2", "police")}
    assert len(usable_conditions(edition("2009"), "schedule2", "police")) == 6


def test_a_kind_or_a_condition_that_does_not_exist_is_refused():
    with pytest.raises(UnknownIdError):
        worked_out(NOW, ["art6-e"], "wizard", {})
    with pytest.raises(UnknownIdError, match="dpa98-s2-5"):
        worked_out(NOW, ["dpa98-s2-5"], "police", {})


def drawn(of):
    """A choice of conditions, a giver, and the answers that conditions look at."""
    facts = {
        "consent": ["given", "withheld", "cannot_ask", "not_asked"],
        "consent_explicit": ["yes", "no"],
        "gateway": ["listed", "compelled", "none"],
        PURPOSE: ["yes", "no"],
    }
    return st.tuples(
        st.sets(st.sampled_from([one.id for one in of.conditions]), max_size=6),
        st.sampled_from([one.id for one in of.organisation_types]),
        st.fixed_dictionaries({}, optional={key: st.sampled_from(row) for key, row in facts.items()}),
    )


@BOTH
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_one_more_condition_a_duty_or_explicit_consent_never_takes_a_list_away(edition_id, data):
    of = edition(edition_id)
    chosen, giver, answers = data.draw(drawn(of))
    filled = {key for key, value in worked_out(of, chosen, giver, answers).items() if value == CHOSEN}
    more = data.draw(st.sampled_from(of.conditions)).id
    better = [(chosen | {more}, answers), (chosen, {**answers, "gateway": "compelled"})]
    if answers.get("consent") != "cannot_ask":
        better.append((chosen, {**answers, **EXPLICIT}))
    for also, said in better:
        after = worked_out(of, also, giver, said)
        assert all(after[key] == CHOSEN for key in filled)


@BOTH
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_what_counts_is_what_counts_with_the_conditions_of_one_law_alone(edition_id, data):
    of = edition(edition_id)
    chosen, giver, answers = data.draw(drawn(of))
    whole = worked_out(of, chosen, giver, answers)
    regimes = {one.regime for one in of.conditions}
    alone = [
        worked_out(of, [one for one in chosen if of.condition(one).regime == regime], giver, answers)
        for regime in regimes
    ]
    assert whole in alone


@BOTH
def test_every_basis_that_is_proposed_carries_the_sharing_by_itself(edition_id):
    of = edition(edition_id)
    for giver in of.organisation_types:
        for kind in ("personal", "sensitive"):
            for consent in ("given", "withheld", "cannot_ask"):
                said = {
                    "data_type": kind,
                    "consent": consent,
                    "gateway": "listed",
                    "urgent": "yes",
                    **({"consent_explicit": "yes"} if consent == "given" else {}),
                }
                for basis in lawful_bases(of, giver.id, said):
                    purpose = {PURPOSE: basis.purpose} if basis.purpose else {}
                    found = worked_out(of, basis.ids, giver.id, said | purpose)
                    assert found["schedule2"] == CHOSEN
                    assert kind == "personal" or found["schedule3"] == CHOSEN


@pytest.mark.parametrize(
    ("giver", "answers", "first"),
    [
        ("local_authority", {"data_type": "personal"}, ("art6-e",)),
        ("local_authority", {"data_type": "personal", "gateway": "compelled"}, ("art6-c",)),
        ("voluntary", {"data_type": "personal"}, ("art6-ea",)),
        ("police", {"data_type": "personal"}, ("part3-35",)),
        ("police", {"data_type": "personal", PURPOSE: "no"}, ("art6-e",)),
        ("police", {"data_type": "sensitive", PURPOSE: "yes"}, ("part3-35", "sch8-1")),
        ("school", {"data_type": "sensitive"}, ("art6-e", "art9-g", "sch1-10")),
    ],
)
def test_the_basis_is_proposed_from_the_law_the_body_and_the_data(giver, answers, first):
    found = lawful_bases(NOW, giver, {"consent": "withheld", "gateway": "listed", **answers})
    assert found[0].ids == first
    assert len({one.key for one in found}) == len(found)


def test_consent_is_proposed_only_once_it_is_given_and_stands_last():
    given_now = lawful_bases(NOW, "local_authority", {"data_type": "personal", "gateway": "listed", **EXPLICIT})
    assert [one.ids for one in given_now] == [("art6-e",), ("art6-a",)]
