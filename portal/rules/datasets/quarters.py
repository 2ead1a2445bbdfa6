"""Quarters of the year, as returns are made by them: calendar quarters, shown to people by their months (s11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.rules.errors import RulesError

_LABEL = re.compile(r"([12]\d{3})\s*-?\s*Q([1-4])", re.IGNORECASE)
_MONTHS = ("January to March", "April to June", "July to September", "October to December")


class QuarterError(RulesError):
    """What was typed is no quarter."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter: number 1 is January to March, whatever an office's own first quarter is."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a year or a number that no quarter has."""
        if not (1900 <= self.year <= 2999 and 1 <= self.number <= len(_MONTHS)):  # noqa: PLR2004 - a four-digit year
            raise QuarterError("A quarter has a year of four digits and a number from 1 to 4, such as 2026-Q3.")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read `2026-Q3`.

        Raises:
            QuarterError: the text is something else.
        """
        found = _LABEL.fullmatch(text.strip())
        if found is None:
            raise QuarterError("Write the quarter as year and number, such as 2026-Q3 for July to September 2026.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Give the quarter that a day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def just_ended(cls, on: date) -> Quarter:
        """Give the last quarter that was over on a day: the one whose return is being made."""
        return cls.of(on).previous

    @classmethod
    def last_ended(cls, on: date, count: int) -> list[Quarter]:
        """List the quarters that were over on a day, as many as are asked for, newest first."""
        found = [cls.just_ended(on)]
        while len(found) < count:
            found.append(found[-1].previous)
        return found

    @property
    def label(self) -> str:
        """Give the quarter as files and commands write it: 2026-Q3."""
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> str:
        """Give the quarter as people read it: July to September 2026."""
        return f"{_MONTHS[self.number - 1]} {self.year}"

    @property
    def start(self) -> date:
        """Give its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Give its last day."""
        return self.next.start - timedelta(days=1)

    @property
    def due(self) -> date:
        """Give the day a return for it is due: the last day of the quarter after it (SI 2007/1831 reg 4)."""
        return self.next.end

    @property
    def next(self) -> Quarter:
        """Give the quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        """Give the quarter before it."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        """Give its label."""
        return self.label


@dataclass(frozen=True, order=True)
class QuarterRun:
    """Quarters that follow each other, as a table counts them together: one, or the four of a year."""

    last: Quarter
    count: int = 1

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """List them, the first first."""
        found = [self.last]
        while len(found) < self.count:
            found.insert(0, found[0].previous)
        return tuple(found)

    @property
    def label(self) -> str:
        """Give the run as files and addresses write it: 2026-Q3, or 2025-Q4-to-2026-Q3."""
        first = self.quarters[0]
        return self.last.label if first == self.last else f"{first.label}-to-{self.last.label}"

    @property
    def months(self) -> str:
        """Give the run as people read it: October 2025 to September 2026."""
        start, end = self.quarters[0].start, self.last.end
        return f"{start:%B}{'' if start.year == end.year else f' {start.year}'} to {end:%B %Y}"

    def overlaps(self, other: QuarterRun) -> bool:
        """Tell whether two runs have a quarter in common."""
        return not set(self.quarters).isdisjoint(other.quarters)
