"""The end of the recipient's keeping: gone, with a certificate that anybody can check; or kept longer, and objected to."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.after_disclosure import LongerKeeping, RecipientCopy
from models.record import AuditEntry
from portal.agreement.notices.notices import NoticeEffect, give_notice
from portal.agreement.verification import check_pdf, check_reference
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.duties.document_status import ROOMS
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import today
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.destruction import certificate_pdf, remind_of_keeping, say_gone
from portal.requests.after_disclosure.retention import set_keeping_time
from portal.requests.after_disclosure.retention_extension import keep_longer, object_to_keeping
from portal.requests.after_disclosure.still_held import still_held
from portal.requests.entitlement import Side
from portal.requests.errors import AlreadyGoneError, NotYourTurnError
from portal.requests.exchange.answers import answer_file, answer_pdf, open_answer
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import RequestDecision
from portal.requests.exchange.receipt import confirm_receipt, report_trouble
from portal.requests.status import turn_words
from portal.requests.views import open_request, requests_received, requests_sent
from tests.builders import a_person
from tests.request_builders import (
    CANARY,
    SECRET_FACT,
    a_district,
    a_request,
    a_shared_request,
    askers,
    holders,
    later,
    letters,
    typed,
    written_to,
)
from tests.signing_builders import REASONS

pytestmark = pytest.mark.clause("s12.personal-retention")

WHY = f"The trial of {CANARY} was put off."


@pytest.fixture
def district(act):
    return a_district(act)


def kept_until(act, district, days):
    """A shared request that the recipient may keep for so many days; returns its id."""
    request_id = a_shared_request(act, district, keep_until=typed(today(act.at) + timedelta(days=days)))
    confirm_receipt(act.as_(district.clerk), request_id)
    return request_id


def gone(act, request_id):
    return say_gone(act, request_id, "both", promised=True)


def copy_in(act, request_id):
    with reading(act.store.engine) as session:
        return session.get(RecipientCopy, request_id)


def test_without_a_day_it_may_be_kept_as_long_as_the_holder_keeps_its_own_record(act, district):
    assert copy_in(act, a_shared_request(act, district)).keep_until == date(2032, 11, 25)


@pytest.mark.parametrize("days", [0, -1, 366 * 7])
def test_the_day_lies_after_today_and_within_the_holders_own_time(act, district, days):
    with pytest.raises(AnswersNeededError) as refused:
        kept_until(act, district, days)
    assert set(refused.value.problems) == {"keep_until"}


def test_what_is_no_day_is_asked_for_again(act, district):
    with pytest.raises(AnswersNeededError):
        a_shared_request(act, district, keep_until=("31", "2", "2027"))


def test_gone_gives_the_originator_a_sealed_certificate_that_names_nobody_it_was_about(act, district):
    request_id = kept_until(act, district, 30)
    reference = gone(act.as_(district.clerk), request_id)
    assert gone(act.as_(district.colleague), request_id) == reference
    named, pdf = certificate_pdf(act.as_(district.officer), request_id)
    words = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert named == reference
    for part in ("Certificate of destruction", "Ann Clerk", "Anyshire Police", "shredded on paper"):
        assert part in " ".join(words.split())
    assert CANARY not in words
    assert check_document(act.store, pdf).outcome is SealOutcome.GENUINE
    assert "certificate that what was shared is destroyed" in " ".join(check_pdf(act, pdf, ROOMS).sentences)
    assert written_to(act, "request-gone") == holders(district)
    with reading(act.store.engine) as session:
        for event in ("answer:copy-destroyed", "answer:certificate-opened"):
            assert len(session.exec(select(AuditEntry).where(AuditEntry.event == event)).all()) == 1


def test_the_answer_opens_for_the_recipient_no_more_and_for_the_holder_still(act, district):
    request_id = kept_until(act, district, 30)
    gone(act.as_(district.clerk), request_id)
    for opening in (open_answer, answer_pdf, lambda who, one: answer_file(who, one, 1)):
        with pytest.raises(AlreadyGoneError):
            opening(act.as_(district.colleague), request_id)
    assert not open_request(act.as_(district.clerk), request_id).may_open_answer
    assert open_answer(act.as_(district.inspector), request_id).verdict.items[0].information == SECRET_FACT
    assert turn_words(requests_sent(act.as_(district.clerk))[0], act.at) == "Shared. Destroyed today"


@pytest.mark.parametrize(("how", "promised"), [("", True), ("burnt", True), ("deleted", False)])
def test_it_is_gone_only_with_how_and_the_promise(act, district, how, promised):
    request_id = kept_until(act, district, 30)
    with pytest.raises(AnswersNeededError):
        say_gone(act.as_(district.clerk), request_id, how, promised=promised)
    assert copy_in(act, request_id).status == "held"


def test_an_approver_of_the_recipient_can_say_it_and_nobody_else(act, district):
    request_id = kept_until(act, district, 30)
    for stranger in (district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            gone(act.as_(stranger), request_id)
    gone(act.as_(district.parish_approver), request_id)


def test_after_its_day_it_is_the_recipients_turn_and_the_holder_sees_it(act, district):
    kept_until(act, district, 30)
    before, after = later(act, days=30), later(act, days=31)
    assert requests_sent(before.as_(district.clerk))[0].turn is None
    line = requests_sent(after.as_(district.clerk))[0]
    assert turn_words(line, after.at) == "Your turn: say whether it is gone"
    assert requests_received(after.as_(district.officer))[0].turn is Side.ASKING
    assert requests_received(after.as_(district.officer))[0].is_over


def test_it_is_asked_on_the_day_after_and_again_with_a_word_to_the_holder(act, district):
    kept_until(act, district, 30)
    assert [remind_of_keeping(later(act, days=days)) for days in (30, 31, 32, 45, 46)] == [0, 1, 0, 1, 0]
    assert written_to(act, "request-keeping-over") == sorted(2 * askers(district))
    assert written_to(act, "request-keeping-overdue") == holders(district)
    assert CANARY not in str(letters(act, "request-keeping-over"))


def test_still_needed_moves_the_day_tells_the_holder_and_is_recorded(act, district):
    request_id = kept_until(act, district, 30)
    after = later(act, days=31)
    new = today(act.at) + timedelta(days=90)
    for _ in range(2):
        assert keep_longer(after.as_(district.clerk), request_id, typed(new), WHY) == new
    opened = open_request(after.as_(district.officer), request_id)
    assert (opened.after.keep_until, opened.line.turn, len(opened.after.longer)) == (new, None, 1)
    assert opened.after.longer[0].why == WHY
    assert written_to(act, "request-kept-longer") == holders(district)
    with reading(act.store.engine) as session:
        assert CANARY.encode() not in session.exec(select(LongerKeeping.words)).one()


@pytest.mark.parametrize(
    ("until", "why", "field"),
    [
        (("", "", ""), WHY, "until"),
        (("31", "2", "2027"), WHY, "until"),
        (("1", "12", "2026"), WHY, "until"),
        (("1", "1", "2040"), WHY, "until"),
        (("1", "6", "2027"), " ", "why"),
        (("1", "6", "2027"), "x" * 2001, "why"),
    ],
)
def test_a_longer_time_needs_a_later_day_and_a_reason(act, district, until, why, field):
    request_id = kept_until(act, district, 30)
    with pytest.raises(AnswersNeededError) as refused:
        keep_longer(act.as_(district.clerk), request_id, until, why)
    assert set(refused.value.problems) == {field}


def test_the_holder_objects_once_and_the_time_is_over_at_once(act, district):
    request_id = kept_until(act, district, 30)
    keep_longer(act.as_(district.clerk), request_id, ("1", "6", "2027"), WHY)
    assert open_request(act.as_(district.inspector), request_id).after.may_object
    object_to_keeping(act.as_(district.inspector), request_id, "The case is closed.")
    assert written_to(act, "request-keeping-objected") == askers(district)
    line = requests_sent(act.as_(district.clerk))[0]
    assert (line.turn, line.is_over) == (Side.ASKING, True)
    assert open_request(act.as_(district.clerk), request_id).after.longer[0].objection == "The case is closed."
    with pytest.raises(NotYourTurnError):
        object_to_keeping(act.as_(district.sergeant), request_id, "Again.")
    gone(act.as_(district.clerk), request_id)


def test_only_an_approver_of_the_holder_objects_and_only_to_something(act, district):
    request_id = kept_until(act, district, 30)
    with pytest.raises(NotYourTurnError):
        object_to_keeping(act.as_(district.inspector), request_id, "No.")
    keep_longer(act.as_(district.clerk), request_id, ("1", "6", "2027"), WHY)
    for stranger in (district.officer, district.parish_approver, district.outsider):
        with pytest.raises(NotAllowedError):
            object_to_keeping(act.as_(stranger), request_id, "No.")
    with pytest.raises(AnswersNeededError):
        object_to_keeping(act.as_(district.inspector), request_id, " ")


def test_what_is_gone_is_neither_kept_longer_nor_wrong_any_more(act, district):
    request_id = kept_until(act, district, 30)
    gone(act.as_(district.clerk), request_id)
    with pytest.raises(AlreadyGoneError):
        keep_longer(act.as_(district.clerk), request_id, ("1", "6", "2027"), WHY)
    with pytest.raises(NotYourTurnError):
        report_trouble(act.as_(district.clerk), request_id, WHY)


def test_once_the_holders_record_is_deleted_only_gone_is_left_to_say(act, district):
    request_id = a_shared_request(act, district)
    report_trouble(act.as_(district.clerk), request_id, WHY)
    set_keeping_time(act.as_(district.inspector), "1")
    after = later(act, days=366)
    assert purge_expired(after) == 1
    opened = open_request(after.as_(district.clerk), request_id)
    assert (opened.line.turn, opened.after.may_end, opened.after.may_extend) == (Side.ASKING, True, False)
    with pytest.raises(NotFoundError):
        keep_longer(after.as_(district.clerk), request_id, ("1", "1", "2029"), WHY)
    gone(after.as_(district.clerk), request_id)
    assert certificate_pdf(after.as_(district.inspector), request_id)[1].startswith(b"%PDF")


@pytest.mark.clause("s6.disclosure-in-writing")
def test_papers_of_a_deleted_request_are_still_recognised_with_what_kind_and_when(act, district):
    request_id = a_shared_request(act, district)
    reference, pdf = answer_pdf(act.as_(district.inspector), request_id)
    purge_expired(later(act, days=366 * 7))
    for found in (check_pdf(act, pdf, ROOMS), check_reference(act, reference, ROOMS)):
        words = " ".join(found.sentences)
        assert "What it said was deleted on" in words
        assert "It was sent on 25 November 2026 and answered on 25 November 2026." in words
        assert "The kind of information asked for: Facts about a living person." in words
        assert CANARY not in words
    assert "It is the answer to a request." in check_pdf(act, pdf, ROOMS).sentences


def test_a_refusal_leaves_no_copy(act, district):
    request_id = a_request(act, district)
    decide(act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="We hold nothing."))
    assert copy_in(act, request_id) is None
    assert open_request(act.as_(district.clerk), request_id).after is None


@pytest.mark.clause("s14.termination")
def test_who_leaves_is_shown_what_it_still_holds_until_each_is_given_back_or_destroyed(act, district):
    later_one, first = a_shared_request(act, district), kept_until(act, district, 30)
    approver, manager = act.as_(district.parish_approver), act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    give_notice(approver, district.parish.id, NoticeEffect.WITHDRAWAL, REASONS, key="k")
    for who in (approver, manager):
        held = still_held(who, district.parish.id)
        assert [one.request_id for one in held] == [first, later_one]
        assert {one.came_from for one in held} == {"Anyshire Police"}
        assert CANARY not in repr(held)
    with pytest.raises(NotFoundError):
        still_held(act.as_(district.outsider), district.parish.id)
    assert still_held(act.as_(district.officer), district.police.id) == []
    gone(act.as_(district.clerk), first)
    assert [one.request_id for one in still_held(manager, district.parish.id)] == [later_one]
