"""What partners see of the stored returns, nothing withheld: where and when, and what changed (s6, s11). Each opening is recorded."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from portal.agreement.notices.standing import require_active
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.errors import PortalError
from portal.privacy.suppression.protecting import NotPublishableError
from portal.publication.stored import opened
from portal.publication.tabulation.counting import StoredReturns, labelled_rows
from portal.publication.tabulation.fields import labels, publishable
from portal.publication.tabulation.measures import COUNT, measure_of, own_rows
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter

_WHEN = frozenset({"month", "quarter", "weekday", "hour_band"})
_CHANCE = 0.05  # a difference this unlikely, were nothing changed, is called a change
_EXACT = 1000  # records in both quarters, beyond which the normal curve is near enough


class NotHeldError(PortalError):
    """A return does not hold the field that it is compared by."""


@dataclass(frozen=True)
class HotSpot:
    """One area: its records, and how many fell in each hour of the day (24 numbers); those without a time are in no hour."""

    area: str
    records: int
    hours: tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """One line's count in a quarter, beside those of the quarter before and of the same quarter a year before; None: no return, or other codes."""

    label: str
    now: int
    quarter_before: int | None
    year_before: int | None


@dataclass(frozen=True)
class SharedPicture:
    """A data set of a quarter as partners see it."""

    entry: DataSet
    quarter: Quarter
    returns: int
    hot_spots: tuple[HotSpot, ...]
    changes: tuple[Change, ...]


def fields_to_compare(data_set_id: str) -> tuple[str, ...]:
    """List the fields by which a data set can be compared over quarters, those first that every return must hold."""
    entry = data_set(data_set_id)
    asked = {field.name for field in entry.fields}
    names = [name for name in publishable(entry) if name not in _WHEN]
    return tuple(sorted(names, key=lambda name: name not in asked))


def shared_picture(act: Act, data_set_id: str, quarter: Quarter, by: str) -> SharedPicture:
    """Open the returns of a quarter, of the one before and of that a year before, and count them.

    Raises NotAllowedError, NotActiveError (only signatories share), NotHeldError where a return does not hold `by`.
    """
    allow(act, Permission.SEE_SHARED_PICTURE, act.person.organisation_id)
    if act.person.organisation_id:
        require_active(act.store, act.person.organisation_id)
    entry = data_set(data_set_id)
    year_before = Quarter(quarter.year - 1, quarter.number)
    held = {
        one: opened(act, data_set_id, one.label, why="shared picture")
        for one in (quarter, quarter.previous, year_before)
    }
    try:
        counts = {one: _counts(entry, list(frames.values()), by) for one, frames in held.items() if frames}
    except NotPublishableError as error:
        raise NotHeldError(error.message) from error
    now = counts.get(quarter, {})
    # An edition of the agreement may have had other codes: then every line would seem new, and every old one gone.
    counts = {one: told for one, told in counts.items() if one == quarter or not now.keys().isdisjoint(told)}
    lines = dict.fromkeys(label for each in counts.values() for label in each)
    changes = [
        Change(
            label=line,
            now=now.get(line, 0),
            quarter_before=counts[quarter.previous].get(line, 0) if quarter.previous in counts else None,
            year_before=counts[year_before].get(line, 0) if year_before in counts else None,
        )
        for line in lines
    ]
    return SharedPicture(
        entry=entry,
        quarter=quarter,
        returns=len(held[quarter]),
        hot_spots=_hot_spots(entry, list(held[quarter].values())),
        changes=tuple(sorted(changes, key=lambda one: (-one.now, one.label))) if quarter in counts else (),
    )


def says(now: int, before: int) -> str:
    """Say in words whether a count changed: 'no clear change' where chance alone would often do as much."""
    if _by_chance(now, before) > _CHANCE:
        return f"No clear change (was {before:,})"
    return f"{'More' if now > before else 'Fewer'} than before (was {before:,})"


def _by_chance(now: int, before: int) -> float:
    """Say how often two counts with one true rate differ by so much: exactly for few records (Przyborowski and Wilenski 1940)."""
    both, most = now + before, max(now, before)
    if both == 0:
        return 1.0
    if both > _EXACT:
        return math.erfc(abs(now - before) / math.sqrt(2 * both))
    tail = sum(math.comb(both, one) for one in range(most, both + 1)) / (1 << both)
    return min(1.0, 2 * tail)


def _counts(entry: DataSet, frames: list[pd.DataFrame], by: str) -> dict[str, int]:
    rows = labelled_rows(StoredReturns(entry, tuple(frames), measure_of(entry, [by])), [by])
    return {str(label): int(number) for label, number in rows.groupby(by, observed=True)[COUNT].sum().items()}


def _hot_spots(entry: DataSet, frames: list[pd.DataFrame]) -> tuple[HotSpot, ...]:
    parts = []
    for frame in (own_rows(each, entry) for each in frames if entry.level == "record"):
        areas = labels(frame, "area", entry)
        if areas is not None:
            hours = frame["time"].astype("string").str.extract(r"^(\d{2})", expand=False) if "time" in frame else None
            parts.append(pd.DataFrame({"area": areas, "hour": hours}, frame.index))
    if not parts:
        return ()
    rows = pd.concat(parts)
    by_hour = rows.groupby(["area", "hour"], observed=True).size().to_dict()
    spots = [
        HotSpot(str(area), int(number), tuple(int(by_hour.get((area, f"{hour:02d}"), 0)) for hour in range(24)))
        for area, number in rows.groupby("area", observed=True).size().items()
    ]
    return tuple(sorted(spots, key=lambda one: (-one.records, one.area)))
