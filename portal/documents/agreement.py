"""The agreement of an edition as a paper: summary sheet, text, gateway table, appendices, version record (cover, s1 to s16)."""

from dataclasses import dataclass

from portal.documents.layout import prose
from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper


@dataclass(frozen=True)
class AgreementPart:
    """A section or appendix: its title and its own Markdown (headings, lists, tables, bold, italics)."""

    title: str
    text: str


@dataclass(frozen=True)
class GatewayLine:
    """One law of the gateway table: its name, what it lets partners do, who may use it, and its standing today."""

    law: str
    permits: str
    who: str
    standing: str


@dataclass(frozen=True)
class VersionLine:
    """One line of the version record; the date is already written out."""

    number: str
    date: str
    change: str
    authorised: str


@dataclass(frozen=True, kw_only=True)
class EditionText:
    """An edition, shaped for paper. `sha256` is the hash of its sealed text; `standing` says since when it is in force."""

    title: str
    edition: str
    sha256: str
    standing: str
    summary: tuple[LabelledLine, ...]
    sections: tuple[AgreementPart, ...]
    gateways: tuple[GatewayLine, ...]
    appendices: tuple[AgreementPart, ...]
    versions: tuple[VersionLine, ...]
    notes: tuple[str, ...] = ()  # what a reader must know before relying on it, such as facts still to be checked


def agreement_paper(head: Letterhead, edition: EditionText) -> bytes:
    """Make the whole agreement of an edition as a PDF (clauses cover.summary, cover.versions, s15.publish)."""
    paper = Paper(head, edition.title, under=edition.standing)
    write_edition(paper, edition)
    return paper.finish()


def write_edition(paper: Paper, edition: EditionText) -> None:
    """Write an edition from its summary sheet to its hash; a signed copy holds exactly this."""
    if edition.notes:
        paper.panel("Before you rely on this edition", "\n".join(edition.notes))
    paper.heading("Summary sheet")
    paper.facts(edition.summary)
    paper.contents()
    for section in edition.sections:
        paper.heading(section.title)
        prose.write(paper, section.text, top=2)
    if edition.gateways:
        paper.new_page()
        paper.heading("Legal gateways")
        rows = [(line.law, line.permits, line.who, line.standing) for line in edition.gateways]
        paper.table(("Law", "What it lets partners do", "Who may use it", "Today"), rows, (26, 40, 34, 16))
    for appendix in edition.appendices:
        paper.new_page()
        paper.heading(appendix.title)
        prose.write(paper, appendix.text, top=2)
    paper.heading("Version record")
    versions = [(line.number, line.date, line.change, line.authorised) for line in edition.versions]
    paper.table(("Version", "Date", "What changed", "Authorised by"), versions, (12, 22, 50, 30))
    paper.paragraph(f"Edition {edition.edition}. Hash of its text (SHA-256): {edition.sha256}", size=9, grey=True)
