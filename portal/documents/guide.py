"""A guide on paper: its steps with pictures, and a card of one page to pin to the wall."""

from dataclasses import dataclass

from portal.documents.layout.flow import LEAD
from portal.documents.layout.frame import Letterhead, Paper
from portal.documents.layout.sheet import INK, WIDTH

_PICTURE = 95.0  # mm high at the most: two steps fit on a page
_LARGE = 14.0  # points on the card, to be read from a step away
_DANGER = "Is someone in danger now? Phone 999."


@dataclass(frozen=True, kw_only=True)
class PaperStep:
    """One step: its title, its words, and a picture (PNG) with what it shows."""

    title: str
    words: tuple[str, ...]
    picture: bytes | None = None
    alt: str = ""


def guide_paper(head: Letterhead, title: str, under: str, steps: tuple[PaperStep, ...], contact: str) -> bytes:
    """Make the PDF of a guide."""
    paper = Paper(head, title, under=under)
    paper.panel(_DANGER, "Do not wait for an answer in the portal.")
    for number, step in enumerate(steps, 1):
        paper.heading(f"{number}. {step.title}", 2, room=_PICTURE if step.picture else 3 * LEAD)
        for words in step.words:
            paper.paragraph(words)
        if step.picture:
            paper.picture(step.picture, step.alt, width=WIDTH, height=_PICTURE)
            paper.sheet.ln(4)
    paper.paragraph(contact, style="B")
    return paper.finish()


def guide_card(head: Letterhead, title: str, sentences: tuple[str, ...], contact: str) -> bytes:
    """Make the PDF of a card: a sentence a step, in large letters, on one page."""
    paper = Paper(head, title)
    for number, sentence in enumerate(sentences, 1):
        top = paper.sheet.get_y()
        paper.sheet.face(_LARGE, "B")
        paper.sheet.cell(10, 7, str(number))
        paper.sheet.set_y(top)
        with paper.indented(12):
            paper.sheet.face(_LARGE, ink=INK)
            paper.lines(paper.ready(sentence), 7)
        paper.sheet.ln(5)
    paper.panel(_DANGER, contact)
    return paper.finish()
