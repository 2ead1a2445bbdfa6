"""Passwords: what may be one, how it is kept (argon2id), and checking one in the same time for everybody."""

import secrets
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.ground.wording import folded

SHORTEST = 8
LONGEST = 1000  # nobody types more; hashing without a limit would be a way to keep the portal busy
_LIST = Path(__file__).resolve().parent / "common" / "passwords.txt"
_SWAPS = str.maketrans("013457@$!|", "oieastasii")
_WORD = 3  # shorter parts of a name are in half of all passwords
_LEFT = 5  # letters and digits that must remain when the names are taken out

# 19 MiB, two passes, one lane: OWASP's least, about 40 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(4)  # so that many sign-ins at once cannot take the memory


def hash_password(password: str) -> str:
    """Hash a password for keeping (argon2id, its own random salt)."""
    with _AT_ONCE:
        return _hasher.hash(_bytes(password))


def is_right(kept: str | None, password: str) -> bool:
    """Say whether a password is the one whose hash is kept.

    None (nobody has that address) is checked against a hash that nothing matches, so that it takes as long.
    """
    with _AT_ONCE:
        try:
            return _hasher.verify(kept or _nobody(), _bytes(password[: LONGEST + 1])) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with other settings than today's, to be renewed at the next sign-in."""
    return _hasher.check_needs_rehash(kept)


def problem_with(password: str, names: Iterable[str] = ()) -> str:
    """Say what is wrong with a new password, '' where nothing is.

    Args:
        password: as typed; nothing is cut off or trimmed.
        names: the person's own words (e-mail address, name, organisation, partnership), which must not make up most of it.

    Returns: a sentence that says how to mend it. No rule asks for digits or signs (NCSC; OWASP ASVS 5.0 V6.2).
    """
    if not password:
        return "Enter a password"
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more. Three words that do not belong together work well"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST:,} characters or fewer"
    if len(set(password)) <= 2 or is_common(password):  # noqa: PLR2004 - aaaaaaaa, abababab
        return "Many people use this password, so it is tried first. Choose three words that do not belong together"
    if _is_made_of(password, names):
        return "Password must not be your name, your e-mail address or your organisation. Choose three other words"
    return ""


def is_common(password: str) -> bool:
    """Say whether a password, or the word it was dressed up from, is among those that many people use."""
    plain = password.casefold().strip()
    forms = {plain, _trimmed(plain), plain.translate(_SWAPS), _trimmed(plain).translate(_SWAPS)}
    return any(form in _common() for form in forms if form)


def warm_up() -> None:
    """Read the list and make the stand-in hash now, so that the first refusal takes no longer than the next."""
    _common()
    _nobody()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line and not line.startswith("# "))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash(secrets.token_bytes(32))


def _bytes(password: str) -> bytes:
    """Write é the same way whichever keyboard typed it; a half character from a broken paste is no reason to fail."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _trimmed(text: str) -> str:
    """Take digits and signs off both ends: Password1! is dressed up from password."""
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _is_made_of(password: str, names: Iterable[str]) -> bool:
    text = _letters(password)
    parts = {_letters(part) for name in names for part in folded(name).replace("@", " ").replace(".", " ").split()}
    found = sorted((part for part in parts if len(part) >= _WORD and part in text), key=len, reverse=True)
    for part in found:
        text = text.replace(part, "")
    return bool(found) and len("".join(c for c in text if c.isalpha())) < _LEFT


def _letters(text: str) -> str:
    return "".join(c for c in folded(text) if c.isalnum())
