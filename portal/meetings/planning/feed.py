"""A calendar that a diary subscribes to: an unguessable address of its own for each person who plans or chairs."""

import hmac

from models.accounts import Account
from portal.accounts.posts import person_with_posts
from portal.ground.access import Permission, allow, may
from portal.ground.act import Act, Person
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.meetings.meeting import Planned, meetings
from portal.meetings.planning.calendar_files import DIARY_KEEPS


def feed_key(act: Act) -> str:
    """Give the key of a person's calendar address. Raises NotAllowedError."""
    allow(act, Permission.PLAN_MEETINGS)
    return f"{act.person.id}-{_mark(act, act.person.id)}"


def feed(act: Act, key: str) -> list[Planned]:
    """Give the meetings to come, and those of the last two months, to the diary that holds a key, while its person still plans or chairs.

    They hold name, place and time, as every member knows them. Raises NotFoundError.
    """
    account_id, _, mark = key.partition("-")
    if not hmac.compare_digest(mark, _mark(act, account_id)):
        raise NotFoundError
    person = _person(act, account_id)
    if not may(person, Permission.PLAN_MEETINGS):
        raise NotFoundError
    return [one for one in meetings(act.as_(person)) if one.starts_at >= act.at - DIARY_KEEPS]


def _mark(act: Act, account_id: str) -> str:
    return act.store.vault.keyed_hash(f"meeting-feed:{account_id}")[:40]


def _person(act: Act, account_id: str) -> Person:
    with reading(act.store.engine) as session:
        account = session.get(Account, account_id)
        if account is None or account.closed_at is not None:
            raise NotFoundError
        return person_with_posts(session, account)
