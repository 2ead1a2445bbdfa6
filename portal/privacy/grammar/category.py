"""The grammar of categories: a closed set of wordings, made of words that offences, reasons and kinds of call are made of."""

import hashlib
import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from portal.privacy.grammar.place import Admitted
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.names.lexicon import ANY_NAME, sort_of

_FILE = Path(__file__).parent.parent / "data" / "category_words.toml"
_PARTS = re.compile(r"\s*[,;:/|()\[\]{}&+\n\"]+\s*|\s+[-.]+\s+|\.\s+")
_WORD = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")
_CODE = re.compile(
    r"(?i)(?:[a-z]\d{2}(?:\.?\d{1,2}|\.?x\d?|-)?|\d{1,3}[a-z]?\d?(?:/\d{1,3}[a-z]?)?|[a-z]{2}\d{5}[a-z]?|\d{1,3}-[a-z]-\d{1,2}[a-z]?|\d{1,3}[a-z]\d{1,2}[a-z]{0,2}|[a-z]{1,3}\d{1,2})"
)
_LONGEST = 9  # words of one part of a wording; more is a story
_MOST_FIGURES, _MOST_CODES = 7, 2  # of a whole cell: 'CJ88116', 'F10.2 and F12.1'
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


_MASK = "\u2022\u2022\u2022"
_NUMBERED = frozenset({"number", "numbers", "num", "no", "nos", "ref", "reference", "id"})


@cache
def _own_words() -> frozenset[str]:
    return frozenset(str(tomllib.loads(_FILE.read_text("utf-8"))["words"]).split())


@cache
def _own_phrases() -> frozenset[str]:
    return frozenset(map(str, tomllib.loads(_FILE.read_text("utf-8"))["phrases"]))


@lru_cache(maxsize=256)
def words_of(phrases: frozenset[str]) -> frozenset[str]:
    """Give the words of a list's labels and wordings that nobody is called by, with those of every category."""
    words = {
        piece
        for phrase in phrases
        for word in _WORD.findall(fold(phrase).lower())
        for piece in (word, *word.split("-"))
    }
    return _own_words() | frozenset(word for word in words if not sort_of(word) & ANY_NAME)


@lru_cache(maxsize=256)
def _keys_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(map(key_of, phrases))


def _is_known(word: str, known: frozenset[str]) -> bool:
    low = word.lower()
    if low in known or low.replace("'", "") in known:
        return True
    pieces = low.split("-")
    if len(pieces) > 1 and all(piece in known for piece in pieces):
        return True
    plural = low.endswith("s") and low[:-1] in known and not sort_of(low) & ANY_NAME
    return plural or bool(_CODE.fullmatch(word))


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
    found = _WORD.findall(plain)
    if len(found) > _MOST or _is_numbered(found):
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    parts = [part for part in _PARTS.split(plain) if part]
    whole = _keys_of(phrases)
    if key_of(plain) in whole:
        return Admitted(plain)
    kept = [part if key_of(part) in whole else _of_part(part, known) for part in parts]
    if kept == parts:
        return Admitted(plain)
    for at, part in enumerate(
        parts
    ):  # 'Threats to Street, Will': what may be a family's name goes with the word that goes
        follows = at + 1 < len(parts) and not kept[at + 1]
        initial = at > 0 and not kept[at - 1] and len(parts[at - 1]) == 1  # '(M. White)'
        if initial or ((kept[at] != part or follows) and key_of(part) not in whole):
            kept[at] = _without_names(kept[at])
    text = " - ".join(filter(None, kept))
    again = (
        wording(text, phrases).text if text and len(text) < len(plain) else text
    )  # what stays is judged as a cell itself
    return Admitted(again, frozenset({IdentifierKind.UNLISTED}))


def masked_wording(text: str, phrases: frozenset[str] = frozenset()) -> str:
    """Give of a wording only the words that nobody is called by and that categories are made of; '' where there is none.

    It is for the sender's own eyes, to know which wording is meant: '\u2022\u2022\u2022 nuisance'.
    """
    known, found = words_of(phrases), _WORD.findall(fold(text))
    if len(found) > _MOST or _is_numbered(found):
        return ""
    shown: list[str] = []
    for low in map(str.lower, found):
        may_stand = low.isalpha() and low in known and low not in _LITTLE and not sort_of(low) & ANY_NAME
        if may_stand or shown[-1:] != [_MASK]:
            shown.append(low if may_stand else _MASK)
    return " ".join(shown) if set(shown) - {_MASK} else ""


def _is_numbered(found: list[str]) -> bool:
    """Say whether a cell holds more figures than a code or two: then it is somebody's number."""
    figured = [sum(map(str.isdigit, word)) for word in found]
    return sum(figured) > _MOST_FIGURES or sum(map(bool, figured)) > _MOST_CODES


def _of_part(part: str, known: frozenset[str]) -> str:
    """Give a part whole, or the known words that it begins with."""
    found = list(_WORD.finditer(part))
    if len(found) > _LONGEST or not found:
        return ""
    kept = 0
    lows = [one.group().lower() for one in found]
    while kept < len(found):
        size = _phrase_at(lows, kept) or int(_is_known(found[kept].group(), known))
        if not size:
            break
        kept += size
    if kept >= len(found) and any(len(low) > 1 and low not in _LITTLE for low in lows):
        return part
    kept = min(kept, len(found))
    if kept < len(found) and lows[kept] in _NUMBERED:
        kept = max(0, kept - 1)  # 'hospital number S1234567': what a number is of goes with it
    while kept and (lows[kept - 1] in _LITTLE or len(lows[kept - 1]) == 1):
        kept -= 1
    return part[found[0].start() : found[kept - 1].end()] if kept else ""


def _without_names(text: str) -> str:
    """Give words without those at the end that families are called by too, and without what then joins nothing."""
    found = list(_WORD.finditer(text))
    while found and ((low := found[-1].group().lower()) in _LITTLE or len(low) == 1 or sort_of(low) & ANY_NAME):
        found.pop()
    return text[: found[-1].end()] if found else ""


def _phrase_at(lows: list[str], at: int) -> int:
    """Count the words of the longest known phrase that begins here: 'young people', since 'Young' alone is a family."""
    longest = 4
    return next((size for size in range(longest, 0, -1) if " ".join(lows[at : at + size]) in _own_phrases()), 0)


def key_of(text: str) -> str:
    """Give the form under which two wordings are the same: small letters, words alone."""
    return " ".join(word.lower() for word in _WORD.findall(fold(text)))


def digest_of(text: str) -> str:
    """Give what stands for a wording where its words must not be remembered: the same for all its spellings of case and marks."""
    return hashlib.sha256(key_of(text).encode()).hexdigest()[:24]
