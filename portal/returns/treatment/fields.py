"""Treat each field as its data set says; of words stays only what the grammar of their kind lets stay."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

import pyarrow as pa

from portal.privacy import recoding as treat
from portal.privacy.grammar import columns as grammar
from portal.privacy.grammar.area import SHARED, area, may_be_shared
from portal.privacy.grammar.school import school, school_address
from portal.privacy.identifiers.kinds import IdentifierKind
from portal.privacy.recoding import Treated
from portal.returns.matching.schema import Target, bands_of
from portal.returns.pipeline.assemble import AssembledRecords
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.treatment import places
from portal.returns.treatment.categories import treat_category
from portal.returns.treatment.kept_columns import KeptColumns, blank_to_null
from portal.returns.treatment.people import without_people
from portal.returns.treatment.periods import of_one_quarter
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import AnyColumn, Cells, pc, texts, values

_FEW_AREAS = 60  # distinct values of a column of areas; a column with more, and half of its rows, holds something else


def dates_reader(quarter: Quarter, answers: Mapping[str, str], *, fits: bool = False) -> Callable[[AnyColumn], Treated]:
    """Return how the dates of a return are read: for its quarter, and as the sender answered."""
    return partial(
        treat.dates,
        quarter=(quarter.start, quarter.end),
        order=answers.get("date-order"),
        swap=answers.get("date-swap"),
        fits=fits,
    )


def treat_all(gathered: AssembledRecords, options: ReturnOptions) -> KeptColumns:
    """Treat every column of a return.

    Args:
        gathered: the records as text columns by target.
        options: the data set, the quarter, the sender's answers, and what the partnership knows.
    """
    kept = KeptColumns()
    order = sorted(
        gathered.targets,
        key=lambda name: (gathered.targets[name].treatment != "date", list(gathered.targets).index(name)),
    )
    for name in order:
        target = gathered.targets[name]
        handler = _HANDLERS.get(target.treatment, _keep)
        handler(kept, gathered, target, options)
    _fill_times(kept, gathered)
    _fill_ages(kept, gathered, options)
    places.blank_homes(kept, gathered, options.entry)
    places.blank_points(kept)
    without_people(kept, gathered.targets, options.people)
    return kept


Handler = Callable[[KeptColumns, AssembledRecords, Target, ReturnOptions], None]


def _keep(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
    kept.put(target.name, gathered.columns[target.name], target.name)


def _period(_kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    heading = gathered.shown.get(target.name, target.label)
    of_one_quarter(gathered.columns[target.name], heading, options.quarter)  # the quarter is written beside each row


def _date(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    column = gathered.columns[target.name]
    spread = kept.treat(target.name, column, dates_reader(options.quarter, options.answers, fits=options.dates_fit))
    kept.days = blank_to_null(spread.column)
    if not options.entry.policy.no_date:
        kept.put(target.name, spread.column, target.name)
    if "said" in spread.extra:
        for told in pc.value_counts(spread.extra["said"].drop_null()).to_pylist():
            kept.reasons[target.name, told["values"]] += told["counts"]
    if "time" in spread.extra:
        kept.times = blank_to_null(spread.extra["time"])


def _plain(treatment: Callable[[Cells], Treated]) -> Handler:
    """Return the handler of a treatment that needs to know nothing but the column."""

    def handle(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
        kept.put(target.name, kept.treat(target.name, gathered.columns[target.name], treatment).column, target.name)

    return handle


def _location(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    if options.entry.is_home():
        places.keep_area_only(kept, gathered, target, options.lists)
        return
    hate = places.about_hate(gathered, options.entry)
    column = places.without_sensitive(kept, gathered, target, options.lists, hate)
    column, numbered = places.without_house_numbers(cast("Cells", grammar.lines_apart(column)))
    spread = kept.treat(target.name, column, partial(grammar.places, lists=options.lists))
    kept.note_many(target.name, numbered, IdentifierKind.ADDRESS)
    kept.put(target.name, spread.column, target.name)


def _postcode(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
    column = places.first_halves(gathered.columns[target.name])
    kept.put(target.name, kept.treat(target.name, column, treat.outward_postcodes).column, target.name)


def _area(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    if target.name != "area":  # a field that asks for the place of a home: its area is kept, its street is not
        places.keep_area_only(kept, gathered, target, options.lists)
        return
    column = cast("Cells", grammar.lines_apart(gathered.columns[target.name]))
    rule = partial(area, lists=options.lists, shared=_shared(column))
    spread = kept.treat(target.name, column, lambda distinct: grammar.judged(distinct, rule))
    places.put_area(kept, spread.column, target.name)


def _shared(column: Cells) -> frozenset[str]:
    """Give the values of a column of areas that at least five records share, if the column has few values."""
    counted = pc.value_counts(column.filter(pc.not_equal(column, "")))
    if not len(counted) or len(counted) > max(_FEW_AREAS, len(column) // 2):
        return frozenset()
    many = counted.field(0).filter(pc.greater_equal(counted.field(1), SHARED))
    return frozenset(text.strip() for text in values(many) if may_be_shared(text.strip()))


def _point(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
    places.put_map_points(kept, gathered, target)


def _school(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    column = cast("Cells", grammar.lines_apart(gathered.columns[target.name]))
    if not target.name.endswith("address"):
        rule = partial(school, lists=options.lists)
        spread = kept.treat(target.name, column, lambda distinct: grammar.judged(distinct, rule))
        kept.put(target.name, spread.column, target.name)
        return
    whole = _stayed_whole(kept, gathered, "school_name")
    treated = []
    for beside, flags in ((True, whole), (False, pc.invert(whole))):
        rule = partial(school_address, lists=options.lists, beside_school=beside)
        treated.append(kept.treat(target.name, pc.if_else(flags, column, ""), partial(grammar.judged, grammar=rule)))
    kept.put(target.name, pc.coalesce(*(blank_to_null(one.column) for one in treated)), target.name)


def _stayed_whole(kept: KeptColumns, gathered: AssembledRecords, name: str) -> Cells:
    """Say in which rows a field was kept as it was sent, which must be so for what stands beside it to be kept."""
    if name not in kept.columns:
        return cast("Cells", pc.is_null(texts([""] * gathered.height)))
    sent = pc.utf8_trim_whitespace(grammar.lines_apart(gathered.columns[name]))
    return cast("Cells", pc.fill_null(pc.equal(kept.columns[name], sent), fill_value=False))


def _age_band(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    bands = bands_of(options.entry)
    column = gathered.columns[target.name]
    kept.put(
        target.name, kept.treat(target.name, column, lambda ages: treat.age_bands(ages, bands)).column, target.name
    )


def _sex(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
    kept.put(target.name, kept.treat(target.name, gathered.columns[target.name], treat.sexes).column, target.name)
    kept.put(f"{target.name}_code", _codes_of_labels(kept.columns[target.name], target.codes), target.name)


def _codes_of_labels(column: Cells, codes: Mapping[str, str]) -> Cells:
    by_label = {label: code for code, label in codes.items()}
    coded = column.dictionary_encode()
    return texts([by_label.get(label) for label in values(coded.dictionary)]).take(coded.indices)


def _ethnicity(kept: KeptColumns, gathered: AssembledRecords, target: Target, _options: ReturnOptions) -> None:
    column = gathered.columns[target.name]
    spread = kept.treat(target.name, column, lambda distinct: treat.ethnicities(distinct, target.codes))
    kept.put(target.name, spread.column, target.name)
    found = blank_to_null(spread.extra["code"]) if "code" in spread.extra else None
    # A detailed code folds to its group by its first letter (App 1: ethnicity-5-1).
    letters = pc.utf8_slice_codeunits(column, 0, 1)
    group = pc.if_else(pc.match_substring_regex(column, r"^(?:[WMABO]\d|NS)$"), letters, pa.scalar(None, pa.string()))
    group = pc.if_else(pc.is_in(group, value_set=texts(target.codes)), group, pa.scalar(None, pa.string()))
    kept.put(f"{target.name}_code", group if found is None else pc.coalesce(found, group), target.name)


def _category(kept: KeptColumns, gathered: AssembledRecords, target: Target, options: ReturnOptions) -> None:
    treat_category(kept, gathered, target, options.wordings.get(target.name, {}))


_HANDLERS: dict[str, Handler] = {
    "keep": _period,
    "date": _date,
    "time": _plain(treat.times),
    "location": _location,
    "area": _area,
    "outward_postcode": _postcode,
    "map_point": _point,
    "school": _school,
    "age_years": _plain(treat.ages),
    "age_band": _age_band,
    "sex": _sex,
    "ethnicity_group": _ethnicity,
    "count": _plain(treat.counts),
    "category": _category,
}


def _fill_times(kept: KeptColumns, gathered: AssembledRecords) -> None:
    """Take the time out of the date's cell where the time's own cell is blank or is not there."""
    found = kept.times
    if found is None:
        return
    if "time" in kept.columns:
        kept.columns["time"] = pc.coalesce(kept.columns["time"], found)
    elif found.null_count < len(found) and gathered.has_time:
        kept.put("time", found, "date")


def _fill_ages(kept: KeptColumns, gathered: AssembledRecords, options: ReturnOptions) -> None:
    """Work out an age from a birth date, in memory, only where no age was sent."""
    name = next((each.name for each in options.entry.fields if each.treatment in {"age_years", "age_band"}), "")
    if gathered.births is None or not name:
        return
    missing = pc.is_null(kept.columns[name]) if name in kept.columns else None
    if missing is not None and not pc.any(missing).as_py():
        return
    days = kept.days if kept.days is not None else pa.nulls(gathered.height, pa.string())
    treated = treat.ages_from_births(gathered.births, days, options.quarter.start)
    ages = blank_to_null(treated.column)
    if options.entry.field(name).treatment == "age_band":
        ages = blank_to_null(treat.age_bands(ages, bands_of(options.entry)).column)
    kept.put(name, ages if missing is None else pc.coalesce(kept.columns[name], ages), name)
