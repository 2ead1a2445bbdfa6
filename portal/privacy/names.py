"""People's names, in the ways that offices write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

from portal.privacy.kinds import Setting
from portal.privacy.lexicon import ANY_GIVEN, ANY_NAME, ANY_SURNAME, Sort, lexicon, own_words
from portal.privacy.places import HOUSES, STREETS, protected
from portal.privacy.reading import Word, can_be_name, words_of
from portal.privacy.vocabulary import Vocabulary

Span = tuple[int, int]

_TITLES = own_words("titles")
_SOFT_TITLES = own_words("soft_titles")
# After these a person follows, whatever the word; group 1 ends where the name begins.
_HARD = re2.compile(
    r"(?i)(?:^|[^\p{L}\p{N}])((?:c/o|care of|h/a(?: of)?|home add(?:ress)? of|home of|h/o|house of|flat of|residence of|address of|informant|inft|a\.?k\.?a\.?|"
    r"alias|known as|nick ?name[ds]?|rep(?:orted)? by|reporting person|rp|r/p|called by|with co-?d(?:ef(?:endant)?)?|co-?d(?:ef(?:endant)?)?|ask for|speak to|spoke to|spoke with|"
    r"ring|n\.?o\.?k\.?|next of kin|o\.?i\.?c\.?|interviewed by|attended by|seen by|referred by|signed by|taken by|completed by|dealt with by|allocated to|f\.?a\.?o\.?|attn|for the attention of|"
    r"belonging to|n[ée]e|named|full name|forenames?|surname|first name|last name|key ?worker|social worker|s/worker|consultant|g\.?p\.?|o/b/o|on behalf of|"
    r"(?:mother|father|mum|dad|son|daughter|wife|husband|partner|ex|brother|sister|friend|girlfriend|boyfriend|carer|parent|child|neighbour|cousin|uncle|aunt|gran|nan|sibling) of)"
    r"[ ]*[:\-=.,]*[ ]*)"
)
_SOFT = re2.compile(
    r"(?i)(?:^|[^\p{L}\p{N}])((?:caller|complainant|victims?|vics?|i\.?p|a/p|aggrieved|suspects?|susp|offenders?|perp(?:etrator)?|accused|defendants?|def|witness(?:es)?|wit|officer|worker|"
    r"pupils?|students?|patients?|pt|residents?|occupiers?|occ|tenants?|owners?|names?|signed|contact|call|phone|tel|text|visiting|re|born|driver|rider|passenger|pedestrian|deceased|"
    r"dec'd|misper|missing person|nominal|subject|poi|with|against|from|by|to|for|v|vs|versus|involving|between|and|son|daughter|mother|father|mum|dad|wife|husband|partner|ex|"
    r"brother|sister|friend|girlfriend|boyfriend|neighbour|teacher|head|headteacher|landlord|manager|employee|staff|ff|firefighter|crew)[ ]*[:\-=]*[ ]*)"
)
_GONE_BY_NAME = re2.compile(
    r"^(?:'s)?[ ]*(?:house|home|flat|address|place|mum|mother|dad|father|car|garden|gaff|bungalow|phone|mobile|email)\b"
)
_AGE_AFTER = re2.compile(
    r"(?i)^[ ,.\-]*(?:\(?(?:aged?[ :]*)?\d{1,3}[ ]?(?:yrs?|years?|y/?o)?(?:[ \-]?old)?\)?|\(?[mf][ /]?\d{1,3}\)?)(?:$|[ ,.;)\-])"
)
_SAID_AFTER_NAME = re2.compile(r"(?i)^[ ,]*\(?(?:dob|d\.o\.b|aged)\b")
_MONTHS = own_words("months")
_ARTICLES = frozenset("ABCDEFIX")
_LONGEST = 4
_FREE = frozenset({Setting.PLACE, Setting.SCHOOL})


@dataclass(frozen=True)
class _Text:
    """A text being read for names."""

    text: str
    words: tuple[Word, ...]
    kept: list[bool]
    setting: Setting

    def segment(self, at: int) -> tuple[int, int]:
        """Give the words around `at` between two marks such as a comma."""
        start = end = at
        while start > 0 and not any(mark in self.words[start].gap for mark in ",;/()|"):
            start -= 1
        while end + 1 < len(self.words) and not any(mark in self.words[end + 1].gap for mark in ",;/()|"):
            end += 1
        return start, end + 1


def _everyday(word: Word) -> bool:
    return (
        bool(word.sort & Sort.WORD)
        or word.low in lexicon().also["never_names"]
        or word.low in STREETS
        or word.low in HOUSES
    )


def _after_hard(read: _Text, at: int) -> int:
    """Count the words of a name that a cue or a title announces, from word `at` on."""
    size = 0
    while at + size < len(read.words) and size < _LONGEST and not read.kept[at + size]:
        word = read.words[at + size]
        if size and not (word.joined or (word.gap.strip() == "," and (word.initial or word.sort & Sort.GIVEN))):
            break
        named = (
            word.strong
            or word.initial
            or word.unknown
            or (word.sort & ANY_NAME and (word.capital or not word.sort & Sort.WORD))
        )
        if not named or word.low in lexicon().also["never_names"] or (word.sort == Sort.PLACE):
            break
        size += 1
    return size


def _by_cue(read: _Text) -> Iterator[Span]:
    starts = {word.start: at for at, word in enumerate(read.words)}
    for match in _HARD.finditer(read.text):
        at = starts.get(match.end(1))
        size = _after_hard(read, at) if at is not None else 0
        if at is not None and size:
            yield match.start(1), read.words[at + size - 1].end
    for match in _SOFT.finditer(read.text):
        at = starts.get(match.end(1))
        if at is None or read.kept[at]:
            continue
        word = read.words[at]
        named = word.strong or (
            word.capital and word.sort & (Sort.MAYBE_GIVEN | Sort.MAYBE_SURNAME) and _lowly(read, at)
        )
        if named and word.low not in _MONTHS | lexicon().also["never_names"]:
            yield word.start, read.words[at + max(1, _after_hard(read, at)) - 1].end


def _lowly(read: _Text, at: int) -> bool:
    """Say whether the text writes its ordinary words without capitals, so that a capital means a name."""
    others = [
        word
        for place, word in enumerate(read.words)
        if place not in {0, at} and word.sort & Sort.WORD and not word.sort & ANY_NAME
    ]
    return bool(others) and not any(word.capital for word in others)


def _by_title(read: _Text) -> Iterator[Span]:
    for at, word in enumerate(read.words):
        if read.kept[at] or word.low not in _TITLES | _SOFT_TITLES:
            continue
        first = at + 1
        while first < len(read.words) and read.words[first].low in _TITLES | {"and", "&"}:
            first += 1
        if (
            first >= len(read.words)
            or read.words[first].gap.strip(" .&:-")
            or (read.kept[first] and first == at + 1 and word.low in _SOFT_TITLES)
        ):
            continue
        size = _after_title(read, first, soft=word.low in _SOFT_TITLES)
        if size:
            yield word.start, read.words[first + size - 1].end


def _after_title(read: _Text, first: int, *, soft: bool) -> int:
    word = read.words[first]
    if word.low in lexicon().also["never_names"] and not word.capital:
        return 0
    if soft and not word.strong:
        return 0
    fits = (
        word.strong
        or word.initial
        or word.unknown
        or (word.capital and (word.sort & ANY_NAME or not word.sort & Sort.WORD))
        or word.sort & ANY_SURNAME
    )
    if not fits or (word.sort & Sort.WORD and not word.capital and not word.sort & ANY_SURNAME):
        return 0
    kept = [
        *read.kept[:first],
        *([False] * (1 if read.kept[first] else 0)),
        *read.kept[first + (1 if read.kept[first] else 0) :],
    ]
    return max(1, _after_hard(_Text(read.text, read.words, kept, read.setting), first))


def _runs(read: _Text) -> Iterator[tuple[int, int]]:
    """Give each stretch of neighbouring words that could be one name, as word places."""
    at = 0
    while at < len(read.words):
        if read.kept[at] or not can_be_name(read.words[at]):
            at += 1
            continue
        end = at + 1
        while (
            end < len(read.words)
            and not read.kept[end]
            and can_be_name(read.words[end])
            and _continues(read.words, end)
        ):
            end += 1
        yield at, end
        at = end


def _continues(words: Sequence[Word], at: int) -> bool:
    word, before = words[at], words[at - 1]
    if word.joined or word.gap == ".":
        return True
    if word.gap.strip() != ",":
        return False
    # 'Smith, John' and 'SMITH, J' are one name; 'Patel, Stanley' too, but two places are two.
    return (
        bool(before.sort & (ANY_SURNAME | Sort.FOREIGN) or before.unknown)
        and (word.initial or bool(word.sort & ANY_GIVEN) or word.unknown)
        and (before.strong or word.strong or word.initial)
    )


def _trim(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """Drop from a run's ends what only looks like a name beside one."""
    low_only = not any(word.capital for word in words[start:end])
    while (
        end - start > 1
        and not words[end - 1].strong
        and not _neighbour(words[end - 1], words[end - 2], low_only=low_only)
    ):
        end -= 1
    while (
        end - start > 1
        and not words[start].strong
        and not _neighbour(words[start], words[start + 1], low_only=low_only)
    ):
        start += 1
    return start, end


def _neighbour(word: Word, beside: Word, *, low_only: bool) -> bool:
    if word.initial:
        return True
    if word.capital:
        return bool(word.sort & ANY_NAME) or word.unknown
    return bool(word.sort & ANY_NAME) and (not word.sort & Sort.WORD or (low_only and bool(beside.sort & Sort.GIVEN)))


def _is_pair(read: _Text, start: int, end: int) -> int:
    """Find a given name and a surname that could both be words; minus one where there is none."""
    for at in range(start, end - 1):
        first, second = read.words[at], read.words[at + 1]
        if not (second.joined and first.sort & ANY_GIVEN and second.sort & ANY_SURNAME):
            continue
        if first.low in _MONTHS and read.setting is not Setting.PLACE:
            continue
        segment = read.segment(at)
        alone = segment == (at, at + 2)
        if (first.capital and second.capital) or alone:
            return at
    return -1


def _is_initials(read: _Text, start: int, end: int) -> bool:
    run = read.words[start:end]
    if not any(word.initial for word in run):
        return False
    for at, word in enumerate(run):
        if not (word.sort & ANY_SURNAME or word.unknown) or not word.capital or len(word.text) <= 1:
            continue
        before = run[at - 1] if at else None
        after = run[at + 1] if at + 1 < len(run) else None
        if before and before.initial:
            stopped = "." in word.gap
            if stopped or word.sort & Sort.SURNAME or (word.sort & ANY_SURNAME and before.text not in _ARTICLES):
                return True
        if (
            after
            and after.initial
            and word.sort & ANY_SURNAME
            and ("," in after.gap or not word.sort & (Sort.WORD | Sort.PLACE))
        ):
            return True
    return False


def _lone(read: _Text, at: int) -> bool:
    """A common given name that is also a word, alone between commas beside a place: residue with no lawful field."""
    word = read.words[at]
    start, end = read.segment(at)
    eponym = word.low in lexicon().also["eponyms"] or word.low in _MONTHS
    return (
        read.setting is Setting.PLACE
        and end - start == 1
        and len(read.words) > 1
        and word.capital
        and word.low in lexicon().also["maybe_given"]
        and not eponym
    )


def _by_lists(read: _Text) -> Iterator[Span]:
    words = read.words
    for begin, finish in _runs(read):
        run = words[begin:finish]
        if any(word.strong for word in run):
            start, end = _trim(words, begin, finish)
            yield words[start].start, words[end - 1].end
            continue
        pair = _is_pair(read, begin, finish)
        if pair >= 0 or _is_initials(read, begin, finish):
            start = pair if pair >= 0 and not words[begin].initial else begin
            yield words[start].start, words[finish - 1].end
        elif finish - begin == 1 and _lone(read, begin):
            yield run[0].start, run[0].end
        elif read.setting in _FREE and finish - begin > 1 and sum(_strange(word) for word in run) > 1:
            yield run[0].start, run[-1].end


def _strange(word: Word) -> bool:
    return word.unknown and word.text[1:].islower() and len(word.text) > len("Mo")


def _widened(read: _Text, span: Span) -> Span:
    """Take a name's own tail with it: "'s mum", 'aged 34', '(M/34)'."""
    start, end = span
    tail = read.text[end:]
    if tail[:2].lower() == "'s":
        end += 2
        tail = tail[2:]
    owned = _GONE_BY_NAME.search(tail)
    if owned and read.setting is Setting.PLACE:
        end += owned.end()
        tail = read.text[end:]
    age = _AGE_AFTER.search(tail)
    if age and not _SAID_AFTER_NAME.search(tail) and any(char.isdigit() for char in age.group()):
        end += len(age.group().rstrip(" ,.;-"))
    return start, end


def find_names(text: str, setting: Setting, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """Find the people named in a folded text, as places in it (4.3)."""
    words = words_of(text)
    if not words:
        return ()
    read = _Text(text, words, protected(words, vocabulary), setting)
    spans = {*_by_cue(read), *_by_title(read)}
    covered = [any(start <= word.start < end for start, end in spans) for word in words]
    rest = _Text(text, words, [kept or gone for kept, gone in zip(read.kept, covered, strict=True)], setting)
    spans |= set(_by_lists(rest))
    return tuple(sorted(_widened(read, span) for span in spans))
