"""Papers that show how the partnership keeps data protection law: the outcome of a complaint."""

from dataclasses import dataclass
from datetime import date

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper
from portal.ground.wording import day


@dataclass(frozen=True, kw_only=True)
class OutcomeLetter:
    """What somebody who complained is told at the end (Data Protection Act 2018 section 164A(4)(b))."""

    name: str
    about: str
    received_on: date
    result: str
    found: str
    partnership: str


def outcome_letter(head: Letterhead, letter: OutcomeLetter) -> bytes:
    """Make the letter that tells the outcome of a complaint."""
    paper = Paper(head, "The outcome of your complaint", under=letter.name)
    paper.panel(letter.result, letter.found)
    paper.facts(
        (
            LabelledLine("Your complaint came on", day(letter.received_on)),
            LabelledLine("What you wrote", letter.about),
        )
    )
    paper.heading("If you do not agree")
    paper.paragraph(
        "You can complain to the Information Commissioner, at ico.org.uk or on 0303 123 1113. You can also go to court."
    )
    paper.paragraph(letter.partnership)
    return paper.finish()
