"""Checking that a signer reads mail at the address they gave: a 6-digit code, or the link in the same message."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from models.agreements import EmailCode
from portal.agreement.addresses import checked_address
from portal.agreement.reach import Reach
from portal.agreement.signing.journey import SigningJourney, keep, signing
from portal.ground import drafts, rate_limits
from portal.ground.act import Act
from portal.ground.database import reading, transaction
from portal.ground.errors import AnswersNeededError, LinkError, TooManyTriesError
from portal.ground.vault import same, token, token_hash
from portal.ground.wording import new_id
from portal.record.letters import notify
from portal.record.outbox import settle

GOOD_FOR = timedelta(minutes=10)
LINK_GOOD_FOR = drafts.KEPT
MOST_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
WRONG = "Enter the 6-digit code from our e-mail. Codes last 10 minutes"
_RESEND = rate_limits.Limit(kind="sign-code-resend", most=1, within=RESEND_AFTER)
_ADDRESS = rate_limits.Limit(kind="sign-code-address", most=6, within=timedelta(hours=1))
CODES_OF_NETWORK = rate_limits.Limit(kind="sign-code-network", most=60, within=timedelta(hours=1))


@dataclass(frozen=True, kw_only=True)
class SentCode:
    """A code on its way: when it went, and whether it can still be entered."""

    sent_at: datetime
    live: bool


def give_address(act: Act, secret: str, typed: str, reach: Reach) -> SigningJourney:
    """Take an address. Where mail can be sent, a code goes to it; where not, the manager checks the address later.

    The same happens for known and unknown addresses. Giving the address again that is already checked changes nothing.
    Raises AnswersNeededError, TooManyTriesError.
    """
    address = checked_address(typed)
    now = signing(act, secret)
    if now.outcome or (now.said("email") == address and now.email_settled):
        return now
    if now.answers.get("invited") and now.said("email") != address:
        raise AnswersNeededError({"email": "Use the address that the link was sent to"})
    proven = act.person.signed_in and act.person.email == address
    if proven:
        return keep(act, secret, email=address, email_how="account", email_at=act.at.isoformat(), email_later=False)
    kept = keep(act, secret, email=address, email_how="", email_at="", email_later=not reach.mail)
    if reach.mail:
        send_code(act, secret, reach)
        return signing(act, secret)
    return kept


def send_code(act: Act, secret: str, reach: Reach) -> None:
    """Send a code and a link to the address of this signing; earlier ones stop. Raises TooManyTriesError within 60 s.

    An address gets six an hour, so that nobody's mailbox is filled. Where strangers used those up, the signing goes on all
    the same: the manager checks the address, as in a portal that has no mail.
    """
    now = signing(act, secret)
    address = now.said("email")
    mailbox = f"{now.draft_id}:{address}" if now.answers.get("invited") else address
    try:
        rate_limits.attempt(act, (_RESEND, f"{now.draft_id}:{address}"))
    except TooManyTriesError:
        if _is_fresh(act, now):
            return  # a second click within the minute: the first one's code is on its way
        raise
    try:
        rate_limits.attempt(act, (CODES_OF_NETWORK, now.said("network")), (_ADDRESS, mailbox))
    except TooManyTriesError:
        if now.answers.get("invited") or _can_enter(act, now):
            raise
        keep(act, secret, email_later=True)
        return
    code, link, row_id = f"{secrets.randbelow(10**6):06d}", token(), new_id()
    with transaction(act.store.engine) as session:
        session.exec(
            update(EmailCode)
            .where(col(EmailCode.draft_id) == now.draft_id, col(EmailCode.ended_at).is_(None))
            .values(ended_at=act.at)
        )
        session.add(
            EmailCode(
                id=row_id,
                draft_id=now.draft_id,
                address_hash=act.store.vault.keyed_hash(address),
                code_hash=_hash(act, row_id, code),
                link_hash=token_hash(link),
                sent_at=act.at,
                expires_at=act.at + GOOD_FOR,
                link_expires_at=act.at + LINK_GOOD_FOR,
            )
        )
        about = f"sign-code:{now.draft_id}"
        settle(session, act, about)
        told = f"Your code is {code}.\n\nTo go on from any device, open this link:\n{reach.link(f'/sign/continue?key={secret}.{link}')}"
        notify(session, act, "sign-code", address, secret=told, about=about, good_for=timedelta(hours=1))


def latest(act: Act, now: SigningJourney) -> SentCode | None:
    """Say when the newest code for this signing went, None where none did."""
    with reading(act.store.engine) as session:
        row = _live(session, now.draft_id)
    return (
        None if row is None else SentCode(sent_at=row.sent_at, live=row.expires_at > act.at and row.tries < MOST_TRIES)
    )


def confirm_code(act: Act, secret: str, typed: str) -> SigningJourney:
    """Take the code. After 5 wrong tries or 10 minutes it is worth nothing, and a new one must be sent.

    Raises AnswersNeededError. Safe to run twice: an address that is checked stays so.
    """
    now = signing(act, secret)
    if now.outcome or now.email_settled:
        return now
    code = "".join(character for character in typed if character.isascii() and character.isdigit())
    with transaction(act.store.engine) as session:
        row = _live(session, now.draft_id)
        right = row is not None and _takes(act, row, now.said("email"), code)
        if row is not None:
            row.tries += 1
            row.used_at = act.at if right else None
            session.add(row)
    if right:
        return keep(act, secret, email_how="code", email_at=act.at.isoformat(), email_later=False)
    if row is not None and row.tries >= MOST_TRIES:
        raise AnswersNeededError({"code": "That was the last of 5 tries. Send a new code, then enter it"})
    raise AnswersNeededError({"code": WRONG})


def confirm_link(act: Act, secret: str, link: str) -> SigningJourney:
    """Take the link of the message: it opens the signing on any device, and checks the address.

    A link that a newer code has superseded, or that went to another address, only opens it.
    Raises NotFoundError, LinkError.
    """
    now = signing(act, secret)
    with reading(act.store.engine) as session:
        row = session.exec(
            select(EmailCode).where(EmailCode.link_hash == token_hash(link), EmailCode.draft_id == now.draft_id)
        ).first()
    if row is None or row.link_expires_at <= act.at:
        raise LinkError
    mine = row.address_hash == act.store.vault.keyed_hash(now.said("email"))
    if now.outcome or now.email_settled or not mine or row.ended_at is not None:
        return now
    return keep(act, secret, email_how="link", email_at=act.at.isoformat(), email_later=False)


def _live(session: Session, draft_id: str) -> EmailCode | None:
    return session.exec(
        select(EmailCode)
        .where(EmailCode.draft_id == draft_id, col(EmailCode.ended_at).is_(None))
        .order_by(col(EmailCode.sent_at).desc())
        .with_for_update()
    ).first()


def _takes(act: Act, row: EmailCode, address: str, code: str) -> bool:
    return (
        row.tries < MOST_TRIES
        and row.expires_at > act.at
        and row.used_at is None
        and same(row.address_hash, act.store.vault.keyed_hash(address))
        and same(row.code_hash, _hash(act, row.id, code))
    )


def _can_enter(act: Act, now: SigningJourney) -> bool:
    """Say whether a code that went to the address can still be entered."""
    with reading(act.store.engine) as session:
        row = _live(session, now.draft_id)
    to = act.store.vault.keyed_hash(now.said("email"))
    return row is not None and row.address_hash == to and row.expires_at > act.at and row.tries < MOST_TRIES


def _is_fresh(act: Act, now: SigningJourney) -> bool:
    sent = latest(act, now)
    return sent is not None and act.at - sent.sent_at < timedelta(seconds=5)


def _hash(act: Act, row_id: str, code: str) -> str:
    return act.store.vault.keyed_hash(f"{row_id}:{code}")
