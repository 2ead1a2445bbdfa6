"""The officer asks about a return; the organisation explains or corrects; nobody else sees it."""

import pytest
from sqlmodel import Session, select

from models.record import AuditEntry, Message
from portal.ground.act import Role
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.returns.review.query import answer, ask_more, close, query
from portal.returns.review.query_views import queries_of, to_answer, to_close
from portal.returns.service.submission import send_nothing
from portal.returns.service.withdrawal import withdraw
from tests.builders import a_person, an_organisation
from tests.duty_helpers import asked as asked_of
from tests.request_builders import a_signatory
from tests.return_builders import CHOSEN, a_force

pytestmark = pytest.mark.clause("s11.quarterly")

QUESTION = "Noise fell from 41 to nothing. Was a month left out?"


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


@pytest.fixture
def officer(act):
    return act.as_(a_person(act, "Owen Pugh", Role.OFFICER))


@pytest.fixture
def sent(mine, force):
    return send_nothing(mine, force[0].id, CHOSEN, "one")


def letters(act):
    with Session(act.store.engine) as session:
        return session.exec(select(Message)).all()


def events(act):
    with Session(act.store.engine) as session:
        return [entry.event for entry in session.exec(select(AuditEntry).order_by(AuditEntry.number)).all()]


def test_a_question_waits_for_the_organisation_and_its_answer_for_the_officer(act, mine, officer, force, sent):
    asked = query(officer, sent, QUESTION, "key")
    assert query(officer, sent, QUESTION, "key") == asked
    assert [one.id for one in to_answer(mine, force[0].id)] == [asked]
    assert asked_of(mine)["return_question"] == 1
    answer(mine, asked, "The contractor began a new count in July.")
    assert to_answer(mine, force[0].id) == []
    assert [one.id for one in to_close(officer)] == [asked]
    assert asked_of(officer)["return_question"] == 1
    ask_more(officer, asked, "Will the count stay so?")
    answer(mine, asked, "Yes.")
    close(officer, asked, "explained")
    (shown,) = queries_of(mine, sent)
    assert [(one.from_officer, one.words) for one in shown.said][:2] == [
        (True, QUESTION),
        (False, "The contractor began a new count in July."),
    ]
    assert shown.status == "Closed: it was explained"
    assert to_close(officer) == []
    assert events(act)[-5:] == [
        "return:queried",
        "return:query-answered",
        "return:queried",
        "return:query-answered",
        "return:query-closed",
    ]


def test_the_letter_goes_to_who_sent_it_and_holds_no_word_of_the_question(act, officer, force, sent):
    a_person(act, "Cass Colleague", Role.PARTNER, organisation=force[0])
    query(officer, sent, QUESTION, "key")
    written = [one for one in letters(act) if one.template.startswith("return-question")]
    assert [act.store.vault.open_text(one.to, f"message.to:{one.id}") for one in written] == [force[1].email]
    text = act.store.vault.open_text(written[0].body, f"message.body:{written[0].id}")
    assert "41" not in text
    assert "July to September 2026" in text


def test_a_question_is_sealed_in_the_store(act, officer, sent, data_dir):
    query(officer, sent, QUESTION, "key")
    act.store.engine.dispose()
    assert not any(b"month left out" in p.read_bytes() for p in data_dir.rglob("*") if p.is_file())


def test_a_correction_closes_the_question_and_is_named_in_it(mine, officer, force, sent):
    query(officer, sent, QUESTION, "key")
    again = send_nothing(mine, force[0].id, CHOSEN, "two")
    (shown,) = queries_of(officer, again)
    assert (shown.status, shown.corrected_by) == ("Closed: a correction was sent", again)
    assert to_answer(mine, force[0].id) == []


def test_a_withdrawal_closes_the_question(mine, officer, sent):
    query(officer, sent, QUESTION, "key")
    withdraw(mine, sent, "It was made for another quarter.")
    assert queries_of(officer, sent)[0].status == "Closed: the return was withdrawn"
    with pytest.raises(NotFoundError):
        query(officer, sent, QUESTION, "other")


def test_one_question_is_open_at_a_time_and_each_side_waits_its_turn(mine, officer, sent):
    asked = query(officer, sent, QUESTION, "key")
    with pytest.raises(AlreadyDoneError):
        query(officer, sent, QUESTION, "other")
    with pytest.raises(AlreadyDoneError):
        ask_more(officer, asked, "And?")
    answer(mine, asked, "Yes.")
    with pytest.raises(AlreadyDoneError):
        answer(mine, asked, "Yes.")
    close(officer, asked, "dropped")
    with pytest.raises(AlreadyDoneError):
        close(officer, asked, "dropped")


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001, "Ring 07700 900123", "Is 943 476 5919 in it twice?"])
def test_a_question_has_words_and_points_to_nobody(officer, sent, words):
    with pytest.raises(AnswersNeededError) as refused:
        query(officer, sent, words, "key")
    assert "900123" not in str(refused.value.problems)


def test_nobody_else_asks_answers_reads_or_closes(act, mine, officer, force, sent):
    asked = query(officer, sent, QUESTION, "key")
    other = an_organisation(act, "Otherham Fire and Rescue", "fire_rescue")
    a_signatory(act, other)
    theirs = act.as_(a_person(act, "Eve Other", Role.PARTNER, organisation=other))
    manager = act.as_(a_person(act, "Ida Manager", Role.MANAGER))
    for eve in (theirs, manager):
        with pytest.raises(NotFoundError):
            queries_of(eve, sent)
        with pytest.raises(NotAllowedError):
            answer(eve, asked, "Yes.")
        with pytest.raises(NotAllowedError):
            to_answer(eve, force[0].id)
    for eve in (theirs, manager, mine):
        with pytest.raises(NotAllowedError):
            query(eve, sent, QUESTION, "k")
        with pytest.raises(NotAllowedError):
            close(eve, asked, "explained")
        with pytest.raises(NotAllowedError):
            to_close(eve)
