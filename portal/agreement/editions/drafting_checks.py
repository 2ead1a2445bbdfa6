"""What may stand in a passage of the agreement, and on which day an edition may take force."""

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session

from models.editions import AgreementEdition
from portal.agreement.editions.current import known_editions
from portal.agreement.editions.wording import blanks_of
from portal.ground.act import Act
from portal.ground.errors import AnswersNeededError
from portal.ground.partnership import facts
from portal.ground.wording import day, today
from portal.rules.edition.editions import Edition

LONGEST = 6000
_AHEAD = timedelta(days=5 * 366)  # an edition that takes force later was typed with a wrong year
DAY_BLANK = "in_force_date"  # follows from the day the edition takes force
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
    if begins > on + _AHEAD:
        return f"Enter a day no later than {day(on + _AHEAD)}"
    last = known_editions(session)[-1]
    if begins <= last.begins:
        return f"Enter a day after {day(last.begins)}, when the {last.edition.about.short_title} takes force"
    return ""


def check_whole(session: Session, act: Act, row: AgreementEdition) -> None:
    """Refuse to hand over what is not whole: no day, no word on what changed, or nothing changed at all."""
    problems = {}
    if not row.change or row.force_from is None:
        problems["change"] = "Say what changed, and from which day the edition holds"
    elif wrong := day_problem(session, row.force_from, today(act.at)):
        problems["force_from"] = wrong
    last = next(one for one in known_editions(session) if one.id == row.based_on)
    before = last.blanks if last.blanks is not None else blanks_of(last.edition, facts(act.store))
    if row.text == last.edition.text and not _facts_changed(row, before):
        problems["text"] = "Change a word first: this draft says the same as the edition in force"
    if problems:
        raise AnswersNeededError(problems)


def _facts_changed(row: AgreementEdition, before: Mapping[str, str]) -> bool:
    mine: dict[str, str] = json.loads(row.blanks)
    return {k: v for k, v in mine.items() if k != DAY_BLANK} != {k: v for k, v in before.items() if k != DAY_BLANK}
