"""A new password: once, within the hour, the newest link only, and never a word about who has an account."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts import Account
from models.record import Message
from portal.accounts.authentication.password_reset import ask, change, choose, hand_over, is_open
from portal.accounts.authentication.sessions import end_one_session, live_sessions, person_of
from portal.accounts.authentication.sign_in import SignInRefusedError, sign_in
from portal.accounts.self_service.profile import (
    change_details,
    has_second_step,
    sign_out_everywhere,
    turn_second_step_off,
)
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, LinkError, NotAllowedError, SignedOutError
from tests.builders import a_person, a_session
from tests.conftest import NOW
from tests.unit.portal.accounts.conftest import BASE, PASSWORD, give_password

NEW = "wren lamp harbour"


def letters(act):
    vault = act.store.vault
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == "new-password")).all()
    return [vault.open_text(m.secret, f"message.secret:{m.id}").rsplit("/", 1)[1] for m in rows]


@pytest.mark.threat("AU5")
def test_a_link_gives_a_new_password_once_and_ends_every_session(act, visit, partner):
    secret = a_session(act, partner)
    ask(visit, partner.email.upper(), base_url=BASE)
    (link,) = letters(act)
    choose(visit, link, NEW)
    assert person_of(act, secret) == PUBLIC
    assert sign_in(visit, partner.email, NEW, address="192.0.2.1").secret
    with pytest.raises(SignInRefusedError):
        sign_in(visit, partner.email, PASSWORD, address="192.0.2.1")
    with pytest.raises(LinkError):
        choose(visit, link, "another wren lamp")
    with reading(act.store.engine) as session:
        assert "password-changed" in session.exec(select(Message.template)).all()


@pytest.mark.threat("AU8")
def test_a_link_is_worthless_after_an_hour_after_a_newer_one_and_after_a_change(act, visit, partner):
    ask(visit, partner.email, base_url=BASE)
    (first,) = letters(act)
    assert is_open(visit, first)
    assert not is_open(replace(visit, at=visit.at + timedelta(hours=1)), first)
    ask(visit, partner.email, base_url=BASE)
    second = next(link for link in letters(act) if link != first)
    with pytest.raises(LinkError):
        choose(visit, first, NEW)
    change(act.as_(partner), PASSWORD, NEW, address="192.0.2.1")
    with pytest.raises(LinkError):
        choose(visit, second, NEW)


@pytest.mark.threat("AU8")
def test_of_two_browsers_with_one_link_one_wins(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    partner = give_password(act, a_person(act, "Ann Clerk", Role.CHAIR))
    ask(act.as_(PUBLIC), partner.email, base_url=BASE)
    (link,) = letters(act)
    gate, outcomes = threading.Barrier(2), []

    def try_it(password):
        gate.wait()
        try:
            choose(act.as_(PUBLIC), link, password)
            outcomes.append("changed")
        except LinkError:
            outcomes.append("refused")

    threads = [threading.Thread(target=try_it, args=(p,)) for p in ("wren lamp one", "wren lamp two")]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(outcomes) == ["changed", "refused"]


@pytest.mark.threat("AU16")
def test_fifty_requests_send_three_letters_an_hour_and_an_unknown_address_none(act, visit, partner):
    for _ in range(50):
        ask(visit, partner.email, base_url=BASE)
        ask(visit, "nobody@example.org", base_url=BASE)
    assert len(letters(act)) == 3
    ask(replace(visit, at=visit.at + timedelta(hours=1, seconds=1)), partner.email, base_url=BASE)
    assert len(letters(act)) == 4


def test_a_weak_password_keeps_the_link_good(act, visit, partner):
    ask(visit, partner.email, base_url=BASE)
    (link,) = letters(act)
    with pytest.raises(AnswersNeededError):
        choose(visit, link, "Anytown Parish Council")
    choose(visit, link, NEW)


def test_a_manager_hands_a_link_over_and_nobody_else_can(act, visit, manager, partner, approver):
    assert hand_over(act.as_(manager), partner.id, base_url=BASE).startswith(f"{BASE}/new-password/")
    for who in (visit, act.as_(approver), act.as_(partner)):
        with pytest.raises(NotAllowedError):
            hand_over(who, partner.id, base_url=BASE)


def test_changing_ones_password_keeps_this_device_and_ends_the_others(act, partner):
    here, there = a_session(act, partner), a_session(act, partner)
    with pytest.raises(AnswersNeededError) as refused:
        change(act.as_(partner), "wrong", NEW, address="192.0.2.1", keep=here)
    assert list(refused.value.problems) == ["current"]
    change(act.as_(partner), PASSWORD, NEW, address="192.0.2.1", keep=here)
    assert person_of(act, here).id == partner.id
    assert person_of(act, there) == PUBLIC


def test_one_ends_ones_own_sessions_one_by_one_and_nobody_elses(act, partner, manager):
    here, there, foreign = a_session(act, partner), a_session(act, partner), a_session(act, manager)
    mine = act.as_(partner)
    assert sorted(one.here for one in live_sessions(mine, here)) == [False, True]
    end_one_session(mine, next(one.id for one in live_sessions(mine, here) if not one.here))
    assert (person_of(act, here).id, person_of(act, there)) == (partner.id, PUBLIC)
    for anybody in (mine, act.as_(PUBLIC)):
        end_one_session(anybody, live_sessions(act.as_(manager))[0].id)
    assert person_of(act, foreign).id == manager.id


def test_what_is_no_address_is_asked_for_again(visit):
    with pytest.raises(AnswersNeededError):
        ask(visit, "nobody", base_url=BASE)


def test_one_changes_ones_own_details_and_signs_out_everywhere(act, partner):
    mine = act.as_(partner)
    change_details(mine, name=" Ann  O'Neil-García ", position="Clerk and RFO")
    with reading(act.store.engine) as session:
        assert session.get(Account, partner.id).name == "Ann O'Neil-García"
    with pytest.raises(AnswersNeededError):
        change_details(mine, name="", position="")
    secret = a_session(act, partner)
    assert len(live_sessions(mine)) == 1
    sign_out_everywhere(mine)
    assert person_of(act, secret) == PUBLIC
    assert live_sessions(mine) == []


def test_the_public_has_no_details_to_change(visit):
    for verb in (sign_out_everywhere, turn_second_step_off):
        with pytest.raises(SignedOutError):
            verb(visit)
    with pytest.raises(SignedOutError):
        change_details(visit, name="Eve", position="Thief")
    with pytest.raises(SignedOutError):
        change(visit, "x", NEW, address="")
    assert not has_second_step(visit)
