"""The grammar of categories: a closed set of wordings, made of words that offences, reasons and kinds of call are made of."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from portal.privacy.grammar.place import Admitted
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind

_FILE = Path(__file__).parent.parent / "data" / "category_words.toml"
_PARTS = re.compile(r"\s*[,;:/|()\[\]{}&+\n\"]+\s*|\s+[-.]+\s+|\.\s+")
_WORD = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")
_CODE = re.compile(
    r"(?i)(?:[a-z]\d{2}(?:\.?\d{1,2}|\.?x\d?|-)?|\d{1,3}[a-z]?\d?(?:/\d{1,3}[a-z]?)?|[a-z]{2}\d{5}[a-z]?|\d{1,3}-[a-z]-\d{1,2}[a-z]?|\d{1,3}[a-z]\d{1,2}[a-z]{0,2}|[a-z]{1,3}\d{1,2})"
)
_LONGEST = 9  # words of one part of a wording; more is a story
_MOST = 16  # words of a whole wording
_LITTLE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "with",
        "without",
        "by",
        "to",
        "in",
        "on",
        "at",
        "from",
        "for",
        "against",
        "under",
        "over",
        "between",
        "into",
        "out",
        "off",
        "not",
        "no",
        "non",
        "when",
        "where",
        "being",
        "having",
        "is",
        "are",
        "be",
        "via",
        "within",
        "than",
        "only",
        "also",
        "re",
        "per",
        "near",
    ]
)
_STORY_WORDS = 8  # a cell of a category has fewer, nearly always
_STORIES = 0.5  # the share of a column's cells that are no wording of any list, from which it is no category


@cache
def _own_words() -> frozenset[str]:
    return frozenset(str(tomllib.loads(_FILE.read_text("utf-8"))["words"]).split())


@lru_cache(maxsize=256)
def words_of(phrases: frozenset[str]) -> frozenset[str]:
    """Give the words of a list's labels and of the wordings that stand for its codes, with those of every category."""
    return _own_words() | frozenset(
        piece
        for phrase in phrases
        for word in _WORD.findall(fold(phrase).lower())
        for piece in (word, *word.split("-"))
    )


def _is_known(word: str, known: frozenset[str]) -> bool:
    low = word.lower()
    if low in known or low.replace("'", "") in known:
        return True
    pieces = low.split("-")
    if len(pieces) > 1 and all(piece in known for piece in pieces):
        return True
    return (low.endswith("s") and low[:-1] in known) or bool(_CODE.fullmatch(word))


def wording(text: str, phrases: frozenset[str] = frozenset()) -> Admitted:
    """Give what stays of an office's wording for a category.

    Each part between marks stays if it is a known wording, or a few words that all stand in the vocabulary; of another
    stay the known words that it begins with. A story of many words stays not at all.

    Args:
        text: one cell, folded.
        phrases: the labels and known wordings of the list: their words are known.
    """
    plain = fold(text).strip().lstrip("=+-@ ")
    if not plain:
        return Admitted("")
    known = words_of(phrases)
    if len(_WORD.findall(plain)) > _MOST:
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    parts = [part for part in _PARTS.split(plain) if part]
    kept = [_of_part(part, known) for part in parts]
    if kept == parts:
        return Admitted(plain)
    return Admitted(" - ".join(filter(None, kept)), frozenset({IdentifierKind.UNLISTED}))


def _of_part(part: str, known: frozenset[str]) -> str:
    """Give a part whole, or the known words that it begins with."""
    found = list(_WORD.finditer(part))
    if len(found) > _LONGEST or not found:
        return ""
    kept = 0
    while kept < len(found) and _is_known(found[kept].group(), known):
        kept += 1
    if kept == len(found) and any(one.group().lower() not in _LITTLE for one in found):
        return part
    while kept and found[kept - 1].group().lower() in _LITTLE:
        kept -= 1
    return part[found[0].start() : found[kept - 1].end()] if kept else ""


def key_of(text: str) -> str:
    """Give the form under which two wordings are the same: small letters, words alone."""
    return " ".join(word.lower() for word in _WORD.findall(fold(text)))


def digest_of(text: str) -> str:
    """Give what stands for a wording where its words must not be remembered: the same for all its spellings of case and marks."""
    return hashlib.sha256(key_of(text).encode()).hexdigest()[:24]


def is_closed_set(values: Sequence[str], phrases: frozenset[str], coded: Iterable[object] = ()) -> bool:
    """Say whether a column's values look like a category: most are known, or short and few (4.1, step 6).

    Args:
        values: cells of the column, as many as were looked at.
        phrases: the labels and known wordings of the list.
        coded: for each value, its code or nothing.
    """
    if not values:
        return True
    codes = list(coded) or [None] * len(values)
    stories = sum(len(_WORD.findall(value)) > _STORY_WORDS and not wording(value, phrases).text for value in values)
    unknown = sum(code is None and not wording(value, phrases).text for value, code in zip(values, codes, strict=True))
    if stories > _STORIES * len(values):
        return False
    return not (
        unknown > _STORIES * len(values) and len(values) > _STORY_WORDS and len(set(values)) > _STORIES * len(values)
    )
