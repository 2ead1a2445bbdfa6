"""Categories, their codes, and counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import pyarrow as pa
import re2

from portal.privacy.columns import AnyColumn, as_strings, encoded, spread, texts_of
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.scanning import scan
from portal.privacy.recoding.treated import Answer, Treated, compare, each

_WORDS = re2.compile(r"[a-z0-9]+")
_LITTLE = own_words("little")
_ICD = re2.compile(r"(?i)(?:^|[^a-z0-9])([a-z][0-9oil][0-9oil])[ ]?[.\-]?[ ]?([0-9xo]?)(?:[0-9a-z.\-]*)(?:$|[^a-z0-9])")
_NOT_ICD = "This is not an ICD-10 code that can be read."
_COUNT = re2.compile(r"^\(?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\)?[ ]*[*†‡#^~]*(?:\([a-z0-9]{1,2}\))?$")
_BOUND = re2.compile(r"(?i)^(?:<|&lt;|less than|fewer than|under)[ ]*(\d+)$")
_ZEROS = frozenset({"-", "--", "nil", "none", "zero", "no", "0", ".", "..", "n/a"})
_HIDDEN = frozenset({"*", "**", "suppressed", "c", "x", "[c]", "[x]", "s"})
_NOT_A_COUNT = "This is not a whole number of 0 or more."
_NOT_THE_SHAPE = "This does not have the form of the other codes in its column."
_OFFENCE = re2.compile(r"(?i)^(?:\d{1,3}[a-z]?/\d{1,3}[a-z]?|[a-z]{2}\d{5}[a-z]?|\d{1,3}[a-z]?)$")
_INSURANCE = re2.compile(r"(?i)^[a-z]{2}\d{6}[a-d]$")
_CLOSE = 0.82
_NEAREST = 3
_ENOUGH = 0.02


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).lower()))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s")[:6] for word in _key(text).split() if word not in _LITTLE)


def _likeness(text: str, code: str, label: str) -> float:
    ours, theirs = _stems(text), _stems(label) | _stems(code)
    shared = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return max(shared * 0.9, SequenceMatcher(None, _key(text), _key(label)).ratio())


def _match(text: str, codes: Mapping[str, str], by_key: Mapping[str, str]) -> str | None:
    key = _key(text)
    if not key:
        return None
    if key in by_key:
        return by_key[key]
    opening = next((code for code in codes if key.split()[0] == _key(code) and len(key.split()) > 1), None)
    if opening and len(opening) > 1:
        return opening
    best = max(codes, key=lambda code: SequenceMatcher(None, key, _key(codes[code])).ratio(), default=None)
    close = best is not None and SequenceMatcher(None, key, _key(codes[best])).ratio() >= _CLOSE
    return best if close else None


def match_codes(texts: Sequence[str], codes: Mapping[str, str]) -> tuple[list[str | None], dict[str, tuple[str, ...]]]:
    """Map texts to codes; gives each text's code or None, and the nearest three for what maps to none."""
    by_key = {_key(label): code for code, label in codes.items()} | {_key(code): code for code in codes}
    found = [_match(text, codes, by_key) for text in texts]
    nearest = {
        text: tuple(sorted(codes, key=lambda code: -_likeness(text, code, codes[code]))[:_NEAREST])
        for text, code in zip(texts, found, strict=True)
        if text and code is None
    }
    return found, nearest


def categories(column: AnyColumn, codes: Mapping[str, str], vocabulary: Vocabulary | None = None) -> Treated:
    """Keep the agency's harmless wording beside the code it maps to, in the extra column 'code' (4.2, 4.4).

    `nearest` gives three codes for each harmless wording that maps to none.
    """
    known = Vocabulary.of([*codes, *codes.values(), *(vocabulary.phrases if vocabulary else ())])
    result = scan(column, Setting.CATEGORY, known)
    coded = encoded(result.column)
    texts = texts_of(coded)
    found, nearest = match_codes(texts, codes)
    return Treated(
        result.column,
        changed=result.changed - result.emptied,
        emptied=result.emptied,
        findings=result.findings,
        extra={"code": spread(coded, found)},
        nearest=nearest if codes else {},
    )


def _icd(text: str) -> Answer:
    match = _ICD.search(text)
    if not match:
        return None, _NOT_ICD
    three = match.group(1)[0].upper() + match.group(1)[1:].lower().translate(str.maketrans("oil", "011"))
    fourth = match.group(2).lower().replace("o", "0")
    return (f"{three}.{fourth}" if fourth.isdigit() else three), None


def icd_codes(column: AnyColumn) -> Treated:
    """Keep ICD-10 codes to four characters, as 'X99.1' (4.2)."""
    return each(column, _icd)


def _shape(text: str) -> str:
    return "".join("9" if char.isdigit() else "A" if char.isalpha() else char for char in text.upper() if char != " ")


def offence_codes(column: AnyColumn) -> Treated:
    """Keep a column of codes whose values share a form; what stands apart is emptied with a reason (4.2).

    So CJ105001A among offence codes is no National Insurance number, and a name among them goes.
    """
    coded = encoded(column)
    texts = [fold(value).strip() for value in texts_of(coded)]
    rows = Counter(as_strings(column).to_pylist())
    shapes: Counter[str] = Counter()
    for value, text in zip(texts_of(coded), texts, strict=True):
        if text:
            shapes[_family(text)] += rows[value]
    total = sum(shapes.values())
    common = {shape for shape, count in shapes.items() if count > max(1, total * _ENOUGH) or len(shapes) == 1}
    openings = {text[:2].upper() for text in texts if _OFFENCE.match(text)}
    safe = scan(pa.array(texts, pa.string()), Setting.CODE).column.to_pylist()
    fits = [
        bool(text) and _fits(text, common, openings) and any(char.isdigit() for char in text) and safe[at] == text
        for at, text in enumerate(texts)
    ]
    kept = [text.upper() if fit else None for text, fit in zip(texts, fits, strict=True)]
    reasons = [_NOT_THE_SHAPE if text and not fit else None for text, fit in zip(texts, fits, strict=True)]
    return compare(coded, list(kept), reasons)


def _fits(text: str, common: set[str], openings: set[str]) -> bool:
    """Say whether a code has a form of its column, or one that offences are known by."""
    if _INSURANCE.match(text):
        return text[:2].upper() in openings
    return _family(text) in common or bool(_OFFENCE.match(text))


def _family(text: str) -> str:
    """Give a code's form with one figure as good as two, so that 8/6 and 105/11 are of one form."""
    shape = _shape(text)
    return "".join(char for at, char in enumerate(shape) if at == 0 or char != shape[at - 1] or char == "A")


def _count(text: str) -> Answer:
    low = text.lower()
    if low in _ZEROS:
        return "0", None
    if low in _HIDDEN:
        return "suppressed", None
    if match := _BOUND.match(text):
        return f"<{int(match.group(1))}", None
    if match := _COUNT.match(text):
        return str(int(match.group(1).replace(",", ""))), None
    return None, _NOT_A_COUNT


def counts(column: AnyColumn) -> Treated:
    """Read counts: '3*' is 3, '-' is 0, '1,204' is 1204 and '<5' stays a bound (4.2)."""
    return each(column, _count)
