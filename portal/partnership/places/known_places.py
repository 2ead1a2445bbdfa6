"""What the engine of returns is given: the partnership's lists, and the hashes of its secret places with their key."""

import json

from sqlmodel import select

from models.partnership import PlaceList
from portal.ground.act import Act
from portal.ground.database import reading
from portal.partnership.places.secret_places import SECRET, key_of
from portal.privacy.grammar.lists import LocalLists


def known_places(act: Act) -> LocalLists:
    """Give all that is loaded; it goes to the child by its pipe, and stands in no argument and no setting there."""
    with reading(act.store.engine) as session:
        rows = session.exec(select(PlaceList)).all()
    vault = act.store.vault
    told = {row.kind: json.loads(vault.open_text(row.content, f"place_list.content:{row.kind}")) for row in rows}
    hidden = [one for place in told.pop(SECRET, []) for one in place]
    unasked = [row.kind for row in rows if row.with_set_up]
    return LocalLists.of(told, key_of(vault) if hidden else b"", hidden, unasked)
