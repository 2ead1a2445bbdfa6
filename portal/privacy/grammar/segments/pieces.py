"""The pieces that a place is made of: each kept whole or gone whole by the row of its words' parts."""

from dataclasses import dataclass

from portal.privacy.grammar.patterns import RolePattern
from portal.privacy.grammar.roles import WordRole as P
from portal.privacy.grammar.roles import words_for
from portal.privacy.grammar.segments.writing import COUNTED, JUNCTIONS
from portal.privacy.grammar.tokens import PlaceToken

ONLY_WORDS = P.EVERYDAY | P.GIVEN | P.SURNAME
_NUMBERING = frozenset({"no", "nos", "number", "numbers"})
_DWELLINGS, _STREETS, _PARKS = (words_for(name) for name in ("dwellings", "streets", "parks"))


# A street's one word may be any; more than one must be known, or follow a saint, a rank or an old first name.
_KNOWN_WAY = "y{0,2}[kEn]{1,4}tD?|y?k{1,4}eD?|[Bnm]eD?|gQ[te]|A[TLl]"
_OPEN_WAY = "Q{0,2}XtD?|yo[te]D?|Q{0,2}[UEo]eD?|jfD?|MU[Ll]|U[LlH]TD?|SXK?TD?|RX{1,2}TD?|EXTD?|WA?X"
_LAND = "alD?|y{0,2}k{0,3}LD?|m[dy]{1,2}L|vLD?|Q?k{1,3}lD?|SX[LT]|RXL"
_INSTITUTION = "[ky]{0,4}I+D?|m[dy]{0,2}I+|I+G|vI+|Q?[kG]{0,2}V[dy]{0,2}I+|[ky]{1,3}Nk{1,3}I+|mN[kD]{1,3}I+|RI+|RO[mG]I+|SXK{0,2}I+|XfI+|FX[dyQ]{0,2}I+|RX{1,2}I+|EX?[dyQ]?I+"
PUB = "(?:cs|hs|s|cscs|csNc?s|sNs|hO[KGE]|h[KE])u{1,2}|cs|hs|sNs|csNs|hO[KE]|Aa"
_PUBLIC = "[pPkGv]{0,6}P|b|Bp+|bp*|pB"
_SETTLEMENT = "[QD]?GD?G?"
ROAD = "(?:M|J[#Z]M?|MJ[#Z])D?"
_FIXED = f"rD?|{_KNOWN_WAY}|{_LAND}|k{{0,4}}I+|vI+|{PUB}|{_PUBLIC}|{_SETTLEMENT}|{ROAD}"
_WHOLE = RolePattern(
    f"A?(?:{_FIXED}|{_OPEN_WAY}|{_INSTITUTION}|(?:{ROAD})+(?:{_OPEN_WAY}))(?:p{{1,3}}|A?(?:{_FIXED})){{0,3}}"
)
# What may be a street or somebody: 'Sharon Close'. It stays where what stands beside it says that it is a street.
_DOUBTFUL = RolePattern("Q{0,2}XeD?")
# And a park that nobody's first name opens: 'Locke Park'.
_OPEN_PARK = RolePattern("Q{0,2}U[Ll]D?")
# Somebody's whole name before a way or a school, of whatever first name: 'John Smith Way', 'Mark Gardener Academy'.
_NAMED = RolePattern("[AMJZ#]*(?:q[Yq]{1,2}|vC)[TI].*")
# At the end of words that are no place, only what is known through and through.
_TAIL = RolePattern("(?:[DQ]?oT|AT|SXT)D?")
_HEAD = RolePattern("o{1,2}T")


@dataclass(slots=True)
class Piece:
    """Some tokens in a row: kept or gone, and why."""

    first: int
    end: int
    kept: bool
    relation: bool = False
    soft: bool = False
    doubtful: bool = False
    numbered: bool = False


def pieces_between_marks(tokens: list[PlaceToken], first: int, end: int) -> list[Piece]:
    """Part what stands between two hard marks: kept whole, or parted at words such as 'near' and 'and'."""
    begin = first
    while begin < end and _joins(tokens, begin, end):
        begin += 1
    lead = [Piece(first, begin, kept=False, relation=True)] if begin > first else []
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
            stop = _end_of_name(tokens, at, stop, end)
            found += _tailed(tokens, at, stop)
        over = stop
        while over < end and (_parts_there(tokens, over, end) or _is_idle_article(tokens, over, stop, end)):
            over += 1
        if over > stop:
            found.append(Piece(stop, over, kept=False, relation=True))
        at = max(over, stop)
    return found


def _end_of_name(tokens: list[PlaceToken], at: int, stop: int, end: int) -> int:
    """Find where a place ends that has a joining word in its name: 'Prince of Wales Road', 'Park End Street'."""
    if stop == end or tokens[stop].parts & P.AND:
        return stop
    further = stop + 1
    while further < end and not _parts_there(tokens, further, end):
        further += 1
    return further if further > stop + 1 and _piece(tokens, at, further).kept else stop


def fits_whole(tokens: list[PlaceToken], first: int, end: int) -> bool:
    """Say whether some tokens are one place, read by themselves."""
    return _piece(tokens, first, end).kept


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


def _piece(tokens: list[PlaceToken], first: int, end: int) -> Piece:
    """Judge some tokens as one place, without house numbers before or behind it."""
    begin, stop = first, end
    while begin < stop and _is_number(tokens, begin, stop, at_start=begin == first):
        begin += 1
    while stop > begin + 1 and _numbers_a_house(tokens[stop - 2], tokens[stop - 1]):
        stop -= 1
    masks = [token.parts for token in tokens[begin:stop]]
    kept = bool(masks) and _WHOLE.matches(masks)
    if kept and len(masks) > 1 and tokens[begin].low in _DWELLINGS and not masks[-1] & P.ENDS_STREET:
        kept = False  # 'Flat above the Chip Shop'
    if kept and _is_somebody_before_a_street(tokens[begin:stop]):
        kept = False
    named = kept and _NAMED.matches(masks)
    kept = kept and not named
    if len(masks) == 1 and tokens[begin].low == "junior":
        kept = False  # somebody as often as a school
    if len(masks) > 1 and _may_be_a_family(masks[-1]) and _is_settlement(masks[-2]):
        kept = kept and bool(
            masks[-1] & P.TOWN and not masks[-2] & P.SURNAME
        )  # 'Preston Barton', 'Mill Road Errol Dacres'
    park = bool(masks) and tokens[stop - 1].low in _PARKS and _OPEN_PARK.matches(masks)
    doubtful = named or (not kept and bool(masks) and (_DOUBTFUL.matches(masks) or park))
    soft = kept and len(masks) == 1 and not masks[0] & P.SURE and bool(masks[0] & P.SURNAME)
    numbered = (kept or doubtful) and (begin > first or stop < end)
    return Piece(begin, stop, kept, soft=soft, doubtful=doubtful, numbered=numbered)


def _is_somebody_before_a_street(words: list[PlaceToken]) -> bool:
    """Say whether a name, or words of no place, stand before a street that is whole without them: 'Quxley Mill Road', 'David High Street'."""
    for before, word, following in zip(words, words[1:], words[2:], strict=False):
        if not _CALLED.matches([before.parts]) and before.parts & ~ONLY_WORDS:
            return bool(before.parts & P.PARK_NAME) and word.low in _MAIN and bool(following.parts & _WAYS)
        if word.low in _STREETS and following.parts & _WAYS:
            return True
    return False


_CALLED = RolePattern("q")
_MAIN = frozenset({"high", "main"})  # 'Victoria Park Road' is a street, 'Elizabeth High Street' is not
_WAYS = P.WAY | P.WAY_AS_NAMED


_TYPES = P.WAY | P.WAY_AS_NAMED | P.LAND | P.LAND_LIKE_SURNAME | P.INSTITUTION


def _is_settlement(parts: int) -> bool:
    return bool(parts & P.PLACE) and not parts & _TYPES


def _may_be_a_family(parts: int) -> bool:
    """Say whether a word is a settlement and a family's name, and no type of place."""
    return _is_settlement(parts) and bool(parts & P.SURNAME)


def _numbers_a_house(before: PlaceToken, number: PlaceToken) -> bool:
    return bool(number.parts & P.NUMBER and before.parts & P.ENDS_STREET) and before.low not in JUNCTIONS


def _is_number(tokens: list[PlaceToken], at: int, end: int, *, at_start: bool) -> bool:
    token = tokens[at]
    if token.parts & P.NUMBER:
        return True
    if token.low in _NUMBERING:
        return at + 1 < end and bool(tokens[at + 1].parts & P.NUMBER or tokens[at + 1].low in COUNTED)
    if token.low in COUNTED:
        return not at_start
    return bool(token.parts & P.AND) and not at_start


def _is_outward_behind_words(words: list[PlaceToken]) -> bool:
    """Say whether the first half of a postcode ends words that number no home: 'Quxley LA1'; of 'Flat B12' nothing stays."""
    numbered = P.HOME | P.NUMBER | P.NUMBERED | P.PERSON
    return bool(words[-1].parts & P.CODE and words[-1].parts & P.BEAT) and not any(
        w.parts & numbered for w in words[:-1]
    )


def _tailed(tokens: list[PlaceToken], first: int, end: int) -> list[Piece]:
    """Judge a part of a chunk; of one that is no place, a known street at its end or its beginning stays."""
    whole = _piece(tokens, first, end)
    if whole.kept or whole.doubtful:
        return [whole]
    if end - first > 1 and _is_outward_behind_words(tokens[first:end]):
        return [*_tailed(tokens, first, end - 1), Piece(end - 1, end, kept=True)]
    for begin in range(max(first + 1, end - 4), end - 1):
        if _TAIL.matches([token.parts for token in tokens[begin:end]]) and not tokens[begin].parts & P.GIVEN:
            return [Piece(first, begin, kept=False), Piece(begin, end, kept=True, numbered=True)]
    for stop in range(min(end - 1, whole.first + 3), whole.first + 1, -1):
        if _HEAD.matches([token.parts for token in tokens[whole.first : stop]]):
            return [Piece(whole.first, stop, kept=True, numbered=True), *_tailed(tokens, stop, end)]
    return [whole]
