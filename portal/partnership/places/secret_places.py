"""Secret places (refuges, safe houses): kept only as keyed hashes of name and address, so that nobody can read them back."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlmodel import Session

from models.partnership import PlaceList
from portal.ground.access import Permission, allow
from portal.ground.act import Act
from portal.ground.database import transaction
from portal.ground.errors import AnswersNeededError
from portal.ground.rate_limits import Limit, attempt
from portal.ground.vault import Vault
from portal.partnership.places.list_reading import MOST_SECRET
from portal.partnership.places.place_lists import keep_row
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.sensitive import is_secret, secret_forms, secret_hash
from portal.record.audit import record
from portal.record.events import Event

SECRET = "secret"  # noqa: S105 - the kind of a list
LONGEST_PLACE = 300
_TESTS = Limit(kind="secret-place-test", most=20, within=timedelta(hours=1))  # so that nobody reads the list by asking
_NOT_A_PLACE = "Enter a name or an address; a town, a postcode's first half or a street alone names no place"


def key_of(vault: Vault) -> bytes:
    """Derive the key of the hashes from the vault: without its key file the list tells nothing."""
    return vault.derived_key("secret places")


def load_secrets(act: Act, places: Sequence[Iterable[str]]) -> int:
    """Keep the hashes of secret places in the place of those kept before; gives how many places."""
    allow(act, Permission.LOAD_PLACES)
    with transaction(act.store.engine) as session:
        return _keep(session, act, [sorted(place) for place in places])


def add_secret(act: Act, typed: str) -> int:
    """Add one place by its name and address; gives how many are kept now. Raises AnswersNeededError."""
    allow(act, Permission.LOAD_PLACES)
    key = key_of(act.store.vault)
    forms = secret_forms([typed[:LONGEST_PLACE]])
    if not forms:
        raise AnswersNeededError({"place": _NOT_A_PLACE})
    place = sorted(secret_hash(key, form) for form in forms)
    with transaction(act.store.engine) as session:
        kept = _places(session, act)
        if len(kept) >= MOST_SECRET:
            raise AnswersNeededError({"place": f"No more than {MOST_SECRET:,} places can be kept"})
        return _keep(session, act, [*(one for one in kept if one != place), place])


def take_secret(act: Act, typed: str) -> bool:
    """Take one place off the list, typed as it was added; says whether it was there."""
    allow(act, Permission.LOAD_PLACES)
    key = key_of(act.store.vault)
    forms = {secret_hash(key, form) for form in secret_forms([typed[:LONGEST_PLACE]])}
    with transaction(act.store.engine) as session:
        kept = _places(session, act)
        left = [one for one in kept if not forms & set(one)]
        if len(left) < len(kept):
            _keep(session, act, left)
    return len(left) < len(kept)


def is_on_list(act: Act, typed: str) -> bool:
    """Say whether an address is on the list; the record says who asked, never what. Raises AnswersNeededError, TooManyTriesError."""
    allow(act, Permission.LOAD_PLACES)
    if not typed.strip():
        raise AnswersNeededError({"place": "Enter a name or an address"})
    attempt(act, (_TESTS, act.person.id))
    with transaction(act.store.engine) as session:
        hidden = frozenset(one for place in _places(session, act) for one in place)
        record(session, act, Event.SECRET_PLACE_TESTED, f"place-list:{SECRET}")
    return is_secret(typed[:LONGEST_PLACE], LocalLists.of({}, key_of(act.store.vault), hidden))


def _places(session: Session, act: Act) -> list[list[str]]:
    row = session.get(PlaceList, SECRET)
    if row is None:
        return []
    kept: list[list[str]] = json.loads(act.store.vault.open_text(row.content, f"place_list.content:{SECRET}"))
    return kept


def _keep(session: Session, act: Act, places: list[list[str]]) -> int:
    keep_row(session, act, SECRET, (json.dumps(places), len(places)))
    return len(places)
