"""People's names told by the lists: a given name and a surname, initials, 'Smith, J', two strange words."""

from collections.abc import Iterator

from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import ANY_GIVEN, ANY_NAME, ANY_SURNAME, WordSense, lexicon, own_words
from portal.privacy.identifiers.tokens import TokenisedText, Word, can_be_name

Span = tuple[int, int]

_MONTHS = own_words("months")
_ARTICLES = frozenset("ABCDEFIX")
_FREE = frozenset({Setting.PLACE, Setting.SCHOOL})


def by_lists(read: TokenisedText) -> Iterator[Span]:
    """Find the names that no word announces."""
    words = read.words
    for begin, finish in _runs(read):
        if any(word.strong for word in words[begin:finish]):
            start, end = _trim(read, begin, finish)
            yield words[start].start, words[end - 1].end
            continue
        start = _pair(read, begin, finish)
        if start < 0 and _is_initials(read, begin, finish):
            start = begin
        if start >= 0:
            start = begin if words[begin].initial else start
            yield words[start].start, words[finish - 1].end
        elif _is_lone(read, begin, finish) or _is_strange(read, begin, finish):
            yield words[begin].start, words[finish - 1].end


def _runs(read: TokenisedText) -> Iterator[tuple[int, int]]:
    """Give each stretch of neighbouring words that could be one name, as word places."""
    at, words = 0, read.words
    while at < len(words):
        if read.kept[at] or not can_be_name(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words) and not read.kept[end] and _continues(words[end - 1], words[end], read.setting):
            end += 1
        yield at, end
        at = end


def _continues(before: Word, word: Word, setting: Setting) -> bool:
    if word.touching or word.gap == ".":
        return can_be_name(word) or (word.unknown and before.strong and not word.capital and not before.capital)
    if word.gap.strip() != ",":
        return False
    # 'Smith, John' and 'SMITH, J' are one name; 'Preston, Hamilton' are two places.
    if before.sort & word.sort & WordSense.PLACE and setting is Setting.PLACE and not (before.strong or word.strong):
        return False
    surname = bool(before.sort & (ANY_SURNAME | WordSense.FOREIGN)) or before.unknown
    return surname and (
        word.initial
        or (before.strong and bool(word.sort & ANY_NAME))
        or _is_forename(word)
        or (before.strong and word.unknown and word.capital)
    )


def _is_forename(word: Word) -> bool:
    sure = word.strong and bool(word.sort & (ANY_GIVEN | WordSense.FOREIGN))
    return sure or (word.capital and word.low in lexicon().also["maybe_given"] and word.low not in _MONTHS)


def _trim(read: TokenisedText, start: int, end: int) -> tuple[int, int]:
    """Drop from a run's ends what only looks like a name beside one."""
    words = read.words
    low_only = not any(word.capital for word in words[start:end])
    while (
        end - start > 1
        and not words[end - 1].strong
        and not _is_neighbour(words[end - 1], words[end - 2], low_only=low_only)
    ):
        end -= 1
    while (
        end - start > 1
        and not words[start].strong
        and not _is_neighbour(words[start], words[start + 1], low_only=low_only)
    ):
        start += 1
    return start, end


def _is_neighbour(word: Word, beside: Word, *, low_only: bool) -> bool:
    if word.initial:
        return True
    if word.capital:
        return bool(word.sort & ANY_NAME) or word.unknown
    if word.unknown:
        return low_only and bool(beside.sort & WordSense.GIVEN)
    plain = bool(word.sort & ANY_NAME) and not word.sort & WordSense.WORD
    return plain or (low_only and bool(word.sort & ANY_NAME) and beside.strong and _is_top(word))


def _is_top(word: Word) -> bool:
    return bool(word.sort & ANY_SURNAME) or word.low in lexicon().also["maybe_given"]


def _is_alone(read: TokenisedText, begin: int, finish: int) -> bool:
    """Say whether only marks, places or nothing stand beside a run."""
    words = read.words
    left = begin == 0 or read.kept[begin - 1] or not words[begin].touching
    right = finish == len(words) or read.kept[finish] or not words[finish].touching
    return left and right


def _pair(read: TokenisedText, begin: int, finish: int) -> int:
    """Find a given name beside a surname that could both be words; minus one where there is none."""
    for at in range(begin, finish - 1):
        first, second = read.words[at], read.words[at + 1]
        alone = _is_alone(read, at, at + 2)
        if first.low in _MONTHS and not alone:
            continue
        forward = second.touching and bool(first.sort & ANY_GIVEN and second.sort & ANY_SURNAME)
        shouted = first.text.isupper() and not second.text.isupper() and second.capital
        turned = (
            (shouted or second.gap.strip() == ",")
            and bool(first.sort & ANY_SURNAME or first.unknown)
            and (_is_forename(second) or (alone and second.low in _MONTHS))
        )
        if forward and ((first.capital and second.capital) or alone):
            return at
        if turned and len(first.text) > 1:
            return at
    return -1


def _is_initials(read: TokenisedText, begin: int, finish: int) -> bool:
    run = read.words[begin:finish]
    whole = _is_alone(read, begin, finish)
    for at, word in enumerate(run):
        if len(word.text) <= 1 or not word.capital or not (word.sort & ANY_SURNAME or word.unknown):
            continue
        before, after = (run[at - 1] if at else None), (run[at + 1] if at + 1 < len(run) else None)
        if before and before.initial:
            certain = "." in word.gap or before.text not in _ARTICLES
            if (word.sort & ANY_SURNAME and certain) or whole:
                return True
        if (
            after
            and after.initial
            and ("," in after.gap or (word.sort & ANY_SURNAME and not word.sort & (WordSense.WORD | WordSense.PLACE)))
        ):
            return True
    return False


def _is_lone(read: TokenisedText, begin: int, finish: int) -> bool:
    """A given name that is also a word, alone between marks beside a place: residue with no lawful field."""
    word = read.words[begin]
    odd = finish - begin == 1 and word.capital and word.low in lexicon().also["maybe_given"]
    plain = word.low not in lexicon().also["eponyms"] and word.low not in _MONTHS
    return odd and plain and read.setting is Setting.PLACE and len(read.words) > 1 and _is_alone(read, begin, finish)


def _is_strange(read: TokenisedText, begin: int, finish: int) -> bool:
    """Two words or more that no list knows, in a place: a name from a language that the lists lack."""
    strange = sum(
        word.unknown and word.text[1:].islower() and len(word.text) > len("Mo") for word in read.words[begin:finish]
    )
    return strange > 1 and read.setting in _FREE
