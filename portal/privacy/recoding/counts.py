"""Counts as offices write them: whole numbers, bounds and ranges, and the marks of what is withheld or not there."""

from collections.abc import Sequence
from dataclasses import dataclass

import re2

from portal.privacy.columns import AnyColumn
from portal.privacy.identifiers.folding import fold
from portal.privacy.recoding.treated import Answer, Treated, each

WITHHELD = "suppressed"
_COUNT = re2.compile(r"^\(?(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.0+)?\)?[ ]*[*†‡#^~pr]*[ ]*(?:[\[(][^\[\]()]{0,60}[\])])?$")
_UNDER = re2.compile(r"(?i)^(?:<|&lt;|less than|fewer than|under)[ ]*(\d+)$")
_UP_TO = re2.compile(r"(?i)^(?:<=|=<|≤|up to|at most|no more than)[ ]*(\d+)$|^(\d+)[ ]*or (?:fewer|less)$")
_RANGE = re2.compile(r"(?i)^(?:between )?(\d+)[ ]*(?:-|\x{2013}|to|and)[ ]*(\d+)$")
_ZEROS = frozenset({"-", "--", "\u2013", "\u2014", "nil", "nil return", "none", "zero", "no", "nought", "0"})
_WITHHELD = frozenset({"*", "**", "***", "~", "c", "[c]", "(c)", "s", "[s]", "x", "low", "[low]", "suppressed", "supp", "withheld", "disclosive", "redacted", "masked", "confidential", "#"})  # fmt: skip
_NOT_THERE = frozenset({"..", ".", ":", "n/a", "na", "[x]", "[z]", "z", "not available", "not known", "unknown", "not recorded", "tbc", "?"})  # fmt: skip
_NOT_A_COUNT = "This is not a whole number of 0 or more."
_NO_NUMBER = "This says that there is no number. It is kept blank, not as 0."


@dataclass(frozen=True)
class Span:
    """The least and the most that a count may be; both are the same where it is known."""

    least: int
    most: int

    @property
    def text(self) -> str:
        """Write it as it is kept: '15', '<5', '15 to 18'."""
        if self.least == self.most:
            return str(self.least)
        return f"<{self.most + 1}" if self.least == 1 else f"{self.least} to {self.most}"


def span_of(text: str) -> Span | None:
    """Return what a cell counts; None where it holds no number, or one that is withheld.

    '<5' is 1 to 4: a nought is shown as such.
    """
    low = fold(text).strip().lower()
    if low in _ZEROS:
        return Span(0, 0)
    if match := _COUNT.match(low):
        number = int(match.group(1).replace(",", "").replace(" ", ""))
        return Span(number, number)
    if match := _UNDER.match(low):
        return Span(1, int(match.group(1)) - 1) if int(match.group(1)) > 1 else Span(0, 0)
    if match := _UP_TO.match(low):
        most = int(match.group(1) or match.group(2))
        return Span(min(1, most), most)
    if match := _RANGE.match(low):
        least, most = int(match.group(1)), int(match.group(2))
        return Span(least, most) if least <= most else None
    return None


def is_withheld(text: str) -> bool:
    """Tell whether a cell is a mark for a number that is withheld ('*', 'c', '~', 'low')."""
    return fold(text).strip().lower() in _WITHHELD


def is_counted(text: str) -> bool:
    """Tell whether a cell is what may stand in a column of counts: a number, a bound, a range or a known mark."""
    low = fold(text).strip().lower()
    return span_of(low) is not None or low in _WITHHELD or low in _NOT_THERE


def _count(text: str) -> Answer:
    low = text.lower()
    span = span_of(low)
    if span is not None:
        return span.text, None
    if low in _WITHHELD:
        return WITHHELD, None
    return None, _NO_NUMBER if low in _NOT_THERE else _NOT_A_COUNT


def counts(column: AnyColumn) -> Treated:
    """Read counts: '3*' is 3, '-' is 0, '1,204' is 1204, '<5' stays a bound, '1-4' a range, '*' is withheld."""
    return each(column, _count)


def total_of(cells: Sequence[str]) -> str:
    """Add counts as they are written: '6' and '<5' are '7 to 10'; what is withheld leaves the sum withheld; blanks add nothing."""
    filled = [cell for cell in cells if cell.strip() and fold(cell).strip().lower() not in _NOT_THERE]
    if any(is_withheld(cell) for cell in filled):
        return WITHHELD
    spans = [span_of(cell) for cell in filled]
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return next(cell for cell, span in zip(filled, spans, strict=True) if span is None)
    if not known:
        return cells[0] if cells else ""
    return Span(sum(span.least for span in known), sum(span.most for span in known)).text
