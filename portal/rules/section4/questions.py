"""Types of the Section 4 check: questions, answers, conditions and kinds of data (s4, s6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal

from portal.rules.edition.fact import AnnotatedEntry, EditionEntry
from portal.rules.edition.toml_reading import named

Whom = Literal["investigating_officer", "cps", "senior", "adviser", "safeguarding"]
Flag = Literal["public_authority", "relevant_authority", "competent_authority"]
OutcomeId = Literal["proceed", "proceed_conditions", "seek_consent", "consult_first", "not_justified", "not_needed"]


@dataclass(frozen=True, kw_only=True)
class CheckSettings(EditionEntry):
    """What differs between editions in how the check is worked out."""

    FOR_PEOPLE: ClassVar = frozenset({"advises_only"})

    outcomes: tuple[OutcomeId, ...]
    levels: Mapping[str, int]
    rule: str
    hra_asked_with_consent: bool
    sensitive_ask_first: bool


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer a question may have, how far it lets the sharing go, and why; `consult` is who must be asked first."""

    FOR_PEOPLE: ClassVar = frozenset({"leads_to"})

    value: str
    label: str = ""
    cap: int | None = None
    cap_if_compelled: int | None = None
    outcome: OutcomeId | None = None
    condition: str = ""
    needs_reason: bool = False
    consult: tuple[Whom, ...] = ()
    reason: str


@dataclass(frozen=True, kw_only=True)
class Consideration(AnnotatedEntry):
    """One question of the Section 4 check.

    `ask_if` maps earlier questions to the answers that open this one, all of them at once; `or_if` is another set of
    answers that opens it too. `asked_of` is the standing that the giver must have; '' asks it whoever gives.
    """

    FOR_PEOPLE: ClassVar = frozenset({"asked_when", "grades", "weigh", "effect", "record"})

    id: str
    order: int
    group: str
    text: str
    help: str
    kind: Literal["choice", "yes_no", "gateway", "grade", "free_text", "condition"]
    ask_if: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    or_if: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    asked_of: Literal["", "competent_authority"] = ""
    answers: tuple[Answer, ...]
    options: tuple[str, ...] = ()

    def answer(self, value: str) -> Answer | None:
        """Give the answer of this value, or None."""
        return next((answer for answer in self.answers if answer.value == value), None)


@dataclass(frozen=True, kw_only=True)
class CheckReason(EditionEntry):
    """A reason that stands for more than one answer."""

    FOR_PEOPLE: ClassVar = frozenset({"not_used"})

    code: str
    text: str
    consult: tuple[Whom, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CheckCondition(AnnotatedEntry):
    """Something to be done before sharing, ticked off one by one."""

    FOR_PEOPLE: ClassVar = frozenset({"shown_when"})

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Condition(AnnotatedEntry):
    """A condition of data protection law, and what it needs to count (see `lawful_conditions`).

    `regime` is the law it belongs to; the two never mix. `needs_list_part` are the Parts of Schedule 1 of which one more
    condition must count; `needs_list` is how editions of before November 2026 say it. `likely` ones are proposed, and those
    with `likely_if` only on these answers.
    """

    FOR_PEOPLE: ClassVar = frozenset({"aims"})

    id: str
    belongs_to: Literal["schedule2", "schedule3", "dpa2018-sch1"] = named("list")
    number: str
    short: str
    text: str
    regime: Literal["uk_gdpr", "part3"] = "uk_gdpr"
    needs_consent: bool = False
    needs_cannot_ask: bool = False
    needs_gateway: Literal["", "listed", "compelled"] = ""
    needs_list: str = ""
    needs_list_part: tuple[int, ...] = ()
    not_for: tuple[Flag, ...] = ()
    only_for: tuple[Flag, ...] = ()
    part: int | None = None
    likely: bool = False
    likely_if: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class DataType(AnnotatedEntry):
    """One of the four kinds of data of section 6."""

    FOR_PEOPLE: ClassVar = frozenset({"foi"})

    id: Literal["non_personal", "depersonalised", "personal", "sensitive"]
    title: str
    summary: str
    about_people: bool
    share: str


@dataclass(frozen=True, kw_only=True)
class SmallNumbers(EditionEntry):
    """The small number rule of section 6."""

    FOR_PEOPLE: ClassVar = frozenset(
        {
            "comparison",
            "unit",
            "may_share_between_partners",
            "published_marker",
            "applies_to",
            "merge_warning",
            "postcode_warning",
            "secondary_suppression",
        }
    )

    threshold: int
