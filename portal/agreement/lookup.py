"""Checking a document or a reference: genuine or not, and what has become of what it shows. It names no person."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from models.agreements import Notice, Signature
from models.organisations import Organisation
from models.record import AuditEntry
from portal import limits
from portal.act import Act
from portal.agreement.standing import STATUS_WORDS, standing_of
from portal.database import reading
from portal.errors import AnswersNeededError, NotFoundError
from portal.issuing import check_document
from portal.papers.verification import Outcome
from portal.rules.editions import edition as edition_named
from portal.wording import CLEAR_ALPHABET, day, day_and_time, one_line

_LOOKUPS = limits.Limit(kind="verify-reference", most=600, within=timedelta(hours=1))
_LENGTH = 9  # letters of a reference
_NOTICES = {
    "suspension": "a notice to stop for now",
    "lifting": "a notice to start again",
    "withdrawal": "a notice of leaving",
}
_SIGNATURES = {
    "waiting": "The Information Manager has not checked it yet.",
    "asked": "The Information Manager has asked a question about it.",
    "confirmed": "The Information Manager confirmed it on {decided}.",
    "declined": "The Information Manager did not confirm it.",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a check found: a short title, whether that is good news, and sentences."""

    title: str
    good: bool
    sentences: tuple[str, ...]


def check_reference(act: Act, typed: str) -> Answer:
    """Say what a reference belongs to. Spaces, dashes and case are forgiven. Raises AnswersNeededError, TooManyTriesError."""
    reference = _tidied(typed)
    if not reference:
        raise AnswersNeededError({"reference": "Enter the reference, like 7K3-M4P-QRT"})
    limits.attempt(act, (_LOOKUPS, "everybody"))
    with reading(act.store.engine) as session:
        sentences = _about(session, reference)
    if sentences is None:
        return Answer(
            title="We do not know this reference",
            good=False,
            sentences=("Check it letter by letter. References of requests and returns are not shown to the public.",),
        )
    return Answer(title=f"Reference {reference} is ours", good=True, sentences=sentences)


def check_pdf(act: Act, pdf: bytes) -> Answer:
    """Say whether this portal issued a PDF and it is unaltered, and what has become of what it shows. Nothing is kept."""
    verdict = check_document(act.store, pdf)
    if verdict.outcome is not Outcome.GENUINE:
        title = {
            Outcome.ALTERED: "This copy was altered",
            Outcome.NOT_OURS: "This document is not ours",
            Outcome.UNREADABLE: "We cannot read this file",
        }[verdict.outcome]
        return Answer(title=title, good=False, sentences=(verdict.sentence,))
    with reading(act.store.engine) as session:
        held = session.exec(select(AuditEntry.number).where(AuditEntry.hash == verdict.audit_head)).first()
        more = _about(session, verdict.reference) or ()
    record = (
        "The record still holds the entry that stood last when it was sealed."
        if held is not None
        else "The record no longer holds the entry that stood last when it was sealed. Tell the Information Manager."
    )
    sealed = f"Reference {verdict.reference}. Sealed on {day_and_time(verdict.sealed_at)}." if verdict.sealed_at else ""
    return Answer(
        title="This document is genuine",
        good=held is not None,
        sentences=tuple(sentence for sentence in (verdict.sentence, sealed, *more, record) if sentence),
    )


def _about(session: Session, reference: str) -> tuple[str, ...] | None:
    signature = session.exec(select(Signature).where(Signature.reference == reference)).first()
    if signature is not None:
        return _about_signature(session, signature)
    notice = session.exec(select(Notice).where(Notice.reference == reference)).first()
    if notice is None:
        return None
    name = _name(session, notice.organisation_id)
    return (
        f"It is {_NOTICES[notice.kind]}, given for {name} on {day(notice.given_at)}.",
        _now(session, notice.organisation_id),
    )


def _about_signature(session: Session, row: Signature) -> tuple[str, ...]:
    title = edition_named(row.edition).about.short_title
    said = _SIGNATURES[row.status].format(decided=day(row.decided_at) if row.decided_at else "")
    newer = session.exec(
        select(Signature.edition).where(
            Signature.organisation_id == row.organisation_id,
            Signature.status == "confirmed",
            col(Signature.signed_at) > row.signed_at,
        )
    ).first()
    superseded = (
        (f"It has been superseded: the {edition_named(newer).about.short_title} was signed since.",) if newer else ()
    )
    return (
        f"{_name(session, row.organisation_id)} signed the {title} on {day(row.signed_at)}.",
        said,
        *superseded,
        _now(session, row.organisation_id),
    )


def _now(session: Session, organisation_id: str) -> str:
    stands = standing_of(session, organisation_id)
    if stands is None:
        return "The organisation is not in the register yet."
    return f"In the register today: {STATUS_WORDS[stands.status]}, since {day(stands.since)}."


def _name(session: Session, organisation_id: str) -> str:
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFoundError
    return row.name


def _tidied(typed: str) -> str:
    letters = [letter for letter in one_line(typed[:100]).upper() if letter.isalnum()]
    if len(letters) != _LENGTH or any(letter not in CLEAR_ALPHABET for letter in letters):
        return one_line(typed)[:20].upper() if letters else ""
    return f"{''.join(letters[:3])}-{''.join(letters[3:6])}-{''.join(letters[6:])}"
