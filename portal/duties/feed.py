"""A person's calendar for their own diary: an unguessable address that a diary program reads without signing in."""

import hashlib
import hmac

from models.accounts import Account
from portal.accounts.posts import person_with_posts
from portal.duties.calendar import Coming, coming
from portal.ground.act import Act, Person
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.meetings.planning.calendar_files import DIARY_KEEPS, Entry


def calendar_key(act: Act) -> str:
    """Give the key of the signed-in person's calendar address."""
    return f"{act.person.id}-{_mark(act, act.person.id)}"


def calendar_of(act: Act, key: str) -> list[Entry]:
    """Give what falls due to the diary that holds a key, while its person has an account. Raises NotFoundError."""
    account_id, _, mark = key.partition("-")
    if not hmac.compare_digest(mark, _mark(act, account_id)):
        raise NotFoundError
    return entries(coming(act.as_(_person(act, account_id)), back=DIARY_KEEPS))


def entries(found: list[Coming]) -> list[Entry]:
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


def _mark(act: Act, account_id: str) -> str:
    return act.store.vault.keyed_hash(f"calendar-feed:{account_id}")[:40]


def _person(act: Act, account_id: str) -> Person:
    with reading(act.store.engine) as session:
        account = session.get(Account, account_id)
        if account is None or account.closed_at is not None:
            raise NotFoundError
        return person_with_posts(session, account)
