"""Which chosen conditions of data protection law count, for whom."""

import pytest

from portal.rules.edition.editions import edition
from portal.rules.errors import UnknownIdError
from portal.rules.section4.check import assess
from portal.rules.section4.lawful_conditions import explain_conditions, usable_conditions, worked_out

NOW = edition("2026")
ASKED = {"data_type": "sensitive", "consent": "withheld"}
EXPLICIT = {"consent": "given", "consent_explicit": "yes"}


@pytest.mark.parametrize(
    ("chosen", "giver", "answers", "schedule2", "schedule3"),
    [
        (["art6-e"], "police", {}, "chosen", "none"),
        (["art6-f"], "local_authority", {}, "none", "none"),
        (["art6-f"], "parish_council", {}, "chosen", "none"),
        (["art6-ea"], "voluntary", {}, "chosen", "none"),
        (["art6-ea"], None, {}, "none", "none"),
        (["part3-35"], "police", {}, "chosen", "none"),
        (["part3-35"], "local_authority", {}, "none", "none"),
        (["part3-35"], None, {}, "none", "none"),
        (["art9-g"], "police", {}, "none", "none"),
        (["art9-g", "sch1-10"], "police", {}, "none", "chosen"),
        (["sch1-10"], "police", {}, "none", "none"),
        (["sch8-1"], "police", {}, "none", "chosen"),
        (["sch8-1"], "school", {}, "none", "none"),
        (["art9-c"], "school", {}, "none", "chosen"),
        (["art6-a", "art9-a"], "police", ASKED, "none", "none"),
        (["art6-a", "art9-a"], "police", {"consent": "given"}, "chosen", "none"),
        (["art6-a", "art9-a"], "police", EXPLICIT, "chosen", "chosen"),
        (["dpa98-s2-5"], "police", {}, "none", "none"),
        ([], "police", {}, "none", "none"),
    ],
)
def test_a_condition_counts_only_for_whom_it_is_open_and_with_what_it_needs(
    chosen, giver, answers, schedule2, schedule3
):
    assert worked_out(NOW, chosen, giver, answers) == {"schedule2": schedule2, "schedule3": schedule3}


def test_each_chosen_condition_is_explained():
    found = explain_conditions(NOW, ["art9-g", "art6-f", "art6-e"], "local_authority", {})
    assert [one.counts for one in found] == [False, False, True]
    assert "Schedule 1" in found[0].why
    assert "closed to public authorities" in found[1].why


def test_only_conditions_open_to_the_giver_are_offered():
    assert "part3-35" not in {one.id for one in usable_conditions(NOW, "schedule2", "school")}
    assert "part3-35" in {one.id for one in usable_conditions(NOW, "schedule2", "police")}
    assert len(usable_conditions(edition("2009"), "schedule2", "police")) == 6


def test_the_check_works_conditions_out_whatever_the_answers_claim():
    answers = {"data_type": "personal", "depersonalised_enough": "no", "consent": "withheld", "schedule2": "chosen"}
    assert "schedule2:none" in assess(NOW, answers, conditions=["art6-f"], giver="police").reasons
    assert "schedule2:none" not in assess(NOW, answers, conditions=["art6-e"], giver="police").reasons


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(UnknownIdError):
        worked_out(NOW, ["art6-e"], "wizard", {})
