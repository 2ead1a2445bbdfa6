"""The check of a request: what may go out, who must be asked first, and how it is said."""

from dataclasses import replace

import pytest

from portal.requests.case import Colleague
from portal.requests.exchange.section4_check import (
    ADVICE,
    advice,
    advises_sending,
    changes,
    check_of,
    holds,
    proposed_bases,
    under,
)
from portal.requests.forms.contents import answers_in_words, gateways_in_words, missing, ten
from portal.requests.forms.law_questions import gateway_page
from portal.requests.forms.questions import page_of
from portal.requests.forms.tasks import BY_ID
from portal.requests.status import age, paragraph_address, paragraph_words
from portal.rules.edition.editions import edition, editions
from tests.conftest import NOW
from tests.properties.test_ten_contents import a_case, answers_in

WITHOUT_PUBLIC_INTEREST = {
    "consent.ask": "not_asked",
    "consent": "not_asked",
    "hra_risk": "none",
    "hra_vulnerability": "none",
}


def case(**more):
    return a_case("2026", {**answers_in("2026"), **more})


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.parametrize(
    ("answers", "outcome", "goes"),
    [
        ({}, "proceed_conditions", True),
        ({"consent.way": "given", "consent": "given"}, "proceed", True),
        (WITHOUT_PUBLIC_INTEREST, "seek_consent", True),
        ({"investigation": "not_consulted"}, "consult_first", True),
        ({"hra_less_intrusive": "yes"}, "not_justified", False),
        ({"depersonalised_enough": "yes"}, "not_needed", False),
        ({"hra_proportionate": ""}, "not_justified", False),
    ],
)
def test_only_what_is_finished_and_above_level_nought_goes_out(answers, outcome, goes):
    check = check_of(case(**answers))
    assert check.outcome == outcome
    assert advises_sending(check) is goes


def test_an_unfinished_check_says_so_and_not_that_sharing_is_unjustified():
    assert advice(check_of(case(hra_proportionate=""))).title == "The check is not finished"
    assert advice(check_of(case(hra_less_intrusive="yes"))) is ADVICE["not_justified"]


@pytest.mark.clause("s6.request.consent")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ({}, ()),
        ({"investigation": "no_objection", "investigation.why": "DC Vole agrees."}, ("investigating_officer", "cps")),
        ({"investigation": "unknown"}, ("investigating_officer", "cps")),
        (WITHOUT_PUBLIC_INTEREST, ("person",)),
        ({"gateway": ["children-act-1989"]}, ("adviser",)),
        ({"hra_risk": "low", "hra_vulnerability": "low", "hra_impact": "high"}, ("adviser",)),
    ],
)
def test_who_must_be_asked_before_anything_is_shared(answers, who):
    answered = case(**answers)
    if "gateway" in answers:
        assert gateways_in_words(answered)
    assert holds(check_of(answered)) == who


def test_a_single_true_answer_that_would_change_it_is_named():
    finished = case(investigation="unknown")
    found = {(one.question, one.value): one.outcome for one in changes(finished, check_of(finished))}
    assert found[("investigation", "no")] == "proceed_conditions"
    assert changes(case(hra_proportionate=""), check_of(case(hra_proportionate=""))) == ()


@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.types")
def test_sensitive_facts_without_consent_need_the_overriding_ground_and_an_extra_condition():
    sensitive = case(data_type="sensitive", public_interest_reason="")
    assert "public_interest_reason" in missing(sensitive)
    first = proposed_bases(case(data_type="sensitive"))[0]
    assert len(first.conditions) > len(proposed_bases(case())[0].conditions) == 1
    assert check_of(case(data_type="sensitive", hra_impact="high")).outcome == "consult_first"


@pytest.mark.clause("s6.request.requester")
def test_the_requester_is_who_signed_in_and_a_post_is_asked_for_only_where_the_account_has_none():
    line = next(one for one in ten(case()) if one.id == "requester")
    assert line.value == "Ann Clerk, Clerk, Anytown Borough Council"
    shown = [said for _, said in page_of(case(), BY_ID["requester"]).facts]
    assert shown == ["Ann Clerk", "Clerk", "Anytown Borough Council"]
    nobody = replace(case(), requester=Colleague(id="clerk", name="Ann Clerk", position=""))
    assert missing(nobody) == {"requester": "Your name and post: Enter your job title or post."}
    assert missing(replace(nobody, answers={**nobody.answers, "requester.position": "Clerk"})) == {}


@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.parametrize("address", ["ann@gmail.com", "ann@police.uk.evil.example", "ann@gsi.gov.uk", "01632 960123"])
def test_an_address_that_is_not_secure_is_refused_with_the_reason(address):
    assert missing(case(reply="email", **{"reply.address": address})).keys() == {"reply"}
    assert missing(case(reply="email", **{"reply.address": "ann@anyshire.police.uk"})) == {}


@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s3.non-personal-duty")
@pytest.mark.clause("s3.gateways")
def test_laws_that_fit_both_bodies_stand_first_and_the_rest_say_why_not():
    page = gateway_page(case())
    assert page.fields[0].label == "Laws that let Anyshire Police tell Anytown Borough Council"
    assert "cda-1998-s115" in {option.value for option in page.fields[0].options}
    assert (
        dict(page.beside)["Crime and Disorder Act 1998, section 17A"]
        == "This law is only for data that names nobody, such as the quarterly returns."
    )
    offered = {option.value for field in page.fields for option in field.options}
    assert not any(edition("2026").gateway(one).personal == "no" for one in offered)


def test_a_kind_of_body_is_followed_into_the_other_edition():
    one = a_case("2026", answers_in("2026"))
    one = under(one, editions()[0])
    assert one.edition.id == "2009"
    assert check_of(one).outcome in ADVICE


def test_the_answers_read_as_words():
    read = {task: said for _, said, task in answers_in_words(case())}
    assert read["gateway"] == "A gateway that fits both organisations"
    assert read["hra_risk"].startswith("High\n")


def test_references_read_as_places_and_lead_there():
    assert (
        paragraph_words("s4 Public Interest; s6 Sensitive Data")
        == "Section 4, Public Interest; Section 6, Sensitive Data"
    )
    assert paragraph_words("App 2 point 5") == "Appendix 2, point 5"
    assert paragraph_words("2026 law; no 2009 text") == "Today's law; the agreement has no such words"
    assert paragraph_address("App 2 point 5") == "/agreement?part=appendices#part-appendix-2"
    assert paragraph_address("s4 Public Interest", "2009") == "/agreement?part=text&edition=2009#part-4"
    assert paragraph_address("somewhere") == "/agreement?part=text"


def test_age_is_counted_in_days_of_the_calendar():
    from datetime import timedelta  # noqa: PLC0415 - only here

    assert [age(NOW - timedelta(days=n), NOW) for n in (0, 1, 3)] == ["today", "yesterday", "3 days ago"]
