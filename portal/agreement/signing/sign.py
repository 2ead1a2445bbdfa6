"""Signing: one act that binds an organisation to the exact words that its signer was shown (s16)."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.agreements import Signature, SignedWords
from models.organisations import Organisation
from portal.accounts.holders import addresses_of
from portal.agreement.addresses import address_in
from portal.agreement.editions.current import short_title
from portal.agreement.editions.wording import EditionWords, words_to_sign
from portal.agreement.errors import AlreadySignedError, CannotSignError, TextChangedError
from portal.agreement.notices.standing import SignatoryStatus, standing_of, take_turn
from portal.agreement.reach import Reach
from portal.agreement.register.organisations import check_there, find_or_add
from portal.agreement.signing.eligibility import SigningCapacity
from portal.agreement.signing.journey import JOURNEY, SigningJourney, drawn, signing, way, who_problems
from portal.ground import drafts
from portal.ground.act import Act, Role, Store
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, NotFoundError
from portal.ground.wording import day_and_time, new_id, reference, today
from portal.record.audit import record
from portal.record.events import Event
from portal.record.letters import notify


@dataclass(frozen=True, kw_only=True)
class SignatureReceipt:
    """A signature as its signer sees it: nothing here names a person."""

    id: str
    reference: str
    organisation: str
    slug: str
    edition: str
    edition_title: str
    status: str
    signed_at: datetime


def sign(act: Act, secret: str, reach: Reach) -> SignatureReceipt:
    """Sign the edition in force for the organisation of this signing (clause s16.declaration).

    The words must be those first shown. One transaction holds the signature, its entry in the record and its letters.
    A repeat (double click, refresh, second tab) gives the same signature again.

    Raises AnswersNeededError, TextChangedError, AlreadySignedError, CannotSignError, NotFoundError.
    """
    try:
        with transaction(act.store.engine) as session:
            take_turn(session)
            now = signing(act, secret)
            if now.outcome:
                return signed(session, now.outcome)
            words = words_to_sign(act.store, today(act.at))
            _check(act, secret, now, words)
            organisation = _organisation(session, act, now)
            _check_free(session, organisation, words)
            row = _write(session, act, now, words, organisation)
            drafts.finish(session, act, JOURNEY, row.id, secret=secret)
            made = signed(session, row.id)
            _post_letters(session, act, now, made, organisation, reach.link(f"/sign/continue?key={secret}."), reach)
            return made
    except IntegrityError:  # the store itself refused a second one; the first one is the answer
        now = signing(act, secret)
        if not now.outcome:
            raise
        return signed(act.store, now.outcome)


def signed(where: Store | Session, signature_id: str) -> SignatureReceipt:
    """Give a signature by its id. Raises NotFoundError. The caller has checked who asks."""
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return signed(session, signature_id)
    row = where.get(Signature, signature_id)
    organisation = where.get(Organisation, row.organisation_id) if row else None
    if row is None or organisation is None:
        raise NotFoundError
    return SignatureReceipt(
        id=row.id,
        reference=row.reference,
        organisation=organisation.name,
        slug=organisation.slug,
        edition=row.edition,
        edition_title=short_title(where, row.edition),
        status=row.status,
        signed_at=row.signed_at,
    )


def signed_already(where: Store | Session, organisation_id: str, edition_id: str) -> datetime | None:
    """Say when an organisation signed an edition, if that signature still counts (confirmed or still to be checked)."""
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return signed_already(session, organisation_id, edition_id)
    row = current_signature(where, organisation_id, edition_id)
    return None if row is None else row.signed_at


def mine(act: Act, secret: str) -> SignatureReceipt:
    """Give the signature that this signing became, for whoever holds its token. Raises NotFoundError."""
    outcome = signing(act, secret).outcome
    if not outcome:
        raise NotFoundError
    return signed(act.store, outcome)


def _check(act: Act, secret: str, now: SigningJourney, words: EditionWords) -> None:
    problems = {}
    if not now.email_settled:
        problems["email"] = "Check your e-mail address first"
    if now.said("email_how") == "account" and act.person.email != now.said("email"):
        problems["email"] = "Sign in again, or check your e-mail address with a code"
    if not (now.said("organisation_id") or now.new_organisation):
        problems["organisation"] = "Choose your organisation"
    elif way(act, secret) is not SigningCapacity.SIGN:
        problems["protocol"] = "Answer the question about your organisation"
    if now.said("authority") != "yes":
        problems["authority"] = "Say that you are allowed to sign"
    problems |= who_problems(now.answers)
    if problems:
        raise AnswersNeededError(problems)
    if now.said("shown") != words.sha256:
        raise TextChangedError


def _organisation(session: Session, act: Act, now: SigningJourney) -> Organisation:
    new = now.new_organisation
    if new is not None:
        return find_or_add(session, act, new)
    row = session.get(Organisation, now.said("organisation_id"))
    if row is None:
        raise NotFoundError
    return check_there(row)


def _check_free(session: Session, organisation: Organisation, words: EditionWords) -> None:
    """Refuse a second signature to an edition, and one by an organisation that has stopped for now."""
    row = current_signature(session, organisation.id, words.edition.id)
    if row is not None:
        raise AlreadySignedError(organisation.name, row.signed_at, confirmed=row.status == "confirmed")
    stands = standing_of(session, organisation.id)
    if stands is not None and stands.status is SignatoryStatus.SUSPENDED:
        raise CannotSignError(
            f"{organisation.name} has stopped sharing for now. It must start again before it signs.",
            paragraph="Section 14",
        )


def current_signature(session: Session, organisation_id: str, edition_id: str) -> Signature | None:
    """Give the signature of an organisation to an edition that still counts, None where there is none."""
    return session.exec(
        select(Signature).where(
            Signature.organisation_id == organisation_id,
            Signature.edition == edition_id,
            col(Signature.ended_at).is_(None),
        )
    ).first()


def keep_words(session: Session, words: EditionWords) -> None:
    """Keep the exact words of a signature, once."""
    if session.get(SignedWords, words.sha256) is None:
        session.add(
            SignedWords(
                sha256=words.sha256,
                edition=words.edition.id,
                edition_sha256=words.edition.hash,
                blanks=json.dumps(dict(words.blanks), ensure_ascii=False, sort_keys=True),
            )
        )
        session.flush()


def _write(
    session: Session, act: Act, now: SigningJourney, words: EditionWords, organisation: Organisation
) -> Signature:
    vault, signature_id, code = act.store.vault, new_id(), reference()
    picture = drawn(now.said("drawing")) if now.said("drawing") else None
    method = "drawn" if picture else "typed"
    keep_words(session, words)
    entry = record(
        session,
        act,
        Event.AGREEMENT_SIGNED,
        f"signature:{signature_id}",
        organisation_id=organisation.id,
        edition=words.edition.id,
        text_sha256=words.edition.hash,
        words_sha256=words.sha256,
        reference=code,
        method=method,
    )
    how = now.said("email_how")
    row = Signature(
        id=signature_id,
        reference=code,
        draft_id=now.draft_id,
        organisation_id=organisation.id,
        edition=words.edition.id,
        text_sha256=words.edition.hash,
        words_sha256=words.sha256,
        signer=vault.seal_text(_signer(now, words), f"signature.signer:{signature_id}"),
        email_hash=vault.keyed_hash(now.said("email")),
        method=method,
        drawing=vault.seal(picture, f"signature.drawing:{signature_id}") if picture else None,
        email_checked_at=datetime.fromisoformat(now.said("email_at")) if how else None,
        email_checked_how=how,
        signed_at=act.at,
        signed_by=act.person.id,
        audit_head=entry.hash,
    )
    session.add(row)
    session.flush()
    return row


def _signer(now: SigningJourney, words: EditionWords) -> str:
    """Write who signed, and the question about the Protocol as they were asked it, if they were ('' where it was known)."""
    told = {key: now.said(key) for key in ("name", "position", "email", "typed")}
    asked = words.filled(words.edition.signing.question) if now.said("protocol") else ""
    return json.dumps({**told, "promise": asked}, ensure_ascii=False)


def _post_letters(
    session: Session,
    act: Act,
    now: SigningJourney,
    made: SignatureReceipt,
    organisation: Organisation,
    link: str,
    reach: Reach,
) -> None:
    what = (
        f"The {made.edition_title} of the information sharing agreement was signed for {made.organisation} "
        f"on {day_and_time(made.signed_at)}. Reference {made.reference}."
    )
    page = f"/signature?id={made.id}"
    notify(session, act, "signed-signer", now.said("email"), what=what, secret=link, about=page)
    managers = addresses_of(session, Role.MANAGER)
    notify(session, act, "signed-manager", managers, what=what, link=reach.link(page), about=page)
    public = address_in(organisation.public_contact)
    notify(session, act, "signed-organisation", public, what=what, about=page)
