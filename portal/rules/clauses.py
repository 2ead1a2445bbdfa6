"""The clauses of the agreement that the portal honours, for `portal clauses` and for the tests that name them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.rules.edition.toml_reading import read
from portal.rules.errors import EditionDataError

FILE = Path(__file__).parents[2] / "docs" / "clauses.toml"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause: its id (section.topic), what the agreement asks, and what a user sees the portal do."""

    id: str
    says: str
    portal: str


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
