"""The clauses of the agreement that the portal honours, for `portal clauses` and for the tests that name them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from portal.rules.edition.toml_reading import read
from portal.rules.errors import EditionDataError

FILE = Path(__file__).parents[2] / "docs" / "clauses.toml"


@dataclass(frozen=True, kw_only=True)
class Break:
    """What takes a clause's feature out: in `file` the text `find`, which stands there once, becomes `replace`."""

    file: str
    find: str
    replace: str

    @property
    def digest(self) -> str:
        """Give the SHA-256 by which a proof names this break."""
        return sha256(f"{self.file}\0{self.find}\0{self.replace}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause: its id (section.topic), what the agreement asks, what a user sees the portal do, and what breaks it."""

    id: str
    says: str
    portal: str
    breaks: tuple[Break, ...] = ()


@cache
def clauses() -> tuple[Clause, ...]:
    """Give every clause in the order of the agreement.

    Raises:
        EditionDataError: a clause has an unknown or missing key, or stands twice.
    """
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = tuple(read(Clause, one, FILE.name, f"clause[{place}]") for place, one in enumerate(raw["clause"], start=1))
    ids = [clause.id for clause in found]
    for clause_id in ids:
        if ids.count(clause_id) > 1:
            raise EditionDataError(FILE.name, clause_id, "stands twice")
    return found
