"""Two texts of the agreement, word by word: which parts changed, and which words went and came. Pure functions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from portal.agreement.editions.wording import EditionPart

_ALIKE = 0.4  # of two paragraphs: below it nothing is gained by weaving them into one
_APART = frozenset({"contents"})  # follows from the rest
_WORD = re.compile(r"\S+")


class TextChange(StrEnum):
    """What happened to words, or to a part."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True)
class TextRun:
    """Words that lie together: they stayed, went or came."""

    change: TextChange
    words: str


Paragraph = tuple[TextRun, ...]


@dataclass(frozen=True, kw_only=True)
class ComparedPart:
    """A section or appendix of either text, with the paragraphs of it that are not the same in both."""

    title: str
    old_title: str
    change: TextChange
    paragraphs: tuple[Paragraph, ...] = ()


@lru_cache(maxsize=8)
def compared(old: tuple[EditionPart, ...], new: tuple[EditionPart, ...]) -> tuple[ComparedPart, ...]:
    """Compare two texts part by part, in the order of the newer one; parts that went stand last.

    Parts are the same part where their number is (Section 4, Appendix 2), or else their title (clause cover.versions).
    """
    before = {_key(part): part for part in old if part.title.lower() not in _APART}
    after = {_key(part): part for part in new if part.title.lower() not in _APART}
    found = [_part(before.get(key), part) for key, part in after.items()]
    return tuple(found + [_part(part, None) for key, part in before.items() if key not in after])


def changed(parts: Iterable[ComparedPart]) -> tuple[ComparedPart, ...]:
    """Keep the parts that are not the same in both texts."""
    return tuple(part for part in parts if part.change is not TextChange.SAME)


def woven(old: str, new: str) -> Paragraph:
    """Compare two paragraphs word by word. Spaces and line breaks are no words: only they may differ in the same text."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs: list[TextRun] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(TextRun(TextChange.SAME, " ".join(before[a:b])))
            continue
        runs += [TextRun(TextChange.GONE, " ".join(before[a:b]))] if a < b else []
        runs += [TextRun(TextChange.NEW, " ".join(after[c:d]))] if c < d else []
    return tuple(runs)


def _part(old: EditionPart | None, new: EditionPart | None) -> ComparedPart:
    before, after = _paragraphs(old), _paragraphs(new)
    found = tuple(_differing(before, after))
    title, old_title = new.title if new else "", old.title if old else ""
    if old is None or new is None:
        change = TextChange.NEW if old is None else TextChange.GONE
    else:
        change = TextChange.CHANGED if found or title != old_title else TextChange.SAME
    return ComparedPart(title=title or old_title, old_title=old_title, change=change, paragraphs=found)


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterable[Paragraph]:
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        for old, new in zip_longest(before[a:b], after[c:d], fillvalue=""):
            if old and new and not _alike(old, new):
                yield (TextRun(TextChange.GONE, old),)
                yield (TextRun(TextChange.NEW, new),)
            else:
                yield woven(old, new)


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= _ALIKE


def _paragraphs(part: EditionPart | None) -> list[str]:
    """Give a part's paragraphs, list items and table rows apart, each in one line."""
    if part is None:
        return []
    lines = re.split(r"\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+[.)])\s?)", part.text)
    return [" ".join(line.split()) for line in lines if re.search(r"\w", line)]


def _key(part: EditionPart) -> str:
    words = part.title.lower().split(":")[0].split()
    if words[:1] == ["appendix"] and len(words) > 1:
        return f"appendix {words[1]}"
    return words[0] if words and words[0].isdigit() else part.title.lower()
