"""List what the columns of a file may hold for a data set: its fields, the parts of its place, its counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from portal.returns.matching.heading_text import key
from portal.returns.matching.synonyms import synonyms, wordings
from portal.rules.datasets.catalogue import DataSet, book, code_list, data_set, related_datasets
from portal.rules.datasets.types import DataField

DATASET = "dataset"
_DIAGNOSES = 24  # columns of codes that a hospital's extract has; of each row the first of the list is taken
_OF_ANY = frozenset({key("number of young people"), key("number"), key("young people")})  # say nothing of which set
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
    list_id: str = ""  # of its code list
    parts: frozenset[str] = frozenset()  # headings of columns whose numbers are added to make it

    def __hash__(self) -> int:
        """Hash by name: within a data set names are unique."""
        return hash((self.name, self.treatment))


@cache
def targets_of(data_set_id: str, edition_id: str) -> tuple[Target, ...]:
    """Return what the columns of a file may hold for a data set under an edition."""
    entry = data_set(data_set_id)
    found = [_of_field(data_set_id, each, edition_id) for each in entry.fields]
    found += _of_place(entry, {target.name for target in found})
    if entry.policy.no_date:
        sure, weak = synonyms().of(data_set_id, "date")
        found.append(Target("date", "date", "date", sure, weak, listed=False))
    if entry.level == "aggregate":
        found += wide_targets(entry, edition_id)
        found += [target for related in related_datasets(data_set_id) for target in _of_related(related)]
    if entry.policy.related_datasets:
        sure, weak = synonyms().of(data_set_id, DATASET)
        found.append(Target(DATASET, DATASET, "data set", sure, weak, listed=False))
    return tuple(found)


def _of_place(entry: DataSet, names: set[str]) -> list[Target]:
    found = []
    for part in book().place_parts:
        if part.name in entry.policy.place_parts and part.name not in names:
            sure, weak = synonyms().of(entry.id, part.name)
            headings = sure | frozenset(map(key, (part.name, *part.aliases)))
            many = {"map_point": 4, "area": 6}.get(part.name, 1)
            label = part.name.replace("_", " ")
            found.append(Target(part.name, part.treatment, label, headings, weak, listed=False, many=many))
    return found


def counts_of(entry: DataSet) -> list[str]:
    """Return the names of a data set's counts."""
    return [each.name for each in entry.fields if each.treatment == "count"]


# How case systems end the heading of a column of yes and no about a need ('Drugs linked to offending').
_OF_A_NEED = (
    *("need", "needs", "linked", "linked to offending", "linked to reoffending", "linked to re offending", "factor"),
    *("criminogenic", "criminogenic need", "identified", "need identified", "flag", "assessed", "issue", "issues"),
)


def bands_of(entry: DataSet) -> tuple[str, ...]:
    """Return the age bands of a data set; those of adults where it names none."""
    bands: tuple[str, ...] = getattr(book().age_bands, entry.policy.age_bands or "adults")
    return bands


def wide_targets(entry: DataSet, edition_id: str) -> list[Target]:
    """Return the columns that a wide table may have: a count for each need, severity, offence type, gender or age."""
    wide = entry.policy.wide
    found = []
    if wide is not None:
        found += _values_of(entry, wide.by, wide.count, edition_id)
    count = next((name for name in counts_of(entry) if entry.field(name).required is True), "")
    for each in entry.fields:
        if each.treatment in {"sex", "ethnicity_group"} and count:
            found += _values_of(entry, each.name, count, edition_id)
        elif each.treatment == "age_band" and count:
            found += [
                Target(f"{count}.{band}", "count", f"number aged {band}", _band_headings(band), listed=False)
                for band in bands_of(entry)
            ]
    return found + (_crossed(entry, count) if count else [])


def _crossed(entry: DataSet, count: str) -> list[Target]:
    """Return the columns of a table that is wide by gender and age at once: `number.M.10-13`."""
    kinds = {each.treatment for each in entry.fields}
    if not {"sex", "age_band"} <= kinds:
        return []
    bands = bands_of(entry)
    found = []
    for code, genders in synonyms().values["gender"].items():
        for band in bands:
            pairs = [(gender, ages) for gender in genders for ages in _band_headings(band)]
            headings = frozenset(key(words) for one, other in pairs for words in (f"{one} {other}", f"{other} {one}"))
            label = f"number ({code}, aged {band})"
            found.append(Target(f"{count}.{code}.{band}", "count", label, headings, listed=False))
    return found


def _band_headings(band: str) -> frozenset[str]:
    plain = band.replace("+", " plus")
    return frozenset(
        map(
            key,
            (band, plain, f"aged {band}", f"age {band}", f"ages {band}", f"{band} years", band.replace("-", " to ")),
        )
    )


def _values_of(entry: DataSet, by: str, count: str, edition_id: str) -> list[Target]:
    """Return a column of counts for each code of a field, and for the agencies' own groups of codes ('injured')."""
    codes = {
        code: label
        for code, label in codes_of(entry.field(by), edition_id).items()
        if by != "ethnicity" or len(code) == 1
    }
    words = synonyms().values.get(by, {})
    own_words = wordings().get(entry.field(by).code_list_id(edition_id), {})
    found = []
    for code in dict.fromkeys([*codes, *(words if by not in {"gender", "ethnicity"} else ())]):
        label = codes.get(code, code)
        own = frozenset() if by in {"gender", "ethnicity"} else frozenset(map(key, (code, label)))
        headings = words.get(code, frozenset()) | own | frozenset(map(key, own_words.get(code, ())))
        if by == "need":
            headings |= {f"{one} {end}" for one in headings for end in _OF_A_NEED}
        name = f"ethnicity-{code}" if by == "ethnicity" else code  # M is a gender and a group
        found.append(
            Target(f"{count}.{name}", "count", f"{entry.field(count).label} ({label.lower()})", headings, listed=False)
        )
    return found


def _of_related(related: DataSet) -> list[Target]:
    """Return the counts of a related set, which stand in columns of their own."""
    found = []
    for name in counts_of(related):
        sure, _weak = synonyms().of(related.id, name)
        generic, _ = synonyms().of("", name) if name == "number" else (frozenset[str](), None)
        signs = frozenset(map(key, related.policy.signs)) if len(counts_of(related)) == 1 else frozenset()
        headings = (sure - generic | signs | frozenset({key(related.field(name).label)})) - _OF_ANY
        found.append(Target(f"{related.id}.{name}", "count", related.field(name).label, headings, listed=False))
    return found


def _of_field(data_set_id: str, each: DataField, edition_id: str) -> Target:
    sure, weak = synonyms().of(data_set_id, each.name)
    if each.code_list_id(edition_id).startswith("icd10"):
        more_sure, more_weak = synonyms().of("health-assault", each.name)
        sure, weak = sure | more_sure, weak | more_weak
    headings = frozenset(map(key, (each.name, each.label, *each.aliases))) - _birth_headings()
    many = each.max_values if each.max_values > 1 else (6 if each.treatment in {"location", "area"} else 1)
    many = 3 if each.treatment == "school" and each.name.endswith("address") else many
    many = _DIAGNOSES if each.code_list_id(edition_id).startswith("icd10") else many
    parts = synonyms().parts.get(each.name, frozenset())
    many = 2 if parts else many
    return Target(
        each.name,
        each.treatment,
        each.label,
        sure | headings | parts,
        weak - headings,
        codes_of(each, edition_id),
        many=many,
        list_id=each.code_list_id(edition_id),
        parts=parts,
    )


def codes_of(each: DataField, edition_id: str) -> dict[str, str]:
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
