"""Encryption at rest, and the keyed hashes under which secrets are looked up."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
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
    keys can be renewed. `pepper` keys the hashes of short secrets (codes, addresses); it stays, since what was hashed
    is not kept and could not be hashed again.
    """

    keys: dict[str, bytes]
    current: str
    pepper: bytes
    file: Path | None = None  # where the keys came from; the seal of documents lives beside them

    @property
    def home(self) -> Path | None:
        """Give the folder of the keys."""
        return self.file.parent if self.file is not None else None

    @property
    def ring(self) -> "Vault":
        """Give the keys as their file has them now: another process may have renewed them. Raises UnsafeStartError."""
        if self.file is None or not self.file.exists():
            return self
        now = _kept(self.file)
        if now.pepper != self.pepper or any(now.keys.get(name, key) != key for name, key in self.keys.items()):
            raise UnsafeStartError(f"The key file {self.file.name} is of another portal. Put this portal's own back.")
        return now

    def seal(self, value: bytes, place: str) -> bytes:
        """Encrypt `value` for one `place` ("table.column:row"); it opens nowhere else (AES-256-GCM)."""
        ring, nonce = self.ring, secrets.token_bytes(_NONCE_BYTES)
        return mark(ring.current) + nonce + AESGCM(ring.keys[ring.current]).encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt what `seal` made for this `place`. Raises DamagedSecretError."""
        end = 1 + int.from_bytes(sealed[:1])
        name, rest = sealed[1:end].decode(errors="replace"), sealed[end:]
        key = self.keys.get(name) or self.ring.keys.get(name)
        if key is None or len(rest) < _NONCE_BYTES:
            raise DamagedSecretError
        try:
            return AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
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


def same(given: str, known: str) -> bool:
    """Say whether two texts are the same, in a time that tells nothing of where they differ; of any letters."""
    return hmac.compare_digest(given.encode(errors="replace"), known.encode(errors="replace"))


def token_hash(secret: str) -> str:
    """Hash a long random secret for keeping (SHA-256, hexadecimal)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def mark(name: str) -> bytes:
    """Give the bytes that what a key sealed begins with."""
    return bytes([len(name.encode())]) + name.encode()


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
    return _kept(path)


def add_key(vault: Vault) -> str:
    """Put a new key into the file: from now on everything is sealed with it, and older ones open what they sealed."""
    ring = vault.ring
    name = f"k{max(int(each[1:]) for each in ring.keys) + 1}"
    _rewrite(ring, name, {**ring.keys, name: secrets.token_bytes(KEY_BYTES)})
    return name


def drop_older_keys(vault: Vault) -> None:
    """Leave only the current key in the file. What an older one sealed opens never again with it."""
    ring = vault.ring
    _rewrite(ring, ring.current, {ring.current: ring.keys[ring.current]})


def _kept(path: Path) -> Vault:
    found = path.stat()
    return _read(path, (found.st_mtime_ns, found.st_ctime_ns))


@lru_cache(maxsize=4)
def _read(path: Path, _changed: tuple[int, int]) -> Vault:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UnsafeStartError(
            f"The key file {path.name} can be read by other people of this machine. Run: chmod 600 on it."
        )
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        keys = {name: base64.b64decode(value) for name, value in kept["keys"].items()}
        vault = Vault(keys=keys, current=kept["current"], pepper=base64.b64decode(kept["pepper"]), file=path)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise UnsafeStartError(f"The key file {path.name} is damaged. Restore it from a backup.") from error
    if vault.current not in keys or any(len(key) != KEY_BYTES for key in [*keys.values(), vault.pepper]):
        raise UnsafeStartError(f"The key file {path.name} holds a key that is too short. Restore it from a backup.")
    return vault


def _make(path: Path) -> None:
    """Write fresh keys whole or not at all; where two processes start at once, the first one's keys hold."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = secrets.token_bytes(KEY_BYTES)
    with _draft(path, "k1", {"k1": fresh}, secrets.token_bytes(KEY_BYTES)) as draft, suppress(FileExistsError):
        path.hardlink_to(draft)


def _rewrite(ring: Vault, current: str, keys: Mapping[str, bytes]) -> None:
    """Put other keys in the place of a ring's, whole or not at all, and onto the disk before anything is sealed with them."""
    if ring.file is None:
        raise UnsafeStartError("These keys have no file. Start the portal with its key file.")
    try:
        with _draft(ring.file, current, keys, ring.pepper) as draft:
            draft.replace(ring.file)
            if os.name == "posix":
                folder = os.open(ring.file.parent, os.O_RDONLY)
                os.fsync(folder)
                os.close(folder)
    except OSError as error:
        raise UnsafeStartError(
            f"The key file {ring.file.name} cannot be written. It stays as it was. Check its folder."
        ) from error


@contextmanager
def _draft(path: Path, current: str, keys: Mapping[str, bytes], pepper: bytes) -> Iterator[Path]:
    """Write a key file beside its place (mode 0600), onto the disk; it is gone at the end unless it was moved."""
    told = {"current": current, "keys": {name: _text(key) for name, key in keys.items()}, "pepper": _text(pepper)}
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
