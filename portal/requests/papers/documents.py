"""The papers of a request: the written request with its check, and the decision for each side. Sealed before they are kept."""

from dataclasses import dataclass
from datetime import datetime

from portal.documents.layout.flow import LabelledLine
from portal.documents.layout.frame import Letterhead
from portal.documents.layout.letterhead import letterhead
from portal.documents.requests.request import (
    AnswerPaper,
    CheckPaper,
    ReasonLine,
    WrittenRequest,
    answer_paper,
    request_paper,
)
from portal.documents.seal.issuing import issue
from portal.ground.act import Act
from portal.ground.settings import load_settings
from portal.requests.case import Case
from portal.requests.exchange.decisions import marking_of
from portal.requests.exchange.section4_check import ADVISES, advice, check_of
from portal.requests.forms.contents import answers_in_words, extras, ten
from portal.requests.status import paragraph_words
from portal.rules.forms.handling import document_mark
from portal.rules.forms.requests import request_contents
from portal.rules.section4.check_result import Reason as Why


@dataclass(frozen=True, kw_only=True)
class PaperStamp:
    """What stands on every paper of one request."""

    reference: str
    at: datetime
    sent_at: datetime | None = None  # where the paper is made later than the request was sent


def written_request(act: Act, case: Case, stamp: PaperStamp) -> bytes:
    """Make and seal the written request (clauses s6.request.*)."""
    sent_at = stamp.sent_at or stamp.at
    clause = next(one.text for one in request_contents(case.edition) if one.kind == "declaration")
    pdf = request_paper(
        head_of(act, document_mark(case.edition, marking_of(case).id), stamp),
        WrittenRequest(
            asked_by=case.asking.name,
            asked_of=case.holder.name if case.holder else "",
            sent_at=sent_at,
            contents=tuple(LabelledLine(line.label, line.value) for line in ten(case, sent_at)),
            items=tuple(LabelledLine(item.what, item.why) for item in case.items),
            check=check_on_paper(case),
            undertaking=clause,
            edition=case.edition.about.short_title,
            sha256=case.edition.hash,
        ),
    )
    return issue(act, pdf, stamp.reference)


def check_on_paper(case: Case) -> CheckPaper:
    """Put the Section 4 check of a request on paper: outcome, reasons with their paragraphs, conditions, answers."""
    checked = check_of(case)
    said = advice(checked)
    return CheckPaper(
        outcome=said.title,
        explanation=f"{said.for_holder} {ADVISES}",
        answers=(
            *(LabelledLine(line.label, line.value) for line in extras(case)),
            *(LabelledLine(question, answer) for question, answer, _ in answers_in_words(case)),
        ),
        reasons=_reasons(checked.deciding),
        also=_reasons(checked.also_needed),
        conditions=tuple(one.text for one in (*checked.conditions_in_words, *checked.reminders)),
    )


def decision_paper(act: Act, marking: str, stamp: PaperStamp, answer: AnswerPaper) -> bytes:
    """Make and seal the answer (clauses s6.disclosure-in-writing, s6.refusal)."""
    return issue(act, answer_paper(head_of(act, marking, stamp), answer), stamp.reference)


def head_of(act: Act, marking: str, stamp: PaperStamp) -> Letterhead:
    """Give the head of a paper of this request; it is marked as Appendix 4 asks."""
    return letterhead(act, stamp.reference, marking, base_url=load_settings().base_url, made_at=stamp.at)


def _reasons(reasons: tuple[Why, ...]) -> tuple[ReasonLine, ...]:
    return tuple(ReasonLine(one.text, paragraph_words(one.ref)) for one in reasons)
