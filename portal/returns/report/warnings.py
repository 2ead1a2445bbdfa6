"""Say what the sender of an accepted file should know, a sentence each, in words that identify nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.ground.wording import counted, listed
from portal.privacy.identifiers.kinds import WORDS, IdentifierKind
from portal.privacy.identifiers.profile import glance
from portal.returns.matching.column_content import is_births, sample_of, says_unknown
from portal.returns.matching.columns import YEARS_OF_EVENTS
from portal.returns.matching.heading_text import key
from portal.returns.pipeline.combine import Merged
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.progress import UnderstoodFile
from portal.returns.pipeline.quarter_check import QuarterCheck
from portal.returns.report.masking import shown_heading
from portal.returns.tables.wide_headings import crossed_fields
from portal.returns.treatment.collisions import WHY
from portal.spreadsheets.arrow_columns import Cells, count_true, pc, row_numbers, values

_ROWS_NAMED = 5
_GLANCED = 2_000  # rows of a column that is left out anyway
_MOST_NEAREST = 20
_MOSTLY = 0.5


def warnings(
    state: UnderstoodFile, merged: Merged, check: QuarterCheck | None, keep: Cells, wanted: ReturnOptions
) -> list[str]:
    """Return the warnings of an accepted file."""
    return [
        *state.reading.notes,
        *_about_sheets(state),
        *_about_rows(state, merged, keep),
        *_about_totals(state),
        *_about_dates(merged, check, wanted),
        *_about_codes(merged),
        *_about_cells(merged),
        *_about_fields(state, merged),
        *_about_flags(state),
        *_about_unknown(state, merged),
    ]


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _left_out(count: int, what: str, more: str = "", more_of_many: str = "") -> str:
    """Say how many of something were left out, such as rows of totals."""
    words = more if count == 1 or not more_of_many else more_of_many
    return f"{counted(count, what)}{' ' if words else ''}{words} {_was(count)} left out."


def named_rows(rows: Sequence[int], count: int = 0) -> str:
    """Name the first few rows, and how many more there are: 'rows 4, 9 and 3 more'."""
    count = max(count, len(rows))
    shown = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {count - _ROWS_NAMED:,} more" if count > _ROWS_NAMED else ""
    return f"row{'s' if count > 1 else ''} {shown}{more}"


def _about_sheets(state: UnderstoodFile) -> list[str]:
    said = list(dict.fromkeys(note for source in state.sources for note in source.table.notes))
    if len(state.sources) > 1:
        listed = ", ".join(f"{index} ({_rows(source.table.height)})" for index, source in enumerate(state.sources, 1))
        said.append(f"{len(state.sources)} tables look like returns and were put together: {listed}.")
    if state.choice.other_sheets:
        said.append(
            _left_out(
                len(state.choice.other_sheets),
                "other sheet",
                "that is no part of this return",
                "that are no part of this return",
            )
        )
    if state.reading.hidden_sheets:
        said.append(_left_out(state.reading.hidden_sheets, "hidden sheet"))
    if state.reading.hidden_columns:
        said.append(_left_out(state.reading.hidden_columns, "hidden column"))
    said += [f"The workbook's {what} ({count}) were left out." for what, count in state.reading.dropped.items()]
    return said


def _about_rows(state: UnderstoodFile, merged: Merged, keep: Cells) -> list[str]:
    said = []
    words = {
        "title": ("title row", "above the headings"),
        "headings": ("repeated heading row", ""),
        "note": ("row", "of notes"),
    }
    found = Counter(each.why for source in state.sources for each in source.table.left_out)
    said += [_left_out(found[why], what, more) for why, (what, more) in words.items() if found[why]]
    if found[WHY]:
        said.append(
            f"{counted(found[WHY], 'row')} about further casualties went into the numbers of their collision. A person whose age is not given counts as an adult."
        )
    if state.filled:
        said.append(
            f"{counted(state.filled, 'blank cell')} below a label {_was(state.filled)} taken to mean the same label."
        )
    dropped = len(merged.rows) - count_true(keep)
    if dropped:
        said.append(f"{_rows(dropped)} held nothing that this return keeps, and {_was(dropped)} left out.")
    if any(part.counted for part in merged.parts):
        read = sum(part.read for part in merged.parts if part.counted)
        said.append(f"{_rows(read)} about single people {_was(read)} counted, and then discarded.")
    return said


def _about_totals(state: UnderstoodFile) -> list[str]:
    said = []
    if state.totals:
        said.append(_left_out(len(state.totals), "row", "of totals"))
    wrong = [row for row, agrees in state.totals if agrees is False]
    if wrong:
        said.append(f"The totals in {named_rows(wrong)} do not agree with the rows above them. Check the numbers.")
    return said


def _about_dates(merged: Merged, check: QuarterCheck | None, wanted: ReturnOptions) -> list[str]:
    if check is None or not check.outside:
        return []
    rows = row_numbers(merged.rows.filter(check.outside_flags))
    done = "left out" if wanted.answers.get("outside-quarter") == "leave-out" else "kept as late"
    verb = "was" if check.outside == 1 else "were"
    return [f"{_rows(check.outside)} dated outside {wanted.quarter.months} {verb} {done}: {named_rows(rows)}."]


def _about_codes(merged: Merged) -> list[str]:
    said = []
    for part in merged.parts:
        for column, count in part.unmapped.items():
            if count:
                said.append(
                    f"In '{column}', {_rows(count)} {'has' if count == 1 else 'have'} words that the list of categories lacks. Your own words are kept."
                )
            for wording, codes in sorted(part.nearest.get(column, {}).items())[:_MOST_NEAREST]:
                said.append(f"In '{column}', '{wording}' is nearest to {', '.join(codes)}.")
    return said


def _about_cells(merged: Merged) -> list[str]:
    said = []
    rows: dict[tuple[str, str], list[int]] = {}
    reasons: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, IdentifierKind]] = Counter()
    for part in merged.parts:
        reasons.update(part.reasons)
        counts.update(part.counts)
        for each in part.troubles:
            rows.setdefault((each.column, each.reason), []).append(each.row)
    for (column, reason), count in reasons.items():
        places = sorted(rows.get((column, reason), []))
        named = named_rows(places, count) if places else _rows(count)
        said.append(f"'{column}', {named}: {reason}")
    for (column, kind), count in sorted(counts.items()):
        said.append(f"Taken out of '{column}': {WORDS[kind]}, {count:,} time{'' if count == 1 else 's'}.")
    return said


def _about_fields(state: UnderstoodFile, merged: Merged) -> list[str]:
    held = set(merged.columns) | {name for part in merged.parts for name in part.targets}
    wide = state.entry.policy.wide
    if wide is not None and any(name.startswith(f"{wide.count}.") for name in held):
        held.add(wide.by)
    held |= crossed_fields(held, state.entry)
    lacking = [
        each.label.lower()
        for each in state.entry.asked.fields
        if each.treatment != "keep" and not any(name == each.name or name.startswith(f"{each.name}.") for name in held)
    ]
    said = [f"Not held in the file: {', '.join(lacking)}."] if lacking else []
    dropped = sum(match.target is None for source in state.sources for match in source.matching.matches)
    if dropped:
        said.append(_left_out(dropped, "column", "that is no part of this return", "that are no part of this return"))
    return said + _about_dropped(state)


def _about_dropped(state: UnderstoodFile) -> list[str]:
    """Say what kinds of thing a glance sees in columns of words that are left out whole, so that none are sent next time."""
    said = []
    for source in state.sources:
        for match in source.matching.matches:
            column = source.table.columns[match.column].slice(0, _GLANCED)
            if match.target is not None or not pc.any(pc.match_substring(column, " ")).as_py():
                continue
            sample = sample_of(column)
            is_day = sample.dates >= _MOSTLY and not is_births(sample.values, state.quarter.year - YEARS_OF_EVENTS)
            kinds = [kind for kind in glance(column) if not (is_day and kind is IdentifierKind.BIRTH_DATE)]
            if kinds:  # a column of days on which something was written down holds nobody's birth
                heading = shown_heading(source.table, match.column)
                said.append(
                    f"'{heading}' was left out whole. At a glance it held {listed([WORDS[kind] for kind in kinds])}."
                )
    return list(dict.fromkeys(said))


def _about_unknown(state: UnderstoodFile, merged: Merged) -> list[str]:
    """Say which columns of yes and no hold that it is not known: these people are not counted as yes."""
    if not any(part.counted for part in merged.parts):
        return []
    said = []
    for source in state.sources:
        for match in source.matching.matches:
            if match.target is not None and match.target.treatment == "count":
                unknown = sum(map(says_unknown, values(source.table.columns[match.column])))
                if unknown:
                    heading = shown_heading(source.table, match.column)
                    said.append(f"'{heading}' is not known in {_rows(unknown)}: these are not counted as yes.")
    return said


def _about_flags(state: UnderstoodFile) -> list[str]:
    """Warn where a flag was dropped whose rows may be another data set's return."""
    flags = set(map(key, state.entry.policy.flagged))
    flagged = [
        match.heading for source in state.sources for match in source.matching.matches if key(match.heading) in flags
    ]
    if not flagged or not state.entry.policy.flagged_to:
        return []
    return [f"A flag that marks some rows was left out. Those rows may be returned as {state.entry.policy.flagged_to}."]
