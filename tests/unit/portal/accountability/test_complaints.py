"""Complaints: taken from anybody, acknowledged by their day, answered, kept only as long as the schedule says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.accountability import Complaint
from models.record import AuditEntry
from portal.accountability.complaints.handling import acknowledge, add_handling_step, tell_outcome
from portal.accountability.complaints.receiving import NewComplaint, complain, log_complaint
from portal.accountability.complaints.views import complaint_history, complaint_pdf, complaints, open_complaint
from portal.agreement.verification import check_pdf
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.document_status import ROOMS
from portal.duties.scheduled.deletions import delete_what_is_past
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.errors import (
    AlreadyDoneError,
    AnswersNeededError,
    NotAllowedError,
    NotFoundError,
    TooManyTriesError,
)
from portal.ground.settings import load_settings
from tests.builders import a_partnership, a_person, an_organisation
from tests.request_builders import letters

ABOUT = "Zebedee Quill read my file aloud at the Mill Lane shop."
JUNE = NewComplaint(about=ABOUT, name="June Moss", reach="june@moss.example")
WORDS = ("Zebedee", "June", "moss", "Mill Lane")


@pytest.fixture
def officer(act):
    a_partnership(act)
    return act.as_(a_person(act, "Owen Pugh", Role.OFFICER))


def sent(act, new=JUNE, *, key="k", network="192.0.2.1"):
    return complain(act.as_(PUBLIC), new, key=key, network_address=network)


def of_complaints(act):
    return [one for one in duties_of(act) if one.kind.value == "complaint"]


def test_anybody_complains_and_whoever_handles_it_is_told_without_a_word_of_it(act, officer):
    manager = a_person(act, "Max Manager", Role.MANAGER)
    receipt = sent(act)
    assert receipt.acknowledge_by == date(2026, 12, 25), "30 days after 25 November, also where nobody works that day"
    assert sent(act) == receipt, "a second click is the same complaint"
    (line,) = complaints(officer)
    opened = open_complaint(officer, line.id)
    assert (opened.name, opened.reach, opened.about) == (JUNE.name, JUNE.reach, ABOUT)
    told = letters(act, "complaint-came")
    assert {to for to, _ in told} == {officer.person.email, manager.email}
    assert all(receipt.reference in body and "25 December 2026" in body for _, body in told)
    with reading(act.store.engine) as session:
        kept = "".join(f"{one.details} {one.subject}" for one in session.exec(select(AuditEntry)).all())
        (row,) = session.exec(select(Complaint)).all()
    for secret in WORDS:
        assert secret not in kept + "".join(body for _, body in told)
        assert secret.encode() not in row.words


REFUSED = {
    "list": lambda act, _id: complaints(act),
    "open": open_complaint,
    "letter": complaint_pdf,
    "history": complaint_history,
    "acknowledge": lambda act, one: acknowledge(act, one, "email", None),
    "step": lambda act, one: add_handling_step(act, one, "x", key="x"),
    "outcome": lambda act, one: tell_outcome(act, one, "upheld", "x", "email"),
    "log": lambda act, _id: log_complaint(act, JUNE, date(2026, 11, 1), "post", key="p"),
}


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.APPROVER, Role.CHAIR])
def test_nobody_else_reads_logs_or_answers_a_complaint(act, officer, role):
    sent(act)
    (line,) = complaints(officer)
    theirs = act.as_(a_person(act, "Ann Clerk", role, organisation=an_organisation(act)) if role else PUBLIC)
    for refused in REFUSED.values():
        with pytest.raises((NotAllowedError, NotFoundError)):
            refused(theirs, line.id)
    assert of_complaints(theirs) == []


def test_a_flood_is_held_back_and_counts_nothing_that_was_not_kept(act, officer):
    for number in range(5):
        sent(act, key=f"k{number}")
    with pytest.raises(TooManyTriesError):
        sent(act, key="more")
    with pytest.raises(AnswersNeededError):
        sent(act, NewComplaint(about="  "), key="empty", network="192.0.2.2")
    sent(act, key="elsewhere", network="192.0.2.2")
    for number in range(5):
        sent(act, key=f"six{number}", network=f"2001:db8::{number}")
    with pytest.raises(TooManyTriesError):
        sent(act, key="same house", network="2001:db8::99")
    assert len(complaints(officer)) == 11


def test_strangers_shut_nobody_out_and_fill_no_mailbox(act, officer):
    for number in range(101):
        sent(act, key=f"k{number}", network=f"192.0.2.{number}")
    receipt = sent(act, key="true", network="198.51.100.1")
    assert receipt.reference in {one.reference for one in complaints(officer)}
    told = [body for _, body in letters(act, "complaint-came")]
    assert (len(told), ["no more today" in body for body in told].count(True)) == (20, 1)
    log_complaint(officer, JUNE, date(2026, 11, 25), "phone", key="by phone")
    tomorrow = replace(act, at=act.at + timedelta(days=1))
    sent(tomorrow, key="tomorrow")
    assert len(letters(act, "complaint-came")) == 22


def test_it_stands_in_to_do_and_the_calendar_until_it_is_answered(act, officer):
    sent(act)
    (duty,) = of_complaints(officer)
    assert (duty.due, duty.late) == (date(2026, 12, 25), False)
    assert "by 25 December 2026" in duty.sentence
    assert date(2026, 12, 25) in {one.on for one in coming(officer) if one.href == duty.href}
    (late,) = of_complaints(replace(officer, at=act.at + timedelta(days=31)))
    assert late.late
    (line,) = complaints(officer)
    acknowledge(officer, line.id, "email", None)
    (duty,) = of_complaints(officer)
    assert (duty.due, duty.late) == (None, False)
    assert "Tell them what you found." in duty.sentence
    tell_outcome(officer, line.id, "upheld", "We were wrong.", "email")
    assert of_complaints(officer) == []


def test_the_acknowledgement_goes_by_mail_only_to_an_address_and_says_nothing_of_the_complaint(act, officer):
    sent(act, replace(JUNE, reach="Flat 2, Mill Lane"))
    (line,) = complaints(officer)
    for how, on, field in (("email", None, "how"), (None, None, "how"), ("post", date(2026, 11, 24), "on")):
        with pytest.raises(AnswersNeededError) as missing:
            acknowledge(officer, line.id, how, on)
        assert set(missing.value.problems) == {field}
    acknowledge(officer, line.id, "post", date(2026, 11, 25))
    assert letters(act, "complaint-acknowledged") == []
    sent(act, key="second")
    second = next(one for one in complaints(officer) if one.acknowledged_on is None)
    acknowledge(officer, second.id, "email", None)
    acknowledge(officer, second.id, "email", None)
    ((to, body),) = letters(act, "complaint-acknowledged")
    assert to == "june@moss.example"
    assert second.reference in body
    assert not any(secret in body for secret in WORDS)


def test_who_leaves_no_way_to_be_reached_is_acknowledged_on_the_screen_and_still_answered(act, officer):
    receipt = sent(act, NewComplaint(about=ABOUT))
    assert not receipt.reachable
    (line,) = complaints(officer)
    assert line.acknowledged_on == date(2026, 11, 25)
    (duty,) = of_complaints(officer)
    assert "no way to be reached" in duty.sentence
    with pytest.raises(AnswersNeededError):
        tell_outcome(officer, line.id, "upheld", "We were wrong.", "email")
    tell_outcome(officer, line.id, "upheld", "We were wrong.", "nobody")


def test_the_outcome_is_a_sealed_letter_told_once(act, officer):
    sent(act)
    (line,) = complaints(officer)
    for _ in range(2):
        add_handling_step(officer, line.id, "I asked Zebedee Quill.", key="one")
    for wrong in ((None, "x", "email"), ("upheld", "", "email"), ("upheld", "x", None), ("upheld", "x", "nobody")):
        with pytest.raises(AnswersNeededError):
            tell_outcome(officer, line.id, *wrong)
    tell_outcome(officer, line.id, "partly", "The file was read aloud. It will not be again.", "post")
    tell_outcome(officer, line.id, "partly", "The file was read aloud. It will not be again.", "post")
    with pytest.raises(AlreadyDoneError):
        tell_outcome(officer, line.id, "upheld", "Something else.", "post")
    with pytest.raises(AlreadyDoneError):
        add_handling_step(officer, line.id, "More.", key="two")
    opened = open_complaint(officer, line.id)
    assert [one.words for one in opened.steps] == ["I asked Zebedee Quill."]
    assert opened.line.acknowledged_on == date(2026, 11, 25), "the outcome is the acknowledgement too"
    reference, pdf = complaint_pdf(officer, line.id)
    heard = check_pdf(act.as_(PUBLIC), pdf, ROOMS)
    assert (heard.good, reference) == (True, line.reference)
    assert "It was answered on 25 November 2026." in heard.sentences
    assert not any(secret in " ".join(heard.sentences) for secret in WORDS)
    said = [what for _, what, _ in complaint_history(officer, line.id)]
    assert said.count("recorded the outcome of a complaint") == 1
    assert "opened a complaint" in said


def test_one_that_came_another_way_counts_from_the_day_it_came(act, officer):
    for received, came, field in ((None, "post", "received_on"), (date(2026, 11, 1), "web", "came")):
        with pytest.raises(AnswersNeededError) as missing:
            log_complaint(officer, JUNE, received, came, key="p")
        assert set(missing.value.problems) == {field}
    assert log_complaint(officer, JUNE, date(2026, 10, 20), "post", key="p").acknowledge_by == date(2026, 11, 19)
    assert log_complaint(officer, JUNE, date(2026, 10, 20), "post", key="p") is not None
    assert [one.late for one in of_complaints(officer)] == [True]


def test_what_was_written_goes_three_years_after_the_answer_and_not_before_there_is_one(act, officer, tmp_path):
    settings = load_settings({}, folder=tmp_path)
    sent(act)
    sent(act, key="unanswered")
    line = complaints(officer)[0]
    add_handling_step(officer, line.id, "I asked.", key="one")
    tell_outcome(officer, line.id, "upheld", "We were wrong.", "post")

    def gone(days):
        ran = delete_what_is_past(replace(act, at=act.at + timedelta(days=days)), settings)
        return {one.rule.id: one.count for one in ran}["complaints"]

    assert (gone(3 * 365), gone(3 * 365 + 3), gone(3 * 365 + 4)) == (0, 1, 0)
    opened = open_complaint(officer, line.id)
    assert (opened.about, opened.name, opened.outcome, opened.steps[0].words) == ("", "", "", "")
    assert opened.line.result == "upheld"
    with pytest.raises(NotFoundError):
        complaint_pdf(officer, line.id)
