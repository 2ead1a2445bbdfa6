"""A browser that has signed in as somebody before: strangers' wrong passwords never make it wait.

It holds a cookie that only the portal can make and that is bound to one address. Its tries are counted apart, so that
whoever guesses from elsewhere slows down elsewhere alone. It proves nothing else: the password is still needed.
"""

import hmac

from portal.ground.act import Act
from portal.ground.vault import token

KNOWN_FOR = 400 * 24 * 60 * 60  # seconds
_NONCE = 43  # signs of a token
_NAME = 12


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
    return nonce if hmac.compare_digest(proof.encode(), _proof(act, email, nonce).encode()) else ""


def _proof(act: Act, email: str, nonce: str) -> str:
    return act.store.vault.keyed_hash(f"known-browser:{email}:{nonce}")
