"""The phrases that a column is known to hold, and that survive whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from portal.privacy.identifiers.folding import fold

Phrases = dict[str, tuple[frozenset[tuple[str, ...]], int]]
"""Phrases, each a row of words, by their first word, with how many words the longest has."""


def _key(phrase: str) -> str:
    return " ".join(fold(phrase).lower().split())


def by_first_word(phrases: Iterable[tuple[str, ...]]) -> Phrases:
    """Put phrases under their first word."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for words in phrases:
        found.setdefault(words[0], set()).add(words)
    return {first: (frozenset(many), max(map(len, many))) for first, many in found.items()}


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
    def openings(self) -> Phrases:
        """Each phrase's words by its first word."""
        return by_first_word(tuple(phrase.replace("-", " ").split()) for phrase in self.phrases)


EMPTY = Vocabulary()
