"""Encryption at rest, and the keyed hashes under which secrets are looked up."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.ground.errors import UnsafeStartError

KEY_BYTES = 32
_NONCE_BYTES = 12


class DamagedSecretError(UnsafeStartError):
    """A sealed value does not open: the key is not the one it was sealed with, or the value was altered."""

    message = "Something kept under seal cannot be opened with this portal's keys."


@dataclass(frozen=True, repr=False)
class Vault:
    """The keys of this portal.

    `keys` maps a key's name to 32 bytes; values are sealed with `current` and opened with the key they name, so that
    keys can be renewed. `pepper` keys the hashes of short secrets (codes, addresses).
    """

    keys: dict[str, bytes]
    current: str
    pepper: bytes
    home: Path | None = None  # the folder the keys came from; the seal of documents lives beside them

    def seal(self, value: bytes, place: str) -> bytes:
        """Encrypt `value` for one `place` ("table.column:row"); it opens nowhere else (AES-256-GCM)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        name = self.current.encode()
        return bytes([len(name)]) + name + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what `seal` made for this `place`. Raises DamagedSecretError."""
        length = sealed[0]
        name, rest = sealed[1 : 1 + length].decode(errors="replace"), sealed[1 + length :]
        if name not in self.keys:
            raise DamagedSecretError
        try:
            return AESGCM(self.keys[name]).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
        except InvalidTag as error:
            raise DamagedSecretError from error

    def seal_text(self, text: str, place: str) -> bytes:
        """Encrypt text; see `seal`."""
        return self.seal(text.encode(), place)

    def open_text(self, sealed: bytes, place: str) -> str:
        """Decrypt text; see `open`."""
        return self.open(sealed, place).decode()

    def keyed_hash(self, text: str) -> str:
        """Hash a short secret so that it can be looked up but not guessed offline (HMAC-SHA-256, hexadecimal)."""
        return hmac.new(self.pepper, text.encode(), hashlib.sha256).hexdigest()

    def derived_key(self, purpose: str) -> bytes:
        """Give a key for one purpose, which tells nothing of the others."""
        return hmac.digest(self.pepper, f"key:{purpose}".encode(), "sha256")


def token() -> str:
    """Make a secret for a link or a cookie: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(secret: str) -> str:
    """Hash a long random secret for keeping (SHA-256, hexadecimal)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_vault(path: Path, *, may_make: bool) -> Vault:
    """Read the keys from `path`, or make them there (mode 0600) when nothing has been sealed yet.

    Raises UnsafeStartError where data exist but their keys do not, or the file is readable by others or damaged.
    """
    if not path.exists():
        if not may_make:
            raise UnsafeStartError(
                f"The data are here but their keys are not. Put the key file back at {path.name}, or restore a backup with its keys."
            )
        _make(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UnsafeStartError(
            f"The key file {path.name} can be read by other people of this machine. Run: chmod 600 on it."
        )
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        keys = {name: base64.b64decode(value) for name, value in kept["keys"].items()}
        vault = Vault(keys=keys, current=kept["current"], pepper=base64.b64decode(kept["pepper"]), home=path.parent)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise UnsafeStartError(f"The key file {path.name} is damaged. Restore it from a backup.") from error
    if vault.current not in keys or any(len(key) != KEY_BYTES for key in [*keys.values(), vault.pepper]):
        raise UnsafeStartError(f"The key file {path.name} holds a key that is too short. Restore it from a backup.")
    return vault


def _make(path: Path) -> None:
    """Write fresh keys whole or not at all; where two processes start at once, the first one's keys hold."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = {"current": "k1", "keys": {"k1": _random()}, "pepper": _random()}
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(fresh, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
