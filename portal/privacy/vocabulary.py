"""The phrases that a column is known to hold, and that survive whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.privacy.folding import fold


def _key(phrase: str) -> str:
    return " ".join(fold(phrase).lower().split())


@dataclass(frozen=True)
class Vocabulary:
    """Code-list labels, a data set's categories, extra places: whole phrases that are not identifiers."""

    phrases: frozenset[str] = frozenset()

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Vocabulary":
        """Make a vocabulary of phrases in any spelling of case and spaces."""
        return cls(frozenset(key for key in map(_key, phrases) if key))

    def has(self, text: str) -> bool:
        """Say whether the whole text is one of the phrases."""
        return bool(self.phrases) and _key(text) in self.phrases

    @cached_property
    def openings(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Each phrase's words by its first word, longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            words = tuple(phrase.replace("-", " ").split())
            found.setdefault(words[0], []).append(words)
        return {first: tuple(sorted(many, key=len, reverse=True)) for first, many in found.items()}


EMPTY = Vocabulary()
