"""Categories and their codes."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import re2

from portal.privacy.columns import AnyColumn
from portal.privacy.identifiers.folding import fold
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.recoding.treated import Answer, Treated, each

_WORDS = re2.compile(r"[a-z0-9]+")
_LITTLE = own_words("little")
_ICD = re2.compile(r"(?i)(?:^|[^a-z0-9])([a-z][0-9oil][0-9oil])[ ]?[.\-]?[ ]?([0-9xo]?)(?:[0-9a-z.\-]*)(?:$|[^a-z0-9])")
_NOT_ICD = "This is not an ICD-10 code that can be read."
_NOT_AN_OFFENCE_CODE = "This is not the code of an offence. It is left out."
# Home Office classes and codes ('105A', '8/6', '088/01', '08801', '00801', eleven figures), and the code of the police
# national computer's list ('5.2.8.1').
_CLASS = re2.compile(
    r"(?i)^(?:\d{1,3}[a-z]?(?:[/. ]\d{1,3}[a-z]?)?|\d{4,6}[a-z]?|\d{8}|0[0-689]\d{9}|[1-9]\d{10}|\d{1,2}(?:\.\d{1,3}){1,4})$"
)
# The list of standard offences: two letters for the act, two figures for its year, three to five more, perhaps a letter.
_STANDARD = re2.compile(r"(?i)^([a-z]{2}|[a-z]{3})(\d{2})(\d{3,4})([a-z]?)$")
_ACTS = frozenset(
    [
        "AC",
        "AN",
        "AS",
        "AT",
        "BA",
        "BN",
        "CA",
        "CC",
        "CD",
        "CE",
        "CH",
        "CJ",
        "CL",
        "CN",
        "CO",
        "CP",
        "CR",
        "CS",
        "CT",
        "CV",
        "CW",
        "CY",
        "DA",
        "DC",
        "DD",
        "DP",
        "DR",
        "DV",
        "EA",
        "ED",
        "EN",
        "EP",
        "ER",
        "EX",
        "FA",
        "FB",
        "FC",
        "FF",
        "FI",
        "FM",
        "FN",
        "FO",
        "FR",
        "FS",
        "FW",
        "GA",
        "GB",
        "GM",
        "GO",
        "HA",
        "HE",
        "HO",
        "HP",
        "HS",
        "HY",
        "IC",
        "IM",
        "IN",
        "IS",
        "KF",
        "LC",
        "LG",
        "LN",
        "LP",
        "LR",
        "MA",
        "MC",
        "MD",
        "ME",
        "MH",
        "MO",
        "MP",
        "MS",
        "MV",
        "NA",
        "NE",
        "OF",
        "OP",
        "OS",
        "PB",
        "PC",
        "PD",
        "PE",
        "PF",
        "PH",
        "PK",
        "PL",
        "PM",
        "PN",
        "PO",
        "PR",
        "PS",
        "PT",
        "PU",
        "PW",
        "RA",
        "RC",
        "RE",
        "RF",
        "RG",
        "RL",
        "RM",
        "RR",
        "RT",
        "RV",
        "RW",
        "RX",
        "SA",
        "SC",
        "SD",
        "SE",
        "SF",
        "SH",
        "SI",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SU",
        "SX",
        "TA",
        "TE",
        "TF",
        "TH",
        "TI",
        "TM",
        "TP",
        "TR",
        "TS",
        "UL",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VP",
        "WA",
        "WC",
        "WI",
        "WL",
        "WM",
        "WR",
        "WT",
        "YP",
    ]
)
_CLOSE = 0.82
_NEAREST = 3


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text).lower()))


@lru_cache(maxsize=4096)
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
    best, closest = None, 0.0
    for code in codes:
        ratio = _close_ratio(key, _key(codes[code]))
        if ratio > closest:
            best, closest = code, ratio
    return best


def _close_ratio(text: str, label: str) -> float:
    """Give how like two texts are, 0 where they are not close: what the lengths and the letters rule out is not compared."""
    if 2 * min(len(text), len(label)) < _CLOSE * (len(text) + len(label)):
        return 0.0
    matcher = SequenceMatcher(None, text, label)
    ratio = matcher.ratio() if matcher.quick_ratio() >= _CLOSE else 0.0
    return ratio if ratio >= _CLOSE else 0.0


def match_codes(texts: Sequence[str], codes: Mapping[str, str]) -> list[str | None]:
    """Map texts to codes; gives each text's code, or None."""
    by_key = {_key(label): code for code, label in codes.items()} | {_key(code): code for code in codes}
    return [_match(text, codes, by_key) for text in texts]


def nearest_codes(texts: Sequence[str], codes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give the nearest three codes of each text that maps to none."""
    return {
        text: tuple(sorted(codes, key=lambda code: -_likeness(text, code, codes[code]))[:_NEAREST])
        for text, code in zip(texts, match_codes(texts, codes), strict=True)
        if text and code is None
    }


def _icd(text: str) -> Answer:
    match = _ICD.search(text)
    if not match:
        return None, _NOT_ICD
    three = match.group(1)[0].upper() + match.group(1)[1:].lower().translate(str.maketrans("oil", "011"))
    fourth = match.group(2).lower().replace("o", "0")
    return (f"{three}.{fourth}" if fourth.isdigit() else three), None


def icd_codes(column: AnyColumn) -> Treated:
    """Keep ICD-10 codes to four characters, as 'X99.1'."""
    return each(column, _icd)


def offence_codes(column: AnyColumn) -> Treated:
    """Keep a column of offence codes or classes in whatever forms stand in it; anything else is emptied with a reason.

    CJ105001A is a code of the Criminal Justice Act although a National Insurance number has the same form, since its act is
    known; the form under an act that is not known is left out.
    """
    return each(column, _offence_code)


def _offence_code(text: str) -> Answer:
    plain = " ".join(text.upper().split())
    standard = _STANDARD.match(plain)
    known = standard is not None and standard.group(1)[:2] in _ACTS
    return (plain, None) if known or _CLASS.match(plain) else (None, _NOT_AN_OFFENCE_CODE)
