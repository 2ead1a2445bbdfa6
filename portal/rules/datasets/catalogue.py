"""The data sets of Appendix 1 as data: fields, treatments, code lists, and what of each is kept."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from portal.rules.datasets.quarters import Quarter
from portal.rules.datasets.types import (
    AgeBands,
    CodeList,
    DataField,
    IdentifierColumn,
    PlacePart,
    RawDataSet,
    SexualOffences,
    TreatmentPolicy,
    under,
)
from portal.rules.edition.editions import edition, editions
from portal.rules.edition.sealing import sealed_files, whole_hash
from portal.rules.edition.toml_reading import read_any
from portal.rules.errors import EditionDataError
from portal.rules.lookup import pick

FOLDER = Path(__file__).parents[1] / "data"
PLACE_TREATMENTS = frozenset({"location", "area", "outward_postcode", "map_point"})
DEMOGRAPHICS = frozenset({"age", "age_band", "gender", "ethnicity"})
HOME_PARTS = ("outward_postcode", "area")  # all that is kept of a place that is likely to be somebody's home


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """A data set: what Appendix 1 asks for (`asked`), and what is kept of it (`policy`)."""

    asked: RawDataSet
    policy: TreatmentPolicy
    usual_threshold: int

    @property
    def id(self) -> str:
        """Give its id, such as police-incidents."""
        return self.asked.id

    @property
    def title(self) -> str:
        """Give its title for people."""
        return self.asked.title

    @property
    def level(self) -> str:
        """Give `record` (a row an event) or `aggregate` (counts only)."""
        return self.asked.level

    @property
    def fields(self) -> tuple[DataField, ...]:
        """Give its fields, those of Appendix 1 first, then what is kept besides; no date where none may be kept."""
        return self.asked.fields + self.policy.extra_fields

    @property
    def threshold(self) -> int:
        """Give the number of records below which a published figure is suppressed: 8 for health sets, else 5."""
        return self.asked.public_threshold or self.usual_threshold

    @property
    def first_quarter(self) -> Quarter | None:
        """Give the first quarter it exists for, or None where it always did (App 1: ambulance calls, 2009/10)."""
        return Quarter.parse(self.policy.first_quarter) if self.policy.first_quarter else None

    def exists_in(self, quarter: Quarter) -> bool:
        """Tell whether a return of it can be made for a quarter."""
        return self.first_quarter is None or quarter >= self.first_quarter

    def provider(self, edition_id: str) -> str:
        """Give the kind of organisation that hands it over under an edition."""
        return under(self.asked.provider, edition_id)

    def field(self, name: str) -> DataField:
        """Give a field by its name, or raise UnknownIdError."""
        return pick({one.name: one for one in self.fields}, name, "field")

    def place_parts_for(self, category: str = "") -> tuple[str, ...]:
        """List the columns of a place that are kept besides the fields.

        Args:
            category: the code of the row's category; for one that points to homes only postcode and area are kept.
        """
        if self.is_home(category):
            return tuple(name for name in self.policy.place_parts if name in HOME_PARTS)
        return self.policy.place_parts

    def is_home(self, category: str = "") -> bool:
        """Tell whether the place of such a row is likely to be a home, so that neither street nor point is kept."""
        return self.asked.home_risk or category in self.asked.home_risk_categories

    def required(self) -> tuple[tuple[str, ...], ...]:
        """List what a file must have: of each group one column at least, by the names of fields and place parts."""
        own = tuple(one.name for one in self.fields if one.treatment in PLACE_TREATMENTS)
        place = tuple(dict.fromkeys(own + self.policy.place_parts))
        groups = self.policy.required
        return tuple(
            tuple(name for item in group for name in (place if item == "place" else (item,))) for group in groups
        )


@dataclass(frozen=True, kw_only=True)
class DataSetCatalogue:
    """Everything in the files on returns."""

    hash: str
    place_parts: tuple[PlacePart, ...]
    age_bands: AgeBands
    identifier_columns: tuple[IdentifierColumn, ...]
    code_lists: tuple[CodeList, ...]
    datasets: tuple[RawDataSet, ...]
    policy: tuple[TreatmentPolicy, ...]
    sexual_offences: SexualOffences


@cache
def book() -> DataSetCatalogue:
    """Read the product's own files on returns, once; see read_book."""
    return read_book(FOLDER)


def read_book(folder: Path) -> DataSetCatalogue:
    """Read the files on returns from a sealed folder.

    Raises:
        SealBrokenError: a file does not match its seal.
        EditionDataError: unknown, missing or mistyped keys, or references to nothing.
    """
    files = sealed_files(folder)
    values: dict[str, Any] = {"hash": whole_hash(files)}
    hints = get_type_hints(DataSetCatalogue)
    for name, content in files.items():
        for table, raw in tomllib.loads(content.decode()).items():
            if table == "schema_version":
                continue
            if table not in hints or table == "hash":
                raise EditionDataError(name, table, "unknown table")
            values[table] = read_any(hints[table], raw, name, table)
    missing = sorted(set(hints) - set(values))
    if missing:
        raise EditionDataError(folder.name, missing[0], "missing table")
    made = DataSetCatalogue(**values)
    _check(made)
    return made


def data_sets(edition_id: str | None = None) -> tuple[DataSet, ...]:
    """Give the data sets in the order of Appendix 1; both editions ask for all of them.

    Raises:
        UnknownEditionError: no edition has this id.
    """
    if edition_id is not None:
        edition(edition_id)
    return tuple(sorted(_sets().values(), key=lambda one: one.asked.order))


def data_set(data_set_id: str) -> DataSet:
    """Give a data set by its id, or raise UnknownIdError."""
    return pick(_sets(), data_set_id, "data set")


def data_sets_of(kind_id: str, edition_id: str) -> tuple[DataSet, ...]:
    """List the data sets that a kind of organisation hands over under an edition (s11, App 1)."""
    return tuple(one for one in data_sets() if one.provider(edition_id) == kind_id)


def code_list(code_list_id: str) -> CodeList:
    """Give a code list by its id, or raise UnknownIdError."""
    return pick({one.id: one for one in book().code_lists}, code_list_id, "code list")


def code_list_for(field: DataField, edition_id: str) -> CodeList | None:
    """Give the code list that a field uses under an edition, or None where it has none."""
    wanted = field.code_list_id(edition_id)
    return code_list(wanted) if wanted else None


def related_datasets(data_set_id: str) -> tuple[DataSet, ...]:
    """Give the data sets that often lie in one file with this one, without itself."""
    return tuple(data_set(one) for one in data_set(data_set_id).policy.related_datasets)


@cache
def _sets() -> dict[str, DataSet]:
    kept = {one.dataset: one for one in book().policy}
    usual = max(one.small_numbers.threshold for one in editions())
    return {one.id: DataSet(asked=one, policy=kept[one.id], usual_threshold=usual) for one in book().datasets}


def _check(made: DataSetCatalogue) -> None:
    """Refuse ids that stand twice or lead nowhere."""
    ids = [one.id for one in made.datasets]
    lists = {one.id for one in made.code_lists}
    if len(set(ids)) < len(ids):
        raise EditionDataError("datasets.toml", "datasets", "an id stands twice")
    if sorted(one.dataset for one in made.policy) != sorted(ids):
        raise EditionDataError("treatment_policy.toml", "policy", "must name each data set once")
    for one in made.datasets:
        for field in one.fields:
            wanted = {field.code_list} if isinstance(field.code_list, str) else set(field.code_list.values())
            if wanted - lists - {""}:
                raise EditionDataError("datasets.toml", f"{one.id}.{field.name}.code_list", "names no code list")
    for kept in made.policy:
        if {*kept.related_datasets, kept.flagged_to} - set(ids) - {""}:
            raise EditionDataError("treatment_policy.toml", f"{kept.dataset}.related_datasets", "names no data set")
