"""Signed copies: the same sealed file each time, for those it belongs to, and told from an altered one."""

import base64
import io

import pypdf
import pytest

from portal.agreement import verification
from portal.agreement.editions.edition_paper import agreement_pdf
from portal.agreement.editions.wording import words_in_force, words_named
from portal.agreement.notices import notices
from portal.agreement.signing import copies
from portal.ground.act import PUBLIC, Role
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.partnership import facts
from portal.ground.wording import today
from portal.partnership.changes import change_logo
from tests.builders import a_partnership, a_person, an_organisation
from tests.signing_builders import (
    NO_MAIL,
    REASONS,
    SECURITY,
    a_drawing,
    a_manager,
    a_signatory,
    a_signature,
    at,
    ready_to_sign,
)

BASE = "https://portal.example"


@pytest.fixture
def here(act):
    a_partnership(act)
    return act.as_(PUBLIC)


def text(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def flat(pdf):
    return "".join(text(pdf).split())


@pytest.mark.clause("s16.declaration")
def test_the_signed_copy_holds_the_text_the_signer_and_the_hash(here):
    from portal.agreement.signing import sign  # noqa: PLC0415 - only here

    council = an_organisation(here)
    secret = ready_to_sign(here, council, name="李小龙 O\u2019Neil", drawing=a_drawing())
    made = sign.sign(here, secret, NO_MAIL)
    pdf, reference = copies.signed_copy_of_draft(here, secret, BASE)
    said, words = text(pdf), words_in_force(here.store, today(here.at))
    assert reference == made.reference
    for expected in ("Anytown Parish Council", "O\u2019Neil", "Clerk", reference, "16 Signatories", "Drawn by hand"):
        assert expected in said
    last = pypdf.PdfReader(io.BytesIO(pdf)).pages[-1].extract_text()
    for shown in (words.edition.hash, f"Hashofthewordswiththeblanksfilled{words.sha256}"):
        assert shown in "".join(last.split())
    assert words.filled(words.edition.signatory_declaration.text)[:40] in " ".join(said.split())
    assert copies.signed_copy_of_draft(at(here, days=2), secret, BASE)[0] == pdf


@pytest.mark.clause("s16.copy-to-information-manager")
@pytest.mark.clause("s16.declaration")
def test_the_copy_is_open_to_its_signer_the_managers_and_the_organisation_and_to_nobody_else(here):
    council = an_organisation(here)
    clerk = a_person(here, "Ann Clerk", Role.APPROVER, organisation=council)
    other = a_person(here, "Bob", Role.APPROVER, organisation=an_organisation(here, "Other Council"))
    made = a_signature(here, council)
    manager = a_manager(here)
    for person in (clerk, manager):
        assert copies.signed_copy(here.as_(person), made.id, BASE)[1] == made.reference
    for person in (other, PUBLIC, a_person(here, "Cy", Role.CHAIR), a_person(here, "Olu", Role.OFFICER)):
        with pytest.raises(NotFoundError):
            copies.signed_copy(here.as_(person), made.id, BASE)
    with pytest.raises(NotFoundError):
        copies.signed_copy(here.as_(manager), "nothing", BASE)


def test_typed_markup_stays_typed_in_the_copy(here):
    made = a_signature(here, an_organisation(here), name="**Ann** <img src=/etc/hostname> [x](http://evil.example)")
    pdf = copies.signed_copy(here.as_(a_manager(here)), made.id, BASE)[0]
    assert "**Ann**<imgsrc=/etc/hostname>[x](http://evil.example)" in flat(pdf)


@pytest.mark.clause("s14.suspension")
@pytest.mark.clause("s14.termination")
def test_a_notice_has_a_paper_of_its_own(here):
    manager, council = a_manager(here), an_organisation(here)
    a_signatory(here, manager, council)
    made = notices.give_notice(here.as_(manager), council.id, notices.NoticeEffect.SUSPENSION, REASONS, key="k")
    pdf, reference = copies.notice_copy(here.as_(manager), made, BASE)
    left = notices.give_notice(here.as_(manager), council.id, notices.NoticeEffect.WITHDRAWAL, REASONS, key="l")
    for paper, effect in (
        (pdf, "Requests and returns to and from this organisation stop at once."),
        (pdf, "The register shows it."),
        (copies.notice_copy(here.as_(manager), left, BASE)[0], "New exchanges with this organisation stop at once."),
        (copies.notice_copy(here.as_(manager), left, BASE)[0], "what it received is given back or destroyed"),
    ):
        assert "".join(effect.split()) in flat(paper)
        said = (REASONS.reason, REASONS.evidence, REASONS.name, "the Chair of the partnership")
        assert all("".join(one.split()) in flat(paper) for one in said)
    assert copies.notice_copy(at(here, days=1).as_(manager), made, BASE)[0] == pdf
    assert "stop for now" in " ".join(verification.check_reference(here, reference).sentences)
    with pytest.raises(NotFoundError):
        copies.notice_copy(here, made, BASE)


@pytest.mark.clause("s9.security-standards")
@pytest.mark.clause("cover.summary")
@pytest.mark.clause("cover.placeholders")
def test_the_agreement_as_a_file_has_its_blanks_filled_and_the_logo_at_its_head(here):
    change_logo(here.as_(a_manager(here)), base64.b64decode(a_drawing()))
    for edition in ("2026", "2009"):
        pdf = agreement_pdf(here, words_named(here.store, edition, today(here.at)), BASE)
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == 1
        said = text(pdf)
        assert "Summary sheet" in said
        assert "Anytown Borough Council" in said or edition == "2009"
        assert facts(here.store).name in said
        assert SECURITY[edition] in " ".join(said.split())
        in_parts = "".join(part.text for part in words_named(here.store, edition, today(here.at)).parts())
        assert "{council}" not in in_parts
        assert "Anytown Borough Council" in in_parts or edition == "2009"


@pytest.mark.clause("s16.declaration")
@pytest.mark.threat("ES7")
def test_a_genuine_copy_and_an_altered_one_are_told_apart(here):
    manager = a_manager(here)
    made = a_signatory(here, manager, an_organisation(here))
    pdf = copies.signed_copy(here.as_(manager), made.id, BASE)[0]
    found = verification.check_pdf(here, pdf)
    assert (found.title, found.good) == ("This document is genuine", True)
    assert "Anytown Parish Council signed the 2026 edition on 25 November 2026." in found.sentences
    place = pdf.find(b"stream") + 40
    altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert not verification.check_pdf(here, altered).good
    assert not verification.check_pdf(here, b"not a pdf").good


@pytest.mark.clause("s16.declaration")
def test_a_reference_says_what_became_of_it_and_names_nobody(here):
    manager, council = a_manager(here), an_organisation(here)
    made = a_signature(here, council, name="Zebedee Quill")
    waiting = verification.check_reference(here, made.reference.lower().replace("-", " "))
    assert "not checked it yet" in " ".join(waiting.sentences)
    assert "Zebedee" not in " ".join(waiting.sentences)
    assert not verification.check_reference(here, "AAA-AAA-AAA").good
    with pytest.raises(AnswersNeededError):
        verification.check_reference(here, " -- ")
    a_signatory(at(here, days=-200), manager, other := an_organisation(here, "Ferny Homes", "social_landlord"))
    newer = a_signatory(here, manager, other)
    old = verification.check_reference(here, newer.reference)
    assert "In the register today: Signed, since 25 November 2026." in old.sentences


def test_a_signature_whose_organisation_signed_a_newer_edition_is_superseded(here):
    manager, homes = a_manager(here), an_organisation(here, "Ferny Homes", "social_landlord")
    first = a_signatory(at(here, days=-200), manager, homes)
    a_signatory(here, manager, homes)
    assert "superseded: the 2026 edition" in " ".join(verification.check_reference(here, first.reference).sentences)
