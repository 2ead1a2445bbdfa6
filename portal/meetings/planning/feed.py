"""A calendar that a diary subscribes to: an unguessable address of its own for each person who plans or chairs."""

from portal.accounts.self_service.diary_keys import diary_key, person_of_key
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act
from portal.ground.errors import NotFoundError
from portal.meetings.meeting import Planned, meetings
from portal.meetings.planning.calendar_files import DIARY_KEEPS

_KIND = "meeting-feed"


def feed_key(act: Act) -> str:
    """Give the key of a person's calendar address. Raises NotAllowedError."""
    allow(act, Permission.PLAN_MEETINGS)
    return diary_key(act, _KIND)


def feed(act: Act, key: str) -> list[Planned]:
    """Give the meetings to come, and those of the last two months, to the diary that holds a key, while its person still plans or chairs.

    They hold name, place and time, as every member knows them. Raises NotFoundError.
    """
    person = person_of_key(act, _KIND, key)
    if not may(person, Permission.PLAN_MEETINGS):
        raise NotFoundError
    return [one for one in meetings(act.as_(person)) if one.starts_at >= act.at - DIARY_KEEPS]
