"""The guides as data: their words stand in one file, their pictures are taken of the demonstration by a script."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.ground.act import Person, Role
from portal.ground.errors import NotFoundError

_WORDS = Path(__file__).resolve().parent / "data" / "guides.toml"
PICTURES = Path(__file__).resolve().parents[1] / "assets" / "guides"


@dataclass(frozen=True, kw_only=True)
class GuideStep:
    """One step: its words, the sentence that stands on the card, where it is done, and a picture ('' where it has none).

    `opens` is what the script presses before it takes the picture, where the page alone does not show it.
    """

    title: str
    words: tuple[str, ...]
    card: str
    page: str
    picture: str = ""
    alt: str = ""
    opens: str = ""

    @property
    def file(self) -> Path | None:
        """Say where the picture is; None where there is none, or it was not taken yet."""
        found = PICTURES / f"{self.picture}.png"
        return found if self.picture and found.is_file() else None


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The guide of one role. `seen_by` is who of the demonstration the pictures are taken as ('' is the public)."""

    id: str
    title: str
    about: str
    seen_by: str
    steps: tuple[GuideStep, ...]


@lru_cache(maxsize=1)
def guides() -> tuple[Guide, ...]:
    """Give every guide, in the order of the file."""
    told = tomllib.loads(_WORDS.read_text(encoding="utf-8"))["guide"]
    return tuple(
        Guide(
            id=one["id"],
            title=one["title"],
            about=one["about"],
            seen_by=one["seen_by"],
            steps=tuple(GuideStep(**{**step, "words": tuple(step["words"])}) for step in one["step"]),
        )
        for one in told
    )


def guide_of(person: Person) -> Guide:
    """Give the guide of somebody's own work: of several roles the one that asks most of them; of none the public's."""
    return guide(next((role.value for role in reversed(Role) if person.holds(role)), "public"))


def guide(guide_id: str) -> Guide:
    """Give the guide of a role. Raises NotFoundError."""
    found = next((one for one in guides() if one.id == guide_id), None)
    if found is None:
        raise NotFoundError
    return found
