"""Treat each field as its data set says, and scan what is left, so that nothing kept identifies anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from portal.privacy import recoding as treat
from portal.privacy.identifiers.kinds import IdentifierKind, Setting
from portal.privacy.identifiers.names.vocabulary import Vocabulary
from portal.privacy.identifiers.scanning import remains, scan
from portal.privacy.recoding import Treated
from portal.returns.matching.schema import Target, bands_of
from portal.returns.pipeline.assemble import Gathered
from portal.returns.pipeline.overrides import spare
from portal.returns.treatment import places
from portal.returns.treatment.categories import treat_category
from portal.returns.treatment.cell_boundaries import take_split_out
from portal.returns.treatment.kept_columns import KeptColumns, blank_to_null
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import AnyColumn, Cells, flags_at, pc, texts, values

_SETTINGS = {
    "location": Setting.PLACE,
    "area": Setting.PLACE,
    "school": Setting.SCHOOL,
    "category": Setting.CATEGORY,
    "sex": Setting.CATEGORY,
    "ethnicity_group": Setting.CATEGORY,
    "age_band": Setting.CATEGORY,
}


@dataclass(frozen=True)
class Context:
    """What a treatment may need to know beside the column itself."""

    entry: DataSet
    quarter: Quarter
    answers: Mapping[str, str]
    vocabulary: Vocabulary
    dates_fit: bool = False  # some dates of the file are known to lie in the quarter


def dates_reader(quarter: Quarter, answers: Mapping[str, str], *, fits: bool = False) -> Callable[[AnyColumn], Treated]:
    """Return how the dates of a return are read: for its quarter, and as the sender answered."""
    return partial(
        treat.dates,
        quarter=(quarter.start, quarter.end),
        order=answers.get("date-order"),
        swap=answers.get("date-swap"),
        fits=fits,
    )


def treat_all(gathered: Gathered, context: Context) -> KeptColumns:
    """Treat every column of a return (4.1, steps 8 and 9).

    Args:
        gathered: the records as text columns by target.
        context: the data set, the quarter, the sender's answers and the words that survive whole.
    """
    kept = KeptColumns()
    words = [name for name, target in gathered.targets.items() if _is_words(target)]
    gathered = take_split_out(kept, gathered, words, context.vocabulary)
    order = sorted(
        gathered.targets,
        key=lambda name: (gathered.targets[name].treatment != "date", list(gathered.targets).index(name)),
    )
    for name in order:
        target = gathered.targets[name]
        handler = _HANDLERS.get(target.treatment, _keep)
        handler(kept, gathered, target, context)
    _fill_times(kept, gathered)
    _fill_ages(kept, gathered, context)
    _scan_all(kept, gathered, context)
    spare(kept, gathered, _sparable(kept, gathered, context), context.answers, context.vocabulary)
    places.blank_homes(kept, gathered, context.entry)
    return kept


Handler = Callable[[KeptColumns, Gathered, Target, Context], None]


def _keep(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
    kept.put(target.name, gathered.columns[target.name], target.name)


def _date(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    column = gathered.columns[target.name]
    spread = kept.treat(target.name, column, dates_reader(context.quarter, context.answers, fits=context.dates_fit))
    kept.days = blank_to_null(spread.column)
    if not context.entry.keeping.no_date:
        kept.put(target.name, spread.column, target.name)
    if "said" in spread.extra:
        for told in pc.value_counts(spread.extra["said"].drop_null()).to_pylist():
            kept.reasons[target.name, told["values"]] += told["counts"]
    if "time" in spread.extra:
        kept.columns["\0time"] = blank_to_null(spread.extra["time"])


def _plain(treatment: Callable[[Cells], Treated]) -> Handler:
    """Return the handler of a treatment that needs to know nothing but the column."""

    def handle(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
        kept.put(target.name, kept.treat(target.name, gathered.columns[target.name], treatment).column, target.name)

    return handle


def _location(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    if context.entry.is_home():
        places.keep_area_only(kept, gathered, target, context.vocabulary)
        return
    column, numbered = places.without_house_numbers(gathered.columns[target.name])
    spread = kept.treat(target.name, column, partial(treat.places, vocabulary=context.vocabulary))
    kept.note_many(target.name, numbered, IdentifierKind.ADDRESS)
    kept.put(target.name, spread.column, target.name)


def _postcode(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
    column = places.first_halves(gathered.columns[target.name])
    kept.put(target.name, kept.treat(target.name, column, treat.outward_postcodes).column, target.name)


def _area(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    if target.name != "area":  # a field that asks for the place of a home: its area is kept, its street is not
        places.keep_area_only(kept, gathered, target, context.vocabulary)
        return
    column, vocabulary = gathered.columns[target.name], context.vocabulary
    spread = kept.treat(target.name, column, lambda distinct: treat.areas(distinct, vocabulary))
    places.put_area(kept, spread.column, target.name)


def _point(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
    places.put_map_points(kept, gathered, target)


def _school(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    column, vocabulary = gathered.columns[target.name], context.vocabulary
    spread = kept.treat(target.name, column, lambda distinct: treat.schools(distinct, vocabulary))
    kept.put(target.name, spread.column, target.name)


def _age_band(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    bands = bands_of(context.entry)
    column = gathered.columns[target.name]
    kept.put(
        target.name, kept.treat(target.name, column, lambda ages: treat.age_bands(ages, bands)).column, target.name
    )


def _sex(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
    kept.put(target.name, kept.treat(target.name, gathered.columns[target.name], treat.sexes).column, target.name)
    kept.put(f"{target.name}_code", _codes_of_labels(kept.columns[target.name], target.codes), target.name)


def _codes_of_labels(column: Cells, codes: Mapping[str, str]) -> Cells:
    by_label = {label: code for code, label in codes.items()}
    coded = column.dictionary_encode()
    return texts([by_label.get(label) for label in values(coded.dictionary)]).take(coded.indices)


def _ethnicity(kept: KeptColumns, gathered: Gathered, target: Target, _context: Context) -> None:
    column = gathered.columns[target.name]
    spread = kept.treat(target.name, column, lambda distinct: treat.ethnicities(distinct, target.codes))
    kept.put(target.name, spread.column, target.name)
    found = blank_to_null(spread.extra["code"]) if "code" in spread.extra else None
    # A detailed code folds to its group by its first letter (App 1: ethnicity-5-1).
    letters = pc.utf8_slice_codeunits(column, 0, 1)
    group = pc.if_else(pc.match_substring_regex(column, r"^(?:[WMABO]\d|NS)$"), letters, pa.scalar(None, pa.string()))
    group = pc.if_else(pc.is_in(group, value_set=texts(target.codes)), group, pa.scalar(None, pa.string()))
    kept.put(f"{target.name}_code", group if found is None else pc.coalesce(found, group), target.name)


def _category(kept: KeptColumns, gathered: Gathered, target: Target, context: Context) -> None:
    treat_category(kept, gathered, target, context.vocabulary)


_HANDLERS: dict[str, Handler] = {
    "date": _date,
    "month": _date,
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


def _fill_times(kept: KeptColumns, gathered: Gathered) -> None:
    """Take the time out of the date's cell where the time's own cell is blank or is not there."""
    found = kept.columns.pop("\0time", None)
    if found is None:
        return
    if "time" in kept.columns:
        kept.columns["time"] = pc.coalesce(kept.columns["time"], found)
    elif found.null_count < len(found) and gathered.has_time:
        kept.put("time", found, "date")


def _fill_ages(kept: KeptColumns, gathered: Gathered, context: Context) -> None:
    """Work out an age from a birth date, in memory, only where no age was sent."""
    name = next((each.name for each in context.entry.fields if each.treatment in {"age_years", "age_band"}), "")
    if gathered.births is None or not name:
        return
    missing = pc.is_null(kept.columns[name]) if name in kept.columns else None
    if missing is not None and not pc.any(missing).as_py():
        return
    days = kept.days if kept.days is not None else pa.nulls(gathered.height, pa.string())
    treated = treat.ages_from_births(gathered.births, days, context.quarter.start)
    ages = blank_to_null(treated.column)
    if context.entry.field(name).treatment == "age_band":
        ages = blank_to_null(treat.age_bands(ages, bands_of(context.entry)).column)
    kept.put(name, ages if missing is None else pc.coalesce(kept.columns[name], ages), name)


def _scan_all(kept: KeptColumns, gathered: Gathered, context: Context) -> None:
    """Scan every kept text column; nothing that the scan still finds afterwards is kept (4.3)."""
    for name, setting in _settings_of(kept, gathered).items():

        def scanned(distinct: Cells, setting: Setting = setting) -> Treated:
            found = scan(distinct, setting, context.vocabulary)
            return Treated(found.column, findings=found.findings)

        column = kept.columns[name]
        kept.columns[name] = blank_to_null(kept.treat(kept.origin[name], column, scanned).column)


def _settings_of(kept: KeptColumns, gathered: Gathered) -> dict[str, Setting]:
    """Return the kept columns of words, and what kind of words each holds."""
    found = {}
    for name in kept.columns:
        target = gathered.targets.get(kept.origin.get(name, ""))
        if target is not None and _is_words(target) and not name.endswith("_code") and name != "outward_postcode":
            found[name] = _SETTINGS[target.treatment]
    return found


def _is_words(target: Target) -> bool:
    """Tell whether a column holds words; codes that have no list are taken by their form alone."""
    return target.treatment in _SETTINGS and (bool(target.codes) or target.treatment != "category")


def _sparable(kept: KeptColumns, gathered: Gathered, context: Context) -> dict[str, Setting]:
    """Return the columns in which a cell may be kept as sent: none of the places of homes."""
    found = _settings_of(kept, gathered)
    homes = context.entry.is_home()
    return {
        name: setting
        for name, setting in found.items()
        if name in gathered.columns and not (homes and setting is Setting.PLACE)
    }


def remaining(kept: KeptColumns, gathered: Gathered, vocabulary: Vocabulary) -> dict[str, int]:
    """Count the identifiers still in each kept column: must be none before anything is stored."""
    left = {}
    for name, setting in _settings_of(kept, gathered).items():
        column = kept.columns[name]
        spared = [row for of, row in kept.spared if of == name]
        judged = column.filter(pc.invert(flags_at(len(column), spared))) if spared else column
        if count := remains(judged.unique(), setting, vocabulary):
            left[name] = count
    return left
