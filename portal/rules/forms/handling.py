"""Markings and how marked papers are handled (App 3, App 4): may I, how, and which marking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from portal.rules.edition.edition_type import Edition
from portal.rules.edition.forms import HandlingRow, Marking, MarkingGround, MayHandle
from portal.rules.lookup import pick


@dataclass(frozen=True, kw_only=True)
class Handling:
    """Whether an action is allowed for a marking, and how; `fallback` is what to do where it cannot be kept."""

    action: HandlingRow
    marking: Marking
    may: MayHandle
    how: str
    fallback: str

    @property
    def in_short(self) -> str:
        """Give the answer to “may I?” in a few words."""
        return _SHORT[self.may]


@dataclass(frozen=True, kw_only=True)
class SuggestedMarking:
    """The least marking that the chosen grounds call for, None where they call for none, and the grounds that do."""

    marking: Marking | None
    because: tuple[MarkingGround, ...]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a marking means in its edition (s9): when to use it, the harms that call for it, and where it is defined."""

    edition: Edition
    marking: Marking
    grounds: tuple[MarkingGround, ...]

    @property
    def named_at(self) -> str:
        """Say where the edition says that the definition can be found."""
        return ". ".join(part.rstrip(".") for part in (self.marking.source, self.marking.note) if part)


def definitions(edition: Edition) -> tuple[Definition, ...]:
    """Give the definition of each marking of an edition, the least first (clause s9.marking-definitions)."""
    return tuple(
        Definition(
            edition=edition,
            marking=marking,
            grounds=tuple(one for one in edition.restricted_grounds if one.marking == marking.id),
        )
        for marking in sorted(edition.markings, key=lambda one: one.rank)
    )


def how_to_handle(edition: Edition, marking_id: str, action_id: str) -> Handling:
    """Tell whether and how papers of a marking may be kept, sent or destroyed (App 4).

    Args:
        edition: the edition whose table holds.
        marking_id: id of a marking of the edition.
        action_id: id of a row of the table, such as email.

    Raises:
        UnknownIdError: the edition has no such marking or action.
    """
    marking = edition.marking(marking_id)
    row = pick({one.id: one for one in edition.handling}, action_id, "action")
    # A marking that the table leaves out asks for no more than everyday care.
    return Handling(
        action=row,
        marking=marking,
        may=row.may.get(marking_id, "yes"),
        how=row.levels.get(marking_id, "As in everyday work. No special rule."),
        fallback=edition.handling_fallback.text,
    )


def document_mark(edition: Edition, marking_id: str) -> str:
    """Give the words on each page of a marked paper: its marking, and that it is not disclosed without consent (App 2).

    '' where it needs no mark. A marking below the one that Appendix 2 names stands by itself.

    Raises:
        UnknownIdError: the edition has no such marking.
    """
    if not marking_id:
        return ""
    marking = edition.marking(marking_id)
    named, _, consent = edition.confidentiality.document_mark.partition(": ")
    least = next((one.rank for one in edition.markings if one.title == named), 0)
    return f"{marking.title}: {consent}" if marking.rank >= least else marking.title


def suggest_marking(edition: Edition, ground_ids: Collection[str]) -> SuggestedMarking:
    """Suggest the marking of a paper from the harms that would follow if it got out (App 3, App 4).

    Args:
        edition: the edition whose grounds and markings hold.
        ground_ids: ids of `restricted_grounds`.

    Raises:
        UnknownIdError: the edition has no such ground.
    """
    known = {one.id: one for one in edition.restricted_grounds}
    chosen = [pick(known, one, "ground") for one in dict.fromkeys(ground_ids)]
    if not chosen:
        return SuggestedMarking(marking=None, because=())
    highest = max((edition.marking(one.marking) for one in chosen), key=lambda marking: marking.rank)
    return SuggestedMarking(marking=highest, because=tuple(one for one in chosen if one.marking == highest.id))


_SHORT: dict[MayHandle, str] = {
    "yes": "Yes, in this way.",
    "no_names": "Only if nobody is named.",
    "urgent_only": "Only if work cannot wait.",
    "no": "No.",
}
