"""The list of signatories as a paper: who had signed on a day (Section 16, public list)."""

from dataclasses import dataclass
from datetime import date

from portal.documents.layout.frame import Letterhead, Paper
from portal.ground.wording import counted, day


@dataclass(frozen=True)
class RegisterLine:
    """One organisation: kind, edition and status are already words; no person's name stands in this list."""

    organisation: str
    kind: str
    edition: str
    status: str
    since: date


@dataclass(frozen=True, kw_only=True)
class RegisterList:
    """The register as of a day, in the order it is to be printed; `chosen` says which part, where it is not the whole."""

    on: date
    edition: str
    sha256: str
    lines: tuple[RegisterLine, ...]
    chosen: str = ""


def register_paper(head: Letterhead, register: RegisterList) -> bytes:
    """Make the list of signatories on a day (clause s16.public-list)."""
    count = counted(len(register.lines), "organisation")
    paper = Paper(head, f"List of signatories on {day(register.on)}", under=register.chosen or count)
    if register.lines:
        rows = [(line.organisation, line.kind, line.edition, line.status, day(line.since)) for line in register.lines]
        paper.table(("Organisation", "Kind", "Edition", "Status", "Since"), rows, (54, 36, 22, 30, 24))
    else:
        paper.paragraph("No organisation has signed this edition yet.")
    paper.paragraph(f"{register.edition}. Hash of its text (SHA-256): {register.sha256}", size=9, grey=True)
    return paper.finish()
