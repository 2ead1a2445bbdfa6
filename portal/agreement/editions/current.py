"""The editions that can be read and signed: those of the release, and those that the partnership worded and authorised."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlmodel import Session, col, select

from models.editions import AgreementEdition, EditionAdoption, EditionDecision
from portal.ground.act import ROLE_TITLES, Role, Store
from portal.ground.database import reading
from portal.ground.wording import listed, today
from portal.rules.edition.adopted import adopted
from portal.rules.edition.editions import Edition, edition_recorded, editions
from portal.rules.edition.editions import edition as released
from portal.rules.edition.reworded import OwnWords, worded
from portal.rules.errors import SealBrokenError, UnknownEditionError


@dataclass(frozen=True, kw_only=True)
class KnownEdition:
    """An edition, the day from which it holds, and its blanks where it fixed them itself (None: today's of the partnership)."""

    edition: Edition
    begins: date
    blanks: Mapping[str, str] | None = None

    @property
    def id(self) -> str:
        """Give the edition's id."""
        return self.edition.id

    @property
    def in_preparation(self) -> bool:
        """Say whether it is a release's draft that the partnership has not brought into force yet."""
        return self.edition.about.status == "draft"


def known_editions(where: Store | Session) -> tuple[KnownEdition, ...]:
    """List every edition that is in force, was, or will be from a day that is fixed; the oldest first (cover.versions).

    Raises SealBrokenError where the words of an authorised edition are not those that were authorised.
    """
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return known_editions(session)
    brought = {row.edition: row for row in where.exec(select(EditionAdoption)).all()}
    found = [_released(of, brought.get(of.id)) for of in editions()]
    rows = where.exec(select(AgreementEdition).where(AgreementEdition.state == "authorised")).all()
    return tuple(sorted(found + [_own(where, row) for row in rows], key=lambda one: one.begins))


def known_edition(where: Store | Session, edition_id: str) -> KnownEdition:
    """Give an edition by its id. Raises UnknownEditionError; a draft is not known."""
    every = known_editions(where)
    found = next((one for one in every if one.id == edition_id), None)
    if found is None:
        raise UnknownEditionError(edition_id, tuple(one.id for one in every))
    return found


def edition_signed(where: Store | Session, edition_id: str, sha256: str) -> Edition:
    """Give an edition as it stood when it was signed, told by its hash.

    Raises UnknownEditionError, or UnknownRevisionError where this release does not have that text of it.
    """
    found = known_edition(where, edition_id).edition
    if found.hash == sha256 or found.id != found.rules_id:
        return found  # an edition of the partnership's own is never put right: its words are those authorised
    return edition_recorded(edition_id, sha256)


def in_force(where: Store | Session, on: date) -> KnownEdition:
    """Give the edition whose words are in force on a day; a day before them all gives the oldest."""
    every = known_editions(where)
    return next((one for one in reversed(every) if one.begins <= on), every[0])


def next_after(where: Store | Session, edition_id: str) -> KnownEdition | None:
    """Give the edition that takes, or will take, the place of this one; None where none is known."""
    every = known_editions(where)
    place = next(number for number, one in enumerate(every) if one.id == edition_id)
    return every[place + 1] if place + 1 < len(every) else None


def short_title(where: Store | Session, edition_id: str) -> str:
    """Give an edition's short title; an id that nothing has stays as it is."""
    try:
        return known_edition(where, edition_id).edition.about.short_title
    except UnknownEditionError:
        return edition_id


def made_of(row: AgreementEdition, authorised: str = "") -> Edition:
    """Make the edition that a row words, whatever its state: on the rules as they stood when it was handed over."""
    rules = edition_recorded(row.rules, row.rules_sha256) if row.rules_sha256 else released(row.rules)
    return _made(rules, row.id, row.number, row.based_on, row.text, row.change, row.force_from, authorised)


def words_hash(edition_sha256: str, blanks: Mapping[str, str]) -> str:
    """Hash what a signer sees: the edition's hash and the filled blanks (SHA-256, hexadecimal)."""
    said = json.dumps([edition_sha256, dict(sorted(blanks.items()))], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _released(of: Edition, row: EditionAdoption | None) -> KnownEdition:
    if row is None:
        return KnownEdition(edition=of, begins=of.about.law_as_of)
    if of.hash != row.rules_sha256:  # a later release put its data right; what was authorised keeps its words
        of = edition_recorded(of.id, row.rules_sha256)
    blanks: dict[str, str] = json.loads(row.blanks)
    struck: list[str] = json.loads(row.struck)
    if words_hash(of.hash, {**blanks, **dict.fromkeys(struck, "struck out")}) != row.sha256:
        raise SealBrokenError(of.id, "the words are not those that were authorised.")
    made = _adopted(of, today(row.adopted_at), row.authorised, tuple(struck))
    return KnownEdition(edition=made, begins=of.about.law_as_of, blanks=blanks)


@lru_cache(maxsize=32)
def _adopted(of: Edition, on: date, authorised: str, struck: tuple[str, ...]) -> Edition:
    return adopted(of, on=on, authorised=authorised, struck=struck)


def _own(session: Session, row: AgreementEdition) -> KnownEdition:
    roles = session.exec(
        select(EditionDecision.role)
        .where(EditionDecision.edition_id == row.id, EditionDecision.round == row.round)
        .where(EditionDecision.decision == "authorised")
        .order_by(col(EditionDecision.at), col(EditionDecision.role))
    ).all()
    made = made_of(row, listed([ROLE_TITLES[Role(role)].partition(":")[0] for role in roles]))
    blanks: dict[str, str] = json.loads(row.blanks)
    if words_hash(made.hash, blanks) != row.sha256:
        raise SealBrokenError(row.id, "the words are not those that were authorised.")
    return KnownEdition(edition=made, begins=row.force_from or made.about.law_as_of, blanks=blanks)


@lru_cache(maxsize=32)
def _made(
    rules: Edition,
    own_id: str,
    number: int,
    based_on: str,
    text: str,
    change: str,
    force_from: date | None,
    authorised: str,
) -> Edition:
    own = OwnWords(
        id=own_id,
        number=number,
        based_on=based_on,
        text=text,
        change=change,
        force_from=force_from,
        authorised=authorised,
    )
    return worded(rules, own)
