"""Roles and accounts: nobody raises their own, the last manager stays, and what ends ends at once."""

import threading

import pytest
from sqlmodel import select

from models.accounts import Post
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in import SignInRefusedError, sign_in
from portal.accounts.changes import reopen
from portal.accounts.people import close, member, people, people_of, remove_second_step
from portal.accounts.posts import LastManagerError, OtherOrganisationError, OwnRoleError, end_post, grant
from portal.ground.act import PUBLIC, SYSTEM, Act, Role, RolePost
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record.audit import record
from portal.record.events import Event
from tests.builders import a_person, a_session
from tests.conftest import NOW
from tests.request_builders import letters
from tests.unit.portal.accounts.conftest import PASSWORD


def posts_of(act, person):
    with reading(act.store.engine) as session:
        return session.exec(select(Post).where(Post.account_id == person.id, Post.ended_at.is_(None))).all()


def test_a_role_given_holds_at_the_next_sign_in_and_the_old_sessions_end(act, manager, partner, parish):
    secret = a_session(act, partner)
    grant(act.as_(manager), partner.id, Role.APPROVER, parish.id)
    assert person_of(act, secret) == PUBLIC
    assert RolePost(Role.APPROVER, parish.id) in person_of(act, a_session(act, partner)).waiting


def test_giving_a_role_twice_changes_nothing(act, manager, partner):
    grant(act.as_(manager), partner.id, Role.CHAIR)
    grant(act.as_(manager), partner.id, Role.CHAIR)
    assert sorted(p.role for p in posts_of(act, partner)) == ["chair", "partner"]


@pytest.mark.threat("AZ10")
def test_nobody_raises_their_own_role_or_closes_their_own_account(act, manager, approver, parish):
    with pytest.raises(OwnRoleError):
        grant(act.as_(manager), manager.id, Role.OFFICER)
    with pytest.raises(OwnRoleError):
        grant(act.as_(approver), approver.id, Role.PARTNER, parish.id)
    with pytest.raises(NotAllowedError):
        grant(act.as_(approver), approver.id, Role.MANAGER)
    with pytest.raises(OwnRoleError):
        close(act.as_(manager), manager.id)
    with pytest.raises(OwnRoleError):
        remove_second_step(act.as_(manager), manager.id)


@pytest.mark.threat("AZ10")
def test_the_last_manager_cannot_be_removed_or_closed_by_the_portals_owner_either(act, manager):
    with pytest.raises(LastManagerError):
        end_post(act, posts_of(act, manager)[0].id)
    second = a_person(act, "Mo Second", Role.MANAGER)
    close(act.as_(second), manager.id)
    assert posts_of(act, manager) == []


@pytest.mark.threat("AZ10")
def test_two_managers_who_close_each_other_at_once_leave_one(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    one, two = a_person(act, "Mina One", Role.MANAGER), a_person(act, "Mo Two", Role.MANAGER)
    gate, outcomes = threading.Barrier(2), []

    def close_other(mine, theirs):
        gate.wait()
        try:
            close(act.as_(mine), theirs.id)
            outcomes.append("closed")
        except LastManagerError:
            outcomes.append("refused")

    threads = [threading.Thread(target=close_other, args=pair) for pair in [(one, two), (two, one)]]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["closed", "refused"]


def test_whoever_loses_a_role_or_an_account_hears_it_once_and_whoever_is_back_hears_how_to_come_in(
    act, manager, approver, partner, parish
):
    mine = act.as_(manager)
    grant(mine, partner.id, Role.CHAIR)
    end_post(mine, posts_of(act, partner)[0].id)
    ((to, body),) = letters(act, "role-ended")
    assert (to, "Your role has ended: Partner for Anytown Parish Council." in body) == (partner.email, True)
    assert manager.name not in body
    for _ in range(2):
        close(mine, partner.id)
        close(mine, approver.id)
    assert sorted(to for to, _ in letters(act, "account-closed")) == sorted([partner.email, approver.email])
    assert len(letters(act, "role-ended")) == 1
    for _ in range(2):
        reopen(mine, partner.id)
    ((to, body),) = letters(act, "account-reopened")
    assert (to, "I do not know my password" in body) == (partner.email, True)
    with pytest.raises(SignInRefusedError):  # whoever knew the password of before is not let in by that
        sign_in(act.as_(PUBLIC), partner.email, PASSWORD, address="192.0.2.1")


@pytest.mark.threat("AU5")
def test_a_closed_account_is_out_at_once_and_stays_out(act, visit, manager, partner):
    secret = a_session(act, partner)
    close(act.as_(manager), partner.id)
    close(act.as_(manager), partner.id)
    assert person_of(act, secret) == PUBLIC
    assert person_of(act, a_session(act, partner)) == PUBLIC, "one that began in the very moment"
    with pytest.raises(SignInRefusedError):
        sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    assert member(act.as_(manager), partner.id).closed_at == act.at
    with pytest.raises(NotFoundError):
        grant(act.as_(manager), partner.id, Role.CHAIR)


def test_an_approver_ends_roles_of_their_own_organisation_only(act, approver, partner, other):
    stranger = a_person(act, "Sam Other", Role.PARTNER, organisation=other)
    end_post(act.as_(approver), posts_of(act, partner)[0].id)
    assert posts_of(act, partner) == []
    with pytest.raises(NotFoundError):
        end_post(act.as_(approver), posts_of(act, stranger)[0].id)
    with pytest.raises(NotFoundError):
        end_post(act.as_(approver), "no-such-post")


def test_an_account_acts_for_one_organisation(act, manager, partner, other):
    with pytest.raises(OtherOrganisationError):
        grant(act.as_(manager), partner.id, Role.PARTNER, other.id)


def test_a_role_must_be_chosen(act, manager, partner):
    with pytest.raises(AnswersNeededError):
        grant(act.as_(manager), partner.id, None)


def test_people_are_searched_as_they_are_written_and_wildcards_stand_for_themselves(act, manager, partner, approver):
    mine = act.as_(manager)
    assert [m.name for m in people(mine)[0]] == ["Ann Clerk", "Ayo Approver", "Mina Manager"]
    assert [m.name for m in people(mine, search="CLERK")[0]] == ["Ann Clerk"]
    assert people(mine, search="%")[1] == 0
    assert people(mine, search="_")[1] == 0
    assert people(mine, search="' OR 1=1 --")[1] == 0


def test_who_was_here_stays_known_after_their_browser_is_forgotten(act, manager, partner):
    with transaction(act.store.engine) as session:
        record(session, act.as_(partner), Event.SIGNED_IN, f"account:{partner.id}")
    (who,) = people(act.as_(manager), search="Ann Clerk")[0]
    assert who.seen_at == act.at


def test_only_its_own_people_and_managers_see_who_acts_for_an_organisation(act, visit, manager, partner, other, parish):
    assert [m.name for m in people_of(act.as_(partner), parish.id)] == ["Ann Clerk"]
    assert [m.name for m in people_of(act.as_(manager), parish.id)] == ["Ann Clerk"]
    stranger = a_person(act, "Sam Other", Role.PARTNER, organisation=other)
    for who in (act.as_(stranger), visit):
        with pytest.raises(NotFoundError):
            people_of(who, parish.id)
        with pytest.raises(NotAllowedError):
            people(who)
