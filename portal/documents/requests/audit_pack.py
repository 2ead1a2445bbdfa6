"""The audit pack of a request: all that led to its decision and all who opened it, without what was disclosed (s6, s12)."""

from dataclasses import dataclass

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper
from portal.documents.requests.request import CheckPaper, write_check

LEFT_OUT = (
    "What was disclosed is not in this pack: neither its words nor its files. "
    "It opens in the portal, for the people named in the request, and each opening is recorded here."
)


@dataclass(frozen=True, kw_only=True)
class PackSection:
    """A part of the pack in the manner of a definition list, or a sentence where there is nothing."""

    title: str
    facts: tuple[LabelledLine, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, kw_only=True)
class PackTable:
    """A part of the pack in rows; `widths` are proportions."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    nothing: str


@dataclass(frozen=True, kw_only=True)
class AuditPack:
    """All of a request that an inspector needs. `check` is None once its content was deleted or withdrawn."""

    asked_by: str
    asked_of: str
    stands: str
    made_for: str
    life: tuple[LabelledLine, ...]
    contents: PackSection
    items: PackTable
    check: CheckPaper | None
    rule_book: tuple[LabelledLine, ...]
    parts: tuple[PackSection | PackTable, ...]
    events: PackTable
    chain: tuple[LabelledLine, ...]


def audit_pack(head: Letterhead, pack: AuditPack) -> bytes:
    """Make the audit pack of one request (clauses s6.disclosure-in-writing, s6.refusal, s12.personal-retention)."""
    paper = Paper(head, "Audit pack of a request", under=f"From {pack.asked_by} to {pack.asked_of}")
    paper.panel(pack.stands, LEFT_OUT)
    paper.facts((LabelledLine("Made for", pack.made_for), *pack.life))
    paper.contents()
    paper.new_page()
    _section(paper, pack.contents)
    _table(paper, pack.items)
    if pack.check is not None:
        write_check(paper, pack.check)
    paper.heading("The agreement it was made under")
    paper.facts(pack.rule_book)
    for part in pack.parts:
        if isinstance(part, PackSection):
            _section(paper, part)
        else:
            _table(paper, part)
    _table(paper, pack.events)
    paper.facts(pack.chain)
    return paper.finish()


def _section(paper: Paper, section: PackSection) -> None:
    paper.heading(section.title)
    if section.facts:
        paper.facts(section.facts)
    if section.nothing:
        paper.paragraph(section.nothing)


def _table(paper: Paper, table: PackTable) -> None:
    paper.heading(table.title)
    if table.rows:
        paper.table(table.headings, table.rows, table.widths)
    else:
        paper.paragraph(table.nothing)
