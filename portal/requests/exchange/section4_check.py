"""The Section 4 check of a request, and what may stand in the way of sending or answering it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.requests.case import Body, Case
from portal.rules.edition.edition_type import Edition
from portal.rules.edition.editions import edition, editions
from portal.rules.gateways.fit import Fit, fit
from portal.rules.section4.check import Check, OutcomeChange, asked, assess, what_would_change
from portal.rules.section4.lawful_bases import LawfulBasis, lawful_bases
from portal.rules.section4.lawful_conditions import CHOSEN, NONE
from portal.rules.section4.questions import Consideration
from portal.rules.section4.recorded_check import from_record

CONDITION_LISTS = ("schedule2", "schedule3", "dpa2018-sch1")
FOR_HOLDER = frozenset({"schedule2", "schedule3", "law_enforcement_purpose"})  # the body that would share answers these


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
    picked = known_gateways(case.edition, case.picked("gateway"))
    if case.holder is None or not picked:
        return ""
    giver, receiver = case.holder.kind, case.asking.kind
    if not (case.edition.has_kind(giver) and case.edition.has_kind(receiver)):
        return Fit.NONE.value
    data = case.words("data_type") or "personal"
    return fit(case.edition, picked, giver, receiver, known_gateways(case.edition, case.confirmed), data).value


def known_gateways(edition: Edition, ids: Iterable[str]) -> tuple[str, ...]:
    """Leave out the laws that an edition does not have: a draft begun under another text may name them still."""
    return tuple(one for one in ids if edition.has_gateway(one))


def answers_of(case: Case) -> dict[str, str]:
    """Give the answers of the check by question id, as far as they are given and this edition has them.

    A draft that was begun by an earlier rule keeps its answers; one that the edition no longer has is open again.
    """
    given: dict[str, str] = {}
    for question in case.edition.considerations:
        words = case.words(question.id)
        if words and (question.kind == "free_text" or question.answer(words) is not None):
            given[question.id] = words
    given["gateway"] = gateway_fit(case)
    return {one: value for one, value in given.items() if value and one not in FOR_HOLDER}


def reasons_of(case: Case) -> dict[str, str]:
    """Give the words typed beside each answer. Two answers have their words in another part of the request."""
    reasons = {one.id: case.words(f"{one.id}.why") for one in case.edition.considerations}
    reasons["purpose_in_scope"] = case.words("purpose")
    reasons["people_minimum"] = "; ".join(one.words for one in case.recipients)
    return reasons


def check_of(case: Case) -> Check:
    """Give the check: as it was recorded, or by the answers so far (clauses s4.*, s6.sensitive-consent).

    Whoever asks chooses no lawful basis: it counts as there where one can be proposed to the holder, who confirms it.
    """
    if case.recorded is not None:
        return from_record(case.edition, case.recorded)
    first = _assessed(case, {})
    said = CHOSEN if case.holder is None or not first.answers.get("data_type") or _proposed(case, first) else NONE
    return _assessed(case, {"schedule2": said, "schedule3": said})


def proposed_bases(case: Case) -> tuple[LawfulBasis, ...]:
    """Give the lawful bases that the portal proposes to the holder, the likeliest first (clause s4.public-interest)."""
    return _proposed(case, check_of(case))


def _proposed(case: Case, check: Check) -> tuple[LawfulBasis, ...]:
    if case.holder is None or not case.edition.has_kind(case.holder.kind):
        return ()
    return lawful_bases(case.edition, case.holder.kind, check.answers)


def _assessed(case: Case, worked_out: dict[str, str]) -> Check:
    return assess(case.edition, answers_of(case) | worked_out, reasons=reasons_of(case), weighing=case.weighing)


def advice(check: Check) -> Advice:
    """Put the outcome in words; an unfinished check says so, whatever its level."""
    return ADVICE[check.outcome] if check.complete or check.outcome == "not_needed" else UNFINISHED


def open_questions(case: Case) -> tuple[Consideration, ...]:
    """List the questions that the answers so far open. Nobody has to begin with the kind of data: facts about a person are taken."""
    found = asked(case.edition, {"data_type": "personal", "depersonalised_enough": "no", **answers_of(case)})
    return tuple(one for one in found if one.id not in FOR_HOLDER)


def changes(case: Case, check: Check) -> tuple[OutcomeChange, ...]:
    """List the single other answers that, if true, would change the outcome. Only of a finished check."""
    return what_would_change(case.edition, check) if check.complete else ()


DESPITE = "despite.why"  # the answer that says why a request is sent although the check advises against it


def advises_sending(check: Check) -> bool:
    """Say whether the check advises sending a request.

    It advises and forbids nothing: the holder decides, and must be able to see a request that the check does not wave
    through. Level 1 to 4 go as they are: what has not been asked stands as a hold, and nothing is disclosed until it is
    recorded (`holds`). At level 0, finished or not, it goes only with a reason, marked as such, which the holder reads.
    """
    return check.complete and check.level > 0


def made_by_earlier_rule(case: Case) -> bool:
    """Say whether the check was recorded by a text of the edition that was put right since."""
    return case.recorded is not None and case.edition.hash != edition(case.edition.id).hash


LIVE_CASE = ("investigating_officer", "cps")
SENIOR = "senior"
WHOM = {
    "investigating_officer": "Officer in charge",
    "cps": "Prosecutor: the Crown Prosecution Service, or the agency's own",
    "senior": "Someone senior to the person who approves",
    "safeguarding": "Safeguarding lead or data protection officer",
    "person": "The person it is about",
    "adviser": "Information manager or data protection lead",
    "originator": "The body it first came from",
    "caldicott": "Caldicott Guardian",
}
HOLD_WORDS = {
    "investigating_officer": "the officer in charge of the case",
    "cps": "the prosecutor (the Crown Prosecution Service, or the agency's own)",
    "senior": "someone senior to the person who approves",
    "safeguarding": "your safeguarding lead or data protection officer",
    "person": "the person the information is about",
    "adviser": "your information manager or data protection lead",
    "originator": "the body the information first came from",
    "caldicott": "your Caldicott Guardian, or their deputy, who must agree",
}


def holds(check: Check) -> tuple[str, ...]:
    """List who must be asked, and their words recorded, before the holder may disclose (s4 Ongoing Investigation).

    A live case, or not knowing whether there is one, holds for both the officer and the CPS, even where the requester
    says that they agreed: the holder records it too. In an emergency they are told at once instead (App 2 point 5).
    """
    need: list[str] = []
    emergency = any(cap.code == "investigation:emergency" for cap in check.caps)
    if check.answers.get("investigation", "no") != "no" and not emergency:
        need += LIVE_CASE
    if check.outcome == "seek_consent":
        need.append("person")
    need += check.consult
    if check.answers.get("gateway") == "unlisted" or "weigh:harm_outweighs" in (*check.reasons, *check.also):
        need.append("adviser")  # a check recorded before November 2026 does not say whom its reasons name
    # A law that compels leaves proportion and a gentler way to a responsible person (level 1).
    if check.outcome == "consult_first" and not need:
        need.append("adviser")
    return tuple(dict.fromkeys(need))


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

    holder = moved(case.holder) if case.holder else None
    return replace(case, edition=other, asking=moved(case.asking), holder=holder, recorded=None)
