"""The passages of an edition's text: paragraphs, list items and tables, each at its place. Pure functions."""

import hashlib
import re
from dataclasses import dataclass

_PART = re.compile(r"^## +(.+)$")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+")
APART = frozenset(
    {"summary sheet", "version record", "contents"}
)  # made from the edition's own data, not from its text


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage: the part it stands in, its number in that part, and where in the whole text it begins and ends."""

    part: str
    number: int
    start: int
    end: int
    words: str

    @property
    def is_heading(self) -> bool:
        """Say whether this is a heading inside its part."""
        return self.words.startswith("#")

    @property
    def mark(self) -> str:
        """Give what knows this passage again in any edition: a hash of its words, spaces and line ends aside."""
        return mark_of(self.words)


def passages(text: str) -> tuple[Passage, ...]:
    """Cut a text into its passages, in order; titles of parts, and parts made from data, are no passages."""
    found: list[Passage] = []
    part, number, begun, place, kind = "", 0, -1, 0, ""

    def close(end: int) -> None:
        nonlocal begun, number
        if begun >= 0 and part and part.lower() not in APART:
            number += 1
            words = text[begun:end].rstrip()
            found.append(Passage(part=part, number=number, start=begun, end=begun + len(words), words=words))
        begun = -1

    for line in text.splitlines(keepends=True):
        title, what = _PART.match(line), _kind(line)
        if title or what in {"blank", "item", "heading"} or (what == "table") != (kind == "table"):
            close(place)
        if title:
            part, number = title.group(1).strip(), 0
        elif what != "blank" and begun < 0:
            begun = place
        kind = what
        place += len(line)
    close(place)
    return tuple(found)


def passage_at(text: str, part: str, number: int) -> Passage | None:
    """Give the passage of a part by its number, None where there is none."""
    return next((one for one in passages(text) if (one.part, one.number) == (part, number)), None)


def replaced(text: str, passage: Passage, words: str) -> str:
    """Give the text with other words in the place of a passage; none take it out, with the line it stood on."""
    if words:
        return text[: passage.start] + words + text[passage.end :]
    rest = text[passage.end :]
    return text[: passage.start] + rest.removeprefix("\n" if rest.startswith("\n") else "")


def mark_of(words: str) -> str:
    """Give the mark of a passage's words."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def _kind(line: str) -> str:
    bare = line.strip()
    if not bare:
        return "blank"
    if bare.startswith("#"):
        return "heading"
    if bare.startswith("|"):
        return "table"
    return "item" if _ITEM.match(line) else "words"
