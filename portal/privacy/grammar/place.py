"""The grammar of places: of a text stays what is a street, road, junction, public place, settlement or area by form or by list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from portal.privacy.grammar.gazetteer import spelt
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.patterns import RolePattern
from portal.privacy.grammar.roles import WordRole as P
from portal.privacy.grammar.roles import parts_of, published, words_for
from portal.privacy.grammar.tokens import PlaceToken, tokens_of
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.identifiers.patterns.validators import parts_of_postcode
from portal.privacy.postcodes import IN_TEXT

_FORMULA = re.compile(r"^[=@+\-]+\s*[A-Za-z.]+\(")
_QUOTED = re.compile(r'"([^"]*)"')
_INTERNET = re.compile(r"(?i:https?://\S*|www\.\S*)|/{0,3}\b[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,}\b")
_EMAIL = re.compile(r"(?<!\S)\S{0,80}@\S{0,80}")
_AGED = re.compile(r"(?i)\(\d{1,2}\)|\b\d{1,2} ?(?:yo|y/o|yrs?)\b|\baged?\b")
_ONLY_WORDS = P.EVERYDAY | P.GIVEN | P.SURNAME
_LONGEST = 300  # letters of a place; more is a story, of which nothing is read
_NUMBERING = frozenset({"no", "nos", "number", "numbers"})
_JUNCTIONS = frozenset({"junction", "jct", "jcn", "jctn", "junc"})
_POINTS = frozenset("nsew")
HOUSES, BLOCKS, _DWELLINGS = words_for("houses"), words_for("blocks"), words_for("dwellings")
_HOUSE_ENDINGS = tuple(words_for("house_endings"))
_OF_WORSHIP, _COUNTED = words_for("of_worship"), words_for("counted")
_STREETS, _FIRM = words_for("streets"), words_for("firm")
_SPOKEN = _COUNTED | words_for("spoken")

# A street's one word may be any; more than one must be known, or follow a saint, a rank or an old first name.
_KNOWN_WAY = "y{0,2}[kEn]{1,4}tD?|y?k{1,4}eD?|[Bnm]eD?|gQ[te]|A[TLl]"
_OPEN_WAY = "Q{0,2}XtD?|yo[te]D?|Q{0,2}[UEo]eD?|jfD?|MU[Ll]|U[LlH]TD?|SXK?TD?|RX{1,2}TD?|EXTD?|WA?X"
_LAND = "alD?|y{0,2}k{0,3}LD?|m[dy]{1,2}L|vLD?|Q?k{1,3}lD?|SX[LT]|RXL"
_INSTITUTION = "[ky]{0,4}I+D?|m[dy]{0,2}I+|I+G|vI+|Q?[kG]{0,2}V[dy]{0,2}I+|[ky]{1,3}Nk{1,3}I+|RI+|SXK{0,2}I+|XfI+|FXK{0,2}I+|RX{1,2}I+|EX?K?I+"
_PUB = "(?:cs|hs|s|cscs|csNc?s|sNs|hO[KGE]|h[KE])u{1,2}|cs|hs|sNs|csNs|hO[KE]|Aa"
_PUBLIC = "[pPkGv]{0,6}P|b|Bp+|bp*|pB"
_SETTLEMENT = "[QD]?GD?G?"
_ROAD = "(?:M|J[#Z]M?|MJ[#Z])D?"
_FIXED = f"{_KNOWN_WAY}|{_LAND}|k{{0,4}}I+|vI+|{_PUB}|{_PUBLIC}|{_SETTLEMENT}|{_ROAD}"
_WHOLE = RolePattern(
    f"A?(?:{_FIXED}|{_OPEN_WAY}|{_INSTITUTION}|(?:{_ROAD})+(?:{_OPEN_WAY}))(?:p{{1,3}}|A?(?:{_FIXED})){{0,3}}"
)
# Where a cell speaks of a person stays only what is known and nobody is called: 'Jordan Lane and her mum' is no street.
_SURE = f"[kE]{{1,3}}wD?|z{{1,3}}xD?|ATD?|SXwD?|(?:z{{0,3}}|[nzx]{{2,3}}|SXz{{0,2}})I+|[pPz]{{0,6}}P|b|Bp+|bp*|{_PUB}|[QD]?iD?i?|{_ROAD}"
_STRICT = RolePattern(f"(?:A?(?:{_SURE}|p)){{1,3}}")
# What may be a street or somebody: 'Sharon Close'. It stays where what stands beside it says that it is a street.
_DOUBTFUL = RolePattern("Q{0,2}XeD?")
# At the end of words that are no place, only what is known through and through.
_TAIL = RolePattern("(?:[DQ]?oT|AT|SXT)D?")
_HEAD = RolePattern("o{1,2}T")


@dataclass(frozen=True)
class Admitted:
    """What stays of a text, and of which kinds something went."""

    text: str
    gone: frozenset[IdentifierKind] = frozenset()


@dataclass(slots=True)
class _Piece:
    """Some tokens in a row: kept or gone, and why."""

    first: int
    end: int
    kept: bool
    relation: bool = False
    soft: bool = False
    doubtful: bool = False
    numbered: bool = False


@lru_cache(maxsize=65536)
def place(text: str, lists: LocalLists = NONE, *, strict: bool = False) -> Admitted:
    """Give what stays of a folded text as a place.

    A segment is kept whole or goes whole; a street at the end of words that are none stays where its name is known. House
    numbers go, a postcode keeps its first half, and words such as 'outside' stay only beside a place that stays.

    Args:
        text: one cell.
        lists: the partnership's.
        strict: let stay only what is known, as where a cell speaks of a person.
    """
    if len(text) > _LONGEST:
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    if spelt(text) in _published():
        return Admitted(text)
    gone: set[IdentifierKind] = set()
    text = _EMAIL.sub(" ; ", _outside_formulas(text)) if "@" in text else _outside_formulas(text)
    text, shortened = IN_TEXT.subn(_halved, text) if any(map(str.isdigit, text)) else (text, 0)
    if shortened:
        gone.add(IdentifierKind.POSTCODE)
    tokens = tokens_of(text, lists)
    _settle_cases(text, tokens)
    pieces: list[_Piece] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        while end < len(tokens) and not tokens[end].apart:
            end += 1
        pieces += _chunk(tokens, at, end)
        at = end
    _keep_streets_by_what_is_beside(tokens, pieces)
    _drop_soft(tokens, pieces, lists)
    _drop_homes(text, tokens, pieces)
    _drop_what_is_unknown(text, tokens, pieces, strict=strict)
    for piece in pieces:
        if not piece.kept and not piece.relation:
            gone |= _kinds(tokens[piece.first : piece.end])
        elif piece.numbered:
            gone.add(IdentifierKind.ADDRESS)
    found = _written(text, tokens, pieces)
    # What stays is judged as a cell itself: beside what went a word may have read otherwise.
    return Admitted(place(found, lists, strict=strict).text if 0 < len(found) < len(text) else found, frozenset(gone))


@cache
def _published() -> frozenset[str]:
    """Give the kinds of place that data.police.uk publishes in the stead of a street, each a whole cell."""
    return frozenset(f"{start}{name}" for start in ("", "on or near ") for name in published())


def _outside_formulas(text: str) -> str:
    """Give what a formula shows; an address on the internet, or one of three words ('daring.lion.race'), is none of it."""
    if _FORMULA.match(text):
        shown = _QUOTED.findall(text)
        text = shown[-1] if shown else ""
    return _INTERNET.sub(" ; ", text) if ("//" in text or text.count(".") > 1) else text


def _halved(match: re.Match[str]) -> str:
    return match.group(1) if parts_of_postcode(match.group()) else "?"


def _settle_cases(text: str, tokens: list[PlaceToken]) -> None:
    """Take 'close' or 'way' for a street only where it is written as the name is: 'threatened Priya close to' names none."""
    _settle_spoken(text, tokens)
    for before, token in pairwise(tokens):
        if token.low == "x" and text[token.start] == "x" and before.parts & (P.WAY | P.WAY_AS_NAMED | P.ROAD):
            token.parts = P.RELATION  # 'Tudor Road x Mill Lane'
        elif (
            token.low in _POINTS
            and not token.apart
            and before.parts & (P.WAY | P.WAY_AS_NAMED)
            and _ends(tokens, token)
        ):
            token.parts = P.DIRECTION  # 'Fosse Road S'
        elif token.low == "w" and before.low in _JUNCTIONS:
            token.parts = P.RELATION  # 'jct w Mill Lane'
        if token.parts & P.WAY_AS_NAMED and text[token.start].islower():
            token.parts &= ~P.WAY_AS_NAMED
            if text[before.start].islower():
                token.parts |= P.LAND
    for at, (before, token) in enumerate(pairwise(tokens)):
        first = at == 0 or before.apart
        pupils = (
            token.low == "school" and text[token.start].islower() and text[before.start].isupper()
        )  # 'Zelda school'
        if pupils and not token.apart and not before.parts & ~(P.GIVEN | P.EVERYDAY):
            before.parts = P.PERSON
        if token.parts & P.INSTITUTION and not token.apart and first and _is_somebodys(before, token):
            before.parts = P.PERSON


def _ends(tokens: list[PlaceToken], token: PlaceToken) -> bool:
    """Tell whether nothing follows a token that is not parted from it."""
    at = next(place for place, one in enumerate(tokens) if one is token)
    return at + 1 == len(tokens) or tokens[at + 1].apart


def _settle_spoken(text: str, tokens: list[PlaceToken]) -> None:
    """Take a house's number in words for one: two such words together, or one in small letters before a name."""
    for before, token in pairwise(tokens):
        said = set(before.low.split("-")) <= _SPOKEN
        both = said and (token.low in _SPOKEN or "-" in before.low)
        if both or (said and text[before.start].islower() and text[token.start].isupper()):
            before.parts = P.NUMBER
            token.parts = P.NUMBER if token.low in _SPOKEN else token.parts


def _is_somebodys(before: PlaceToken, institution: PlaceToken) -> bool:
    """Say whether what stands before a school or church names a person: 'Ayaan's school', 'Mark Church'."""
    if before.parts & (P.BRAND | P.PARK_NAME | P.RANK):
        return False
    if not before.low.endswith("'s"):
        return bool(before.parts & P.GIVEN) and institution.low in _OF_WORSHIP
    owner = parts_of(before.low[:-2])
    return not owner & (P.RANK | P.PARK_NAME) and (
        bool(owner & (P.GIVEN | P.SURNAME)) or not owner & (P.EVERYDAY | P.PLAIN)
    )


def _chunk(tokens: list[PlaceToken], first: int, end: int) -> list[_Piece]:
    """WordRole what stands between two hard marks: kept whole, or parted at words such as 'near' and 'and'."""
    begin = first
    while begin < end and _joins(tokens, begin, end):
        begin += 1
    lead = [_Piece(first, begin, kept=False, relation=True)] if begin > first else []
    whole = _piece(tokens, begin, end)
    if whole.kept or begin == end:
        return [*lead, whole] if begin < end else lead
    found = lead
    at = begin
    while at < end:
        stop = at
        while stop < end and not _parts_there(tokens, stop, end):
            stop += 1
        if stop > at:
            found += _tailed(tokens, at, stop)
        over = stop
        while over < end and (_parts_there(tokens, over, end) or _is_idle_article(tokens, over, stop, end)):
            over += 1
        if over > stop:
            found.append(_Piece(stop, over, kept=False, relation=True))
        at = max(over, stop)
    return found


def _is_idle_article(tokens: list[PlaceToken], at: int, first: int, end: int) -> bool:
    """Tell whether 'the' behind a word such as 'near' belongs to no name: 'at The Fairway' has it in its street's."""
    if at == first or not tokens[at].parts & P.THE:
        return False
    stop = at + 1
    while stop < end and not _parts_there(tokens, stop, end):
        stop += 1
    return not _piece(tokens, at, stop).kept or _piece(tokens, at + 1, stop).kept


def _parts_there(tokens: list[PlaceToken], at: int, end: int) -> bool:
    """Tell whether a chunk that is no place as a whole parts at a word such as 'near'."""
    parts = tokens[at].parts
    if parts & P.NUMBERED and at + 1 < end and tokens[at + 1].parts & (P.NUMBER | P.BEAT):
        return False
    return bool(parts & (P.RELATION | P.AND | P.MEASURE | P.OF))


def _joins(tokens: list[PlaceToken], at: int, end: int) -> bool:
    """Tell whether a word at the beginning only joins what follows."""
    parts = tokens[at].parts
    if parts & (P.MEASURE | P.AND | P.OF):
        return True
    if parts & P.NUMBERED and at + 1 < end and tokens[at + 1].parts & (P.NUMBER | P.BEAT):
        return False
    if not parts & P.RELATION:
        return bool(parts & P.DIRECTION) and at + 1 < end and bool(tokens[at + 1].parts & P.OF)
    follows = at + 1 < end and bool(tokens[at + 1].parts & (P.WAY | P.WAY_AS_NAMED))
    return not (follows and parts & P.KNOWN)


def _piece(tokens: list[PlaceToken], first: int, end: int) -> _Piece:
    """Judge some tokens as one place, without house numbers before or behind it."""
    begin, stop = first, end
    while begin < stop and _is_number(tokens, begin, stop, at_start=begin == first):
        begin += 1
    while stop > begin + 1 and _numbers_a_house(tokens[stop - 2], tokens[stop - 1]):
        stop -= 1
    masks = [token.parts for token in tokens[begin:stop]]
    kept = bool(masks) and _WHOLE.matches(masks)
    if kept and len(masks) > 1 and tokens[begin].low in _DWELLINGS and not masks[-1] & (P.WAY | P.WAY_AS_NAMED):
        kept = False  # 'Flat above the Chip Shop'
    if kept and len(masks) > 2 and tokens[begin + 1].low in _STREETS and not masks[0] & ~_ONLY_WORDS:  # noqa: PLR2004
        kept = not masks[2] & (P.WAY | P.WAY_AS_NAMED)  # 'Quxley Mill Road': somebody's, before a street
    if len(masks) == 2 and all(map(_may_be_a_family, masks)):  # noqa: PLR2004
        kept = False  # 'Preston Barton'
    doubtful = not kept and bool(masks) and _DOUBTFUL.matches(masks)
    soft = kept and len(masks) == 1 and not masks[0] & P.SURE and bool(masks[0] & P.SURNAME)
    numbered = (kept or doubtful) and (begin > first or stop < end)
    return _Piece(begin, stop, kept, soft=soft, doubtful=doubtful, numbered=numbered)


def _may_be_a_family(parts: int) -> bool:
    """Say whether a word is a settlement and a family's name, and no type of place."""
    types = P.WAY | P.WAY_AS_NAMED | P.LAND | P.LAND_LIKE_SURNAME | P.INSTITUTION
    return bool(parts & P.PLACE and parts & P.SURNAME) and not parts & types


def _numbers_a_house(before: PlaceToken, number: PlaceToken) -> bool:
    ways = P.WAY | P.WAY_AS_NAMED
    return bool(number.parts & P.NUMBER and before.parts & ways) and before.low not in _JUNCTIONS


def _is_number(tokens: list[PlaceToken], at: int, end: int, *, at_start: bool) -> bool:
    token = tokens[at]
    if token.parts & P.NUMBER:
        return True
    if token.low in _NUMBERING:
        return at + 1 < end and bool(tokens[at + 1].parts & P.NUMBER or tokens[at + 1].low in _COUNTED)
    if token.low in _COUNTED:
        return not at_start
    return bool(token.parts & P.AND) and not at_start


def _tailed(tokens: list[PlaceToken], first: int, end: int) -> list[_Piece]:
    """Judge a part of a chunk; of one that is no place, a known street at its end or its beginning stays."""
    whole = _piece(tokens, first, end)
    if whole.kept:
        return [whole]
    for begin in range(max(first + 1, end - 4), end - 1):
        if _TAIL.matches([token.parts for token in tokens[begin:end]]) and not tokens[begin].parts & P.GIVEN:
            return [_Piece(first, begin, kept=False), _Piece(begin, end, kept=True, numbered=True)]
    for stop in range(min(end - 1, whole.first + 3), whole.first + 1, -1):
        if _HEAD.matches([token.parts for token in tokens[whole.first : stop]]):
            return [_Piece(whole.first, stop, kept=True, numbered=True), *_tailed(tokens, stop, end)]
    return [whole]


def _keep_streets_by_what_is_beside(tokens: list[PlaceToken], pieces: list[_Piece]) -> None:
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


def _is_firm(tokens: list[PlaceToken], relation: _Piece) -> bool:
    return any(token.low in _FIRM for token in tokens[relation.first : relation.end])


def _ends_in_way(tokens: list[PlaceToken], piece: _Piece) -> bool:
    return bool(tokens[piece.end - 1].parts & (P.WAY | P.WAY_AS_NAMED))


def _drop_soft(tokens: list[PlaceToken], pieces: list[_Piece], lists: LocalLists) -> None:
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


def _is_initial(tokens: list[PlaceToken], piece: _Piece) -> bool:
    """Say whether a piece that would join two others is an initial: 'Featherstone, N'."""
    only = tokens[piece.first]
    return piece.end - piece.first == 1 and only.low == "n" and only.apart


def _drop_homes(text: str, tokens: list[PlaceToken], pieces: list[_Piece]) -> None:
    """Let go a house's name that has the form of a street, by what stands beside it: 'Ivy Dene, Church Lane', 'Flat 3, Tower Court'."""
    for at, piece in enumerate(pieces[2:]):  # 'home of Mason Hill'
        who, of = pieces[at], pieces[at + 1]
        if of.relation and tokens[of.first].parts & P.OF and not who.kept and who.first < who.end:
            piece.kept = piece.kept and not tokens[who.end - 1].parts & (P.HOME | P.PERSON)
        if of.relation and piece.kept and _is_of_a_home(tokens, who) and not _is_street(tokens, piece):
            piece.kept = False  # 'house next to the school', 'flat over Boots': it tells which home it is
    real = [piece for piece in pieces if not piece.relation and piece.first < piece.end]
    for piece, following in pairwise(real):
        words = tokens[piece.first : piece.end]
        gap = text[words[-1].end : tokens[following.first].start]
        after = tokens[following.end - 1]
        if piece.kept and following.kept and len(words) == 1 and "," in gap and _ends_in_way(tokens, following):
            piece.kept = not _is_house(words[0])
        elif piece.kept and following.kept and len(words) > 1 and "," in gap:
            piece.kept = words[-1].low not in HOUSES or not after.parts & (P.WAY | P.WAY_AS_NAMED)
        elif (
            not piece.kept
            and any(word.parts & P.HOME for word in words)
            and any(word.parts & P.NUMBER for word in words)
        ):
            way = after.parts & (P.WAY | P.WAY_AS_NAMED) and after.low not in HOUSES | BLOCKS
            town = after.parts & P.PLACE and following is real[-1]  # 'Flat 4, Rhoslan, Anytown': the block is called so
            following.kept = following.kept and bool(way or town)


def _drop_what_is_unknown(text: str, tokens: list[PlaceToken], pieces: list[_Piece], *, strict: bool) -> None:
    """Let only known places stay of a cell that speaks of a person, and behind what 'and' joins to words that go."""
    somebody = strict or _speaks_of_somebody(text, tokens, pieces)
    for at, piece in enumerate(pieces):
        if piece.kept and (somebody or _is_joined_to_what_goes(tokens, pieces, at)):
            piece.kept = _STRICT.matches([token.parts for token in tokens[piece.first : piece.end]])


def _is_joined_to_what_goes(tokens: list[PlaceToken], pieces: list[_Piece], at: int) -> bool:
    """Tell whether 'and' joins a piece to one that goes: of 'Zelda & Quxley Mill Road' neither is a street's."""
    if at < 2 or not pieces[at - 1].relation or pieces[at - 2].kept:  # noqa: PLR2004 - the one before, and what joins them
        return False
    joins = tokens[pieces[at - 1].first : pieces[at - 1].end]
    return not pieces[at - 2].relation and not joins[0].apart and all(token.parts & P.AND for token in joins)


def _speaks_of_somebody(text: str, tokens: list[PlaceToken], pieces: list[_Piece]) -> bool:
    """Tell whether a cell has a word for a person, an age, or tells a story: an everyday word that says no place."""
    if any(token.parts == P.PERSON and len(token.low) > 1 for token in tokens) or _AGED.search(text):
        return True
    gone = [
        token for piece in pieces if not piece.kept and not piece.relation for token in tokens[piece.first : piece.end]
    ]
    return any(token.parts & P.EVERYDAY and not token.parts & ~_ONLY_WORDS for token in gone)


def _is_house(word: PlaceToken) -> bool:
    """Say whether a hamlet's name ends as houses' names do: of 'Braeside, Mill Road' a house is more likely."""
    return bool(word.parts & P.PLACE) and " " not in word.low.removeprefix("the ") and word.low.endswith(_HOUSE_ENDINGS)


def _is_of_a_home(tokens: list[PlaceToken], piece: _Piece) -> bool:
    return not piece.kept and any(token.parts & P.HOME for token in tokens[piece.first : piece.end])


def _is_street(tokens: list[PlaceToken], piece: _Piece) -> bool:
    return bool(tokens[piece.end - 1].parts & (P.WAY | P.WAY_AS_NAMED | P.PLACE))


def _kinds(tokens: Iterable[PlaceToken]) -> set[IdentifierKind]:
    """Say what words that go look like, to tell their sender."""
    found: set[IdentifierKind] = set()
    for token in tokens:
        if token.parts & (P.HOME | P.NUMBER):
            found.add(IdentifierKind.ADDRESS)
        elif token.parts & (P.GIVEN | P.SURNAME | P.PERSON):
            found.add(IdentifierKind.NAME)
    return found or {IdentifierKind.UNLISTED}


def _written(text: str, tokens: list[PlaceToken], pieces: list[_Piece]) -> str:
    """Write what is kept, as it was sent between two pieces that both stay."""
    found = ""
    last = -1  # the end, in the text, of what was written last
    for at, piece in enumerate(pieces):
        if not piece.kept:
            continue
        first = piece.first
        before = pieces[at - 1] if at else None
        if before is not None and before.relation and not piece.numbered and before.end == first:
            linked = at == 1 or (pieces[at - 2].kept and pieces[at - 2].end == before.first)
            first = before.first if linked else _without_and(tokens, before)
        start, end = tokens[first].start, tokens[piece.end - 1].end
        if not found:
            found = text[start:end]
        else:
            whole = at and (
                pieces[at - 1].kept or (pieces[at - 1].relation and first < piece.first and pieces[at - 2].kept)
            )
            gap = text[last:start] if whole else ", "
            found += (gap if whole and gap.strip(" ") in _MARKS else ", " if gap.strip() else " ") + text[start:end]
        last = end
        if text[last : last + 1] == ")" and found.count("(") > found.count(")"):
            found, last = found + ")", last + 1
    if found.count("(") != found.count(")"):
        found = found.replace("(", "").replace(")", "")
    return " ".join(found.lstrip(" ,;:/|-.").split())


_MARKS = frozenset({"", ",", "/", "-", ";", ":", "(", ")", "),", ", (", "&", "|", ".", ") -", "- ("})


def _without_and(tokens: list[PlaceToken], relation: _Piece) -> int:
    """Find where a row of joining words begins that does not begin with 'and' or 'of'."""
    first = relation.first
    while first < relation.end and tokens[first].parts & (P.AND | P.OF):
        first += 1
    return first
