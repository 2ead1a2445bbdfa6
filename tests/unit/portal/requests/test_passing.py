"""Passing on: the recipient asks the body that a fact came from; that body answers once, and nothing moves by itself."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.after_disclosure import OnwardSharing
from models.record import AuditEntry
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record.audit import history
from portal.requests.after_disclosure.deletion import purge_expired
from portal.requests.after_disclosure.destruction import say_gone
from portal.requests.after_disclosure.onward_sharing import (
    OnwardSharingRequest,
    ask_to_pass_on,
    facts_received,
    gateways_for,
    wishes_on,
)
from portal.requests.after_disclosure.onward_sharing_answers import (
    decide_wish,
    open_wish,
    remind_of_wishes,
    wishes_to_us,
)
from portal.requests.errors import AlreadyDecidedError, AlreadyGoneError, NotYourTurnError, OwnRequestError
from portal.requests.exchange.answers import open_answer
from portal.requests.exchange.deciding import decide
from portal.requests.exchange.decisions import ItemVerdict
from portal.requests.views import open_request
from tests.duty_helpers import asked as asked_of
from tests.request_builders import (
    CANARY,
    SECOND_CANARY,
    SECRET_FACT,
    a_district,
    a_request,
    a_shared_request,
    all_shared,
    holders,
    later,
    letters,
    written_to,
)

pytestmark = pytest.mark.clause("s8.use-by-protocol")

WHY = f"They house {CANARY} now."


@pytest.fixture
def district(act):
    return a_district(act)


def asked(district, **more):
    told = {"facts": (1,), "receiver": district.council.id, "other": "", "gateway": "cda-1998-s115", "why": WHY}
    return OnwardSharingRequest(**{**told, **more})


def a_wish(act, district, request_id, **more):
    return ask_to_pass_on(act.as_(district.clerk), request_id, "key", asked(district, **more))


def two_sources(act, district):
    """A shared request whose second fact came from the council."""
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    items = (
        ItemVerdict(shared=True, information=SECRET_FACT),
        ItemVerdict(shared=True, information="She was.", source=district.council.id),
    )
    decide(mine, request_id, all_shared(mine, request_id, items=items))
    return request_id


def test_every_fact_carries_the_body_it_came_from(act, district):
    request_id = two_sources(act, district)
    sources = ("Anyshire Police", "Elsewhere Borough Council")
    assert open_answer(act.as_(district.clerk), request_id).sources == sources
    facts, _ = facts_received(act.as_(district.colleague), request_id)
    assert tuple(one.source.name for one in facts) == sources


@pytest.mark.clause("s7.matching-quality")
def test_a_source_is_the_holder_or_another_body_that_takes_part(act, district):
    request_id, mine = a_request(act, district), act.as_(district.inspector)
    for source in (district.parish.id, "nobody"):
        items = tuple(ItemVerdict(shared=True, information="x", source=source) for _ in range(2))
        with pytest.raises(AnswersNeededError) as refused:
            decide(mine, request_id, all_shared(mine, request_id, items=items))
        assert set(refused.value.problems) == {"item1"}


def test_each_originator_is_asked_of_its_own_facts_only_once_however_often_the_button_is_pressed(act, district):
    request_id = two_sources(act, district)
    first, second = (a_wish(act, district, request_id, facts=(1, 2), receiver="", other="A charity") for _ in range(2))
    assert first == second
    assert len(first) == 2
    police, council = act.as_(district.inspector), act.as_(district.outsider)
    ((theirs,), (ours,)) = ([one.id for one in wishes_to_us(who)] for who in (police, council))
    assert {theirs, ours} == set(first)
    wish, may = open_wish(council, ours)
    assert [
        one.actor_name for one in history(act.store, f"request:{request_id}") if one.event == "answer:passing-on-opened"
    ]
    assert (wish.facts, wish.to, may) == ((f"Whether {SECOND_CANARY} was hurt",), "A charity", True)
    with pytest.raises(NotFoundError):
        open_wish(police, ours)
    assert written_to(act, "passing-waiting") == sorted([*holders(district), district.outsider.email])
    assert CANARY not in str(letters(act, "passing-waiting"))
    assert asked_of(council)["passing_on"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"facts": ()}, "facts"),
        ({"facts": (9,)}, "facts"),
        ({"receiver": "", "other": " "}, "receiver"),
        ({"receiver": "nobody"}, "receiver"),
        ({"receiver": "", "other": "x" * 201}, "receiver"),
        ({"gateway": ""}, "gateway"),
        ({"gateway": "no-such-law"}, "gateway"),
        ({"why": " "}, "why"),
        ({"why": "x" * 2001}, "why"),
    ],
)
def test_it_says_which_fact_to_whom_why_and_under_which_law(act, district, change, field):
    request_id = a_shared_request(act, district)
    with pytest.raises(AnswersNeededError) as refused:
        a_wish(act, district, request_id, **change)
    assert set(refused.value.problems) == {field}


def test_only_those_to_whom_the_answer_opens_ask(act, district):
    request_id = a_shared_request(act, district)
    for stranger in (district.parish_approver, district.inspector, district.outsider):
        with pytest.raises(NotFoundError):
            ask_to_pass_on(act.as_(stranger), request_id, "key", asked(district))


@pytest.mark.parametrize(("yes", "said"), [(True, "Only to the housing officer."), (False, "It would spoil the case.")])
def test_the_originator_answers_once_and_the_recipient_reads_it(act, district, yes, said):
    request_id = a_shared_request(act, district)
    (wish_id,) = a_wish(act, district, request_id)
    decide_wish(act.as_(district.inspector), wish_id, yes=yes, said=said)
    (wish,) = wishes_on(act.as_(district.clerk), request_id)
    assert (wish.status, wish.said, wish.answered_by) == ("yes" if yes else "no", said, "Ira Inspector")
    with pytest.raises(AlreadyDecidedError):
        decide_wish(act.as_(district.sergeant), wish_id, yes=not yes, said="x")
    assert [to for to, _ in letters(act, "passing-decided")] == [district.clerk.email]
    with reading(act.store.engine) as session:
        assert len(session.exec(select(AuditEntry).where(AuditEntry.event == "answer:passing-on-decided")).all()) == 1
        assert said.encode() not in session.exec(select(OnwardSharing.answer)).one()
    with pytest.raises(NotFoundError):
        open_request(act.as_(district.outsider), request_id)


@pytest.mark.parametrize(("yes", "said"), [(None, ""), (True, " "), (False, ""), (True, "x" * 2001)])
def test_an_answer_needs_its_words(act, district, yes, said):
    (wish_id,) = a_wish(act, district, a_shared_request(act, district))
    with pytest.raises(AnswersNeededError):
        decide_wish(act.as_(district.inspector), wish_id, yes=yes, said=said)


def test_a_partner_who_is_no_approver_reads_it_and_does_not_decide_it_and_nobody_decides_their_own(act, district):
    (wish_id,) = a_wish(act, district, a_shared_request(act, district))
    assert open_wish(act.as_(district.officer), wish_id)[1] is False
    with pytest.raises(NotAllowedError):
        decide_wish(act.as_(district.officer), wish_id, yes=True, said="x")
    both = replace(district.inspector, posts=district.inspector.posts | district.clerk.posts)
    with pytest.raises(OwnRequestError):
        decide_wish(act.as_(both), wish_id, yes=True, said="x")


def test_what_is_gone_or_deleted_can_be_passed_on_no_more_and_open_questions_lapse(act, district):
    gone, purged = a_shared_request(act, district), a_shared_request(act, district)
    wishes = [a_wish(act, district, one)[0] for one in (gone, purged)]
    say_gone(act.as_(district.clerk), gone, "deleted", promised=True)
    with pytest.raises(AlreadyGoneError):
        a_wish(act, district, gone)
    with pytest.raises(NotYourTurnError):
        decide_wish(act.as_(district.inspector), wishes[0], yes=True, said="x")
    after = later(act, days=366 * 7)
    purge_expired(after)
    assert wishes_to_us(after.as_(district.inspector)) == ()
    with pytest.raises(NotFoundError):
        open_wish(after.as_(district.inspector), wishes[1])


def test_the_originator_is_reminded_after_five_working_days(act, district):
    a_wish(act, district, a_shared_request(act, district))
    assert [remind_of_wishes(later(act, days=days)) for days in (6, 7, 8, 14)] == [0, 1, 0, 1]
    holders = [district.officer.email, district.inspector.email, district.sergeant.email]
    assert sorted(to for to, _ in letters(act, "passing-reminder")) == sorted(holders * 2)


def test_laws_that_can_carry_it_between_the_two_kinds_are_offered(act, district):
    _, case = facts_received(act.as_(district.clerk), a_shared_request(act, district))
    fitting = gateways_for(case, "police", "local_authority")
    assert "cda-1998-s115" in fitting
    assert len(fitting) < len(gateways_for(case, "police", ""))
