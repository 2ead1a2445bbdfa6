"""Load the agencies' own words for columns: what heads a field, and what heads a column that is never kept."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.returns.matching.heading_text import key

_FILE = Path(__file__).parents[1] / "data" / "headings.toml"
_WORDINGS = Path(__file__).parents[1] / "data" / "category_aliases.toml"


@dataclass(frozen=True)
class Synonyms:
    """Headings by what they head; all as keys (see `headings.key`)."""

    sure: Mapping[str, frozenset[str]]
    weak: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]  # field -> headings of columns whose numbers are added to make it
    values: Mapping[str, Mapping[str, frozenset[str]]]  # field -> code -> what heads a column of such counts
    dropped: Mapping[str, str]  # heading -> what such a column holds
    person: frozenset[str]
    late: frozenset[str]
    neutral: frozenset[str]

    def of(self, data_set: str, field: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the sure and the weak headings of a field, those of this data set alone included."""
        own = f"{data_set}.{field}"
        nothing: frozenset[str] = frozenset()
        return (
            self.sure.get(own, nothing) | self.sure.get(field, nothing),
            self.weak.get(own, nothing) | self.weak.get(field, nothing),
        )


@cache
def wordings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the agencies' own words for codes: list -> code -> phrases; read once."""
    with _WORDINGS.open("rb") as file:
        return tomllib.load(file)


@cache
def synonyms() -> Synonyms:
    """Return the words of the product's own list; read once."""
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    fields = data["fields"]
    return Synonyms(
        sure=_headings(fields, "sure"),
        weak=_headings(fields, "weak"),
        parts={name: frozenset(map(key, headings)) for name, headings in data["parts"].items()},
        values={
            name: {code: frozenset(map(key, phrases)) for code, phrases in codes.items()}
            for name, codes in data["values"].items()
        },
        dropped={key(heading): what for what, headings in data["drop"].items() for heading in headings},
        person=frozenset(data["qualifiers"]["person"]),
        late=frozenset(data["qualifiers"]["late"]),
        neutral=frozenset(word for phrase in data["qualifiers"]["neutral"] for word in phrase.split()),
    )


def _headings(fields: Mapping[str, Mapping[str, Sequence[str] | str]], how: str) -> dict[str, frozenset[str]]:
    """Return the headings of each field, with those of the field that it is like."""
    every = {
        name: [*entry.get(how, []), *fields.get(str(entry.get("like")), {}).get(how, [])]
        for name, entry in fields.items()
    }
    return {name: frozenset(map(key, headings)) for name, headings in every.items()}
