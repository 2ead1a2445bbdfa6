"""The certificate that what was shared is destroyed: for the organisation it came from. It names nobody it was about (Section 12)."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, moment


@dataclass(frozen=True, kw_only=True)
class Destruction:
    """What was destroyed, by whom, when and how. `kind` says what kind of information it was, never about whom.

    Where whoever held it is closed, `held_by_closed` is the day: whoever gave it then certifies what they were told.
    """

    request_reference: str
    given_by: str
    held_by: str
    held_by_closed: str
    kind: str
    shared_at: datetime
    kept_until: str
    how: str
    name: str
    position: str
    gone_at: datetime


def destruction_paper(head: Letterhead, gone: Destruction) -> bytes:
    """Make the certificate of destruction (clause s12.personal-retention)."""
    under, says = (
        f"From {gone.held_by} to {gone.given_by}",
        "It certifies that every copy it made or received is gone, on paper and on every device.",
    )
    if gone.held_by_closed:
        under, says = (
            f"Made by {gone.given_by}",
            f"It closed on {gone.held_by_closed}. Somebody who acted for it told {gone.given_by} that every copy is gone, on paper and on every device.",
        )
    paper = Paper(head, "Certificate of destruction", under=under)
    paper.panel(f"{gone.held_by} no longer holds what it was given", says)
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
