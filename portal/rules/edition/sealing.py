"""Seals: the SHA-256 of every file of the rules, so that nobody can change a word unseen."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from portal.rules.errors import SealBrokenError

SEAL = "SEAL"


def sealed_files(folder: Path) -> dict[str, bytes]:
    """Read a folder's files in the fixed order of its seal, refusing any that does not match.

    Returns: file name to contents, line ends as LF, so that a check-out on Windows gives the same hash.

    Raises:
        SealBrokenError: a file was altered, is missing, or has no seal.
    """
    sealed = _seal(folder)
    contents: dict[str, bytes] = {}
    for name, digest in sealed.items():
        try:
            contents[name] = _lf((folder / name).read_bytes())
        except OSError as error:
            raise SealBrokenError(f"{folder.name}/{name}", "the file is missing.") from error
        if sha256(contents[name]).hexdigest() != digest:
            raise SealBrokenError(f"{folder.name}/{name}", "the text does not match its seal.")
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != SEAL and path.name not in sealed:
            raise SealBrokenError(f"{folder.name}/{path.name}", "the file has no seal.")
    return contents


def whole_hash(contents: dict[str, bytes]) -> str:
    """Give the SHA-256 (64 hex digits) over all files, one after the other in the order of the seal."""
    total = sha256()
    for content in contents.values():
        total.update(content)
    return total.hexdigest()


def make_seal(folder: Path) -> str:
    """Give the text of a seal for the files that lie in a folder now, one `digest  name` a line, by name."""
    lines = [
        f"{sha256(_lf(path.read_bytes())).hexdigest()}  {path.name}"
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != SEAL
    ]
    return "\n".join(lines) + "\n"


def _seal(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SEAL).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SealBrokenError(f"{folder.name}/{SEAL}", "the seal is missing.") from error
    entries = [line.partition("  ") for line in lines if line.strip()]
    return {name: digest for digest, _, name in entries}


def _lf(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
