"""Which law lets whom tell whom."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from portal.rules.edition.editions import edition
from portal.rules.errors import UnknownIdError
from portal.rules.gateways.fit import Fit, explain_fit, fit, offered, who_may_tell

pytestmark = pytest.mark.clause("s3.gateways")

CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "section4-cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["fit_cases"], ids=lambda case: f"{case['edition']} {case['why']}")
def test_a_worked_fit_comes_out_as_the_document_says(case):
    of = edition(case["edition"])
    assert fit(of, case["gateways"], case["giver"], case["receiver"]) == case["fit"]


def test_a_landlord_is_bound_as_a_listed_body_though_no_public_authority():
    assert fit(edition("2026"), ["asb-2014-sch4"], "social_landlord", "police") is Fit.COMPELLED


@pytest.mark.clause("s3.non-personal-duty")
def test_a_law_never_for_personal_data_carries_none_even_when_confirmed():
    assert fit(edition("2026"), ["cda-1998-s17a"], "police", "fire_rescue", confirmed={"cda-1998-s17a"}) is Fit.NONE


def test_a_switched_off_law_opens_once_the_manager_confirms_it():
    of = edition("2026")
    named = (["children-act-2004-s16la"], "school", "social_services")
    assert fit(of, *named) is Fit.NONE
    assert fit(of, *named, confirmed={"children-act-2004-s16la"}) is Fit.COMPELLED
    assert "children-act-2004-s16la" not in {one.id for one in offered(of)}
    assert "children-act-2004-s16la" in {one.id for one in offered(of, {"children-act-2004-s16la"})}


@pytest.mark.parametrize("law", ["pja-2006-s17a", "made-up", ""])
def test_a_law_this_edition_does_not_have_is_refused_by_its_name(law):
    with pytest.raises(UnknownIdError, match=f"no gateway called “{law}”"):
        fit(edition("2026"), ["cda-1998-s115", law], "police", "police")


@pytest.mark.parametrize("data", ["personal", "sensitive"])
def test_the_serious_violence_duty_is_shut_to_health_and_social_care_as_givers(data):
    of, law = edition("2026"), ["pcsc-2022-s16"]
    for giver in ("integrated_care", "health_board", "social_services"):
        assert fit(of, law, giver, "police", data=data) is Fit.NONE
        assert "does not let this giver" in explain_fit(of, law, giver, "police", data=data)[0].why
        assert "pcsc-2022-s16" not in {one.gateway.id for one in who_may_tell(of, giver, "police", data=data)}
    assert fit(of, law, "police", "social_services", data=data) is Fit.LISTED


def test_a_law_that_runs_both_ways_still_does_not_join_those_it_lists_on_one_side():
    of, law = edition("2026"), ["offender-management-2007-s14"]
    assert fit(of, law, "probation", "police") is fit(of, law, "police", "probation") is Fit.LISTED
    assert fit(of, law, "police", "local_authority") is Fit.UNLISTED
    assert "does not let this giver" in explain_fit(of, law, "police", "local_authority")[0].why


def test_a_kind_of_organisation_that_does_not_exist_is_refused():
    with pytest.raises(UnknownIdError, match="kind of organisation"):
        fit(edition("2026"), ["cda-1998-s115"], "any", "police")


def test_each_named_law_is_explained():
    found = explain_fit(
        edition("2009"), ["children-act-2004", "cda-1998-s115", "nhs-act-1977"], "police", "local_authority"
    )
    assert [(one.gateway.id, one.fit) for one in found] == [
        ("children-act-2004", Fit.LISTED),
        ("cda-1998-s115", Fit.LISTED),
        ("nhs-act-1977", Fit.NONE),
    ]
    assert found[0].why == "This law supports the sharing. The other law you named carries it."
    assert found[2].why == "This law has been repealed."
    alone = explain_fit(edition("2009"), ["children-act-2004"], "police", "local_authority")
    assert alone[0].fit is Fit.UNLISTED
    assert "not enough alone" in alone[0].why


@pytest.mark.parametrize("edition_id", ["2009", "2026"])
def test_who_may_tell_agrees_with_fit_for_every_pair_of_kinds(edition_id):
    of, carries = edition(edition_id), {Fit.LISTED, Fit.COMPELLED}
    assert not any(one.duplicate_of for one in offered(of)), "a row that is printed twice is one law"
    for giver in of.organisation_types:
        for receiver in of.organisation_types:
            told = who_may_tell(of, giver.id, receiver.id)
            for one in told:
                assert one.fit == fit(of, [one.gateway.id], giver.id, receiver.id)
                assert one.why.endswith(".")
            lets = {law.id for law in offered(of) if fit(of, [law.id], giver.id, receiver.id) in carries}
            assert lets <= {one.gateway.id for one in told}


def test_the_police_may_tell_a_parish_council_under_section_115():
    assert "cda-1998-s115" in {one.gateway.id for one in who_may_tell(edition("2026"), "police", "parish_council")}
    assert "cda-1998-s115" not in {one.gateway.id for one in who_may_tell(edition("2026"), "police", "voluntary")}


def test_a_law_that_is_only_for_counts_or_switched_off_says_so():
    named = ("cda-1998-s17a", "children-act-2004-s16la", "cpa-2026-asb-data")
    found = explain_fit(edition("2026"), named, "police", "local_authority")
    assert "names nobody" in found[0].why
    assert "switched off" in found[1].why
    assert {one.fit for one in found} == {Fit.NONE}
    bound = explain_fit(edition("2026"), ["asb-2014-sch4"], "voluntary", "police")
    assert "bodies with public functions" in bound[0].why


def test_a_law_that_was_not_verified_is_not_offered_and_says_so():
    of = edition("2026")
    doubted = tuple(replace(one, verified=False) if one.id == "prevent-2015" else one for one in of.gateways)
    of = replace(of, gateways=doubted)
    assert "prevent-2015" not in {one.id for one in offered(of)}
    assert "has not been checked" in explain_fit(of, ["prevent-2015"], "police", "local_authority")[0].why
    assert fit(of, ["prevent-2015"], "police", "local_authority") is Fit.NONE
    assert fit(of, ["prevent-2015"], "police", "local_authority", confirmed={"prevent-2015"}) is Fit.LISTED
