"""What a shape is: a pattern in linear time, what must be in a text before it is tried, and a check where it is too wide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.patterns import validators

Match = Any  # google-re2 ships no types


@dataclass(frozen=True)
class Shape:
    """One pattern: group 1 is what goes; `check` answers None (not one), False (one by shape) or True (proven)."""

    kind: IdentifierKind
    pattern: str
    check: Callable[[str, Setting], bool | None] = validators.by_shape
    only: frozenset[Setting] | None = None
    never: frozenset[Setting] = frozenset()
    digits: int = 2
    """How many figures a text must hold before this shape is looked for at all."""
    needs: tuple[str, ...] = ()
    """What small-letter pieces, any of them, a text must hold before this shape is looked for at all."""

    def fits(self, setting: Setting) -> bool:
        """Say whether this shape is looked for in such a text."""
        return setting not in self.never and (self.only is None or setting in self.only)

    def possible(self, low: str) -> bool:
        """Say whether a text in small letters can hold this shape; quick, and never wrong with no."""
        for piece in self.needs:  # a loop, since it runs for every text and shape
            if piece in low:
                return True
        return not self.needs


CODES = frozenset({Setting.CODE})
SCHOOLS = frozenset({Setting.SCHOOL})
PLACES = frozenset({Setting.PLACE})
L, R = r"(?:^|[^a-zA-Z0-9])", r"(?:$|[^a-zA-Z0-9])"
DL, DR = r"(?:^|[^0-9])", r"(?:$|[^0-9])"
SEP = r"[ .,\-/()*]{0,4}"
EXTENSION = r"(?:[ ]*(?:x|ext\.?|extension)[ ]*\d{2,5})?"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})"
NUMBER = r"[ ]*(?:nos?\b\.?|num\b|numbers?|ref\b|reference|id\b|#)?[ ]*[.:#=/\-]*[ ]*"
AT = r"(?:[ ]*@[ ]*|[ ]*[(\[{<][ ]*at[ ]*[)\]}>][ ]*)"
DOT = r"(?:[ ]*\.[ ]*|[ ]*[(\[{<][ ]*dot[ ]*[)\]}>][ ]*|[ ]+dot[ ]+)"
END = r"(?:com|net|org|uk|co|info|io|me|eu|gov|edu|biz|live|email|mail)"
HOST = rf"[a-zA-Z0-9\-]{{1,40}}(?:{DOT}[a-zA-Z0-9\-]{{1,40}})"
MAIL_HOSTS = (
    r"(?:g ?mail|google ?mail|hot ?mail|outlook|yahoo|icloud|live|aol|proton ?mail|btinternet|sky|talktalk|virginmedia)"
)
REFERRED = (
    r"(?:crimes?|incidents?|inc|cad|logs?|custody|cust|occ(?:urrence)?|urn|ref|refs|reference|case|cr|crn|niche|athena|storm|event|"
    r"nominal|nom|complaint|police|report|ticket|claim|policy|collision|irs|epcr|id|serial|exhibit|prison|noms|delius|oasys|"
    r"asset|uci|record|account|no|number|job|intel|operation|op|cris|call|ecns)"
)
