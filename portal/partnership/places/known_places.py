"""What the engine of returns is given: the partnership's lists, and the hashes of its secret places with their key."""

import json
from functools import lru_cache

from sqlmodel import select

from models.partnership import PlaceList
from portal.ground.act import Act
from portal.ground.database import reading
from portal.partnership.places.secret_places import SECRET, key_of
from portal.privacy.grammar.lists import KINDS, LocalLists
from portal.privacy.grammar.local_lists.list_check import ListOfPeopleError, checked

_ANY = KINDS[0]  # names are spelt alike in every kind


def known_places(act: Act) -> LocalLists:
    """Give all that is loaded; it goes to the child by its pipe, and stands in no argument and no setting there."""
    with reading(act.store.engine) as session:
        rows = session.exec(select(PlaceList)).all()
    vault = act.store.vault
    kept = {row.kind: vault.open_text(row.content, f"place_list.content:{row.kind}") for row in rows}
    hidden = frozenset(one for place in json.loads(kept.pop(SECRET, "[]")) for one in place)
    unasked = frozenset(row.kind for row in rows if row.with_set_up)
    names = {kind: _spelt(told) for kind, told in kept.items()}
    return LocalLists(names, key_of(vault) if hidden else b"", hidden, unasked)


@lru_cache(maxsize=16)
def _spelt(told: str) -> frozenset[str]:
    """Give a list's names as the engine compares them, looked over by today's rule: it may be stricter than on the day of loading.

    Of a county's streets that takes a second or two, once.
    """
    try:
        names = checked(json.loads(told)).names
    except ListOfPeopleError:
        names = ()
    return LocalLists.of({_ANY: names}).names[_ANY]
