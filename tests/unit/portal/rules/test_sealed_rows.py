"""No row of the rules is changed or taken out unseen, even where its folder is sealed anew: the words that were signed stay."""

import json
import re

import pytest

from tests.sealed_rows import KEPT, rows


def assert_stands(tables):
    """Compare the rows of the tables whose names match with what is kept of them; the message names each that differs."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    named = [one for one in kept if re.search(tables, one)]
    assert named, tables
    now = rows()
    assert {one: now.get(one, {}) for one in named} == {one: kept[one] for one in named}, (
        "put a text right only on purpose, then write `python3 -m tests.sealed_rows`"
    )


def test_every_table_of_the_rules_is_kept():
    assert rows() == json.loads(KEPT.read_text(encoding="utf-8"))


@pytest.mark.clause("s3.gateways")
@pytest.mark.clause("s3.guidance")
@pytest.mark.clause("s3.non-personal-duty")
@pytest.mark.clause("s6.request.gateway")
def test_the_laws_and_the_guidance_are_those_of_the_edition():
    assert_stands("gateways/|/guidance$")


@pytest.mark.clause("s2.personal-scope")
@pytest.mark.clause("s2.purposes")
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
@pytest.mark.clause("s4.public-interest")
@pytest.mark.clause("s6.merging-risk")
@pytest.mark.clause("s6.prefer-depersonalised")
@pytest.mark.clause("s6.request.consent")
@pytest.mark.clause("s6.sensitive-consent")
@pytest.mark.clause("s6.types")
def test_the_questions_reasons_and_conditions_of_section_4_are_those_of_the_edition():
    assert_stands("section4/|conditions/")


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s6.refusal")
@pytest.mark.clause("s6.request.date")
@pytest.mark.clause("s6.request.details")
@pytest.mark.clause("s6.request.effect")
@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.individual")
@pytest.mark.clause("s6.request.necessity")
@pytest.mark.clause("s6.request.only-that-purpose")
@pytest.mark.clause("s6.request.purpose")
@pytest.mark.clause("s6.request.requester")
@pytest.mark.clause("s6.request.secure-reply")
@pytest.mark.clause("s6.statement-outside-meetings")
def test_what_a_request_and_a_statement_ask_is_what_the_edition_asks():
    assert_stands("requests/")


@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("app4.handling")
@pytest.mark.clause("s9.marking-definitions")
@pytest.mark.clause("s9.security-standards")
def test_markings_their_grounds_and_the_handling_of_each_are_those_of_the_edition():
    assert_stands("handling/")


@pytest.mark.clause("app2.opening-statement")
@pytest.mark.clause("app2.undertakings")
@pytest.mark.clause("app2.urgent-permission")
@pytest.mark.clause("app3.chair-checklist")
@pytest.mark.clause("app3.notes")
@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app6.chair-rotation")
@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.members")
@pytest.mark.clause("app6.voluntary-standing")
@pytest.mark.clause("s10.confidentiality")
@pytest.mark.clause("s10.with-attendance-list")
def test_promises_checklist_and_who_may_attend_are_those_of_the_edition():
    assert_stands("meetings/")


@pytest.mark.clause("s1.arrangements")
@pytest.mark.clause("s2.statutory-partners-sign")
@pytest.mark.clause("s2.who-may-join")
@pytest.mark.clause("s10.indemnity")
@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.declaration")
@pytest.mark.clause("s16.public-list")
def test_who_may_sign_and_what_they_declare_is_what_the_edition_says():
    assert_stands("organisations/")


@pytest.mark.clause("cover.placeholders")
@pytest.mark.clause("cover.summary")
@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s2.under-protocol")
@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s8.use-by-protocol")
@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s12.annual-review")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s15.publish")
@pytest.mark.clause("s15.withhold")
def test_the_cover_the_rules_and_the_whole_text_are_those_of_the_edition():
    assert_stands("20../edition/|/agreement$")


@pytest.mark.clause("app1.aggregates")
@pytest.mark.clause("app1.ambulance-date")
@pytest.mark.clause("app1.datasets")
@pytest.mark.clause("app1.outward-postcode")
@pytest.mark.clause("app1.whatever-is-recorded")
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.no-identifiers")
def test_the_data_sets_their_fields_and_what_is_kept_of_each_are_those_of_appendix_1():
    assert_stands("^datasets/|^treatment_policy/")
