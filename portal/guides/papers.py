"""A guide on paper, and its card, under the partnership's own name and with its own contact."""

from portal.documents.guide import PaperStep, guide_card, guide_paper
from portal.documents.layout.letterhead import letterhead
from portal.ground.act import Act
from portal.ground.partnership import facts
from portal.guides.guides import Guide


def guide_pdf(act: Act, one: Guide) -> bytes:
    """Give a guide as a PDF with its pictures."""
    steps = tuple(
        PaperStep(
            title=step.title,
            words=step.words,
            picture=step.file.read_bytes() if step.file else None,
            alt=step.alt,
        )
        for step in one.steps
    )
    return guide_paper(letterhead(act, f"Guide {one.id}"), one.title, one.about, steps, _contact(act))


def card_pdf(act: Act, one: Guide) -> bytes:
    """Give the card of a guide: one page."""
    sentences = tuple(step.card for step in one.steps)
    return guide_card(letterhead(act, f"Card {one.id}"), one.title, sentences, _contact(act))


def _contact(act: Act) -> str:
    """Write whom to ask: the Information Manager, with phone where it is known."""
    known = facts(act.store).placeholders
    told = [known.get("information_manager", ""), known.get("help_phone", "")]
    return f"Need help? Ask the Information Manager: {', '.join(part for part in told if part) or 'see the foot of each page'}."
