"""Invitations: who may invite whom, and that a link opens an account once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from models.accounts import Account, Link, Post
from models.record import AuditEntry, Message
from portal.accounts.authentication import recovery_codes
from portal.accounts.authentication.second_factor import enrolment, turn_on
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in import SignInRefusedError, sign_in
from portal.accounts.invitations import accept, invitation, invitations, invite, withdraw
from portal.accounts.people import close
from portal.accounts.posts import OtherOrganisationError, OwnRoleError, end_post
from portal.accounts.self_service.profile import change_details
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import (
    AlreadyDoneError,
    AnswersNeededError,
    LinkError,
    NotAllowedError,
    NotFoundError,
    TooManyTriesError,
)
from tests.builders import a_person, a_session, an_organisation
from tests.conftest import NOW
from tests.unit.portal.accounts.conftest import BASE, PASSWORD

WORDS = {"name": "Bo New", "position": "Clerk", "password": "wren lamp harbour"}


def secret_of(link):
    return link.rsplit("/", 1)[1]


def test_a_manager_invites_to_any_role_and_the_letter_waits_with_its_link_apart(act, manager, parish):
    link = invite(act.as_(manager), " Bo@Example.org", Role.PARTNER, parish.id, base_url=BASE)
    assert link.startswith(f"{BASE}/invitation/")
    with reading(act.store.engine) as session:
        message, row = session.exec(select(Message)).one(), session.exec(select(Link)).one()
    assert secret_of(link) not in (row.token_hash, message.subject)
    assert link not in act.store.vault.open_text(message.body, f"message.body:{message.id}")
    assert act.store.vault.open_text(message.secret, f"message.secret:{message.id}") == link
    shown = invitation(act.as_(PUBLIC), secret_of(link))
    assert (shown.email, shown.organisation, shown.known) == ("bo@example.org", "Anytown Parish Council", False)


def test_accepting_opens_the_account_with_its_role_and_the_person_can_sign_in(act, visit, manager, parish):
    link = invite(act.as_(manager), "bo@example.org", Role.APPROVER, parish.id, base_url=BASE)
    accept(visit, secret_of(link), **WORDS)
    assert sign_in(visit, "bo@example.org", WORDS["password"], address="192.0.2.1").secret
    with reading(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.email == "bo@example.org")).one()
        post = session.exec(select(Post).where(Post.account_id == account.id)).one()
        events = [e.event for e in session.exec(select(AuditEntry).order_by(AuditEntry.number))]
    assert (post.role, post.organisation_id, post.granted_by) == ("approver", parish.id, "Mina Manager")
    assert events[:4] == ["invitation:sent", "account:created", "invitation:accepted", "post:granted"]


@pytest.mark.threat("AZ8")
def test_whoever_loses_the_role_by_which_they_invited_leaves_no_way_back_in(act, visit, manager, parish):
    approver = a_person(act, "Al Approver", Role.APPROVER, organisation=parish)
    own = invite(act.as_(approver), "als-other@example.org", Role.APPROVER, parish.id, base_url=BASE)
    others = invite(act.as_(manager), "bo@example.org", Role.APPROVER, parish.id, base_url=BASE)
    with reading(act.store.engine) as session:
        post = session.exec(select(Post).where(Post.account_id == approver.id)).one()
    change_details(act.as_(approver), name="Al Married", position="Clerk")
    namesake = a_person(act, "Al Married", Role.MANAGER, email="namesake@example.org")
    theirs = invite(act.as_(namesake), "cy@example.org", Role.PARTNER, parish.id, base_url=BASE)
    end_post(act.as_(manager), post.id)
    with pytest.raises(LinkError):
        accept(visit, secret_of(own), **WORDS)
    accept(visit, secret_of(others), **WORDS)
    assert invitation(visit, secret_of(theirs)).email == "cy@example.org"


def test_a_link_opens_one_account_even_for_two_browsers_at_once(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    where = an_organisation(act)
    link = invite(act, "bo@example.org", Role.PARTNER, where.id, base_url=BASE)
    gate, outcomes = threading.Barrier(2), []

    def try_it():
        gate.wait()
        try:
            accept(act.as_(PUBLIC), secret_of(link), **WORDS)
            outcomes.append("opened")
        except (LinkError, AlreadyDoneError, AnswersNeededError):
            outcomes.append("refused")

    threads = [threading.Thread(target=try_it) for _ in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["opened", "refused"]
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Account)).all()) == len(session.exec(select(Post)).all()) == 1


def test_a_newer_invitation_replaces_the_older_and_one_withdrawn_or_old_is_worthless(act, visit, manager, parish):
    old = invite(act.as_(manager), "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)
    new = invite(act.as_(manager), "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)
    with pytest.raises(LinkError):
        accept(visit, secret_of(old), **WORDS)
    late = replace(visit, at=visit.at + timedelta(days=7))
    with pytest.raises(LinkError):
        accept(late, secret_of(new), **WORDS)
    withdraw(act.as_(manager), invitations(act.as_(manager))[0].id)
    with pytest.raises(LinkError):
        accept(visit, secret_of(new), **WORDS)
    assert invitations(act.as_(manager)) == []


@pytest.mark.parametrize("change", [{"role": "manager", "organisation_id": None}, {"email": "eve@evil.example"}])
def test_an_invitation_whose_row_was_changed_past_the_portal_opens_nothing(act, visit, manager, parish, change):
    link = invite(act.as_(manager), "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)
    with transaction(act.store.engine) as session:
        row = session.exec(select(Link)).one()
        for column, value in change.items():
            setattr(row, column, value)
        session.add(row)
    with pytest.raises(LinkError):
        accept(visit, secret_of(link), **WORDS)


def test_blank_and_weak_answers_are_asked_for_and_the_link_stays_good(act, visit, manager, parish):
    link = invite(act.as_(manager), "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)
    with pytest.raises(AnswersNeededError) as refused:
        accept(visit, secret_of(link), name=" ", position="x" * 201, password="Anytown Parish")
    assert set(refused.value.problems) == {"name", "position", "password"}
    accept(visit, secret_of(link), **WORDS)


def test_an_approver_invites_only_to_their_own_organisation_and_only_its_roles(act, approver, parish, other):
    mine = act.as_(approver)
    assert invite(mine, "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)
    assert invite(mine, "bo@example.org", Role.APPROVER, parish.id, base_url=BASE)
    for role, where in [(Role.PARTNER, other.id), (Role.MANAGER, None), (Role.CHAIR, parish.id), (Role.PARTNER, None)]:
        with pytest.raises(NotAllowedError):
            invite(mine, "eve@example.org", role, where, base_url=BASE)
    assert len(invitations(mine, parish.id)) == 2
    with pytest.raises(NotAllowedError):
        invitations(mine, other.id)


def test_a_partner_or_a_visitor_invites_nobody(act, visit, partner, parish):
    for who in (act.as_(partner), visit):
        with pytest.raises(NotAllowedError):
            invite(who, "bo@example.org", Role.PARTNER, parish.id, base_url=BASE)


def test_an_approver_cannot_withdraw_the_invitation_of_another_organisation(act, manager, approver, other):
    invite(act.as_(manager), "bo@example.org", Role.PARTNER, other.id, base_url=BASE)
    with pytest.raises(NotFoundError):
        withdraw(act.as_(approver), invitations(act.as_(manager))[0].id)


def test_nobody_invites_themselves_to_a_higher_role(act, approver, parish):
    with pytest.raises(OwnRoleError):
        invite(act.as_(approver), approver.email, Role.APPROVER, parish.id, base_url=BASE)


def test_somebody_with_an_account_joins_by_their_password_and_eve_with_the_link_does_not(
    act, visit, manager, partner, parish
):
    link = invite(act.as_(manager), partner.email, Role.APPROVER, parish.id, base_url=BASE)
    assert invitation(visit, secret_of(link)).known
    with pytest.raises(AnswersNeededError):
        accept(visit, secret_of(link), name="Eve", position="Thief", password="eves own password")
    before = a_session(act, partner)
    accept(visit, secret_of(link), password=PASSWORD)
    with reading(act.store.engine) as session:
        roles = session.exec(select(Post.role).where(Post.account_id == partner.id)).all()
    assert sorted(roles) == ["approver", "partner"]
    assert person_of(act, before) == PUBLIC, "who holds more signs in anew"


def test_whoever_guesses_the_password_with_an_invitation_of_somebody_else_waits(act, visit, manager, partner, parish):
    link = secret_of(invite(act.as_(manager), partner.email, Role.APPROVER, parish.id, base_url=BASE))
    said = []
    for n in range(7):
        with pytest.raises((AnswersNeededError, TooManyTriesError)) as refused:
            accept(visit, link, password=f"guess number {n}")
        said.append(refused.type)
    assert said == [AnswersNeededError] * 5 + [TooManyTriesError] * 2
    accept(replace(visit, at=visit.at + timedelta(minutes=2)), link, password=PASSWORD)


def test_an_account_acts_for_one_organisation_at_a_time(act, visit, manager, partner, other):
    link = invite(act.as_(manager), partner.email, Role.PARTNER, other.id, base_url=BASE)
    with pytest.raises(OtherOrganisationError):
        accept(visit, secret_of(link), password=PASSWORD)


@pytest.mark.parametrize(("email", "role", "field"), [("", Role.CHAIR, "email"), ("bo@example.org", None, "role")])
def test_a_form_left_open_says_what_is_missing(act, manager, email, role, field):
    with pytest.raises(AnswersNeededError) as refused:
        invite(act.as_(manager), email, role, base_url=BASE)
    assert list(refused.value.problems) == [field]


def test_a_partner_is_invited_for_an_organisation_that_is_known(act, manager):
    with pytest.raises(AnswersNeededError) as refused:
        invite(act.as_(manager), "bo@example.org", Role.PARTNER, "no-such-id", base_url=BASE)
    assert list(refused.value.problems) == ["organisation"]


def test_somebody_whose_account_was_closed_is_invited_again_and_is_the_same_person(act, visit, manager, partner, other):
    lost = enrolment(act.as_(partner))
    turn_on(act.as_(partner), lost.draft_id, pyotp.TOTP(lost.key).at(act.at))
    close(act.as_(manager), partner.id)
    old = secret_of(invite(act.as_(manager), partner.email, Role.PARTNER, other.id, base_url=BASE))
    assert not invitation(visit, old).known, "no password of a closed account is asked for"
    accept(visit, old, name="Ann Clarke", position="Clerk", password="a fresh lamp post")
    with reading(act.store.engine) as session:
        account = session.exec(select(Account).where(Account.email == partner.email)).one()
        posts = session.exec(select(Post).where(Post.account_id == account.id)).all()
        noted = session.exec(select(AuditEntry.event).where(AuditEntry.subject == f"account:{partner.id}")).all()
    assert (account.id, account.name, account.closed_at) == (partner.id, "Ann Clarke", None)
    assert [post.organisation_id for post in posts if post.ended_at is None] == [other.id]
    assert "account:reopened" in noted
    with pytest.raises(SignInRefusedError):
        sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    back = sign_in(visit, partner.email, "a fresh lamp post", address="192.0.2.1")
    assert not back.second_step, "the phone of before may be lost"
    assert recovery_codes.left(act.as_(partner)) == 0
