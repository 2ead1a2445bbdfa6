"""How the portal writes dates, times, references and lists, in one place."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
# Letters and digits that cannot be mistaken for one another, read out or written by hand.
CLEAR_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
NAME_LENGTH = 200
# Characters that look like nothing though they count as letters, signs or marks: fillers, and a joiner of graphemes.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")


def day(moment: date | datetime) -> str:
    """Write a day as people say it: 1 May 2026. A moment is taken in UK time."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UK)
    return f"{moment.day} {moment:%B %Y}"


def clock(moment: datetime) -> str:
    """Write a time as people say it: 2:30pm, in UK time."""
    local = moment.astimezone(UK)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def day_and_time(moment: datetime) -> str:
    """Write 1 May 2026 at 2:30pm, in UK time."""
    return f"{day(moment)} at {clock(moment)}"


def today(moment: datetime) -> date:
    """Give the day it is in the United Kingdom at that moment."""
    return moment.astimezone(UK).date()


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Write 1 organisation, 47 organisations, 1,204 rows."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def reference() -> str:
    """Make a reference that a person can read out: 7K3-M4P-QRT. About 3.8 million million of them."""
    letters = "".join(secrets.choice(CLEAR_ALPHABET) for _ in range(9))
    return f"{letters[:3]}-{letters[3:6]}-{letters[6:]}"


def new_id() -> str:
    """Make an id that cannot be guessed or counted: 20 hexadecimal digits."""
    return secrets.token_hex(10)


def folded(text: str) -> str:
    """Fold a name for searching and comparing: lower case, no accents, nothing invisible, one space between words."""
    seen = "".join(c for c in text.casefold() if c.isspace() or not _is_invisible(c))
    plain = "".join(c for c in unicodedata.normalize("NFKD", seen) if not unicodedata.combining(c))
    return " ".join(plain.replace("\u2019", "'").split())


def slug(text: str) -> str:
    """Make a name fit for an address: anytown-parish-council."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text).replace("'", "")).strip("-")[:100] or "organisation"


def one_line(text: str) -> str:
    """Clean what a person typed into a one-line field: no control, bidirectional, zero-width or blank characters."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_invisible(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def is_name(text: str) -> bool:
    """Say whether this can be a name: one letter of any script is enough, none is not."""
    return any(unicodedata.category(c).startswith("L") for c in one_line(text))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"} or character in _BLANK


def paragraphs(text: str) -> str:
    """Clean what a person typed into a long field; line breaks stay."""
    return "\n".join(one_line(line) for line in text.replace("\r\n", "\n").split("\n")).strip()
