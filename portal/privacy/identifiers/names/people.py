"""People's names, in the ways that offices write them."""

import re2

from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.cues import by_cue, by_title
from portal.privacy.identifiers.names.runs import by_lists
from portal.privacy.identifiers.names.safe_phrases import protected
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.tokens import TokenisedText, words_of

Span = tuple[int, int]

_GONE_BY_NAME = re2.compile(
    r"^(?:'s)?[ ]*(?:house|home|flat|address|place|mum|mother|dad|father|car|garden|gaff|bungalow|phone|mobile|email)\b"
)
_AGE_AFTER = re2.compile(
    r"(?i)^[ ,.\-]*(?:\(?(?:aged?[ :]*)?\d{1,3}[ ]?(?:yrs?|years?|y/?o)?(?:[ \-]?old)?\)?|\(?[mf][ /]?\d{1,3}\)?)(?:$|[ ,.;)\-])"
)
_SAID_AFTER_NAME = re2.compile(r"(?i)^[ ,]*\(?(?:dob|d\.o\.b)\b")
# Short forms of places, which are no initials: junction with, outside, rear of, north-bound.
_SHORT_FORMS = re2.compile(r"(?i)(?:^|[^\p{L}\p{N}])((?:j/w|j/o|o/s|r/o|f/o|n/b|s/b|e/b|w/b|t/l))(?:$|[^\p{L}\p{N}])")
_FREE = frozenset({Setting.PLACE, Setting.SCHOOL})


def _widened(text: str, span: Span, setting: Setting) -> Span:
    """Take a name's own tail with it: "'s mum", 'aged 34', '(M/34)'."""
    start, end = span
    tail = text[end:]
    if tail[:2].lower() == "'s":
        end += 2
        tail = tail[2:]
    owned = _GONE_BY_NAME.search(tail)
    if owned and setting is Setting.PLACE:
        end += owned.end()
        tail = text[end:]
    age = _AGE_AFTER.search(tail)
    if age and not _SAID_AFTER_NAME.search(tail) and any(char.isdigit() for char in age.group()):
        end += len(age.group().rstrip(" ,.;-"))
    return start, end


def _without_short_forms(text: str) -> str:
    for match in _SHORT_FORMS.finditer(text):
        start, end = match.span(1)
        text = f"{text[:start]}{',' * (end - start)}{text[end:]}"
    return text


def find_names(text: str, setting: Setting, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """Find the people named in a folded text, as places in it."""
    if "/" in text:
        text = _without_short_forms(text)
    words = words_of(text)
    if not words or (setting is Setting.SCHOOL and len(words) == 1):
        return ()  # a school is often called by one surname alone: 'Rawlins'
    strict = setting not in _FREE
    kept, firm = protected(words, vocabulary, strict=strict)
    announced = TokenisedText(text, words, kept, firm, setting)
    spans = {*by_cue(announced), *by_title(announced)}
    covered = [
        keep or any(start <= word.start < end for start, end in spans) for keep, word in zip(kept, words, strict=True)
    ]
    spans |= set(by_lists(TokenisedText(text, words, covered, firm, setting)))
    return tuple(sorted(_widened(text, span, setting) for span in spans))
