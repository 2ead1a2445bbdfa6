"""What stands beside a piece of a place decides: a person, a home or a story takes with it what only might be a place."""

import re
from itertools import pairwise

from portal.privacy.grammar.gazetteer import districts
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.patterns import RolePattern
from portal.privacy.grammar.roles import WordRole as P
from portal.privacy.grammar.roles import parts_of, words_for
from portal.privacy.grammar.segments.pieces import ONLY_WORDS, PUB, ROAD, Piece, fits_whole
from portal.privacy.grammar.tokens import PlaceToken

HOUSES, BLOCKS = words_for("houses"), words_for("blocks")
_HOUSE_ENDINGS = tuple(words_for("house_endings"))
_FIRM, _HOUSES_BEFORE, _WELSH_HOUSES, _ONCE, _NAMESAKES = (
    words_for(name) for name in ("firm", "houses_before", "welsh_houses", "once_public", "namesakes")
)
_AGED = re.compile(r"(?i)\(\d{1,2}\)|\b\d{1,2} ?(?:yo|y/o|yrs?)\b|\baged?\b")

# Where a cell speaks of a person stays only what is known and nobody is called: 'Jordan Lane and her mum' is no street.
_SURE = f"[kE]{{1,3}}wD?|z{{1,3}}xD?|ATD?|SXwD?|(?:z{{0,3}}|[nzx]{{2,3}}|SXz{{0,2}})I+|[pPz]{{0,6}}P|b|Bp+|bp*|{PUB}|[QD]?iD?i?|{ROAD}"
_STRICT = RolePattern(f"(?:A?(?:{_SURE}|p)){{1,3}}")


def settle_by_what_is_beside(
    text: str, tokens: list[PlaceToken], pieces: list[Piece], lists: LocalLists, *, strict: bool
) -> None:
    """Let pieces go, or a doubtful street stay, by what stands beside them; `strict`: let stay only what is known."""
    _keep_streets_by_what_is_beside(tokens, pieces)
    _drop_soft(tokens, pieces, lists)
    _drop_homes(text, tokens, pieces, lists)
    _drop_what_is_unknown(text, tokens, pieces, strict=strict)


def _keep_streets_by_what_is_beside(tokens: list[PlaceToken], pieces: list[Piece]) -> None:
    """Let a street stay that might be somebody, where a word such as 'outside' stands before it or a settlement behind it."""
    for at, piece in enumerate(pieces):
        if not piece.doubtful:
            continue
        before, after, further = (pieces[one] if 0 <= one < len(pieces) else None for one in (at - 1, at + 1, at + 2))
        leads = before is not None and before.relation and _is_firm(tokens, before)
        joins = after is not None and after.relation and _is_firm(tokens, after)
        joins = joins and further is not None and further.kept
        town = (
            after is not None and after.kept and tokens[after.first].parts & P.PLACE and not _ends_in_way(tokens, after)
        )
        piece.kept = bool(leads or joins or town)


def _is_firm(tokens: list[PlaceToken], relation: Piece) -> bool:
    return any(token.low in _FIRM for token in tokens[relation.first : relation.end])


def _ends_in_way(tokens: list[PlaceToken], piece: Piece) -> bool:
    return bool(tokens[piece.end - 1].parts & P.ENDS_STREET)


def _drop_soft(tokens: list[PlaceToken], pieces: list[Piece], lists: LocalLists) -> None:
    """Let go a village that may be a family's name, beside words that are no place: 'Preston, Kwame', 'Wigston, Ada'.

    One that no list of names has goes beside a single word only, so that 'The Old Rectory, Tugby' keeps its village.
    """
    real = [piece for piece in pieces if piece.first < piece.end and (not piece.relation or _is_initial(tokens, piece))]
    gone = [not piece.kept for piece in real]
    for at, piece in enumerate(real):
        beside = [real[other] for other in (at - 1, at + 1) if 0 <= other < len(real) and gone[other]]
        only = tokens[piece.first]
        village = piece.end - piece.first == 1 and only.parts & P.PLACE and " " not in only.low
        turned = village and only.low not in lists.every and any(one.end - one.first == 1 for one in beside)
        behind = tokens[piece.end] if piece.end < len(tokens) else None  # 'Court, Tariq'
        alone = piece.end - piece.first == 1 and only.parts & P.PUBLIC_ALONE and behind is not None and behind.apart
        turned = turned or bool(alone and behind is not None and behind.parts & P.GIVEN)
        house = piece.end - piece.first > 1 and tokens[piece.end - 1].low in HOUSES
        if beside and (piece.soft or turned or house):
            piece.kept = False


def _is_initial(tokens: list[PlaceToken], piece: Piece) -> bool:
    """Say whether a piece that would join two others is an initial: 'Featherstone, N'."""
    only = tokens[piece.first]
    return piece.end - piece.first == 1 and only.low == "n" and only.apart


def _drop_homes(text: str, tokens: list[PlaceToken], pieces: list[Piece], lists: LocalLists) -> None:
    """Let go a house's name that has the form of a street, by what stands beside it: 'Ivy Dene, Church Lane', 'Flat 3, Tower Court'."""
    for at, piece in enumerate(pieces[2:]):  # 'home of Mason Hill'
        who, of = pieces[at], pieces[at + 1]
        if of.relation and tokens[of.first].parts & P.OF and not who.kept and who.first < who.end:
            piece.kept = piece.kept and not tokens[who.end - 1].parts & (P.HOME | P.PERSON)
        if of.relation and piece.kept and _is_of_a_home(tokens, who) and not _is_street(tokens, piece):
            piece.kept = False  # 'house next to the school', 'flat over Boots': it tells which home it is
    real = [piece for piece in pieces if not piece.relation and piece.first < piece.end]
    _drop_villages(tokens, pieces, real, lists)
    _drop_families(text, tokens, pieces, lists)
    _drop_turned_names(text, tokens, real)
    for piece, following in pairwise(real):
        words = tokens[piece.first : piece.end]
        gap = text[words[-1].end : tokens[following.first].start]
        after = tokens[following.end - 1]
        if piece.kept and following.kept and ("," in gap or ":" in gap):
            piece.kept = not (_has_way(tokens, following) and _is_house_before(tokens, piece, lists))
        elif (
            not piece.kept
            and any(word.parts & P.HOME for word in words)
            and any(word.parts & P.NUMBER for word in words)
        ):
            way = after.parts & P.ENDS_STREET and after.low not in HOUSES | BLOCKS
            town = after.parts & P.PLACE and following is real[-1]  # 'Flat 4, Rhoslan, Anytown': the block is called so
            following.kept = following.kept and bool(way or town)


def _drop_what_is_unknown(text: str, tokens: list[PlaceToken], pieces: list[Piece], *, strict: bool) -> None:
    """Let only known places stay of a cell that speaks of a person, and beside words that go and may be a name."""
    somebody = strict or _speaks_of_somebody(text, tokens, pieces)
    for at, piece in enumerate(pieces):
        if not piece.kept:
            continue
        before = pieces[at - 1] if at and not pieces[at - 1].kept and not pieces[at - 1].relation else None
        gap = text[tokens[before.end - 1].end : tokens[piece.first].start] if before else ""
        if gap in _WITHIN_A_NAME:
            piece.kept = False
        elif (
            somebody
            or _is_joined_to_what_goes(tokens, pieces, at)
            or (before and _is_behind_a_name(tokens, before, gap))
        ):
            piece.kept = _STRICT.matches([token.parts for token in tokens[piece.first : piece.end]])


_WITHIN_A_NAME = frozenset("_~*+|:.")  # 'Zelda_Quxley Road'; a stroke or a comma stands between two streets as often
_ONLY_NAMES = ONLY_WORDS | P.PERSON | P.SELDOM


def _is_behind_a_name(tokens: list[PlaceToken], before: Piece, gap: str) -> bool:
    """Tell whether what goes before a piece may be a name, alone or with no space between: 'Quxley, Zelda Road', 'Zelda/Quxley Road'."""
    words = [token for token in tokens[before.first : before.end] if not token.parts & P.THE]
    return bool(words) and not words[-1].parts & ~_ONLY_NAMES and (" " not in gap or len(words) == 1)


def _is_joined_to_what_goes(tokens: list[PlaceToken], pieces: list[Piece], at: int) -> bool:
    """Tell whether 'and' joins a piece to one that goes: of 'Zelda & Quxley Mill Road' neither is a street's."""
    if at < 2 or not pieces[at - 1].relation or pieces[at - 2].kept:  # noqa: PLR2004 - the one before, and what joins them
        return False
    joins = tokens[pieces[at - 1].first : pieces[at - 1].end]
    return not pieces[at - 2].relation and not joins[0].apart and all(token.parts & P.AND for token in joins)


def _speaks_of_somebody(text: str, tokens: list[PlaceToken], pieces: list[Piece]) -> bool:
    """Tell whether a cell has a word for a person, an age, or tells a story: an everyday word that says no place."""
    if any(token.parts == P.PERSON and len(token.low) > 1 for token in tokens) or _AGED.search(text):
        return True
    gone = [
        token for piece in pieces if not piece.kept and not piece.relation for token in tokens[piece.first : piece.end]
    ]
    return any(token.parts & P.EVERYDAY and not token.parts & ~ONLY_WORDS for token in gone)


def _is_house(word: PlaceToken) -> bool:
    """Say whether a hamlet's name ends as houses' names do, or a street's as no street does: of 'Braeside, Mill Road' a house is more likely."""
    if word.parts & P.STREET:
        return not parts_of(word.low.rpartition(" ")[2]) & (P.WAY | P.WAY_AS_NAMED)
    like = word.low.endswith(_HOUSE_ENDINGS) or word.low in _NAMESAKES
    return bool(word.parts & P.PLACE) and " " not in word.low.removeprefix("the ") and like


def _drop_villages(tokens: list[PlaceToken], pieces: list[Piece], real: list[Piece], lists: LocalLists) -> None:
    """Let go a house that is called as a village and ends as houses do, where no street stands before it: 'Applegarth, Oadby'."""
    known = lists.every | lists.towns
    if real and real[0] is pieces[0] and _is_village(tokens, real[0]) and tokens[real[0].first].low not in known:
        word = tokens[real[0].first]
        public = word.parts & (P.TOWN | P.PUBLIC_ALONE) and word.low not in _NAMESAKES
        real[0].kept = real[0].kept and (bool(public) or not _is_house(word))  # 'Fernbank' by itself


def _drop_turned_names(text: str, tokens: list[PlaceToken], real: list[Piece]) -> None:
    """Take a first name off a street where a family's stands before it: of 'Finch, Frank Overpool Road' the last two words stay."""
    for before, piece in pairwise(real):
        words, first = piece.end - piece.first, tokens[piece.first].parts
        comma = "," in text[tokens[before.end - 1].end : tokens[piece.first].start]
        if before.kept or before.end - before.first > 1 or not piece.kept or not comma:
            continue
        if words > 2 and first & (P.GIVEN | P.EPONYM | P.FOUNDER):  # noqa: PLR2004 - a first name, and a street of two
            piece.first += 1
            piece.kept = fits_whole(tokens, piece.first, piece.end)
        elif words > 1 and first & P.GIVEN and not first & (P.EPONYM | P.FOUNDER):
            piece.kept = False  # 'Ackroyd, Kayleigh Drive'


def _is_village(tokens: list[PlaceToken], piece: Piece) -> bool:
    """Say whether a piece is one settlement and nothing else, which no street is called by."""
    only = tokens[piece.first]
    return piece.end - piece.first == 1 and bool(only.parts & P.PLACE) and not _ends_in_way(tokens, piece)


def _drop_families(text: str, tokens: list[PlaceToken], pieces: list[Piece], lists: LocalLists) -> None:
    """Let go one word that families are called by, in brackets or joined to a place: 'Mill Road (Green)', 'Mill Road & Wigston'."""
    for at, piece in enumerate(pieces):
        word = tokens[piece.first] if piece.first < piece.end else None
        if not piece.kept or word is None or piece.end - piece.first > 1 or word.low in lists.every | lists.towns:
            continue
        joins = pieces[at - 1] if at > 1 and pieces[at - 1].relation else None
        joined = joins is not None and all(one.parts & P.AND for one in tokens[joins.first : joins.end])
        if joined or _is_in_brackets(text, tokens, piece):
            piece.kept = not word.parts & P.SURNAME


def _is_in_brackets(text: str, tokens: list[PlaceToken], piece: Piece) -> bool:
    """Say whether one word, written as a name is, stands by itself in brackets."""
    word = tokens[piece.first]
    alone = piece.end - piece.first == 1 and text[word.start].isupper()
    return alone and text[word.start - 1 : word.start] == "(" and text[word.end : word.end + 1] == ")"


def _has_way(tokens: list[PlaceToken], piece: Piece) -> bool:
    return any(token.parts & P.ENDS_STREET for token in tokens[piece.first : piece.end])


def _is_house_before(tokens: list[PlaceToken], piece: Piece, lists: LocalLists) -> bool:
    """Say whether what stands before a street and a comma is a house's name, by its form."""
    words = tokens[piece.first : piece.end]
    if len(words) > 1:
        return words[-1].low in HOUSES | _HOUSES_BEFORE or words[0].low in _WELSH_HOUSES or _was_public(words)
    return _is_house(words[0]) or (_is_village(tokens, piece) and _may_be_a_house(words[0], lists))


def _may_be_a_house(village: PlaceToken, lists: LocalLists) -> bool:
    """Say whether a house may be called as a village is: 'Windermere, Mill Road'; a district or what the file shows is none."""
    public = parts_of(village.low.rpartition(" ")[2]) & P.INSTITUTION  # 'Christ Church' is a village too
    return not public and village.low not in lists.every | lists.towns and village.low not in districts()


def _was_public(words: list[PlaceToken]) -> bool:
    """Say whether a home is called by what it was: 'The Old Post Office, Mill Road'."""
    lows = [word.low for word in words if word.low != "the"]
    return len(lows) > 1 and lows[0] == "old" and lows[1].split()[0] in _ONCE


def _is_of_a_home(tokens: list[PlaceToken], piece: Piece) -> bool:
    return not piece.kept and any(token.parts & P.HOME for token in tokens[piece.first : piece.end])


def _is_street(tokens: list[PlaceToken], piece: Piece) -> bool:
    return bool(tokens[piece.end - 1].parts & (P.ENDS_STREET | P.PLACE))
