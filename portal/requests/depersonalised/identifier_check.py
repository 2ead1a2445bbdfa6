"""What may not stand in a request or an answer without names: whatever points to a person, found by the engine of the returns."""

import re
from collections.abc import Mapping

from portal.ground.wording import listed
from portal.privacy.identifiers.finding import FoundIdentifier, Setting, find
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import WORDS, IdentifierKind

_ABOUT_BIRTH = re.compile(r"\b(?:born|birth|d\.?o\.?b)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(\d{4})\b")
_NEAR = 3  # years: a day of about now, without a word of birth, is a day and nobody's birth


def kinds_in(text: str, year: int, setting: Setting = Setting.REMARK) -> tuple[str, ...]:
    """Say in words which kinds of identifier stand in a text, each once; never the identifier. `year` is the one it is now."""
    plain = fold(text)
    found = [one for line in plain.split("\n") for one in find(line, setting) if not _is_a_day(one, line, year)]
    return tuple(dict.fromkeys(WORDS[one.kind] for one in found))


def pointing(texts: Mapping[str, str], year: int) -> dict[str, str]:
    """Map each field that points to a person to a sentence that says how to mend it (clause s6.prefer-depersonalised)."""
    found = {field: kinds_in(text, year) for field, text in texts.items()}
    return {
        field: f"This seems to hold {listed(kinds)}. Write it so that it points to nobody."
        for field, kinds in found.items()
        if kinds
    }


def _is_a_day(found: FoundIdentifier, line: str, year: int) -> bool:
    if found.kind is not IdentifierKind.BIRTH_DATE or _ABOUT_BIRTH.search(line):
        return False
    years = [int(one) for one in _YEAR.findall(line[found.start : found.end])]
    return bool(years) and all(abs(year - one) <= _NEAR for one in years)
