"""A person's calendar for their own diary: an unguessable address that a diary program reads without signing in."""

import hashlib

from portal.accounts.self_service.diary_keys import diary_key, person_of_key
from portal.duties.calendar import CalendarEntry, coming
from portal.ground.act import Act
from portal.meetings.planning.calendar_files import DIARY_KEEPS, Entry

_KIND = "calendar-feed"


def calendar_key(act: Act) -> str:
    """Give the key of the signed-in person's calendar address."""
    return diary_key(act, _KIND)


def calendar_of(act: Act, key: str) -> list[Entry]:
    """Give what falls due to the diary that holds a key, while its person has an account. Raises NotFoundError."""
    return entries(coming(act.as_(person_of_key(act, _KIND, key)), back=DIARY_KEEPS))


def entries(found: list[CalendarEntry]) -> list[Entry]:
    """Turn what falls due into a diary's entries: a meeting at its hour, everything else on its day."""
    return [
        Entry(
            id=hashlib.sha256((one.href if one.at else f"{one.on}{one.href}").encode()).hexdigest()[:20],
            starts=one.at or one.on,
            summary=one.what,
            location=one.place,
            called_off=one.called_off,
        )
        for one in found
    ]
