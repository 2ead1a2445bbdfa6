"""Checking a document or a reference: genuine or not, and what has become of what it shows. It names no person."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from portal.agreement.document_status import (
    AGREEMENT,
    LEFT,
    SUPERSEDED,
    WITHDRAWN,
    DocumentStatus,
    HeldDocument,
    Room,
    agreement_paper,
    notice_paper,
    signature_paper,
)
from portal.documents.seal.issuing import check_document
from portal.documents.seal.verification import SealOutcome
from portal.ground.act import Act
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError
from portal.ground.wording import CLEAR_ALPHABET, day_and_time, one_line, today
from portal.record.audit import holds

_LENGTH = 9  # letters of a reference
_OWN: tuple[Room, ...] = (signature_paper, notice_paper, agreement_paper)
_ENDINGS = {
    "": "",
    SUPERSEDED: ", but it has been superseded",
    WITHDRAWN: ", but it was withdrawn",
    LEFT: f", but {LEFT}",
}


@dataclass(frozen=True, kw_only=True)
class VerificationAnswer:
    """What a check found: a short title, whether the paper is ours and unaltered, whether it still holds, and sentences."""

    title: str
    good: bool
    sentences: tuple[str, ...]
    holds: bool = True


def check_reference(act: Act, typed: str, rooms: Sequence[Room] = ()) -> VerificationAnswer:
    """Say what a reference belongs to. Spaces, dashes and case are forgiven. Raises AnswersNeededError.

    `rooms` answer for papers of other rooms than this one. There is no limit that a stranger could use up: a reference
    is one of 25^9, so a day of 500 guesses a second finds one of 10,000 papers once in 9 days, and it names no person.
    """
    reference = _tidied(typed)
    if not reference:
        raise AnswersNeededError({"reference": "Enter the reference, like 7K3-M4P-QRT"})
    became = _became(act, HeldDocument(reference=reference, on=today(act.at)), rooms)
    if became is None:
        return VerificationAnswer(
            title="We do not know this reference",
            good=False,
            sentences=("Check it letter by letter, or drop the document itself.",),
        )
    return VerificationAnswer(
        title=f"Reference {reference} is ours{_ENDINGS[became.ending]}",
        good=True,
        sentences=became.sentences,
        holds=not became.ending,
    )


def check_pdf(act: Act, pdf: bytes, rooms: Sequence[Room] = ()) -> VerificationAnswer:
    """Say whether this portal issued a PDF and it is unaltered, and what has become of what it shows. Nothing is kept."""
    verdict = check_document(act.store, pdf)
    if verdict.outcome is not SealOutcome.GENUINE:
        title = {
            SealOutcome.ALTERED: "This copy was altered",
            SealOutcome.NOT_OURS: "This document is not ours",
            SealOutcome.UNREADABLE: "We cannot read this file",
        }[verdict.outcome]
        return VerificationAnswer(title=title, good=False, sentences=(verdict.sentence,))
    digest = hashlib.sha256(pdf).hexdigest()
    became = _became(act, HeldDocument(reference=verdict.reference, on=today(act.at), sha256=digest), rooms)
    kept = holds(act.store, verdict.audit_head)
    record = (
        "The record still holds the entry that stood last when it was sealed."
        if kept
        else "The record was cut or rewritten since: the entry that stood last at sealing is gone. Tell the Information Manager."
    )
    sealed = f"Reference {verdict.reference}. Sealed on {day_and_time(verdict.sealed_at)}." if verdict.sealed_at else ""
    more = became or DocumentStatus(sentences=())
    return VerificationAnswer(
        title=f"This document is genuine{_ENDINGS[more.ending]}",
        good=kept,
        sentences=tuple(sentence for sentence in (verdict.sentence, sealed, *more.sentences, record) if sentence),
        holds=not more.ending,
    )


def _became(act: Act, held: HeldDocument, rooms: Sequence[Room]) -> DocumentStatus | None:
    with reading(act.store.engine) as session:
        answers = (room(session, held) for room in (*_OWN, *rooms))
        return next((one for one in answers if one is not None), None)


def _tidied(typed: str) -> str:
    letters = [letter for letter in one_line(typed[:100]).upper() if letter.isalnum()]
    if one_line(typed).lower().startswith(AGREEMENT):
        return one_line(typed)[:20].lower()
    if len(letters) != _LENGTH or any(letter not in CLEAR_ALPHABET for letter in letters):
        return one_line(typed)[:20].upper() if letters else ""
    return f"{''.join(letters[:3])}-{''.join(letters[3:6])}-{''.join(letters[6:])}"
