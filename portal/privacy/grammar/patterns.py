"""Patterns over rows of words by the parts they play, as regular expressions over one sign for each kind of word."""

import re
from collections.abc import Callable, Sequence

from portal.privacy.grammar.roles import WordRole as P

_BASE = (
    P.KNOWN | P.EPONYM | P.LAND | P.LAND_LIKE_SURNAME | P.INSTITUTION | P.PUBLIC | P.QUALIFIER | P.DIRECTION | P.RANK
    | P.PLACE | P.BRAND | P.PUB_SIGN | P.WAY | P.WAY_AS_NAMED | P.SAINT
)  # fmt: skip
_PUBLIC = P.PUBLIC | P.PUBLIC_ALONE | P.LAND | P.WAY | P.INSTITUTION | P.QUALIFIER
# What each letter of a pattern stands for: a word with any of the first parts and none of the second.
_LETTERS: dict[str, tuple[int, int]] = {
    "T": (P.WAY | P.WAY_AS_NAMED, 0),
    "t": (P.WAY | P.WAY_AS_NAMED, P.LANE | P.FAMILY_WAY),
    "e": (P.LANE | P.FAMILY_WAY, 0),
    "f": (P.FAMILY_WAY, P.LANE),
    "j": (P.TRADE, 0),
    "L": (P.LAND, 0),
    "l": (P.LAND_LIKE_SURNAME, 0),
    "I": (P.INSTITUTION, 0),
    "p": (_PUBLIC, P.PERSON),
    "P": (P.PUBLIC_ALONE, 0),
    "Q": (P.QUALIFIER, 0),
    "D": (P.DIRECTION, 0),
    "R": (P.RANK, 0),
    "K": (_BASE, P.PERSON),
    "k": (_BASE, P.PERSON | P.GIVEN | P.HOME | P.OF | P.AND),
    "d": (_PUBLIC | P.LAND_LIKE_SURNAME | P.DIRECTION, P.PERSON | P.GIVEN | P.HOME | P.OF | P.AND | P.PLACE),
    "n": (P.PLAIN, P.HOME | P.OF | P.AND),
    "o": (P.PLAIN, P.GIVEN | P.HOME | P.OF | P.AND),
    "E": (P.EPONYM, 0),
    "F": (P.FOUNDER, 0),
    "v": (P.PARK_NAME, 0),
    "G": (P.PLACE | P.CODE, P.GIVEN),
    "g": (P.PLACE, P.PERSON),
    "S": (P.SAINT, 0),
    "A": (P.THE, 0),
    "O": (P.OF, 0),
    "N": (P.AND, 0),
    "B": (P.BRAND, 0),
    "b": (P.BRAND, P.GIVEN),
    "s": (P.PUB_SIGN, P.HOME),
    "a": (P.PUB_SIGN, P.HOME | P.GIVEN | P.SURNAME),
    "c": (P.PUB_COLOUR, 0),
    "h": (P.PUB_HEAD, 0),
    "u": (P.PUB_TYPE, 0),
    "M": (P.ROAD, 0),
    "J": (P.NUMBERED, 0),
    "#": (P.NUMBER, P.PERSON),
    "Z": (P.BEAT, 0),
    "H": (P.HOME, 0),
    "W": (P.WELSH, 0),
    "w": (P.WAY | P.SAINT, P.LANE),
    "x": (P.WAY_AS_NAMED | P.LANE | P.LAND | P.LAND_LIKE_SURNAME, 0),
    "z": (_BASE, P.PERSON | P.GIVEN | P.SURNAME | P.HOME | P.OF | P.AND),
    "i": (P.SURE | P.CODE, P.PERSON | P.GIVEN),
    "r": (P.STREET, 0),
    "q": (P.EPONYM | P.FOUNDER, P.RANK | P.SAINT | P.QUALIFIER | P.PARK_NAME | P.PERSON),
}
_TYPES = P.WAY | P.LAND | P.INSTITUTION | P.PUBLIC_ALONE
_FIGURES = P.NUMBER | P.BEAT | P.MEASURE | P.ROAD | P.CODE | P.AND | P.OF | P.THE | P.PERSON
_ROLES = ~(P.RELATION | P.EVERYDAY | P.UNIT)


def _is_any(parts: int) -> bool:
    """Say whether a word can be the one that a street is called by: not one of people or homes, no number, no mere 'near'."""
    if parts & _FIGURES or parts == P.NUMBERED:
        return False
    if parts & P.HOME and not parts & P.KNOWN:
        return False
    return not parts & P.RELATION or bool(parts & _ROLES)


def _is_everyday(parts: int) -> bool:
    """Say whether an everyday word is nobody's name and says nothing of people."""
    return bool(parts & P.EVERYDAY) and not parts & (P.GIVEN | P.SURNAME | P.PERSON | P.HOME | P.RELATION)


def _is_town(parts: int) -> bool:
    """Say whether a word is a town, or a village that no family is called by: 'Lincoln', 'Ide'."""
    village = parts & P.PLACE and not parts & P.SURNAME
    return bool(parts & P.TOWN or village) and not parts & P.PERSON


def _is_called(parts: int) -> bool:
    """Say whether a word may be somebody's family name: one of a list, or one that streets and places are not made of."""
    never = _TYPES | P.WAY_AS_NAMED | P.LAND_LIKE_SURNAME | P.PLAIN | P.PLACE
    return _is_any(parts) and not parts & (P.STREET | P.WAY) and bool(parts & P.SURNAME or not parts & never)


_TOLD: dict[str, Callable[[int], bool]] = {
    "X": _is_any,
    "U": lambda parts: _is_any(parts) and not parts & P.GIVEN,
    "V": lambda parts: _is_any(parts) and (not parts & P.GIVEN or bool(parts & P.SELDOM)),
    "y": _is_everyday,
    "m": _is_town,
    "Y": _is_called,
    "C": lambda parts: _is_called(parts) and not parts & (_TYPES | P.PLACE),
}


def _fits(letter: str, parts: int) -> bool:
    if letter in _TOLD:
        return _TOLD[letter](parts)
    wanted, never = _LETTERS[letter]
    return bool(parts & wanted) and not parts & never


_signs: dict[int, str] = {}


def _sign(parts: int) -> str:
    """Give the sign of a kind of word; there are some hundreds of kinds."""
    sign = _signs.get(parts)
    if sign is None:
        sign = _signs[parts] = chr(0x4E00 + len(_signs))
    return sign


class RolePattern:
    """One pattern, made again when a kind of word comes that was not met before."""

    def __init__(self, written: str) -> None:
        """Take a pattern in the letters above."""
        self._written = written
        self._known = -1
        self._made = re.compile("")

    def matches(self, parts: Sequence[int]) -> bool:
        """Say whether the whole row fits."""
        row = "".join(map(_sign, parts))
        if self._known != len(_signs):
            self._known = len(_signs)
            self._made = re.compile(self._compiled())
        return self._made.fullmatch(row) is not None

    def _compiled(self) -> str:
        found, inside = [], False
        for place, letter in enumerate(self._written):
            braces = self._written.rfind("{", 0, place), self._written.rfind("}", 0, place)
            if letter == "[":
                inside = True
                found.append("[")
            elif letter == "]":
                inside = False
                found.append("]")
            elif (letter in _LETTERS or letter in _TOLD) and not braces[0] > braces[1]:
                signs = "".join(sign for parts, sign in _signs.items() if _fits(letter, parts)) or "\0"
                found.append(signs if inside else f"[{signs}]")
            else:
                found.append(letter)
        return "".join(found)
