"""The grammar of categories: a closed set of wordings, made of words that offences, reasons and kinds of call are made of."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from portal.privacy.grammar.place import Admitted
from portal.privacy.identifiers.finding import shaped
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.names.lexicon import ANY_NAME, sort_of

_FILE = Path(__file__).parent.parent / "data" / "category_words.toml"
# What parts a remark from the rest, and what joins the words of one wording.
_REMARKS = re.compile(r"\s*[;:|()\[\]{}\n\"]+\s*|\s+[-.]+\s+|(?<!\b[^\W\d_])\.\s+")
_JOINED = re.compile(r"\s*[,/&+]+\s*")
_WORD = re.compile(r"[^\W_]+(?:['\-.][^\W_]+)*")
_CODE = re.compile(
    r"(?i)(?:[a-z]\d{2}(?:\.?\d{1,2}|\.?x\d?|-)?|\d{1,3}[a-z]?\d?(?:/\d{1,3}[a-z]?)?|[a-z]{2}\d{5}[a-z]?|\d{1,3}-[a-z]-\d{1,2}[a-z]?|\d{1,3}[a-z]\d{1,2}[a-z]{0,2}|[a-z]{1,3}\d{1,2})"
)
_AGED = re.compile(r"\d{1,2} ?[mf]|\d{1,2}(?:yo|yrs?)")  # 'Self-harm 15f'
_LONGEST = 9  # words of one part of a wording; more is a story
_FEWEST_FIGURES = 2  # of what has the form of an identifier
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


@cache
def _own_words() -> frozenset[str]:
    return frozenset(str(tomllib.loads(_FILE.read_text("utf-8"))["words"]).split())


@cache
def _own_phrases() -> frozenset[str]:
    return frozenset(map(str, tomllib.loads(_FILE.read_text("utf-8"))["phrases"]))


@cache
def _own_categories() -> frozenset[str]:
    return frozenset(map(str, tomllib.loads(_FILE.read_text("utf-8"))["categories"]))


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
    return _own_categories() | frozenset(map(key_of, phrases))


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

    A remark, which a bracket, a dash or a stop parts from the rest, stays or goes by itself: it stays where all its words
    stand in the vocabulary. Of one that has another word stays only a known wording that it begins with, or that stands
    whole between commas and the like: 'Income' is no category of its own in 'Financial Management & Income'. A story of
    many words stays not at all.

    Args:
        text: one cell, folded.
        phrases: the labels and known wordings of the list: their words are known.
    """
    plain = fold(text).strip().lstrip("=+-@ ")
    if not plain:
        return Admitted("")
    whole = _keys_of(phrases)
    if _is_whole(plain, whole):
        return Admitted(plain)
    found = _WORD.findall(plain)
    if len(found) > _MOST:
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    known, numbers = words_of(phrases), _spans_of_identifiers(plain, found)
    remarks = list(_remarks_in(plain))
    parts = [plain[start:end] for start, end in remarks]
    stays = [
        _is_known_remark(part, known, whole) and not any(first < end and start < last for first, last in numbers)
        for part, (start, end) in zip(parts, remarks, strict=True)
    ]
    if stays and all(stays):
        return Admitted(plain)
    kept = []
    for at, part in enumerate(parts):
        # 'Threats (M. White)': what may be a family's name goes with what goes beside it.
        beside = any(not stays[other] for other in (at - 1, at + 1) if 0 <= other < len(parts))
        if stays[at] and not (beside and not _is_whole(part, whole) and _ends_in_a_name(part)):
            kept.append(part)
        else:
            kept.append(_wording_within(part, whole))
    text = " - ".join(dict.fromkeys(filter(None, kept)))
    again = wording(text, phrases).text if text and len(text) < len(plain) else ""
    return Admitted(again, frozenset({IdentifierKind.UNLISTED}))  # what stays is judged as a cell itself


def _spans_of_identifiers(plain: str, found: list[str]) -> list[tuple[int, int]]:
    """Find what has the form of an identifier, whatever its words are: 'Vehicle nuisance - YK19 XTR'."""
    if _is_numbered(found):
        return [(0, len(plain))]
    if sum(map(str.isdigit, plain)) < _FEWEST_FIGURES and "@" not in plain:
        return []
    return [(one.start, one.end) for one in shaped(plain, Setting.CATEGORY)]


def _remarks_in(plain: str) -> Iterator[tuple[int, int]]:
    """Give where the parts of a cell begin and end that brackets, dashes and stops part; marks alone are no part."""
    marks = [(0, 0), *(mark.span() for mark in _REMARKS.finditer(plain)), (len(plain), len(plain))]
    for (_, start), (end, _) in pairwise(marks):
        if _WORD.search(plain, start, end):
            yield start, end


def _is_whole(text: str, whole: frozenset[str]) -> bool:
    """Say whether a text is a known wording, with or without its hyphens."""
    key = key_of(text)
    return key in whole or ("-" in key and key.replace("-", " ") in whole)


def _is_known_remark(part: str, known: frozenset[str], whole: frozenset[str]) -> bool:
    """Say whether a remark is a known wording, or of few words that all stand in the vocabulary."""
    return _is_whole(part, whole) or all(
        _is_whole(one, whole) or _is_made_of(one, known) for one in _JOINED.split(part) if one.strip()
    )


def _wording_within(part: str, whole: frozenset[str]) -> str:
    """Give the longest known wording that a remark begins with, else one that stands in it between two marks."""
    found = list(_WORD.finditer(part))[:_LONGEST]
    for end in range(len(found), 0, -1):
        opening = part[found[0].start() : found[end - 1].end()]
        if _is_whole(opening, whole):
            return opening
    dashed = part.partition("-")[0].strip()  # 'Noise-Zelda Quxley'
    return next((one for one in (*map(str.strip, _JOINED.split(part)), dashed) if _is_whole(one, whole)), "")


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


def _is_made_of(part: str, known: frozenset[str]) -> bool:
    """Say whether a few words all stand in the vocabulary, and one of them says something."""
    lows = [word.lower() for word in _WORD.findall(part)]
    if len(lows) > _LONGEST or not any(len(low) > 1 and low not in _LITTLE for low in lows):
        return False
    return _all_known(_WORD.findall(part), lows, known)


def _is_of_a_family(found: list[str], at: int) -> bool:
    """Say whether a word stands before 'family' as a name does: 'Noise re Street family'."""
    return bool(at) and found[at][:1].isupper() and found[at + 1 : at + 2] == ["family"]


def _all_known(found: list[str], lows: list[str], known: frozenset[str]) -> bool:
    at = 0
    while at < len(found):
        size = _phrase_at(lows, at) or int(_is_known(found[at], known) and not (at and _AGED.fullmatch(lows[at])))
        if not size or _is_of_a_family(found, at):
            return False
        at += size
    return True


def _ends_in_a_name(text: str) -> bool:
    """Say whether the last word is one that families are called by too, or an initial."""
    low = _WORD.findall(text)[-1].lower()
    return len(low) == 1 or bool(sort_of(low) & ANY_NAME)


def _phrase_at(lows: list[str], at: int) -> int:
    """Count the words of the longest known phrase that begins here: 'young people', since 'Young' alone is a family."""
    longest = 4
    return next((size for size in range(longest, 0, -1) if " ".join(lows[at : at + size]) in _own_phrases()), 0)


def key_of(text: str) -> str:
    """Give the form under which two wordings are the same: small letters, words alone."""
    return " ".join(word.lower() for word in _WORD.findall(fold(text)))


@lru_cache(maxsize=4096)
def digest_of(text: str) -> str:
    """Give what stands for a wording where its words must not be remembered: the same for all its spellings of case and marks."""
    return hashlib.sha256(key_of(text).encode()).hexdigest()[:24]
