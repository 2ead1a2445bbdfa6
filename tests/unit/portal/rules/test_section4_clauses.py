"""Each consideration of section 4, by the answer that turns on it."""

import pytest

from portal.rules.edition.editions import edition
from portal.rules.section4.check import assess

# Consent withheld, and a public interest that carries the sharing: each case below changes one answer.
CARRIED = {
    "data_type": "personal",
    "depersonalised_enough": "no",
    "purpose_in_scope": "yes",
    "gateway": "listed",
    "investigation": "no",
    "law_considered": "yes",
    "consent": "withheld",
    "subject_role": "poses_risk",
    "hra_aim": "yes",
    "hra_vulnerable": "no",
    "hra_risk": "medium",
    "hra_vulnerability": "none",
    "hra_impact": "low",
    "hra_proportionate": "yes",
    "hra_less_intrusive": "no",
    "amount_minimum": "yes",
    "people_minimum": "yes",
    "public_interest_reason": "text",
    "schedule2": "chosen",
    "urgent": "no",
    "setting": "request",
}
CHILD = {"subject_child": "no"}


def carried(of, **changed):
    """The answers that carry the sharing, with those that only this edition asks for."""
    return CARRIED | {key: value for key, value in CHILD.items() if of.has_question(key)} | changed


CLAUSES = [
    ("s2.purposes", {"purpose_in_scope": "no"}, "not_justified", "purpose_in_scope:no"),
    ("s4.ongoing-investigation", {"investigation": "not_consulted"}, "consult_first", "investigation:not_consulted"),
    ("s4.legislation", {"law_considered": "no"}, "not_justified", "law_considered:no"),
    ("s4.public-interest", {"schedule2": "none"}, "not_justified", "schedule2:none"),
    ("s4.hra.necessary-crime", {"hra_aim": "no"}, "not_justified", "hra_aim:no"),
    ("s4.hra.risk-to-others", {"hra_risk": "none"}, "not_justified", "weigh:no_risk"),
    ("s4.hra.impact", {"hra_impact": "high"}, "consult_first", "weigh:harm_outweighs"),
    ("s4.hra.impact", {"hra_impact": ""}, "consult_first", "weigh:harm_outweighs"),
    ("s4.hra.proportionate", {"hra_proportionate": "no"}, "not_justified", "hra_proportionate:no"),
    ("s4.hra.less-intrusive", {"hra_less_intrusive": "yes"}, "not_justified", "hra_less_intrusive:yes"),
    ("s4.proportionality.amount", {"amount_minimum": "no"}, "proceed_conditions", "amount_minimum:no"),
    ("s4.proportionality.people", {"people_minimum": "no"}, "proceed_conditions", "people_minimum:no"),
    ("s6.request.gateway", {"gateway": "none"}, "not_justified", "gateway:none"),
    ("s6.statement-outside-meetings", {"setting": "regular"}, "proceed_conditions", "setting:regular"),
    ("s6.meetings.specific-purpose", {"setting": "meeting"}, "proceed_conditions", "setting:meeting"),
    ("s6.prefer-depersonalised", {"depersonalised_enough": "yes"}, "not_needed", "depersonalised_enough:yes"),
]


@pytest.mark.clause("s2.purposes")
@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s4.legislation")
@pytest.mark.clause("s4.public-interest")
@pytest.mark.clause("s4.hra.necessary-crime")
@pytest.mark.clause("s4.hra.risk-to-others")
@pytest.mark.clause("s4.hra.impact")
@pytest.mark.clause("s4.hra.proportionate")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.clause("s4.proportionality.amount")
@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.request.gateway")
@pytest.mark.clause("s6.statement-outside-meetings")
@pytest.mark.clause("s6.meetings.specific-purpose")
@pytest.mark.clause("s6.prefer-depersonalised")
@pytest.mark.parametrize("edition_id", ["2009", "2026"])
@pytest.mark.parametrize(
    ("changed", "outcome", "reason"), [pytest.param(*rest, id=clause) for clause, *rest in CLAUSES]
)
def test_one_answer_turns_the_outcome_for_the_reason_of_its_clause(edition_id, changed, outcome, reason):
    of = edition(edition_id)
    assert assess(of, carried(of)).reasons == ("public_interest_reason:text",)
    check = assess(of, carried(of, **changed))
    assert check.outcome == outcome
    assert reason in check.reasons


@pytest.mark.parametrize("edition_id", ["2009", "2026"])
@pytest.mark.clause("s4.hra.necessary-vulnerable")
@pytest.mark.clause("s4.hra.vulnerability")
def test_somebody_vulnerable_carries_the_sharing_where_no_other_aim_does(edition_id):
    of = edition(edition_id)
    answers = carried(of, hra_aim="no", hra_risk="none", hra_vulnerable="yes", hra_vulnerability="high")
    assert assess(of, answers).outcome == "proceed_conditions"


@pytest.mark.parametrize(("edition_id", "outcome"), [("2009", "seek_consent"), ("2026", "proceed_conditions")])
@pytest.mark.clause("s6.sensitive-consent")
def test_the_2009_agreement_asks_first_for_consent_to_sensitive_facts(edition_id, outcome):
    of = edition(edition_id)
    answers = carried(of, data_type="sensitive", consent="not_asked", schedule3="chosen")
    assert assess(of, answers).outcome == outcome


@pytest.mark.clause("app2.urgent-permission")
def test_urgency_lifts_asking_first_and_nothing_else():
    of = edition("2009")
    answers = CARRIED | {"data_type": "sensitive", "consent": "not_asked", "schedule3": "chosen", "urgent": "yes"}
    assert assess(of, answers).outcome == "proceed_conditions"
    assert assess(of, answers | {"gateway": "none"}).outcome == "not_justified"


@pytest.mark.parametrize("edition_id", ["2009", "2026"])
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.merging-risk")
def test_small_groups_and_joined_data_are_shared_on_condition(edition_id):
    of = edition(edition_id)
    table = {"data_type": "depersonalised", "to_be_published": "yes", "fewer_than_five": "no", "merged_or_rural": "no"}
    assert assess(of, table).outcome == "proceed"
    assert assess(of, table | {"fewer_than_five": "yes"}).conditions == ("suppress",)
    assert assess(of, table | {"merged_or_rural": "yes"}).conditions == ("recheck_identity",)
