"""The manager's check: evidence, one decision, never one's own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from models.record import AuditEntry, Message
from portal.agreement.errors import CannotSignError, OwnSignatureError, SignatureAlreadyDecidedError
from portal.agreement.notices import notices
from portal.agreement.notices.standing import SignatoryStatus, standing_of
from portal.agreement.signing import confirmation, evidence, journey, sign
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.record import audit
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.signing_builders import NO_MAIL, REASONS, a_manager, a_signatory, a_signature, at, ready_to_sign

pytestmark = pytest.mark.clause("s16.copy-to-information-manager")


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


@pytest.fixture
def manager(here):
    return a_manager(here)


def events(act, name):
    with reading(act.store.engine) as session:
        return session.exec(select(AuditEntry).where(AuditEntry.event == name)).all()


def letters(act, template):
    with reading(act.store.engine) as session:
        return session.exec(select(Message).where(Message.template == template)).all()


def told(act, template):
    return [act.store.vault.open_text(one.to, f"message.to:{one.id}") for one in letters(act, template)]


@pytest.mark.clause("s16.public-list")
@pytest.mark.clause("s2.under-protocol")
def test_only_a_confirmed_signature_is_in_the_register(here, manager):
    council = an_organisation(here)
    made = a_signature(here, council)
    act = at(here, hours=2).as_(manager)
    assert [one.id for one in evidence.waiting(act)] == [made.id]
    confirmation.confirm(act, made.id, how="Telephoned on the public number", reach=NO_MAIL)
    stands = standing_of(here.store, council.id)
    assert (stands.status, stands.since, stands.begins_at) == (SignatoryStatus.SIGNED, made.signed_at, act.at)
    assert evidence.waiting(act) == []
    copy = evidence.copy_for_manager(act, made.id)
    assert (copy.status, copy.decided_by, copy.decision_words) == (
        "confirmed",
        "Priya Shah",
        "Telephoned on the public number",
    )
    assert copy.evidence.email_checked_how == "manager"
    assert "accept the same promises" in copy.promise, "the question about the Protocol, as it was asked"
    assert copy.organisation.protocol_signatory is True


def test_confirming_twice_is_one_confirmation(here, manager):
    made = a_signature(here, an_organisation(here))
    for _ in range(2):
        confirmation.confirm(here.as_(manager), made.id, how="Known", reach=NO_MAIL)
    assert len(events(here, "signature:confirmed")) == 1
    assert told(here, "signature-confirmed") == ["ann@thornby.example"]


@pytest.mark.threat("DA5")
def test_two_managers_at_once_one_wins_and_the_other_is_told_who_and_when(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    a_partnership(act)
    managers = [a_manager(act, "Priya Shah"), a_manager(act, "Dan Okafor")]
    made = a_signature(replace(act, person=PUBLIC), an_organisation(act))
    gate = threading.Barrier(2)

    def decide(number):
        gate.wait()
        try:
            if number:
                confirmation.decline(act.as_(managers[1]), made.id, reason="Not known")
            else:
                confirmation.confirm(act.as_(managers[0]), made.id, how="Known", reach=NO_MAIL)
        except SignatureAlreadyDecidedError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(decide, range(2)))
    assert told[0] == ""
    assert "this signature on 25 November 2026 at 10:30am." in told[1]
    assert len(events(act, "signature:confirmed")) + len(events(act, "signature:declined")) == 1
    assert audit.verify(both_stores).whole


@pytest.mark.threat("AZ9")
def test_nobody_confirms_what_they_signed_themselves(here):
    council = an_organisation(here)
    both = a_person(here, "Ann Clerk", Role.MANAGER, Role.APPROVER, organisation=council, email="ann@thornby.example")
    signed_in = sign.sign(here.as_(both), ready_to_sign(here.as_(both), council), NO_MAIL)
    with pytest.raises(OwnSignatureError):
        confirmation.confirm(here.as_(both), signed_in.id, how="I know myself", reach=NO_MAIL)
    by_address = a_signature(here, an_organisation(here, "Other Council"), email="ann@thornby.example")
    for decide in (
        lambda: confirmation.confirm(here.as_(both), by_address.id, how="x", reach=NO_MAIL),
        lambda: confirmation.decline(here.as_(both), by_address.id, reason="x"),
        lambda: confirmation.ask(here.as_(both), by_address.id, question="x"),
    ):
        with pytest.raises(OwnSignatureError):
            decide()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.APPROVER, Role.CHAIR, Role.OFFICER, None])
def test_nobody_but_a_manager_sees_or_decides(here, role):
    council = an_organisation(here)
    made = a_signature(here, council)
    act = here if role is None else here.as_(a_person(here, "Eve", role, organisation=council))
    for attempt in (
        lambda: confirmation.confirm(act, made.id, how="x", reach=NO_MAIL),
        lambda: confirmation.decline(act, made.id, reason="x"),
        lambda: confirmation.ask(act, made.id, question="x"),
        lambda: evidence.copy_for_manager(act, made.id),
        lambda: evidence.waiting(act),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_a_question_leaves_it_waiting_and_a_decline_frees_the_organisation(here, manager):
    council = an_organisation(here)
    made = a_signature(here, council)
    for _ in range(2):
        confirmation.ask(here.as_(manager), made.id, question="Who minuted this?")
    assert told(here, "signature-asked") == ["ann@thornby.example"]
    assert [one.status for one in evidence.waiting(here.as_(manager))] == ["asked"]
    confirmation.decline(here.as_(manager), made.id, reason="The council says no")
    assert standing_of(here.store, council.id) is None
    body = here.store.vault.open_text((m := letters(here, "signature-declined")[0]).body, f"message.body:{m.id}")
    assert "The council says no" in body
    assert told(here, "signature-declined") == ["ann@thornby.example"]
    assert a_signature(at(here, days=1), council).status == "waiting"


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 1001])
def test_each_decision_needs_its_words(here, manager, words):
    made = a_signature(here, an_organisation(here))
    with pytest.raises(AnswersNeededError):
        confirmation.confirm(here.as_(manager), made.id, how=words, reach=NO_MAIL)
    with pytest.raises(AnswersNeededError):
        confirmation.decline(here.as_(manager), made.id, reason=words)


def test_what_does_not_exist_cannot_be_decided(here, manager):
    with pytest.raises(NotFoundError):
        confirmation.confirm(here.as_(manager), "nothing", how="x", reach=NO_MAIL)


def test_evidence_speaks_of_domain_free_mail_known_people_and_like_names(here, manager):
    council = an_organisation(here, email_domain="thornby.example")
    an_organisation(here, "Anytown Parish Councils")
    a_person(here, "Ann Clerk", Role.PARTNER, organisation=council, email="ann@mail.thornby.example")
    known = evidence.copy_for_manager(
        here.as_(manager), a_signature(here, council, email="ann@mail.thornby.example").id
    ).evidence
    assert (known.domain_matches, known.known_person, known.free_mail) == (True, True, False)
    assert known.near_names == ("Anytown Parish Councils",)
    false = an_organisation(here, council.name.replace("a", "\u0430"))
    seen = evidence.copy_for_manager(here.as_(manager), a_signature(here, false, email="x@gmail.com").id).evidence
    assert seen.looks_like == (council.name,)
    other = an_organisation(here, "Ferny Homes", email_domain="ferny.example")
    seen = evidence.copy_for_manager(here.as_(manager), a_signature(here, other, email="x@gmail.com").id).evidence
    assert (seen.domain_matches, seen.known_person, seen.free_mail, seen.signed_in) == (False, False, True, False)


@pytest.mark.threat("ES8")
def test_a_signature_of_an_organisation_that_left_meanwhile_is_not_confirmed(here, manager):
    council = an_organisation(here)
    a_signatory(at(here, days=-200), manager, council)
    made = a_signature(here, council)
    notices.give_notice(here.as_(manager), council.id, notices.NoticeEffect.WITHDRAWAL, REASONS, key="k")
    with pytest.raises(CannotSignError, match="has left"):
        confirmation.confirm(here.as_(manager), made.id, how="x", reach=NO_MAIL)
    assert standing_of(here.store, council.id).status is SignatoryStatus.LEFT


def test_a_known_no_is_not_changed_by_an_answer_of_the_public(here):
    council = an_organisation(here, protocol_signatory=False)
    secret = ready_to_sign(here, council)
    assert journey.way(here, secret).value == "meeting"
    with pytest.raises(AnswersNeededError):
        sign.sign(here, secret, NO_MAIL)


def test_the_confirmation_and_its_entry_are_one(here, manager, monkeypatch):
    made = a_signature(here, an_organisation(here))

    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(confirmation, "notify", broken)
    with pytest.raises(RuntimeError):
        confirmation.confirm(here.as_(manager), made.id, how="x", reach=NO_MAIL)
    assert events(here, "signature:confirmed") == []
    with transaction(here.store.engine) as session:
        assert session.exec(select(AuditEntry).where(AuditEntry.event == "signature:email-confirmed")).all() == []
