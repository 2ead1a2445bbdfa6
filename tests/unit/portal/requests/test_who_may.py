"""Every service of this room, as everybody who has no part in the request: refused, no row, no event (AZ1, AZ2)."""

import inspect
from dataclasses import dataclass

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.after_disclosure import AnswerNote, LongerKeeping, OnwardSharing, RecipientCopy
from models.depersonalised_requests import DepersonalisedFile, DepersonalisedRequest
from models.record import AuditEntry, Message
from models.requests import AnswerFile, Consultation, Decision, InformationRequest, RequestMessage
from portal.ground.act import PUBLIC, Act, Person, Role
from portal.ground.database import reading
from portal.ground.errors import NotAllowedError, NotFoundError
from portal.requests import entitlement, lists, participants, reminders, views
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
from portal.requests.papers import decision_words
from tests.builders import a_person
from tests.request_builders import District, a_data_request, a_district, a_draft, a_request, a_shared_request

CONSULTED = Consulted(whom="cps", view="objects", name="A", position="B", day="today", said="No")
URGENTLY = urgent.UrgentForm(holder="x", name="x", details="x", what="x", why="x", phoned="x", when="x")
PASS = onward_sharing.OnwardSharingRequest(facts=(1,), receiver="", other="A charity", gateway="cda-1998-s115", why="x")
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
    "may_end_copy",
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


@dataclass(frozen=True)
class Given:
    """A district in which a request was refused, one answered, one waits; ids, and people with no part in any of it."""

    act: Act
    district: District
    strangers: tuple[Person, ...]
    requests: tuple[str, ...]
    draft: str
    data_request: str
    wish: str


@pytest.fixture(scope="module")
def given(module_act):
    act, district = module_act, a_district(module_act)
    refused = a_request(act, district)
    deciding.decide(act.as_(district.inspector), refused, RequestDecision(outcome="refuse", reason="No."))
    shared = a_shared_request(act, district)
    return Given(
        act=act,
        district=district,
        strangers=(
            PUBLIC,
            district.outsider,
            a_person(act, "New Clerk", Role.PARTNER, organisation=district.parish),
            *(a_person(act, f"A {role.value}", role) for role in (Role.CHAIR, Role.OFFICER, Role.MANAGER)),
        ),
        requests=(a_request(act, district), refused, shared),
        draft=a_draft(act, district),
        data_request=a_data_request(act, district),
        wish=onward_sharing.ask_to_pass_on(act.as_(district.clerk), shared, "key", PASS)[0],
    )


@pytest.mark.parametrize("service", ON_A_REQUEST)
@pytest.mark.threat("AZ1")
@pytest.mark.threat("AZ2")
def test_a_foreign_request_looks_like_none(given, service):
    before = counts(given.act.store)
    for person in given.strangers:
        for one in (*given.requests, "0" * 20, "-1", "' OR 1=1 --"):
            with pytest.raises(NotAllowedError) as refused:
                ON_A_REQUEST[service](given.act.as_(person), one)
            if person is given.district.outsider:
                assert type(refused.value) is NotFoundError
                assert refused.value.message == NotFoundError.message
    assert counts(given.act.store) == before


@pytest.mark.parametrize("service", ON_A_DATA_REQUEST)
@pytest.mark.threat("AZ2")
def test_a_foreign_request_without_names_looks_like_none(given, service):
    people = [one for one in given.strangers if one.organisation_id != given.district.parish.id]
    before = counts(given.act.store)
    for person in people:
        for one in (given.data_request, "0" * 20):
            with pytest.raises(NotAllowedError) as refused:
                ON_A_DATA_REQUEST[service](given.act.as_(person), one)
            if person is given.district.outsider:
                assert type(refused.value) is NotFoundError
    assert counts(given.act.store) == before


@pytest.mark.parametrize("service", ON_A_WISH)
def test_a_foreign_wish_to_pass_on_looks_like_none(given, service):
    before = counts(given.act.store)
    for person in [*given.strangers, given.district.clerk, given.district.parish_approver]:
        for one in (given.wish, "0" * 20):
            with pytest.raises(NotAllowedError):
                ON_A_WISH[service](given.act.as_(person), one)
    assert counts(given.act.store) == before


@pytest.mark.parametrize("service", ON_A_DRAFT)
def test_a_foreign_draft_looks_like_none(given, service):
    before = counts(given.act.store)
    for person in [*given.strangers, given.district.colleague, given.district.inspector]:
        with pytest.raises(NotAllowedError):
            ON_A_DRAFT[service](given.act.as_(person), given.draft)
    assert counts(given.act.store) == before


@pytest.mark.parametrize("service", OF_ONESELF)
def test_who_acts_for_no_organisation_has_no_requests(given, service):
    for person in given.strangers:
        if person.organisation_id is None:
            with pytest.raises(NotAllowedError):
                OF_ONESELF[service](given.act.as_(person))


def test_lists_hold_only_ones_own_organisations_requests(given):
    assert views.requests_sent(given.act.as_(given.district.outsider)) == []
    assert views.requests_received(given.act.as_(given.district.outsider)) == []
    assert len(views.requests_sent(given.act.as_(given.district.parish_approver))) == len(given.requests)


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
