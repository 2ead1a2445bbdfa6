"""The whole life of a request, through the services: draft, send, ask, consult, decide, read, withdraw."""

import hashlib
import io
import threading
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest
from sqlmodel import select

from models.agreements import Standing
from models.record import AuditEntry, Message
from models.requests import Decision, InformationRequest, RequestMessage
from portal.agreement.errors import NotActiveError
from portal.ground.act import Act, Role, RolePost
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record.audit import verify
from portal.requests.errors import (
    AlreadyDecidedError,
    AnswerClosedError,
    HeldError,
    NotJustifiedError,
    NotYourTurnError,
    OwnRequestError,
    UnfinishedRequestError,
)
from portal.requests.exchange.answers import answer_file, answer_pdf, open_answer
from portal.requests.exchange.attachments import check_files
from portal.requests.exchange.correspondence import Consulted, ask_question, record_consultation, reply, withdraw
from portal.requests.exchange.deciding import decide, sharing_is_against
from portal.requests.exchange.decisions import ItemVerdict, RequestDecision, conditions_to_tick
from portal.requests.exchange.holder_basis import offered_bases
from portal.requests.exchange.section4_check import DESPITE, WHOM, check_of
from portal.requests.exchange.sending import send_request
from portal.requests.forms.contents import extras, missing, with_answers
from portal.requests.forms.drafting import begin_request, my_drafts, save_task, written
from portal.requests.status import turn_words, wanted_words
from portal.requests.views import Side, open_request, request_pdf, requests_received, requests_sent
from tests.builders import a_person, an_organisation, in_clear
from tests.conftest import NOW
from tests.request_builders import (
    AGREE,
    CANARY,
    SECOND_CANARY,
    SECRET_FACT,
    a_district,
    a_draft,
    a_request,
    a_signatory,
    askers,
    basis_for,
    holders,
    later,
    letters,
    written_to,
)


@pytest.fixture
def district(act):
    return a_district(act)


def sharing(act, request_id, **more):
    case = open_request(act, request_id).case
    ticked = tuple(one.id for one in conditions_to_tick(case))
    shared = ItemVerdict(shared=True, information=SECRET_FACT)
    return RequestDecision(
        **{
            "outcome": "disclose",
            "items": (shared, shared),
            "ticked": ticked,
            "matched": AGREE,
            **basis_for(case),
            **more,
        }
    )


def consulted(whom, view="no_objection"):
    return Consulted(whom=whom, view=view, name="DC Vole", position="Detective", day="24 November 2026", said="Go on.")


@pytest.mark.clause("s2.primarily-depersonalised")
@pytest.mark.clause("s6.prefer-depersonalised")
def test_a_request_begins_only_with_why_information_without_names_would_not_do(act, district):
    with pytest.raises(AnswersNeededError) as refused:
        begin_request(act.as_(district.clerk), " \n ")
    assert "why" in refused.value.problems
    assert my_drafts(act.as_(district.clerk)) == []
    draft_id = begin_request(act.as_(district.clerk), "Counts would not show who.")
    case = written(act.as_(district.clerk), draft_id).case
    assert (case.words("depersonalised_enough"), case.words("depersonalised_enough.why")) == (
        "no",
        "Counts would not show who.",
    )


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.date")
@pytest.mark.clause("s6.types")
@pytest.mark.clause("s6.earliest-opportunity")
def test_a_complete_draft_is_sent_with_its_date_kind_edition_and_hash(act, district):
    request_id = a_request(act, district, data_type="sensitive")
    with reading(act.store.engine) as session:
        row = session.get(InformationRequest, request_id)
    assert row.sent_at == NOW
    assert row.edition == "2026"
    assert row.data_type == "sensitive"
    assert len(row.edition_hash) == 64
    opened = open_request(act.as_(district.inspector), request_id)
    assert opened.case.words("subject.name") == CANARY
    assert opened.case.edition.hash == row.edition_hash
    assert my_drafts(act.as_(district.clerk)) == []
    assert [to for to, _ in letters(act, "request-sent")] == [district.clerk.email]


@pytest.mark.clause("s6.request.in-writing")
def test_an_unfinished_draft_is_not_sent_and_says_what_is_missing(act, district):
    draft_id = a_draft(act, district, undertaking=False, items=[])
    with pytest.raises(UnfinishedRequestError) as refused:
        send_request(act.as_(district.clerk), draft_id)
    assert set(refused.value.problems) == {"undertaking", "items"}
    assert requests_sent(act.as_(district.clerk)) == []


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s4.hra.less-intrusive")
@pytest.mark.parametrize("answer", ["yes", ""])
def test_below_level_one_a_request_goes_only_with_a_reason_and_the_holder_reads_it(act, district, answer):
    draft_id = a_draft(act, district, hra_less_intrusive=answer)
    for blank in ("", " \n "):
        with pytest.raises(NotJustifiedError) as refused:
            send_request(act.as_(district.clerk), draft_id, blank)
        assert set(refused.value.problems) == {"despite"}
    sent = send_request(act.as_(district.clerk), draft_id, "The gentler way was tried in May.")
    case = open_request(act.as_(district.inspector), sent.id).case
    assert check_of(case).level == 0
    assert case.words(DESPITE) == "The gentler way was tried in May."
    assert "The gentler way was tried in May." in [line.value for line in extras(case)]


@pytest.mark.clause("s4.public-interest")
def test_the_holder_confirms_the_lawful_basis_and_the_asker_never_chose_one(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    case = open_request(mine, request_id).case
    assert not {"schedule2", "schedule3", "law_enforcement_purpose"} & set(case.answers)
    assert [one.ids for one in offered_bases(case)] == [("part3-35",), ("art6-e",)]
    for basis, purpose in (((), ""), (("art6-f",), "no"), (("part3-35",), "no"), (("nonsense",), "yes")):
        with pytest.raises(AnswersNeededError) as refused:
            decide(mine, request_id, sharing(mine, request_id, basis=basis, purpose=purpose))
        assert "basis" in refused.value.problems
    decide(mine, request_id, sharing(mine, request_id, basis=("art6-e",), purpose="no"))
    kept = open_answer(act.as_(district.clerk), request_id).verdict
    assert (kept.basis, kept.purpose) == (("art6-e",), "no")
    more = a_request(act, district, data_type="sensitive")
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, more, sharing(mine, more, basis=("art6-e",), purpose="no"))
    assert "Sensitive facts need one more condition." in refused.value.problems["basis"]


@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s6.request.date")
def test_sending_twice_gives_the_same_request_and_one_entry_and_another_draft_another(act, district):
    draft_id = a_draft(act, district)
    first, second = (send_request(act.as_(district.clerk), draft_id) for _ in range(2))
    assert first == second
    with reading(act.store.engine) as session:
        assert len(session.exec(select(InformationRequest)).all()) == 1
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "request:sent")).all()) == 1
    assert a_request(act, district) != first.id


@pytest.mark.clause("s6.request.in-writing")
def test_two_clicks_at_once_send_one_request(both_stores):
    act = Act(store=both_stores, person=None, at=NOW)
    district = a_district(act)
    draft_id = a_draft(act, district)
    found = at_once(lambda: send_request(act.as_(district.clerk), draft_id), 2)
    assert len(set(found)) == 1
    with reading(both_stores.engine) as session:
        assert len(session.exec(select(InformationRequest)).all()) == 1


def at_once(work, times):
    """Do a thing several times at the same moment, and give what each came to."""
    barrier, found = threading.Barrier(times), []

    def one():
        barrier.wait()
        try:
            found.append(work())
        except Exception as error:  # noqa: BLE001 - the outcome is what the test looks at
            found.append(error)

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s6.request.in-writing")
@pytest.mark.clause("s14.termination")
@pytest.mark.parametrize(("whose", "status"), [("police", "suspended"), ("parish", "left")])
def test_an_organisation_that_stopped_sharing_neither_asks_nor_is_asked(act, district, whose, status):
    draft_id = a_draft(act, district)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Standing).where(Standing.organisation_id == getattr(district, whose).id)).one()
        row.status = status
        session.add(row)
    with pytest.raises(NotActiveError):
        send_request(act.as_(district.clerk), draft_id)


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_nothing_is_shared_with_an_organisation_that_stopped_after_it_asked(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Standing).where(Standing.organisation_id == district.parish.id)).one()
        row.status = "suspended"
        session.add(row)
    with pytest.raises(NotActiveError):
        decide(mine, request_id, sharing(mine, request_id))
    decide(mine, request_id, RequestDecision(outcome="refuse", reason="They stopped."))


@pytest.mark.clause("s6.earliest-opportunity")
def test_the_lists_say_whose_turn_it_is(act, district):
    request_id = a_request(act, district)
    mine, theirs = requests_sent(act.as_(district.clerk))[0], requests_received(act.as_(district.officer))[0]
    assert mine.turn is theirs.turn is Side.HOLDING
    assert written_to(act, "request-waiting") == holders(district)  # each of the holder's people is told at once
    in_four = NOW + timedelta(days=4)
    assert (turn_words(mine, NOW), turn_words(mine, in_four)) == ("Their turn, since today", "Their turn, for 4 days")
    assert turn_words(theirs, in_four) == "Your turn: answer the request"
    assert wanted_words(theirs, in_four) == "Answer wanted by 1 December 2026"
    assert wanted_words(theirs, NOW + timedelta(days=9)).endswith("(late)")
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    assert requests_sent(act.as_(district.clerk))[0].turn is Side.ASKING
    reply(act.as_(district.clerk), request_id, "The one in Anytown.")
    assert requests_received(act.as_(district.officer))[0].turn is Side.HOLDING
    assert [one.words for one in open_request(act.as_(district.clerk), request_id).messages] == [
        "Which Mill Lane?",
        "The one in Anytown.",
    ]


@pytest.mark.clause("s6.earliest-opportunity")
def test_urgent_requests_stand_first_and_then_the_oldest(act, district):
    old = a_request(act, district)
    new = a_request(later(act, hours=1), district)
    urgent = a_request(later(act, hours=2), district, urgent="yes", **{"urgent.why": "He said he would come back."})
    assert [line.id for line in requests_received(act.as_(district.officer))] == [urgent, old, new]


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_question_is_answered_only_by_the_side_whose_turn_it_is(act, district):
    request_id = a_request(act, district)
    with pytest.raises(NotYourTurnError):
        reply(act.as_(district.clerk), request_id, "I was not asked.")
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    with pytest.raises(NotYourTurnError):
        ask_question(act.as_(district.inspector), request_id, "And which year?")
    with reading(act.store.engine) as session:
        assert len(session.exec(select(RequestMessage)).all()) == 1
    reply(act.as_(district.clerk), request_id, "The one in Anytown.")
    assert [to for to, _ in letters(act, "request-question")] == [district.clerk.email]
    assert written_to(act, "request-reply") == holders(district)


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s4.proportionality.people")
def test_an_answer_opens_to_the_people_named_and_each_opening_is_recorded(act, district):
    request_id = a_request(act, district)
    decide(act.as_(district.inspector), request_id, sharing(act.as_(district.inspector), request_id))
    for person in (district.clerk, district.colleague):
        assert open_answer(act.as_(person), request_id).verdict.items[0].information == SECRET_FACT
    with pytest.raises(NotFoundError):
        open_answer(act.as_(district.parish_approver), request_id)
    with reading(act.store.engine) as session:
        opened = session.exec(select(AuditEntry.actor).where(AuditEntry.event == "answer:opened")).all()
    assert set(opened) == {district.clerk.id, district.colleague.id}
    assert verify(act.store).whole


@pytest.mark.clause("s4.proportionality.people")
def test_drawing_a_page_again_is_the_same_opening(act, district):
    request_id = a_request(act, district)
    for minutes in (0, 5, 20):
        open_request(later(act.as_(district.officer), minutes=minutes), request_id)
    with reading(act.store.engine) as session:
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "request:opened")).all()) == 2


@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.disclosure-in-writing")
def test_an_answer_no_longer_opens_after_its_day(act, district):
    request_id = a_request(act, district)
    decide(act.as_(district.inspector), request_id, sharing(act.as_(district.inspector), request_id))
    with pytest.raises(AnswerClosedError):
        open_answer(later(act.as_(district.clerk), days=91), request_id)
    assert open_answer(later(act.as_(district.inspector), days=91), request_id)
    soon, late = (open_request(later(act.as_(district.clerk), days=days), request_id) for days in (89, 91))
    assert (soon.may_open_answer, soon.answer_closed_at) == (True, None)
    assert not late.may_open_answer
    assert late.answer_closed_at is not None


@pytest.mark.clause("s6.refusal")
def test_a_refusal_needs_its_reason_and_the_requester_sees_it(act, district):
    request_id = a_request(act, district)
    with pytest.raises(AnswersNeededError) as refused:
        decide(act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason=" "))
    assert "reason" in refused.value.problems
    verdict = RequestDecision(outcome="refuse", reason="We hold nothing about this.", alternative="depersonalised")
    decide(act.as_(district.inspector), request_id, verdict)
    assert open_answer(act.as_(district.clerk), request_id).verdict.reason == "We hold nothing about this."
    _, pdf = answer_pdf(act.as_(district.clerk), request_id)
    assert pdf.startswith(b"%PDF")
    assert written_to(act, "request-decided") == askers(district)
    with reading(act.store.engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.event == "request:decided")).one()
    assert '"outcome":"refuse"' in entry.details


@pytest.mark.clause("s4.proportionality.amount")
def test_each_item_is_shared_or_held_back_on_its_own(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    asked = with_answers(open_request(mine, request_id).case, {"items": [{"what": "Calls since March", "why": " "}]})
    assert "why you need it" in missing(asked)["items"]
    items = (ItemVerdict(shared=True, information=SECRET_FACT), ItemVerdict(shared=False, reason="Not ours to tell."))
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, sharing(mine, request_id, items=items))
    assert "outcome" in refused.value.problems
    for unsaid in (replace(items[0], information=" "), replace(items[1], reason=" ")):
        said = tuple(unsaid if one.shared is unsaid.shared else one for one in items)
        with pytest.raises(AnswersNeededError):
            decide(mine, request_id, sharing(mine, request_id, items=said, outcome="in_part"))
    decide(mine, request_id, sharing(mine, request_id, items=items, outcome="in_part"))
    assert [one.shared for one in open_answer(act.as_(district.clerk), request_id).verdict.items] == [True, False]


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s6.disclosure-in-writing")
def test_nothing_is_shared_before_each_condition_is_ticked(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, sharing(mine, request_id, ticked=("tell_person",)))
    assert "ticked" in refused.value.problems


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.parametrize(
    ("answer", "who"),
    [
        ("unknown", ("investigating_officer", "cps")),
        ("not_consulted", ("investigating_officer", "cps")),
        ("objects", ("investigating_officer", "cps", "senior")),
    ],
)
def test_a_live_case_holds_the_disclosure_until_officer_and_cps_are_recorded(act, district, answer, who):
    request_id = a_request(act, district, investigation=answer)
    mine = act.as_(district.inspector)
    assert open_request(mine, request_id).still_held_by == who
    assert "the agency's own" in WHOM["cps"]  # a council or a fire authority prosecutes its own cases
    why = "The officer and the CPS agree."
    for whom in who:
        with pytest.raises(HeldError):
            decide(mine, request_id, sharing(mine, request_id, against_reason=why))
        record_consultation(mine, request_id, consulted(whom))
    assert [one.said for one in open_request(mine, request_id).consulted] == ["Go on."] * len(who)
    decide(mine, request_id, sharing(mine, request_id, against_reason=why))


@pytest.mark.clause("s4.ongoing-investigation")
def test_a_live_case_that_only_the_holder_knows_of_holds_it_as_well(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, sharing(mine, request_id, live_case=None))
    assert "live_case" in refused.value.problems
    with pytest.raises(HeldError):
        decide(mine, request_id, sharing(mine, request_id, live_case=True))


@pytest.mark.clause("s4.ongoing-investigation")
def test_an_objection_is_settled_only_above_the_approver_and_never_by_who_asks_or_approves(act, district):
    request_id = a_request(act, district, investigation="not_consulted")
    mine = act.as_(district.inspector)
    record_consultation(mine, request_id, consulted("investigating_officer", "objects"))
    record_consultation(mine, request_id, consulted("cps"))
    why = "A long and good reason, typed by the approver."
    for settled_by in ("", district.inspector.name, "ann clerk"):
        if settled_by:
            record_consultation(mine, request_id, replace(consulted("senior"), name=settled_by))
        with pytest.raises(HeldError, match="senior"):
            decide(mine, request_id, sharing(mine, request_id, against_reason=why))
    record_consultation(mine, request_id, replace(consulted("senior", "objects"), name="Cleo Above"))
    with pytest.raises(HeldError, match="senior"):
        decide(mine, request_id, sharing(mine, request_id, against_reason=why))
    record_consultation(mine, request_id, replace(consulted("senior"), name="Cleo Above"))
    decide(mine, request_id, sharing(mine, request_id, against_reason=why))


@pytest.mark.clause("app4.handling")
def test_an_answer_is_marked_as_what_could_follow_calls_for(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, sharing(mine, request_id, harms=("lives-at-risk",)))
    assert "Ring the police" in refused.value.problems["harms"]
    decide(mine, request_id, sharing(mine, request_id, harms=("distress",)))
    with reading(act.store.engine) as session:
        assert session.exec(select(Decision)).one().marking == "official_sensitive"


@pytest.mark.clause("s4.ongoing-investigation")
def test_a_live_case_does_not_hold_a_refusal(act, district):
    request_id = a_request(act, district, investigation="not_consulted")
    decide(
        act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="It would spoil the case.")
    )


@pytest.mark.clause("s4.ongoing-investigation")
@pytest.mark.clause("s6.disclosure-in-writing")
def test_sharing_against_the_check_or_an_objection_needs_its_reason(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    record_consultation(mine, request_id, consulted("originator", "objects"))
    with pytest.raises(AnswersNeededError) as refused:
        decide(mine, request_id, sharing(mine, request_id))
    assert "against_reason" in refused.value.problems
    decide(mine, request_id, sharing(mine, request_id, against_reason="Her safety weighs more."))
    with reading(act.store.engine) as session:
        assert session.exec(select(Decision)).one().against_check


@pytest.mark.clause("s4.ongoing-investigation")
def test_who_objected_first_and_not_at_last_asks_for_no_reason(act, district):
    request_id = a_request(act, district)
    mine = act.as_(district.inspector)
    record_consultation(mine, request_id, consulted("originator", "objects"))
    record_consultation(mine, request_id, consulted("originator"))
    opened = open_request(mine, request_id)
    assert not sharing_is_against(opened.case, opened.consulted), "and so the form of the decision asks for none"
    decide(mine, request_id, sharing(mine, request_id))


@pytest.mark.clause("s4.ongoing-investigation")
def test_a_consultation_says_who_when_and_what(act, district):
    request_id = a_request(act, district)
    blank = Consulted(whom="", view="", name="", position="", day="", said="")
    with pytest.raises(AnswersNeededError) as refused:
        record_consultation(act.as_(district.officer), request_id, blank)
    assert set(refused.value.problems) == {"whom", "view", "name", "position", "day", "said"}


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s6.refusal")
def test_only_an_approver_of_the_holder_decides(act, district):
    request_id = a_request(act, district)
    verdict = RequestDecision(outcome="refuse", reason="No.")
    for person in (district.officer, district.parish_approver, district.outsider, district.clerk):
        with pytest.raises((NotFoundError, Exception)) as refused:
            decide(act.as_(person), request_id, verdict)
        assert "cannot" in refused.value.message
    with reading(act.store.engine) as session:
        assert session.exec(select(Decision)).all() == []


@pytest.mark.clause("s6.disclosure-in-writing")
@pytest.mark.clause("s6.refusal")
def test_nobody_decides_a_request_of_an_organisation_they_act_for(act, district):
    request_id = a_request(act, district)
    both = replace(district.inspector, posts=district.inspector.posts | district.parish_approver.posts)
    assert not open_request(act.as_(both), request_id).may_decide
    with pytest.raises(OwnRequestError):
        decide(act.as_(both), request_id, RequestDecision(outcome="refuse", reason="No."))
    elsewhere = RolePost(role=Role.APPROVER, organisation_id="another")
    for who in (district.officer, replace(district.officer, posts=district.officer.posts | {elsewhere})):
        with pytest.raises((NotAllowedError, NotFoundError)):  # of the holder, but no approver of it
            decide(act.as_(who), request_id, RequestDecision(outcome="refuse", reason="No."))


@pytest.mark.threat("DA5")
@pytest.mark.clause("s6.refusal")
@pytest.mark.clause("s6.disclosure-in-writing")
def test_two_people_deciding_at_once_cannot_both_win(both_stores):
    act = Act(store=both_stores, person=None, at=NOW)
    district = a_district(act)
    request_id = a_request(act, district)
    people = iter((district.inspector, district.sergeant))
    found = at_once(
        lambda: decide(act.as_(next(people)), request_id, RequestDecision(outcome="refuse", reason="We hold nothing.")),
        2,
    )
    lost = [one for one in found if isinstance(one, AlreadyDecidedError)]
    assert len(lost) == 1
    assert "decided this request on 25 November 2026 at 10:30am" in lost[0].message
    with reading(both_stores.engine) as session:
        assert len(session.exec(select(Decision)).all()) == 1
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "request:decided")).all()) == 1
    assert verify(both_stores).whole


@pytest.mark.clause("s6.request.in-writing")
def test_a_withdrawn_request_is_empty_and_cannot_be_decided(act, district):
    request_id = a_request(act, district)
    ask_question(act.as_(district.officer), request_id, "Which Mill Lane?")
    for _ in range(2):
        withdraw(act.as_(district.clerk), request_id)
    opened = open_request(act.as_(district.officer), request_id)
    assert (opened.case, opened.withdrawn_by, opened.messages) == (None, "Ann Clerk", ())
    holders = [district.officer.email, district.inspector.email, district.sergeant.email]
    assert sorted(to for to, _ in letters(act, "request-withdrawn")) == sorted(holders)
    with pytest.raises(NotYourTurnError):
        decide(act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="No."))
    with pytest.raises(NotFoundError):
        request_pdf(act.as_(district.officer), request_id)
    with reading(act.store.engine) as session:
        row = session.get(InformationRequest, request_id)
        assert (row.data_key, row.content, row.paper) == (None, None, None)
        assert session.exec(select(RequestMessage)).all() == []


@pytest.mark.clause("s6.disclosure-in-writing")
def test_an_answered_request_cannot_be_withdrawn(act, district):
    request_id = a_request(act, district)
    decide(act.as_(district.inspector), request_id, RequestDecision(outcome="refuse", reason="We hold nothing."))
    with pytest.raises(NotYourTurnError):
        withdraw(act.as_(district.clerk), request_id)


@pytest.mark.clause("s6.disclosure-in-writing")
def test_letters_say_nothing_about_a_person_or_who_asks_whom(act, district):
    request_id = a_request(act, district)
    ask_question(act.as_(district.officer), request_id, f"Is {CANARY} the tall one?")
    reply(act.as_(district.clerk), request_id, "Yes.")
    decide(act.as_(district.inspector), request_id, sharing(act.as_(district.inspector), request_id))
    assert written_to(act, "request-decided") == askers(district)
    vault = act.store.vault
    with reading(act.store.engine) as session:
        letters = session.exec(select(Message)).all()
    assert {one.template for one in letters} == {
        "request-waiting",
        "request-sent",
        "request-question",
        "request-reply",
        "request-decided",
    }
    for one in letters:
        said = one.subject + vault.open_text(one.body, f"message.body:{one.id}")
        for word in (CANARY, SECOND_CANARY, "Zebulon", SECRET_FACT, "Anytown", "Anyshire"):
            assert word not in said


def test_one_page_is_saved_at_once_and_the_rest_stays(act, district):
    mine = act.as_(district.clerk)
    draft_id = begin_request(mine, "Counts would not do.")
    save_task(mine, draft_id, "necessity", {"necessity": "Only they hold it."})
    case = written(later(mine, minutes=5), draft_id).case
    assert case.words("necessity") == "Only they hold it."
    assert case.words("depersonalised_enough.why") == "Counts would not do."


@pytest.mark.clause("s4.proportionality.people")
@pytest.mark.clause("s6.disclosure-in-writing")
def test_files_go_with_the_answer_under_their_number(act, district):
    request_id = a_request(act, district)
    files = check_files(((f"{CANARY}.txt", b"Three calls."),))
    decide(act.as_(district.inspector), request_id, sharing(act.as_(district.inspector), request_id), files)
    assert open_answer(act.as_(district.clerk), request_id).files[0].name == f"{CANARY}.txt"
    _, kind, content = answer_file(act.as_(district.colleague), request_id, 1)
    assert (kind, content) == ("txt", b"Three calls.")
    _, pdf = answer_pdf(act.as_(district.inspector), request_id)
    lines = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    assert hashlib.sha256(b"Three calls.").hexdigest() in "".join(lines)
    with reading(act.store.engine) as session:
        opened = session.exec(select(AuditEntry.actor).where(AuditEntry.event == "answer:opened")).all()
    assert set(opened) == {
        one.id for one in (district.clerk, district.colleague, district.inspector)
    }  # page, file, paper
    with pytest.raises(NotFoundError):
        answer_file(act.as_(district.clerk), request_id, 2)


@pytest.mark.clause("s6.request.individual")
def test_nothing_about_a_person_stands_in_clear_in_the_data_folder(act, district, data_dir):
    mine = act.as_(district.inspector)
    a_draft(act, district)
    request_id = a_request(act, district)
    ask_question(mine, request_id, f"Is {CANARY} the tall one?")
    reply(act.as_(district.clerk), request_id, f"{SECOND_CANARY} says so.")
    record_consultation(mine, request_id, consulted("originator"))
    files = check_files(((f"{CANARY}.txt", SECRET_FACT.encode()),))
    decide(mine, request_id, sharing(mine, request_id), files)
    open_answer(act.as_(district.clerk), request_id)
    kept = in_clear(data_dir, "*")
    for word in (CANARY, "Quillfeather", SECOND_CANARY, SECRET_FACT, "garden fork", "DC Vole", "14 Mill Lane"):
        assert word.encode() not in kept
        assert word.encode("utf-16-le") not in kept


@pytest.mark.clause("s6.earliest-opportunity")
def test_a_holder_without_an_approver_is_told_to_the_manager(act, district):
    a_person(act, "Priya Shah", Role.MANAGER)
    fire = an_organisation(act, "Anyshire Fire", "fire_rescue")
    a_signatory(act, fire)
    a_request(act, district, holder=fire.id)
    assert written_to(act, "request-unanswerable") == ["priya-shah@example.org"]


def test_an_expired_draft_is_not_found(act, district):
    draft_id = a_draft(act, district)
    with pytest.raises(NotFoundError):
        send_request(later(act.as_(district.clerk), days=29), draft_id)
