"""Count a file with a row a person by the fields of its data set; the rows themselves are then discarded."""

import re
from dataclasses import replace
from typing import Any

import pyarrow as pa

from portal.privacy.recoding.counts import is_counted, span_of
from portal.returns.matching.column_content import is_flag, sample_of, says_no
from portal.returns.matching.columns import UNKNOWN_HEADING, Match, Matching, person_column
from portal.returns.matching.heading_text import key, words
from portal.returns.matching.schema import counts_of, targets_of
from portal.returns.matching.value_shapes import MONTH
from portal.returns.pipeline.assemble import AssembledRecords
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.tables.extraction import ExtractedTable
from portal.returns.treatment.kept_columns import KeptColumns
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.types import DataField
from portal.spreadsheets.arrow_columns import Cells, counting, pc, texts, values

_MOSTLY = 0.6
_ALL, _PLACE, _PERSON = "all records", "place of the record", "who the record is of"  # no field has a name with a space
_MONTH_OF_YEAR = re.compile(r"20\d{2}-\d{2}")
_COUNTING = frozenset({"number", "count", "total", "all", "of", "the", "in", "recorded", "month", "period", "quarter"})
_SAYS_COUNT = frozenset({"count", "counts", "volume", "frequency", "totals"})
# What a record is called, as `words` has it.
_OF_RECORDS = _SAYS_COUNT | frozenset(
    [
        "incident",
        "crime",
        "offence",
        "call",
        "calls",
        "record",
        "records",
        "case",
        "cases",
        "admission",
        "admissions",
        "attendance",
        "attendances",
        "exclusion",
        "exclusions",
        "suspension",
        "suspensions",
        "fire",
        "fires",
        "collision",
        "collisions",
        "accidents",
        "complaints",
        "reports",
        "events",
        "assaults",
        "attacks",
        "spells",
        "episodes",
        "patients",
        "pupils",
    ]
)
_REFERENCE = re.compile(r"\w\s+(?:no|nr)\W*$", re.IGNORECASE)  # 'Inc No' numbers things; 'Number' counts them


def is_record_level(table: ExtractedTable, matching: Matching, entry: DataSet) -> bool:
    """Tell whether a table has a row a person: no numbers, but something to count by.

    Columns of yes and no, one for each need, are something to count.
    """
    counts = [match for match in matching.matches if match.target is not None and match.target.treatment == "count"]
    if counts and _has_row_a_person(table, matching) and all(_is_whole(table, match) for match in counts):
        return True  # whatever is counted of each person is added up
    if any("." not in match.target.name or not _is_flagged(table, match) for match in counts if match.target):
        return False
    doubts = [each for each in matching.doubts if each.target is not None and each.target.treatment == "count"]
    if any(not _is_flagged(table, doubt) for doubt in doubts):
        return False  # some column may hold the numbers: the sender is asked
    if counts:
        return _has_letters(table, counts) or person_column(matching) is not None
    names = {each.name for each in entry.fields if each.treatment not in {"count", "keep"}}
    named = person_column(matching) is not None
    return bool(matching.names & names) and not any(
        _may_be_numbers(table, match) or (not named and _is_unknown_number(table, match)) for match in matching.matches
    )


def _is_unknown_number(table: ExtractedTable, match: Match) -> bool:
    """Tell whether a column under a heading that nobody knows holds numbers: in a file that names nobody, perhaps the counts."""
    return match.why == UNKNOWN_HEADING and sample_of(table.columns[match.column]).whole > _MOSTLY


def _may_be_numbers(table: ExtractedTable, match: Match) -> bool:
    """Tell whether a column that is not kept reads like the numbers that are asked for."""
    says_so = {"number", "count", "total"} & set(words(match.heading))
    is_reference = match.why in {"case_number", "national_number"} or (
        says_so == {"number"} and bool(_REFERENCE.search(match.heading))
    )
    return (
        bool(says_so)
        and match.target is None
        and not is_reference
        and sample_of(table.columns[match.column]).whole > _MOSTLY
    )


def numbers_of_records(table: ExtractedTable, matching: Matching) -> int | None:
    """Return a column that reads like numbers of records: headed as a count of them, with whole numbers above one.

    Where only months are given for dates, and no place, any column of whole numbers under an unknown heading does.
    """
    monthly = "location" not in matching.names and any(_are_months(table, match) for match in matching.of("date"))
    for match in matching.matches:
        counts = _counts_records(match.heading) and match.why not in {"case_number", "national_number"}
        if match.target is None and (counts or (monthly and match.why == UNKNOWN_HEADING)):
            sample = sample_of(table.columns[match.column])
            if sample.whole > _MOSTLY and any(value not in {"0", "1"} for value in sample.values if is_counted(value)):
                return match.column
    return None


def _counts_records(heading: str) -> bool:
    """Tell whether a heading says a number of records: 'Admissions', 'No. of calls', 'Count'; 'Incident No' is one's own."""
    found = words(heading)
    if not set(found) <= _OF_RECORDS | _COUNTING or not set(found) & _OF_RECORDS:
        return False
    several = any(word.endswith("s") for word in heading.lower().split())
    return several or bool(set(found) & _SAYS_COUNT) or found[0] in {"number", "total"}


def _are_months(table: ExtractedTable, match: Match) -> bool:
    found = sample_of(table.columns[match.column]).values
    return bool(found) and all(MONTH.match(value) or _MONTH_OF_YEAR.fullmatch(value) for value in found)


def unknown_words(table: ExtractedTable, matching: Matching) -> int | None:
    """Return a column that should count people, in a table with a row a person, but holds words that say neither yes nor no."""
    if person_column(matching) is None:
        return None
    for match in (*matching.matches, *matching.doubts):
        if match.target is None or match.target.treatment != "count":
            continue
        sample = sample_of(table.columns[match.column])
        if any(not is_flag(value) and not is_counted(value) for value in sample.values):
            return match.column
    return None


def _has_row_a_person(table: ExtractedTable, matching: Matching) -> bool:
    """Tell whether a column names or numbers people, and hardly any stands twice."""
    place = person_column(matching)
    if place is None:
        return False
    sample = sample_of(table.columns[place])
    return sample.filled > 1 and sample.distinct > _MOSTLY * sample.filled


def _is_whole(table: ExtractedTable, match: Match) -> bool:
    """Tell whether a column holds plain numbers or yes and no, without a bound or a mark."""
    values_of = sample_of(table.columns[match.column]).values
    return all(
        is_flag(value) or ((span := span_of(value)) is not None and span.least == span.most) for value in values_of
    )


def _is_flagged(table: ExtractedTable, match: Match) -> bool:
    sample = sample_of(table.columns[match.column])
    return all(is_flag(value) for value in sample.values)


def _has_letters(table: ExtractedTable, counts: list[Match]) -> bool:
    return any(any(not value.isdigit() for value in sample_of(table.columns[match.column]).values) for match in counts)


def status_column(table: ExtractedTable, matching: Matching, entry: DataSet, edition_id: str) -> int | None:
    """Return the column whose values name the counts of a set that has several ('Allocated', 'Waiting')."""
    wanted = {name: _words_of(entry, edition_id, name) for name in counts_of(entry)}
    if len(wanted) < 2:  # noqa: PLR2004 - with one count there is nothing to tell apart
        return None
    for match in matching.matches:
        sample = sample_of(table.columns[match.column])
        hits = sum(any(key(value) in words for words in wanted.values()) for value in sample.values)
        if match.target is None and sample.values and hits >= _MOSTLY * len(sample.values):
            return match.column
    return None


def _words_of(entry: DataSet, edition_id: str, name: str) -> frozenset[str]:
    return next(target.sure for target in targets_of(entry.id, edition_id) if target.name == name)


def count_records(kept: KeptColumns, gathered: AssembledRecords, options: ReturnOptions) -> tuple[KeptColumns, Cells]:
    """Return the counts by the set's fields, and the place of each group's first record.

    Args:
        kept: the treated records; columns of yes and no are still text.
        gathered: the same records before: what tells one person from another (without it each row is one), and the
            values that name the counts, where the set has several.
        options: the data set, and the edition whose words hold.
    """
    counts = counts_of(options.entry)
    names = [name for name in kept.columns if name.partition(".")[0] not in counts]
    numbers = _numbers(kept, gathered, options)
    fields = {name: kept.columns[name] for name in names} | numbers
    helpers = {_ALL: texts([""] * gathered.height), _PLACE: counting(0, gathered.height)}
    wanted: Any = [(name, "sum") for name in numbers] + [(_PLACE, "min")]
    if gathered.persons is not None:
        helpers[_PERSON] = gathered.persons
        wanted.append((_PERSON, "count_distinct"))
    grouped = pa.table(fields | helpers).group_by([*names, _ALL], use_threads=False).aggregate(wanted)
    grouped = grouped.take(pc.sort_indices(grouped[f"{_PLACE}_min"]))
    made = replace(kept, columns={}, origin={}, days=None)
    for name in names:
        made.put(name, grouped[name], kept.origin[name])
    has_persons = gathered.persons is not None and gathered.statuses is None
    people = next(iter(numbers)) if has_persons and len(counts) > 1 else ""  # the first count is of people
    for name in numbers:
        found = grouped[f"{_PERSON}_count_distinct" if people == name == counts[0] else f"{name}_sum"]
        made.put(name, found.cast(pa.string()), name)
    return made, grouped[f"{_PLACE}_min"].combine_chunks()


def _numbers(kept: KeptColumns, gathered: AssembledRecords, options: ReturnOptions) -> dict[str, Cells]:
    """Return a column of ones and noughts for each count."""
    entry = options.entry
    flagged = {name: column for name, column in kept.columns.items() if name.partition(".")[0] in counts_of(entry)}
    found = {name: texts_to_flags(column) for name, column in flagged.items()}
    if gathered.statuses is not None:
        for name in counts_of(entry):
            words = _words_of(entry, options.edition_id, name)
            found[name] = pa.array([int(key(value) in words) for value in values(gathered.statuses)], pa.int64())
        return found
    wide = entry.policy.wide
    for each in _counts_to_make(entry, {name.partition(".")[0] for name in flagged}):
        if not (
            wide is not None and each.name == wide.count and wide.by not in kept.columns and len(counts_of(entry)) > 1
        ):
            found[each.name] = pa.array([1] * gathered.height, pa.int64())
    return found


def _counts_to_make(entry: DataSet, made: set[str]) -> list[DataField]:
    return [each for each in entry.fields if each.treatment == "count" and each.name not in made]


def texts_to_flags(column: Cells) -> Cells:
    """Return the number in a cell; 1 where it says yes, and 0 where it says no or nothing."""
    coded = pc.fill_null(column, "").dictionary_encode()
    flags = pa.array([_number_of(value) for value in values(coded.dictionary)], pa.int64())
    return flags.take(coded.indices)


def _number_of(value: str) -> int:
    span = span_of(value)
    return span.least if span is not None else int(not says_no(value))
