"""Receipt: confirmed by those to whom it opens, or said to be wrong; then the holder replies, and it is confirmed again."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.after_disclosure import AnswerNote
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.requests.entitlement import Side
from portal.requests.errors import NotYourTurnError
from portal.requests.exchange.receipt import answer_trouble, confirm_receipt, remind_of_receipts, report_trouble
from portal.requests.status import turn_words
from portal.requests.views import open_request, requests_received, requests_sent
from tests.duty_helpers import asked as asked_of
from tests.request_builders import CANARY, a_district, a_request, a_shared_request, later, letters

pytestmark = pytest.mark.clause("s7.matching-quality")

WRONG = f"{CANARY} was born in another year."


@pytest.fixture
def district(act):
    return a_district(act)


def seen(act, person, request_id):
    return open_request(act.as_(person), request_id)


def test_an_answer_waits_for_the_recipient_until_it_is_confirmed(act, district):
    request_id = a_shared_request(act, district)
    before = requests_sent(act.as_(district.clerk))[0]
    assert (before.turn, turn_words(before, act.at)) == (Side.ASKING, "Your turn: say whether you have the answer")
    assert asked_of(act, district.clerk)["answer"] == 1
    for _ in range(2):
        confirm_receipt(act.as_(district.clerk), request_id)
    after = seen(act, district.inspector, request_id)
    assert after.line.turn is None
    assert after.after.confirmed_by == "Ann Clerk"
    assert [to for to, _ in letters(act, "request-received")] == [
        one.email for one in (district.inspector, district.officer, district.sergeant)
    ]


def test_only_those_to_whom_it_opens_confirm_it(act, district):
    request_id = a_shared_request(act, district)
    for stranger in (district.parish_approver, district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            confirm_receipt(act.as_(stranger), request_id)
    confirm_receipt(act.as_(district.colleague), request_id)


def test_what_is_wrong_goes_to_the_holder_who_replies_and_then_it_is_confirmed(act, district):
    request_id = a_shared_request(act, district)
    report_trouble(act.as_(district.clerk), request_id, WRONG)
    line = requests_received(act.as_(district.officer))[0]
    assert turn_words(line, act.at) == "Your turn: they say that something is wrong"
    with pytest.raises(NotYourTurnError):
        confirm_receipt(act.as_(district.clerk), request_id)
    approver = replace(district.clerk, posts=district.clerk.posts | district.parish_approver.posts)
    with pytest.raises(NotFoundError):  # of the side that asked
        answer_trouble(act.as_(approver), request_id, "It is right.")
    answer_trouble(act.as_(district.officer), request_id, "You are right: 1991.")
    notes = seen(act, district.clerk, request_id).after.notes
    assert [(one.kind, one.words) for one in notes] == [("trouble", WRONG), ("remedy", "You are right: 1991.")]
    confirm_receipt(act.as_(district.clerk), request_id)
    assert requests_received(act.as_(district.officer))[0].turn is None
    for template in ("request-trouble", "request-remedy"):
        assert letters(act, template)
        assert CANARY not in str(letters(act, template))


def test_something_found_wrong_later_can_still_be_said(act, district):
    request_id = a_shared_request(act, district)
    confirm_receipt(act.as_(district.clerk), request_id)
    report_trouble(act.as_(district.colleague), request_id, WRONG)
    assert requests_received(act.as_(district.officer))[0].turn is Side.HOLDING


def test_nothing_is_said_twice_and_nothing_without_words(act, district):
    request_id = a_shared_request(act, district)
    with pytest.raises(AnswersNeededError):
        report_trouble(act.as_(district.clerk), request_id, " ")
    with pytest.raises(NotYourTurnError):
        answer_trouble(act.as_(district.officer), request_id, "Nothing was said.")
    report_trouble(act.as_(district.clerk), request_id, WRONG)
    with pytest.raises(NotYourTurnError):
        report_trouble(act.as_(district.colleague), request_id, WRONG)
    with pytest.raises(AnswersNeededError):
        answer_trouble(act.as_(district.officer), request_id, "x" * 4001)


def test_what_was_said_is_sealed(act, district):
    report_trouble(act.as_(district.clerk), a_shared_request(act, district), WRONG)
    with reading(act.store.engine) as session:
        assert CANARY.encode() not in session.exec(select(AnswerNote.body)).one()


def test_a_request_without_a_shared_answer_has_nothing_to_confirm(act, district):
    with pytest.raises(NotFoundError):
        confirm_receipt(act.as_(district.clerk), a_request(act, district))


def test_whoever_it_waits_for_is_reminded_after_five_working_days_and_every_five_after(act, district):
    request_id = a_shared_request(act, district)
    assert [remind_of_receipts(later(act, days=days)) for days in (6, 7, 8, 14)] == [0, 1, 0, 1]
    assert {to for to, _ in letters(act, "request-receipt-due")} == {district.clerk.email, district.colleague.email}
    report_trouble(later(act, days=15).as_(district.clerk), request_id, WRONG)
    assert remind_of_receipts(later(act, days=22)) == 1
    assert {to for to, _ in letters(act, "request-trouble-waits")} == {
        district.officer.email,
        district.inspector.email,
        district.sergeant.email,
    }
