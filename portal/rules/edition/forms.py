"""Types of the papers people fill in: requests, statements, meetings, markings (s6, App 2 to 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from portal.rules.edition.fact import AnnotatedEntry, EditionEntry
from portal.rules.edition.toml_reading import named

# yes: as the row says; no_names: only where nobody is named; urgent_only: only if work cannot wait; no: never.
MayHandle = Literal["yes", "no_names", "urgent_only", "no"]


@dataclass(frozen=True, kw_only=True)
class RequestContent(AnnotatedEntry):
    """One of the ten contents of a written request (s6 General Disclosure)."""

    FOR_PEOPLE: ClassVar = frozenset({"prefill"})

    id: str
    order: int
    label: str
    kind: Literal["date", "person", "long_text", "gateway", "declaration", "person_role", "secure_contact"]
    required: bool
    parts: tuple[str, ...] = ()
    help: str = ""
    text: str = ""
    accepts: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RequestExtra(EditionEntry):
    """What a request must say besides the ten, and when."""

    id: str
    label: str
    required_when: str


@dataclass(frozen=True, kw_only=True)
class ResponseRules(EditionEntry):
    """How a request is answered."""

    FOR_PEOPLE: ClassVar = frozenset(
        {"may_refuse", "refusal_needs_reason", "in_writing", "keep_with_request", "keep_for"}
    )


@dataclass(frozen=True, kw_only=True)
class StatementField(EditionEntry):
    """A line of an Information Sharing Statement (App 5)."""

    key: str
    order: int
    label: str
    kind: Literal["long_text", "post_list", "marking", "signature_list"]
    required: bool
    example: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatementRules(EditionEntry):
    """When a statement is needed, reviewed and copied (App 5)."""

    FOR_PEOPLE: ClassVar = frozenset({"questions_to"})

    review_when: str
    copy_to: str
    needed_when: str


@dataclass(frozen=True, kw_only=True)
class Confidentiality(EditionEntry):
    """The form that people sign at a meeting (App 2)."""

    FOR_PEOPLE: ClassVar = frozenset({"when_signed", "recorded_in", "kept_by"})

    title: str
    laws: tuple[str, ...]
    document_mark: str


@dataclass(frozen=True, kw_only=True)
class UndertakingPromise(EditionEntry):
    """One promise of the confidentiality form (App 2)."""

    id: str
    order: int
    source_point: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AttendanceField(EditionEntry):
    """A line of the attendance list (App 2)."""

    key: str
    label: str
    kind: Literal["date", "image", "signature", "text", "organisation"]
    per: Literal["meeting", "person"]
    required: bool


@dataclass(frozen=True, kw_only=True)
class ChairTask(EditionEntry):
    """One line of the chair's checklist (App 3)."""

    id: str
    order: int
    when: Literal["before", "start", "during", "end", "after"]
    text: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class JagPlace(AnnotatedEntry):
    """A row of the table of who may stay for which part of a Joint Action Group (App 6)."""

    FOR_PEOPLE: ClassVar = frozenset({"minute_taker"})

    order: int
    role: str
    organisation_type: str
    other_organisation_types: tuple[str, ...] = ()
    session: Literal["open", "open_closed"]
    chair: bool = False


@dataclass(frozen=True, kw_only=True)
class JointActionGroup(EditionEntry):
    """Terms of reference of a Joint Action Group (App 6)."""

    FOR_PEOPLE: ClassVar = frozenset(
        {"duties", "session_model", "frequency_rule", "diary_months", "minutes_keep", "minutes_copy_to", "minutes_feed"}
    )

    purpose: str
    role: str
    guided_by: tuple[str, ...]
    members_must: tuple[str, ...]
    voluntary_members: str
    open_session: str
    closed_session: str
    frequency_weeks: int
    review_months: int
    review_covers: tuple[str, ...]
    chair_first_year: str
    chair_rotation: str
    chair_duties: tuple[str, ...]
    style: str
    attendance: tuple[JagPlace, ...]


@dataclass(frozen=True, kw_only=True)
class Marking(AnnotatedEntry):
    """A protective marking or classification (App 4)."""

    id: str
    title: str
    rank: int
    use_when: str
    replaces: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkingChange(EditionEntry):
    """What became of a marking of the edition before."""

    from_id: str = named("from")
    to: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MarkingGround(EditionEntry):
    """A harm, if it got out, that calls for a marking (App 3, App 4); `marking` is the least it calls for."""

    id: str
    text: str
    marking: str


@dataclass(frozen=True, kw_only=True)
class HandlingRow(EditionEntry):
    """One action of the handling table, with what each marking allows (App 4)."""

    id: str
    order: int
    action: str
    levels: Mapping[str, str]
    may: Mapping[str, MayHandle]


@dataclass(frozen=True, kw_only=True)
class HandlingFallback(EditionEntry):
    """What to do where the handling table cannot be kept."""

    text: str
