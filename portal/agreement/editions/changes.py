"""What changed for one reader: since they last read the agreement, and since their organisation signed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.agreements import Signature
from portal.agreement.editions.comparison import ComparedPart, changed, compared
from portal.agreement.editions.current import known_edition
from portal.agreement.editions.wording import EditionWords, words_fixed
from portal.agreement.signing.copies import words_kept
from portal.agreement.signing.journey import SigningJourney, keep
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.rules.errors import UnknownEditionError


@dataclass(frozen=True, kw_only=True)
class SignedBefore:
    """The words that an organisation signed last, and when."""

    words: EditionWords
    signed_at: datetime


def what_changed(old: EditionWords, new: EditionWords) -> tuple[ComparedPart, ...]:
    """Give the parts that are not the same in two texts, with blanks filled as they were in each."""
    return changed(compared(old.parts(), new.parts()))


def last_read(act: Act, secret: str, now: SigningJourney, words: EditionWords) -> EditionWords | None:
    """Give the words this person read before, where they are no longer the same; None where nothing changed.

    What is read for the first time is kept in the signing, so that a later change can be shown (clause s16.declaration).
    """
    kept = now.answers.get("reading")
    read = _read_again(act.store, kept) if isinstance(kept, Mapping) else None
    if read is None:
        have_seen(act, secret, words)
        return None
    return read if read.sha256 != words.sha256 else None


def have_seen(act: Act, secret: str, words: EditionWords) -> None:
    """Keep which words somebody has in front of them, blanks and all."""
    keep(act, secret, reading={"edition": words.edition.id, "blanks": dict(words.blanks)})


def signed_before(store: Store, organisation_id: str, words: EditionWords) -> SignedBefore | None:
    """Give what an organisation signed last, where that is another edition than these words; None otherwise."""
    with reading(store.engine) as session:
        row = session.exec(
            select(Signature)
            .where(Signature.organisation_id == organisation_id, Signature.status == "confirmed")
            .order_by(col(Signature.signed_at).desc())
        ).first()
        if row is None or row.edition == words.edition.id:
            return None
        try:
            return SignedBefore(words=words_kept(session, row.words_sha256), signed_at=row.signed_at)
        except NotFoundError:
            return None


def _read_again(store: Store, kept: Mapping[str, object]) -> EditionWords | None:
    try:
        of = known_edition(store, str(kept.get("edition"))).edition
    except UnknownEditionError:
        return None
    told = kept.get("blanks")
    blanks = {str(key): str(value) for key, value in told.items()} if isinstance(told, Mapping) else {}
    return words_fixed(of, blanks)
