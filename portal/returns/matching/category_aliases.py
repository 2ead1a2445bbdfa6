"""Map an agency's own words for a category to the code of the list, by phrases that stand for a code."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from portal.privacy.recoding.codes import match_codes
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.synonyms import wordings as own_wordings
from portal.returns.pipeline.related_datasets import icd_code, is_icd
from portal.rules.datasets.catalogue import data_sets

_LONGEST = 80  # letters of a wording that may be a misspelt label; more is a story
_NOT = frozenset({"non", "not", "no"})


@cache
def _phrases(list_id: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the phrases of a list with their codes, the longest first.

    Those whose street must not stay come before all: 'Sexual assault on a female' is no violence first, whose street stays.
    """
    found = [(words(phrase), code) for code, phrases in own_wordings().get(list_id, {}).items() for phrase in phrases]
    return tuple(sorted(found, key=lambda each: (each[1] not in _at_homes(), -len(each[0]))))


@cache
def _at_homes() -> frozenset[str]:
    return frozenset(code for entry in data_sets() for code in entry.asked.home_risk_categories)


def phrases_of(list_id: str) -> tuple[str, ...]:
    """Return the agencies' own phrases for the codes of a list."""
    return tuple(phrase for phrases in own_wordings().get(list_id, {}).values() for phrase in phrases)


def codes_of_wordings(wordings: list[str], list_id: str, codes: Mapping[str, str]) -> list[str | None]:
    """Return the code of each wording, or nothing where none fits.

    Args:
        wordings: an agency's words, one for each distinct value.
        list_id: the id of the code list.
        codes: its codes and labels.
    """
    if is_icd(codes):
        by_code = [icd_code(wording, codes) or None for wording in wordings]
        return [code or _by_phrase(wording, list_id) for code, wording in zip(by_code, wordings, strict=True)]
    exact = {key(code): code for code in codes} | {key(label): code for code, label in codes.items()}
    found = [exact.get(key(wording)) or _by_phrase(wording, list_id) for wording in wordings]
    unknown = [one for one, code in zip(wordings, found, strict=True) if code is None and 0 < len(one) <= _LONGEST]
    near = dict(zip(unknown, match_codes(unknown, codes), strict=True))
    return [code or near.get(wording) for wording, code in zip(wordings, found, strict=True)]


def _by_phrase(wording: str, list_id: str) -> str | None:
    held = words(wording)
    denied = {after for word, after in pairwise(held) if word in _NOT}
    whole = next((code for phrase, code in _phrases(list_id) if phrase == held), None)
    if whole is not None:
        return whole  # 'Violence and sexual offences', which tells of no offence that it is a sexual one
    there = set(held) | {word.removesuffix("s") for word in held}
    for phrase, code in _phrases(list_id):
        if set(phrase) <= there and (not denied & set(phrase) or set(phrase) & _NOT):
            return code
    return None
