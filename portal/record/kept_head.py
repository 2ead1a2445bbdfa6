"""The head of the record, kept outside the store: beside the keys, and signed with one of them.

A chain that is whole says nothing of entries that were cut off its end together with its head, nor of a store of
yesterday that was put back: whoever can do that to the store cannot do it to this file.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.ground.act import Store
from portal.ground.vault import Vault, same
from portal.record.audit import head, holds

FILE = "record-head.json"


@dataclass(frozen=True, kw_only=True)
class KeptHead:
    """A head as it stood at a moment (ISO 8601); `restored` where a backup was put back then."""

    number: int
    hash: str
    at: str
    restored: bool = False


def keep_head(store: Store, at: datetime, *, restored: bool = False) -> bool:
    """Keep the head as it stands now; returns whether it was written. One that does not follow the kept one is not.

    `restored` keeps it whatever was kept before: a backup was put back, on purpose, and that is noted.
    """
    path = _path(store.vault)
    if path is None or (not restored and difference(store)):
        return False
    number, newest = head(store)
    before = _kept(store.vault)
    if before is not None and before.number == number and not restored:
        return False
    now = KeptHead(number=number, hash=newest, at=at.isoformat(), restored=restored)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({**now.__dict__, "signed": _signed(store.vault, now)}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return True


def difference(store: Store) -> str:
    """Say how the store disagrees with the head that was kept outside it; '' where it agrees or none was kept."""
    path = _path(store.vault)
    if path is None or not path.exists():
        return ""
    kept = _kept(store.vault)
    if kept is None:
        return f"The head of the record that was kept outside the store ({FILE}) was altered."
    number, _ = head(store)
    if number < kept.number:
        return (
            f"The record stands at entry {number}, but it had reached entry {kept.number} on {kept.at[:16]}: entries "
            "were cut off, or an older store was put back."
        )
    if not holds(store, kept.hash):
        return f"The record is not the one that stood at entry {kept.number} on {kept.at[:16]}: it was rewritten."
    return ""


def _path(vault: Vault) -> Path | None:
    return None if vault.home is None else vault.home / FILE


def _kept(vault: Vault) -> KeptHead | None:
    path = _path(vault)
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
        told = json.loads(path.read_text(encoding="utf-8")) if path is not None else {}
        signed = str(told.pop("signed"))
        kept = KeptHead(**told)
        if same(signed, _signed(vault, kept)):
            return kept
    return None


def _signed(vault: Vault, kept: KeptHead) -> str:
    return vault.keyed_hash(f"record-head:{kept.number}:{kept.hash}:{kept.at}:{kept.restored}")
