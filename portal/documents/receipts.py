"""Receipts: the signed copy of the agreement (s16) and the signed confidentiality undertaking (s10, Appendix 2)."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.agreement import EditionText, write_edition
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment
from portal.ground.wording import day

_TOGETHER = 60.0  # mm: how a paper was signed stands on one page
NO_ADVICE = "The seal shows that this paper is unaltered since the portal made it. It is not the signer's own qualified signature."


@dataclass(frozen=True, kw_only=True)
class SignedAgreement:
    """One organisation's signature to one edition. `how` tells how it was signed; `standing` what is still to happen."""

    edition: EditionText
    declaration: str
    organisation: str
    name: str
    position: str
    signature: PaperSignature
    signed_at: datetime
    how: tuple[LabelledLine, ...] = ()
    standing: str = ""
    on_paper: bool = False


def signature_receipt(head: Letterhead, signed: SignedAgreement) -> bytes:
    """Make the signed copy: who signed first, then the whole text that they signed, then how it was signed."""
    paper = Paper(head, "Signed agreement", under=f"{signed.edition.title} ({signed.edition.edition})")
    when = f"{day(signed.signed_at)}, on paper" if signed.on_paper else moment(signed.signed_at)
    paper.panel(f"{signed.organisation} has signed", f"Signed on {when}.\n{signed.standing}")
    paper.facts(
        (
            LabelledLine("Organisation", signed.organisation),
            LabelledLine("Signed by", signed.name),
            LabelledLine("Position", signed.position),
            LabelledLine("Date on the paper" if signed.on_paper else "Date and time", when),
            LabelledLine("Edition signed", f"{signed.edition.title} ({signed.edition.edition})"),
            LabelledLine("Reference", head.reference),
        )
    )
    paper.new_page()
    write_edition(paper, signed.edition)
    paper.new_page()
    paper.heading("Signature")
    paper.panel("Declaration", signed.declaration)
    paper.facts(
        (
            LabelledLine("Name", signed.name),
            LabelledLine("Position", signed.position),
            LabelledLine("Organisation", signed.organisation),
        )
    )
    paper.signature(signed.signature)
    paper.facts((LabelledLine("Date", when),))
    _how(paper, head, signed.how, signed.edition.sha256, None if signed.on_paper else signed.signed_at)
    return paper.finish()


def _how(paper: Paper, head: Letterhead, how: tuple[LabelledLine, ...], sha256: str, at: datetime | None) -> None:
    paper.heading("How this was signed", room=_TOGETHER)
    fixed = [
        *([LabelledLine("Signed electronically", moment(at))] if at else []),
        LabelledLine("Reference", head.reference),
        LabelledLine("Hash of the text signed", sha256),
    ]
    if head.verify_at:
        fixed.append(LabelledLine("Where to check it", head.verify_at))
    paper.facts((*how, *fixed))
    paper.paragraph(NO_ADVICE, size=9, grey=True)
