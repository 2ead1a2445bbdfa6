"""Types of the data sets of Appendix 1, their fields, code lists and treatments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from portal.rules.edition.fact import EditionEntry

TreatmentId = Literal[
    "keep",
    "date",
    "time",
    "category",
    "outward_postcode",
    "location",
    "map_point",
    "area",
    "school",
    "age_years",
    "age_band",
    "sex",
    "ethnicity_group",
    "count",
]
PlacePartName = Literal["outward_postcode", "area", "map_point"]
AgeBandsName = Literal["pupils", "young_people", "adults"]


def under(by_edition: Mapping[str, str], edition_id: str) -> str:
    """Give what holds under an edition: its own entry, or that of the newest edition before it; "" before them all."""
    return by_edition.get(max((one for one in by_edition if one <= edition_id), default=""), "")


@dataclass(frozen=True, kw_only=True)
class PlacePart(EditionEntry):
    """A further column of a place that may be kept."""

    name: PlacePartName
    treatment: TreatmentId
    aliases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AgeBands(EditionEntry):
    """The bands that ages are put in."""

    pupils: tuple[str, ...]
    young_people: tuple[str, ...]
    adults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IdentifierColumn(EditionEntry):
    """Headings of a column that names or numbers people, and is dropped."""

    id: str
    headings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code and what it stands for."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A closed list of codes, and the editions it is used in."""

    id: str
    title: str
    verified: bool
    source: str
    note: str = ""
    codes: tuple[Code, ...]

    def label(self, code: str) -> str | None:
        """Give the words of a code, or None."""
        return next((one.label for one in self.codes if one.code == code), None)


@dataclass(frozen=True, kw_only=True)
class DataField:
    """One field of a data set: what it is called, how it is treated, which list its codes are from."""

    name: str
    label: str
    type: Literal["text", "date", "time", "category", "integer", "quarter"]
    required: bool | Literal["if_recorded"]
    treatment: TreatmentId
    aliases: tuple[str, ...] = ()
    code_list: str | Mapping[str, str] = ""
    max_values: int = 1
    note: str = ""

    def code_list_id(self, edition_id: str) -> str:
        """Give the id of the code list of an edition, or "" where the field has none."""
        return self.code_list if isinstance(self.code_list, str) else under(self.code_list, edition_id)

    @property
    def code_column(self) -> str:
        """Give the name of the column beside it that holds the code, or "" where it has no list to map to."""
        return f"{self.name}_code" if self.treatment == "category" and self.code_list else ""


@dataclass(frozen=True, kw_only=True)
class WideTable:
    """A table with a column for each count: named `count.value`, for each value of the field `by`."""

    by: str
    count: str


@dataclass(frozen=True, kw_only=True)
class TreatmentPolicy:
    """What is kept of a data set besides its fields, and what its public tables may cross."""

    dataset: str
    short: str
    place_parts: tuple[PlacePartName, ...] = ()
    required: tuple[tuple[str, ...], ...]
    extra_fields: tuple[DataField, ...] = ()
    age_bands: AgeBandsName | None = None
    no_date: bool = False
    period_from_quarter: bool = False
    count_records: bool = False
    wide: WideTable | None = None
    related_datasets: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    flagged_to: str = ""
    public: tuple[tuple[str, ...], ...]
    public_never: tuple[str, ...] = ()
    public_county: tuple[str, ...] = ()
    one_demographic: bool = False
    first_quarter: str = ""


@dataclass(frozen=True, kw_only=True)
class SexualOffences(EditionEntry):
    """What tells that a row is about a sexual offence: patterns of words, and the Home Office's classes under their headings."""

    words: tuple[str, ...]
    groups: tuple[str, ...]
    classes: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RawDataSet(EditionEntry):
    """A data set as Appendix 1 and the Regulations ask for it."""

    id: str
    order: int
    title: str
    level: Literal["record", "aggregate"]
    covers: str
    law: str
    group_by: tuple[str, ...]
    provider: Mapping[str, str]
    notes: str
    home_risk: bool = False
    home_risk_categories: tuple[str, ...] = ()
    counts_inside_rows: bool = False
    public_threshold: int | None = None
    fields: tuple[DataField, ...]
