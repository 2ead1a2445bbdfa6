"""Keep of a place what its data set allows: street and point, or for homes the postcode's first half and the area."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import pyarrow as pa

from portal.privacy import recoding as treat
from portal.privacy.grammar import columns as grammar
from portal.privacy.grammar.area import area
from portal.privacy.grammar.lists import LocalLists
from portal.privacy.grammar.sensitive import (
    is_about_hate,
    secret,
    sensitive,
    tells_of_hate,
)
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.postcodes import INWARD, OUTWARD
from portal.returns.matching.column_content import Sample, sample_of
from portal.returns.matching.columns import Match
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.schema import Target
from portal.returns.pipeline.assemble import AssembledRecords, Source, join_words
from portal.returns.treatment.kept_columns import KeptColumns, blank_to_null
from portal.rules.datasets.catalogue import DataSet, book
from portal.spreadsheets.arrow_columns import AnyColumn, Cells, coded_of, flat, pc, texts, values

_POSTCODE_AT_END = rf"(?P<code>\b{OUTWARD})(?:\s?{INWARD})?\W*$"
_AREA = re.compile(
    r"[EW]0\d{7}|\b[A-Z][a-z]+(?: [A-Z][a-z]+)? \d{3}[A-Z]\b|(?:[A-Z][\w'&-]*,? ){1,4}(?:ward|district|borough|beat|parish|station area|division)\b"
    r"|\b(?:beat|ward|district|lsoa|station area)[: ]+[A-Z0-9][\w-]*",
    re.IGNORECASE,
)
_WHOLE_POSTCODE = r"^(?P<half>[A-Z]{1,2}[0-9][A-Z0-9]?) [0-9][A-Z]{2}$"
_NUMBERED_STREET = (
    r"^ *[0-9]{1,4}[A-Za-z]?,? +(?P<street>(?:[A-Z][a-z']+ ){1,3}"
    r"(?:Street|Road|Lane|Avenue|Close|Drive|Way|Crescent|Court|Gardens|Grove|Terrace|Place|Square|Mews|Walk|St|Rd|Ave|Ln|Dr|Cl)(?:[ ,.].*)?)$"
)
# Any one name behind a number: '14 Victoria Hall'. What a number counts or measures is none ('1 Mile Hill').
_NUMBERED_NAME = r"^ *[0-9]{1,4}[A-Za-z]? +(?P<name>[A-Z][A-Za-z' ]+)$"
_COUNTED = r"(?i)^(?:m|metres?|meters?|yards?|yds?|ft|feet|miles?|km|mins?|h|hrs?|hours?|of|x)\b"
_MOST_TITLES = 2000  # of offences that one file has; a column of more holds references or stories
NO_STREETS = "Where a row tells of a sexual offence, its street and its map point are left out."
_EXACT = frozenset({"location", "map_point"})
_OFFENCE_CODES = ("offence_code", "offence_class")
_AXES = {
    "easting": {"easting", "eastings", "mapeast", "east", "x", "e", "geox"},
    "northing": {"northing", "northings", "mapnorth", "north", "y", "n", "geoy"},
    "latitude": {"latitude", "lat"},
    "longitude": {"longitude", "long", "lon", "lng"},
}


def without_house_numbers(column: Cells) -> tuple[Cells, Cells]:
    """Take the number off a plain 'number and street' or name, so that a street of a hundred houses is read once.

    Returns the column, and a flag for each row from which a number was taken.
    """
    coded = coded_of(column)
    street = pc.struct_field(pc.extract_regex(coded.dictionary, _NUMBERED_STREET), "street")
    name = pc.struct_field(pc.extract_regex(coded.dictionary, _NUMBERED_NAME), "name")
    name = pc.if_else(pc.match_substring_regex(name, _COUNTED), pa.scalar(None, pa.string()), name)
    found = pc.coalesce(street, name)
    return pc.coalesce(found, coded.dictionary).take(coded.indices), pc.is_valid(found).take(coded.indices)


def first_halves(column: Cells) -> Cells:
    """Cut whole postcodes in plain form before anything else: there are far fewer halves than wholes."""
    coded = coded_of(column)
    half = pc.struct_field(pc.extract_regex(coded.dictionary, _WHOLE_POSTCODE), "half")
    return cast("Cells", pc.coalesce(half, coded.dictionary).take(coded.indices))


def put_area(kept: KeptColumns, column: AnyColumn, origin: str) -> None:
    """Keep an area, beside what is kept of it already."""
    found = blank_to_null(column)
    if "area" in kept.columns:
        found = blank_to_null(join_words([pc.fill_null(kept.columns["area"], ""), pc.fill_null(found, "")], ", "))
    kept.put("area", found, kept.origin.get("area", origin))


def without_sensitive(
    kept: KeptColumns, gathered: AssembledRecords, target: Target, lists: LocalLists, hate: Cells
) -> Cells:
    """Return a column of places without those that are sensitive; the first half of their postcode stays.

    Args:
        kept: takes which rows they are, so that their map points go too.
        gathered: the records as sent; a secret place's postcode may stand in a column of its own.
        target: the field.
        lists: with the partnership's secret places.
        hate: of each row, whether places of worship are sensitive there: its set or category is about hate.
    """
    column = gathered.columns[target.name]
    coded = coded_of(column)
    flags = pc.fill_null(sensitive(coded.dictionary, lists).take(coded.indices), fill_value=False)
    if lists.secrets and "outward_postcode" in gathered.columns:
        codes = coded_of(gathered.columns["outward_postcode"])
        flags = pc.or_(flags, pc.fill_null(secret(codes.dictionary, lists).take(codes.indices), fill_value=False))
    if pc.any(hate).as_py():
        of_worship = sensitive(coded.dictionary, lists, hate=True).take(coded.indices)
        flags = pc.or_(flags, pc.and_(hate, pc.fill_null(of_worship, fill_value=False)))
    if not pc.any(flags).as_py():
        return column
    kept.note_many(target.name, flags, IdentifierKind.SENSITIVE)
    kept.sheltered = flags if kept.sheltered is None else pc.or_(kept.sheltered, flags)
    add_outward(kept, pc.if_else(flags, column, ""), target.name)
    return cast("Cells", pc.if_else(flags, "", column))


def about_hate(gathered: AssembledRecords, entry: DataSet) -> Cells:
    """Say of each row whether it is about hate: all are in a set about it, else those whose category as sent tells of it."""
    found = cast("Cells", pa.array([is_about_hate(entry.id)] * gathered.height, pa.bool_()))
    for name, target in gathered.targets.items():
        if target.treatment == "category":
            coded = coded_of(gathered.columns[name])
            told = pc.fill_null(tells_of_hate(coded.dictionary).take(coded.indices), fill_value=False)
            found = pc.or_(found, told)
    return found


def blank_points(kept: KeptColumns) -> None:
    """Take the map point from the rows that name a sensitive place."""
    if kept.sheltered is not None and "map_point" in kept.columns:
        nothing = pa.scalar(None, pa.string())
        kept.columns["map_point"] = pc.if_else(kept.sheltered, nothing, kept.columns["map_point"])


def keep_area_only(kept: KeptColumns, gathered: AssembledRecords, target: Target, lists: LocalLists) -> None:
    """Keep of a home's place its area and the first half of its postcode; the street goes.

    Only what calls itself an area is one: 'Castle ward', 'Beat 4', an LSOA. A bare name may be a house.
    """
    column = gathered.columns[target.name]
    coded = coded_of(column)
    only = texts([_areas_named(text) for text in values(coded.dictionary)]).take(coded.indices)
    spread = kept.treat(target.name, only, lambda distinct: grammar.judged(distinct, partial(area, lists=lists)))
    if pc.any(pc.is_valid(blank_to_null(spread.column))).as_py() or "area" not in kept.columns:
        put_area(kept, spread.column, target.name)
    add_outward(kept, column, target.name)


def _areas_named(text: str) -> str:
    """Return the areas that a text names in so many words."""
    return ", ".join(found.group().strip(" ,") for found in _AREA.finditer(text))


def add_outward(kept: KeptColumns, column: Cells, origin: str) -> None:
    """Take the first half of the postcode out of a place's text where no column of its own holds it."""
    distinct = column.dictionary_encode()
    found = treat.outward_postcodes(pc.struct_field(pc.extract_regex(distinct.dictionary, _POSTCODE_AT_END), "code"))
    codes = blank_to_null(flat(found.column).take(distinct.indices))
    if "outward_postcode" in kept.columns:
        kept.columns["outward_postcode"] = pc.coalesce(kept.columns["outward_postcode"], codes)
    elif codes.null_count < len(codes):
        kept.put("outward_postcode", codes, origin)


def blank_homes(kept: KeptColumns, gathered: AssembledRecords, entry: DataSet) -> None:
    """Take street and point from the rows whose category points to a home; postcode and area stay."""
    if not entry.asked.home_risk_categories:
        return
    at_home = _points_to_homes(kept, gathered, entry.asked.home_risk_categories)
    if not pc.any(at_home).as_py():
        return
    if "location" in kept.columns:
        sent = pc.if_else(at_home, gathered.columns["location"], "")
        add_outward(kept, sent, "location")
    for name in ("location", "map_point"):
        if name in kept.columns:
            kept.columns[name] = pc.if_else(at_home, pa.scalar(None, pa.string()), kept.columns[name])


def without_homes(source: Source) -> Source:
    """Return a source without the streets and points of rows that tell of a sexual offence, in whatever set and by whatever code.

    A victim's home may be there. A title beside the category may tell it ('Violence' and 'Rape'), or words of which no code
    is told. Of the place stays its postcode, to be cut. Stories that nobody keeps are not asked: they tell of what was not
    done as well.
    """
    places = [
        match.column
        for match in source.matching.matches
        if match.target is not None and match.target.treatment in _EXACT
    ]
    told = pa.array([False] * source.table.height, pa.bool_())
    for match in source.matching.matches if places else ():
        column = source.table.columns[match.column]
        if match.target.treatment == "category" if match.target is not None else _may_be_titles(sample_of(column)):
            coded = coded_of(column)
            told = pc.or_(told, _tells_of_a_sexual_offence(coded.dictionary, match).take(coded.indices))
    if not pc.any(told).as_py():
        return source
    columns = list(source.table.columns)
    for place in places:
        coded = coded_of(columns[place])
        left = pc.struct_field(pc.extract_regex(coded.dictionary, _POSTCODE_AT_END), "code")
        columns[place] = pc.if_else(told, pc.fill_null(left, "").take(coded.indices), columns[place])
    return source.with_table(replace(source.table, columns=tuple(columns), notes=(*source.table.notes, NO_STREETS)))


def _tells_of_a_sexual_offence(values: Cells, match: Match) -> Cells:
    """Say of each text of a column whether it tells of a sexual offence: by its words, or as the class of an offence."""
    rules = book().sexual_offences
    low = pc.utf8_lower(pc.fill_null(values, ""))
    rest = pc.replace_substring_regex(low, pattern="|".join(rules.groups), replacement=" ")
    told = pc.match_substring_regex(rest, "|".join(rules.words))
    if (match.target is None or match.target.name not in _OFFENCE_CODES) and key(match.heading) not in rules.headings:
        return cast("Cells", told)
    classes = rf"(?i)^\W*0?(?:{'|'.join(rules.classes)})(?:[^0-9a-z]|$)"
    return cast("Cells", pc.or_(told, pc.match_substring_regex(low, classes)))


def _may_be_titles(sample: Sample) -> bool:
    return not sample.is_narrative and sample.distinct <= _MOST_TITLES


def _points_to_homes(kept: KeptColumns, gathered: AssembledRecords, risky: Sequence[str]) -> Cells:
    """Say of each row whether its category's code points to a home."""
    found = pa.array([False] * gathered.height, pa.bool_())
    for name, target in gathered.targets.items():
        if f"{name}_code" in kept.columns and target.codes:
            found = pc.or_(
                found, pc.fill_null(pc.is_in(kept.columns[f"{name}_code"], value_set=texts(risky)), fill_value=False)
            )
    return cast("Cells", found)


def axis_of(heading: str) -> str | None:
    """Tell which coordinate a column holds by its heading; None where a cell holds both."""
    found = [axis for axis, names in _AXES.items() if names & set(words(heading))]
    return found[0] if len(found) == 1 else None


def put_map_points(kept: KeptColumns, gathered: AssembledRecords, target: Target) -> None:
    """Keep the square that a point lies in; two columns of coordinates are brought into one, and further pairs say no more."""
    treated = []
    for heading in _of_one_point(list(gathered.points)):
        column = gathered.points[heading]
        spread = kept.treat(target.name, column, partial(treat.map_points, axis=axis_of(heading)))
        treated.append(pc.fill_null(spread.column, ""))
    kept.put(target.name, join_words(treated, ", "), target.name)


def _of_one_point(headings: list[str]) -> list[str]:
    """Give the columns of the first whole pair, where a file has its points in several ways: 'Easting', 'Easting_rounded', 'Latitude'."""
    first: dict[str | None, str] = {}
    for heading in headings:
        first.setdefault(axis_of(heading), heading)
    for pair in (("easting", "northing"), ("latitude", "longitude")):
        if set(pair) <= first.keys():
            chosen = {first[axis] for axis in pair}
            return [heading for heading in headings if heading in chosen]
    return [first[None]] if None in first else headings
