"""A text as words: where each stands and what it can be."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.privacy.identifiers.folding import skeleton
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import ANY_NAME, STRONG, WordSense, lexicon, plain, sort_of

_TOKEN = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*'?")
_NICKNAMED = frozenset({' "', '" ', " '", "' ", ' ("', '") '})
_TOUCHING = frozenset({" ", ".", ". "}) | _NICKNAMED
_JOINING = frozenset({" ", "-", ".", ". ", " & ", "&"}) | _NICKNAMED
_LEET = str.maketrans("0134578@$", "oieastbas")
_ENOUGH_LETTERS = 3


@dataclass(slots=True)
class Word:
    """One word of a folded text."""

    start: int
    end: int
    text: str
    low: str
    sort: WordSense
    gap: str
    """What stands between the word before and this one."""

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def initial(self) -> bool:
        """Say whether it is one capital letter."""
        return len(self.text) == 1 and self.text.isupper()

    @property
    def strong(self) -> bool:
        """Say whether offices hardly ever write it but as a name."""
        return bool(self.sort & (STRONG | WordSense.FOREIGN))

    @property
    def unknown(self) -> bool:
        """Say whether no list knows it, though it is a word."""
        return (
            not self.sort
            and len(self.text) > 1
            and not self.text[0].isdigit()
            and self.low not in lexicon().also["never_names"]
        )

    @property
    def joined(self) -> bool:
        """Say whether only a space, a hyphen, an initial's stop or a nickname's mark parts it from the word before."""
        return self.gap in _JOINING

    @property
    def touching(self) -> bool:
        """Say whether only spaces or an initial's stop part it from the word before."""
        return self.gap in _TOUCHING or (self.gap != "" and self.gap.isspace())


@dataclass(frozen=True)
class TokenisedText:
    """A text being read for names: its words, which of them survive as places, and which do even after a cue."""

    text: str
    words: tuple[Word, ...]
    kept: list[bool]
    firm: list[bool]
    setting: Setting


def _sort(token: str) -> WordSense:
    if token.isalpha() or not any(char.isdigit() for char in token):
        return sort_of(token) if len(token) > 1 else WordSense(0)
    letters = sum(char.isalpha() for char in token)
    inner = token.lower().translate(_LEET)
    if letters >= _ENOUGH_LETTERS and not token[0].isdigit() and inner.replace("-", "").isalpha():
        sort = sort_of(inner)
        return sort & STRONG if sort & STRONG and plain(inner) != plain(token) else WordSense(0)
    return WordSense(0)


@lru_cache(maxsize=65536)
def _known(token: str) -> tuple[str, WordSense]:
    return skeleton(token.lower()), _sort(token)


def words_of(text: str) -> tuple[Word, ...]:
    """Read a folded text as words; bare numbers are none."""
    found, last = [], 0
    for match in _TOKEN.finditer(text.replace("_", " ")):
        token = match.group().rstrip("'")
        if token.isdigit():
            continue
        start = match.start()
        low, sort = _known(token)
        found.append(Word(start, start + len(token), token, low, sort, text[last:start]))
        last = start + len(token)
    return tuple(found)


def can_be_name(word: Word) -> bool:
    """Say whether a word can be part of a person's name at all."""
    return bool(word.sort & (ANY_NAME | WordSense.FOREIGN)) or word.initial or (word.unknown and word.capital)
