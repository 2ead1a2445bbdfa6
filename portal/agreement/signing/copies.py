"""Signed copies and notices as papers: made from what is stored, sealed once, and kept as they were issued."""

import hashlib
import json
from collections.abc import Callable
from threading import Lock

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.agreements import PaperScan, Signature, SignedCopy, SignedWords
from models.organisations import Organisation
from portal.agreement.editions.current import edition_signed, known_edition, words_hash
from portal.agreement.editions.edition_paper import edition_text
from portal.agreement.editions.wording import EditionWords, words_fixed
from portal.agreement.notices.notices import NoticeEffect, NoticeView
from portal.agreement.notices.notices import notice as notice_of
from portal.agreement.signing.evidence import open_signer, signature_row
from portal.agreement.signing.journey import signing
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import PaperSignature as Mark
from portal.documents.layout.letterhead import letterhead
from portal.documents.notices import NoticeKind, notice_paper
from portal.documents.notices import StandingNoticePaper as NoticeText
from portal.documents.receipts import SignedAgreement, signature_receipt
from portal.documents.seal.issuing import issue
from portal.ground.access import Permission, may
from portal.ground.act import Act, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import NotFoundError
from portal.ground.partnership import facts
from portal.ground.wording import day, day_and_time, today
from portal.record.audit import record
from portal.record.events import Event

_HOW = {
    "paper": "by the Information Managers, from the paper",
    "code": "by a code sent to it",
    "link": "by a link sent to it",
    "account": "by the signer's account",
    "manager": "by the Information Manager",
}
_EFFECTS = {
    NoticeEffect.SUSPENSION: (
        "Requests and returns to and from this organisation stop at once.",
        "The register shows it.",
    ),
    NoticeEffect.LIFTING: ("Requests and returns to and from this organisation start again.", "The register shows it."),
    NoticeEffect.WITHDRAWAL: (
        "New exchanges with this organisation stop at once. The register shows it.",
        "What was shared before stays under the agreement: what it received is given back or destroyed, and it says so.",
    ),
}
_ON_PAPER = "On paper: the scan is kept"
_one_at_a_time = Lock()  # a paper takes a second of work: many asked at once would hold everybody up


def signed_copy(act: Act, signature_id: str, base_url: str) -> tuple[bytes, str]:
    """Give the sealed copy of a signature and its reference, to its signer, the managers and the organisation's people.

    The same file each time. Raises NotFoundError.
    """
    with reading(act.store.engine) as session:
        row, organisation = signature_row(session, signature_id)
    if not _may_read(act, row):
        raise NotFoundError
    return _signed_copy(act, row, organisation, base_url), row.reference


def signed_copy_of_draft(act: Act, secret: str, base_url: str) -> tuple[bytes, str]:
    """Give the sealed copy to whoever holds the token of the signing it came from. Raises NotFoundError."""
    outcome = signing(act, secret).outcome
    if not outcome:
        raise NotFoundError
    with reading(act.store.engine) as session:
        row, organisation = signature_row(session, outcome)
    return _signed_copy(act, row, organisation, base_url), row.reference


def notice_copy(act: Act, notice_id: str, base_url: str) -> tuple[bytes, str]:
    """Give the sealed paper of a notice and its reference. Raises NotFoundError."""
    given = notice_of(act, notice_id)
    return _kept(act, f"notice:{given.id}", given.reference, lambda: _notice(act, given, base_url)), given.reference


def words_kept(session: Session, sha256: str) -> EditionWords:
    """Give the exact words of a signature, as they were on its day. Raises NotFoundError where the hash does not fit."""
    row = session.get(SignedWords, sha256)
    if row is None:
        raise NotFoundError
    of, blanks = edition_signed(session, row.edition, row.edition_sha256), json.loads(row.blanks)
    if words_hash(row.edition_sha256, blanks) != sha256 or of.hash != row.edition_sha256:
        raise NotFoundError("The words of this signature are not those that were signed. Tell the Information Manager.")
    return words_fixed(of, blanks)


def _may_read(act: Act, row: Signature) -> bool:
    return (
        may(act.person, Permission.CONFIRM_SIGNATURES)
        or (act.person.signed_in and row.signed_by == act.person.id)
        or any(held.organisation_id == row.organisation_id for held in act.person.posts)
    )


def _signed_copy(act: Act, row: Signature, organisation: Organisation, base_url: str) -> bytes:
    return _kept(act, f"signature:{row.id}", row.reference, lambda: _receipt(act, row, organisation.name, base_url))


def _kept(act: Act, subject: str, reference: str, make: Callable[[], bytes]) -> bytes:
    """Give the stored copy, or make, seal and store it; of two that make it at once the first one's is kept."""
    with _one_at_a_time:
        stored = _stored(act.store, subject)
        if stored is not None:
            return stored
        sealed = issue(act, make(), reference)
        digest = hashlib.sha256(sealed).hexdigest()
        kept = act.store.vault.seal(sealed, f"signed_copy.pdf:{subject}")
        try:
            with transaction(act.store.engine) as session:
                session.add(SignedCopy(subject=subject, pdf=kept, sha256=digest, made_at=act.at))
                session.flush()
                record(session, act, Event.DOCUMENT_SEALED, subject, reference=reference, sha256=digest)
        except IntegrityError:
            return _stored(act.store, subject) or sealed
        return sealed


def _stored(store: Store, subject: str) -> bytes | None:
    with reading(store.engine) as session:
        row = session.get(SignedCopy, subject)
    return None if row is None else store.vault.open(row.pdf, f"signed_copy.pdf:{subject}")


def _receipt(act: Act, row: Signature, organisation: str, base_url: str) -> bytes:
    vault = act.store.vault
    with reading(act.store.engine) as session:
        words = words_kept(session, row.words_sha256)
    signer = open_signer(act.store, row)
    drawing = vault.open(row.drawing, f"signature.drawing:{row.id}") if row.drawing else None
    recorded = _recorded(act, row)
    checked = (
        f"Checked {_HOW[row.email_checked_how]}, {day_and_time(row.email_checked_at)}"
        if row.email_checked_at
        else "To be checked by the Information Manager"
    )
    return signature_receipt(
        letterhead(act, row.reference, words.edition.about.marking, base_url=base_url),
        SignedAgreement(
            edition=edition_text(words),
            declaration=words.filled(words.edition.signatory_declaration.text),
            organisation=organisation,
            name=signer["name"],
            position=signer["position"],
            signature=Mark(typed=signer["typed"], drawn=drawing, note=_ON_PAPER if recorded else ""),
            signed_at=row.signed_at,
            how=(
                *recorded,
                LabelledLine("Signer checked" if recorded else "E-mail address", checked),
                LabelledLine("Hash of the words with the blanks filled", row.words_sha256),
                LabelledLine("Head of the record at signing", row.audit_head),
            ),
            on_paper=row.method == "paper",
            standing="The organisation is in the register once the Information Manager has confirmed this signature.",
        ),
    )


def _recorded(act: Act, row: Signature) -> tuple[LabelledLine, ...]:
    with reading(act.store.engine) as session:
        scan = session.get(PaperScan, row.id)
    if scan is None:
        return ()
    return (
        LabelledLine("Signed on paper", f"Dated {day(row.signed_at)}. The scan is kept sealed by the partnership."),
        LabelledLine("Recorded by", f"{scan.recorded_by_name}, Information Manager, {day_and_time(scan.recorded_at)}"),
    )


def _notice(act: Act, given: NoticeView, base_url: str) -> bytes:
    chair = str(facts(act.store).placeholders.get("chair") or "the Chair of the partnership")
    marking = known_edition(act.store, given.edition).edition.about.marking
    return notice_paper(
        letterhead(act, given.reference, marking, base_url=base_url),
        NoticeText(
            kind=NoticeKind(given.kind.value),
            organisation=given.organisation,
            chair=chair,
            reason=given.words.reason,
            effective=today(given.given_at),
            effects=_EFFECTS[given.kind],
            name=given.words.name,
            position=given.words.position,
            signature=Mark(typed=given.words.name),
            signed_at=given.given_at,
            edition=given.edition,
            evidence=given.words.evidence,
        ),
    )
