"""How much lawful content the grammars keep whole of a county on which nothing was tuned, with and without its lists."""

import random
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from portal.privacy.grammar.area import area
from portal.privacy.grammar.category import wording
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.place import place
from portal.privacy.grammar.school import school
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.rules.datasets.quarters import Quarter

FILE = Path(__file__).parent / "cases" / "returns" / "county.toml"
KINDS: dict[str, Callable[[str, LocalLists], str]] = {
    "streets": lambda text, lists: place(text, lists).text,
    "schools": lambda text, lists: school(text, lists).text,
    "places": lambda text, lists: place(text, lists).text,
    "areas": lambda text, lists: area(text, lists).text,
    "categories": lambda text, _lists: wording(text).text,
}
NUMBERED = {"outside 14 Exe Street": "Exe Street"}  # a house's number goes, as it must


@cache
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


# As offices write places: what is sent, and what of it ought to be kept.
FORMS = (
    ("{street}", "{street}"),
    ("{number} {street}", "{street}"),
    ("Outside {number} {street}", "{street}"),
    ("{street}, {area}", "{street}, {area}"),
    ("junction of {street} and {other}", "junction of {street} and {other}"),
    ("{street} / {other}", "{street} / {other}"),
    ("outside {place}", "outside {place}"),
    ("{place}, {street}", "{place}, {street}"),
    ("{street} near {school}", "{street} near {school}"),
    ("{street} opposite {place}", "{street} opposite {place}"),
    ("rear of {place}, {street}, {area}", "rear of {place}, {street}, {area}"),
    ("car park of {place}", "car park of {place}"),
)
CELLS = 20_000


def cells_of_the_county(number: int = CELLS) -> list[tuple[str, str]]:
    """Draw cells as an office of the county writes them, of its streets, places, schools and wards: sent, and ought to be kept."""
    chance = random.Random(11)  # noqa: S311 - the same cells in each run
    streets = [text.split(",")[0] for text in words_of("streets") if not any(map(str.isdigit, text))]
    found = []
    for _ in range(number):
        street, other = chance.sample(streets, 2)
        place_, school_, area_ = (chance.choice(words_of(kind)) for kind in ("places", "schools", "areas"))
        parts = {"street": street, "other": other, "place": place_, "school": school_, "area": area_}
        sent, kept = (form.format(number=chance.randrange(1, 200), **parts) for form in chance.choice(FORMS))
        found.append((sent, kept))
    return found


def main() -> None:
    """Print the share kept whole, and what was lost."""
    for kind in KINDS:
        for name, lists in (("without lists", NONE), ("with lists", lists_of_the_county())):
            gone, every = lost(kind, lists), len(words_of(kind))
            sys.stdout.write(
                f"{kind} {name}: {100 * (every - len(gone)) / every:.1f} % of {every}; lost: {'; '.join(gone)}\n"
            )
    cells = cells_of_the_county()
    for name, lists in (("without lists", NONE), ("with lists", lists_of_the_county())):
        gone = [sent for (sent, ought), kept in zip(cells, stored(cells, lists), strict=True) if kept != ought]
        share = 100 * (len(cells) - len(gone)) / len(cells)
        sys.stdout.write(
            f"cells as written {name}: {share:.1f} % of {len(cells):,}; lost: {'; '.join(sorted(set(gone))[:40])}\n"
        )


def stored(cells: list[tuple[str, str]], lists: LocalLists) -> list[str | None]:
    """Take cells the whole path of an upload, and give what is stored of each."""
    rows = ["Date,Category,Street", *(f'03/07/2026,Noise,"{sent}"' for sent, _ in cells)]
    wanted = ReturnOptions("la-asb", Quarter(2026, 3), "2026", lists=lists)
    table = work("\n".join(rows).encode(), wanted).table
    if table is None:
        raise SystemExit("the bench's own file was not accepted")
    return [str(one) if one is not None else None for one in table["location"].to_pylist()]


if __name__ == "__main__":
    main()
