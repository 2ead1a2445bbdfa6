"""Say what the sender of an accepted file should know, a sentence each, in words that identify nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portal.privacy.kinds import WORDS, Kind
from portal.returns.columns import Cells, count_true, row_numbers
from portal.returns.headings import key

if TYPE_CHECKING:
    from portal.returns.merging import Merged
    from portal.returns.quarter_check import QuarterCheck
    from portal.returns.work import Work
    from portal.returns.working import Wanted

_ROWS_NAMED = 5
_MOST_NEAREST = 20


def warnings(state: Work, merged: Merged, check: QuarterCheck | None, keep: Cells, wanted: Wanted) -> list[str]:
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
    ]


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def named_rows(rows: Sequence[int], count: int = 0) -> str:
    """Name the first few rows, and how many more there are: 'rows 4, 9 and 3 more'."""
    count = max(count, len(rows))
    shown = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {count - _ROWS_NAMED:,} more" if count > _ROWS_NAMED else ""
    return f"row{'s' if count > 1 else ''} {shown}{more}"


def _about_sheets(state: Work) -> list[str]:
    said = []
    if len(state.sources) > 1:
        listed = ", ".join(f"{index} ({_rows(source.table.height)})" for index, source in enumerate(state.sources, 1))
        said.append(f"{len(state.sources)} tables look like returns and were put together: {listed}.")
    if state.choice.other_sheets:
        said.append(f"{len(state.choice.other_sheets)} other sheet(s) are no part of this return and were left out.")
    if state.reading.hidden_sheets:
        said.append(f"{state.reading.hidden_sheets} hidden sheet(s) were left out.")
    if state.reading.hidden_columns:
        said.append(f"{state.reading.hidden_columns} hidden column(s) were left out.")
    said += [f"The workbook's {what} ({count}) were left out." for what, count in state.reading.dropped.items()]
    return said


def _about_rows(state: Work, merged: Merged, keep: Cells) -> list[str]:
    said = []
    words = {
        "title": "title row(s) above the headings",
        "headings": "repeated heading row(s)",
        "note": "row(s) of notes",
    }
    counted = Counter(each.why for source in state.sources for each in source.table.left_out)
    said += [f"{counted[why]} {what} were left out." for why, what in words.items() if counted[why]]
    if state.filled:
        said.append(f"{state.filled} blank cell(s) below a label were taken to mean the same label.")
    dropped = len(merged.rows) - count_true(keep)
    if dropped:
        said.append(f"{_rows(dropped)} held nothing that this return keeps, and were left out.")
    if any(part.counted for part in merged.parts):
        read = sum(part.read for part in merged.parts if part.counted)
        said.append(f"{_rows(read)} about single people were counted, and then discarded.")
    return said


def _about_totals(state: Work) -> list[str]:
    said = []
    if state.totals:
        said.append(f"{len(state.totals)} row(s) of totals were left out.")
    wrong = [row for row, agrees in state.totals if agrees is False]
    if wrong:
        said.append(f"The totals in {named_rows(wrong)} do not agree with the rows above them. Check the numbers.")
    return said


def _about_dates(merged: Merged, check: QuarterCheck | None, wanted: Wanted) -> list[str]:
    if check is None or not check.outside:
        return []
    rows = row_numbers(merged.rows.filter(check.outside_flags))
    done = "were left out" if wanted.answers.get("outside-quarter") == "leave-out" else "were kept as late"
    return [f"{_rows(check.outside)} dated outside {wanted.quarter.months} {done}: {named_rows(rows)}."]


def _about_codes(merged: Merged) -> list[str]:
    said = []
    for part in merged.parts:
        for column, count in part.unmapped.items():
            if count:
                said.append(f"{_rows(count)} in '{column}' match no code of the list. Your own words are kept.")
            for wording, codes in sorted(part.nearest.get(column, {}).items())[:_MOST_NEAREST]:
                said.append(f"'{wording}' in '{column}' is nearest to {', '.join(codes)}.")
    return said


def _about_cells(merged: Merged) -> list[str]:
    said = []
    rows: dict[tuple[str, str], list[int]] = {}
    reasons: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, Kind]] = Counter()
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


def _about_fields(state: Work, merged: Merged) -> list[str]:
    held = set(merged.columns) | {name for part in merged.parts for name in part.targets}
    wide = state.entry.keeping.wide
    if wide is not None and any(name.startswith(f"{wide.count}.") for name in held):
        held.add(wide.by)
    lacking = [
        each.label.lower()
        for each in state.entry.asked.fields
        if each.treatment != "keep" and not any(name == each.name or name.startswith(f"{each.name}.") for name in held)
    ]
    said = [f"Not held in the file: {', '.join(lacking)}."] if lacking else []
    dropped = sum(match.target is None for source in state.sources for match in source.matching.matches)
    if dropped:
        said.append(f"{dropped} column(s) that are no part of this return were left out.")
    return said


def _about_flags(state: Work) -> list[str]:
    """Warn where a flag was dropped whose rows may be another data set's return (4.4: H1, H2)."""
    flags = set(map(key, state.entry.keeping.flagged))
    flagged = [
        match.heading for source in state.sources for match in source.matching.matches if key(match.heading) in flags
    ]
    if not flagged or not state.entry.keeping.flagged_to:
        return []
    return [
        f"A flag that marks some rows was left out. Those rows may be returned as {state.entry.keeping.flagged_to}."
    ]
