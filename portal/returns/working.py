"""Take one file the whole way from bytes to an outcome. Runs inside the limited child process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from portal.privacy.risk import groups
from portal.privacy.vocabulary import Vocabulary
from portal.returns import asking, refusals, reporting
from portal.returns.choosing import Choice, choose, find_all_tables, foreign_codes, likeliest
from portal.returns.columns import Cells, count_true, flags_at, pc, texts
from portal.returns.gathering import Gathered, Source, gather
from portal.returns.keeping import Kept
from portal.returns.outcomes import Outcome, refused, to_parquet
from portal.returns.quarter_check import QuarterCheck, check_quarter
from portal.returns.reading import read
from portal.returns.refusals import RefusedFileError
from portal.returns.sheets import Reading
from portal.returns.targets import Target, targets_of
from portal.returns.totals import Totals, leave_totals_out
from portal.returns.treating import Context, remaining, treat_all
from portal.rules.datasets import DataSet, data_set
from portal.rules.quarters import Quarter

Progress = Callable[[str, int, int], None]
LEAVE_OUT = "leave-out"
_SMALL = 5


@dataclass(frozen=True)
class Wanted:
    """What the sender asks for: the data set, the quarter, the edition, and what was answered."""

    data_set_id: str
    quarter: Quarter
    edition_id: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Work:
    """What is known of a file while it is worked on."""

    wanted: Wanted
    entry: DataSet
    targets: tuple[Target, ...]
    reading: Reading
    choice: Choice
    totals: list[Totals]
    warnings: list[str] = field(default_factory=list)

    @property
    def sources(self) -> list[Source]:
        """Return the tables of the return without their totals."""
        return [
            Source(total.table, source.matching) for total, source in zip(self.totals, self.choice.sources, strict=True)
        ]


def work(source: bytes, wanted: Wanted, progress: Progress | None = None) -> Outcome:
    """Return what comes of a file (4.1).

    Args:
        source: the whole file.
        wanted: the data set, quarter, edition, mapping and answers.
        progress: told each stage, how much is done, and how much there is.
    """
    tell = progress or (lambda _stage, _done, _of: None)
    try:
        tell("reading", 0, len(source))
        return _work(read(source), wanted, tell)
    except RefusedFileError as error:
        return refused(error.message)


def _work(reading: Reading, wanted: Wanted, tell: Progress) -> Outcome:
    entry = data_set(wanted.data_set_id)
    targets = targets_of(entry.id, wanted.edition_id)
    height = sum(sheet.height for sheet in reading.sheets)
    tell("understanding", 0, height)
    tables = find_all_tables(reading)
    choice = choose(tables, entry, targets, wanted.quarter, wanted.mapping)
    doubts = [doubt for source in choice.sources for doubt in source.matching.doubts]
    if choice.missing:
        asked = asking.about_columns(choice, choice.missing, doubts)
        if asked:
            return reporting.question(asked, choice)
        other = likeliest(tables, entry, wanted.edition_id, wanted.quarter)
        return refused(reporting.wrong_data_set(entry, choice.missing, other))
    foreign = foreign_codes(choice, entry, wanted.edition_id)
    if foreign is not None and wanted.answers.get("data-set") != entry.id:
        return refused(reporting.looks_like(entry, foreign))
    totals = [leave_totals_out(source.table, source.matching) for source in choice.sources]
    state = Work(wanted, entry, targets, reading, choice, totals)
    if not sum(total.table.height for total in totals):
        raise RefusedFileError(refusals.ONLY_HEADINGS)
    return _treat(state, tell)


def _treat(state: Work, tell: Progress) -> Outcome:
    entry, wanted = state.entry, state.wanted
    gathered = gather(state.sources, has_time=any(each.treatment == "time" for each in entry.fields))
    tell("treating", 0, gathered.height)
    context = Context(entry, wanted.quarter, wanted.answers, vocabulary_of(state.targets))
    kept = treat_all(gathered, context)
    if kept.questions:
        return reporting.question([asking.of_treatment(each) for each in kept.questions], state.choice)
    check = check_quarter(kept.days, wanted.quarter) if kept.days is not None else None
    if check is not None and check.is_wrong:
        return refused(reporting.wrong_quarter(wanted.quarter, check), columns=reporting.columns(state.choice))
    tell("checking", gathered.height, gathered.height)
    left = remaining(kept, gathered, context.vocabulary)
    if left:
        return refused(reporting.still_identifies(left, gathered), columns=reporting.columns(state.choice))
    return _finish(state, gathered, kept, check)


def vocabulary_of(targets: tuple[Target, ...]) -> Vocabulary:
    """Return the words that survive whole: the codes and labels of the data set."""
    words = [text for target in targets for code, label in target.codes.items() for text in (code, label)]
    return Vocabulary.of(words)


def _finish(state: Work, gathered: Gathered, kept: Kept, check: QuarterCheck | None) -> Outcome:
    keep = _rows_to_keep(state, kept, check, gathered.height)
    table = _table(state, kept, gathered, keep)
    if not table.num_rows:
        return refused(refusals.NOTHING_KEPT, columns=reporting.columns(state.choice), rows_read=gathered.height)
    risk = groups(table, [name for name in _risk_fields(state) if name in table.column_names]).as_dict()
    report = reporting.accepted(state, gathered, kept, check, keep, table, risk)
    return Outcome("accepted", str(report["message"]), report, to_parquet(table))


def _rows_to_keep(state: Work, kept: Kept, check: QuarterCheck | None, height: int) -> Cells:
    """Return a flag for each row: something is kept of it, and it was not asked to be left out."""
    held = None
    for name, column in kept.columns.items():
        if not name.endswith("_code"):
            held = pc.is_valid(column) if held is None else pc.or_(held, pc.is_valid(column))
    keep = held if held is not None else flags_at(height, ())
    if check is not None and state.wanted.answers.get("outside-quarter") == LEAVE_OUT:
        keep = pc.and_(keep, pc.invert(check.outside_flags))
    return keep


def _table(state: Work, kept: Kept, gathered: Gathered, keep: Cells) -> pa.Table:
    order = [target.name for target in state.targets]
    names = sorted(kept.columns, key=lambda name: (_place(order, kept.origin[name], name), name.endswith("_code")))
    columns = {}
    for name in names:
        column = kept.columns[name].filter(keep)
        target = gathered.targets.get(kept.origin[name])
        is_number = target is not None and target.treatment in {"count", "age_years"}
        columns[name] = _whole(column) if is_number else column
    if state.entry.keeping.period_from_quarter:
        columns = {"period": texts([state.wanted.quarter.label] * count_true(keep))} | {
            name: column for name, column in columns.items() if name != "period"
        }
    return pa.table(columns)


def _place(order: list[str], origin: str, name: str) -> int:
    for wanted in (name, name.removesuffix("_code"), origin):
        if wanted in order:
            return order.index(wanted)
    return len(order)


def _whole(column: Cells) -> Cells:
    """Return whole numbers where all are; a bound such as '<5' keeps the column text."""
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column


def _risk_fields(state: Work) -> list[str]:
    wanted = {"date", "area", "outward_postcode", "location", "school_name", "age", "age_band", "gender", "ethnicity"}
    categories = {target.name for target in state.targets if target.treatment == "category"}
    return [target.name for target in state.targets if target.name in wanted | categories]
