from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from models.accounts import Account, RecoveryCode
from models.record import AuditEntry, Message
from portal.accounts.authentication import recovery_codes
from portal.accounts.authentication.second_factor import enrolment, turn_on
from portal.accounts.authentication.sessions import person_of
from portal.accounts.authentication.sign_in import CodeRefusedError, sign_in, take_second_step
from portal.accounts.people import remove_second_step
from portal.accounts.self_service.profile import has_second_step, turn_second_step_off
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError, SignedOutError
from portal.ground.page_access import comes_first
from tests.builders import a_partnership, a_person, a_session
from tests.unit.portal.accounts.conftest import PASSWORD


def test_it_is_on_only_once_the_app_has_shown_a_right_code(act, manager, partner):
    mine = act.as_(partner)
    found = enrolment(mine)
    assert enrolment(mine).key == found.key, "a refresh shows the same key"
    assert "Safer%20Anytown%20Partnership" in found.uri
    with pytest.raises(AnswersNeededError):
        turn_on(mine, found.draft_id, "000000")
    assert not has_second_step(mine)
    here, there = a_session(act, partner), a_session(act, partner)
    turn_on(mine, found.draft_id, pyotp.TOTP(found.key).at(act.at), keep=here)
    assert has_second_step(mine)
    assert enrolment(mine).key != found.key, "the key that was typed into the app is kept in no draft"
    assert person_of(act, here).id == partner.id
    assert person_of(act, there) == PUBLIC


def test_the_code_that_turned_it_on_does_not_sign_in(act, visit, partner):
    found = enrolment(act.as_(partner))
    code = pyotp.TOTP(found.key).at(act.at)
    turn_on(act.as_(partner), found.draft_id, code)
    step = sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    with pytest.raises(CodeRefusedError):
        take_second_step(visit, step.secret, code)


def test_a_clock_that_ran_ahead_and_was_put_back_shuts_nobody_out_and_a_code_still_counts_once(act, visit, partner):
    wrong = replace(act, at=act.at + timedelta(days=30))
    found = enrolment(wrong.as_(partner))
    turn_on(wrong.as_(partner), found.draft_id, pyotp.TOTP(found.key).at(wrong.at))
    code = pyotp.TOTP(found.key).at(act.at)
    step = sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    assert take_second_step(visit, step.secret, code)
    again = sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    with pytest.raises(CodeRefusedError):
        take_second_step(visit, again.secret, code)


def test_the_owner_or_a_manager_turns_it_off(act, manager, partner, approver):
    mine = act.as_(partner)
    for off in (lambda: turn_second_step_off(mine), lambda: remove_second_step(act.as_(manager), partner.id)):
        found = enrolment(mine)
        turn_on(mine, found.draft_id, pyotp.TOTP(found.key).at(act.at))
        off()
        assert not has_second_step(mine)
    with pytest.raises(NotAllowedError):
        remove_second_step(act.as_(approver), partner.id)
    with pytest.raises(NotFoundError):
        remove_second_step(act.as_(manager), "no-such-account")


@pytest.mark.parametrize("demonstration", [False, True])
def test_a_role_that_decides_waits_until_the_second_step_is_set_up(act, parish, demonstration):
    a_partnership(act, demonstration=demonstration)
    ann = without_second_step(act, a_person(act, "Ann Clerk", Role.PARTNER, Role.APPROVER, organisation=parish))
    secret = a_session(act, ann)
    person = person_of(act, secret)
    if demonstration:
        assert (person.posts, person.waiting) == (ann.posts, frozenset())
        return
    assert {post.role for post in person.posts} == {Role.PARTNER}
    assert (comes_first(person, ""), comes_first(person, "colleagues"), comes_first(person, "return")) == (
        "second-step",
        "second-step",
        "",
    )
    found = enrolment(act.as_(person))
    turn_on(act.as_(person), found.draft_id, pyotp.TOTP(found.key).at(act.at), keep=secret)
    assert person_of(act, secret).posts == ann.posts
    assert comes_first(person_of(act, secret), "colleagues") == ""


@pytest.mark.parametrize("role", Role)
def test_which_roles_need_a_second_step(act, parish, role):
    a_partnership(act)
    person = person_of(act, a_session(act, without_second_step(act, a_person(act, "Ann", role, organisation=parish))))
    assert bool(person.waiting) == (role in {Role.APPROVER, Role.OFFICER, Role.MANAGER})
    assert bool(person.posts) == (not person.waiting)


def without_second_step(act, person):
    with transaction(act.store.engine) as session:
        session.get_one(Account, person.id).totp_secret = None
    return person


def test_a_visitor_has_no_second_step_to_turn_on(visit):
    with pytest.raises(SignedOutError):
        enrolment(visit)
    with pytest.raises(SignedOutError):
        turn_on(visit, "x", "000000")


def test_another_persons_enrolment_cannot_be_finished(act, partner, approver):
    found = enrolment(act.as_(partner))
    with pytest.raises(NotFoundError):
        turn_on(act.as_(approver), found.draft_id, pyotp.TOTP(found.key).at(act.at))


def app_code(act, key):
    return pyotp.TOTP(key).at(act.at)


def told_by(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    return [act.store.vault.open_text(row.to, f"message.to:{row.id}") for row in rows]


def test_a_recovery_code_signs_in_once_is_recorded_and_told(act, visit, partner, approver):
    found = enrolment(act.as_(partner))
    codes = turn_on(act.as_(partner), found.draft_id, app_code(act, found.key))
    assert (len(set(codes)), recovery_codes.left(act.as_(partner))) == (10, 10)

    def sign_in_with(code):
        step = sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
        return take_second_step(visit, step.secret, code)

    assert person_of(act, sign_in_with(codes[0])).id == partner.id
    theirs = act.as_(approver)
    others = turn_on(theirs, enrolment(theirs).draft_id, app_code(act, enrolment(theirs).key))
    for worthless in (codes[0], others[0]):
        with pytest.raises(CodeRefusedError):
            sign_in_with(worthless)
    with reading(act.store.engine) as session:
        kept = session.exec(select(RecoveryCode.code_hash).where(RecoveryCode.account_id == partner.id)).all()
        noted = session.exec(select(AuditEntry).where(AuditEntry.event == "recovery-codes:used")).one()
    assert len(kept) == 9
    assert not {code.replace(" ", "") for code in codes} & set(kept)
    assert told_by(act, "recovery-code-used") == [partner.email]
    assert noted.subject == f"account:{partner.id}"
    assert person_of(act, sign_in_with(codes[1].replace(" ", ""))).id == partner.id, "typed without the gap"


def test_new_recovery_codes_end_the_old_and_turning_off_ends_all(act, visit, partner, approver):
    mine = act.as_(partner)
    found = enrolment(mine)
    old = turn_on(mine, found.draft_id, app_code(act, found.key))
    new = recovery_codes.renew(mine)
    step = sign_in(visit, partner.email, PASSWORD, address="192.0.2.1").secret
    with pytest.raises(CodeRefusedError):
        take_second_step(visit, step, old[0])
    assert person_of(act, take_second_step(visit, step, new[0])).id == partner.id
    turn_second_step_off(mine)
    assert recovery_codes.left(mine) == 0
    with pytest.raises(NotFoundError):
        recovery_codes.renew(mine)
    with pytest.raises(SignedOutError):
        recovery_codes.renew(visit)


def test_the_owner_is_told_when_the_second_step_goes_on_and_off(act, manager, partner):
    found = enrolment(act.as_(partner))
    turn_on(act.as_(partner), found.draft_id, app_code(act, found.key))
    remove_second_step(act.as_(manager), partner.id)
    assert told_by(act, "second-step-changed") == [partner.email, partner.email]
