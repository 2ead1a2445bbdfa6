"""How much lawful content the grammars keep whole of a county on which nothing was tuned, with and without its lists."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from portal.privacy.grammar.area import area
from portal.privacy.grammar.category import wording
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.place import place
from portal.privacy.grammar.school import school

FILE = Path(__file__).parent / "cases" / "returns" / "county.toml"
KINDS: dict[str, Callable[[str, LocalLists], str]] = {
    "streets": lambda text, lists: place(text, lists).text,
    "schools": lambda text, lists: school(text, lists).text,
    "places": lambda text, lists: place(text, lists).text,
    "areas": lambda text, lists: area(text, lists).text,
    "categories": lambda text, _lists: wording(text).text,
}
NUMBERED = {"outside 14 Exe Street": "Exe Street"}  # a house's number goes, as it must


def words_of(kind: str) -> list[str]:
    """Give the lawful texts of a kind."""
    told = tomllib.loads(FILE.read_text("utf-8"))[kind]
    return [text for line in told.strip().split("\n") for text in line.split("|")]


def lists_of_the_county() -> LocalLists:
    """Give the lists as an officer would load them."""
    return LocalLists.of(
        {
            "streets": [text for text in words_of("streets") if text not in NUMBERED],
            "schools": words_of("schools"),
            "places": words_of("places"),
            "wards": words_of("areas"),
        }
    )


def lost(kind: str, lists: LocalLists = NONE) -> list[str]:
    """Give the texts of a kind that are not kept whole."""
    return [text for text in words_of(kind) if KINDS[kind](text, lists) != NUMBERED.get(text, text)]


def main() -> None:
    """Print the share kept whole, and what was lost."""
    for kind in KINDS:
        for name, lists in (("without lists", NONE), ("with lists", lists_of_the_county())):
            gone, every = lost(kind, lists), len(words_of(kind))
            sys.stdout.write(
                f"{kind} {name}: {100 * (every - len(gone)) / every:.1f} % of {every}; lost: {'; '.join(gone)}\n"
            )


if __name__ == "__main__":
    main()
