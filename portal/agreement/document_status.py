"""What became of a paper: each room answers for its own papers, to whoever holds one. No answer names a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.agreements import Notice, Signature, Standing
from models.organisations import Organisation
from portal.agreement.editions.current import in_force, known_editions, short_title
from portal.agreement.notices.standing import STATUS_WORDS, SignatoryStatus, standing_of
from portal.ground.errors import NotFoundError
from portal.ground.wording import day

AGREEMENT = "agreement-"  # the agreement itself has no reference of its own: agreement-2026
SUPERSEDED = "superseded"
WITHDRAWN = "withdrawn"
LEFT = "its organisation has left"
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
class HeldDocument:
    """What somebody holds on a day: a reference, and the SHA-256 of the file where they hold the file itself."""

    reference: str
    on: date
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentStatus:
    """What became of a paper, in sentences; `ending` is '' while it stands, or SUPERSEDED, WITHDRAWN or LEFT."""

    sentences: tuple[str, ...]
    ending: str = ""


Room = Callable[[Session, HeldDocument], DocumentStatus | None]  # None: not a paper of this room


def signature_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a signed copy: confirmed or not, signed again since, or left (clauses s16.declaration, s14.termination)."""
    row = session.exec(select(Signature).where(Signature.reference == held.reference)).first()
    if row is None:
        return None
    title = short_title(session, row.edition)
    decided = day(row.decided_at) if row.decided_at else ""
    on_paper = " on paper" if row.method == "paper" else ""
    said = (
        f"{_name(session, row.organisation_id)} signed the {title}{on_paper} on {day(row.signed_at)}.",
        _SIGNATURES[row.status].format(decided=decided),
    )
    newer = session.exec(
        select(Signature)
        .where(
            Signature.organisation_id == row.organisation_id,
            Signature.status == "confirmed",
            col(Signature.signed_at) > row.signed_at,
        )
        .order_by(col(Signature.signed_at).desc())
    ).first()
    now = _now(session, row.organisation_id)
    if newer is not None:
        since = f"the {short_title(session, newer.edition)} was signed since, on {day(newer.signed_at)}."
        return DocumentStatus(sentences=(*said, f"It has been superseded: {since}", now), ending=SUPERSEDED)
    stands = standing_of(session, row.organisation_id)
    if stands is not None and stands.status is SignatoryStatus.LEFT:
        return DocumentStatus(sentences=(*said, now), ending=LEFT)
    return DocumentStatus(sentences=(*said, now))


def notice_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for a notice to the Chair: whether what it did still holds (clause s14.suspension)."""
    row = session.exec(select(Notice).where(Notice.reference == held.reference)).first()
    if row is None:
        return None
    name = _name(session, row.organisation_id)
    said = f"It is {_NOTICES[row.kind]}, given for {name} on {day(row.given_at)}."
    until = session.exec(select(Standing.ends_at).where(Standing.notice_id == row.id)).first()
    now = _now(session, row.organisation_id)
    if until is not None:
        return DocumentStatus(
            sentences=(said, f"It held until {day(until)}, when something newer took its place.", now),
            ending=SUPERSEDED,
        )
    return DocumentStatus(sentences=(said, now))


def agreement_paper(session: Session, held: HeldDocument) -> DocumentStatus | None:
    """Answer for the agreement itself: whether this edition is the one in force (clause cover.versions)."""
    name = held.reference.lower().removeprefix(AGREEMENT)
    if name == held.reference.lower() or name not in {known.id for known in known_editions(session)}:
        return None
    said, newest = f"It is the {short_title(session, name)} of the agreement.", in_force(session, held.on)
    if newest.id == name:
        return DocumentStatus(sentences=(said, "It is in force."))
    begins = next(known.begins for known in known_editions(session) if known.id == name)
    if begins > held.on:
        return DocumentStatus(sentences=(said, f"It takes force on {day(begins)}."))
    since = f"It has been superseded: the {newest.edition.about.short_title} is in force."
    return DocumentStatus(sentences=(said, since), ending=SUPERSEDED)


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
