"""Reading the retention schedule: strict, so that a row that says too little or too much does not load."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from portal.ground.errors import UnsafeStartError
from portal.ground.wording import UK, today

_FILE = Path(__file__).resolve().parent / "schedule.toml"
_KEEP = re.compile(r"(\d{1,3}) (day|month|year)s?")
_MONTHS = 12  # of a year
Changer = Literal["nobody", "manager", "officer", "organisation"]


@dataclass(frozen=True, kw_only=True)
class Period:
    """How long: a number of days, months or years."""

    number: int
    unit: Literal["day", "month", "year"]

    @property
    def words(self) -> str:
        """Write 28 days, 1 year."""
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    @property
    def years(self) -> int:
        """Give a period of years as a number. Raises UnsafeStartError where the schedule says it in another unit."""
        return self._in("year")

    @property
    def months(self) -> int:
        """Give a period of months or years as months. Raises UnsafeStartError where the schedule says days."""
        return self.number * _MONTHS if self.unit == "year" else self._in("month")

    @property
    def days(self) -> int:
        """Give a period of days as a number. Raises UnsafeStartError where the schedule says it in another unit."""
        return self._in("day")

    def _in(self, unit: str) -> int:
        if self.unit != unit:
            raise UnsafeStartError(f"The schedule of retention says {self.words} where a number of {unit}s is needed.")
        return self.number

    def after(self, on: date) -> date:
        """Give the day this long after a day; where the month is too short, the first of the next: never earlier."""
        if self.unit == "day":
            return on + timedelta(days=self.number)
        year, month = divmod(on.year * _MONTHS + on.month - 1 + self.months, _MONTHS)
        following = date(year + month // 11, (month + 1) % _MONTHS + 1, 1)
        return _day(year, month + 1, on.day) or following

    def before(self, on: date) -> date:
        """Give the day this long before a day; where the month is too short, its last day but never later."""
        if self.unit == "day":
            return on - timedelta(days=self.number)
        year, month = divmod(on.year * _MONTHS + on.month - 1 - self.months, _MONTHS)
        return next(found for less in range(4) if (found := _day(year, month + 1, on.day - less)))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of what goes. `holds`: table -> columns, or ("*",) where the whole row goes."""

    id: str
    what: str
    holds: Mapping[str, tuple[str, ...]]
    keep: Period
    counts_from: str
    because: str
    changed_by: Changer
    destroyed: str
    stays: str
    counted: bool

    def past(self, at: datetime) -> datetime:
        """Give the moment before which what this rule keeps is past its time: midnight in the United Kingdom, in UTC."""
        return datetime.combine(self.keep.before(today(at)), time(), tzinfo=UK).astimezone(at.tzinfo)


@dataclass(frozen=True, kw_only=True)
class PermanentRecord:
    """What is not deleted, and why."""

    tables: Mapping[str, tuple[str, ...]]
    why: str


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The whole schedule."""

    rules: tuple[Rule, ...]
    stays: tuple[PermanentRecord, ...]
    codes: frozenset[str]
    acted: frozenset[str]

    def covers(self, table: str, column: str) -> bool:
        """Say whether a column stands in a row: deleted, kept with a reason, or known to hold codes or who acted."""
        rows = [*(one.holds for one in self.rules), *(one.tables for one in self.stays)]
        named = any({"*", column} & set(row.get(table, ())) for row in rows)
        return named or column in self.codes or column in self.acted


def rule(rule_id: str) -> Rule:
    """Give one rule by its id."""
    return next(one for one in schedule().rules if one.id == rule_id)


@cache
def schedule() -> Schedule:
    """Give the schedule. Raises UnsafeStartError where a row lacks something, has a word too many, or is there twice."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rules = tuple(_rule(row) for row in told["rule"])
    if len({one.id for one in rules}) < len(rules):
        raise UnsafeStartError("The schedule of retention has a rule twice.")
    return Schedule(
        rules=rules,
        stays=tuple(PermanentRecord(tables=_tables(row["tables"]), why=row["why"]) for row in told["stays"]),
        codes=frozenset(told["codes"]),
        acted=frozenset(told["acted"]),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    names = {field.name for field in fields(Rule)} - {"counts_from"} | {"from"}
    if set(row) != names:
        raise UnsafeStartError(
            f"The rule of retention {row.get('id', '')} must have exactly: {', '.join(sorted(names))}."
        )
    found = _KEEP.fullmatch(row["keep"])
    if found is None:
        raise UnsafeStartError(f"The rule of retention {row['id']} must keep a number of days, months or years.")
    rest = {name: value for name, value in row.items() if name not in {"holds", "keep", "from"}}
    return Rule(
        holds=_tables(row["holds"]),
        keep=Period(number=int(found[1]), unit=found[2]),  # type: ignore[arg-type]  # the pattern allows these three alone
        counts_from=row["from"],
        **rest,
    )


def _tables(row: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {table: tuple(columns) for table, columns in row.items()}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
