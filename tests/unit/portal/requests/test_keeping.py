"""Keeping: as long as the holder's policy says, then gone, with a record of what kind and when."""

from datetime import date

import pytest
from sqlmodel import select

from models.record import AuditEntry
from models.requests import AnswerFile, Consultation, Decision, InformationRequest, RequestMessage
from portal.ground.calendar.working_calendar import years_after
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record.audit import verify
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.retention import DEFAULT_YEARS, keeping_time, set_keeping_time
from portal.requests.errors import AnswerClosedError, NotYourTurnError
from portal.requests.exchange.answers import answer_file, answer_pdf, open_answer
from portal.requests.exchange.attachments import check_files
from portal.requests.exchange.correspondence import Consulted, ask_question, record_consultation, reply
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.views import open_request, request_pdf, requests_sent
from tests.request_builders import AGREE, SECRET_FACT, a_district, a_request, an_urgent_request, basis_for, later

pytestmark = pytest.mark.clause("s12.personal-retention")

A_YEAR = 366  # days


@pytest.fixture
def district(act):
    return a_district(act)


def an_answered_request(act, district):
    """A request with a question, a consultation, an answer and a file; returns its id."""
    request_id = a_request(act, district)
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    reply(act.as_(district.clerk), request_id, "The one in Anytown.")
    cps = Consulted(whom="cps", view="no_objection", name="A", position="B", day="today", said="Go on.")
    record_consultation(act.as_(district.officer), request_id, cps)
    mine = act.as_(district.inspector)
    case = open_request(mine, request_id).case
    shared = ItemVerdict(shared=True, information=SECRET_FACT)
    ticked = tuple(one.id for one in conditions_to_tick(case))
    files = check_files((("calls.txt", SECRET_FACT.encode()),))
    decide(
        mine,
        request_id,
        RequestDecision(outcome="disclose", items=(shared, shared), ticked=ticked, matched=AGREE, **basis_for(case)),
        files,
    )
    return request_id


def test_an_organisation_sets_its_own_time_and_until_then_the_portals_holds(act, district):
    assert keeping_time(act.as_(district.officer)).years == DEFAULT_YEARS
    for _ in range(2):
        set_keeping_time(act.as_(district.inspector), " 2 ")
    found = keeping_time(act.as_(district.officer))
    assert (found.years, found.set_by) == (2, "Ira Inspector")
    assert keeping_time(act.as_(district.clerk)).years == DEFAULT_YEARS
    with reading(act.store.engine) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.event == "request:keeping-time-set")).all()
    assert len(entries) == 1


@pytest.mark.parametrize("years", ["", "0", "101", "-3", "2.5", "six", "9" * 30])
def test_a_time_that_is_no_number_of_years_is_asked_for_again(act, district, years):
    with pytest.raises(AnswersNeededError):
        set_keeping_time(act.as_(district.inspector), years)


def test_only_an_approver_sets_it(act, district):
    with pytest.raises(NotAllowedError):
        set_keeping_time(act.as_(district.officer), "2")
    assert keeping_time(act.as_(district.officer)).years == DEFAULT_YEARS


@pytest.mark.clause("s6.disclosure-in-writing")
def test_after_the_holders_time_everything_said_is_gone_and_a_record_says_what_kind_and_when(act, district):
    request_id = an_answered_request(act, district)
    set_keeping_time(act.as_(district.inspector), "1")
    assert purge_expired(later(act, days=A_YEAR - 2)) == 0
    after = later(act, days=A_YEAR)
    assert [purge_expired(after), purge_expired(after)] == [1, 0]
    with reading(act.store.engine) as session:
        row = session.get(InformationRequest, request_id)
        decision = session.exec(select(Decision)).one()
        assert {row.data_key, row.content, row.paper, decision.content, decision.paper} == {None}
        assert set(session.exec(select(RequestMessage.body)).all()) == {None}
        assert session.exec(select(Consultation.words)).all() == [None]
        assert session.exec(select(AnswerFile.name, AnswerFile.content)).all() == [(None, None)]
        entry = session.exec(select(AuditEntry).where(AuditEntry.event == "request:content-deleted")).one()
    assert '"data_type":"personal"' in entry.details
    assert '"files":1' in entry.details
    assert open_request(after.as_(district.clerk), request_id).purged_at == after.at
    assert len(requests_sent(after.as_(district.clerk))) == 1
    assert verify(act.store).whole


def test_nothing_of_a_purged_request_opens_any_more(act, district):
    request_id = an_answered_request(act, district)
    set_keeping_time(act.as_(district.inspector), "1")
    after = later(act, days=A_YEAR)
    purge_expired(after)
    for person in (district.clerk, district.inspector):
        for opening in (open_answer, answer_pdf, request_pdf, lambda act, one: answer_file(act, one, 1)):
            with pytest.raises((NotFoundError, AnswerClosedError)):
                opening(after.as_(person), request_id)


def test_a_request_that_nobody_answers_lapses_once_the_keeping_time_has_run_from_the_last_word_about_it(act, district):
    waits, urgent = a_request(act, district), an_urgent_request(act, district)
    asked = later(act, days=A_YEAR)
    ask_question(asked.as_(district.officer), waits, "Which Mill Lane?")
    mine = later(act, days=DEFAULT_YEARS * A_YEAR)
    assert open_request(mine.as_(district.clerk), urgent).urgent
    assert purge_expired(mine) == 1
    assert open_request(mine.as_(district.clerk), urgent).urgent is None
    assert open_request(mine.as_(district.clerk), waits).case
    over = later(act, days=(DEFAULT_YEARS + 1) * A_YEAR)
    assert [purge_expired(over), purge_expired(over)] == [1, 0]
    with reading(act.store.engine) as session:
        rows = session.exec(select(InformationRequest)).all()
        assert {(row.status, row.data_key, row.content, row.paper) for row in rows} == {("withdrawn", None, None, None)}
        assert not session.exec(select(RequestMessage)).all()
        told = [one.details for one in session.exec(select(AuditEntry)) if one.event == "request:content-deleted"]
    assert len(told) == 2
    assert all("unanswered" in details for details in told)
    for person in (district.clerk, district.inspector):
        opened = open_request(over.as_(person), waits)
        assert (opened.case, opened.purged_at, opened.withdrawn_by) == (None, over.at, over.person.name)
        with pytest.raises((NotFoundError, AnswerClosedError)):
            request_pdf(over.as_(person), waits)
    with pytest.raises(NotYourTurnError):
        reply(over.as_(district.clerk), waits, "The one in Anytown.")
    assert verify(act.store).whole


def test_the_words_of_an_urgent_record_go_with_it(act, district):
    request_id = an_urgent_request(act, district)
    decide(act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="Nothing held."))
    assert purge_expired(later(act, days=7 * A_YEAR)) == 1
    assert open_request(act.as_(district.clerk), request_id).urgent is None


@pytest.mark.threat("DA13")
def test_a_leap_days_keeping_ends_on_the_first_of_march():
    assert years_after(date(2028, 2, 29), 1) == date(2029, 3, 1)
    assert years_after(date(2026, 11, 25), 6) == date(2032, 11, 25)
