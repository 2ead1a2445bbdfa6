"""Types of what an edition says of itself: blanks, sections, versions, defects, rules and guidance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from portal.rules.edition.fact import AnnotatedEntry, EditionEntry


@dataclass(frozen=True, kw_only=True)
class EditionFacts(AnnotatedEntry):
    """What an edition is: its title, its day, its standing (title page, summary sheet)."""

    FOR_PEOPLE: ClassVar = frozenset({"superseded_by", "area"})

    id: str
    title: str
    short_title: str
    law_as_of: date
    published: str
    status: Literal["draft", "in force", "historic"]
    supersedes: str
    sits_under: str
    marking: str


@dataclass(frozen=True, kw_only=True)
class Placeholder(EditionEntry):
    """A blank that a partnership fills in once, at set-up."""

    FOR_PEOPLE: ClassVar = frozenset({"used_in"})

    key: str
    label: str
    kind: Literal["text", "date", "image"]
    required: bool
    example: str


@dataclass(frozen=True, kw_only=True)
class SummaryRow(EditionEntry):
    """A row of the summary sheet, filled by the edition, the owner or the register."""

    key: str
    label: str
    value: str
    filled_by: Literal["edition", "owner", "signatory register"]


@dataclass(frozen=True, kw_only=True)
class Version(EditionEntry):
    """A row of the version record."""

    date: date
    change: str
    by: str
    authorised: str


@dataclass(frozen=True, kw_only=True)
class AgreementSection(AnnotatedEntry):
    """A section."""

    FOR_PEOPLE: ClassVar = frozenset({"contents_number"})

    number: int
    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Appendix(EditionEntry):
    """An appendix and what it is for."""

    number: int
    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Defect(EditionEntry):
    """A slip in the agreement's text, and how it is read here."""

    FOR_PEOPLE: ClassVar = frozenset({"resolution", "fixed_in_2026"})

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Guidance(AnnotatedEntry):
    """A guide that the agreement points to."""

    id: str
    title: str
    year: int
    replaces: str = ""


@dataclass(frozen=True, kw_only=True)
class AgreementRule(AnnotatedEntry):
    """Something that the agreement asks of somebody, with its period where it has one."""

    FOR_PEOPLE: ClassVar = frozenset({"period", "period_months", "notify"})

    id: str
    topic: str
    text: str
    actor: str
    period_hours: int | None = None
    needs: tuple[str, ...] = ()
