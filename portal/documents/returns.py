"""The certificate of a return: what came, what was kept, what was taken out and by which rules. Never a value (Section 6)."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, moment
from portal.ground.wording import counted


@dataclass(frozen=True)
class ColumnFate:
    """What became of one column: its header as it may be shown, the field it became (or ""), what was done, in words."""

    header: str
    field: str
    treatment: str


@dataclass(frozen=True)
class Removed:
    """How many identifiers of one kind were taken out, and what was done with them."""

    kind: str
    count: int
    action: str


@dataclass(frozen=True, kw_only=True)
class ReturnCertificate:
    """The account of one return. Hashes are of what was kept and of the rules that it went through; `risk` is in words."""

    dataset: str
    dataset_name: str
    organisation: str
    period: str
    months: str
    submitted_at: datetime
    edition: str
    edition_sha256: str
    rules_sha256: str
    content_sha256: str
    rows_read: int
    rows_kept: int
    columns: tuple[ColumnFate, ...]
    removed: tuple[Removed, ...]
    risk: tuple[LabelledLine, ...]
    use: str = ""  # what it may be used for, and under which protocol (Section 8)
    supersedes: str = ""
    nil: bool = False
    warnings: tuple[str, ...] = ()


def certificate_paper(head: Letterhead, certificate: ReturnCertificate) -> bytes:
    """Make the certificate of a return as a PDF (clauses s6.no-identifiers, s11.quarterly, s8.use-by-protocol)."""
    paper = Paper(head, "Certificate of a return", under=f"{certificate.dataset_name}, {certificate.months}")
    kept = f"{counted(certificate.rows_kept, 'record')} kept of {certificate.rows_read:,} read"
    title = "Nothing to report for this quarter" if certificate.nil else kept
    paper.panel(
        title,
        "What names or points to a person was taken out before anything was stored. The file itself was not kept.",
    )
    paper.facts(_particulars(certificate))
    if certificate.use:
        paper.panel("What it may be used for", certificate.use)
    if certificate.columns:
        paper.heading("What became of each column")
        rows = [(column.header, column.field or "Not kept", column.treatment) for column in certificate.columns]
        paper.table(("Column in the file", "Kept as", "What was done"), rows, (3, 3, 5))
    if certificate.removed:
        paper.heading("What was taken out")
        found = [(each.kind, f"{each.count:,}", each.action) for each in certificate.removed]
        paper.table(("Kind", "How many", "What was done"), found, (4, 2, 5))
    if certificate.risk:
        paper.heading("Could anybody be recognised?")
        paper.facts(certificate.risk)
    if certificate.warnings:
        paper.heading("Warnings")
        paper.bullets(certificate.warnings)
    paper.heading("Proof")
    paper.facts(
        (
            LabelledLine("Rules used (SHA-256)", certificate.rules_sha256),
            LabelledLine("What was kept (SHA-256)", certificate.content_sha256),
            LabelledLine("Edition (SHA-256)", certificate.edition_sha256),
        )
    )
    return paper.finish()


def _particulars(certificate: ReturnCertificate) -> list[LabelledLine]:
    facts = [
        LabelledLine("Data set", certificate.dataset_name),
        LabelledLine("Sent by", certificate.organisation),
        LabelledLine("Months", certificate.months),
        LabelledLine("Sent", moment(certificate.submitted_at)),
        LabelledLine("Edition", certificate.edition),
        LabelledLine("Records read", f"{certificate.rows_read:,}"),
        LabelledLine("Records kept", f"{certificate.rows_kept:,}"),
    ]
    return [*facts, LabelledLine("Takes the place of", certificate.supersedes)] if certificate.supersedes else facts
