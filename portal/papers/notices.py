"""The notice by which an organisation stops for now, starts again, or leaves the agreement (Section 14)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.papers.flow import Fact
from portal.papers.frame import Letterhead, Paper, Signature, moment
from portal.wording import day


class NoticeKind(StrEnum):
    """What the notice does."""

    SUSPENSION = "suspension"
    LIFTING = "lifting"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A signed notice to the Chair. `effects` say what it changes; `evidence` what it rests on."""

    kind: NoticeKind
    organisation: str
    chair: str
    reason: str
    effective: date
    effects: tuple[str, ...]
    name: str
    position: str
    signature: Signature
    signed_at: datetime
    edition: str
    evidence: str = ""
    how: tuple[Fact, ...] = ()


_TITLES = {
    NoticeKind.SUSPENSION: ("Notice of suspension", "{organisation} stops for now from {day}"),
    NoticeKind.LIFTING: ("Notice that a suspension ends", "{organisation} takes part again from {day}"),
    NoticeKind.WITHDRAWAL: ("Notice of leaving the agreement", "{organisation} leaves the agreement on {day}"),
}


def notice_paper(head: Letterhead, notice: Notice) -> bytes:
    """Make the notice (clauses s14.suspension, s14.termination)."""
    title, said = _TITLES[notice.kind]
    paper = Paper(head, title, under=f"From {notice.organisation} to the Chair, {notice.chair}")
    paper.panel(
        said.format(organisation=notice.organisation, day=day(notice.effective)),
        "Given under Section 14 of the agreement.",
    )
    paper.facts(
        (
            Fact("Organisation", notice.organisation),
            Fact("To the Chair", notice.chair),
            Fact("Takes effect", day(notice.effective)),
            Fact("Reason", notice.reason),
            *((Fact("Evidence", notice.evidence),) if notice.evidence else ()),
            Fact("Edition signed", notice.edition),
        )
    )
    if notice.effects:
        paper.heading("What this changes")
        paper.bullets(notice.effects)
    paper.heading("Signature")
    paper.facts((Fact("Name", notice.name), Fact("Position", notice.position)))
    paper.signature(notice.signature)
    paper.facts((*notice.how, Fact("Signed", moment(notice.signed_at)), Fact("Reference", head.reference)))
    return paper.finish()
