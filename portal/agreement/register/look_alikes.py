"""Names that look like one on the list: letters of other alphabets, digits for letters, initials, hidden marks and spaces.

'Anytown Parish Council' with two Cyrillic letters, 'Anyt0wn', 'Any town' and 'Anytown PC' all look like Anytown Parish
Council. Such a name may be honest: the person who signs is asked whether it is this one, and the manager who confirms is
told. Two are alike in either direction, so that the false one is named even where it came first.
"""

import re

from sqlmodel import Session, col, select

from models.organisations import Organisation
from portal.ground.act import Store
from portal.ground.database import reading
from portal.ground.wording import folded
from portal.privacy.identifiers.folding import fold, skeleton

_SEEN_AS = str.maketrans("013456789i", "oleasbtbgl")
_LEFT_OUT = frozenset({"and", "the", "of", "for"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORT = 2  # initials of fewer words say nothing


def look_alikes(where: Store | Session, name: str, *, but: str = "") -> list[str]:
    """Give the names on the list that `name` looks like, without those that are the same when case and accents are aside.

    `but` is the id of the organisation that has the name itself.
    """
    if isinstance(where, Store):
        with reading(where.engine) as session:
            return look_alikes(session, name, but=but)
    rows = where.exec(select(Organisation.id, Organisation.name).where(col(Organisation.closed_at).is_(None))).all()
    wanted = _seen(name)
    return [
        other for key, other in rows if key != but and folded(other) != folded(name) and _alike(wanted, _seen(other))
    ]


def _seen(name: str) -> list[str]:
    """Give the words of a name as an eye reads them."""
    plain = skeleton(fold(name)).casefold().translate(_SEEN_AS)
    for two, one in _PAIRS:
        plain = plain.replace(two, one)
    return [word for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")) if word not in _LEFT_OUT]


def _alike(one: list[str], other: list[str]) -> bool:
    return "".join(one) == "".join(other) != "" or _shortened(one, other) or _shortened(other, one)


def _shortened(short: list[str], long: list[str]) -> bool:
    """Say whether each word of `short` is one of `long`, or the initials of several that follow each other."""
    at = 0
    for word in short:
        if long[at : at + 1] == [word]:
            at += 1
        elif len(word) >= _SHORT and [each[0] for each in long[at : at + len(word)]] == list(word):
            at += len(word)
        else:
            return False
    return at == len(long) and bool(long)
