"""What was found in a column, by row and kind; headings shown without it; and the last look for what has an identifier's form."""

from functools import cache
from typing import NamedTuple, cast

from portal.privacy.columns import Cells, pc
from portal.privacy.identifiers.finding import find, shaped
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind, Setting

_MASK = "•••"
_FIGURES = (
    r"[0-9].*[0-9].*[0-9].*[0-9]|[@]"  # what every form of an identifier has; the grammars let few such texts stay
)


class ColumnFinding(NamedTuple):
    """One identifier in a column: where, what, what was done; never its words. Long files have many, so it is a plain tuple."""

    row: int
    kind: IdentifierKind
    action: IdentifierAction
    proven: bool


def by_pattern(values: Cells, setting: Setting) -> int:
    """Count the distinct texts in which something has the form of an identifier, whatever its words are."""
    told = values.filter(pc.match_substring_regex(values, _FIGURES))
    return sum(bool(shaped(text, setting)) for text in cast("list[str]", told.to_pylist()))


def load_lists() -> None:
    """Load the lists of names and words before a text comes that needs them."""
    find("Outside 12 Melton Road, Ms Example", Setting.PLACE)


@cache
def mask_heading(heading: str) -> str:
    """Give a heading with what identifies somebody masked."""
    text = fold(heading)
    for one in reversed(find(text, Setting.HEADING)):
        text = text[: one.start] + _MASK + text[one.end :]
    return text
