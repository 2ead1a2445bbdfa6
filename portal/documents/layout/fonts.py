"""Which fonts a paper is set in, and what becomes of a character that none of them has."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools ships no types

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
BODY = {
    "": "AtkinsonHyperlegibleNext-Regular.ttf",
    "B": "AtkinsonHyperlegibleNext-Bold.ttf",
    "I": "AtkinsonHyperlegibleNext-Italic.ttf",
    "BI": "AtkinsonHyperlegibleNext-BoldItalic.ttf",
}
# Tried in this order where the body face lacks a character; loaded only then, because they are large.
FALLBACKS = {
    "arabic": {"": "NotoSansArabic-Regular.ttf"},
    "bengali": {"": "NotoSansBengali-Regular.ttf"},
    "devanagari": {"": "NotoSansDevanagari-Regular.ttf"},
    "gujarati": {"": "NotoSansGujarati-Regular.ttf"},
    "gurmukhi": {"": "NotoSansGurmukhi-Regular.ttf"},
    "tamil": {"": "NotoSansTamil-Regular.ttf"},
    "wide": {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"},
    "han": {"": "DroidSansFallbackFull.ttf"},
}
# Scripts whose letters change with their neighbours, or run from the right: their names must be shaped (HarfBuzz).
SHAPED = frozenset({"arabic", "bengali", "devanagari", "gujarati", "gurmukhi", "tamil"})
BOX = "\u25a1"  # stands for a letter that no font of ours can draw
# Control, format (bidirectional and zero-width), private use and lone halves of pairs: never printed.
_DROPPED = {"Cc", "Cf", "Co", "Cs"}
_VARIATIONS = range(0xFE00, 0xFE10)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


@lru_cache(maxsize=16)
def coverage(file: str) -> frozenset[int]:
    """Give the code points that a font of the assets folder can draw."""
    with TTFont(FONTS / file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def plain(text: str) -> str:
    """Make typed text fit to print: composed, no control or direction marks, a box for a letter that cannot be drawn.

    A picture that cannot be drawn is said in words, as (tulip). Line breaks stay; tabs become spaces. Nothing is read as markup here or later.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_printed(character) for character in text)


def latin_wanted(name: str) -> str:
    """Ask for the Latin form beside a name in letters that no font of the papers has; '' where a paper can say who it is."""
    letters = [c for c in name if c.isalpha()]
    if BOX not in plain(name) or any("LATIN" in unicodedata.name(c, "") for c in letters):
        return ""
    return "Our papers cannot print some of these letters. Add the name in Latin letters after it, such as (Dara Sok)."


def fallbacks_needed(text: str) -> tuple[str, ...]:
    """Name the fallback families that this (already plain) text needs."""
    body = coverage(BODY[""])
    beyond = {ord(character) for character in text if character != "\n"} - body
    needed = []
    for family, styles in FALLBACKS.items():
        drawn = beyond & coverage(styles[""])
        if drawn:
            needed.append(family)
            beyond -= drawn
    return tuple(needed)


@lru_cache(maxsize=4096)
def _printed(character: str) -> str:
    if character in "\n\u2028\u2029":
        return "\n"
    if character.isspace():
        # A no-break space holds a number to its unit; every other kind of space may break.
        return "\u00a0" if character in "\u00a0\u202f" else " "
    if unicodedata.category(character) in _DROPPED or ord(character) in _VARIATIONS:
        return ""
    return character if _drawable(ord(character)) else _said(character)


def _said(character: str) -> str:
    """Say a picture in words, so that whoever reads the paper knows what was typed; a letter is a box."""
    point = ord(character)
    if point in _SKIN_TONES:
        return ""
    if point in _FLAG_LETTERS:
        return chr(ord("A") + point - _FLAG_LETTERS.start)
    name = unicodedata.name(character, "") if unicodedata.category(character) == "So" else ""
    return f"({name.lower()})" if name else BOX


def _drawable(point: int) -> bool:
    files = (BODY[""], *(family[""] for family in FALLBACKS.values()))
    return any(point in coverage(file) for file in files)
