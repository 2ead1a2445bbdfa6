"""Show headings and values so that they identify nobody."""

import re
from functools import cache

from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.names.lexicon import STRONG, WordSense, sort_of
from portal.privacy.identifiers.scanning import mask_heading
from portal.returns.matching.column_names import heading_words
from portal.returns.matching.heading_text import NOISE, phrases_of, words
from portal.returns.tables.extraction import ExtractedTable

MASK = "•••"
_MISSPELT = 0.8  # one slip in five letters
_SHORT = 3  # letters of a short form: IP, OIC, URN
_OFFICE_CODE = re.compile(r"[a-z]{0,5}\d{1,4}[a-z]{0,4}")  # 'WD22CD', '2026'


def shown_heading(table: ExtractedTable, column: int) -> str:
    """Return a heading as it may be shown: masked where it identifies, 'Date (2)' where it repeats, 'column C' where blank."""
    heading = safe_heading(table.headings[column])
    if not heading:
        return f"column {letters(table.positions[column])}"
    before = [safe_heading(each) for each in table.headings[:column]].count(heading)
    return f"{heading} ({before + 1})" if before else heading


def safe_heading(heading: str) -> str:
    """Return a heading that identifies nobody: of its words only those that head columns, and everyday ones, are shown.

    Where something in it may name somebody, not even everyday words are.
    """
    plain = fold(heading.strip())
    if _heads_columns(plain):
        return plain
    masked_words = mask_heading(heading.strip())
    if masked_words != plain:
        masked_words = mask_heading(_parted(plain))
    may_be_shown = _is_known if masked_words == plain else _heads_columns
    shown = [word if may_be_shown(word) else MASK for word in masked_words.split()]
    return " ".join(word for place, word in enumerate(shown) if word != MASK or shown[place - 1 : place] != [MASK])


def _parted(plain: str) -> str:
    """Part what programs join by underscores where one of its words heads columns: 'Occ_Start_Date' is nobody's handle."""
    return plain.replace("_", " ") if "_" in plain and set(words(plain)) & (heading_words() - NOISE) else plain


def said_by_heading(heading: str) -> str:
    """Return what a heading says of its column, to match it by: misspelt words too, without a name that somebody wrote into it."""
    plain = fold(heading.strip())
    if _heads_columns(plain) or mask_heading(heading.strip()) == plain:
        return heading
    return " ".join(safe_heading(heading).replace(MASK, " ").split())


def _heads_columns(text: str) -> bool:
    return text.isascii() and bool(words(text)) and set(words(text)) <= heading_words()


def _is_known(text: str) -> bool:
    """Tell whether a piece of a heading is made of known words, perhaps misspelt: an unknown one may be a name."""
    return text.isascii() and all(map(_is_known_word, words(text)))


def _is_known_word(word: str) -> bool:
    if word in heading_words() or len(word) <= _SHORT or _OFFICE_CODE.fullmatch(word):
        return True
    sort = sort_of(word)
    if sort & STRONG:
        return False
    return bool(sort & WordSense.WORD) or phrases_of(heading_words()).nearest(word)[1] >= _MISSPELT


@cache
def letters(position: int) -> str:
    """Return the spreadsheet's letters for a column's place: A for 0."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
