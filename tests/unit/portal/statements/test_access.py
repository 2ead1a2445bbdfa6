"""Access requests: the clock, the partners' views kept beside the decision, and who may see what (s5, s15)."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlmodel import select

from models.record import AuditEntry, Message
from models.statements import AccessRequest, OriginatorView
from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.log import NewAccess, NotExtendableError, extend_access, log_access
from portal.access_requests.partner_views import ask_originator, give_view, open_question, questions_to_us
from portal.access_requests.reminders import remind_of_access
from portal.access_requests.views import access_history, access_pdf, access_requests, open_access
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import day, new_id, today
from portal.record.audit import history
from portal.statements.errors import DecidedError, ViewsMissingError
from tests.builders import in_clear, recorded
from tests.request_builders import CANARY, a_district, askers, holders, later, written_to
from tests.statement_builders import REQUESTER, an_access_request

pytestmark = [pytest.mark.clause("s5.consult-originator"), pytest.mark.clause("s15.foi-case-by-case")]
HOLD = AccessDecision(outcome="withhold", exemption="section 31(1)(a)", reason="It would spoil an inquiry.")
QUESTION = "May we give out the call log that you sent us in May?"


@pytest.fixture
def district(act):
    return a_district(act)


def asked(act, district, access_id, days=5):
    by = today(act.at) + timedelta(days=days)
    return ask_originator(act.as_(district.clerk), access_id, district.police.id, QUESTION, by)


def mail(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    return [act.store.vault.open_text(m.body, f"message.body:{m.id}") for m in rows]


def test_a_request_is_logged_once_with_its_last_day(act, district):
    new = NewAccess(kind="foi", received_on=today(act.at), requester=REQUESTER, reach="", asked_for="Call logs")
    first = log_access(act.as_(district.clerk), new, key="k1")
    assert log_access(act.as_(district.clerk), new, key="k1") == first
    (line,) = access_requests(act.as_(district.colleague))
    assert (line.due_on, line.left(today(act.at)), line.standing(today(act.at))) == (
        date(2026, 12, 23),
        "20 working days left",
        "ended",
    )


def test_what_is_missing_or_odd_is_asked_for(act, district):
    with pytest.raises(AnswersNeededError) as caught:
        log_access(
            act.as_(district.clerk),
            NewAccess(kind="gossip", received_on=date(2027, 1, 1), requester=" ", reach="x" * 4001, asked_for=""),
            key="k",
        )
    assert set(caught.value.problems) == {"kind", "received_on", "requester", "reach", "asked_for"}
    with pytest.raises(AnswersNeededError) as caught:
        an_access_request(act, district, received_on=None)
    assert set(caught.value.problems) == {"received_on"}


def test_only_the_organisation_that_holds_it_can_open_it_and_each_opening_is_recorded(act, district):
    access_id = an_access_request(act, district)
    assert open_access(act.as_(district.colleague), access_id).requester == REQUESTER
    for person in (district.officer, district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            open_access(act.as_(person), access_id)
        with pytest.raises(NotFoundError):
            access_history(act.as_(person), access_id)
    happened = access_history(act.as_(district.clerk), access_id)
    assert [(name, what) for name, what, _ in happened] == [
        ("Ann Clerk", "logged an access request"),
        ("Cal League", "opened an access request"),
    ]


def test_a_partner_sees_only_what_it_is_asked(act, district):
    view_id = asked(act, district, an_access_request(act, district))
    question = open_question(act.as_(district.officer), view_id)
    assert (question.question, question.holder) == (QUESTION, "Anytown Parish Council")
    (opened,) = history(act.store, f"originator-view:{view_id}")
    assert (opened.actor_name, opened.event) == (district.officer.name, "access-request:originator-opened")
    assert REQUESTER not in str(question)
    assert CANARY not in str(question)
    for person in (district.clerk, district.outsider):
        with pytest.raises(NotFoundError):
            open_question(act.as_(person), view_id)
        with pytest.raises(NotFoundError):
            give_view(act.as_(person), view_id, "no_objection", "")
    assert [one.id for one in questions_to_us(act.as_(district.inspector))] == [view_id]
    assert questions_to_us(act.as_(district.outsider)) == []


def test_asking_the_same_partner_twice_is_one_question(act, district):
    access_id = an_access_request(act, district)
    assert asked(act, district, access_id) == asked(act, district, access_id)
    with reading(act.store.engine) as session:
        assert len(session.exec(select(OriginatorView)).all()) == 1


def test_a_question_needs_a_partner_words_and_a_day_in_time(act, district):
    access_id = an_access_request(act, district)
    with pytest.raises(AnswersNeededError) as caught:
        ask_originator(act.as_(district.clerk), access_id, district.parish.id, " ", date(2027, 6, 1))
    assert set(caught.value.problems) == {"partner", "question", "answer_by"}
    with pytest.raises(AnswersNeededError) as caught:
        ask_originator(act.as_(district.clerk), access_id, district.police.id, QUESTION, None)
    assert set(caught.value.problems) == {"answer_by"}
    with pytest.raises(NotFoundError):
        ask_originator(act.as_(district.outsider), access_id, district.police.id, QUESTION, today(act.at))


def on_paper(act, access_id):
    """The words of the record of an access request, its reference and its bytes."""
    reference, pdf = access_pdf(act, access_id)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    return words, reference, pdf


def test_views_are_kept_beside_the_decision_and_do_not_bind(act, district):
    access_id = an_access_request(act, district)
    view_id = asked(act, district, access_id)
    give_view(act.as_(district.inspector), view_id, "withhold", "It names a witness.")
    assert written_to(act, "access-view-given") == sorted([*askers(district), district.parish_approver.email])
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
    opened = open_access(act.as_(district.clerk), access_id)
    (view,) = opened.views
    assert (view.organisation, view.view, view.words) == ("Anyshire Police", "withhold", "It names a witness.")
    assert (opened.line.outcome, opened.decision["decided_by"]) == ("disclose", "Pat Chairman")
    words, reference, pdf = on_paper(act.as_(district.clerk), access_id)
    assert "It names a witness." in words
    assert QUESTION in words
    assert f"Asked on {day(today(act.at))}, by " in words
    assert f"; answered on {day(today(act.at))}" in words
    assert [one for one in recorded(act, f"access-request:{access_id}") if not one.endswith("opened")] == [
        f"access-request:{said}" for said in ("logged", "originator-asked", "originator-answered", "decided")
    ]
    *_, decided = [one for one in history(act.store, f"access-request:{access_id}") if one.event.endswith("decided")]
    assert decided.details["views"] == 1
    verdict = check_document(act.store, pdf)
    assert (verdict.outcome, verdict.reference) == (SealOutcome.GENUINE, reference)
    with pytest.raises(NotFoundError):
        access_pdf(act.as_(district.inspector), access_id)


def test_a_view_that_holds_back_says_why_and_stands_once_given(act, district):
    view_id = asked(act, district, an_access_request(act, district))
    theirs = act.as_(district.officer)
    with pytest.raises(AnswersNeededError) as caught:
        give_view(theirs, view_id, "part", "")
    assert set(caught.value.problems) == {"words"}
    with pytest.raises(AnswersNeededError):
        give_view(theirs, view_id, "perhaps", "")
    give_view(theirs, view_id, "no_objection", "")
    give_view(theirs, view_id, "no_objection", "")
    with pytest.raises(AlreadyDoneError):
        give_view(theirs, view_id, "withhold", "No.")


def test_the_holder_waits_for_views_or_says_why_not(act, district):
    access_id = an_access_request(act, district)
    asked(act, district, access_id)
    mine = act.as_(district.parish_approver)
    assert written_to(act, "access-view-wanted") == holders(district)  # everybody of the body it came from is asked
    with pytest.raises(ViewsMissingError, match="Anyshire Police"):
        decide_access(mine, access_id, HOLD)
    said = AccessDecision(**{**vars(HOLD), "without_views": "They rang and said no."})
    decide_access(mine, access_id, said)
    assert open_access(mine, access_id).decision["without_views"] == "They rang and said no."
    words, *_ = on_paper(mine, access_id)
    for told in ("They rang and said no.", "No view was given", HOLD.exemption, HOLD.reason):
        assert told in words


def test_a_view_that_is_late_does_not_stop_the_clock_of_the_law(act, district):
    access_id = an_access_request(act, district)
    view_id = asked(act, district, access_id, days=2)
    decide_access(later(act.as_(district.parish_approver), days=3), access_id, HOLD)
    with pytest.raises(DecidedError):
        give_view(later(act.as_(district.officer), days=4), view_id, "no_objection", "")


def test_to_hold_back_needs_the_exemption_and_the_reason(act, district):
    access_id = an_access_request(act, district)
    with pytest.raises(AnswersNeededError) as caught:
        decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="part"))
    assert set(caught.value.problems) == {"exemption", "reason"}
    with pytest.raises(AnswersNeededError):
        decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="burn"))


def test_only_an_approver_of_the_holder_decides_and_only_once(act, district):
    access_id = an_access_request(act, district)
    with pytest.raises(NotAllowedError):
        decide_access(act.as_(district.clerk), access_id, HOLD)
    with pytest.raises(NotFoundError):
        decide_access(act.as_(district.inspector), access_id, HOLD)
    elsewhere = replace(district.clerk, posts=district.clerk.posts | district.inspector.posts)
    with pytest.raises((NotAllowedError, NotFoundError)):
        decide_access(act.as_(elsewhere), access_id, HOLD)
    mine = act.as_(district.parish_approver)
    decide_access(mine, access_id, HOLD)
    decide_access(mine, access_id, HOLD)
    with pytest.raises(DecidedError):
        decide_access(mine, access_id, AccessDecision(outcome="disclose"))
    with pytest.raises(DecidedError):
        asked(act, district, access_id)


def test_a_subject_access_request_may_take_two_months_longer_with_a_reason(act, district):
    access_id = an_access_request(act, district, "subject_access")
    mine = act.as_(district.clerk)
    with pytest.raises(AnswersNeededError):
        extend_access(mine, access_id, " ")
    assert extend_access(mine, access_id, "It spans nine years of files.") == date(2027, 2, 25)
    assert extend_access(mine, access_id, "Again.") == date(2027, 2, 25)
    assert open_access(mine, access_id).extension == "It spans nine years of files."
    assert recorded(act, f"access-request:{access_id}").count("access-request:extended") == 1


def test_no_more_time_for_freedom_of_information_nor_after_the_day(act, district):
    with pytest.raises(NotExtendableError):
        extend_access(act.as_(district.clerk), an_access_request(act, district), "Busy.")
    old = an_access_request(act, district, "subject_access")
    with pytest.raises(NotExtendableError):
        extend_access(later(act.as_(district.clerk), days=60), old, "Busy.")


def test_reminders_go_once_each_and_say_nothing_of_the_request(act, district):
    access_id = an_access_request(act, district)
    asked(act, district, access_id, days=9)
    assert remind_of_access(act) == 0
    assert remind_of_access(later(act, days=8)) == 1  # the partner's day is near
    assert remind_of_access(later(act, days=8)) == 0
    assert remind_of_access(later(act, days=22)) == 2  # the holder's last day is near, the partner's has passed
    assert remind_of_access(later(act, days=40)) == 1
    letters = [
        body
        for what in ("access-soon", "access-late", "access-view-wanted", "access-view-soon", "access-view-late")
        for body in mail(act, what)
    ]
    assert letters
    assert not any(word in body for body in letters for word in (REQUESTER, CANARY, "call log", "Police", "Parish"))


def test_what_was_written_lies_in_the_store_only_under_seal(act, district, data_dir):
    access_id = an_access_request(act, district)
    view_id = asked(act, district, access_id)
    give_view(act.as_(district.officer), view_id, "withhold", "It names Marigold Undertow.")
    decide_access(act.as_(district.parish_approver), access_id, HOLD)
    kept = in_clear(data_dir)
    for words in (REQUESTER, CANARY, "Marigold Undertow", QUESTION, "Orchard Row", HOLD.exemption, HOLD.reason):
        assert words.encode() not in kept
    with reading(act.store.engine) as session:
        record = " ".join(entry.details + entry.subject for entry in session.exec(select(AuditEntry)).all())
        row = session.exec(select(AccessRequest)).one()
    assert not any(word in record for word in (REQUESTER, CANARY, "witness", "section 31"))
    assert row.words != b""


def test_the_key_of_another_organisation_opens_nothing(act, district):
    new = NewAccess(kind="foi", received_on=today(act.at), requester=REQUESTER, reach="", asked_for="Call logs")
    key = new_id()
    log_access(act.as_(district.clerk), new, key=key)
    with pytest.raises(NotFoundError):
        log_access(act.as_(district.outsider), new, key=key)
