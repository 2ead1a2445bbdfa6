"""What in the minutes points to a person: the engine of the returns, and the appendix's own names (s6, App 3)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from portal.ground.wording import folded
from portal.privacy.identifiers.finding import FoundIdentifier, IdentifierKind, Setting, find
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import WORDS

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3  # letters: a shorter part of a name is also any other word
_ABOUT_BIRTH = re.compile(r"\b(?:born|birth|d\.?o\.?b)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(\d{4})\b")
APPENDIX = "a name that stands in the restricted appendix"


@dataclass(frozen=True, kw_only=True)
class MinutesFinding:
    """What points to a person: where, and of which kind; never the words. `mark` tells the same words again.

    `proven` cannot be overruled: a check digit proves it, or it is a whole name of the appendix.
    """

    place: str
    kind: str
    proven: bool
    mark: str


def findings(
    texts: Iterable[tuple[str, str]], names: Sequence[str], *, year: int, mark: Callable[[str], str]
) -> list[MinutesFinding]:
    """Find identifiers in the texts of the minutes.

    Args:
        texts: where a text stands, and the text; each paragraph of it is read on its own.
        names: whom the appendix is about; a whole name cannot stay, a part of one may be a false alarm.
        year: of the meeting: a day of about that time without a word of birth is a day, not a date of birth.
        mark: turns found words into a keyed hash, by which a false alarm is known again.

    Returns: what was found, in the order of the texts.
    """
    wanted = [tokens for tokens in (_tokens(name) for name in names) if tokens]
    return [
        found
        for place, text in texts
        for number, paragraph in enumerate(_paragraphs(text), 1)
        for found in _in_one(f"{place}, paragraph {number}", paragraph, wanted, year, mark)
    ]


def _in_one(
    place: str, text: str, names: Sequence[tuple[str, ...]], year: int, mark: Callable[[str], str]
) -> list[MinutesFinding]:
    plain = fold(text)
    found = [
        MinutesFinding(
            place=_word_place(place, plain, one.start),
            kind=WORDS[one.kind],
            proven=one.proven,
            mark=mark(f"{one.kind.value}:{folded(plain[one.start : one.end])}"),
        )
        for one in find(text, Setting.REMARK)
        if not _is_a_day(one, plain, year)
    ]
    return found + _named(place, plain, names, mark)


def _named(
    place: str, plain: str, names: Sequence[tuple[str, ...]], mark: Callable[[str], str]
) -> list[MinutesFinding]:
    """Find the appendix's names, whole or in part, whatever their case and accents."""
    words = _tokens(plain)
    parts = {part for name in names for part in name if len(part) >= _SHORTEST}
    whole = {
        at + step
        for name in names
        for at in range(len(words) - len(name) + 1)
        if words[at : at + len(name)] == name
        for step in range(len(name))
    }
    hits = sorted(whole | {at for at, word in enumerate(words) if word in parts})
    return [
        MinutesFinding(
            place=f"{place}, word {at + 1}", kind=APPENDIX, proven=at in whole, mark=mark(f"appendix:{words[at]}")
        )
        for at in hits
    ]


def _is_a_day(one: FoundIdentifier, plain: str, year: int) -> bool:
    if one.kind is not IdentifierKind.BIRTH_DATE or _ABOUT_BIRTH.search(plain):
        return False
    written = _YEAR.search(plain[one.start : one.end])
    return written is not None and year - 1 <= int(written[1]) <= year + 2


def _word_place(place: str, plain: str, start: int) -> str:
    return f"{place}, word {len(_WORD.findall(plain[:start])) + 1}"


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(fold(text))))


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
