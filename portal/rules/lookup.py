"""Look something up by its id, and say what was looked for where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from portal.rules.errors import UnknownIdError

T = TypeVar("T")


def pick(known: Mapping[str, T], wanted: str, what: str) -> T:
    """Give the entry of this id, or raise UnknownIdError naming `what` in the singular."""
    try:
        return known[wanted]
    except KeyError:
        raise UnknownIdError(what, wanted) from None
