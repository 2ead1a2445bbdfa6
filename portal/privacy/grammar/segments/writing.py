"""Settle what a word of a place is by how it is written: in capitals, in small letters, with a full stop, as a number."""

from itertools import pairwise

from portal.privacy.grammar.roles import WordRole as P
from portal.privacy.grammar.roles import parts_of, words_for
from portal.privacy.grammar.tokens import PlaceToken

JUNCTIONS = frozenset({"junction", "jct", "jcn", "jctn", "junc"})
COUNTED = words_for("counted")
_POINTS = frozenset("nsew")
_LETTERS = frozenset("NY")  # which join words too: 'Fish N Chips', 'Y Bont'
_ONLY_A_NAME = P.GIVEN | P.SURNAME | P.SELDOM
_OF_WORSHIP = words_for("of_worship")
_SPOKEN = COUNTED | words_for("spoken")


def settle_cases(text: str, tokens: list[PlaceToken]) -> None:
    """Take 'close' or 'way' for a street only where it is written as the name is: 'threatened Priya close to' names none."""
    _settle_spoken(text, tokens)
    _settle_initials(text, tokens)
    _settle_kings(text, tokens)
    _settle_its(tokens)
    for before, token in pairwise(tokens):
        if token.low == "x" and text[token.start] == "x" and before.parts & (P.ENDS_STREET | P.ROAD):
            token.parts = P.RELATION  # 'Tudor Road x Mill Lane'
        elif token.low in _POINTS and not token.apart and before.parts & P.ENDS_STREET and _ends(tokens, token):
            token.parts = P.DIRECTION  # 'Fosse Road S'
        elif token.low == "w" and before.low in JUNCTIONS:
            token.parts = P.RELATION  # 'jct w Mill Lane'
        if token.parts & P.WAY_AS_NAMED and text[token.start].islower():
            token.parts &= ~P.WAY_AS_NAMED
            if text[before.start].islower():
                token.parts |= P.LAND
    for at, (before, token) in enumerate(pairwise(tokens)):
        first = at == 0 or before.apart or bool(tokens[at - 1].parts & (P.RELATION | P.AND))
        pupils = (
            token.low == "school" and text[token.start].islower() and text[before.start].isupper()
        )  # 'Zelda school'
        if pupils and not token.apart and not before.parts & ~(P.GIVEN | P.EVERYDAY):
            before.parts = P.PERSON
        if token.parts & P.INSTITUTION and not token.apart and first and _is_somebodys(tokens, before, token):
            before.parts = P.PERSON


def _settle_its(tokens: list[PlaceToken]) -> None:
    """Take the 'its' of 'Mill Road at its junction with Church Lane' for no word of a person."""
    for its, junction in pairwise(tokens):
        if its.low == "its" and junction.low in JUNCTIONS:
            its.parts = P.RELATION


def _settle_kings(text: str, tokens: list[PlaceToken]) -> None:
    """Take the V of 'King George V Playing Fields' for a number, where one letter is an initial elsewhere."""
    for rank, king, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.low == "v" and text[token.start] == "V" and rank.parts & P.RANK and king.low in {"george", "henry"}:
            token.parts = parts_of("vi")


def _ends(tokens: list[PlaceToken], token: PlaceToken) -> bool:
    """Tell whether nothing follows a token that is not parted from it."""
    at = next(place for place, one in enumerate(tokens) if one is token)
    return at + 1 == len(tokens) or tokens[at + 1].apart


def _settle_initials(text: str, tokens: list[PlaceToken]) -> None:
    """Take capitals that are short for a word in lists, 'RD Brook', for initials where a family's name follows in small letters."""
    for at, token in enumerate(tokens[:-1]):
        written, after = text[token.start : token.end], tokens[at + 1]
        first = at == 0 or token.apart
        if first and written in _LETTERS and not after.parts & ~_ONLY_A_NAME:
            token.parts = P.PERSON  # 'N. Quxley Road', 'Y Quxley Road'
        if not first or not written.isupper() or len(written) > 2 or not after.parts & P.SURNAME:  # noqa: PLR2004
            continue
        shouted = text[after.start : after.end].isupper() or after.parts & P.WELSH
        if (
            not shouted
            and not after.apart
            and not token.parts & (P.RELATION | P.SAINT | P.DIRECTION | P.CODE | P.BEAT | P.ROAD | P.BRAND | P.AND)
        ):
            token.parts = P.PERSON


def _settle_spoken(text: str, tokens: list[PlaceToken]) -> None:
    """Take a house's number in words for one: two such words together, or one in small letters before a name."""
    for before, token in pairwise(tokens):
        said = set(before.low.split("-")) <= _SPOKEN
        both = said and (token.low in _SPOKEN or "-" in before.low)
        if both or (said and text[before.start].islower() and text[token.start].isupper()):
            before.parts = P.NUMBER
            token.parts = P.NUMBER if token.low in _SPOKEN else token.parts


def _is_somebodys(tokens: list[PlaceToken], before: PlaceToken, institution: PlaceToken) -> bool:
    """Say whether what stands before a school or church names a person: 'Ayaan's school', 'Mark Church'."""
    if before.parts & (P.BRAND | P.PARK_NAME | P.RANK):
        return False
    if not before.low.endswith("'s"):
        # 'Mark Church', and 'Zelda Church', whom no list has.
        unlisted = not before.parts & ~P.SURNAME and _ends(tokens, institution)
        return institution.low in _OF_WORSHIP and (bool(before.parts & P.GIVEN) or unlisted)
    owner = parts_of(before.low[:-2])
    return not owner & (P.RANK | P.PARK_NAME) and (
        bool(owner & (P.GIVEN | P.SURNAME)) or not owner & (P.EVERYDAY | P.PLAIN)
    )
