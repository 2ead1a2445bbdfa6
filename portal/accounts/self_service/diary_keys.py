"""Keys of calendar addresses that a diary program reads without signing in: unguessable, and a person's own."""

from models.accounts import Account
from portal.accounts.posts import person_with_posts
from portal.ground.act import Act, Person
from portal.ground.database import reading
from portal.ground.errors import NotFoundError
from portal.ground.vault import same


def diary_key(act: Act, kind: str) -> str:
    """Give the key of the signed-in person's calendar of a kind."""
    return f"{act.person.id}-{_mark(act, kind, act.person.id)}"


def person_of_key(act: Act, kind: str, key: str) -> Person:
    """Give the person whose diary holds a key, while they have an account. Raises NotFoundError."""
    account_id, _, mark = key.partition("-")
    if not same(mark, _mark(act, kind, account_id)):
        raise NotFoundError
    with reading(act.store.engine) as session:
        account = session.get(Account, account_id)
        if account is None or account.closed_at is not None:
            raise NotFoundError
        return person_with_posts(session, account)


def _mark(act: Act, kind: str, account_id: str) -> str:
    return act.store.vault.keyed_hash(f"{kind}:{account_id}")[:40]
