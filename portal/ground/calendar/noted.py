"""What was noted while the clock was wrong: a moment that lies ahead counts for nothing, or nobody would be told until then."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import col

AHEAD = timedelta(minutes=5)  # how far the clocks of two machines may lie apart
_LONG_AGO = timedelta(days=60)  # longer than anybody waits to be reminded


def not_ahead(noted: datetime | None, now: datetime) -> datetime | None:
    """Give a moment that was noted; None where there is none, or it was noted under a wrong clock."""
    return noted if noted is not None and noted <= now + AHEAD else None


def waits_since(now: datetime, began: datetime, reminded: datetime | None) -> datetime:
    """Give since when somebody waits to be reminded: since it began, or since the last reminder. All moments are UTC.

    What began under a wrong clock began long ago, for all we know: they are reminded now, and as usual after that.
    """
    known = [not_ahead(began, now), not_ahead(reminded, now)]
    return max((at for at in known if at is not None), default=now - _LONG_AGO)


def not_noted(noted: datetime | None, now: datetime) -> ColumnElement[bool]:
    """Say, of a column of moments, that nothing was noted there yet, or under a wrong clock alone."""
    return or_(col(noted).is_(None), col(noted) > now + AHEAD)
