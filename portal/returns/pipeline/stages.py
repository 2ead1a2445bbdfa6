"""Take one file the whole way from bytes to an outcome. Runs inside the limited child process."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyarrow as pa

from portal.privacy.risk.coarsening import coarser
from portal.returns.matching import questions as asking
from portal.returns.matching.heading_text import key
from portal.returns.pipeline.combine import merge, to_table
from portal.returns.pipeline.corrections import correct
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.outcomes import FileOutcome, refused, to_parquet
from portal.returns.pipeline.progress import UnderstoodFile
from portal.returns.pipeline.quarter_check import QuarterCheck, check_quarter
from portal.returns.pipeline.related_datasets import category_codes, is_icd
from portal.returns.pipeline.split import TreatedPart, make_parts
from portal.returns.report import report as reporting
from portal.returns.report.file_report import CellProblem, FileQuestion
from portal.returns.report.masking import shown_heading
from portal.returns.report.preview import preview
from portal.returns.report.problems import Places, problems_of, wordings_of
from portal.returns.report.risk_wording import risk_of
from portal.returns.tables.extraction import ExtractedTable
from portal.returns.tables.row_labels import fill_down
from portal.returns.tables.selection import TableSelection, choose, find_all_tables, foreign_codes, likeliest
from portal.returns.tables.totals import leave_totals_out
from portal.returns.treatment.aggregation import unknown_words
from portal.returns.treatment.collisions import by_collision, lacking
from portal.returns.treatment.fire_vehicles import vehicles_told_beside
from portal.returns.treatment.periods import with_their_month
from portal.returns.treatment.places import without_homes
from portal.returns.treatment.road_numbers import with_roads
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.spreadsheets import errors
from portal.spreadsheets.arrow_columns import Cells, flags_at, pc
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.reading import read
from portal.spreadsheets.sheets import Workbook

Progress = Callable[[str, int, int], None]
LEAVE_OUT = "leave-out"
_CLEARLY_ANOTHER = 0.3  # by how much a file fits another data set better than the chosen one


def work(source: bytes, wanted: ReturnOptions, progress: Progress | None = None) -> FileOutcome:
    """Return what comes of a file's bytes, in this process: for tests and measurements.

    Args:
        source: the whole file.
        wanted: the data set, quarter, edition, mapping and answers.
        progress: told each stage, how much is done, and how much there is.
    """
    try:
        reading = read(source)
    except RefusedFileError as error:
        return refused(error.message)
    return understand(reading, wanted, progress or (lambda _stage, _done, _of: None))


def understand(reading: Workbook, wanted: ReturnOptions, tell: Progress) -> FileOutcome:
    """Return what comes of a file that was read.

    Args:
        reading: its sheets.
        wanted: the data set, quarter, edition, mapping and answers.
        tell: told each stage, how much is done, and how much there is.
    """
    try:
        return _understand(reading, wanted, tell)
    except RefusedFileError as error:
        return refused(error.message)


def _understand(reading: Workbook, wanted: ReturnOptions, tell: Progress) -> FileOutcome:
    entry, edition_id = data_set(wanted.data_set_id), wanted.edition_id
    height = sum(sheet.height for sheet in reading.sheets)
    tell("understanding", 0, height)
    found = find_all_tables(reading, entry, edition_id, wanted.quarter)
    tables = [with_roads(by_collision(table, entry), entry, edition_id) for table in found]
    choice = choose(tables, entry, edition_id, wanted.quarter, wanted.mapping)
    choice = replace(choice, missing=lacking(choice.missing, choice.sources, entry))
    asked = asking.about_all_ages(choice, entry)
    if alike := _headed_alike(choice):
        return alike
    if choice.missing or asked:
        return _asked_or_refused(tables, choice, wanted, asked)
    stop = _other_rows(choice, entry, wanted)
    if stop is not None:
        return stop
    foreign = foreign_codes(choice, entry, edition_id)
    if foreign is not None and wanted.answers.get("data-set") != entry.id:
        if is_icd(category_codes(foreign, edition_id)):
            return refused(reporting.looks_like(entry, foreign), columns=reporting.columns(choice))
        return reporting.question([asking.which_set(entry, foreign)], choice)
    dated = [with_their_month(source, wanted.quarter) for source in choice.sources]
    given = [without_homes(source) for source in correct(dated, reading, wanted.answers)]
    totals = [leave_totals_out(source.table, source.matching) for source in given]
    sources = [
        vehicles_told_beside(source.with_table(total.table)) for source, total in zip(given, totals, strict=True)
    ]
    filled = (
        [fill_down(source) for source in sources] if entry.level == "aggregate" else [(each, 0) for each in sources]
    )
    sources = [source for source, _ in filled]
    if not sum(source.table.height for source in sources):
        raise RefusedFileError(errors.ONLY_HEADINGS)
    checked = [each for total in totals for each in total.checked]
    below = sum(count for _, count in filled)
    return _treat(UnderstoodFile(entry, wanted.quarter, reading, choice, checked, sources, below), wanted, tell)


def _asked_or_refused(
    tables: Sequence[ExtractedTable], choice: TableSelection, wanted: ReturnOptions, asked: list[FileQuestion]
) -> FileOutcome:
    """Return the questions that a file leaves open, or its refusal where it lacks what no column may hold."""
    if asked and not choice.missing:
        return reporting.question(asked, choice)
    entry = data_set(wanted.data_set_id)
    doubts = [doubt for source in choice.sources for doubt in source.matching.doubts]
    other, better = likeliest(tables, entry, wanted.edition_id, wanted.quarter)
    about = asking.about_columns(choice, choice.missing, doubts)
    if asked or (about and better < _CLEARLY_ANOTHER):
        return reporting.question([*about, *asked], choice)
    return refused(reporting.wrong_data_set(entry, choice.missing, other), columns=reporting.columns(choice))


def _headed_alike(choice: TableSelection) -> FileOutcome | None:
    """Return a refusal where columns of numbers have one heading, so that nobody can say which counts what."""
    for source in choice.sources:
        counts = [
            each for each in source.matching.doubts if each.target is not None and each.target.treatment == "count"
        ]
        keys = [key(each.heading) for each in counts]
        for each in counts:
            if keys.count(key(each.heading)) > 1:
                heading = shown_heading(source.table, each.column)
                return refused(errors.headed_alike(heading), columns=reporting.columns(choice))
    return None


def _other_rows(choice: TableSelection, entry: DataSet, wanted: ReturnOptions) -> FileOutcome | None:
    """Return a refusal, or a question, where the rows are not what the set asks for: people, or numbers of records."""
    unknown = _unknown_words(choice, entry)
    if unknown:
        return refused(errors.unknown_flags(unknown), columns=reporting.columns(choice))
    said = wanted.answers.get(asking.ROW_EACH)
    numbers = asking.about_numbers_of_records(choice, entry) if said != asking.YES else []
    if numbers and said == asking.NO:
        return refused(errors.NOT_A_ROW_EACH, columns=reporting.columns(choice))
    return reporting.question(numbers, choice) if numbers else None


def _unknown_words(choice: TableSelection, entry: DataSet) -> str:
    """Return the heading of a column of yes and no that says neither: rows of single people are never kept as counts."""
    for source in choice.sources if entry.level == "aggregate" else ():
        column = unknown_words(source.table, source.matching)
        if column is not None:
            return shown_heading(source.table, column)
    return ""


def _treat(state: UnderstoodFile, wanted: ReturnOptions, tell: Progress) -> FileOutcome:
    height = sum(source.table.height for source in state.sources)
    tell("treating", 0, height)
    parts = make_parts(state.sources, wanted)
    questions = {each.id: each for part in parts for each in part.questions}
    if questions:
        return reporting.question([asking.of_treatment(each) for each in questions.values()], state.choice)
    merged = merge(parts)
    check = check_quarter(merged.days, wanted.quarter) if merged.days is not None else None
    shown = reporting.columns(state.choice)
    if check is not None and check.is_wrong:
        return refused(reporting.wrong_quarter(wanted.quarter, check), shown, height)
    tell("checking", height, height)
    left = {name: count for part in parts for name, count in part.remaining.items()}
    if left:
        why = refused(reporting.still_identifies(left), shown, height)
        return replace(why, problems=tuple(each for each in _problems(parts, state, wanted) if each.column in left))
    keep = _rows_to_keep(merged.columns, check, wanted, len(merged.rows))
    table = to_table(merged, keep, state.entry, wanted)
    table = coarser(table, wanted.answers.get("coarser", "").split(","))
    if not table.num_rows:
        return refused(errors.NOTHING_KEPT, shown, height)
    if _counts_nothing_said(table, state):
        return refused(errors.NUMBERS_OF_WHAT, shown, height)
    with ThreadPoolExecutor(2) as beside:  # Arrow counts and writes while Python lists
        few = wanted.lists.kind("rural")
        risk = beside.submit(risk_of, table, state.entry.id, wanted.edition_id, few)
        written = beside.submit(to_parquet, table)
        problems = _problems(parts, state, wanted)
        wordings = wordings_of(parts, Places(state.sources, state.reading))
        shown_first = tuple(preview(merged, keep, state.sources, table))
        report = reporting.accepted(state, merged, check, keep, wanted, table.num_rows, risk.result())
    return FileOutcome(report, written.result(), shown_first, problems, wordings)


def _counts_nothing_said(table: pa.Table, state: UnderstoodFile) -> bool:
    """Tell whether several rows of numbers are kept, and no column that says of what each is; those of months add up."""
    if state.entry.level != "aggregate" or table.num_rows == 1:
        return False
    counts = {each.name for each in state.entry.fields if each.treatment == "count"}
    says = [name for name in table.column_names if name != "period" and name not in counts]
    return not says and not any("period" in source.matching.names for source in state.sources)


def _problems(parts: Sequence[TreatedPart], state: UnderstoodFile, wanted: ReturnOptions) -> tuple[CellProblem, ...]:
    return problems_of(parts, Places(state.sources, state.reading), wanted.quarter, wanted.answers)


def _rows_to_keep(
    columns: Mapping[str, Cells], check: QuarterCheck | None, wanted: ReturnOptions, height: int
) -> Cells:
    """Return a flag for each row: something is kept of it, and it was not asked to be left out."""
    keep = flags_at(height, ())
    for name, column in columns.items():
        if not name.endswith("_code"):
            keep = pc.or_(keep, pc.is_valid(column))
    if check is not None and wanted.answers.get("outside-quarter") == LEAVE_OUT:
        keep = pc.and_(keep, pc.invert(check.outside_flags))
    return keep
