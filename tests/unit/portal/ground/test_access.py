"""Who may do what the clauses give to some: read from here and from the code, so that neither is widened alone."""

import pytest

from portal.ground.access import GRANTED, Permission
from portal.ground.act import Role
from portal.ground.page_access import BY_ADDRESS

PARTNERS = {Role.PARTNER, Role.APPROVER}
OFFICE = {Role.OFFICER, Role.MANAGER}

# What the clauses give to some.
HELD = {
    Permission.ASK: PARTNERS,
    Permission.ANSWER: PARTNERS,
    Permission.DECIDE: {Role.APPROVER},
    Permission.SEND_RETURN: PARTNERS,
    Permission.OPEN_OWN_RETURN: PARTNERS,
    Permission.OPEN_ANY_RETURN: {Role.OFFICER},
    Permission.QUERY_RETURN: {Role.OFFICER},
    Permission.PLAN_MEETINGS: {Role.CHAIR, *OFFICE},
    Permission.CHAIR_MEETING: {Role.CHAIR},
    Permission.SUSPEND_OWN: {Role.APPROVER},
    Permission.SUSPEND_ANY: {Role.MANAGER},
    Permission.CONFIRM_SIGNATURES: {Role.MANAGER},
    Permission.CONFIRM_FACTS: {Role.MANAGER},
    Permission.DRAFT_EDITION: {Role.MANAGER},
    Permission.AUTHORISE_EDITION: {Role.CHAIR, *OFFICE},
    Permission.WRITE_STATEMENT: PARTNERS,
    Permission.SIGN_STATEMENT: {Role.APPROVER},
    Permission.READ_ANY_STATEMENT: OFFICE,
    Permission.KEEP_ACCESS_LOG: PARTNERS,
    Permission.DECIDE_ACCESS: {Role.APPROVER},
    Permission.WRITE_PRIVACY_NOTICE: PARTNERS,
    Permission.REPORT_BREACH: set(Role),
    Permission.READ_BREACHES: {Role.CHAIR, Role.MANAGER},
    Permission.CLOSE_BREACH: {Role.MANAGER},
    Permission.PROPOSE_WITHHOLDING: {Role.APPROVER, Role.MANAGER},
    Permission.ANSWER_WITHHOLDING: {Role.APPROVER},
    Permission.DECIDE_WITHHOLDING: {Role.MANAGER},
    Permission.PROPOSE_FIGURES: {Role.OFFICER},
    Permission.APPROVE_FIGURES: OFFICE,
    Permission.SEE_ALL_FIGURES: {Role.OFFICER},
    Permission.SEE_SHARED_PICTURE: {*PARTNERS, Role.OFFICER},
    Permission.READ_MEETING_PAPERS: set(Role),
    Permission.EXPORT_SIGNER: {Role.MANAGER},
}
# What else there is to do: it runs the portal, or keeps data protection law.
ELSE = {
    Permission.INVITE_ANYBODY: {Role.MANAGER},
    Permission.INVITE_OWN: {Role.APPROVER},
    Permission.MANAGE_PEOPLE: {Role.MANAGER},
    Permission.READ_WITHHOLDING: {Role.APPROVER, Role.MANAGER},
    Permission.READ_OUTBOX: {Role.MANAGER},
    Permission.READ_AUDIT: {Role.MANAGER},
    Permission.CHANGE_SETTINGS: {Role.MANAGER},
    Permission.SET_PROVIDERS: OFFICE,
    Permission.LOAD_PLACES: OFFICE,
    Permission.HANDLE_COMPLAINTS: OFFICE,
    Permission.READ_ACCOUNTABILITY: {Role.CHAIR, *OFFICE},
    Permission.KEEP_ACCOUNTABILITY: OFFICE,
    Permission.KEEP_OWN_ACCOUNTABILITY: PARTNERS,
    Permission.SEE_OWN_FIGURES: PARTNERS,
}
# The pages on which it is done, by the roles that open them.
OPENED = {
    "request-decide": {Role.APPROVER},
    "statement-sign": {Role.APPROVER},
    "access-decide": {Role.APPROVER},
    "notice": {Role.APPROVER, Role.MANAGER},
    "withholding": {Role.APPROVER, Role.MANAGER},
    "stored-data": {Role.OFFICER},
    "returns-received": {Role.OFFICER},
    "return-view": {*PARTNERS, Role.OFFICER},
    "figures-publish": OFFICE,
    "meeting-said": {Role.CHAIR},
    "meeting-minutes": {Role.CHAIR},
    "meeting-wishes": {Role.CHAIR},
    "meeting-agenda": {Role.CHAIR},
    "signature": {Role.MANAGER},
    "agreement-review": {Role.MANAGER},
    "edition-check": {Role.CHAIR, *OFFICE},
    "register": set(),
    "agreement": set(),
    "handling": set(),
    "who-may-tell": set(),
    "retention": set(),
    "breach-report": set(Role),
}


@pytest.mark.clause("cover.versions")
@pytest.mark.clause("s5.consult-originator")
@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s6.fair-obtaining")
@pytest.mark.clause("s6.fewer-than-five")
@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("s6.meetings.restricted-appendix")
@pytest.mark.clause("s6.refusal")
@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s9.breach")
@pytest.mark.clause("s9.datasets-secured")
@pytest.mark.clause("s9.security-standards")
@pytest.mark.clause("s11.quarterly")
@pytest.mark.clause("s12.annual-review")
@pytest.mark.clause("s12.personal-retention")
@pytest.mark.clause("s13.agreement-review")
@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
@pytest.mark.clause("s15.foi-case-by-case")
@pytest.mark.clause("s15.publish")
@pytest.mark.clause("s15.withhold")
@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.public-list")
@pytest.mark.clause("app2.urgent-permission")
@pytest.mark.clause("app5.statement")
@pytest.mark.clause("app6.agenda")
@pytest.mark.clause("app6.frequency")
def test_what_a_clause_gives_to_some_no_other_role_may_do_or_open():
    assert {one: {role for role in Role if one in GRANTED[role]} for one in HELD} == HELD
    assert {address: set(BY_ADDRESS[address].roles) for address in OPENED} == OPENED


def test_no_permission_is_held_by_a_role_that_is_not_written_here():
    assert {one: {role for role in Role if one in GRANTED[role]} for one in Permission} == HELD | ELSE
