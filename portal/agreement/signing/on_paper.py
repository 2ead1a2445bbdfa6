"""A signature on paper: recorded by a manager with its scan, confirmed by a second manager before it counts (s16)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.agreements import PaperScan, Signature
from models.organisations import Organisation
from portal.agreement.addresses import checked_address
from portal.agreement.editions.current import KnownEdition, known_edition, known_editions
from portal.agreement.editions.wording import EditionWords, whole_words
from portal.agreement.errors import AlreadySignedError, CannotSignError, InPreparationError
from portal.agreement.notices.standing import SignatoryStatus, standing_of, take_turn
from portal.agreement.register.organisations import NewOrganisation, check_new, check_there, find_or_add
from portal.agreement.signing.evidence import signature_row
from portal.agreement.signing.sign import current_signature, keep_words
from portal.documents.scans import CheckedScan, checked
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.input.dates import day_in
from portal.ground.wording import NAME_LENGTH, day, new_id, one_line, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.rules.errors import UnknownEditionError

_NOON = time(12, tzinfo=UTC)  # a paper has a day and no hour


@dataclass(frozen=True, kw_only=True)
class PaperWords:
    """What stands on the paper. Without an organisation of the list, `new` describes one. `email` is where the signer is told of the decision ('' where none is known)."""

    organisation_id: str
    edition: str
    name: str
    position: str
    signed_on: str
    email: str = ""
    new: NewOrganisation | None = None


def record_paper(act: Act, told: PaperWords, scan: bytes, *, key: str) -> str:
    """Record a signature on paper with its scan; it counts once a second manager has confirmed it. Returns its id.

    `key` was made when the form was first shown: the same key again is the same signature. Raises AnswersNeededError,
    AlreadySignedError, CannotSignError.
    """
    allow(act, Permission.CONFIRM_SIGNATURES)
    made, on, words = _checked(act, told)
    if words.in_preparation:
        raise InPreparationError
    found = checked(scan)
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            same = session.exec(select(Signature.id).where(Signature.draft_id == key)).first()
            return same or _write(session, act, made, on, words, found, (key, scan))
    except IntegrityError:
        with reading(act.store.engine) as session:
            first = session.exec(select(Signature.id).where(Signature.draft_id == key)).first()
        if first is None:
            raise
        return first


def open_paper(act: Act, signature_id: str) -> CheckedScan:
    """Open the scan of a signature on paper, for a manager; each opening is recorded. Raises NotFoundError."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with transaction(act.store.engine) as session:
        row, _ = signature_row(session, signature_id)
        kept = session.get(PaperScan, row.id)
        if kept is None:
            raise NotFoundError
        record(session, act, Event.PAPER_OPENED, f"signature:{row.id}", organisation_id=row.organisation_id)
        return CheckedScan(content=act.store.vault.open(kept.scan, f"paper_scan.scan:{row.id}"), kind=kept.kind)


def editions_signed_on(act: Act) -> dict[str, str]:
    """Give the editions that a paper can be of, the newest first: id and short title."""
    on = today(act.at)
    return {
        one.id: one.edition.about.short_title
        for one in reversed(known_editions(act.store))
        if one.begins <= on and not one.in_preparation
    }


def _write(
    session: Session,
    act: Act,
    told: PaperWords,
    on: date,
    words: EditionWords,
    scan: CheckedScan,
    given: tuple[str, bytes],
) -> str:
    known = session.get(Organisation, told.organisation_id) if told.organisation_id else None
    organisation = known or (find_or_add(session, act, told.new) if told.new else None)
    if organisation is None:
        raise NotFoundError
    _check_free(session, check_there(organisation), known_edition(session, told.edition))
    keep_words(session, words)
    signature_id, code, (key, original) = new_id(), reference(), given
    entry = record(
        session,
        act,
        Event.PAPER_RECORDED,
        f"signature:{signature_id}",
        organisation_id=organisation.id,
        edition=words.edition.id,
        text_sha256=words.edition.hash,
        words_sha256=words.sha256,
        reference=code,
        scan_sha256=hashlib.sha256(original).hexdigest(),
        kind=scan.kind,
    )
    signer = {"name": told.name, "position": told.position, "email": told.email, "typed": ""}
    vault = act.store.vault
    session.add(
        Signature(
            id=signature_id,
            reference=code,
            draft_id=key,
            organisation_id=organisation.id,
            edition=words.edition.id,
            text_sha256=words.edition.hash,
            words_sha256=words.sha256,
            signer=vault.seal_text(json.dumps(signer, ensure_ascii=False), f"signature.signer:{signature_id}"),
            email_hash=vault.keyed_hash(told.email or signature_id),
            method="paper",
            signed_at=min(datetime.combine(on, _NOON), act.at),
            signed_by=act.person.id,
            audit_head=entry.hash,
        )
    )
    session.flush()
    session.add(
        PaperScan(
            signature_id=signature_id,
            kind=scan.kind,
            size=len(scan.content),
            scan=vault.seal(scan.content, f"paper_scan.scan:{signature_id}"),
            recorded_at=act.at,
            recorded_by_name=act.person.name,
        )
    )
    return signature_id


def _check_free(session: Session, organisation: Organisation, known: KnownEdition) -> None:
    row = current_signature(session, organisation.id, known.id)
    if row is not None:
        raise AlreadySignedError(organisation.name, row.signed_at, confirmed=row.status == "confirmed")
    stands = standing_of(session, organisation.id)
    if stands is not None and stands.status is SignatoryStatus.SUSPENDED:
        raise CannotSignError(f"{organisation.name} has stopped sharing for now. It must start again before it signs.")
    if stands is not None and stands.status is SignatoryStatus.SIGNED:
        signed = known_edition(session, stands.edition)
        if signed.begins > known.begins:
            raise CannotSignError(
                f"{organisation.name} has signed the newer {signed.edition.about.short_title} already."
            )


def _checked(act: Act, told: PaperWords) -> tuple[PaperWords, date, EditionWords]:
    made, problems = _who(told)
    on = day_in(told.signed_on)
    try:
        known: KnownEdition | None = known_edition(act.store, told.edition)
    except UnknownEditionError:
        known, problems["edition"] = None, "Select the edition that the paper names"
    if on is None or on > today(act.at):
        problems["signed_on"] = "Enter the date on the paper, like 1 October 2026. It cannot be later than today"
    elif known is not None and on < known.begins:
        begun = f"The {known.edition.about.short_title} began on {day(known.begins)}"
        problems["signed_on"] = f"{begun}. Enter a later date"
    if problems or known is None or on is None:
        raise AnswersNeededError(problems)
    if made.new is not None:
        made = replace(made, new=check_new(known.edition, made.new))
    return made, on, whole_words(act.store, known)


def _who(told: PaperWords) -> tuple[PaperWords, dict[str, str]]:
    """Tidy who signed for whom; gives that, and the problems by field."""
    name, position, email = one_line(told.name), one_line(told.position), ""
    asked = (("name", name, "the name on the paper"), ("position", position, "their job title or role"))
    problems = {
        field: f"Enter {what}, in {NAME_LENGTH} characters or fewer"
        for field, said, what in asked
        if not said or len(said) > NAME_LENGTH
    }
    new = None if told.organisation_id else told.new
    if not told.organisation_id and (new is None or not one_line(new.name)):
        problems["organisation"] = "Select the organisation, or enter its name"
    if one_line(told.email):
        try:
            email = checked_address(told.email)
        except AnswersNeededError as error:
            problems |= error.problems
    return replace(told, name=name, position=position, email=email, new=new), problems
