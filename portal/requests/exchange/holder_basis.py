"""The lawful basis of whoever holds the information: proposed by the portal, confirmed by the holder when it decides (s4)."""

from collections.abc import Mapping, Sequence

from portal.requests.case import Case
from portal.requests.exchange.section4_check import CONDITION_LISTS, check_of, proposed_bases
from portal.requests.forms.law_questions import condition_name
from portal.rules.section4.lawful_bases import PURPOSE, LawfulBasis
from portal.rules.section4.lawful_conditions import CHOSEN, explain_conditions, usable_conditions, worked_out
from portal.rules.section4.questions import Condition


def offered_bases(case: Case) -> tuple[LawfulBasis, ...]:
    """List the bases that the holder may confirm with one press, the likeliest first.

    A request of an earlier rule comes with the conditions that its asker picked: they are offered first.
    """
    picked = tuple(case.edition.condition(one) for one in _picked(case))
    earlier = (LawfulBasis(conditions=picked),) if picked else ()
    return (*earlier, *proposed_bases(case))


def other_conditions(case: Case) -> tuple[Condition, ...]:
    """List every condition that the holder's kind of body may rely on, for whoever rests on another basis."""
    if case.holder is None or not case.edition.has_kind(case.holder.kind):
        return ()
    return tuple(one for name in CONDITION_LISTS for one in usable_conditions(case.edition, name, case.holder.kind))


def asks_purpose(case: Case) -> bool:
    """Say whether the holder must say if it shares for law enforcement, since two laws could apply to it."""
    known = case.holder is not None and case.edition.has_kind(case.holder.kind)
    return (
        known
        and case.holder is not None
        and case.edition.has_question(PURPOSE)
        and case.edition.kind(case.holder.kind).competent_authority
    )


def basis_problem(case: Case, ids: Sequence[str], purpose: str) -> str:
    """Say what keeps the chosen conditions from carrying the sharing; '' where they do (clause s4.public-interest)."""
    if not ids:
        return "Confirm the lawful basis on which you share, or choose another."
    if any(not case.edition.has_condition(one) for one in ids):
        return "Choose the lawful basis from the list."
    if case.recorded is not None and tuple(ids) == tuple(_picked(case)):
        return ""  # it counted by the rule under which the request was sent
    facts = _facts(case, purpose)
    giver = case.holder.kind if case.holder else None
    found = worked_out(case.edition, ids, giver, facts)
    needed = ("schedule2", "schedule3") if facts.get("data_type") == "sensitive" else ("schedule2",)
    if all(found[one] == CHOSEN for one in needed):
        return ""
    why = next((one.why for one in explain_conditions(case.edition, ids, giver, facts) if not one.counts), "")
    return f"This basis does not carry the sharing yet. {why or 'Sensitive facts need one more condition.'}"


def basis_in_words(case: Case, ids: Sequence[str]) -> str:
    """Name the conditions of a basis."""
    known = [case.edition.condition(one) for one in ids if case.edition.has_condition(one)]
    return " with ".join(condition_name(one) for one in known)


def _picked(case: Case) -> list[str]:
    return [one for name in CONDITION_LISTS for one in case.picked(name) if case.edition.has_condition(one)]


def _facts(case: Case, purpose: str) -> Mapping[str, str]:
    facts = dict(check_of(case).answers)
    return {**facts, PURPOSE: purpose} if purpose else facts
