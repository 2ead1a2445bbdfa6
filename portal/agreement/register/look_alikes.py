"""Names that look like one on the list: letters of other alphabets, digits for letters, initials, another order.

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
_STRANGE = "?"  # a letter of another alphabet whose look nobody has listed: it may be any
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
    known = "".join(
        c if fold(c).isascii() or not c.isalpha() else _STRANGE for c in folded(name).replace(_STRANGE, " ")
    )
    words = re.findall(r"[a-z0-9?]+", _read(known).replace("'", ""))
    return [word for word in words if word not in _LEFT_OUT]


def _read(text: str) -> str:
    plain = skeleton(fold(text)).casefold().translate(_SEEN_AS)
    for two, one in _PAIRS:
        plain = plain.replace(two, one)
    return plain


def _alike(one: list[str], other: list[str]) -> bool:
    same = _is_written_alike("".join(one), "".join(other)) or sorted(one) == sorted(other) != []
    return same or _shortened(one, other) or _shortened(other, one)


def _is_written_alike(one: str, other: str) -> bool:
    pairs = list(zip(one, other, strict=False)) if len(one) == len(other) else []
    return any(_STRANGE not in pair for pair in pairs) and all(a == b or _STRANGE in (a, b) for a, b in pairs)


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


_LEFT_OUT = frozenset(
    map(_read, ["and", "the", "of", "for", "official", "uk", "gb", "ltd", "limited", "plc", "cic", "cio"])
)
