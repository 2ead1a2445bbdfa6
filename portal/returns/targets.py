"""List what the columns of a file may hold for a data set: its fields, the parts of its place, its counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from portal.returns.headings import key
from portal.returns.synonyms import synonyms
from portal.rules.datasets import book, code_list, data_set
from portal.rules.return_types import Field

JOINED = frozenset({"location", "area"})  # fields that may come in several columns: their words are joined


@dataclass(frozen=True)
class Target:
    """Something that a column may hold.

    `name` is the column's name in what is kept; `treatment` what is done to it; `codes` maps its codes to labels.
    `sure` and `weak` are headings as keys.
    """

    name: str
    treatment: str
    label: str
    sure: frozenset[str]
    weak: frozenset[str] = frozenset()
    codes: Mapping[str, str] = field(default_factory=dict)
    listed: bool = True  # in the agreement's list of fields, not a part of a place
    many: int = 1  # columns it may come in
    field: str = ""  # the field it belongs to where that is another: `sub_category` for an offence code

    def __hash__(self) -> int:
        """Hash by name: within a data set names are unique."""
        return hash((self.name, self.treatment))


@cache
def targets_of(data_set_id: str, edition_id: str) -> tuple[Target, ...]:
    """Return what the columns of a file may hold for a data set under an edition (4.4)."""
    entry = data_set(data_set_id)
    found = [_of_field(data_set_id, each, edition_id) for each in entry.fields]
    names = {target.name for target in found}
    for part in book().place_parts:
        if part.name in entry.keeping.place_parts and part.name not in names:
            sure, weak = synonyms().of(data_set_id, part.name)
            headings = sure | frozenset(map(key, (part.name, *part.aliases)))
            many = 4 if part.name == "map_point" else 6
            many = 1 if part.name == "outward_postcode" else many
            found.append(
                Target(part.name, part.treatment, part.name.replace("_", " "), headings, weak, listed=False, many=many)
            )
    return tuple(found)


def _of_field(data_set_id: str, each: Field, edition_id: str) -> Target:
    sure, weak = synonyms().of(data_set_id, each.name)
    if each.code_list_id(edition_id).startswith("icd10"):
        more_sure, more_weak = synonyms().of("health-assault", each.name)
        sure, weak = sure | more_sure, weak | more_weak
    headings = frozenset(map(key, (each.name, each.label, *each.aliases))) - _birth_headings()
    many = each.max_values if each.max_values > 1 else (6 if each.treatment in {"location", "area"} else 1)
    many = 3 if each.treatment == "school" and each.name.endswith("address") else many
    return Target(
        each.name, each.treatment, each.label, sure | headings, weak - headings, codes_of(each, edition_id), many=many
    )


def codes_of(each: Field, edition_id: str) -> dict[str, str]:
    """Return the codes and labels of a field's list; none where it has no list."""
    if each.treatment == "count":
        return {}
    list_id = each.code_list_id(edition_id)
    return {code.code: code.label for code in code_list(list_id).codes} if list_id else {}


@cache
def _birth_headings() -> frozenset[str]:
    return frozenset(
        map(key, next((each.headings for each in book().identifier_columns if each.id == "birth_date"), ()))
    )


@cache
def never_kept() -> dict[str, str]:
    """Return the headings of columns that are never kept -> what they hold."""
    found = dict(synonyms().dropped)
    for column in book().identifier_columns:
        for heading in column.headings:
            found.setdefault(key(heading), column.id)
    return found
