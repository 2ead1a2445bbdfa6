"""The lawful bases that the portal proposes to the holder, from the laws named, the two bodies and the kind of data (s4).

Whoever asks never chooses the holder's basis. The holder confirms one, or picks others from the lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.section4.lawful_conditions import SCHEDULE_1, explain_conditions
from portal.rules.section4.questions import Condition

PURPOSE = "law_enforcement_purpose"


@dataclass(frozen=True, kw_only=True)
class LawfulBasis:
    """Conditions that together carry the sharing; `purpose` is yes or no where the giver must say which law it acts under."""

    conditions: tuple[Condition, ...]
    purpose: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Give the ids of its conditions."""
        return tuple(one.id for one in self.conditions)

    @property
    def key(self) -> str:
        """Give one word for it, by which a page tells it from the others."""
        return "+".join((*self.ids, self.purpose)) if self.purpose else "+".join(self.ids)


def lawful_bases(edition: Edition, giver_kind: str, answers: Mapping[str, str]) -> tuple[LawfulBasis, ...]:
    """Propose the bases on which the giver could share, the likeliest first.

    Args:
        edition: the edition whose lists hold.
        giver_kind: id of the kind of organisation that holds the facts.
        answers: the answers of the check that count; data_type, gateway, consent, urgent and, where it is answered,
            law_enforcement_purpose are looked at.

    Returns: every one carries the sharing by itself on these answers. Consent stands last: public bodies should seldom
        rest on it.

    Raises:
        UnknownIdError: the edition has no such kind of organisation.
    """
    found: list[LawfulBasis] = []
    for purpose in _purposes(edition, giver_kind, answers):
        for conditions in _together(edition, answers):
            basis = LawfulBasis(conditions=conditions, purpose=purpose)
            if _carries(edition, giver_kind, basis, answers):
                found.append(basis)
    return tuple(sorted(found, key=lambda basis: any(one.needs_consent for one in basis.conditions)))


def _purposes(edition: Edition, giver_kind: str, answers: Mapping[str, str]) -> tuple[str, ...]:
    if not (edition.has_question(PURPOSE) and edition.kind(giver_kind).competent_authority):
        return ("",)
    said = answers.get(PURPOSE, "")
    return (said,) if said else ("yes", "no")


def _together(edition: Edition, answers: Mapping[str, str]) -> Iterator[tuple[Condition, ...]]:
    """Give the likely conditions by twos and threes: one of each list that this kind of data needs.

    Only like goes with like: consent with explicit consent, vital interests with vital interests.
    """
    firsts = _likely(edition, "schedule2", answers)
    if answers.get("data_type") != "sensitive":
        yield from ((one,) for one in firsts)
        return
    for first in firsts:
        for extra in _likely(edition, "schedule3", answers):
            if extra.likely_if != first.likely_if:
                continue
            if not extra.needs_list_part:
                yield (first, extra)
            for one in _likely(edition, SCHEDULE_1, answers):
                if one.part in extra.needs_list_part:
                    yield (first, extra, one)


def _likely(edition: Edition, list_id: str, answers: Mapping[str, str]) -> tuple[Condition, ...]:
    return tuple(
        one
        for one in edition.conditions_in(list_id)
        if one.likely and all(answers.get(question) in wanted for question, wanted in one.likely_if.items())
    )


def _carries(edition: Edition, giver_kind: str, basis: LawfulBasis, answers: Mapping[str, str]) -> bool:
    said = {**answers, PURPOSE: basis.purpose} if basis.purpose else answers
    return all(one.counts for one in explain_conditions(edition, basis.ids, giver_kind, said))
