"""The languages of the door: what each says for the English words of its pages, in one file a language under `languages/`.

The English stands in the pages and in the edition; a file gives another language's words for exactly those. Where the
English changes, its old translation is no longer shown: better English than words that say something else.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape
from pathlib import Path

from portal.ground.wording import UK, clock, day

_FILES = Path(__file__).resolve().parent / "languages"


@dataclass(frozen=True, kw_only=True)
class DoorLanguage:
    """A language: its own name, its months in the form a date needs, and its words for the English ones.

    `checked` says that a translator has looked at it; until then every page says that none has.
    """

    id: str
    name: str
    checked: bool
    months: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def say(self, english: str, **filled: str) -> str:
        """Give the words for an English sentence, with what is filled in, fit for HTML; English where there are none."""
        shown = {name: escape(value) for name, value in filled.items()}
        found = escape(self.words.get(english, english), quote=False)
        return found.format(**shown) if filled else found

    def problem(self, english: str) -> str:
        """Give the words for what is wrong with an answer; not yet fit for HTML, as problems are kept."""
        start, _, question = english.partition(": ")
        if question and question in self.words:
            return f"{self.words.get(start, start)}: {self.words[question]}"
        return self.words.get(english, english)

    def says_otherwise(self, english: str) -> bool:
        """Say whether this language has words of its own for an English sentence."""
        return english in self.words

    def day(self, moment: datetime) -> str:
        """Write a day in UK time: 1 May 2026."""
        local = moment.astimezone(UK)
        return f"{local.day} {self.months[local.month - 1]} {local.year}" if self.months else day(moment)

    def clock(self, moment: datetime) -> str:
        """Write a time in UK time: 2:30pm in English, 14:30 elsewhere."""
        return f"{moment.astimezone(UK):%H:%M}" if self.months else clock(moment)

    def moment(self, moment: datetime) -> str:
        """Write a day and a time."""
        return f"{self.day(moment)}{', ' if self.months else ' at '}{self.clock(moment)}"


ENGLISH = DoorLanguage(id="en-GB", name="English", checked=True)


@lru_cache(maxsize=1)
def languages() -> dict[str, DoorLanguage]:
    """Give every language of the door by its code, English first."""
    found = {ENGLISH.id: ENGLISH}
    for file in sorted(_FILES.glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        found[file.stem] = DoorLanguage(
            id=file.stem,
            name=told["name"],
            checked=told["checked"],
            months=tuple(told["months"]),
            words=told["say"],
        )
    return found


def language_named(*codes: str) -> DoorLanguage:
    """Give the language of the first code that is known; English where none is."""
    return next((languages()[code] for code in codes if code in languages()), ENGLISH)
