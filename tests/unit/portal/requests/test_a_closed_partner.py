"""A partner that closes without a successor leaves nothing waiting for it: what is so, and what the other can do, is told truly."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.accounts import Post
from portal.accounts.posts import end_post
from portal.agreement.register.lifecycle.closing import close, what_closing_means
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.wording import today
from portal.requests.after_disclosure.destruction import certificate_pdf, remind_of_keeping, say_gone
from portal.requests.after_disclosure.onward_sharing import OnwardSharingRequest, ask_to_pass_on, wishes_on
from portal.requests.after_disclosure.retention_extension import keep_longer
from portal.requests.depersonalised.answers import decline_without_names
from portal.requests.depersonalised.depersonalised_request import withdraw_without_names
from portal.requests.depersonalised.views import data_requests
from portal.requests.errors import NotYourTurnError
from portal.requests.exchange.correspondence import ask_question, reply, withdraw
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import RequestDecision
from portal.requests.exchange.receipt import confirm_receipt, remind_of_receipts, report_trouble
from portal.requests.lists import requests_received, requests_sent
from portal.requests.status import closed_words, standing, turn_words
from portal.requests.views import open_request
from portal.statements.review import end_statement
from portal.statements.views import open_statement, statements
from tests.builders import a_person
from tests.request_builders import (
    a_data_request,
    a_district,
    a_request,
    a_shared_request,
    holders,
    later,
    typed,
    written_to,
)
from tests.statement_builders import a_begun_statement, a_complete_statement, a_statement_in_force, signed_by

ABOUT_REQUESTS = {DutyKind.REQUEST, DutyKind.ANSWER, DutyKind.FIGURES, DutyKind.STATEMENT}


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.fixture
def mine(act, district):
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def asked_of(act, person):
    return [one.sentence for one in duties_of(act.as_(person)) if one.kind in ABOUT_REQUESTS]


@pytest.mark.parametrize("questioned", [False, True])
def test_whoever_asked_a_body_that_closed_is_told_to_withdraw(act, district, mine, questioned):
    request_id = a_request(act, district)
    if questioned:
        ask_question(act.as_(district.officer), request_id, "Which flat?")
    close(mine, district.police.id, "Wound up.", key="k")
    assert written_to(act, "partner-closed") == [district.clerk.email]
    (line,) = requests_sent(act.as_(district.clerk))
    assert turn_words(line, act.at) == "Your turn: they closed on 25 November 2026, so withdraw it"
    assert (standing(line), "Withdraw this request" in closed_words(line)) == ("waiting", True)
    (sentence,) = asked_of(act, district.clerk)
    assert sentence.startswith("Anyshire Police closed on 25 November 2026. Nobody there answers")
    assert not open_request(act.as_(district.clerk), request_id).may_reply
    if questioned:
        with pytest.raises(NotYourTurnError, match="closed on 25 November 2026"):
            reply(act.as_(district.clerk), request_id, "The second.")
    withdraw(act.as_(district.clerk), request_id)
    assert asked_of(act, district.clerk) == []
    assert closed_words(requests_sent(act.as_(district.clerk))[0]) == ""


@pytest.mark.parametrize("questioned", [False, True])
def test_whoever_was_asked_by_a_body_that_closed_is_told_to_refuse(act, district, mine, questioned):
    request_id = a_request(act, district)
    if questioned:
        ask_question(act.as_(district.officer), request_id, "Which flat?")
    close(mine, district.parish.id, "Wound up.", key="k")
    assert written_to(act, "partner-closed") == holders(district)
    inspector = act.as_(district.inspector)
    (line,) = requests_received(inspector)
    assert turn_words(line, act.at) == "Your turn: they closed on 25 November 2026, so refuse it"
    assert asked_of(act, district.inspector)[0].startswith("Anytown Parish Council closed on 25 November 2026. Refuse")
    if not questioned:
        with pytest.raises(NotYourTurnError, match="closed on 25 November 2026"):
            ask_question(inspector, request_id, "Which flat?")
    decide(inspector, request_id, RequestDecision(outcome="refuse", reason="They closed."))
    assert asked_of(act, district.inspector) == []


@pytest.mark.clause("s12.personal-retention")
def test_an_answer_at_a_body_that_closed_is_named_before_and_whoever_gave_it_says_that_it_is_gone(act, district, mine):
    request_id = a_shared_request(act, district)
    confirm_receipt(act.as_(district.clerk), request_id)
    assert "It has not said of 1 answer from partners that it is gone. Ask its people to say so first." in (
        what_closing_means(mine, district.parish.id)
    )
    close(mine, district.parish.id, "Wound up.", key="k")
    assert written_to(act, "partner-closed") == holders(district)
    assert remind_of_keeping(later(act, days=3000)) == remind_of_keeping(later(act, days=3030)) == 0
    over = later(act, days=3000)
    (line,) = requests_received(over.as_(district.inspector))
    assert turn_words(line, over.at) == "Your turn: they closed on 25 November 2026, so find out whether it is gone"
    assert (standing(line), "Ask the Information Manager" in closed_words(line)) == ("waiting", True)
    (sentence,) = asked_of(over, district.inspector)
    assert sentence.startswith("Anytown Parish Council closed on 25 November 2026. Find out whether your answer")
    inspector = act.as_(district.inspector)
    after = open_request(inspector, request_id).after
    assert (after.may_end, after.may_extend, after.may_confirm) == (True, False, False)
    with pytest.raises(NotFoundError):
        keep_longer(inspector, request_id, typed(today(act.at) + timedelta(days=9)), "They closed.")
    reference = say_gone(inspector, request_id, "returned", promised=True)
    _, pdf = certificate_pdf(inspector, request_id)
    words = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "Made by Anyshire Police" in words
    assert "It closed on 25 November 2026. Somebody who acted for it told Anyshire Police that every copy" in words
    assert district.inspector.name in words
    (line,) = requests_received(over.as_(district.inspector))
    assert (standing(line), closed_words(line), asked_of(over, district.inspector)) == ("done", "", [])
    assert say_gone(act.as_(district.officer), request_id, "", promised=False) == reference


@pytest.mark.clause("s12.personal-retention")
def test_while_a_body_is_there_only_its_own_people_say_that_its_copy_is_gone(act, district):
    request_id = a_shared_request(act, district)
    inspector = act.as_(district.inspector)
    assert not open_request(inspector, request_id).after.may_end
    with pytest.raises(NotFoundError):
        say_gone(inspector, request_id, "returned", promised=True)


def test_nobody_is_reminded_of_what_a_body_that_closed_found_wrong(act, district, mine):
    request_id = a_shared_request(act, district)
    report_trouble(act.as_(district.clerk), request_id, "A page is missing.")
    close(mine, district.parish.id, "Wound up.", key="k")
    assert remind_of_receipts(later(act, days=30)) == 0
    assert not open_request(act.as_(district.inspector), request_id).after.may_reply


def test_an_answer_of_a_body_that_closed_is_still_to_be_destroyed_and_nothing_wrong_with_it_waits(act, district, mine):
    request_id = a_shared_request(act, district)
    clerk = act.as_(district.clerk)
    asked = OnwardSharingRequest(
        facts=(1,), receiver=district.council.id, other="", gateway="cda-1998-s115", why="It starts work there."
    )
    ask_to_pass_on(clerk, request_id, "key", asked)
    report_trouble(clerk, request_id, "A page is missing.")
    close(mine, district.police.id, "Wound up.", key="k")
    (line,) = requests_sent(clerk)
    assert "Their turn" not in turn_words(line, act.at)
    assert asked_of(act, district.clerk) == []
    assert [one.originator_closed for one in wishes_on(clerk, request_id)] == [line.other_closed]
    (sentence,) = asked_of(later(act, days=3000), district.clerk)
    assert sentence.startswith("The time to keep Anyshire Police's answer")


def test_a_request_without_names_is_withdrawn_or_declined_once_the_other_closed(act, district, mine):
    to_police = a_data_request(act, district)
    to_council = a_data_request(act, district, holder=district.council.id)
    close(mine, district.police.id, "Wound up.", key="k")
    assert [one.other_closed is not None for one in data_requests(act.as_(district.clerk)) if one.id == to_police] == [
        True
    ]
    (sentence,) = asked_of(act, district.clerk)
    assert sentence.startswith("Anyshire Police closed on 25 November 2026.")
    withdraw_without_names(act.as_(district.clerk), to_police)
    close(mine, district.parish.id, "Wound up.", key="l")
    (sentence,) = asked_of(act, district.outsider)
    assert sentence.startswith("Anytown Parish Council closed on 25 November 2026.")
    decline_without_names(act.as_(district.outsider), to_council, "They closed.")
    assert asked_of(act, district.outsider) == []


@pytest.mark.clause("app5.statement")
@pytest.mark.parametrize("make", [a_begun_statement, a_complete_statement, a_statement_in_force])
def test_a_statement_with_a_party_that_closed_waits_for_nobody_and_can_be_ended(act, district, mine, make):
    statement_id = make(act, district)
    if make is a_complete_statement:
        signed_by(act, statement_id, district.parish_approver)
    assert "It is a party to 1 sharing statement, which can only be ended then." in (
        what_closing_means(mine, district.police.id)
    )
    close(mine, district.police.id, "Wound up.", key="k")
    assert written_to(act, "party-closed") == [district.parish_approver.email]
    approver = act.as_(district.parish_approver)
    (line,) = statements(approver)
    assert (line.words, line.waits_for) == ("On hold: Anyshire Police closed on 25 November 2026", "")
    assert "Take your organisation out" in line.held_words
    (sentence,) = asked_of(act, district.parish_approver)
    assert sentence.startswith("Anyshire Police closed on 25 November 2026. The statement")
    opened = open_statement(approver, statement_id)
    assert (opened.may_sign, opened.may_end) == (False, True)
    end_statement(approver, statement_id, "They closed.")
    assert asked_of(act, district.parish_approver) == []


def test_where_whoever_asked_acts_no_more_their_approvers_hear_and_it_is_nobodys_turn_by_name(act, district, mine):
    request_id = a_request(act, district)
    with reading(act.store.engine) as session:
        post = session.exec(select(Post.id).where(Post.account_id == district.clerk.id)).one()
    end_post(mine, post)
    ask_question(act.as_(district.officer), request_id, "Which flat?")
    assert written_to(act, "request-question") == [district.parish_approver.email]
    (line,) = requests_sent(act.as_(district.parish_approver))
    assert (line.requester, turn_words(line, act.at)) == ("Ann Clerk", "Your turn: answer their question")
