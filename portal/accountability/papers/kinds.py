"""Which papers there are, as data: their law, who keeps them, what is asked for each, how many sign; pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from portal.ground.errors import NotFoundError

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, kw_only=True)
class AccountabilityQuestion:
    """A thing that only the body itself can say."""

    key: str
    prompt: str
    hint: str
    needed: bool


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper. `each`: 'data_set' where there is one for each; `read`: what was read of its law; `verified`: whether that is all."""

    id: str
    title: str
    about: str
    law: str
    verified: bool
    read: str
    owner: Literal["partnership", "both"]
    signatures: int
    review_months: int
    questions: tuple[AccountabilityQuestion, ...]
    each: Literal["", "data_set"] = ""


@dataclass(frozen=True, kw_only=True)
class PaperSubject:
    """What a paper is about: its kind, the data set (or ''), the organisation (or None: the partnership)."""

    kind: PaperKind
    organisation_id: str | None = None
    data_set: str = ""

    @property
    def code(self) -> str:
        """Give what an address and the store call it."""
        return f"{self.kind.id}:{self.data_set}:{self.organisation_id or ''}"


@cache
def paper_kinds() -> tuple[PaperKind, ...]:
    """Give the kinds, in their order."""
    return tuple(
        PaperKind(**{**one, "questions": tuple(AccountabilityQuestion(**asked) for asked in one["questions"])})
        for one in told("papers")["paper"]
    )


def paper_kind(kind_id: str) -> PaperKind:
    """Give a kind by its id. Raises NotFoundError."""
    found = next((one for one in paper_kinds() if one.id == kind_id), None)
    if found is None:
        raise NotFoundError
    return found


@cache
def told(name: str) -> dict[str, Any]:
    """Read one of the files of sentences."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
