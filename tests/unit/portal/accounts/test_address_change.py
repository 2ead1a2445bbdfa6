"""Another address to sign in with: only by a code that went to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import Message
from portal.accounts.authentication.password_reset import ask, choose
from portal.accounts.authentication.sessions import person_of
from portal.accounts.changes import address_asked, ask_address, confirm_address, drop_address
from portal.accounts.people import member
from portal.ground.act import PUBLIC
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, LinkError, NotAllowedError, NotFoundError, SignedOutError
from tests.builders import a_session
from tests.unit.portal.accounts.conftest import BASE


def letters(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template).order_by(Message.queued_at)).all()
    vault = act.store.vault
    return [
        (
            vault.open_text(row.to, f"message.to:{row.id}"),
            row.secret and vault.open_text(row.secret, f"message.secret:{row.id}"),
        )
        for row in rows
    ]


def test_the_address_changes_by_its_code_alone_and_both_are_told(act, manager, partner):
    mine, new = act.as_(partner), "ann.clerk@example.org"
    here, there = a_session(act, partner), a_session(act, partner)
    ask(act.as_(PUBLIC), partner.email, base_url=BASE)
    ((_, to_the_old_one),) = letters(act, "new-password")
    ask_address(mine, partner.id, " Ann.Clerk@Example.org ")
    ((to, code),) = letters(act, "address-code")
    assert (to, address_asked(mine, partner.id)) == (new, new)
    assert member(act.as_(manager), partner.id).email == partner.email, "nothing changes before the code"
    with pytest.raises(AnswersNeededError):
        confirm_address(mine, partner.id, "000000" if code != "000000" else "000001")
    confirm_address(mine, partner.id, f"{code[:3]} {code[3:]}", keep=here)
    assert member(act.as_(manager), partner.id).email == new
    assert {to for to, _ in letters(act, "address-changed")} == {partner.email, new}
    assert (person_of(act, here).email, person_of(act, there)) == (new, PUBLIC)
    with pytest.raises(LinkError):
        confirm_address(mine, partner.id, code)
    with pytest.raises(LinkError):  # whoever reads the old mailbox gets in nowhere
        choose(act.as_(PUBLIC), to_the_old_one.rsplit("/", 1)[1], "wren lamp harbour")


def test_a_manager_changes_it_with_the_code_that_the_person_reads_out(act, manager, partner, approver):
    ask_address(act.as_(manager), partner.id, "new@example.org")
    confirm_address(act.as_(manager), partner.id, letters(act, "address-code")[0][1])
    assert member(act.as_(manager), partner.id).email == "new@example.org"
    for who, refusal in ((approver, NotAllowedError), (PUBLIC, SignedOutError)):
        with pytest.raises(refusal):
            ask_address(act.as_(who), partner.id, "eve@example.org")
    with pytest.raises(NotFoundError):
        ask_address(act.as_(manager), "nobody", "x@example.org")
    for wrong in ("nonsense", manager.email, "new@example.org"):
        with pytest.raises(AnswersNeededError):
            ask_address(act.as_(manager), partner.id, wrong)


def test_a_code_lasts_ten_minutes_and_five_tries_and_ends_with_a_newer_one_or_when_dropped(act, partner):
    mine = act.as_(partner)
    ask_address(mine, partner.id, "one@example.org")
    ask_address(mine, partner.id, "two@example.org")
    first, second = (code for _, code in letters(act, "address-code"))
    if first != second:
        with pytest.raises(AnswersNeededError):
            confirm_address(mine, partner.id, first)
    with pytest.raises(LinkError):
        confirm_address(replace(mine, at=act.at + timedelta(minutes=11)), partner.id, second)
    for _ in range(4):
        with pytest.raises(AnswersNeededError):
            confirm_address(mine, partner.id, "12345")
    with pytest.raises(LinkError):
        confirm_address(mine, partner.id, second)
    ask_address(mine, partner.id, "three@example.org")
    drop_address(mine, partner.id)
    assert address_asked(mine, partner.id) == ""
