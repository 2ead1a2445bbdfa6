"""The clocks of access requests: 20 working days, or one month; pure counting of days (s5, s15)."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from portal.ground.working_calendar import months_after, next_working_day, working_days_after
from portal.retention.schedule import rule

_FILE = Path(__file__).resolve().parent / "data" / "access.toml"

FOI_DAYS = 20  # working days after the day it came (Freedom of Information Act 2000 s10(1))
EXTENSION_MONTHS = 2  # a complex request about oneself may take so much longer (UK GDPR Art 12(3))


class AccessKind(StrEnum):
    """What is asked for, as the agreement names it (s5)."""

    FOI = "foi"
    SUBJECT_ACCESS = "subject_access"


KIND_TITLES = {
    AccessKind.FOI: "Freedom of information",
    AccessKind.SUBJECT_ACCESS: "A person's own information (subject access)",
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
    return KeepingRule(years=rule("access-requests").keep.number, **_told()["keeping"])


def _told() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


KIND_CLOCKS = {kind: clock_rule(kind, "first").text for kind in AccessKind}


def due(kind: AccessKind, received: date, *, counts_from: date | None = None, paused: int = 0) -> date:
    """Give the last day for an answer.

    Freedom of information: the 20th working day after it came, or after the day its clarification came (`counts_from`).
    Subject access: the same day of the next month, later by the days that the clock stood still (`paused`); where that
    is no working day, the next one (as the Information Commissioner counts).
    """
    if kind is AccessKind.FOI:
        return working_days_after(counts_from or received, FOI_DAYS)
    return next_working_day(months_after(received, 1) + timedelta(days=paused))


def extended(received: date, *, paused: int = 0) -> date:
    """Give the last day for a subject access request that takes two months longer: three months from when it came."""
    return next_working_day(months_after(received, 1 + EXTENSION_MONTHS) + timedelta(days=paused))
