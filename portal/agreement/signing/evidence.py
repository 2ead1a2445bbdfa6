"""What the Information Manager sees of a signature: the copy, and the evidence that its signer may sign (s16)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.accounts import Account, Post
from models.agreements import Signature
from models.organisations import Organisation
from portal.agreement.addresses import FREE_MAIL, domain
from portal.agreement.register.look_alikes import look_alikes
from portal.agreement.register.organisations import KnownOrganisation, near, shown
from portal.agreement.signing.sign import signed
from portal.ground.access import Permission, allow
from portal.ground.act import Act, Store
from portal.ground.database import reading
from portal.ground.errors import NotFoundError


@dataclass(frozen=True, kw_only=True)
class QueuedSignature:
    """A signature in the manager's queue."""

    id: str
    reference: str
    organisation: str
    edition: str
    status: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What speaks for or against the right to sign. None: it cannot be said."""

    email_checked_how: str
    domain_matches: bool | None
    free_mail: bool
    known_person: bool
    signed_in: bool
    near_names: tuple[str, ...]
    looks_like: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SignatureDetails:
    """A signature as the Information Manager sees it, with who signed it."""

    id: str
    reference: str
    organisation: KnownOrganisation
    edition: str
    edition_title: str
    text_sha256: str
    name: str
    position: str
    email: str
    typed: str
    promise: str
    method: str
    signed_at: datetime
    status: str
    is_own: bool
    decided_at: datetime | None
    decided_by: str
    decision_words: str
    is_over: bool
    evidence: Evidence


def waiting(act: Act) -> list[QueuedSignature]:
    """List the signatures that wait for a check, the oldest first (clause s16.copy-to-information-manager)."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with reading(act.store.engine) as session:
        ids = session.exec(select(Signature.id).where(*_open()).order_by(col(Signature.signed_at)).limit(200)).all()
        found = [signed(session, one) for one in ids]
    return [
        QueuedSignature(
            id=one.id,
            reference=one.reference,
            organisation=one.organisation,
            edition=one.edition,
            status=one.status,
            signed_at=one.signed_at,
        )
        for one in found
    ]


def copy_for_manager(act: Act, signature_id: str) -> SignatureDetails:
    """Give the manager's copy of a signature, with the evidence of authority. Raises NotFoundError."""
    allow(act, Permission.CONFIRM_SIGNATURES)
    with reading(act.store.engine) as session:
        row, organisation = signature_row(session, signature_id)
        signer = open_signer(act.store, row)
        words = row.decision_words
        known = shown(organisation)
        seen = _evidence(session, act.store, row, organisation, signer)
        title = signed(session, row.id).edition_title
    return SignatureDetails(
        id=row.id,
        reference=row.reference,
        organisation=known,
        edition=row.edition,
        edition_title=title,
        text_sha256=row.text_sha256,
        name=signer["name"],
        position=signer["position"],
        email=signer["email"],
        typed=signer["typed"],
        promise=signer.get("promise", ""),
        method=row.method,
        signed_at=row.signed_at,
        status=row.status,
        is_own=is_own(act, row),
        decided_at=row.decided_at,
        decided_by=row.decided_by_name or "",
        decision_words=act.store.vault.open_text(words, f"signature.decision:{row.id}") if words else "",
        is_over=row.ended_at is not None,
        evidence=seen,
    )


def open_signer(store: Store, row: Signature) -> dict[str, str]:
    """Open who signed: name, position, email, typed. The caller has checked who asks."""
    opened: dict[str, str] = json.loads(store.vault.open_text(row.signer, f"signature.signer:{row.id}"))
    return opened


def signature_row(session: Session, signature_id: str) -> tuple[Signature, Organisation]:
    """Give a signature and its organisation. Raises NotFoundError."""
    row = session.get(Signature, signature_id)
    organisation = session.get(Organisation, row.organisation_id) if row else None
    if row is None or organisation is None:
        raise NotFoundError
    return row, organisation


def is_own(act: Act, row: Signature) -> bool:
    """Say whether the person of this act made this signature."""
    return row.signed_by == act.person.id or row.email_hash == act.store.vault.keyed_hash(act.person.email)


def _open() -> tuple[Any, ...]:
    return col(Signature.status).in_(["waiting", "asked"]), col(Signature.ended_at).is_(None)


def _evidence(
    session: Session, store: Store, row: Signature, organisation: Organisation, signer: dict[str, str]
) -> Evidence:
    mail = domain(signer["email"])
    listed = organisation.email_domain.lower() if mail else ""
    others = [one.name for one in near(store, organisation.name) if one.id != organisation.id]
    return Evidence(
        email_checked_how=row.email_checked_how,
        domain_matches=None if not listed else mail == listed or mail.endswith(f".{listed}"),
        free_mail=mail in FREE_MAIL,
        known_person=_is_known(session, row, organisation, signer["email"]),
        signed_in=row.signed_by != "public" and row.method != "paper",
        near_names=tuple(others),
        looks_like=tuple(look_alikes(session, organisation.name, but=organisation.id)),
    )


def _is_known(session: Session, row: Signature, organisation: Organisation, email: str) -> bool:
    """Say whether the signer has an account for the organisation, or signed for it before and was confirmed."""
    account = session.exec(
        select(Account.id)
        .join(Post, col(Post.account_id) == col(Account.id))
        .where(
            Account.email == email,
            Post.organisation_id == organisation.id,
            col(Post.ended_at).is_(None),
            col(Account.closed_at).is_(None),
        )
    ).first()
    before = session.exec(
        select(Signature.id).where(
            Signature.organisation_id == organisation.id,
            Signature.email_hash == row.email_hash,
            Signature.status == "confirmed",
            Signature.id != row.id,
        )
    ).first()
    return account is not None or before is not None
