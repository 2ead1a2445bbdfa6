"""The urgent path: sent at once with a short record, answered with the reason recorded, completed in two working days."""

import pytest
from sqlmodel import select

from models.record import AuditEntry, Message
from models.requests import Decision, InformationRequest, UrgentRecord
from portal.duties.request_figures import requests_we_made
from portal.ground import drafts
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.requests.errors import UnfinishedRequestError
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.completing import begin_full_record, complete_record, still_to_finish
from portal.requests.exchange.correspondence import withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.sending import send_request
from portal.requests.exchange.urgent import escalate_records, remind_of_records, send_urgent
from portal.requests.forms.drafting import JOURNEY
from portal.requests.status import record_words
from portal.requests.views import open_request, request_pdf, requests_received, requests_sent
from tests.builders import a_person
from tests.conftest import NOW
from tests.request_builders import (
    CANARY,
    SECRET_FACT,
    a_district,
    an_urgent_request,
    answers_for,
    basis_for,
    holders,
    later,
    letters,
    urgently,
    written_to,
)


@pytest.fixture
def district(act):
    return a_district(act)


def filled(act, district, request_id, by=None, **more):
    """Write the whole of a full record; returns the draft's id."""
    mine = act.as_(by or district.clerk)
    draft_id = begin_full_record(mine, request_id)
    items = [{"what": urgently(district).what, "why": "To keep her safe"}]
    told = answers_for(district, items=items, urgent="yes", **{"urgent.why": "He is at her door.", **more})
    drafts.save(mine, JOURNEY, told, draft_id=draft_id)
    return draft_id


def shared_at_once(act, request_id, **more):
    case = open_request(act, request_id).case
    ticked = tuple(one.id for one in conditions_to_tick(case))
    item = ItemVerdict(shared=True, information=SECRET_FACT)
    return RequestDecision(
        **{
            "outcome": "disclose",
            "items": (item,),
            "ticked": ticked,
            "matched": ("name", "references"),
            **basis_for(case),
            **more,
        }
    )


@pytest.mark.clause("s6.earliest-opportunity")
def test_it_reaches_the_holder_at_once_with_why_and_who_was_telephoned(act, district):
    request_id = an_urgent_request(act, district)
    opened = open_request(act.as_(district.officer), request_id)
    assert opened.case.words("subject.name") == CANARY
    assert (opened.urgent.phoned, opened.urgent.when) == (urgently(district).phoned, urgently(district).when)
    assert opened.line.urgent
    with reading(act.store.engine) as session:
        letters = session.exec(select(Message).where(Message.template == "request-urgent")).all()
    assert written_to(act, "request-urgent") == holders(district)
    assert not [one for one in letters if CANARY in one.subject or b"door" in (one.body or b"")]


@pytest.mark.clause("s6.earliest-opportunity")
def test_each_field_that_is_left_blank_is_named_and_nothing_is_sent(act, district):
    blank = urgently(district, holder="", name=" ", details="", what="", why="", phoned="", when="")
    with pytest.raises(AnswersNeededError) as refused:
        send_urgent(act.as_(district.clerk), "key", blank)
    assert set(refused.value.problems) == set(vars(blank))
    assert requests_sent(act.as_(district.clerk)) == []


@pytest.mark.clause("s6.earliest-opportunity")
def test_pressing_twice_sends_one_request(act, district):
    first, second = (send_urgent(act.as_(district.clerk), "one-key", urgently(district)) for _ in range(2))
    assert first == second
    with reading(act.store.engine) as session:
        assert len(session.exec(select(InformationRequest)).all()) == 1


@pytest.mark.clause("s6.request.in-writing")
def test_the_full_record_is_due_to_both_sides_in_two_working_days_until_it_is_complete(act, district):
    request_id = an_urgent_request(act, district)
    for lines in (requests_sent(act.as_(district.clerk)), requests_received(act.as_(district.officer))):
        assert record_words(lines[0].record_due, NOW) == "Full record due by 27 November 2026"
        assert record_words(lines[0].record_due, later(act, days=3).at).endswith("(late)")
    complete_record(act.as_(district.clerk), filled(act, district, request_id))
    made = requests_we_made(act.as_(district.clerk), district.parish.id)
    assert (made.made, made.gateways) == ("1", (("Crime and Disorder Act 1998, section 115", "1"),))
    for lines in (requests_sent(act.as_(district.clerk)), requests_received(act.as_(district.officer))):
        assert lines[0].record_due is None


@pytest.mark.clause("s6.request.date")
def test_the_full_record_takes_the_place_of_the_short_one_once_and_keeps_its_date(act, district):
    request_id = an_urgent_request(act, district)
    draft_id = filled(act, district, request_id)
    tomorrow = later(act, days=1).as_(district.clerk)
    first, second = (complete_record(tomorrow, draft_id) for _ in range(2))
    assert first == second
    opened = open_request(act.as_(district.officer), request_id)
    assert opened.line.sent_at == NOW
    assert opened.line.outcome == "proceed_conditions"
    assert opened.case.words("necessity")
    assert opened.urgent.completed_at == tomorrow.at
    _, pdf = request_pdf(act.as_(district.colleague), request_id)
    assert pdf.startswith(b"%PDF")
    with reading(act.store.engine) as session:
        done = session.exec(select(AuditEntry).where(AuditEntry.event == "request:full-record-completed")).all()
        assert len(session.exec(select(InformationRequest)).all()) == len(done) == 1


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_holder_answers_at_once_with_the_reason_recorded(act, district):
    request_id = an_urgent_request(act, district)
    mine = act.as_(district.inspector)
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, shared_at_once(mine, request_id))
    assert set(refused.value.problems) == {"against_reason"}
    decide(mine, request_id, shared_at_once(mine, request_id, against_reason="Her life is at risk."))
    with reading(act.store.engine) as session:
        assert session.exec(select(Decision)).one().against_check
    complete_record(act.as_(district.clerk), filled(act, district, request_id))
    assert open_answer(act.as_(district.clerk), request_id).verdict.items[0].information == SECRET_FACT


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_full_record_that_the_check_is_against_is_kept_with_its_outcome(act, district):
    request_id = an_urgent_request(act, district)
    complete_record(act.as_(district.clerk), filled(act, district, request_id, hra_less_intrusive="yes"))
    assert requests_sent(act.as_(district.clerk))[0].outcome == "not_justified"


@pytest.mark.clause("s6.earliest-opportunity")
@pytest.mark.parametrize(
    ("change", "field"),
    [({"items": [{"what": "Something else", "why": "x"}]}, "items"), ({"necessity": ""}, "necessity")],
)
def test_what_was_asked_stays_as_it_was_asked_and_each_part_is_filled(act, district, change, field):
    request_id = an_urgent_request(act, district)
    draft_id = filled(act, district, request_id)
    drafts.save(act.as_(district.clerk), JOURNEY, change, draft_id=draft_id)
    assert set(still_to_finish(act.as_(district.clerk), draft_id)) == {field}
    with pytest.raises(UnfinishedRequestError):
        complete_record(act.as_(district.clerk), draft_id)


def test_asking_another_body_needs_a_request_of_its_own(act, district):
    request_id = an_urgent_request(act, district)
    draft_id = filled(act, district, request_id, holder=district.council.id)
    assert "holder" in still_to_finish(act.as_(district.clerk), draft_id)


@pytest.mark.clause("s6.request.in-writing")
def test_a_full_record_is_never_sent_as_another_request(act, district):
    draft_id = filled(act, district, an_urgent_request(act, district))
    with pytest.raises(NotFoundError):
        send_request(act.as_(district.clerk), draft_id)


def test_beginning_the_full_record_again_carries_on_with_it_even_after_it_was_thrown_away(act, district):
    request_id = an_urgent_request(act, district)
    mine = act.as_(district.clerk)
    first = begin_full_record(mine, request_id)
    assert begin_full_record(mine, request_id) == first
    drafts.discard(mine, JOURNEY, draft_id=first)
    second = begin_full_record(mine, request_id)
    assert second != first
    for person in (district.colleague, district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            begin_full_record(act.as_(person), request_id)


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_withdrawn_or_completed_request_has_no_record_to_begin(act, district):
    request_id = an_urgent_request(act, district)
    withdraw(act.as_(district.clerk), request_id)
    with pytest.raises(NotFoundError):
        begin_full_record(act.as_(district.clerk), request_id)
    assert requests_sent(act.as_(district.clerk))[0].record_due is None
    with reading(act.store.engine) as session:
        assert session.exec(select(UrgentRecord.words)).all() == [None]
    done = an_urgent_request(act, district)
    complete_record(act.as_(district.clerk), filled(act, district, done))
    with pytest.raises(NotFoundError):
        begin_full_record(act.as_(district.clerk), done)


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_requester_is_reminded_once_on_the_day_it_is_due(act, district):
    an_urgent_request(act, district)
    assert [remind_of_records(later(act, days=days)) for days in (1, 2, 3)] == [0, 1, 0]
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Message).where(Message.template == "request-record-due")).all()) == 1


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_colleague_completes_it_where_the_requester_is_away_and_it_is_recorded_who(act, district):
    request_id = an_urgent_request(act, district)
    begun = begin_full_record(act.as_(district.clerk), request_id)
    draft_id = filled(act, district, request_id, by=district.parish_approver)
    assert draft_id == begun
    complete_record(act.as_(district.parish_approver), draft_id)
    opened = open_request(act.as_(district.officer), request_id)
    assert opened.urgent.completed_by == "Pat Chairman"
    assert opened.case.requester.name == "Ann Clerk"
    assert drafts.held(act.as_(district.clerk), JOURNEY) == []
    with pytest.raises(NotFoundError):
        begin_full_record(act.as_(district.clerk), request_id)


@pytest.mark.clause("s6.earliest-opportunity")
def test_an_overdue_record_is_told_to_the_managers_once(act, district):
    a_person(act, "Max Manager", Role.MANAGER)
    an_urgent_request(act, district)
    assert [escalate_records(later(act, days=days)) for days in (2, 3, 4)] == [0, 1, 0]
    told = letters(act, "request-record-overdue")
    assert {to for to, _ in told} == {"max-manager@example.org", district.parish_approver.email}
    assert CANARY not in str(told)
