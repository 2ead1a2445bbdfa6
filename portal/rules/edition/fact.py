"""What every entry of an edition has in common: where it stands, and whether it was checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EditionEntry:
    """One entry of an edition.

    `ref` is the place in the agreement. `verified` is None where the edition is its own source (2009), else whether
    the fact was found in the `source` that was read; the edition's `law_as_of` is the date it was read for.
    """

    ref: str
    verified: bool | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class AnnotatedEntry(EditionEntry):
    """An entry that may carry a note for whoever checks it."""

    note: str = ""
