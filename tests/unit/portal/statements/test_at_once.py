"""Two people at once, and the odd ends of this room: nothing is done twice, and nothing slips past a decision."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from models.statements import AccessRequest, PrivacyNotice, StatementSignature
from portal.access_requests import decision as access_deciding
from portal.access_requests.decision import AccessDecision, decide_access
from portal.access_requests.log import extend_access
from portal.access_requests.partner_views import ask_originator, give_view
from portal.access_requests.views import access_requests, open_access
from portal.duties.request_figures import _law
from portal.ground.act import Person, Role, RolePost
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import new_id, today
from portal.privacy_notices.form_validation import checked_choices
from portal.privacy_notices.notices import make_notice, notice, offer, record_publication
from portal.statements import signing
from portal.statements.contacts import information_contact, set_information_contact
from portal.statements.drafting import answer, begin_statement
from portal.statements.errors import DecidedError, WordsChangedError
from portal.statements.review import end_statement, name_holder, revise_statement
from portal.statements.signing import StatementSigner, sign_statement
from portal.statements.status import StatementLine
from portal.statements.views import open_statement, statements
from tests.request_builders import a_district, later
from tests.statement_builders import (
    SHARING,
    WHY_NAMED,
    a_begun_statement,
    a_complete_statement,
    a_statement_in_force,
    an_access_request,
    signed_by,
)
from tests.unit.portal.statements.test_notices import CHOICES


@pytest.fixture
def district(act):
    return a_district(act)


@pytest.mark.clause("app5.statement")
def test_two_approvers_of_one_party_at_once_leave_one_signature(act, district, monkeypatch):
    statement_id = a_complete_statement(act, district)
    signed_by(act, statement_id, district.parish_approver)
    version = open_statement(act.as_(district.inspector), statement_id).version
    both, ready, outcomes = Barrier(2), signing.statement_in_force, []

    def together(*parts):
        both.wait(timeout=20)
        return ready(*parts)

    monkeypatch.setattr(signing, "statement_in_force", together)

    def sign(person):
        outcomes.append(
            sign_statement(
                act.as_(person), statement_id, StatementSigner(name=person.name, post="Inspector"), version=version
            )
        )

    threads = [Thread(target=sign, args=(person,)) for person in (district.inspector, district.sergeant)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.in_force for one in outcomes] == [True, True]
    with reading(act.store.engine) as session:
        assert len(session.exec(select(StatementSignature)).all()) == 2


@pytest.mark.clause("s5.consult-originator")
def test_a_view_that_comes_in_while_the_record_is_made_is_not_passed_over(act, district, monkeypatch):
    access_id = an_access_request(act, district)
    by = today(act.at) + timedelta(days=3)
    view_id = ask_originator(act.as_(district.clerk), access_id, district.police.id, "May we?", by)
    make = access_deciding.access_record

    def meanwhile(*parts):
        give_view(act.as_(district.officer), view_id, "withhold", "It names a witness.")
        return make(*parts)

    monkeypatch.setattr(access_deciding, "access_record", meanwhile)
    decision = AccessDecision(outcome="disclose", without_views="They are slow.")
    with pytest.raises(WordsChangedError, match="A partner changed this"):
        decide_access(act.as_(district.parish_approver), access_id, decision)
    assert open_access(act.as_(district.clerk), access_id).decided_at is None


@pytest.mark.clause("s15.foi-case-by-case")
def test_two_approvers_cannot_both_decide(act, district, monkeypatch):
    access_id = an_access_request(act, district)
    make, first = access_deciding.access_record, []

    def meanwhile(*parts):
        if not first:
            first.append(True)
            decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
        return make(*parts)

    monkeypatch.setattr(access_deciding, "access_record", meanwhile)
    with pytest.raises(DecidedError):
        decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="not_held"))
    with reading(act.store.engine) as session:
        assert session.exec(select(AccessRequest.outcome)).one() == "disclose"


@pytest.mark.clause("app5.statement")
@pytest.mark.clause("s15.foi-case-by-case")
def test_what_is_too_long_is_refused_everywhere(act, district):
    long = "x" * 4001
    access_id = an_access_request(act, district)
    by = today(act.at) + timedelta(days=3)
    view_id = ask_originator(act.as_(district.clerk), access_id, district.police.id, "May we?", by)
    decision = AccessDecision(outcome="disclose", reason=long, without_views=long)
    for verb in (
        lambda: decide_access(act.as_(district.parish_approver), access_id, decision),
        lambda: give_view(act.as_(district.officer), view_id, "no_objection", long),
        lambda: checked_choices(
            offer(act.as_(district.clerk)),
            CHOICES.__class__(**{**vars(CHOICES), "purposes": (long,), "keep": long}),
        ),
        lambda: begin_statement(
            act.as_(district.clerk), "x" * 121, (district.police.id,), aim="crime", why_named=WHY_NAMED, key="k"
        ),
        lambda: sign_statement(
            act.as_(district.parish_approver), "0", StatementSigner(name="x" * 201, post="Clerk"), version=1
        ),
    ):
        with pytest.raises(AnswersNeededError):
            verb()


@pytest.mark.clause("app5.statement")
def test_more_than_twelve_parties_are_refused(act, district, monkeypatch):
    monkeypatch.setattr("portal.statements.drafting.MOST_PARTIES", 2)
    with pytest.raises(AnswersNeededError) as caught:
        begin_statement(
            act.as_(district.clerk),
            SHARING,
            (district.police.id, district.council.id),
            aim="crime",
            why_named=WHY_NAMED,
            key="k",
        )
    assert set(caught.value.problems) == {"parties"}


@pytest.mark.clause("s15.foi-case-by-case")
def test_a_decided_request_takes_no_more_time(act, district):
    access_id = an_access_request(act, district, "subject_access")
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="not_held"))
    with pytest.raises(DecidedError):
        extend_access(act.as_(district.clerk), access_id, "Busy.")


@pytest.mark.clause("s15.foi-case-by-case")
def test_the_time_left_is_said_in_words(act, district):
    access_id = an_access_request(act, district)
    mine = act.as_(district.clerk)
    last = open_access(mine, access_id).due_on
    (line,) = access_requests(mine)
    assert (line.left(last), line.standing(last)) == ("Due today", "waiting")
    assert (line.left(last + timedelta(days=1)), line.standing(last + timedelta(days=1))) == (
        "Past its last day",
        "stopped",
    )
    decide_access(act.as_(district.parish_approver), access_id, AccessDecision(outcome="disclose"))
    (line,) = access_requests(mine)
    assert (line.left(last), line.standing(last)) == ("Given out", "done")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"status": "draft", "unfinished": True}, "Being written"),
        ({"status": "draft", "ours": True}, "Your turn to sign"),
        ({"status": "draft", "waits_for": "Anyshire Police"}, "Not in force: waits for Anyshire Police"),
        ({"status": "in_force"}, "In force"),
        ({"status": "in_force", "review": ("A year is over.",)}, "In force: to review"),
        ({"status": "in_force", "on_hold": "On hold: they left"}, "On hold: they left"),
        ({"status": "replaced"}, "Replaced"),
    ],
)
def test_where_a_statement_stands_is_said_in_words(what, words):
    nothing = {
        "id": "",
        "reference": "",
        "title": "",
        "parties": (),
        "waits_for": "",
        "ours": False,
        "unfinished": False,
    }
    rest = {"in_force_at": None, "review_on": None, "review": (), "on_hold": "", "closed": ""}
    assert StatementLine(**{**nothing, **rest, **what}).words == words


@pytest.mark.clause("app5.statement")
def test_an_officer_who_also_acts_for_a_body_sees_both_and_changes_only_its_own(act, district):
    in_force = a_statement_in_force(act, district)
    both = act.as_(
        Person(
            id=district.outsider.id,
            name="Una Outsider",
            posts=frozenset({RolePost(Role.OFFICER), RolePost(Role.APPROVER, district.council.id)}),
        )
    )
    assert [one.id for one in statements(both)] == [in_force]
    with pytest.raises(NotFoundError):
        end_statement(both, in_force, "Not mine.")


@pytest.mark.clause("app5.statement")
def test_a_new_version_stands_alone_where_the_old_one_ended_meanwhile(act, district):
    old = a_statement_in_force(act, district)
    new = revise_statement(act.as_(district.clerk), old)
    end_statement(act.as_(district.inspector), old, "Stop at once.")
    signed_by(act, new, district.parish_approver)
    signed_by(act, new, district.inspector)
    mine = act.as_(district.clerk)
    assert (open_statement(mine, old).line.status, open_statement(mine, new).line.status) == ("ended", "in_force")


def test_only_a_post_that_is_there_gets_a_holder_and_only_once(act, district):
    statement_id = a_statement_in_force(act, district)
    mine = act.as_(district.clerk)
    for number, account in ((9, ""), (1, district.officer.id)):
        with pytest.raises(NotFoundError):
            name_holder(mine, statement_id, number, account)
    name_holder(mine, statement_id, 1, district.clerk.id)
    assert open_statement(mine, statement_id).posts[0].account_id == district.clerk.id


def test_a_question_the_edition_does_not_ask_is_not_there(act, district):
    statement_id = a_begun_statement(act, district)
    with pytest.raises(NotFoundError):
        answer(act.as_(district.clerk), statement_id, "signatures", "Ann", version=1)


def test_a_contact_can_be_changed(act, district):
    mine = act.as_(district.clerk)
    assert information_contact(mine).email == ""
    for role in ("Clerk", "Data protection officer"):
        set_information_contact(mine, role, "dpo@anytown.example.org")
    assert information_contact(mine).role == "Data protection officer"


def test_the_same_address_again_changes_nothing_and_a_foreign_notice_is_none(act, district):
    mine = act.as_(district.clerk)
    notice_id = make_notice(mine, CHOICES, key=new_id())
    record_publication(mine, notice_id, "https://www.example.org/privacy")
    record_publication(later(mine, days=9), notice_id, "https://www.example.org/privacy")
    assert notice(mine, notice_id).published_on == act.at.date()


def test_a_law_that_no_edition_knows_is_shown_by_its_id():
    assert _law("unheard-of") == "unheard-of"


def test_the_store_refuses_two_notices_with_one_number(act, district):
    from sqlalchemy.exc import IntegrityError  # noqa: PLC0415 - only here

    first = make_notice(act.as_(district.clerk), CHOICES, key="a")
    with reading(act.store.engine) as session:
        row = session.get(PrivacyNotice, first)
    with pytest.raises(IntegrityError), transaction(act.store.engine) as session:
        session.add(PrivacyNotice(**{**row.model_dump(), "id": new_id(), "key": "b", "reference": "AAA-AAA-AAA"}))
