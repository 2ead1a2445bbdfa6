"""A day as it is typed on a page, in three numbers."""

from collections.abc import Sequence
from datetime import date

from portal.ground.input.dates import is_likely
from portal.ground.wording import one_line

TypedDay = tuple[str, str, str]  # day, month, year; all '' where nothing was typed
NO_DAY: TypedDay = ("", "", "")
AS_NUMBERS = "Enter the day as three numbers, such as 1 12 2026."


def day_typed(parts: Sequence[object]) -> date | None:
    """Give the day; None where nothing was typed. Raises ValueError for what no calendar has, and for a year like 26."""
    words = [one_line(str(part or "")) for part in parts]
    if not any(words):
        return None
    day, month, year = (int(part) if part.isascii() else 0 for part in words)
    found = date(year, month, day)
    if not is_likely(found):
        raise ValueError("a year of two figures")
    return found


def as_typed(on: date | None) -> TypedDay:
    """Write a day as it would be typed."""
    return (str(on.day), str(on.month), str(on.year)) if on else NO_DAY
