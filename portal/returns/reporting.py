"""Write the report of a file: what was understood, removed and kept, in words that identify nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from portal.privacy.kinds import WORDS, Action
from portal.returns.asking import Asked
from portal.returns.columns import Cells, count_true, number_at, row_numbers
from portal.returns.outcomes import Outcome, empty_report
from portal.returns.showing import shown_heading

if TYPE_CHECKING:
    from portal.returns.choosing import Choice
    from portal.returns.gathering import Gathered
    from portal.returns.keeping import Kept
    from portal.returns.quarter_check import QuarterCheck
    from portal.returns.working import Work
    from portal.rules.datasets import DataSet
    from portal.rules.quarters import Quarter

_MOST_FINDINGS = 20_000
_ROWS_NAMED = 5
_ACTIONS = {Action.REMOVED: "removed", Action.SHORTENED: "shortened", Action.EMPTIED: "emptied"}


def columns(choice: Choice) -> dict[str, dict[str, object]]:
    """Return each column's heading with its field, treatment and confidence."""
    found: dict[str, dict[str, object]] = {}
    for source in choice.sources:
        for match in source.matching.matches:
            heading = shown_heading(source.table, match.column)
            target = match.target
            entry: dict[str, object] = {
                "field": _field_name(target.name) if target is not None else None,
                "treatment": target.treatment if target is not None else "drop",
                "confidence": match.confidence,
            }
            if heading not in found or (found[heading]["field"] is None and target is not None):
                found[heading] = entry
    return found


def _field_name(name: str) -> str:
    return name


def question(asked: Sequence[Asked], choice: Choice) -> Outcome:
    """Return the outcome that asks."""
    one = len(asked) == 1
    message = f"We need {'one answer' if one else f'{len(asked)} answers'} before the file can be used."
    report = empty_report("question", message) | {"questions": list(asked), "columns": columns(choice)}
    return Outcome("question", message, report)


def wrong_data_set(entry: DataSet, missing: Iterable[tuple[str, ...]], other: DataSet | None) -> str:
    """Say what is missing, and what the file looks like."""
    labels = {each.name: each.label.lower() for each in entry.fields} | {
        "outward_postcode": "postcode",
        "map_point": "map point",
    }
    needs = "; ".join(
        " or ".join(dict.fromkeys(labels.get(name, name.replace("_", " ")) for name in group)) for group in missing
    )
    start = f"The file does not look like '{entry.title}'. We could not find a column for: {needs}."
    if other is None:
        return f"{start} Check that it is the right file, or name the columns as the template does."
    return f"{start} It looks like '{other.title}' ({other.id}). Choose that data set, or another file."


def looks_like(entry: DataSet, other: DataSet) -> str:
    """Say that the categories are another data set's."""
    return (
        f"The file does not look like '{entry.title}': its categories are those of '{other.title}' ({other.id}). "
        "Choose that data set, or another file."
    )


def wrong_quarter(quarter: Quarter, check: QuarterCheck) -> str:
    """Say that no date lies in the quarter, and which quarter most lie in."""
    start = f"No date in the file lies in {quarter.months}."
    if check.likeliest is None:
        return f"{start} Choose the quarter of the file, or another file."
    return f"{start} Most lie in {check.likeliest.months}. Choose that quarter, or another file."


def still_identifies(left: Mapping[str, int], gathered: Gathered) -> str:
    """Say in which columns something that identifies could not be taken out."""
    named = ", ".join(
        f"'{' / '.join(gathered.headings.get(name, (name,)))}' ({count})" for name, count in sorted(left.items())
    )
    return f"Something that may identify a person could not be taken out of {named}. Mend these cells and send the file again."


def findings(gathered: Gathered, kept: Kept) -> list[dict[str, object]]:
    """Return each identifier that was found in a kept column: kind, row, column and what was done."""
    rows = gathered.rows
    listed = [
        {
            "kind": str(finding.kind),
            "row": number_at(rows, finding.row),
            "column": _column_of(gathered, name),
            "action": _ACTIONS[finding.action],
        }
        for name, finding in sorted(kept.findings, key=lambda each: (each[1].row, each[0], str(each[1].kind)))[
            :_MOST_FINDINGS
        ]
    ]
    return [dict(each) for each in dict.fromkeys(tuple(each.items()) for each in listed)]


def _column_of(gathered: Gathered, name: str) -> str:
    return gathered.shown.get(name, name)


def accepted(
    state: Work,
    gathered: Gathered,
    kept: Kept,
    check: QuarterCheck | None,
    keep: Cells,
    table: pa.Table,
    risk: Mapping[str, object],
) -> dict[str, object]:
    """Return the report of an accepted file, word for word as design.md, section 4, has it."""
    rows_kept = table.num_rows
    message = f"{_rows(rows_kept)} of {gathered.height:,} will be kept."
    found = findings(gathered, kept)
    return empty_report("accepted", message) | {
        "warnings": warnings(state, gathered, kept, check, keep),
        "rows_read": gathered.height,
        "rows_kept": rows_kept,
        "columns": columns(state.choice),
        "findings": found,
        "risk": dict(risk),
    }


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def warnings(state: Work, gathered: Gathered, kept: Kept, check: QuarterCheck | None, keep: Cells) -> list[str]:
    """Return what the sender should know, a sentence each."""
    said = list(state.reading.notes)
    said += _about_sheets(state)
    said += _about_rows(state, gathered, keep)
    said += _about_totals(state)
    said += _about_dates(state, gathered, check)
    said += _about_values(gathered, kept)
    said += _about_fields(state, gathered, kept)
    return said


def _about_sheets(state: Work) -> list[str]:
    said = []
    tables = [source.table for source in state.sources]
    if len(tables) > 1:
        listed = ", ".join(f"{index} ({_rows(table.height)})" for index, table in enumerate(tables, 1))
        said.append(f"{len(tables)} tables look like returns and were put together: {listed}.")
    if state.choice.other_sheets:
        said.append(f"{len(state.choice.other_sheets)} other sheet(s) are no part of this return and were left out.")
    if state.reading.hidden_sheets:
        said.append(f"{state.reading.hidden_sheets} hidden sheet(s) were left out.")
    for what, count in state.reading.dropped.items():
        said.append(f"The workbook's {what} ({count}) were left out.")
    return said


def _about_rows(state: Work, gathered: Gathered, keep: Cells) -> list[str]:
    said = []
    words = {
        "title": "title row(s) above the headings",
        "headings": "repeated heading row(s)",
        "note": "row(s) of notes",
    }
    counted = Counter(each.why for source in state.sources for each in source.table.left_out)
    for why, what in words.items():
        if counted[why]:
            said.append(f"{counted[why]} {what} were left out.")
    dropped = gathered.height - count_true(keep)
    if dropped:
        said.append(f"{_rows(dropped)} held nothing that this return keeps, and were left out.")
    return said


def _about_totals(state: Work) -> list[str]:
    said = []
    checked = [each for total in state.totals for each in total.checked]
    if checked:
        said.append(f"{len(checked)} row(s) of totals were left out.")
    wrong = [row for row, agrees in checked if agrees is False]
    if wrong:
        said.append(f"The totals in {_named_rows(wrong)} do not agree with the rows above them. Check the numbers.")
    return said


def _named_rows(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {len(rows) - _ROWS_NAMED} more" if len(rows) > _ROWS_NAMED else ""
    return f"row{'s' if len(rows) > 1 else ''} {shown}{more}"


def _about_dates(state: Work, gathered: Gathered, check: QuarterCheck | None) -> list[str]:
    if check is None or not check.outside:
        return []
    rows = row_numbers(gathered.rows.filter(check.outside_flags))
    left_out = state.wanted.answers.get("outside-quarter") == "leave-out"
    done = "were left out" if left_out else "were kept as late"
    return [f"{_rows(check.outside)} dated outside {state.wanted.quarter.months} {done}: {_named_rows(rows)}."]


def _about_values(gathered: Gathered, kept: Kept) -> list[str]:
    said = []
    for name, count in kept.unmapped.items():
        if count:
            said.append(
                f"{_rows(count)} in '{_column_of(gathered, name)}' match no code of the list; your own words are kept."
            )
    by_reason: dict[tuple[str, str], list[int]] = {}
    for name, row, reason in kept.problems:
        by_reason.setdefault((name, reason), []).append(number_at(gathered.rows, row))
    for (name, reason), rows in by_reason.items():
        said.append(f"'{_column_of(gathered, name)}', {_named_rows(rows)}: {reason}")
    counted = Counter((name, finding.kind) for name, finding in kept.findings)
    for (name, kind), count in sorted(counted.items()):
        said.append(
            f"Taken out of '{_column_of(gathered, name)}': {WORDS[kind]}, {count} time{'' if count == 1 else 's'}."
        )
    return said


def _about_fields(state: Work, gathered: Gathered, kept: Kept) -> list[str]:
    held = set(kept.columns) | set(gathered.targets)
    lacking = [
        each.label.lower()
        for each in state.entry.asked.fields
        if each.name not in held
        and not any(name.startswith(f"{each.name}.") for name in held)
        and each.treatment != "keep"
    ]
    said = [f"Not held in the file: {', '.join(lacking)}."] if lacking else []
    dropped = sum(match.target is None for source in state.choice.sources for match in source.matching.matches)
    if dropped:
        said.append(f"{dropped} column(s) that are no part of this return were left out.")
    return said
