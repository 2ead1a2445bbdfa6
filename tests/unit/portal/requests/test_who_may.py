"""Every service of this room, as everybody who has no part in the request: refused, no row, no event (AZ1, AZ2)."""

import inspect

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.after_disclosure import AnswerNote, LongerKeeping, OnwardSharing, RecipientCopy
from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from models.record import AuditEntry, Message
from models.requests import AnswerFile, Consultation, Decision, InformationRequest, RequestMessage
from portal.ground.act import PUBLIC, Act, Role
from portal.ground.database import reading
from portal.ground.errors import NotAllowedError, NotFoundError
from portal.requests import decision_words, entitlement, lists, participants, reminders, views
from portal.requests.after_disclosure import aftermath as after
from portal.requests.after_disclosure import (
    copies,
    deletion,
    destruction,
    destruction_certificate,
    onward_sharing,
    onward_sharing_answers,
    onward_sharing_notifications,
    retention,
    retention_extension,
)
from portal.requests.audit_pack import pack
from portal.requests.depersonalised import answers as nameless_answers
from portal.requests.depersonalised import depersonalised_request, figure_files, notifications
from portal.requests.depersonalised import views as nameless_looking
from portal.requests.exchange import answers, assigning, completing, correspondence, deciding, receipt, sending, urgent
from portal.requests.exchange.correspondence import Consulted
from portal.requests.exchange.decisions import RequestDecision
from portal.requests.forms import draft_warning, drafting
from tests.builders import a_person
from tests.request_builders import a_data_request, a_district, a_draft, a_request, a_shared_request

CONSULTED = Consulted(whom="cps", view="objects", name="A", position="B", day="today", said="No")
URGENTLY = urgent.Urgently(holder="x", name="x", details="x", what="x", why="x", phoned="x", when="x")
PASS = onward_sharing.Pass(facts=(1,), receiver="", other="A charity", gateway="cda-1998-s115", why="x")
ON_A_REQUEST = {
    "open_request": views.open_request,
    "request_pdf": views.request_pdf,
    "request_pack": pack.request_pack,
    "open_answer": answers.open_answer,
    "answer_pdf": answers.answer_pdf,
    "answer_file": lambda act, one: answers.answer_file(act, one, 1),
    "ask_question": lambda act, one: correspondence.ask_question(act, one, "Why?"),
    "reply": lambda act, one: correspondence.reply(act, one, "Because."),
    "record_consultation": lambda act, one: correspondence.record_consultation(act, one, CONSULTED),
    "withdraw": correspondence.withdraw,
    "begin_full_record": completing.begin_full_record,
    "may_see_to": assigning.may_see_to,
    "assign": lambda act, one: assigning.assign(act, one, ""),
    "confirm_receipt": receipt.confirm_receipt,
    "report_trouble": lambda act, one: receipt.report_trouble(act, one, "Another man."),
    "answer_trouble": lambda act, one: receipt.answer_trouble(act, one, "Mended."),
    "say_gone": lambda act, one: destruction.say_gone(act, one, "deleted", promised=True),
    "keep_longer": lambda act, one: retention_extension.keep_longer(act, one, ("1", "1", "2028"), "The trial goes on."),
    "object_to_keeping": lambda act, one: retention_extension.object_to_keeping(act, one, "No."),
    "facts_received": onward_sharing.facts_received,
    "ask_to_pass_on": lambda act, one: onward_sharing.ask_to_pass_on(act, one, "key", PASS),
    "wishes_on": onward_sharing.wishes_on,
    "kinder_start": depersonalised_request.kinder_start,
    "certificate_pdf": destruction.certificate_pdf,
    "decide": lambda act, one: deciding.decide(act, one, RequestDecision(outcome="refuse", reason="No.")),
}
ON_A_DATA_REQUEST = {
    "data_request": nameless_looking.data_request,
    "data_file": lambda act, one: nameless_looking.data_file(act, one, 1),
    "answer_without_names": lambda act, one: nameless_answers.answer_without_names(act, one, "Three."),
    "decline_without_names": lambda act, one: nameless_answers.decline_without_names(act, one, "We hold none."),
    "withdraw_without_names": depersonalised_request.withdraw_without_names,
}
ON_A_WISH = {
    "open_wish": onward_sharing_answers.open_wish,
    "decide_wish": lambda act, one: onward_sharing_answers.decide_wish(act, one, yes=True, said="x"),
}
ON_A_DRAFT = {
    "written": drafting.written,
    "screen_of": lambda act, one: drafting.screen_of(act, one, "subject"),
    "save_task": lambda act, one: drafting.save_task(act, one, "necessity", {"necessity": "x"}),
    "save_screen": lambda act, one: drafting.save_screen(act, one, "necessity", {"necessity": "x"}),
    "discard_request": drafting.discard_request,
    "send_request": sending.send_request,
    "still_to_finish": completing.still_to_finish,
    "complete_record": completing.complete_record,
}
OF_ONESELF = {
    "begin_request": lambda act: drafting.begin_request(act, "why"),
    "my_drafts": drafting.my_drafts,
    "requests_sent": views.requests_sent,
    "requests_received": views.requests_received,
    "keeping_time": retention.keeping_time,
    "set_keeping_time": lambda act: retention.set_keeping_time(act, "1"),
    "bodies_to_ask": participants.bodies_to_ask,
    "wishes_to_us": onward_sharing_answers.wishes_to_us,
    "data_requests": nameless_looking.data_requests,
    "ask_without_names": lambda act: depersonalised_request.ask_without_names(
        act, "key", depersonalised_request.NewDepersonalisedRequest()
    ),
    "send_urgent": lambda act: urgent.send_urgent(act, "key", URGENTLY),
}
# These take an act but open nothing of anybody: each works for one of the services above.
WITHIN = {
    "bodies_named",
    "request_row",
    "note_opening",
    "acts_for_asking",
    "is_active",
    "own_organisation",
    "case_of",
    "line_of",
    "remind_of_requests",
    "remind_of_records",
    "purge_expired",
    "short_record",
    "already_sent",
    "copy_row",
    "is_named",
    "answers_for_copy",
    "their_copy",
    "after_answer",
    "destruction_certificate",
    "remind_of_receipts",
    "remind_of_keeping",
    "escalate_records",
    "warn_of_drafts",
    "depersonalised_row",
    "on_paper",
    "tell_onward_sharing",
    "remind_of_wishes",
    "tell_depersonalised",
    "remind_of_data",
}


MODULES = (
    after,
    answers,
    assigning,
    destruction_certificate,
    completing,
    copies,
    deciding,
    draft_warning,
    drafting,
    destruction,
    figure_files,
    entitlement,
    retention,
    lists,
    retention_extension,
    views,
    depersonalised_request,
    nameless_answers,
    notifications,
    nameless_looking,
    pack,
    decision_words,
    participants,
    onward_sharing,
    onward_sharing_answers,
    onward_sharing_notifications,
    deletion,
    receipt,
    reminders,
    sending,
    correspondence,
    urgent,
)


def counts(store):
    tables = (InformationRequest, RequestMessage, Consultation, Decision, AnswerFile, AuditEntry, Message)
    after = (RecipientCopy, AnswerNote, LongerKeeping, DepersonalisedRequest, DepersonalisedFile, OnwardSharing)
    with reading(store.engine) as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in (*tables, *after)]


@pytest.fixture
def world(act):
    district = a_district(act)
    request_id, draft_id = a_request(act, district), a_draft(act, district)
    shared_id = a_shared_request(act, district)
    refused_id = a_request(act, district)
    deciding.decide(act.as_(district.inspector), refused_id, RequestDecision(outcome="refuse", reason="No."))
    return district, (request_id, refused_id, shared_id), draft_id


def strangers(act, district):
    return [
        PUBLIC,
        district.outsider,
        a_person(act, "New Clerk", Role.PARTNER, organisation=district.parish),
        *(a_person(act, f"A {role.value}", role) for role in (Role.CHAIR, Role.OFFICER, Role.MANAGER)),
    ]


@pytest.mark.parametrize("service", ON_A_REQUEST)
@pytest.mark.threat("AZ1")
@pytest.mark.threat("AZ2")
def test_a_foreign_request_looks_like_none(act, world, service):
    district, requests, _ = world
    people = strangers(act, district)
    before = counts(act.store)
    for person in people:
        for one in (*requests, "0" * 20, "-1", "' OR 1=1 --"):
            with pytest.raises(NotAllowedError) as refused:
                ON_A_REQUEST[service](act.as_(person), one)
            if person is district.outsider:
                assert type(refused.value) is NotFoundError
                assert refused.value.message == NotFoundError.message
    assert counts(act.store) == before


@pytest.mark.parametrize("service", ON_A_DATA_REQUEST)
@pytest.mark.threat("AZ2")
def test_a_foreign_request_without_names_looks_like_none(act, world, service):
    district, *_ = world
    data_id = a_data_request(act, district)
    people = [one for one in strangers(act, district) if one.organisation_id != district.parish.id]
    before = counts(act.store)
    for person in people:
        for one in (data_id, "0" * 20):
            with pytest.raises(NotAllowedError) as refused:
                ON_A_DATA_REQUEST[service](act.as_(person), one)
            if person is district.outsider:
                assert type(refused.value) is NotFoundError
    assert counts(act.store) == before


@pytest.mark.parametrize("service", ON_A_WISH)
def test_a_foreign_wish_to_pass_on_looks_like_none(act, world, service):
    district, requests, _ = world
    (wish_id,) = onward_sharing.ask_to_pass_on(act.as_(district.clerk), requests[2], "key", PASS)
    people = [*strangers(act, district), district.clerk, district.parish_approver]
    before = counts(act.store)
    for person in people:
        for one in (wish_id, "0" * 20):
            with pytest.raises(NotAllowedError):
                ON_A_WISH[service](act.as_(person), one)
    assert counts(act.store) == before


@pytest.mark.parametrize("service", ON_A_DRAFT)
def test_a_foreign_draft_looks_like_none(act, world, service):
    district, _, draft_id = world
    people = [*strangers(act, district), district.colleague, district.inspector]
    before = counts(act.store)
    for person in people:
        with pytest.raises(NotAllowedError):
            ON_A_DRAFT[service](act.as_(person), draft_id)
    assert counts(act.store) == before


@pytest.mark.parametrize("service", OF_ONESELF)
def test_who_acts_for_no_organisation_has_no_requests(act, world, service):
    district, *_ = world
    for person in strangers(act, district):
        if person.organisation_id is None:
            with pytest.raises(NotAllowedError):
                OF_ONESELF[service](act.as_(person))


def test_lists_hold_only_ones_own_organisations_requests(act, world):
    district, *_ = world
    assert views.requests_sent(act.as_(district.outsider)) == []
    assert views.requests_received(act.as_(district.outsider)) == []
    assert len(views.requests_sent(act.as_(district.parish_approver))) == 3


def test_every_service_that_takes_an_act_is_named_here():
    found = {
        name
        for module in MODULES
        for name, one in inspect.getmembers(module, inspect.isfunction)
        if one.__module__ == module.__name__ and not name.startswith("_") and _takes_an_act(one)
    }
    assert found - WITHIN == {*ON_A_REQUEST, *ON_A_DATA_REQUEST, *ON_A_WISH, *ON_A_DRAFT, *OF_ONESELF}


def _takes_an_act(function) -> bool:
    return any(parameter.annotation is Act for parameter in inspect.signature(function).parameters.values())
