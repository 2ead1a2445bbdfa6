"""What a disclosure at a meeting may be for: the aims of the agreement (s2), one of them for each disclosure."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("purposes.toml")


@dataclass(frozen=True, kw_only=True)
class DisclosurePurpose:
    """One aim; `words` stand in the edition's own text."""

    id: str
    title: str
    words: str


PURPOSES = tuple(DisclosurePurpose(**one) for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["purpose"])
TITLES = {one.id: one.title for one in PURPOSES}
