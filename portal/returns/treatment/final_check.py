"""The last check before anything is stored: each kept cell once more against the form that its field may have.

It trusts no treatment. A cell that its grammar or form would not let stay as it is stops the whole file.
"""

import re
from collections.abc import Callable, Mapping

from portal.privacy.columns import at_once
from portal.privacy.grammar.area import area, may_be_shared
from portal.privacy.grammar.category import wording
from portal.privacy.grammar.columns import places
from portal.privacy.grammar.school import school, school_address
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.names.lexicon import own_words
from portal.privacy.identifiers.scanning import by_pattern
from portal.privacy.postcodes import KEPT
from portal.privacy.recoding import offence_codes, sexes
from portal.returns.matching.category_aliases import phrases_of
from portal.returns.matching.schema import DATASET, Target, targets_of
from portal.returns.pipeline.options import ReturnOptions
from portal.rules.datasets.catalogue import data_sets
from portal.spreadsheets.arrow_columns import Cells, coded_of, count_true, flat, pc, values

_FORMS: dict[str, str] = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "month": r"^\d{4}-\d{2}(?:-\d{2})?$",
    "time": r"^\d{2}:\d{2}$",
    "outward_postcode": KEPT,
    "map_point": r"^(?:-?\d{1,7}(?:\.\d{1,3})?(?:, ?-?\d{1,7}(?:\.\d{1,3})?)?|[A-Z]{2} \d{2,3} \d{2,3})$",
    "age_years": r"^\d{1,3}$",
    "count": r"^(?:\d{1,9}|[<>]=? ?\d{1,6}|\d{1,9}(?:-| to )\d{1,9}|suppressed)$",
}
_QUARTER = r"^\d{4}-Q[1-4]$"
_BAND = re.compile(r"(?i)^[a-z<>=\d][a-z\d <>=+/\-]*$")
_BAND_WORDS = own_words("known_bands") | own_words("band_words")
_AGES = 2  # that a band of ages goes from and to
_FIGURES = 2  # of a code of eighteen groups
_FORMULA = r"^[=+@\t\r]|^-[^\d]"


def remaining(columns: Mapping[str, Cells], targets: Mapping[str, Target], options: ReturnOptions) -> dict[str, int]:
    """Count, for each kept column, the distinct values that may not be stored: must be none before anything is."""
    found = at_once(coded_of, [flat(column) for column in columns.values()])
    left = {}
    for name, distinct in zip(columns, (each.dictionary for each in found), strict=True):
        if count := _unfit(name, distinct, targets, options):
            left[name] = count
    return left


def _unfit(name: str, distinct: Cells, targets: Mapping[str, Target], options: ReturnOptions) -> int:
    """Count the values of a column that its form does not let stay as they are, or that a spreadsheet would run."""
    target = targets.get(name)
    run = count_true(pc.match_substring_regex(distinct, _FORMULA))
    if name.endswith("_code") and target is None:
        return run + _not_among(distinct, _codes_of(name.removesuffix("_code"), targets, options))
    if name == DATASET:
        return run + _not_among(distinct, {each.id for each in data_sets()})
    if name == "period":
        return run + len(distinct) - count_true(pc.match_substring_regex(distinct, _QUARTER))
    treatment = target.treatment if target is not None else _treatment_of(name, options)
    if treatment == "category" and target is not None and not target.codes:
        treatment = "offence_code"
    form = _FORMS.get(treatment)
    if form is not None:
        return run + len(distinct) - count_true(pc.match_substring_regex(distinct, form))
    return run + _BY_GRAMMAR.get(treatment, _nothing)(distinct, target, options)


_PARTS = {
    "outward_postcode": "outward_postcode",
    "area": "area",
    "time": "time",
    "map_point": "map_point",
    "location": "location",
}


def _treatment_of(name: str, options: ReturnOptions) -> str:
    """Return the treatment of a column that no column of the file was matched to: an age worked out, a count of records."""
    of_field = {each.name: each.treatment for each in options.entry.fields}
    return of_field.get(name) or _PARTS.get(name, "count")


def _codes_of(name: str, targets: Mapping[str, Target], options: ReturnOptions) -> set[str]:
    target = targets.get(name)
    if target is not None:
        return set(target.codes)
    found = next((each for each in targets_of(options.entry.id, options.edition_id) if each.name == name), None)
    return set(found.codes) if found is not None else set()


def _not_among(distinct: Cells, known: set[str]) -> int:
    return sum(any(part not in known for part in text.split("; ")) for text in values(distinct))


def _changed(distinct: Cells, grammar: Callable[[str], str]) -> int:
    return sum(grammar(text) != text for text in values(distinct))


def _places(distinct: Cells, _target: Target | None, options: ReturnOptions) -> int:
    kept = flat(places(distinct, options.lists).column)
    changed = count_true(pc.fill_null(pc.not_equal(kept, distinct), fill_value=True))
    return changed + by_pattern(distinct, Setting.PLACE)


def _areas(distinct: Cells, _target: Target | None, options: ReturnOptions) -> int:
    return _changed(distinct, lambda text: ", ".join(_area(part, options) for part in text.split(", ")))


def _area(text: str, options: ReturnOptions) -> str:
    kept = area(text, options.lists).text
    return kept if kept == text or options.lists.has_areas or not may_be_shared(text) else text


def _schools(distinct: Cells, target: Target | None, options: ReturnOptions) -> int:
    if target is not None and target.name.endswith("address"):
        return _changed(
            distinct, lambda text: text if _OUTWARD.match(text) else school_address(text, options.lists).text
        )
    return _changed(distinct, lambda text: school(text, options.lists).text)


def _categories(distinct: Cells, target: Target | None, _options: ReturnOptions) -> int:
    if target is None:
        return len(distinct)
    phrases = frozenset([*target.codes, *target.codes.values(), *phrases_of(target.list_id)])
    return _changed(distinct, lambda text: "; ".join(wording(part, phrases).text for part in text.split("; ")))


def _bands(distinct: Cells, _target: Target | None, _options: ReturnOptions) -> int:
    return sum(not _is_band(text) for text in values(distinct))


def _is_band(text: str) -> bool:
    """Say whether a text is the words of bands, and one or two ages: no other number."""
    ages, words = re.findall(r"\d+", text), re.findall(r"[A-Za-z]+", text)
    return (
        bool(_BAND.match(text))
        and len(ages) <= _AGES
        and all(len(age) <= len("100") for age in ages)
        and all(word.lower() in _BAND_WORDS | _LONE_BANDS for word in words)
    )


def _sexes(distinct: Cells, _target: Target | None, _options: ReturnOptions) -> int:
    return count_true(pc.fill_null(pc.not_equal(flat(sexes(distinct).column), distinct), fill_value=True))


def _ethnicities(distinct: Cells, target: Target | None, _options: ReturnOptions) -> int:
    known = own_words("groups") | {
        word
        for each in ([*target.codes, *target.codes.values()] if target is not None else [])
        for word in re.findall(r"[a-z]+", each.lower())
    }
    return sum(not _is_group(text, known) for text in values(distinct))


def _is_group(text: str, known: frozenset[str] | set[str]) -> bool:
    """Say whether a text is words of groups alone, with the figures of a code at most."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words) and words <= known and sum(map(str.isdigit, text)) <= _FIGURES


def _nothing(distinct: Cells, _target: Target | None, _options: ReturnOptions) -> int:
    """Let nothing stay of a treatment that has no form: a new one must be given its own here."""
    return len(distinct)


_OUTWARD = re.compile(KEPT)
_LONE_BANDS = frozenset(word for band in own_words("known_bands") for word in band.split())


def _offence_codes(distinct: Cells, _target: Target | None, _options: ReturnOptions) -> int:
    return count_true(pc.fill_null(pc.not_equal(flat(offence_codes(distinct).column), distinct), fill_value=True))


_BY_GRAMMAR: dict[str, Callable[[Cells, Target | None, ReturnOptions], int]] = {
    "location": _places,
    "area": _areas,
    "school": _schools,
    "category": _categories,
    "offence_code": _offence_codes,
    "age_band": _bands,
    "sex": _sexes,
    "ethnicity_group": _ethnicities,
}
