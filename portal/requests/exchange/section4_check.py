"""The Section 4 check of a request, and what may stand in the way of sending or answering it."""

from dataclasses import dataclass, replace

from portal.requests.case import Body, Case
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import editions
from portal.rules.gateways.fit import Fit, fit
from portal.rules.section4.check import Check, OutcomeChange, asked, assess, what_would_change
from portal.rules.section4.questions import Consideration

CONDITION_LISTS = ("schedule2", "schedule3", "dpa2018-sch1")


@dataclass(frozen=True, kw_only=True)
class Advice:
    """An outcome as people read it: its name, the next step for who asks, the next step for who holds, its tint."""

    title: str
    next_step: str
    for_holder: str
    standing: str


UNFINISHED = Advice(
    title="The check is not finished",
    next_step="Answer the questions that are still open. Then the check can say more.",
    for_holder="Questions are still open.",
    standing="waiting",
)
ADVICE: dict[str, Advice] = {
    "proceed": Advice(
        title="Nothing stands in the way",
        next_step="You told us enough to send.",
        for_holder="On these answers the information may be shared.",
        standing="done",
    ),
    "proceed_conditions": Advice(
        title="It may be shared, with conditions",
        next_step="You told us enough to send. The holder ticks each condition before anything is shared.",
        for_holder="Tick each condition once it is met. Nothing is shared before.",
        standing="done",
    ),
    "seek_consent": Advice(
        title="Ask the person first",
        next_step="Ask them and come back with a yes or a no, or say why they cannot be asked. If you send it now, the holder must record what the person said before sharing.",
        for_holder="Ask the person, and record what they said, before anything is shared.",
        standing="waiting",
    ),
    "consult_first": Advice(
        title="Talk to someone first",
        next_step="Somebody must be asked before anything is shared. If you send it now, the holder must ask them and record what they said.",
        for_holder="Somebody must be asked, and what they said recorded, before anything is shared.",
        standing="waiting",
    ),
    "not_justified": Advice(
        title="Do not share on these answers",
        next_step="The reasons below say what would have to be shown.",
        for_holder="The reasons below say what would have to be shown.",
        standing="stopped",
    ),
    "not_needed": Advice(
        title="Information without names would do",
        next_step="Ask for that instead. It is quicker, and nobody is named.",
        for_holder="Offer figures without names.",
        standing="stopped",
    ),
}
ADVISES = "It advises; the holder decides."


def gateway_fit(case: Case) -> str:
    """Work out how far the laws named carry the sharing; '' while no law or no holder is named."""
    if case.holder is None or not case.picked("gateway"):
        return ""
    if not (case.edition.has_kind(case.holder.kind) and case.edition.has_kind(case.asking.kind)):
        return Fit.NONE.value
    return fit(case.edition, case.picked("gateway"), case.holder.kind, case.asking.kind, case.confirmed).value


def answers_of(case: Case) -> dict[str, str]:
    """Give the answers of the check by question id, as far as they are given."""
    given = {one.id: case.words(one.id) for one in case.edition.considerations}
    given["gateway"] = gateway_fit(case)
    return {question: value for question, value in given.items() if value}


def reasons_of(case: Case) -> dict[str, str]:
    """Give the words typed beside each answer. Two answers have their words in another part of the request."""
    reasons = {one.id: case.words(f"{one.id}.why") for one in case.edition.considerations}
    reasons["purpose_in_scope"] = case.words("purpose")
    reasons["people_minimum"] = "; ".join(one.words for one in case.recipients)
    return reasons


def check_of(case: Case) -> Check:
    """Make the check by the answers so far (clauses s4.*, s6.sensitive-consent)."""
    chosen = [one for name in CONDITION_LISTS for one in case.picked(name)]
    giver = case.holder.kind if case.holder and case.edition.has_kind(case.holder.kind) else None
    return assess(
        case.edition,
        answers_of(case),
        reasons=reasons_of(case),
        conditions=chosen,
        giver=giver,
        confirmed=case.confirmed,
        weighing=case.weighing,
    )


def advice(check: Check) -> Advice:
    """Put the outcome in words; an unfinished check says so, whatever its level."""
    return ADVICE[check.outcome] if check.complete or check.outcome == "not_needed" else UNFINISHED


def open_questions(case: Case) -> tuple[Consideration, ...]:
    """List the questions that the answers so far open. Nobody has to begin with the kind of data: facts about a person are taken."""
    return asked(case.edition, {"data_type": "personal", "depersonalised_enough": "no", **answers_of(case)})


def changes(case: Case, check: Check) -> tuple[OutcomeChange, ...]:
    """List the single other answers that, if true, would change the outcome. Only of a finished check."""
    return what_would_change(case.edition, check) if check.complete else ()


def may_go_out(check: Check) -> bool:
    """Say whether a request with this check may be sent.

    The check advises and the holder decides (section 7 of the agreement's logic, s6 refusal), so the holder must be
    able to see a request that the check does not wave through. Level 3 and 4 go with their conditions. Level 1 and 2
    may go too, since it is often the holder who knows the officer in charge or can ask the person: what has not been
    asked stands as a hold, and nothing is disclosed until it is recorded (`holds`). Level 0 stays: it means that no
    facts about a person should move on these answers, and s6 then asks for data without names. An unfinished check is
    level 0 by its own rule, so nobody gains by leaving a question out.
    """
    return check.complete and check.level > 0


LIVE_CASE = ("investigating_officer", "cps")
WHOM = {
    "investigating_officer": "Officer in charge",
    "cps": "Crown Prosecution Service",
    "person": "The person it is about",
    "adviser": "Information manager or data protection lead",
    "originator": "The body it first came from",
}
HOLD_WORDS = {
    "investigating_officer": "the officer in charge of the case",
    "cps": "the Crown Prosecution Service",
    "person": "the person the information is about",
    "adviser": "your information manager or data protection lead",
    "originator": "the body the information first came from",
}


def holds(check: Check) -> tuple[str, ...]:
    """List who must be asked, and their words recorded, before the holder may disclose (s4 Ongoing Investigation).

    A live case, or not knowing whether there is one, holds for both the officer and the CPS, even where the requester
    says that they agreed: the holder records it too.
    """
    need: list[str] = []
    if check.answers.get("investigation", "no") != "no":
        need += LIVE_CASE
    if check.outcome == "seek_consent":
        need.append("person")
    if check.answers.get("gateway") == "unlisted" or "weigh:harm_outweighs" in (*check.reasons, *check.also):
        need.append("adviser")
    # A law that compels leaves proportion and a gentler way to a responsible person (level 1).
    if check.outcome == "consult_first" and not need:
        need.append("adviser")
    return tuple(need)


def other_editions(case: Case) -> tuple[Edition, ...]:
    """List the editions under which the same request can be looked at."""
    return tuple(one for one in editions() if one.id != case.edition.id)


def under(case: Case, other: Edition) -> Case:
    """Put the same request under another edition; a kind of body is followed through its change of name."""

    def moved(body: Body) -> Body:
        if other.has_kind(body.kind):
            return body
        later = next((kind.id for kind in other.organisation_types if kind.replaces == body.kind), "")
        before = case.edition.kind(body.kind).replaces if case.edition.has_kind(body.kind) else ""
        return replace(body, kind=later or before or body.kind)

    return replace(case, edition=other, asking=moved(case.asking), holder=moved(case.holder) if case.holder else None)
