"""Editions of the agreement: sealed folders of data, read once into frozen types.

An edition whose law or rules are put right keeps its id and gets a new hash. The folder as it was sealed before stays
under `data/past`, so that whatever was signed, asked or decided by it is shown in the words of its day.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from portal.rules.edition.edition_type import Edition, facts, identity, table_of
from portal.rules.edition.fact import EditionEntry
from portal.rules.edition.placeholders import fill, open_blanks
from portal.rules.edition.references import check
from portal.rules.edition.sealing import sealed_files, whole_hash
from portal.rules.edition.toml_reading import read_any
from portal.rules.errors import EditionDataError, SealBrokenError, UnknownEditionError, UnknownRevisionError

__all__ = [
    "Edition",
    "UnverifiedFact",
    "edition",
    "edition_in_force",
    "edition_recorded",
    "editions",
    "fill",
    "load",
    "open_blanks",
    "same_promise",
    "unverified",
]

FOLDER = Path(__file__).parents[1] / "data" / "editions"
PAST = Path(__file__).parents[1] / "data" / "past"
TEXT = "agreement.md"
SHORT_HASH = 8  # of a past folder's name: 2026-29d6f9c2


@cache
def edition(edition_id: str) -> Edition:
    """Give an edition by its id; read and checked once, since an edition cannot change.

    Raises:
        UnknownEditionError: no edition has this id.
        SealBrokenError: a file does not match its seal.
        EditionDataError: a file has a key or a value it must not have.
    """
    known = _known()
    if edition_id not in known:
        raise UnknownEditionError(edition_id, known)
    return load(FOLDER / edition_id)


def edition_recorded(edition_id: str, sha256: str) -> Edition:
    """Give an edition as it stood when something was recorded by it, told by its hash.

    Raises:
        UnknownEditionError: no edition has this id.
        UnknownRevisionError: this release has no such text of the edition.
        SealBrokenError: a file does not match its seal, or the folder's texts are not those of its name.
    """
    now = edition(edition_id)
    if now.hash == sha256:
        return now
    folder = PAST / f"{edition_id}-{sha256[:SHORT_HASH]}"
    if len(sha256) != len(now.hash) or not sha256.isalnum() or not folder.is_dir():
        raise UnknownRevisionError(edition_id, sha256)
    found = _past(folder)
    if found.hash != sha256:
        raise SealBrokenError(folder.name, "the texts are not those that its name tells.")
    return found


def past_editions(edition_id: str) -> tuple[Edition, ...]:
    """Give the earlier texts of an edition that are kept for what was recorded by them."""
    folders = sorted(PAST.glob(f"{edition_id}-*")) if PAST.is_dir() else []
    return tuple(_past(folder) for folder in folders)


def same_promise(of: Edition) -> frozenset[str]:
    """Give the hashes of every text of an edition whose confidentiality form reads as this one's does (s10, App 2)."""
    earlier = (one for one in past_editions(of.id) if _promise(one) == _promise(of))
    return frozenset({of.hash, *(one.hash for one in earlier)})


def _promise(of: Edition) -> tuple[object, ...]:
    return (of.confidentiality, of.undertakings)


@cache
def _past(folder: Path) -> Edition:
    return load(folder)


def editions() -> tuple[Edition, ...]:
    """Give all editions, the oldest first."""
    return tuple(sorted((edition(edition_id) for edition_id in _known()), key=lambda one: one.about.law_as_of))


def edition_in_force(on: date) -> Edition:
    """Give the newest edition whose law is of `on` or before; a day before them all gives the oldest."""
    every = editions()
    return next((one for one in reversed(every) if one.about.law_as_of <= on), every[0])


@cache
def _known() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith(".")))


def load(folder: Path) -> Edition:
    """Read an edition's folder: seal, types, ids and references, in that order.

    Raises:
        SealBrokenError: a file does not match its seal.
        EditionDataError: unknown, missing or mistyped keys, ids used twice, references to nothing.
    """
    files = sealed_files(folder)
    if TEXT not in files:
        raise EditionDataError(f"{folder.name}/{TEXT}", "text", "the edition has no text to read and sign")
    values: dict[str, Any] = {"hash": whole_hash(files), "text": files[TEXT].decode()}
    origin: dict[str, str] = {}
    for name, content in files.items():
        if name.endswith(".toml"):
            _read_file(f"{folder.name}/{name}", content, values, origin)
    for field in dataclasses.fields(Edition):
        if field.name not in values and field.default is dataclasses.MISSING:
            raise EditionDataError(folder.name, table_of(field.name), "missing table")
    made = Edition(**values)
    check(made, origin)
    return made


def _read_file(file: str, content: bytes, values: dict[str, Any], origin: dict[str, str]) -> None:
    hints = get_type_hints(Edition)
    try:
        tables = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionDataError(file, "file", f"is not TOML ({error})") from error
    for table, raw in tables.items():
        name = "about" if table == "edition" else table
        hint = hints.get(name)
        if hint in (None, str) or table == "about":
            raise EditionDataError(file, table, "unknown table")
        if name in values:
            raise EditionDataError(file, table, f"stands in {origin[name]} already")
        origin[name] = file
        values[name] = read_any(hint, raw, file, table)


@dataclass(frozen=True, kw_only=True)
class UnverifiedFact:
    """A fact that was not confirmed by a source that was read; `as_of` is the day of the law it claims."""

    table: str
    id: str
    label: str
    source: str
    ref: str
    as_of: date


def unverified(of: Edition) -> tuple[UnverifiedFact, ...]:
    """List the facts of an edition that are not verified, for the public mark and the manager's list."""
    return tuple(
        UnverifiedFact(
            table=table,
            id=identity(fact),
            label=_label(fact),
            source=fact.source,
            ref=fact.ref,
            as_of=of.about.law_as_of,
        )
        for table, fact in facts(of)
        if fact.verified is False
    )


def _label(fact: EditionEntry) -> str:
    names = ("title", "short", "label", "action", "role", "text", "change")
    return next((str(getattr(fact, name)) for name in names if hasattr(fact, name)), "")
