"""Every party signs in turn; in force only when all have; words that change make signatures void (App 5)."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models.organisations import Organisation
from models.record import AuditEntry, Message
from models.statements import StatementSignature
from portal.agreement.errors import NotActiveError
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome as Found
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.wording import new_id, today
from portal.record.audit import history, verify
from portal.record.events import Event
from portal.rules.edition.editions import edition_in_force
from portal.statements.contacts import set_information_contact
from portal.statements.drafting import answer
from portal.statements.errors import (
    AnotherSignsFirstError,
    EndedError,
    FixedWordsError,
    UnfinishedStatementError,
    WordsChangedError,
)
from portal.statements.papers.documents import law
from portal.statements.papers.wording import written_fields
from portal.statements.review import end_statement
from portal.statements.signing import StatementSigner, sign_statement
from portal.statements.views import open_statement, statement_pdf
from tests.request_builders import a_district, holders
from tests.statement_builders import a_begun_statement, a_complete_statement, a_statement_in_force, signed_by
from tests.unit.portal.documents.samples import words

pytestmark = pytest.mark.clause("app5.statement")


@pytest.fixture
def district(act):
    return a_district(act)


def signatures(act):
    with reading(act.store.engine) as session:
        return session.exec(select(StatementSignature)).all()


def letters(act, template):
    vault = act.store.vault
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    return {vault.open_text(m.to, f"message.to:{m.id}"): vault.open_text(m.body, f"message.body:{m.id}") for m in rows}


def test_a_statement_is_in_force_only_when_every_party_has_signed(act, district):
    statement_id = a_complete_statement(act, district)
    first = signed_by(act, statement_id, district.parish_approver)
    assert (first.in_force, first.next_party) == (False, "Anyshire Police")
    assert open_statement(act.as_(district.clerk), statement_id).line.status == "draft"
    with pytest.raises(NotFoundError):
        statement_pdf(act.as_(district.clerk), statement_id)
    told = set(letters(act, "statement-begun"))
    assert told == set(holders(district)), "the other party hears of it at the start"
    assert not letters(act, "statement-in-force")
    assert signed_by(act, statement_id, district.inspector).in_force
    told, copies = set(letters(act, "statement-in-force")), set(letters(act, "statement-copy"))
    everybody = {
        "sam-sergeant@example.org",
        district.clerk.email,
        district.inspector.email,
        district.parish_approver.email,
    }
    assert everybody <= told | copies, f"everybody who acts for a party hears of it: {sorted(told)}, {sorted(copies)}"
    assert not told & copies, "a copy tells it too: nobody gets two letters about one statement"
    opened = open_statement(act.as_(district.officer), statement_id)
    assert opened.line.status == "in_force"
    assert [one.signer.name for one in opened.signatures] == ["Pat Chairman", "Ira Inspector"]
    assert opened.line.review_on.isoformat() == "2027-11-25"
    assert {one.text_sha256 for one in signatures(act)} == {opened.words.sha256}, "each is for these words"


def test_the_paper_is_sealed_and_every_party_may_have_it(act, district):
    statement_id = a_statement_in_force(act, district)
    reference, pdf = statement_pdf(act.as_(district.officer), statement_id)
    assert statement_pdf(act.as_(district.clerk), statement_id) == (reference, pdf)
    verdict = check_document(act.store, pdf)
    assert (verdict.outcome, verdict.reference) == (Found.GENUINE, reference)
    said, of = words(pdf), edition_in_force(today(act.at))
    assert said.startswith(of.marking("official_sensitive").title), "its marking stands on the head of each page"
    for one in written_fields(of):
        assert one.label in said
    for part in (
        "Answer to retention.",
        f"Laws that the parties use • {law(of, 'cda-1998-s115')}",
        f"Review it when {of.iss_rules.review_when}.",
        f"A copy goes to {of.iss_rules.copy_to}. In doubt, ask there.",
    ):
        assert " ".join(part.split()) in said


def test_parties_sign_in_turn_and_are_told_when_it_is_theirs(act, district):
    statement_id = a_complete_statement(act, district)
    with pytest.raises(AnotherSignsFirstError, match="Anytown Parish Council"):
        signed_by(act, statement_id, district.inspector)
    signed_by(act, statement_id, district.parish_approver)
    told = letters(act, "statement-your-turn")
    assert set(told) == {"ira-inspector@example.org", "sam-sergeant@example.org"}


def test_a_signature_counts_once_for_a_party_whoever_clicks(act, district):
    statement_id = a_complete_statement(act, district)
    signed_by(act, statement_id, district.parish_approver)
    assert signed_by(act, statement_id, district.parish_approver).next_party == "Anyshire Police"
    assert len(signatures(act)) == 1


def test_a_partner_may_write_but_not_sign(act, district):
    statement_id = a_complete_statement(act, district)
    elsewhere = replace(district.clerk, posts=district.clerk.posts | district.outsider.posts)
    for person in (district.clerk, elsewhere):
        with pytest.raises(NotAllowedError):
            signed_by(act, statement_id, person)


def test_nobody_signs_for_another_organisation(act, district):
    statement_id = a_complete_statement(act, district)
    with pytest.raises(NotFoundError):
        sign_statement(act.as_(district.outsider), statement_id, StatementSigner(name="Una", post="Clerk"), version=1)
    assert signatures(act) == []


def test_words_that_change_after_a_signature_make_it_void_and_say_so(act, district):
    statement_id = a_complete_statement(act, district)
    signed_by(act, statement_id, district.parish_approver)
    theirs = act.as_(district.officer)
    version = open_statement(theirs, statement_id).version
    answer(theirs, statement_id, "retention", "Six weeks.", version=version)
    (void,) = signatures(act)
    assert (void.voided_at, void.voided_why) == (act.at, "words_changed")
    assert set(letters(act, "statement-voided")) == {
        "ann-clerk@example.org",
        "cal-league@example.org",
        "pat-chairman@example.org",
    }
    with reading(act.store.engine) as session:
        events = [entry.event for entry in session.exec(select(AuditEntry)).all()]
    assert events[-2:] == ["statement:changed", "statement:signatures-voided"]
    signed_by(act, statement_id, district.parish_approver)
    assert signed_by(act, statement_id, district.inspector).in_force


def test_the_same_answer_again_leaves_signatures_as_they_are(act, district):
    statement_id = a_complete_statement(act, district)
    signed_by(act, statement_id, district.parish_approver)
    theirs = act.as_(district.officer)
    version = open_statement(theirs, statement_id).version
    assert answer(theirs, statement_id, "retention", "Answer to retention.", version=version) == version
    assert signatures(act)[0].voided_at is None


def test_nobody_signs_words_they_have_not_seen(act, district):
    statement_id = a_complete_statement(act, district)
    seen = open_statement(act.as_(district.parish_approver), statement_id).version
    answer(act.as_(district.officer), statement_id, "retention", "Six weeks.", version=seen)
    with pytest.raises(WordsChangedError, match="Olu Desk"):  # nor does anybody overwrite them
        answer(act.as_(district.clerk), statement_id, "retention", "Six months.", version=seen)
    with pytest.raises(WordsChangedError, match="Olu Desk"):
        sign_statement(
            act.as_(district.parish_approver), statement_id, StatementSigner(name="Pat", post="Chairman"), version=seen
        )


def test_an_open_question_stands_in_the_way_of_signing(act, district):
    statement_id = a_begun_statement(act, district)
    with pytest.raises(UnfinishedStatementError, match="Exactly what is this sharing for"):
        signed_by(act, statement_id, district.parish_approver)


def test_name_and_post_are_asked_for(act, district):
    statement_id = a_complete_statement(act, district)
    with pytest.raises(AnswersNeededError) as caught:
        sign_statement(act.as_(district.parish_approver), statement_id, StatementSigner(name=" ", post=""), version=1)
    assert set(caught.value.problems) == {"name", "post"}


def test_a_party_that_stopped_sharing_cannot_bring_a_statement_into_force(act, district):
    statement_id = a_complete_statement(act, district)
    words = NoticeDetails(reason="Staff", evidence="Minute 4", name="Ira Inspector", position="Inspector")
    give_notice(act.as_(district.inspector), district.police.id, NoticeEffect.SUSPENSION, words, key=new_id())
    with pytest.raises(NotActiveError):
        signed_by(act, statement_id, district.parish_approver)


def test_the_words_of_a_statement_in_force_stay(act, district):
    statement_id = a_statement_in_force(act, district)
    mine = act.as_(district.clerk)
    with pytest.raises(FixedWordsError):
        answer(mine, statement_id, "retention", "Six weeks.", version=open_statement(mine, statement_id).version)


def test_nobody_signs_what_has_ended(act, district):
    statement_id = a_complete_statement(act, district)
    end_statement(act.as_(district.inspector), statement_id, "We share nothing of this kind any more.")
    with pytest.raises(EndedError):
        signed_by(act, statement_id, district.parish_approver)


@pytest.mark.parametrize(
    ("public", "copy_to"),
    [
        ("", {"ira-inspector@example.org", "sam-sergeant@example.org"}),
        ("Information desk, desk@police.example.org", {"desk@police.example.org"}),
    ],
    ids=["to the approvers", "to the public address"],
)
def test_a_copy_goes_to_each_information_management_with_nothing_about_what_is_shared(act, district, public, copy_to):
    set_information_contact(act.as_(district.clerk), "Data protection officer", "dpo@anytown.example.org")
    with transaction(act.store.engine) as session:
        session.get_one(Organisation, district.police.id).public_contact = public
    a_statement_in_force(act, district)
    told = letters(act, "statement-copy")
    # The police have named nobody: their public address gets the copy, or else their approvers.
    assert set(told) == {"dpo@anytown.example.org", *copy_to}
    assert not any("Mill Lane" in body or "Answer to" in body for body in told.values())


def test_a_contact_needs_a_role_and_an_address(act, district):
    with pytest.raises(AnswersNeededError):
        set_information_contact(act.as_(district.clerk), "", "dpo@anytown.example.org")
    with pytest.raises(AnswersNeededError):
        set_information_contact(act.as_(district.clerk), "Officer", "nobody")


def test_the_record_holds_after_a_whole_life(act, district):
    statement_id = a_statement_in_force(act, district)
    done = [one.event for one in history(act.store, f"statement:{statement_id}")]
    assert done[-3:] == [Event.STATEMENT_SIGNED, Event.STATEMENT_SIGNED, Event.STATEMENT_IN_FORCE]
    assert verify(act.store).whole
