"""The grammar of schools: what says that it is a school by its type word, or stands on the partnership's list; its address beside it."""

import re
from itertools import pairwise

import re2

from portal.privacy.grammar.gazetteer import brands, schools, spelt
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.grammar.place import Admitted, place
from portal.privacy.grammar.roles import WordRole, parts_of, trusts
from portal.privacy.grammar.tokens import tokens_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.postcodes import IN_TEXT

_SCHOOLS = re.compile(
    r"(?i)\b(?:schools?|academy|academies|college|primary|infants?|juniors?|secondary|grammar|high|nursery|pre-?school|university|pru|pupil referral(?: unit)?|"
    r"alternative provision|apu?|sixth form|campus|learning centre|tuition centre|education centre|(?:education )?support centre|centre for learning|special unit|collegiate|utc|ysgol)\b"
)
_UNIT = re.compile(
    r"(?i)^(?:the )?(?:pru|pupil referral unit|hospital school|alternative provision|primary pru|secondary pru)$"
)
# 'St Mary's', 'St Paul's RC': in a column of schools nobody is called so.
_SAINTS = re.compile(r"(?i)^(?:st|saint)\.? [a-z]+'s(?: (?:rc|ce|cofe|c of e|catholic))?$")
_AT_HOME = re.compile(
    r"(?i)\b(?:home|tuition|tutor(?:ed|ing)?|c/o|care of|flat|flt|apartment|apt|bedsit|nan|nan's|mum|dad|parents?|carer|house of|[a-z]+(?:'s|s') house(?! (?:school|college|academy))|elsewhere|eotas|ehe)\b"
)
_MARKS = re.compile(r"\s*[,;|()\[\]]\s*|\s+-\s+")
# What says the kind of a school, behind its name, and what says its faith.
_FAITHS = r"church of england|church in wales|c ?in ?w|c ?of ?e|cofe|c\.e\.?|ce|roman catholic|rc|r\.c\.?|catholic|methodist|anglican|orthodox|jewish|muslim|islamic|hindu|sikh"
_KINDS = re2.compile(  # in linear time: each word may be read in several ways, and people send cells of commas
    rf"(?i)(?:(?:^|[ ,/]+)(?:and|&|with|{_FAITHS}|greek|voluntary|aided|controlled|v\.?a\.?|v\.?c\.?|endowed|foundation|community|primary|infants?'?|juniors?'?|mixed|"
    r"jmi|cp|c p|first|middle|nursery|pre-?school|high|secondary|grammar|comprehensive|upper|lower|special(?:ist)?|free|studio|technical|all-through|(?:sixth|6th) form|schools?|academy|"
    r"college|collegiate|of (?:arts|sport|science|technology)|for (?:girls|boys|the deaf)|girls'?|boys'?|convent|senior|prep(?:aratory)?|sports|arts|science|technology|engineering|performing|music|"
    r"business|enterprise|maths|computing))+$"
)
# Whom churches' schools are called after: a saint of one name, with what is said of a few, and no word beside.
_SAINT = (
    r"(?:st|ss|saints?)\.? (?:john henry|joan of|[a-z\-]+)'?s?'?(?: (?:arc|more|fisher|clitherow|southworth|plessington|goretti|rigby|bosco|vianney|ogilvie|magdalene?|newman|howard|wall|vincent|"
    r"thomas|the (?:baptist|evangelist|apostle|worker|martyr|great|less)|de paul|x|of (?:assisi|siena|padua|lisieux|canterbury|england|charity|lincoln|york|hartley))'?s?)?"
)
_HOLY_WORDS = (
    r"our (?:blessed )?lady'?s?|holy|blessed|sacred|immaculate|divine|christ|all|english|the|of|and|&|in|queen|king|star|sea|peace|heart|mary'?s?|jesus|family|name|cross|"
    r"trinity|rosary|spirit|ghost|redeemer|saviour|souls|angels|apostles|martyrs|innocents|saints'?|conception|sacrament|lourdes|fatima|walsingham|good|counsel|perpetual|"
    r"help|succour|mercy|grace|victories|compassion|sorrows|nazareth|bethlehem|light|world|church|minster"
)
_HOLY_FIRST = r"our (?:blessed )?lady'?s?|holy|blessed|sacred|immaculate|divine|christ|all|english"
# English martyrs, whom two names call.
_MARTYRS = (
    "blessed (?:william howard|george napier|edward bamber|thomas holford|hugh faringdon|christopher wharton|robert sutton|robert johnson|peter snow|"
    "edward oldcorne|carlo acutis|ralph sherwin|cyprian tansi)"
)
_HOLY = re2.compile(rf"(?i)(?:the )?(?:{_SAINT}|{_MARTYRS}|{_HOLY_FIRST})(?: (?:{_SAINT}|{_HOLY_WORDS}))*$")
_TWO = 2
_FARMS = frozenset({"farm", "trees", "acres", "bay", "house"})
# What stands in brackets within a school's name: 'Elland CE (VA) Junior School'.
_FAITH = re.compile(r"(?i)\((v\.?[ac]\.?|[ac]|ca|ce|c of e|cofe|rc|aided|controlled|voluntary (?:aided|controlled))\)")
_AGES = re.compile(r"\b\d{1,2} ?(?:-|to) ?\d{2}\b(?= [A-Za-z])")  # 'Hinde House 2-16 Academy'
_OF_A_TRUST = re.compile(rf"(?i)^(?:{'|'.join(trusts())}) (?=[a-z])")
_NUMBERED = re.compile(r"^\d{1,4}[a-z]?(?:[ ]?-[ ]?\d{1,4}[a-z]?)? (?=[A-Za-z])", re.IGNORECASE)


def school(text: str, lists: LocalLists = NONE) -> Admitted:
    """Give what stays of a folded text as a school's name: nothing of one that is taught at home."""
    plain = fold(text).strip()
    if not plain:
        return Admitted("")
    if spelt(plain) in lists.schools:
        return Admitted(plain)
    if _AT_HOME.search(plain):
        return Admitted("", frozenset({IdentifierKind.ADDRESS}))
    rest = " ".join(_AGES.sub("", _FAITH.sub(_without_brackets, IN_TEXT.sub("", plain))).split())
    segments = [part for each in _MARKS.split(rest) if (part := each.strip(" ,-"))]
    schools = [part for part in segments if _is_school(part, lists)]
    for before, part in pairwise(segments):  # 'Quxley, Zelda Primary School'
        if part in schools and before not in schools and " " not in before and not _is_known(part, before, lists):
            schools.remove(part)
    if not schools:
        return Admitted("", frozenset({IdentifierKind.UNLISTED}))
    beside = [part for part in segments if part in schools or _is_of_address(part, lists, strict=True)]
    if len(beside) == len(segments):
        return Admitted(plain)
    return Admitted(", ".join(part.strip() for part in beside), frozenset({IdentifierKind.UNLISTED}))


def _is_known(text: str, before: str, lists: LocalLists) -> bool:
    """Say whether a school is one whatever single word stands before it, or that word is of an address."""
    return place(text, lists, strict=True).text == text or _is_of_address(before, lists, strict=True)


def _is_school(text: str, lists: LocalLists) -> bool:
    """Say whether a segment is a school: on the list, or a place by the grammar that has a school's word."""
    if spelt(text) in lists.schools or _UNIT.match(text) or _SAINTS.match(text):
        return True
    if spelt(text) in brands() | schools():
        return True
    if trust := _OF_A_TRUST.match(text):
        text = f"{text[trust.end() :]} school"  # 'Dixons Trinity Chapeltown'
    if not _SCHOOLS.search(text):
        return False
    if place(text, lists).text == text or _is_named_and_of_a_kind(text, lists):
        return True
    # 'Roundhill High' and 'Queen Elizabeth Grammar' leave the word out that others end in; 'Primary with Zofia' ends in none.
    ends = max(match.end() for match in _SCHOOLS.finditer(text)) == len(text)
    return ends and place(f"{text} school", lists).text == f"{text} school"


def _without_brackets(found: re.Match[str]) -> str:
    """Give what stands in brackets by itself; 'A' and 'C', for aided and controlled, say nothing without them."""
    return f" {found[1]} " if len(found[1]) > _TWO or found[1].lower() in {"va", "vc", "ce", "rc"} else " "


def _is_named_and_of_a_kind(text: str, lists: LocalLists) -> bool:
    """Say whether a name stands before words that say the kind of a school: 'St Thomas More Catholic Primary School'.

    Two such words say more than one: 'Howard Primary School' is one, where 'Howard Academy' may be somebody at an academy.
    """
    kinds = _KINDS.search(text)
    if kinds is None or not _SCHOOLS.search(kinds.group()):
        return False
    name, kind = text[: kinds.start()].strip(" ,"), kinds.group().split()
    if not name or place(f"{name} School", lists).text == f"{name} School":
        return bool(name) or len(kind) > 1
    if holy := _HOLY.search(name):
        town = name[: holy.start()].strip(" ,")
        return place(town, lists).text == town
    the, _, rest = name.partition(" ")
    words = rest.split() if the.lower() == "the" else name.split()
    written = name[0].isupper() and kind[0][0].isupper() and (len(kind) > 1 or the.lower() == "the")
    told = [_parts_as_written(word, lists) for word in words]
    if len(words) == 1:
        never = WordRole.PERSON | WordRole.HOME | WordRole.RELATION | (WordRole.GIVEN if len(kind) == 1 else 0)
        return written and not told[0] & never
    lands = WordRole.LAND | WordRole.LAND_LIKE_SURNAME
    named = told[0] & (WordRole.GIVEN | WordRole.EPONYM) and not told[0] & (WordRole.PLAIN | WordRole.PARK_NAME)
    return written and len(words) == _TWO and not named and bool(told[1] & lands or words[1].lower() in _FARMS)


def _parts_as_written(word: str, lists: LocalLists) -> int:
    """Say what parts a word can play; two that a mark, a hyphen or nothing joins are somebody: 'Zelda_Quxley Primary School'."""
    if word.isalpha() and (word[1:].islower() or word.isupper()):
        return parts_of(word.lower())
    tokens = tokens_of(word, lists)
    return tokens[0].parts if len(tokens) == 1 else WordRole.PERSON


def school_address(text: str, lists: LocalLists = NONE, *, beside_school: bool = True) -> Admitted:
    """Give what stays of a school's address: whole beside a school that stayed whole, else the first half of its postcode."""
    plain = fold(text).strip()
    if not plain:
        return Admitted("")
    found = IN_TEXT.search(plain)
    outward = found.group(1).upper() if found else ""
    if not beside_school or _AT_HOME.search(plain):
        return Admitted(outward, frozenset({IdentifierKind.ADDRESS}))
    rest = IN_TEXT.sub("", plain)
    segments = [part for each in _MARKS.split(rest) if (part := each.strip(" ,-"))]
    kept = [part for part in segments if _is_of_address(part, lists)]
    if len(kept) == len(segments):
        return Admitted(plain)
    # Beside words that are none of it, a number may be a home's: 'Zelda Quxley, 14 Mill Road'.
    streets = [_NUMBERED.sub("", part.strip()) for part in kept]
    return Admitted(", ".join(filter(None, [*streets, outward])), frozenset({IdentifierKind.UNLISTED}))


def _is_of_address(text: str, lists: LocalLists, *, strict: bool = False) -> bool:
    """Say whether a segment is of a school's address; beside its name strictly, where 'Jordan Lane' may be a pupil."""
    street = _NUMBERED.sub("", text.strip())
    ends = parts_of(street.rpartition(" ")[2].lower())
    strict = strict and not (ends & WordRole.WAY and not ends & (WordRole.WAY_AS_NAMED | WordRole.LANE))
    town = (
        bool(ends & WordRole.TOWN) and street.istitle() and street.isalpha()
    )  # 'Sacred Heart Primary School, Preston'
    if strict and " " not in street and parts_of(street.lower()) & WordRole.SURNAME and not town:
        return False  # 'Wigmore High School - Park'
    known = town or place(street, lists, strict=strict).text == street
    return known or spelt(street) in lists.schools
