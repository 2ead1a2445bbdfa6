import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from portal.documents.seal.seal import certificates, make_seal, seal
from portal.documents.seal.verification import MAX_BYTES, SealFinding, SealOutcome, SealVerdict, verify

from .samples import AT, HEAD

SEED = 20260501


def judged(pdf, ours):
    verdict = verify(pdf, ours)
    return verdict.outcome, verdict.finding


def updated(sealed, change):
    """Append an incremental update, as an editor does that leaves the sealed bytes in place."""
    writer = PdfWriter(fileobj=io.BytesIO(sealed), incremental=True)
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    assert file.getvalue().startswith(sealed)
    return file.getvalue()


def test_a_sealed_paper_is_genuine_and_says_when_under_which_reference_and_at_which_head(sealed, ours):
    assert verify(sealed, ours) == SealVerdict(
        outcome=SealOutcome.GENUINE, finding=SealFinding.INTACT, reference="7K3-M4P-QRT", sealed_at=AT, audit_head=HEAD
    )
    assert verify(sealed, ours).sentence == (
        "This paper is genuine. The portal sealed it on 1 May 2026 at 2:30pm, and nothing in it has changed since."
    )


def test_a_paper_sealed_before_the_first_entry_of_the_record_has_no_head(unsealed, our_seal, ours):
    verdict = verify(seal(unsealed, our_seal, at=AT, audit_head="", reference="A/1_b.c"), ours)
    assert (verdict.outcome, verdict.audit_head, verdict.reference) == (SealOutcome.GENUINE, "", "A/1_b.c")


@pytest.mark.threat("ES7")
def test_a_thousand_single_byte_changes_are_never_genuine(sealed, ours):
    chance = random.Random(SEED)  # noqa: S311 - a test's dice
    seen = set()
    for number in range(1000):
        copy = bytearray(sealed)
        # Every second one in the signature itself: the only bytes that its digest does not cover.
        low, high = (
            (sealed.rindex(b"/Contents <"), sealed.rindex(b">\n/ByteRange")) if number % 2 else (0, len(copy) - 1)
        )
        copy[chance.randint(low, high)] ^= chance.randint(1, 255)
        seen.add(verify(bytes(copy), ours).outcome)
    assert seen == {SealOutcome.ALTERED}


def test_other_letters_for_the_same_signature_are_an_alteration(sealed, ours):
    at = sealed.rindex(b"/Contents <") + 11
    copy = sealed[:at] + sealed[at : at + 400].lower() + sealed[at + 400 :]
    assert judged(copy, ours) == (SealOutcome.ALTERED, SealFinding.SEAL_DAMAGED)
    padded = sealed.rindex(b">\n/ByteRange")
    assert judged(sealed[: padded - 1] + b"1" + sealed[padded:], ours) == (
        SealOutcome.ALTERED,
        SealFinding.SEAL_DAMAGED,
    )


def test_a_copy_cut_short_anywhere_is_never_genuine(sealed, unsealed, ours):
    chance = random.Random(SEED)  # noqa: S311 - a test's dice
    for _ in range(150):
        assert verify(sealed[: chance.randrange(len(sealed))], ours).outcome is not SealOutcome.GENUINE
    assert judged(sealed[:-1], ours) == (SealOutcome.ALTERED, SealFinding.CUT_SHORT)
    assert judged(sealed[: len(unsealed)], ours) == (SealOutcome.ALTERED, SealFinding.SEAL_REMOVED)


@pytest.mark.parametrize("added", [b"\n", b"\0", b"%%EOF\n", b" " * 5000, b"/ByteRange [0 1 2 3]"])
def test_bytes_added_at_the_end_are_named(sealed, ours, added):
    assert judged(sealed + added, ours) == (SealOutcome.ALTERED, SealFinding.ADDED)


def test_bytes_put_before_it_are_an_alteration(sealed, ours):
    assert judged(b"\n" + sealed, ours)[0] is SealOutcome.ALTERED


def test_an_appended_update_is_named_by_what_it_does(sealed, ours):
    pages = updated(sealed, lambda writer: writer.add_blank_page())
    assert judged(pages, ours) == (SealOutcome.ALTERED, SealFinding.PAGES_ADDED)
    turned = updated(sealed, lambda writer: writer.pages[0].rotate(90))
    assert judged(turned, ours) == (SealOutcome.ALTERED, SealFinding.PAGES_ADDED)
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = pdf_string("fr")
    writer.update_root()
    file = io.BytesIO()
    writer.write(file)
    assert judged(file.getvalue(), ours) == (SealOutcome.ALTERED, SealFinding.ADDED)


def test_the_claims_of_an_altered_copy_are_kept_as_claims(sealed, ours):
    verdict = verify(sealed + b"\n", ours)
    assert (verdict.reference, verdict.audit_head, verdict.outcome) == ("7K3-M4P-QRT", HEAD, SealOutcome.ALTERED)


def test_a_paper_written_anew_without_its_seal_is_altered(sealed, ours):
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(sealed)))
    file = io.BytesIO()
    writer.write(file)
    assert verify(file.getvalue(), ours).outcome is not SealOutcome.GENUINE


def test_an_unsealed_paper_of_the_portal_says_that_its_seal_is_missing(unsealed, ours):
    assert judged(unsealed, ours) == (SealOutcome.ALTERED, SealFinding.SEAL_REMOVED)


def test_another_portals_seal_is_not_ours_even_on_our_paper(unsealed, ours, tmp_path):
    theirs = make_seal(tmp_path, at=AT, name="Anytown Community Safety Partnership")
    paper = seal(unsealed, theirs, at=AT, audit_head=HEAD, reference="7K3-M4P-QRT")
    assert judged(paper, ours) == (SealOutcome.NOT_OURS, SealFinding.OTHER_KEY)
    assert verify(paper, certificates(tmp_path)).outcome is SealOutcome.GENUINE
    assert judged(paper, ()) == (SealOutcome.NOT_OURS, SealFinding.OTHER_KEY)


def test_our_certificate_inside_another_signature_is_not_a_seal_of_ours(sealed, ours, our_seal, tmp_path):
    """Their key under our certificate's name: the certificate is public, so anybody can copy it in."""
    theirs = make_seal(tmp_path, at=AT, name="x")
    forged = seal(
        sealed[: sealed.rindex(b"%%EOF", 0, len(sealed) - 10) + 6],
        type(theirs)(theirs.key, our_seal.certificate),
        at=AT,
        audit_head=HEAD,
        reference="F",
    )
    assert verify(forged, ours).outcome is SealOutcome.ALTERED


def test_two_sealed_papers_in_one_file_are_not_genuine(sealed, unsealed, ours, tmp_path):
    theirs = seal(unsealed, make_seal(tmp_path, at=AT, name="x"), at=AT, audit_head=HEAD, reference="F")
    assert judged(sealed + theirs, ours) == (SealOutcome.ALTERED, SealFinding.PAGES_ADDED)
    assert judged(sealed + sealed, ours) == (SealOutcome.ALTERED, SealFinding.PAGES_ADDED)
    assert verify(theirs + sealed, ours).outcome is SealOutcome.ALTERED


@pytest.mark.parametrize(
    ("file", "found"),
    [
        (b"", SealFinding.NOT_A_PDF),
        (b"hello", SealFinding.NOT_A_PDF),
        (b"\x89PNG\r\n", SealFinding.NOT_A_PDF),
        (b"%PDF-1.7\nnothing", SealFinding.NO_SEAL),
        (b"%PDF-1.7\n/ByteRange [0 9999999999 1 1]", SealFinding.NO_SEAL),
        (b"%PDF-1.7\n/ByteRange [0 9 15 9999999999] <3082FFFF>", SealFinding.NO_SEAL),
        (b"%PDF-1.7 <06092a864886f70d010702a0> /ByteRange [0 9 35 40]", SealFinding.OTHER_KEY),
        (b"/ByteRange [0 1 2 3]" * 1000, SealFinding.NOT_A_PDF),
    ],
)
def test_other_files_are_named(ours, file, found):
    assert verify(file, ours).finding is found


def test_a_file_that_is_too_large_is_not_looked_at(ours):
    assert verify(bytes(MAX_BYTES + 1), ours).finding is SealFinding.TOO_LARGE


@given(before=st.binary(max_size=40), inside=st.binary(max_size=60), numbers=st.tuples(*[st.integers(0, 200)] * 4))
def test_no_file_makes_the_check_fail(ours, before, inside, numbers):
    file = before + b"<" + inside.hex().upper().encode() + b">/ByteRange [%d %d %d %d]" % numbers
    assert verify(file, ours).outcome is not SealOutcome.GENUINE


@pytest.mark.parametrize("finding", SealFinding)
def test_every_finding_has_its_sentence_of_at_most_twenty_words_each(finding):
    said = SealVerdict(outcome=SealOutcome.ALTERED, finding=finding).sentence
    assert all(len(part.split()) <= 20 for part in said.split("."))
    assert not {"please", "sorry", "valid", "invalid"} & set(said.lower().replace(".", "").split())


def test_a_seal_with_an_impossible_time_has_no_time(sealed, ours):
    assert verify(sealed.replace(b"\\07220260501133005Z", b"\\07220269901133005Z"), ours).sealed_at is None
