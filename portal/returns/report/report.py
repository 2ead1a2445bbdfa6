"""Write the report of a file: what was understood, removed and kept, in words that identify nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind
from portal.returns.pipeline.assemble import Source
from portal.returns.pipeline.combine import Merged
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.outcomes import FileOutcome
from portal.returns.pipeline.progress import UnderstoodFile
from portal.returns.pipeline.quarter_check import QuarterCheck
from portal.returns.report.file_report import ColumnReport, FileQuestion, FileReport, IdentifierReport, RiskReport
from portal.returns.report.masking import shown_heading
from portal.returns.report.warnings import warnings
from portal.returns.tables.selection import TableSelection
from portal.rules.datasets.catalogue import DataSet, data_set
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells

_MOST_FINDINGS = 20_000
_ACTIONS = {
    IdentifierAction.REMOVED: "removed",
    IdentifierAction.SHORTENED: "shortened",
    IdentifierAction.EMPTIED: "emptied",
}


_KINDS = {kind: kind.value for kind in IdentifierKind}  # an enum's own look-up takes seven times as long


def columns(choice: TableSelection) -> dict[str, ColumnReport]:
    """Return each column's heading with its field, treatment and confidence."""
    found: dict[str, ColumnReport] = {}
    for source in choice.sources:
        for match in source.matching.matches:
            heading = shown_heading(source.table, match.column)
            target = None if match.target is not None and match.target.name in _unkept(source) else match.target
            entry = ColumnReport(
                field=target.name if target is not None else None,
                treatment=target.treatment if target is not None else "drop",
                confidence=match.confidence,
            )
            if heading not in found or (found[heading].field is None and target is not None):
                found[heading] = entry
    return found


def _unkept(source: Source) -> set[str]:
    """Return what was looked at but is not kept: the date of a set that keeps none, and the mark of a data set."""
    return {"date"} if data_set(source.data_set_id).policy.no_date else set()


def question(asked: Sequence[FileQuestion], choice: TableSelection) -> FileOutcome:
    """Return the outcome that asks."""
    one = len(asked) == 1
    message = f"We need {'one answer' if one else f'{len(asked)} answers'} before the file can be used."
    return FileOutcome(FileReport("question", message, questions=tuple(asked), columns=columns(choice)))


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


def still_identifies(left: Mapping[str, int]) -> str:
    """Say in which columns something that identifies could not be taken out."""
    named = ", ".join(f"'{name}' ({count})" for name, count in sorted(left.items()))
    return f"Something that may identify a person could not be taken out of {named}. Mend these cells and send the file again."


def findings(merged: Merged) -> tuple[IdentifierReport, ...]:
    """Return each identifier that was found in a kept column: kind, row, column and what was done."""
    found = sorted(
        {
            (each.row, each.column, _KINDS[each.kind], _ACTIONS[each.action])
            for part in merged.parts
            for each in part.findings
        }
    )
    return tuple(IdentifierReport(kind, row, column, action) for row, column, kind, action in found[:_MOST_FINDINGS])


def accepted(
    state: UnderstoodFile,
    merged: Merged,
    check: QuarterCheck | None,
    keep: Cells,
    wanted: ReturnOptions,
    rows_kept: int,
    risk: RiskReport,
) -> FileReport:
    """Return the report of an accepted file."""
    read = sum(part.read for part in merged.parts)
    counted = any(part.counted for part in merged.parts)
    message = f"{rows_kept:,} of {_rows(read)} will be kept."
    if counted:
        groups = f"{rows_kept:,} group{'' if rows_kept == 1 else 's'}"
        message = f"{_rows(read)} were counted. The numbers of {groups} will be kept, the rows will not."
    return FileReport(
        "accepted",
        message,
        warnings=tuple(warnings(state, merged, check, keep, wanted)),
        rows_read=read,
        rows_kept=rows_kept,
        columns=columns(state.choice),
        findings=findings(merged),
        risk=risk,
    )


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
