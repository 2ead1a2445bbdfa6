"""The clocks of the four kinds of access request; pure counting of days (s5, s15)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from portal.ground.calendar.working_calendar import months_after, next_working_day, working_days_after
from portal.retention.schedule import rule

_FILE = Path(__file__).resolve().parent / "data" / "access.toml"

FOI_DAYS = 20  # working days after the day it came (Freedom of Information Act 2000 s10(1))
EIR_EXTENDED_DAYS = 40  # a complex and large request (Environmental Information Regulations 2004 reg 7)
EXTENSION_MONTHS = 2  # a complex request about oneself may take so much longer (UK GDPR Art 12(3))


class AccessKind(StrEnum):
    """Under which law somebody asks: the agreement names the first and the third (s5), the law the others."""

    FOI = "foi"
    EIR = "eir"
    SUBJECT_ACCESS = "subject_access"
    LAW_ENFORCEMENT = "law_enforcement"


KIND_TITLES = {
    AccessKind.FOI: "Freedom of information",
    AccessKind.EIR: "Environmental information",
    AccessKind.SUBJECT_ACCESS: "A person's own information (subject access)",
    AccessKind.LAW_ENFORCEMENT: "A person's own information that the police or another body keeps for law enforcement",
}


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One rule of a clock in plain words, and the law it comes from. `id`: first, clarified or longer."""

    id: str
    kind: AccessKind
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class KeepingRule:
    """How many years after the decision the log keeps what was asked and decided."""

    years: int
    text: str
    source: str


@cache
def clock_rule(kind: AccessKind, rule_id: str) -> ClockRule:
    """Give a rule of a kind's clock."""
    rules = (ClockRule(**{**one, "kind": AccessKind(one["kind"])}) for one in _told()["clock"])
    return next(one for one in rules if (one.kind, one.id) == (kind, rule_id))


@cache
def keeping_rule() -> KeepingRule:
    """Give how long the log keeps its content (clause s12.personal-retention)."""
    return KeepingRule(years=rule("access-requests").keep.years, **_told()["keeping"])


def _told() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


KIND_CLOCKS = {kind: clock_rule(kind, "first").text for kind in AccessKind}
KIND_HINTS = {kind: f"Answer within: {said[0].lower()}{said[1:]}" for kind, said in KIND_CLOCKS.items()}


EXTENDABLE = frozenset({AccessKind.EIR, AccessKind.SUBJECT_ACCESS})  # the law gives the others no more time
PUBLIC_RIGHT = frozenset({AccessKind.FOI, AccessKind.EIR})  # anybody's right, also to figures about no person (s6)
STOPPABLE = frozenset(AccessKind) - {AccessKind.EIR}  # a question about environmental information stops no clock
BEGINS_ANEW = frozenset({AccessKind.FOI, AccessKind.LAW_ENFORCEMENT})  # counted again from the day the answer comes


def due(kind: AccessKind, received: date, *, counts_from: date | None = None, paused: int = 0) -> date:
    """Give the last day for an answer.

    Environmental information: the 20th working day after it came. Law enforcement: the same day of the next month, or of
    the month after its clarification came (`counts_from`).

    Freedom of information: the 20th working day after it came, or after the day its clarification came (`counts_from`).
    Subject access: the same day of the next month, later by the days that the clock stood still (`paused`); where that
    is no working day, the next one (as the Information Commissioner counts).
    """
    if kind in (AccessKind.FOI, AccessKind.EIR):
        return working_days_after(counts_from or received, FOI_DAYS)
    if kind is AccessKind.LAW_ENFORCEMENT:
        # No grace for a weekend: the Act gives a month that cannot be made longer, so the safer day is kept.
        return months_after(counts_from or received, 1)
    return next_working_day(months_after(received, 1) + timedelta(days=paused))


def extended(kind: AccessKind, received: date, *, paused: int = 0) -> date:
    """Give the last day of a request that takes longer.

    Subject access: three months from when it came. Environmental information: the 40th working day after it came.
    """
    if kind is AccessKind.EIR:
        return working_days_after(received, EIR_EXTENDED_DAYS)
    return next_working_day(months_after(received, 1 + EXTENSION_MONTHS) + timedelta(days=paused))
