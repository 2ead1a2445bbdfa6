"""What may stand in a passage of the agreement, and on which day an edition may take force."""

import re
from datetime import date

from sqlmodel import Session

from portal.agreement.editions import known_editions
from portal.errors import AnswersNeededError
from portal.rules.editions import Edition
from portal.wording import day

LONGEST = 6000
_TITLE = re.compile(r"^\s*#{1,2}\s", re.MULTILINE)
_BLANK = re.compile(r"\{([^{}\n]*)\}")
_LINK = re.compile(r"\]\(\s*(?!https://)")


def checked_passage(typed: str, of: Edition) -> str:
    """Tidy the words of a passage: Markdown without titles of parts, pictures or HTML. Raises AnswersNeededError ("words")."""
    lines = [line.rstrip() for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    words = "\n".join("".join(c for c in line if c.isprintable() or c == "\t") for line in lines).strip("\n")
    known = {blank.key for blank in of.placeholders}
    unknown = [key for key in _BLANK.findall(words) if key not in known]
    problem = ""
    if len(words) > LONGEST:
        problem = f"A passage must be {LONGEST:,} characters or fewer"
    elif _TITLE.search(words):
        problem = "Take out the line that begins with # or ##: sections keep their titles and numbers"
    elif "<" in words or "![" in words or _LINK.search(words):
        problem = "Use plain words. Pictures and HTML cannot stand in the agreement, and a link begins with https://"
    elif unknown:
        problem = f"There is no blank called {{{unknown[0][:40]}}}. Use one that the agreement has, or write the words"
    if problem:
        raise AnswersNeededError({"words": problem})
    return words if words.strip() else ""


def day_problem(session: Session, begins: date, on: date) -> str:
    """Say why an edition cannot take force on a day; '' where it can."""
    if begins < on:
        return "The day it takes force has passed. Enter today or a later day"
    last = known_editions(session)[-1]
    if begins <= last.begins:
        return f"Enter a day after {day(last.begins)}, when the {last.edition.about.short_title} takes force"
    return ""
