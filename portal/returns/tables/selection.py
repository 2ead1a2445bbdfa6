"""Choose which tables of a file are the return, and tell when the file is another data set's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.returns.matching.category_aliases import codes_of_wordings
from portal.returns.matching.column_content import Sample, coded_share, sample_of
from portal.returns.matching.column_names import WEAK, heading_score
from portal.returns.matching.columns import BIRTH_DATE, LIMIT, Matching, match_columns
from portal.returns.matching.schema import codes_of, counts_of, targets_of
from portal.returns.pipeline.assemble import Source
from portal.returns.pipeline.related_datasets import code_in_title, set_of_words
from portal.returns.tables.crosstabs import upright
from portal.returns.tables.extraction import ExtractedTable, find_tables
from portal.returns.tables.statuses import by_status
from portal.returns.tables.wide_headings import crossed, settle_totals
from portal.returns.tables.without_headings import headless
from portal.returns.treatment.aggregation import is_record_level, status_column
from portal.rules.datasets.catalogue import DataSet, data_set, data_sets
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.sheets import Workbook

_FOREIGN_SHARE = 0.7  # of the categories that are codes of another set's list
_OF_ITS_LIST = 0.5  # of the categories that are of a set's list, where the file is told to be of that set
_OWN_SHARE = 0.1  # of them that are codes of the set's own
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\d{4} ?h|[2-5]\d{4}\.\d")
_FEWEST = 2  # distinct categories from which that can be told


@dataclass(frozen=True)
class TableSelection:
    """The tables that make the return, the sheets that do not, and what each column was taken for."""

    sources: tuple[Source, ...]
    other_sheets: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]


def find_all_tables(reading: Workbook, entry: DataSet, edition_id: str, quarter: Quarter) -> list[ExtractedTable]:
    """Return every table of a file, those of counts set upright; a list of counts may have no headings.

    Raises:
        RefusedFileError: there is none, or none with a record in it.
    """
    tables = [table for sheet in reading.sheets if sheet.height for table in find_tables(sheet, heading_score)]
    if not any(table.height for table in tables):
        lists = [headless(sheet, entry, edition_id, quarter) for sheet in reading.sheets if sheet.height]
        tables = [table for table in lists if table is not None] or tables
    if not tables:
        raise RefusedFileError(errors.NO_TABLE)
    filled = [table for table in tables if table.height]
    if not filled:
        raise RefusedFileError(errors.ONLY_HEADINGS)
    return [by_status(upright(table, entry, edition_id, quarter), entry, edition_id) for table in filled]


def choose(
    tables: Sequence[ExtractedTable], entry: DataSet, edition_id: str, quarter: Quarter, mapping: Mapping[str, str]
) -> TableSelection:
    """Return the tables that make the return of a data set, each with its columns matched.

    Args:
        tables: every table of the file.
        entry: the data set.
        edition_id: the edition whose code lists hold.
        quarter: the chosen quarter.
        mapping: heading -> target, as the sender answered or confirmed.
    """
    claims = [claim(table, entry, edition_id, quarter, mapping) for table in tables]
    best = min(len(each.missing) for each in claims)
    alike = _as_the_first(claims, best)
    claims = [
        claim(each.source.table, entry, edition_id, quarter, {**alike, **mapping})
        if len(each.missing) > best and alike.keys() == set(each.source.table.headings)
        else each
        for each in claims
    ]
    chosen = [each for each in claims if len(each.missing) == best]
    taken = {each.source.table.sheet for each in chosen}
    others = tuple(dict.fromkeys(table.sheet for table in tables if table.sheet not in taken))
    return TableSelection(tuple(each.source for each in chosen), others, chosen[0].missing)


def _as_the_first(claims: Sequence["ClaimedTable"], best: int) -> dict[str, str]:
    """Return how the first table that fits was matched: sheets with the same headings are one return."""
    first = next(each.source.matching for each in claims if len(each.missing) == best)
    if len({match.heading for match in first.matches}) < len(first.matches):
        return {}  # a heading that stands twice says not which
    return {
        match.heading: match.target.name if match.target is not None else BIRTH_DATE if match.is_birth_date else "none"
        for match in first.matches
    }


@dataclass(frozen=True)
class ClaimedTable:
    """A table with its columns matched to the data set it seems to belong to, and what it lacks."""

    source: Source
    missing: tuple[tuple[str, ...], ...] = ()


def claim(
    table: ExtractedTable, entry: DataSet, edition_id: str, quarter: Quarter, mapping: Mapping[str, str]
) -> ClaimedTable:
    """Return a table as a part of the data set's return, or of a related set's that it names."""
    named = set_of_words(table.title, entry) if entry.policy.related_datasets else ""
    if named and named != entry.id:
        related = data_set(named)
        found = _as_part(table, related, edition_id, quarter, mapping)
        if not found.missing:
            return found
    return _as_part(table, entry, edition_id, quarter, mapping)


def _as_part(
    table: ExtractedTable, entry: DataSet, edition_id: str, quarter: Quarter, mapping: Mapping[str, str]
) -> ClaimedTable:
    wide = crossed(table, entry, edition_id, quarter)
    matching = match_columns(table.headings, table.columns, wide.targets, quarter.year, mapping, wide.told)
    matching = _number_of_what(matching, entry, edition_id)
    table, matching = settle_totals(table, matching, entry, edition_id, quarter)
    missing = missing_groups(matching, entry.required(), _held_within(table, matching, entry))
    counts = set(counts_of(entry))
    countable = entry.policy.count_records and all(set(group) & counts for group in missing)
    if countable and is_record_level(table, matching, entry):
        status = status_column(table, matching, entry, edition_id)
        return ClaimedTable(Source(table, matching, entry.id, status_column=status, counted=True))
    if missing:
        constants = _constants(table, entry, edition_id, missing)
        missing = tuple(group for group in missing if not set(group) & set(constants))
        return ClaimedTable(Source(table, matching, entry.id, constants), missing)
    return ClaimedTable(Source(table, matching, entry.id))


def _number_of_what(matching: Matching, entry: DataSet, edition_id: str) -> Matching:
    """Take a bare 'Number' beside a column of needs for the number with that need, not for all."""
    wide, counts = entry.policy.wide, counts_of(entry)
    if wide is None or wide.by not in matching.names or wide.count in matching.names or len(counts) == 1:
        return matching
    target = next(each for each in targets_of(entry.id, edition_id) if each.name == wide.count)
    matches = tuple(
        replace(match, target=target)
        if match.target is not None and match.target.name == counts[0] and match.confidence <= WEAK
        else match
        for match in matching.matches
    )
    return replace(matching, matches=matches)


def _constants(
    table: ExtractedTable, entry: DataSet, edition_id: str, missing: Sequence[tuple[str, ...]]
) -> dict[str, str]:
    """Return the category that a sheet's name or title gives to all its rows, where no column does."""
    found = {}
    for group in missing:
        for each in entry.fields:
            if each.name in group and each.treatment == "category":
                codes = codes_of(each, edition_id)
                code = code_in_title(table.title, codes) if codes and table.title else ""
                if code:
                    found[each.name] = codes[code]
    return found


def _held_within(table: ExtractedTable, matching: Matching, entry: DataSet) -> frozenset[str]:
    """Return the fields that other columns hold within them: a time beside its day, an age in a birth date."""
    found = {
        "time"
        for match in matching.of("date")
        if any(_CLOCK.search(value) for value in sample_of(table.columns[match.column]).values)
    }
    if any(match.is_birth_date for match in matching.matches):
        found |= {each.name for each in entry.fields if each.treatment in {"age_years", "age_band"}}
    wide = entry.policy.wide
    if wide is not None and any(name.startswith(f"{wide.count}.") for name in matching.names):
        found.add(wide.by)
    return frozenset(found)


def missing_groups(
    matching: Matching, groups: Sequence[tuple[str, ...]], held: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of fields of which a table has none, by a column of its own or within another."""
    names = matching.names | held
    return tuple(group for group in groups if not any(_covers(name, names) for name in group))


def _covers(name: str, names: frozenset[str]) -> bool:
    return name in names or any(each.startswith(f"{name}.") for each in names)


def likeliest(
    tables: Sequence[ExtractedTable], entry: DataSet, edition_id: str, quarter: Quarter
) -> tuple[DataSet | None, float]:
    """Return the data set that a file fits whole, and by how much it fits it better than the chosen one.

    Only a set of which the file shows something of its own is told: a date and a place alone fit many, and would fit anything.
    """
    best: tuple[float, DataSet] | None = None
    for other in data_sets():
        if other.id == entry.id:
            continue
        targets = targets_of(other.id, edition_id)
        for table in tables:
            matching = match_columns(table.headings, table.columns, targets, quarter.year)
            if missing_groups(matching, other.required(), _held_within(table, matching, other)):
                continue
            if not _shows_its_own(matching, table):
                continue
            score = _fit(matching, table, other)
            if best is None or score > best[0]:
                best = (score, other)
    own = max(
        _fit(match_columns(table.headings, table.columns, targets_of(entry.id, edition_id), quarter.year), table, entry)
        for table in tables
    )
    return (best[1], best[0] - own) if best is not None else (None, 0.0)


def _shows_its_own(matching: Matching, table: ExtractedTable) -> bool:
    """Tell whether a table holds what only a set of this kind has: codes of its list, schools, or counts under their names."""
    for match in matching.matches:
        target = match.target
        if target is None or not target.listed:
            continue
        if target.treatment in {"school", "count"} and match.why == "name" and match.confidence > LIMIT:
            return True
        if coded_share(sample_of(table.columns[match.column]), target) >= _OF_ITS_LIST:
            return True
    return False


def _fit(matching: Matching, table: ExtractedTable, entry: DataSet) -> float:
    """Return how much of a data set a table holds, its own codes counting most."""
    held = [match for match in matching.matches if match.target is not None and match.target.listed]
    names = {match.target.name for match in held if match.target is not None}
    coded = max(
        (coded_share(sample_of(table.columns[match.column]), match.target) for match in held if match.target),
        default=0.0,
    )
    wanted = len(entry.asked.fields)
    return sum(match.confidence for match in held) / max(wanted, len(names)) + coded


def foreign_codes(choice: TableSelection, entry: DataSet, edition_id: str) -> DataSet | None:
    """Return the data set whose codes the categories are, where they are hardly any of the chosen set's own."""
    for source in choice.sources:
        for match in source.matching.matches:
            target = match.target
            if source.data_set_id != entry.id or target is None or target.treatment != "category" or not target.codes:
                continue
            sample = sample_of(source.table.columns[match.column])
            own = codes_of_wordings(list(sample.values), target.list_id, target.codes)
            if len(sample.values) < _FEWEST or sum(code is not None for code in own) > _OWN_SHARE * len(own):
                continue
            found = _whose_codes(sample, entry, edition_id)
            if found is not None:
                return found
    return None


def _whose_codes(sample: Sample, entry: DataSet, edition_id: str) -> DataSet | None:
    family = {entry.id, *entry.policy.related_datasets}
    best: tuple[float, DataSet] | None = None
    for other in data_sets():
        if other.id in family:
            continue
        for target in targets_of(other.id, edition_id):
            share = coded_share(sample, target) if target.treatment == "category" and target.codes else 0.0
            if share >= _FOREIGN_SHARE and (best is None or share > best[0]):
                best = (share, other)
    return best[1] if best is not None else None
