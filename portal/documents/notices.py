"""The notice by which an organisation stops for now, starts again, or leaves the agreement (Section 14)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment
from portal.ground.wording import day


class NoticeKind(StrEnum):
    """What the notice does."""

    SUSPENSION = "suspension"
    LIFTING = "lifting"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True)
class StandingNoticePaper:
    """A signed notice to the Chair. `effects` say what it changes; `evidence` what it rests on."""

    kind: NoticeKind
    organisation: str
    chair: str
    reason: str
    effective: date
    effects: tuple[str, ...]
    name: str
    position: str
    signature: PaperSignature
    signed_at: datetime
    edition: str
    evidence: str = ""
    how: tuple[LabelledLine, ...] = ()


_TITLES = {
    NoticeKind.SUSPENSION: ("Notice of suspension", "{organisation} stops for now from {day}"),
    NoticeKind.LIFTING: ("Notice that a suspension ends", "{organisation} takes part again from {day}"),
    NoticeKind.WITHDRAWAL: ("Notice of leaving the agreement", "{organisation} leaves the agreement on {day}"),
}


def notice_paper(head: Letterhead, notice: StandingNoticePaper) -> bytes:
    """Make the notice (clauses s14.suspension, s14.termination)."""
    title, said = _TITLES[notice.kind]
    paper = Paper(head, title, under=f"From {notice.organisation} to the Chair, {notice.chair}")
    paper.panel(
        said.format(organisation=notice.organisation, day=day(notice.effective)),
        "Given under Section 14 of the agreement.",
    )
    paper.facts(
        (
            LabelledLine("Organisation", notice.organisation),
            LabelledLine("To the Chair", notice.chair),
            LabelledLine("Takes effect", day(notice.effective)),
            LabelledLine("Reason", notice.reason),
            *((LabelledLine("Evidence", notice.evidence),) if notice.evidence else ()),
            LabelledLine("Edition signed", notice.edition),
        )
    )
    if notice.effects:
        paper.heading("What this changes")
        paper.bullets(notice.effects)
    paper.heading("Signature")
    paper.facts((LabelledLine("Name", notice.name), LabelledLine("Position", notice.position)))
    paper.signature(notice.signature)
    paper.facts(
        (*notice.how, LabelledLine("Signed", moment(notice.signed_at)), LabelledLine("Reference", head.reference))
    )
    return paper.finish()
