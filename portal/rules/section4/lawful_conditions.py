"""Which chosen conditions of data protection law count for whoever gives the facts (s4 Public Interest)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.gateways.bodies import OrganisationType
from portal.rules.section4.questions import Condition

CHOSEN = "chosen"
NONE = "none"
SCHEDULE_1 = "dpa2018-sch1"
CLOSED_BY = {
    "public_authority": "This condition is closed to public authorities doing their tasks.",
    "competent_authority": "This condition is closed to competent authorities, such as the police.",
}
OPEN_TO = {
    "competent_authority": "This condition is only for competent authorities, such as the police.",
    "public_authority": "This condition is only for bodies that the law gives a public task.",
}


@dataclass(frozen=True, kw_only=True)
class ConditionFit:
    """Whether one chosen condition counts, and why not where it does not."""

    condition: Condition
    counts: bool
    why: str


def explain_conditions(
    edition: Edition, chosen: Collection[str], giver_kind: str | None, answers: Mapping[str, str]
) -> tuple[ConditionFit, ...]:
    """Say for each chosen condition whether it counts, in the order chosen (2b of the logic).

    Args:
        edition: the edition whose lists hold.
        chosen: condition ids.
        giver_kind: id of the kind of organisation that gives the facts; None counts as a public authority that is
            no competent authority, which is the narrowest.
        answers: the answers of the check that count: gateway, consent, consent_explicit and law_enforcement_purpose
            are looked at.

    Raises:
        UnknownIdError: the edition has no such condition, or no such kind of organisation.
    """
    giver = None if giver_kind is None else edition.kind(giver_kind)
    picked = [edition.condition(one) for one in dict.fromkeys(chosen)]
    why = {one.id: _bars(one, giver, answers) for one in picked}
    parts = _parts([one for one in picked if one.belongs_to == SCHEDULE_1 and not why[one.id]])
    found = []
    for condition in picked:
        said = why[condition.id] or _waits_for_schedule_1(condition, parts)
        found.append(ConditionFit(condition=condition, counts=not said, why=said or "This condition can be used."))
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


def regime_of(giver: OrganisationType | None, answers: Mapping[str, str]) -> str:
    """Give the law under which the giver shares: part3, uk_gdpr, or '' while a competent authority has not said."""
    if giver is None or not giver.competent_authority:
        return "uk_gdpr"
    return {"yes": "part3", "no": "uk_gdpr"}.get(answers.get("law_enforcement_purpose", ""), "")


def _bars(condition: Condition, giver: OrganisationType | None, answers: Mapping[str, str]) -> str:
    """Say what keeps a condition from standing, Schedule 1 left aside; '' where nothing does."""
    return _closed(condition, giver) or _other_regime(condition, giver, answers) or _lacks(condition, answers)


def _closed(condition: Condition, giver: OrganisationType | None) -> str:
    def has(flag: str) -> bool:
        return flag == "public_authority" if giver is None else giver.has_flag(flag)

    barred = next((flag for flag in condition.not_for if has(flag)), "")
    if barred:
        return CLOSED_BY[barred]
    if condition.only_for and not any(has(flag) for flag in condition.only_for):
        return OPEN_TO[condition.only_for[0]]
    return ""


def _other_regime(condition: Condition, giver: OrganisationType | None, answers: Mapping[str, str]) -> str:
    regime = regime_of(giver, answers)
    if regime == condition.regime:
        return ""
    if not regime:
        return "First say whether it is shared for law enforcement."
    if condition.regime == "part3":
        return "This condition is only for sharing for law enforcement."
    return "This condition is not for sharing for law enforcement. Part 3 of the Data Protection Act 2018 applies."


def _lacks(condition: Condition, answers: Mapping[str, str]) -> str:
    if condition.needs_gateway and answers.get("gateway") != condition.needs_gateway:
        return "This condition needs a law that says the information must be given."
    if condition.needs_cannot_ask and answers.get("consent") != "cannot_ask":
        return "This condition counts only while the person cannot be asked."
    if condition.needs_consent and answers.get("consent") != "given":
        return "This condition counts once the person has agreed."
    if condition.needs_consent and condition.belongs_to == "schedule3" and answers.get("consent_explicit") != "yes":
        return "This condition counts once the person has clearly agreed to share the sensitive facts."
    return ""


def _parts(standing: Sequence[Condition]) -> dict[str, int]:
    """Map the Schedule 1 conditions that count to their Part: those that need another of a Part count once one does."""
    counting = {one.id: one.part or 0 for one in standing if not one.needs_list_part}
    waiting = [one for one in standing if one.needs_list_part]
    while met := [one for one in waiting if one.id not in counting and not _missing(one, counting)]:
        counting |= {one.id: one.part or 0 for one in met}
    return counting


def _missing(condition: Condition, counting: Mapping[str, int]) -> bool:
    others = {part for name, part in counting.items() if name != condition.id}
    return bool(condition.needs_list_part) and others.isdisjoint(condition.needs_list_part)


def _waits_for_schedule_1(condition: Condition, counting: Mapping[str, int]) -> str:
    if not _missing(condition, counting):
        return ""
    parts = " or ".join(str(part) for part in condition.needs_list_part)
    return f"This condition needs one from Part {parts} of Schedule 1 of the Data Protection Act 2018 as well."
