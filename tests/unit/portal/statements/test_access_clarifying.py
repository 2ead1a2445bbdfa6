"""Clarifying an access request stops its clock, by the law of its kind; days are counted by hand (s5, s15)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models.record import AuditEntry, Message
from models.statements import AccessRequest, Clarification, OriginatorView
from portal.access_requests.clarification import (
    ClockGoesOnError,
    ClockRunOutError,
    ask_clarification,
    record_clarification,
)
from portal.access_requests.clocks import AccessKind, clock_rule, keeping_rule
from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.log import NotExtendableError, extend_access
from portal.access_requests.partner_views import ask_originator, give_view, open_question
from portal.access_requests.reminders import remind_of_access
from portal.access_requests.retention import purge_access
from portal.access_requests.views import access_pdf, access_requests, open_access
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotFoundError
from portal.ground.wording import today
from portal.statements.errors import DecidedError
from tests.request_builders import CANARY, a_district, later
from tests.statement_builders import REQUESTER, an_access_request

pytestmark = pytest.mark.clause("s15.foi-case-by-case")

CLOCK = pytest.mark.clause("s15.foi-case-by-case")
ASKED = "Which Mill Lane do you mean?"
SAID = "The one by the school."


@pytest.fixture
def district(act):
    return a_district(act)


def on(act, day):
    """The same act at noon of a day."""
    return later(act, seconds=(datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - act.at).total_seconds())


@CLOCK
@pytest.mark.parametrize(
    ("kind", "asked", "answered", "last"),
    [
        # Came on Wednesday 25 November 2026. FOI would end on 23 December; the 20 days begin again after 7 December:
        # 16 in December without 25 and 28, and after New Year's Day the 4 left are 4 to 7 January.
        ("foi", date(2026, 11, 30), date(2026, 12, 7), date(2027, 1, 7)),
        # Subject access would end on Friday 25 December; 7 days stood still: Friday 1 January, so Monday 4 January.
        ("subject_access", date(2026, 11, 30), date(2026, 12, 7), date(2027, 1, 4)),
        # The answer comes on the day of the question: nothing stood still, but the 20 days begin again.
        ("foi", date(2026, 11, 26), date(2026, 11, 26), date(2026, 12, 24)),
        ("subject_access", date(2026, 11, 26), date(2026, 11, 26), date(2026, 12, 29)),
        # 40 days: 25 December and 40 days are Wednesday 3 February.
        ("subject_access", date(2026, 12, 1), date(2027, 1, 10), date(2027, 2, 3)),
    ],
)
def test_a_clarification_moves_the_last_day_as_the_law_of_its_kind_says(act, district, kind, asked, answered, last):
    access_id = an_access_request(act, district, kind)
    ask_clarification(on(act, asked).as_(district.clerk), access_id, ASKED)
    mine = on(act, answered).as_(district.colleague)
    assert record_clarification(mine, access_id, answered, SAID) == last
    assert open_access(mine, access_id).due_on == last


@CLOCK
def test_while_the_clock_stands_still_nothing_is_late_and_nobody_is_reminded(act, district):
    access_id = an_access_request(act, district)
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    ask_clarification(act.as_(district.clerk), access_id, "Asked twice")
    much_later = later(act, days=60)
    (line,) = access_requests(much_later.as_(district.clerk))
    assert line.left(today(much_later.at)) == "Clock stopped since 25 November 2026"
    assert remind_of_access(much_later) == 0
    (one,) = open_access(act.as_(district.clerk), access_id).clarified
    assert (one.question, one.answered_on) == (ASKED, None)


def test_two_clarifications_are_both_left_out_of_a_subject_access_month(act, district):
    access_id = an_access_request(act, district, "subject_access")
    for asked, answered in ((date(2026, 11, 27), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 5))):
        ask_clarification(on(act, asked).as_(district.clerk), access_id, ASKED)
        last = record_clarification(on(act, answered).as_(district.clerk), access_id, answered, SAID)
    assert last == date(2027, 1, 4), "25 December and 7 days is New Year's Day, a Friday"


def test_an_extension_is_moved_by_the_days_that_stood_still(act, district):
    access_id = an_access_request(act, district, "subject_access")
    assert extend_access(act.as_(district.clerk), access_id, "Four filing rooms.") == date(2027, 2, 25)
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    last = record_clarification(later(act, days=10).as_(district.clerk), access_id, date(2026, 12, 5), SAID)
    assert last == date(2027, 3, 8), "25 February and 10 days is Sunday 7 March"


def test_a_request_whose_clock_stands_still_is_not_extended(act, district):
    access_id = an_access_request(act, district, "subject_access")
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    with pytest.raises(NotExtendableError):
        extend_access(act.as_(district.clerk), access_id, "Four filing rooms.")


def test_environmental_information_takes_longer_and_its_clock_never_stops(act, district):
    access_id = an_access_request(act, district, "eir")
    mine = act.as_(district.clerk)
    with pytest.raises(ClockGoesOnError):
        ask_clarification(mine, access_id, ASKED)
    opened = open_access(mine, access_id)
    assert (opened.due_on, opened.may_clarify, opened.may_extend) == (date(2026, 12, 23), False, True)
    assert extend_access(mine, access_id, "Four filing rooms.") == date(2027, 1, 25)


def test_a_law_enforcement_month_begins_again_and_is_never_made_longer(act, district):
    access_id = an_access_request(act, district, "law_enforcement")
    mine = act.as_(district.clerk)
    assert not open_access(mine, access_id).may_extend
    with pytest.raises(NotExtendableError):
        extend_access(mine, access_id, "Four filing rooms.")
    ask_clarification(mine, access_id, ASKED)
    answered = date(2026, 12, 5)
    assert record_clarification(later(act, days=10).as_(district.clerk), access_id, answered, SAID) == date(2027, 1, 5)


def test_a_question_after_the_last_day_stops_nothing(act, district):
    access_id = an_access_request(act, district)
    with pytest.raises(ClockRunOutError):
        ask_clarification(later(act, days=60).as_(district.clerk), access_id, ASKED)


@pytest.mark.parametrize("day", [None, date(2026, 11, 24), date(2026, 11, 26)])
def test_an_answer_has_a_day_between_the_question_and_today(act, district, day):
    access_id = an_access_request(act, district)
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    with pytest.raises(AnswersNeededError) as caught:
        record_clarification(act.as_(district.clerk), access_id, day, SAID)
    assert set(caught.value.problems) == {"clarified_on"}


def test_words_are_needed_and_the_clock_is_started_once(act, district):
    access_id = an_access_request(act, district)
    mine = act.as_(district.clerk)
    with pytest.raises(AnswersNeededError):
        ask_clarification(mine, access_id, "  ")
    with pytest.raises(AlreadyDoneError):
        record_clarification(mine, access_id, today(act.at), SAID)
    ask_clarification(mine, access_id, ASKED)
    with pytest.raises(AnswersNeededError):
        record_clarification(mine, access_id, today(act.at), "x" * 4001)


def test_a_decision_ends_an_open_question_and_none_is_asked_afterwards(act, district):
    access_id = an_access_request(act, district)
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="not_held"))
    assert open_access(act.as_(district.clerk), access_id).line.stopped_on is None
    with pytest.raises(DecidedError):
        ask_clarification(act.as_(district.clerk), access_id, ASKED)
    with pytest.raises(NotFoundError):
        ask_clarification(act.as_(district.officer), access_id, ASKED)
    with pytest.raises(NotFoundError):
        record_clarification(act.as_(district.officer), access_id, today(act.at), SAID)


@pytest.mark.clause("s12.personal-retention")
def test_the_log_deletes_what_was_asked_and_decided_by_its_rule_and_records_what_kind_and_when(act, district):
    access_id = an_access_request(act, district, "subject_access")
    still_open = an_access_request(act, district)
    view_id = ask_originator(
        act.as_(district.clerk), access_id, district.police.id, "May we?", today(act.at) + timedelta(days=5)
    )
    give_view(act.as_(district.officer), view_id, "part", f"Leave out {CANARY}.")
    ask_clarification(act.as_(district.clerk), access_id, ASKED)
    record_clarification(act.as_(district.clerk), access_id, today(act.at), SAID)
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
    last_day = on(act, date(2029, 11, 25))
    assert purge_access(last_day) == 0
    after = on(act, date(2029, 11, 26))
    assert [purge_access(after), purge_access(after)] == [1, 0]
    opened = open_access(after.as_(district.clerk), access_id)
    assert (opened.requester, opened.asked_for, opened.line.outcome) == ("", "", "disclose")
    assert open_question(after.as_(district.officer), view_id).question.startswith("What was asked is deleted")
    with pytest.raises(NotFoundError):
        access_pdf(after.as_(district.clerk), access_id)
    assert open_access(after.as_(district.clerk), still_open).requester == REQUESTER
    with reading(act.store.engine) as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.event == "access-request:content-deleted")).all()
        for table in (AccessRequest, Clarification, OriginatorView):
            for row in session.exec(select(table)).all():
                if getattr(row, "id", "") != still_open:
                    assert not [
                        name
                        for name in ("words", "question", "answer", "paper", "decision")
                        if getattr(row, name, None)
                    ]
        assert not [m for m in session.exec(select(Message)).all() if "deleted" in m.template]
    assert '"kind":"subject_access"' in entry.details
    assert '"decided":"2026-11-25"' in entry.details


def test_every_rule_of_the_clock_names_its_law():
    for kind, rule in (
        ("foi", "first"),
        ("foi", "clarified"),
        ("subject_access", "longer"),
        ("subject_access", "clarified"),
    ):
        found = clock_rule(AccessKind(kind), rule)
        assert any(law in found.source for law in ("Freedom of Information Act 2000 s", "UK GDPR Art 12"))
        assert found.text.endswith(".") or rule == "first"
    assert str(keeping_rule().years) in keeping_rule().text
