"""Which chosen conditions of data protection law count for whoever gives the facts (s4 Public Interest)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.gateways.bodies import OrganisationType
from portal.rules.section4.questions import Condition

CHOSEN = "chosen"
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ConditionFit:
    """Whether one chosen condition counts, and why not where it does not."""

    condition: Condition
    counts: bool
    why: str


def explain_conditions(
    edition: Edition, chosen: Collection[str], giver_kind: str | None, answers: Mapping[str, str]
) -> tuple[ConditionFit, ...]:
    """Say for each chosen condition of the edition whether it counts.

    Args:
        edition: the edition whose lists hold.
        chosen: condition ids; ids that the lists do not have count for nothing.
        giver_kind: id of the kind of organisation that gives the facts; None counts as a public authority that is
            no competent authority, which is the narrowest.
        answers: the answers of the check; consent and consent_explicit are looked at.

    Raises:
        UnknownIdError: the edition has no such kind of organisation.
    """
    giver = None if giver_kind is None else edition.kind(giver_kind)
    picked = [edition.condition(one) for one in dict.fromkeys(chosen) if edition.has_condition(one)]
    lists = {one.belongs_to for one in picked if not _closed(one, giver)}
    found = []
    for condition in picked:
        why = _closed(condition, giver) or _waits(condition, lists, answers)
        found.append(ConditionFit(condition=condition, counts=not why, why=why or "This condition can be used."))
    return tuple(found)


def worked_out(
    edition: Edition, chosen: Collection[str], giver_kind: str | None, answers: Mapping[str, str]
) -> dict[str, str]:
    """Work out `schedule2` and `schedule3` (chosen or none) from the chosen conditions; see explain_conditions."""
    lists = {one.condition.belongs_to for one in explain_conditions(edition, chosen, giver_kind, answers) if one.counts}
    return {name: CHOSEN if name in lists else NONE for name in ("schedule2", "schedule3")}


def usable_conditions(edition: Edition, list_id: str, giver_kind: str) -> tuple[Condition, ...]:
    """List the conditions of one list that this kind of organisation may rely on, in the order of the law."""
    giver = edition.kind(giver_kind)
    return tuple(one for one in edition.conditions_in(list_id) if not _closed(one, giver))


def _closed(condition: Condition, giver: OrganisationType | None) -> str:
    def has(flag: str) -> bool:
        return flag == "public_authority" if giver is None else giver.has_flag(flag)

    if any(has(flag) for flag in condition.not_for):
        return "This condition is closed to public authorities doing their tasks."
    if condition.only_for and not any(has(flag) for flag in condition.only_for):
        return "This condition is only for competent authorities, such as the police."
    return ""


def _waits(condition: Condition, lists: Collection[str], answers: Mapping[str, str]) -> str:
    if condition.needs_list and condition.needs_list not in lists:
        return "This condition needs one from Schedule 1 of the Data Protection Act 2018 as well."
    if condition.needs_consent and answers.get("consent") != "given":
        return "This condition counts once the person has agreed."
    if condition.needs_consent and condition.belongs_to == "schedule3" and answers.get("consent_explicit") != "yes":
        return "This condition counts once the person has clearly agreed to share the sensitive facts."
    return ""
