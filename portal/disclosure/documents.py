"""The papers of a request: the written request with its check, and the decision for each side. Sealed before they are kept."""

from dataclasses import dataclass
from datetime import datetime

from portal.act import Act
from portal.disclosure.case import Case
from portal.disclosure.checking import ADVISES, advice, check_of
from portal.disclosure.contents import answers_in_words, extras, ten
from portal.disclosure.turns import paragraph_words
from portal.disclosure.verdicts import marking_of
from portal.issuing import issue
from portal.papers.disclosure import Answer, Check, Reason, WrittenRequest, answer_paper, request_paper
from portal.papers.flow import Fact
from portal.papers.frame import Letterhead
from portal.partnership import facts
from portal.rules.check_result import Reason as Why
from portal.rules.requests import request_contents
from portal.settings import load_settings


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What stands on every paper of one request."""

    reference: str
    at: datetime
    sent_at: datetime | None = None  # where the paper is made later than the request was sent


def written_request(act: Act, case: Case, stamp: Stamp) -> bytes:
    """Make and seal the written request (clauses s6.request.*)."""
    sent_at = stamp.sent_at or stamp.at
    clause = next(one.text for one in request_contents(case.edition) if one.kind == "declaration")
    pdf = request_paper(
        letterhead(act, marking_of(case).title, stamp),
        WrittenRequest(
            asked_by=case.asking.name,
            asked_of=case.holder.name if case.holder else "",
            sent_at=sent_at,
            contents=tuple(Fact(line.label, line.value) for line in ten(case, sent_at)),
            items=tuple(Fact(item.what, item.why) for item in case.items),
            check=check_on_paper(case),
            undertaking=clause,
            edition=case.edition.about.short_title,
            sha256=case.edition.hash,
        ),
    )
    return issue(act, pdf, stamp.reference)


def check_on_paper(case: Case) -> Check:
    """Put the Section 4 check of a request on paper: outcome, reasons with their paragraphs, conditions, answers."""
    checked = check_of(case)
    said = advice(checked)
    return Check(
        outcome=said.title,
        explanation=f"{said.for_holder} {ADVISES}",
        answers=(
            *(Fact(line.label, line.value) for line in extras(case)),
            *(Fact(question, answer) for question, answer, _ in answers_in_words(case)),
        ),
        reasons=_reasons(checked.deciding),
        also=_reasons(checked.also_needed),
        conditions=tuple(one.text for one in (*checked.conditions_in_words, *checked.reminders)),
    )


def decision_paper(act: Act, marking: str, stamp: Stamp, answer: Answer) -> bytes:
    """Make and seal the answer (clauses s6.disclosure-in-writing, s6.refusal)."""
    return issue(act, answer_paper(letterhead(act, marking, stamp), answer), stamp.reference)


def letterhead(act: Act, marking: str, stamp: Stamp) -> Letterhead:
    """Give the head of a paper of this request; it is marked as Appendix 4 asks."""
    known = facts(act.store)
    return Letterhead(
        partnership=known.name,
        reference=stamp.reference,
        marking=marking,
        made_at=stamp.at,
        verify_at=f"{load_settings().base_url}/verify",
        logo=known.logo,
    )


def _reasons(reasons: tuple[Why, ...]) -> tuple[Reason, ...]:
    return tuple(Reason(one.text, paragraph_words(one.ref)) for one in reasons)
