"""The certificate that what was shared is destroyed: for the organisation it came from. It names nobody it was about (Section 12)."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, moment


@dataclass(frozen=True, kw_only=True)
class Destruction:
    """What was destroyed, by whom, when and how. `kind` says what kind of information it was, never about whom."""

    request_reference: str
    given_by: str
    held_by: str
    kind: str
    shared_at: datetime
    kept_until: str
    how: str
    name: str
    position: str
    gone_at: datetime


def destruction_paper(head: Letterhead, gone: Destruction) -> bytes:
    """Make the certificate of destruction (clause s12.personal-retention)."""
    paper = Paper(head, "Certificate of destruction", under=f"From {gone.held_by} to {gone.given_by}")
    paper.panel(
        f"{gone.held_by} no longer holds what it was given",
        "It certifies that every copy it made or received is gone, on paper and on every device.",
    )
    paper.facts(
        (
            LabelledLine("Request answered", gone.request_reference),
            LabelledLine("Given by", gone.given_by),
            LabelledLine("Kind of information", gone.kind),
            LabelledLine("Shared", moment(gone.shared_at)),
            LabelledLine("To be kept until", gone.kept_until),
            LabelledLine("How it was destroyed", gone.how),
            LabelledLine("Certified by", f"{gone.name}, {gone.position}" if gone.position else gone.name),
            LabelledLine("Certified", moment(gone.gone_at)),
        )
    )
    paper.paragraph(
        "The request and its answer are the record of the organisation that gave it, and are not part of this."
    )
    return paper.finish()
