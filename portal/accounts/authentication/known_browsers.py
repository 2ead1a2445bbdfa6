"""A browser that has signed in as somebody before: strangers' wrong passwords never make it wait, and a new one is told of.

It holds a cookie that only the portal can make and that is bound to one address. Its tries are counted apart, so that
whoever guesses from elsewhere slows down elsewhere alone. It proves nothing else: the password is still needed. The store
holds the cookie's hash once a whole sign-in has come from it; the first from any other is told to the owner by mail.
"""

from datetime import timedelta

from sqlmodel import Session

from models.accounts import Account, KnownBrowser
from portal.ground.act import Act
from portal.ground.vault import same, token, token_hash
from portal.ground.wording import day_and_time
from portal.record.letters import notify

KNOWN_FOR = 400 * 24 * 60 * 60  # seconds
_NONCE = 43  # signs of a token
_NAME = 12
_FIRST_DAY = timedelta(days=1)  # whoever has just opened their account knows that they signed in


def browser_cookie(act: Act, email: str) -> str:
    """Give the name of the cookie for one address: people who share a browser each have their own."""
    return f"portal_known_{act.store.vault.keyed_hash(f'known-browser-name:{email}')[:_NAME]}"


def known_mark(act: Act, email: str) -> str:
    """Make the cookie's value for a browser that has proved itself."""
    nonce = token()
    return nonce + _proof(act, email, nonce)


def known_as(act: Act, email: str, held: str) -> str:
    """Give the key that a known browser's tries are counted under, '' where the cookie is not ours or not for this address."""
    nonce, proof = held[:_NONCE], held[_NONCE:]
    return nonce if same(proof, _proof(act, email, nonce)) else ""


def mark_of(act: Act, email: str, held: str) -> str:
    """Give the mark that a browser goes on with: the one it holds where that is ours, a new one otherwise."""
    return held if known_as(act, email, held) else known_mark(act, email)


def has_signed_in(session: Session, account: Account, mark: str) -> bool:
    """Say whether a whole sign-in of this person has come from a browser: a right password alone gives it a mark too."""
    row = session.get(KnownBrowser, token_hash(mark)) if mark else None
    return row is not None and row.account_id == account.id


def note_sign_in(session: Session, act: Act, account: Account, mark: str) -> None:
    """Note in the open transaction which browser signed in, and tell the owner where it never had; '' is never known."""
    hashed = token_hash(mark)
    row = session.get(KnownBrowser, hashed) if mark else None
    if row is None and act.at - account.created_at > _FIRST_DAY:
        notify(session, act, "new-browser", account.email, at=day_and_time(act.at))
    if mark:
        row = row or KnownBrowser(mark_hash=hashed, account_id=account.id, first_at=act.at, seen_at=act.at)
        row.seen_at = act.at
        session.add(row)


def _proof(act: Act, email: str, nonce: str) -> str:
    return act.store.vault.keyed_hash(f"known-browser:{email}:{nonce}")
