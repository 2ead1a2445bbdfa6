"""Show headings and values so that they identify nobody."""

import re

from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.scanning import mask_heading
from portal.returns.matching.column_names import heading_words
from portal.returns.matching.heading_text import words
from portal.returns.tables.extraction import ExtractedTable

MASK = "•••"
_LETTER = re.compile(r"[^\W_]")


def shown_heading(table: ExtractedTable, column: int) -> str:
    """Return a heading as it may be shown: masked where it identifies, 'Date (2)' where it repeats, 'column C' where blank."""
    heading = safe_heading(table.headings[column])
    if not heading:
        return f"column {letters(table.positions[column])}"
    before = [safe_heading(each) for each in table.headings[:column]].count(heading)
    return f"{heading} ({before + 1})" if before else heading


def safe_heading(heading: str) -> str:
    """Return a heading that identifies nobody: where something in it may, only words that head columns are shown."""
    plain = fold(heading.strip())
    if _says_nothing_of_anybody(plain):
        return plain
    masked_words = mask_heading(heading.strip())
    if masked_words == plain:
        return plain
    shown = [word if _says_nothing_of_anybody(word) else MASK for word in masked_words.split()]
    return " ".join(word for place, word in enumerate(shown) if word != MASK or shown[place - 1 : place] != [MASK])


def _says_nothing_of_anybody(word: str) -> bool:
    return bool(words(word)) and set(words(word)) <= heading_words()


def letters(position: int) -> str:
    """Return the spreadsheet's letters for a column's place: A for 0."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def masked(value: str) -> str:
    """Return a value with all but its first and last signs hidden: 'L••• •QD'."""
    if len(value) < 4:  # noqa: PLR2004 - of a short value nothing is shown
        return _LETTER.sub("•", value)
    shown_at_end = 2 if len(value) > 6 else 0  # noqa: PLR2004 - of a longer value a little more is shown
    end = len(value) - shown_at_end
    return value[0] + _LETTER.sub("•", value[1:end]) + value[end:]
