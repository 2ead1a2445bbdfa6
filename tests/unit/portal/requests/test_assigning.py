"""Assigning: an approver gives a request to a colleague, who is told without a word about a person; anew, and back."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.record import AuditEntry
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError
from portal.requests.errors import NotYourTurnError, OwnRequestError
from portal.requests.exchange.assigning import assign, may_see_to
from portal.requests.exchange.correspondence import ask_question, withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import RequestDecision
from portal.requests.reminders import remind_of_requests
from portal.requests.status import turn_words
from portal.requests.views import open_request, requests_received, requests_sent
from tests.builders import a_person, recorded
from tests.request_builders import CANARY, a_district, a_request, an_urgent_request, later, letters

REFUSE = RequestDecision(outcome="refuse", reason="We hold nothing.")


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.mark.clause("s6.earliest-opportunity")
def test_whose_turn_it_is_says_the_name_of_who_sees_to_it(act, district):
    request_id = a_request(act, district)
    assign(act.as_(district.inspector), request_id, district.officer.id)
    seen = {who: requests_received(act.as_(getattr(district, who)))[0] for who in ("officer", "inspector")}
    assert turn_words(seen["officer"], act.at) == "Your turn: answer the request"
    assert turn_words(seen["inspector"], act.at) == "Olu Desk's turn: answer the request"
    assert "Olu" not in turn_words(requests_sent(act.as_(district.clerk))[0], act.at)


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_question_back_is_the_turn_of_who_asked(act, district):
    request_id = a_request(act, district)
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    assert turn_words(requests_sent(act.as_(district.clerk))[0], act.at) == "Your turn: answer their question"
    words = turn_words(requests_sent(act.as_(district.colleague))[0], act.at)
    assert words == "Ann Clerk's turn: answer their question"


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_colleague_gets_one_letter_that_says_nothing_about_a_person(act, district):
    request_id = a_request(act, district)
    for _ in range(2):
        assign(act.as_(district.inspector), request_id, district.officer.id)
    ((to, words),) = letters(act, "request-assigned")
    assert to == district.officer.email
    assert CANARY not in words
    with reading(act.store.engine) as session:
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "request:assigned")).all()) == 1


@pytest.mark.clause("s6.earliest-opportunity")
def test_it_is_given_to_another_and_taken_back_and_who_had_it_is_told(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    assign(mine, request_id, district.officer.id)
    assign(mine, request_id, district.sergeant.id)
    assert open_request(mine, request_id).line.seen_to_by == "Sam Sergeant"
    assign(mine, request_id, "")
    assert open_request(mine, request_id).line.seen_to_by == ""
    assert len(letters(act, "request-taken-back")) == 2
    assert turn_words(requests_received(mine)[0], act.at) == "Your turn: answer the request"


def test_only_a_colleague_who_may_answer_can_be_given_it(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    assert [one.name for one in may_see_to(mine, request_id)] == ["Ira Inspector", "Olu Desk", "Sam Sergeant"]
    for stranger in (district.clerk.id, district.outsider.id, "nobody"):
        with pytest.raises(AnswersNeededError):
            assign(mine, request_id, stranger)


def test_a_partner_who_is_no_approver_assigns_nothing(act, district):
    request_id = a_request(act, district)
    with pytest.raises(NotAllowedError):
        assign(act.as_(district.officer), request_id, district.officer.id)


def test_who_acts_for_both_sides_does_not_assign(act, district):
    request_id = a_request(act, district)
    both = a_person(act, "Bo Both", Role.APPROVER, organisation=district.police)
    posts = both.posts | district.clerk.posts
    with pytest.raises(OwnRequestError):
        assign(act.as_(replace(both, posts=posts)), request_id, district.officer.id)


def test_a_closed_request_is_given_to_nobody(act, district):
    decided, withdrawn = a_request(act, district), a_request(act, district)
    decide(act.as_(district.inspector), decided, REFUSE)
    withdraw(act.as_(district.clerk), withdrawn)
    for request_id in (decided, withdrawn):
        with pytest.raises(NotYourTurnError):
            assign(act.as_(district.inspector), request_id, district.officer.id)


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_reminder_goes_to_who_sees_to_it(act, district):
    request_id = a_request(act, district)
    assign(act.as_(district.inspector), request_id, district.officer.id)
    assert remind_of_requests(later(act, days=7)) == 1
    assert [to for to, _ in letters(act, "request-reminder")] == [district.officer.email]
    assert recorded(act, f"request:{request_id}")[-1] == "request:reminded"


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_tray_holds_what_is_urgent_then_what_is_old_and_what_is_closed_newest_first(act, district):
    first, second = (a_request(later(act, minutes=n), district, wanted_by="") for n in (0, 1))
    urgent = an_urgent_request(later(act, minutes=2), district)
    closed = [a_request(act, district) for _ in range(2)]
    for minutes, one in enumerate(closed):
        decide(later(act, hours=1, minutes=minutes).as_(district.inspector), one, REFUSE)
    found = [line.id for line in requests_received(act.as_(district.officer))]
    assert found == [urgent, first, second, *reversed(closed)]
