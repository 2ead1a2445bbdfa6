"""Signing: bound to the words first shown, once, with its entry and its letters."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from models.agreements import Signature, SignedWords
from models.organisations import Organisation
from models.record import AuditEntry, Message
from portal.agreement.editions.wording import words_in_force
from portal.agreement.errors import AlreadySignedError, CannotSignError, TextChangedError
from portal.agreement.notices import notices
from portal.agreement.notices.standing import standing_of
from portal.agreement.register.organisations import NewOrganisation
from portal.agreement.signing import journey, sign
from portal.ground.act import PUBLIC, SYSTEM, Act, Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import today
from portal.record import audit
from tests.builders import a_partnership, a_person, an_organisation, in_clear
from tests.conftest import NOW
from tests.signing_builders import (
    MAIL,
    NO_MAIL,
    REASONS,
    a_drawing,
    a_manager,
    a_published_edition,
    a_signatory,
    a_signature,
    at,
    ready_to_sign,
)


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def rows(act, table):
    with reading(act.store.engine) as session:
        return session.exec(select(table)).all()


def events(act, event="agreement:signed"):
    return [entry for entry in rows(act, AuditEntry) if entry.event == event]


@pytest.mark.clause("s16.declaration")
def test_a_signature_keeps_who_signed_what_and_when(here):
    council = an_organisation(here)
    made = a_signature(here, council, name="Ann O\u2019Neil-García")
    row = rows(here, Signature)[0]
    words = words_in_force(here.store, today(here.at))
    assert (made.organisation, made.status, made.signed_at) == ("Anytown Parish Council", "waiting", NOW)
    assert (row.text_sha256, row.words_sha256) == (words.edition.hash, words.sha256)
    assert '"name": "Ann O\u2019Neil-García"' in here.store.vault.open_text(row.signer, f"signature.signer:{row.id}")
    assert rows(here, SignedWords)[0].edition_sha256 == words.edition.hash
    assert row.audit_head == events(here)[0].hash


def test_who_signed_is_nowhere_readable_in_the_store_file(here, data_dir):
    a_signature(here, an_organisation(here), name="Zebedee Quillfeather", email="zebedee@thornby.example")
    kept = in_clear(data_dir)
    assert b"Quillfeather" not in kept
    assert b"zebedee@" not in kept


@pytest.mark.clause("s16.declaration")
def test_signing_the_same_draft_again_gives_the_same_confirmation(here):
    a_manager(here)
    secret = ready_to_sign(here, an_organisation(here))
    first = sign.sign(here, secret, NO_MAIL)
    assert sign.sign(at(here, minutes=5), secret, NO_MAIL) == first == sign.mine(here, secret)
    assert (len(rows(here, Signature)), len(events(here))) == (1, 1)
    assert sorted(m.template for m in rows(here, Message)) == ["signed-manager", "signed-signer"]


@pytest.mark.threat("ES1")
@pytest.mark.clause("s16.declaration")
def test_eight_clicks_at_once_sign_once(both_stores):
    act = Act(store=both_stores, person=PUBLIC, at=NOW)
    a_partnership(act.as_(SYSTEM))
    secret = ready_to_sign(act)
    gate = threading.Barrier(8)

    def click(_):
        gate.wait()
        return sign.sign(act, secret, NO_MAIL)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(click, range(8)))
    assert len(answers) == 1
    assert (len(rows(act, Signature)), len(events(act)), len(rows(act, Organisation))) == (1, 1, 1)
    assert audit.verify(both_stores).whole


@pytest.mark.clause("s16.declaration")
def test_eight_people_who_sign_for_one_organisation_make_one_signature(both_stores):
    act = Act(store=both_stores, person=PUBLIC, at=NOW)
    a_partnership(act.as_(SYSTEM))
    secrets = [ready_to_sign(act, email=f"p{number}@thornby.example") for number in range(8)]
    gate = threading.Barrier(8)

    def click(secret):
        gate.wait()
        try:
            return sign.sign(act, secret, NO_MAIL).id
        except AlreadySignedError:
            return "already"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(click, secrets))
    assert answers.count("already") == 7
    assert (len(rows(act, Signature)), len(events(act)), len(rows(act, Organisation))) == (1, 1, 1)


@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.declaration")
def test_signer_managers_and_the_organisation_are_told_without_anything_personal_in_a_subject(here):
    a_manager(here)
    new = NewOrganisation(
        name="Thornby Parish Council", kind="parish_council", contact="Office, office@thornby.example"
    )
    made = sign.sign(here, ready_to_sign(here, new=new, name="Ann Clerk"), NO_MAIL)
    letters = rows(here, Message)
    assert sorted(m.template for m in letters) == ["signed-manager", "signed-organisation", "signed-signer"]
    to = {one.template: here.store.vault.open_text(one.to, f"message.to:{one.id}") for one in letters}
    assert to["signed-manager"] == "priya-shah@example.org"
    (copy,) = [one for one in letters if one.template == "signed-manager"]
    assert f"/signature?id={made.id}" in here.store.vault.open_text(copy.body, f"message.body:{copy.id}")
    for letter in letters:
        assert not {"Ann", "Thornby", "@"} & set(letter.subject.replace(",", " ").split())


@pytest.mark.clause("s16.declaration")
def test_words_that_changed_while_being_read_are_not_signed(here):
    secret = ready_to_sign(here, an_organisation(here))
    a_published_edition(here, begins="1 December 2026")
    later = at(here, days=7)
    with pytest.raises(TextChangedError):
        sign.sign(later, secret, NO_MAIL)
    assert rows(here, Signature) == []
    assert journey.next_step(later, secret) == "sign-read"


@pytest.mark.clause("s16.declaration")
@pytest.mark.threat("ES4")
def test_an_old_hash_cannot_be_passed_off_as_read(here):
    secret = ready_to_sign(here, an_organisation(here))
    with pytest.raises(TextChangedError):
        journey.have_read(here, secret, "0" * 64)


@pytest.mark.clause("s16.declaration")
@pytest.mark.clause("s10.indemnity")
@pytest.mark.parametrize(
    ("lost", "field"),
    [
        ({"email": "", "email_later": False}, "email"),
        ({"organisation_id": ""}, "organisation"),
        ({"protocol": "no"}, "protocol"),
        ({"authority": "unsure"}, "authority"),
        ({"name": ""}, "name"),
        ({"position": ""}, "position"),
        ({"typed": ""}, "typed"),
    ],
)
def test_each_answer_is_needed(here, lost, field):
    secret = ready_to_sign(here, an_organisation(here))
    journey.keep(here, secret, **lost)
    with pytest.raises(AnswersNeededError) as refused:
        sign.sign(here, secret, NO_MAIL)
    assert field in refused.value.problems


def test_a_second_person_is_told_that_the_edition_is_signed_but_not_by_whom(here):
    council = an_organisation(here)
    a_signature(here, council, name="Ann Clerk")
    with pytest.raises(AlreadySignedError, match="Anytown Parish Council already, on 25 November 2026") as refused:
        a_signature(here, council, email="bob@thornby.example", name="Bob")
    assert "Ann" not in refused.value.message


@pytest.mark.clause("s14.suspension")
def test_an_organisation_that_stops_between_check_and_sign_does_not_sign(here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(at(here, days=-200), manager, council)  # an earlier edition, under the law of its day
    assert standing_of(here.store, council.id).edition == "2009"
    secret = ready_to_sign(here, council)
    notices.give_notice(here.as_(manager), council.id, notices.NoticeEffect.SUSPENSION, REASONS, key="one")
    with pytest.raises(CannotSignError, match="has stopped sharing for now"):
        sign.sign(here, secret, NO_MAIL)


@pytest.mark.clause("s16.declaration")
def test_a_drawn_signature_is_sealed_and_only_a_real_drawing_counts(here):
    made = a_signature(here, an_organisation(here), drawing=a_drawing())
    row = rows(here, Signature)[0]
    assert row.method == "drawn"
    assert here.store.vault.open(row.drawing, f"signature.drawing:{made.id}").startswith(b"\x89PNG")
    for bad in (
        "x",
        "bm90IGEgcGljdHVyZQ==",
        a_drawing(blank=True),
        a_drawing()[: len(a_drawing()) // 2],
        "A" * 400_000,
    ):
        assert journey.drawn(bad) is None


@pytest.mark.clause("s16.declaration")
def test_only_the_token_opens_the_confirmation(here):
    secret = ready_to_sign(here, an_organisation(here))
    with pytest.raises(NotFoundError):
        sign.mine(here, secret)
    sign.sign(here, secret, NO_MAIL)
    with pytest.raises(NotFoundError):
        sign.mine(here, secret[:-1] + ("A" if secret[-1] != "A" else "B"))
    assert sign.mine(at(here, days=7), secret).organisation == "Anytown Parish Council"


@pytest.mark.clause("s16.declaration")
@pytest.mark.threat("ES5")
def test_the_time_is_the_acts_own_whatever_the_answers_say(here):
    secret = ready_to_sign(here, an_organisation(here))
    journey.keep(here, secret, signed_at="1999-01-01", date="1999-01-01")
    assert sign.sign(here, secret, MAIL).signed_at == NOW


@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.public-list")
def test_a_signature_alone_puts_nobody_in_the_register(here):
    council = an_organisation(here)
    a_signature(here, council)
    assert standing_of(here.store, council.id) is None


@pytest.mark.clause("s16.declaration")
def test_an_account_proves_its_own_address_only_while_signed_in(here):
    clerk = a_person(here, "Ann Clerk", Role.APPROVER, organisation=(council := an_organisation(here)))
    act = here.as_(clerk)
    secret = journey.begin(act)
    now = journey.signing(act, secret)
    assert (now.said("email_how"), now.said("organisation_id"), now.said("name")) == (
        "account",
        council.id,
        "Ann Clerk",
    )
    journey.answer_right(act, secret, protocol="yes", authority="yes")
    journey.have_read(act, secret, words_in_force(act.store, today(act.at)).sha256)
    journey.answer_name(act, secret, name="Ann Clerk", position="Clerk", typed="Ann", drawing="")
    with pytest.raises(AnswersNeededError):
        sign.sign(here, secret, NO_MAIL)
    assert sign.sign(act, secret, NO_MAIL).status == "waiting"


def test_a_draft_lasts_28_days(here):
    secret = ready_to_sign(here, an_organisation(here))
    assert journey.signing(at(here, days=27), secret).said("name") == "Ann Clerk"
    with pytest.raises(NotFoundError):
        journey.signing(at(here, days=28) if timedelta(days=28) else here, secret)
