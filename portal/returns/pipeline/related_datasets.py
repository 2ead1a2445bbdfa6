"""Tell which rows and tables of a file belong to a related set, so that each is treated by its own set and none is lost."""

import re
from collections.abc import Mapping

from portal.privacy.recoding.codes import match_codes
from portal.returns.matching import value_shapes
from portal.returns.matching.heading_text import key
from portal.returns.matching.schema import codes_of
from portal.rules.datasets.catalogue import DataSet, related_datasets
from portal.spreadsheets.arrow_columns import Cells, texts, values

_CODE = re.compile(r"\b([A-Z]\d{2})(?:\.?(\d))?", re.IGNORECASE)


def says(text: str, entry: DataSet) -> bool:
    """Tell whether words name a data set: its id, its title, or one of its signs."""
    wanted = f" {key(text)} "
    names = {key(entry.id), key(entry.title), *map(key, entry.policy.signs)}
    return any(f" {name} " in wanted for name in names if name)


def set_of_words(text: str, entry: DataSet) -> str:
    """Return the id of the one set of the family that words name, its own first; "" where none or several are named."""
    if says(text, entry):
        return entry.id
    found = [related.id for related in related_datasets(entry.id) if says(text, related)]
    return found[0] if len(found) == 1 else ""


def sets_of_rows(marks: Cells | None, categories: Cells | None, entry: DataSet, edition_id: str) -> Cells:
    """Return the data set of each row, by a column that names it and by its category.

    Args:
        marks: a column that names the data set, if the file has one.
        categories: the column of categories, if the file has one.
        entry: the chosen data set.
        edition_id: the edition whose code lists hold.
    """
    column = marks if marks is not None else categories
    if column is None:
        raise ValueError
    coded = column.dictionary_encode()
    found = {text: _set_of(text, entry, edition_id, by_code=marks is None) for text in values(coded.dictionary)}
    return texts([found[text] for text in values(coded.dictionary)]).take(coded.indices)


def _set_of(text: str, entry: DataSet, edition_id: str, *, by_code: bool) -> str:
    if not text:
        return entry.id
    if by_code:
        family = (entry, *related_datasets(entry.id))
        for each in family:
            if is_coded(text, category_codes(each, edition_id)):
                return each.id
    return set_of_words(text, entry) or entry.id


def category_codes(entry: DataSet, edition_id: str) -> Mapping[str, str]:
    """Return the codes of a data set's category; none where it has no category."""
    field = next(
        (each for each in entry.fields if each.treatment == "category" and each.code_list_id(edition_id)), None
    )
    return codes_of(field, edition_id) if field is not None else {}


def is_coded(text: str, codes: Mapping[str, str]) -> bool:
    """Tell whether a text is a code of a list, its label, or begins with one of its ICD codes."""
    if not codes:
        return False
    if is_icd(codes):
        return bool(icd_code(text, codes)) or key(text) in {key(label) for label in codes.values()}
    known = {key(code) for code in codes} | {key(label) for label in codes.values()}
    return key(text) in known


def is_icd(codes: Mapping[str, str]) -> bool:
    """Tell whether a list is of ICD-10 codes."""
    return bool(codes) and all(value_shapes.ICD.fullmatch(code) for code in codes)


def icd_code(text: str, codes: Mapping[str, str]) -> str:
    """Return the code of the list that an ICD-10 code in a text falls under; "" where none does."""
    for found in _CODE.finditer(text):
        block, fourth = found.group(1).upper(), found.group(2)
        for code in (f"{block}.{fourth}", block, f"{block}.9"):
            if code in codes:
                return code
    return ""


def code_in_title(title: str, codes: Mapping[str, str]) -> str:
    """Return the code that a sheet's name or title stands for; "" where it stands for none."""
    wanted = set(key(title).split())
    for code in codes:
        if set(key(code).split()) <= wanted:
            return code
    found: list[str | None] = match_codes([title], codes)
    return found[0] or ""
