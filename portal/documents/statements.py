"""Papers of what partners write down: the sharing statement (App 5), the access record (s5, s15), the privacy notice (s6)."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment
from portal.ground.wording import day, listed


@dataclass(frozen=True, kw_only=True)
class PartySignature:
    """One party's signature to a statement."""

    organisation: str
    name: str
    post: str
    signed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SharingPaper:
    """A statement that is in force: the edition's questions with their answers, the laws, every party's signature."""

    title: str
    parties: tuple[str, ...]
    answers: tuple[LabelledLine, ...]
    laws: tuple[str, ...]
    signatures: tuple[PartySignature, ...]
    in_force_at: datetime
    edition: str
    edition_sha256: str
    words_sha256: str
    review: str
    questions: str


@dataclass(frozen=True)
class View:
    """What a partner was asked about information that came from it, and what it said."""

    organisation: str
    question: str
    view: str
    words: str
    when: str


@dataclass(frozen=True, kw_only=True)
class AccessRecord:
    """An access request and its decision, with the partners' views beside it."""

    kind: str
    holder: str
    requester: str
    asked_for: str
    received_on: date
    due_on: date
    extension: str
    views: tuple[View, ...]
    outcome: str
    exemption: str
    reason: str
    without_views: str
    decided_by: str
    position: str
    decided_at: datetime
    edition: str
    sha256: str


@dataclass(frozen=True)
class NoticePassage:
    """A part of a privacy notice: a heading, paragraphs, and a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoticePaper:
    """A privacy notice for the public."""

    title: str
    organisation: str
    made_on: date
    passages: tuple[NoticePassage, ...]


def sharing_paper(head: Letterhead, statement: SharingPaper) -> bytes:
    """Make the Information Sharing Statement that every party has signed (clause app5.statement)."""
    paper = Paper(head, "Information Sharing Statement", under=statement.title)
    paper.panel("In force", f"Every party has signed. In force from {moment(statement.in_force_at)}.")
    paper.facts((LabelledLine("Between", listed(statement.parties)), LabelledLine("Reference", head.reference)))
    paper.heading("What was agreed")
    for number, fact in enumerate(statement.answers, 1):
        paper.heading(f"{number}. {fact.label}", 3)
        paper.paragraph(fact.value or "Not answered")
    if statement.laws:
        paper.heading("Laws that the parties use", 3)
        paper.bullets(statement.laws)
    paper.heading("Signatures")
    for one in statement.signatures:
        paper.heading(f"For {one.organisation}", 3)
        paper.facts(
            (
                LabelledLine("Name", one.name),
                LabelledLine("Post", one.post),
                LabelledLine("Date and time", moment(one.signed_at)),
            )
        )
        paper.signature(PaperSignature(typed=one.name))
    paper.heading("Review and questions")
    paper.bullets((statement.review, statement.questions))
    paper.facts(
        (
            LabelledLine("Made under", statement.edition),
            LabelledLine("Hash of its text", statement.edition_sha256),
            LabelledLine("Hash of the words signed", statement.words_sha256),
        )
    )
    return paper.finish()


def access_paper(head: Letterhead, record: AccessRecord) -> bytes:
    """Make the record of an access request (clauses s5.consult-originator, s15.foi-case-by-case)."""
    paper = Paper(head, "Record of an access request", under=record.kind)
    paper.panel(record.outcome, record.reason)
    paper.facts(
        (
            LabelledLine("Held by", record.holder),
            LabelledLine("Asked by", record.requester),
            LabelledLine("Came on", day(record.received_on)),
            LabelledLine("Last day for an answer", day(record.due_on)),
            *([LabelledLine("Why it took longer", record.extension)] if record.extension else []),
            LabelledLine("What is asked for", record.asked_for),
        )
    )
    paper.heading("What the partners said that it came from")
    for one in record.views:
        paper.heading(one.organisation, 3)
        paper.facts(
            (
                LabelledLine("Asked", one.question),
                LabelledLine("View", one.view),
                LabelledLine("In its words", one.words),
                LabelledLine("When", one.when),
            )
        )
    if not record.views:
        paper.paragraph("The holder asked no partner for a view.")
    if record.without_views:
        paper.facts((LabelledLine("Why it was decided without waiting", record.without_views),))
    paper.heading("The decision")
    paper.facts(
        (
            LabelledLine("Decision", record.outcome),
            *([LabelledLine("Exemption", record.exemption)] if record.exemption else []),
            *([LabelledLine("Reason", record.reason)] if record.reason else []),
            LabelledLine(
                "Decided by", f"{record.decided_by}, {record.position}" if record.position else record.decided_by
            ),
            LabelledLine("Decided", moment(record.decided_at)),
        )
    )
    weighed = " The partners' views were weighed; they do not bind." if record.views else ""
    paper.paragraph(f"The decision is the holder's own.{weighed}")
    paper.paragraph(f"Made under the {record.edition}. Hash of its text (SHA-256): {record.sha256}", size=9, grey=True)
    return paper.finish()


def notice_paper(head: Letterhead, notice: NoticePaper) -> bytes:
    """Make a privacy notice for the public (clause s6.fair-obtaining)."""
    paper = Paper(head, notice.title, under=f"{notice.organisation}, {day(notice.made_on)}")
    for passage in notice.passages:
        paper.heading(passage.title, 2)
        for text in passage.paragraphs:
            paper.paragraph(text)
        if passage.items:
            paper.bullets(passage.items)
    return paper.finish()
