"""People's names after a word that announces one: a title, 'c/o', 'informant', 'known as'."""

from collections.abc import Iterator, Sequence

import re2

from portal.privacy.identifiers.folding import skeleton
from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_NAME, ANY_SURNAME, WordSense, lexicon, own_words
from portal.privacy.identifiers.names.safe_phrases import HOUSES, STREETS
from portal.privacy.identifiers.tokens import TokenisedText, Word

Span = tuple[int, int]

TITLES = own_words("titles")
_SOFT_TITLES = own_words("soft_titles")
_SURE_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "master"})
_MONTHS = own_words("months")
# After these a person follows, whatever the word; group 1 ends where the name begins.
_HARD = re2.compile(
    r"(?i)(?:^|[^\p{L}\p{N}])((?:c/o|care of|h/a(?: of)?|home add(?:ress)? of|home of|h/o|house of|flat of|residence of|address of|informant|inft|a\.?k\.?a\.?|"
    r"alias|known as|nick ?name[ds]?|rep(?:orted)? by|reporting person|rp|r/p|called by|with co-?d(?:ef(?:endant)?)?|co-?d(?:ef(?:endant)?)?|ask for|speak to|spoke to|spoke with|"
    r"ring|n\.?o\.?k\.?|next of kin|o\.?i\.?c\.?|interviewed by|attended by|seen by|referred by|signed by|taken by|completed by|dealt with by|allocated to|f\.?a\.?o\.?|attn|for the attention of|"
    r"belonging to|n[ée]e|named|full name|forenames?|surname|first name|last name|key ?worker|social worker|s/worker|consultant|g\.?p\.?|o/b/o|on behalf of|"
    r"(?:mother|father|mum|dad|son|daughter|wife|husband|partner|ex|brother|sister|friend|girlfriend|boyfriend|carer|parent|child|neighbour|cousin|uncle|aunt|gran|nan|sibling) of)"
    r"[ :\-=.,]+)"
)
# After these a person follows only where the word itself looks like one.
_SOFT = re2.compile(
    r"(?i)(?:^|[^\p{L}\p{N}])((?:caller|complainant|victims?|vics?|i\.?p|a/p|aggrieved|suspects?|susp|offenders?|perp(?:etrator)?|accused|defendants?|def|witness(?:es)?|wit|officer|worker|"
    r"pupils?|students?|patients?|pt|residents?|occupiers?|occ|tenants?|owners?|names?|signed|contact|call|phone|tel|text|visiting|re|born|driver|rider|passenger|pedestrian|deceased|"
    r"dec'd|misper|missing person|nominal|subject|poi|with|against|from|by|to|for|v|vs|versus|involving|between|and|son|daughter|mother|father|mum|dad|wife|husband|partner|ex|"
    r"brother|sister|friend|girlfriend|boyfriend|neighbour|teacher|head|headteacher|landlord|manager|employee|staff|ff|firefighter|crew)[ :\-=.]+)"
)
_FIRST_WORDS = own_words("cue_words")
_LONGEST = 4


def by_cue(read: TokenisedText) -> Iterator[Span]:
    """Find the names that a cue announces; after a sure one the cue goes with the name."""
    if not any(word.low.split("-", maxsplit=1)[0] in _FIRST_WORDS for word in read.words):
        return
    starts = {word.start: at for at, word in enumerate(read.words)}
    text = skeleton(read.text)
    for match in _HARD.finditer(text):
        at = starts.get(match.end(1))
        size = _size(read.words, read.firm, at) if at is not None else 0
        if at is not None and size:
            yield match.start(1), read.words[at + size - 1].end
    for match in _SOFT.finditer(text):
        at = starts.get(match.end(1))
        if at is not None and not read.kept[at] and _named_softly(read, at):
            yield read.words[at].start, read.words[at + max(1, _size(read.words, read.kept, at)) - 1].end


def _named_softly(read: TokenisedText, at: int) -> bool:
    word = read.words[at]
    if word.low in _MONTHS or word.low in lexicon().also["never_names"]:
        return False
    after = read.words[at + 1] if word.initial and at + 1 < len(read.words) else word
    return word.strong or (after.capital and bool(after.sort & ANY_NAME) and _is_lowly(read.words, at))


def _is_lowly(words: Sequence[Word], at: int) -> bool:
    """Say whether the text writes its ordinary words without capitals, so that a capital means a name."""
    others = [word for place, word in enumerate(words) if place not in {0, at, at + 1} and word.sort & WordSense.WORD]
    return bool(others) and not any(word.capital for word in others)


def _size(words: Sequence[Word], kept: Sequence[bool], at: int) -> int:
    """Count the words of the name that begins at word `at`."""
    size = 0
    while at + size < len(words) and size < _LONGEST and not kept[at + size]:
        word = words[at + size]
        if size and not (word.touching or (word.gap.strip() == "," and _is_forename(word))):
            break
        before = words[at + size - 1] if size else None
        lowly = (
            before is not None
            and not before.capital
            and bool(before.sort & WordSense.GIVEN and word.sort & ANY_SURNAME)
        )
        named = lowly or (
            word.strong
            or word.initial
            or word.unknown
            or bool(word.sort & ANY_NAME and (word.capital or not word.sort & WordSense.WORD))
        )
        if not named or word.low in lexicon().also["never_names"] or word.sort == WordSense.PLACE:
            break
        size += 1
    return size


def _is_forename(word: Word) -> bool:
    return (
        word.initial
        or bool(word.sort & WordSense.GIVEN)
        or (word.capital and word.low in lexicon().also["maybe_given"])
    )


def by_title(read: TokenisedText) -> Iterator[Span]:
    """Find the names after 'Mr', 'Mrs and Mr', 'Dr', 'PC'."""
    words = read.words
    for at, word in enumerate(words):
        soft = word.low in _SOFT_TITLES
        if not (soft or word.low in TITLES) or (soft and read.kept[at]):
            continue
        first = at + 1
        while first < len(words) and words[first].low in TITLES | {"and"}:
            first += 1
        if first >= len(words) or words[first].gap.strip(" .&:-") or (soft and read.kept[first]):
            continue
        sure = word.low in _SURE_TITLES and _is_person_though_place(read, first)
        if sure or (not read.firm[first] and _fits_title(words[first], soft=soft)):
            size = max(1, _size(words, read.firm, first))
            yield word.start, words[first + size + _surname_like_a_place(read, first, size) - 1].end


def _is_person_though_place(read: TokenisedText, at: int) -> bool:
    """Say whether the word after 'Mr' is a person although a place has its name: no street or building ends the phrase."""
    word = read.words[at]
    if not (read.firm[at] and word.capital) or word.low in lexicon().also["never_names"]:
        return False
    follows = read.words[at + 1 : at + 3]
    named = any(one.joined and one.low in STREETS | HOUSES and (one.capital or at == 1) for one in follows)
    return ("'s" in word.low and at > 1) or not named  # 'Mr Bean's cafe' is a cafe; 'nr Mr Aziz's shop' tells whose


def _surname_like_a_place(read: TokenisedText, first: int, size: int) -> int:
    """Count one word more where a given name is followed by a surname that is a place's name too ('Mr Alan Tideswell')."""
    at = first + size
    words = read.words
    if size != 1 or at >= len(words) or not words[first].sort & ANY_GIVEN:
        return 0
    word = words[at]
    ends = at + 1 < len(words) and words[at + 1].joined and words[at + 1].low in STREETS | HOUSES
    return int(word.touching and word.capital and bool(word.sort & WordSense.PLACE) and not ends)


def _fits_title(word: Word, *, soft: bool) -> bool:
    if soft:
        return word.strong
    if word.low in lexicon().also["never_names"]:
        return False
    if word.sort & WordSense.WORD:
        return bool(word.sort & ANY_NAME) if word.capital else bool(word.sort & ANY_SURNAME)
    return word.strong or word.initial or word.unknown or word.capital or bool(word.sort & ANY_NAME)
