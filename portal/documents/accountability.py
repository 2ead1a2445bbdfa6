"""Papers that show how data protection law is kept: the outcome of a complaint, and what `portal/accountability/papers/` makes."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment
from portal.ground.wording import counted, day


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
    paper.paragraph("You can complain to the Information Commissioner, at ico.org.uk. You can also go to court.")
    paper.paragraph(letter.partnership)
    return paper.finish()


@dataclass(frozen=True, kw_only=True)
class PrintedSection:
    """A section of a paper on data protection: paragraphs, a list, a table."""

    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class PaperSigner:
    """Who signed, in which post, and when."""

    name: str
    post: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True)
class PrintedPaper:
    """A paper on data protection. `wanted`: how many people must sign; blanks stand for those who have not."""

    title: str
    owner: str
    sections: tuple[PrintedSection, ...]
    review_on: date
    signatures: tuple[PaperSigner, ...]
    wanted: int
    sha256: str


_FEW = 3  # columns that still fit side by side as prose
_FIRST_ROW = 110.0  # mm: a title stays on the page of the first row under it, which is kept together


def accountability_paper(head: Letterhead, printed: PrintedPaper) -> bytes:
    """Make a paper on data protection; who has not signed is a blank, never a name."""
    paper = Paper(head, printed.title, under=printed.owner)
    missing = printed.wanted - len(printed.signatures)
    if missing:
        paper.panel(
            "Not signed yet", f"It counts once {counted(missing, 'more person has', 'more people have')} signed it."
        )
    for section in printed.sections:
        wide = bool(section.rows) and len(section.headings) > _FEW
        if wide:
            paper.heading(section.title, room=_FIRST_ROW)
        else:
            paper.heading(section.title)
        for text in section.paragraphs:
            paper.paragraph(text)
        if section.items:
            paper.bullets(section.items)
        if section.rows and not wide:
            paper.table(section.headings, section.rows, [3] * len(section.headings))
        else:
            for row in section.rows:  # too many columns for a page: each row is a list of facts under its name
                paper.heading(row[0], 3)
                paper.facts(LabelledLine(name, cell) for name, cell in zip(section.headings[1:], row[1:], strict=True))
    paper.heading("Signatures")
    for one in printed.signatures:
        paper.facts(
            (
                LabelledLine("Name", one.name),
                LabelledLine("Post", one.post),
                LabelledLine("Date and time", moment(one.signed_at)),
            )
        )
        paper.signature(PaperSignature(typed=one.name))
    for _ in range(missing):
        paper.facts((LabelledLine("Name", "Not signed yet"), LabelledLine("Post", "Not signed yet")))
    paper.facts((LabelledLine("Review by", day(printed.review_on)), LabelledLine("Hash of its text", printed.sha256)))
    return paper.finish()
