"""Fold text to plain letters, digits and spaces, so that a disguise does not hide what it says."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Column, encoded, pc, texts_of

_PLAIN = r"^ ?(?:[\x21-\x7E]+ ?)*$"


def _look_alikes() -> dict[int, str]:
    """Read the letters and marks that look like plain ones and that compatibility folding leaves alone, two a line."""
    lines = (Path(__file__).parents[1] / "data" / "look_alikes.txt").read_text("utf-8").splitlines()
    return {ord(line[0]): line[1] for line in lines if line}


_TABLE = _look_alikes()
_TABLE |= {0x1F150 + at: chr(65 + at) for at in range(26)}  # white letters in black circles
_TABLE |= {0x1F170 + at: chr(65 + at) for at in range(26)}  # white letters in black squares
_TABLE |= {0x1F1E6 + at: chr(65 + at) for at in range(26)}  # flags' letters
_TABLE |= dict.fromkeys((847, 4447, 4448, 6068, 6069, 12644, 65440, *range(65024, 65040)), "")
_TABLE[0x2800] = " "


def _one(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cf", "Co", "Cs", "Cn"} or category.startswith("M"):
        return ""
    if category.startswith("Z") or category == "Cc":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return char


def _pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_TABLE)
    text = "".join(char if " " <= char <= "~" else _one(char) for char in unicodedata.normalize("NFKC", text))
    while "  " in text:
        text = text.replace("  ", " ")
    return text


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _pass(text)
    return text


def fold(text: str) -> str:
    """Fold one text.

    Out go zero-width, direction and combining marks; look-alike letters, any script's digits, odd spaces, dashes and
    line breaks become plain ones. Folding twice changes nothing, and the folded text is what is kept.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return _fold(text)


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    if char in "£€":
        return "$"
    base = unicodedata.normalize("NFKD", char)[0]
    if base.isascii():
        return base
    return "x" if char.isalpha() else " "


def skeleton(text: str) -> str:
    """Give a folded text in plain ASCII with every place kept, for patterns that look at shapes alone."""
    return text if text.isascii() else "".join(char if char.isascii() else _bare(char) for char in text)


def fold_column(column: AnyColumn) -> Column:
    """Fold a column; only distinct texts that are not plain ASCII are touched."""
    coded = encoded(column)
    values = coded.dictionary
    if not len(values) or pc.all(pc.match_substring_regex(values, _PLAIN)).as_py():
        return pa.chunked_array([coded.dictionary_decode()])
    folded = pa.array([fold(value) for value in texts_of(coded)], pa.string())
    return pa.chunked_array([folded.take(coded.indices)])
