"""The written request with its Section 4 check, and the answer to it: share, share in part, ask or refuse (Section 6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead, Paper, PaperSignature, moment


@dataclass(frozen=True)
class ReasonLine:
    """A reason of the check, and the paragraph of the agreement behind it."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class CheckPaper:
    """The Section 4 check as it stood when the request was sent: its outcome in words, and all that led to it."""

    outcome: str
    explanation: str
    answers: tuple[LabelledLine, ...]
    reasons: tuple[ReasonLine, ...]
    also: tuple[ReasonLine, ...] = ()
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WrittenRequest:
    """A request for information about a person. `contents` are the ten that Section 6 asks for, in its order."""

    asked_by: str
    asked_of: str
    sent_at: datetime
    contents: tuple[LabelledLine, ...]
    items: tuple[LabelledLine, ...]  # each item of information, and why it is needed
    check: CheckPaper
    undertaking: str
    edition: str
    sha256: str


class DecisionPaper(StrEnum):
    """What the holder of the information decided."""

    DISCLOSE = "disclose"
    IN_PART = "in part"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True)
class ItemAnswer:
    """What was decided about one item: "Shared" or "Not shared", the information where it is shared, and why.

    `source` is the body that a shared fact came from: whoever wants to pass it on asks there.
    """

    item: str
    decision: str
    information: str
    reason: str
    source: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file sent with the answer; it travels the secure way chosen, its hash stands here."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AnswerPaper:
    """The answer to a written request. `reason` is required to refuse; `question` is what is asked back."""

    decision: DecisionPaper
    request_reference: str
    request_sent_at: datetime
    asked_by: str
    holder: str
    decided_by: str
    position: str
    decided_at: datetime
    reason: str = ""
    question: str = ""
    items: tuple[ItemAnswer, ...] = ()
    conditions: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    matched: str = ""  # which parts of the description agreed with the holder's record (Section 7)
    use: str = ""  # what it may be used for, and under which protocol (Section 8)
    signature: PaperSignature | None = None


_SAID = {
    DecisionPaper.DISCLOSE: "{holder} shares what you asked for",
    DecisionPaper.IN_PART: "{holder} shares part of what you asked for",
    DecisionPaper.ASK: "{holder} has a question before it decides",
    DecisionPaper.REFUSE: "{holder} does not share what you asked for",
}


def request_paper(head: Letterhead, request: WrittenRequest) -> bytes:
    """Make the written request (clauses s6.request.*, s4.*)."""
    paper = Paper(
        head, "Request for information about a person", under=f"From {request.asked_by} to {request.asked_of}"
    )
    paper.facts(
        (
            LabelledLine("From", request.asked_by),
            LabelledLine("To", request.asked_of),
            LabelledLine("Sent", moment(request.sent_at)),
        )
    )
    paper.heading("The request")
    paper.facts(LabelledLine(f"{number}. {fact.label}", fact.value) for number, fact in enumerate(request.contents, 1))
    if request.items:
        paper.heading("What is asked for, item by item")
        paper.table(("Item", "Why it is needed"), [(item.label, item.value) for item in request.items], (2, 3))
    paper.panel("What the requester undertakes", request.undertaking)
    write_check(paper, request.check)
    paper.paragraph(
        f"Made under the {request.edition}. Hash of its text (SHA-256): {request.sha256}", size=9, grey=True
    )
    return paper.finish()


def write_check(paper: Paper, check: CheckPaper) -> None:
    """Write the Section 4 check: outcome, reasons with their paragraphs, what else is needed, every answer."""
    paper.heading("Should this be shared? (Section 4)")
    paper.panel(check.outcome, check.explanation)
    for title, reasons in (("Reasons", check.reasons), ("Also needed", check.also)):
        if reasons:
            paper.heading(title, 3)
            paper.table((title, "Where the agreement says so"), [(each.text, each.source) for each in reasons], (5, 3))
    if check.conditions:
        paper.heading("Conditions", 3)
        paper.bullets(check.conditions)
    paper.heading("Answers given", 3)
    paper.facts(check.answers)


def answer_paper(head: Letterhead, answer: AnswerPaper) -> bytes:
    """Make the answer (clauses s6.disclosure-in-writing, s6.refusal, s8.use-by-protocol); a refusal needs its reason."""
    if answer.decision is DecisionPaper.REFUSE and not answer.reason.strip():
        message = "a refusal is recorded with its reason (Section 6)"
        raise ValueError(message)
    paper = Paper(head, "Answer to a request for information", under=f"From {answer.holder} to {answer.asked_by}")
    said = _SAID[answer.decision].format(holder=answer.holder)
    paper.panel(said, answer.question if answer.decision is DecisionPaper.ASK else answer.reason)
    paper.facts(
        (
            LabelledLine("Request", answer.request_reference),
            LabelledLine("Request sent", moment(answer.request_sent_at)),
            LabelledLine("Asked by", answer.asked_by),
            LabelledLine("Decided by", f"{answer.decided_by}, {answer.position}"),
            LabelledLine("Decided", moment(answer.decided_at)),
            *((LabelledLine("What agreed with our record", answer.matched),) if answer.matched else ()),
        )
    )
    _shared(paper, answer)
    if answer.signature:
        paper.signature(answer.signature)
    return paper.finish()


def _shared(paper: Paper, answer: AnswerPaper) -> None:
    for number, item in enumerate(answer.items, 1):
        paper.heading(f"{number}. {item.item}", 2)
        facts = [LabelledLine("Decision", item.decision)]
        facts += [LabelledLine("Information", item.information)] if item.information else []
        facts += [LabelledLine("Came from", item.source)] if item.source else []
        facts += [LabelledLine("Reason", item.reason)] if item.reason else []
        paper.facts(facts)
    if answer.conditions:
        paper.heading("Conditions", 2)
        paper.bullets(answer.conditions)
    if answer.recipients:
        paper.heading("Who may see it", 2)
        paper.bullets(answer.recipients)
    if answer.attachments:
        paper.heading("Files that go with this answer", 2)
        paper.table(("File", "Hash (SHA-256)"), [(file.name, file.sha256) for file in answer.attachments], (2, 3))
    if answer.use:
        paper.panel("What it may be used for", answer.use)
