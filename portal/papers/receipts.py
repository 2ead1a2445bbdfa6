"""Receipts: the signed copy of the agreement (s16) and the signed confidentiality undertaking (s10, Appendix 2)."""

from dataclasses import dataclass
from datetime import datetime

from portal.papers import prose
from portal.papers.agreement import EditionText, write_edition
from portal.papers.flow import Fact
from portal.papers.frame import Letterhead, Paper, Signature, moment
from portal.wording import day

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
    signature: Signature
    signed_at: datetime
    how: tuple[Fact, ...] = ()
    standing: str = ""
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class Undertaking:
    """One person's undertaking to keep what is said at a meeting private. `text` is the edition's Markdown (Appendix 2)."""

    meeting: str
    meeting_day: str
    chair: str
    text: str
    edition: str
    sha256: str
    name: str
    organisation: str
    signature: Signature
    signed_at: datetime
    how: tuple[Fact, ...] = ()


def signature_receipt(head: Letterhead, signed: SignedAgreement) -> bytes:
    """Make the signed copy: who signed first, then the whole text that they signed, then how it was signed."""
    paper = Paper(head, "Signed agreement", under=f"{signed.edition.title} ({signed.edition.edition})")
    when = f"{day(signed.signed_at)}, on paper" if signed.on_paper else moment(signed.signed_at)
    paper.panel(f"{signed.organisation} has signed", f"Signed on {when}.\n{signed.standing}")
    paper.facts(
        (
            Fact("Organisation", signed.organisation),
            Fact("Signed by", signed.name),
            Fact("Position", signed.position),
            Fact("Date on the paper" if signed.on_paper else "Date and time", when),
            Fact("Edition signed", f"{signed.edition.title} ({signed.edition.edition})"),
            Fact("Reference", head.reference),
        )
    )
    paper.new_page()
    write_edition(paper, signed.edition)
    paper.new_page()
    paper.heading("Signature")
    paper.panel("Declaration", signed.declaration)
    paper.facts(
        (Fact("Name", signed.name), Fact("Position", signed.position), Fact("Organisation", signed.organisation))
    )
    paper.signature(signed.signature)
    paper.facts((Fact("Date", when),))
    _how(paper, head, signed.how, signed.edition.sha256, None if signed.on_paper else signed.signed_at)
    return paper.finish()


def undertaking_receipt(head: Letterhead, signed: Undertaking) -> bytes:
    """Make the copy that a person at a meeting keeps: what they agreed to, for which meeting, when and how."""
    paper = Paper(head, "Confidentiality agreement", under=f"{signed.meeting}, {signed.meeting_day}")
    paper.panel(f"{signed.name} has signed", f"Signed on {moment(signed.signed_at)}.")
    paper.facts(
        (
            Fact("Meeting", signed.meeting),
            Fact("Date of the meeting", signed.meeting_day),
            Fact("Chair", signed.chair),
            Fact("Edition of the words", signed.edition),
        )
    )
    paper.heading("What was agreed")
    prose.write(paper, signed.text, top=2)
    paper.heading("Signature")
    paper.facts((Fact("Name", signed.name), Fact("Organisation", signed.organisation)))
    paper.signature(signed.signature)
    _how(paper, head, signed.how, signed.sha256, signed.signed_at)
    return paper.finish()


def _how(paper: Paper, head: Letterhead, how: tuple[Fact, ...], sha256: str, at: datetime | None) -> None:
    paper.heading("How this was signed", room=_TOGETHER)
    fixed = [
        *([Fact("Signed electronically", moment(at))] if at else []),
        Fact("Reference", head.reference),
        Fact("Hash of the text signed", sha256),
    ]
    if head.verify_at:
        fixed.append(Fact("Where to check it", head.verify_at))
    paper.facts((*how, *fixed))
    paper.paragraph(NO_ADVICE, size=9, grey=True)
