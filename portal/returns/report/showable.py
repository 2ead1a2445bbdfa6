"""Tell which cells that could not be read may be shown to their sender: what can be a date, a time or a number, and nobody."""

import re

from portal.privacy.identifiers.folding import fold
from portal.rules.datasets.quarters import Quarter

_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december"
_DAYS = "mon|tues?|wed|thurs?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DATE = re.compile(
    rf"(?:{_DAYS})?[ ,]*(\d{{1,4}})(?:st|nd|rd|th)?[ /.\-]+(?:of )?(\d{{1,2}}|{_MONTHS})(?:[ /.\-,]+(\d{{1,4}}))?"
)
_TIME = re.compile(r"\d{1,2}[:.]?\d{0,2}[:.]?\d{0,2} ?(?:am|pm|h|hrs)?|[?\-]{1,4}")
_NUMBER = re.compile(r"[<>~?*\-]?\d{0,3}(?:\.\d{1,2})?[?*+]?")
_LONGEST = 20
_FOUR = 1000  # a year has four figures from here


def harmless(text: str, treatment: str, quarter: Quarter) -> str:
    """Return a cell's text where it points to nobody, else ""; never the text where it may be an identifier.

    Args:
        text: the cell as sent.
        treatment: of its field.
        quarter: of the return: a date of another year may be somebody's birth date.
    """
    plain = fold(text).strip()
    if not plain or len(plain) > _LONGEST:
        return ""
    if treatment == "date":
        return plain if _is_near(plain.lower(), quarter) else ""
    form = {"time": _TIME, "count": _NUMBER, "age_years": _NUMBER, "age_band": _NUMBER}.get(treatment)
    return plain if form is not None and form.fullmatch(plain.lower()) else ""


def _is_near(text: str, quarter: Quarter) -> bool:
    """Tell whether a text is a day of about the quarter's year, or of no year."""
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    first, last = found.group(1), found.group(3) or ""
    year = first if len(first) == len("2026") else last
    if not year:
        return True
    number = int(year)
    return any(abs(number - near) <= 1 for near in ((quarter.year,) if number >= _FOUR else (quarter.year % 100,)))
