"""Hold what is kept of a return while its fields are treated."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import pyarrow as pa

from portal.privacy.identifiers.kinds import IdentifierAction, IdentifierKind
from portal.privacy.identifiers.scanning import ColumnFinding
from portal.privacy.recoding import Treated, TreatmentQuestion
from portal.returns.treatment.map_distinct import MOST_NAMED, TreatedColumn, once
from portal.spreadsheets.arrow_columns import AnyColumn, Cells, count_true, flat, pc


@dataclass(frozen=True)
class WithoutCode:
    """Words for a category that gave no code: what stands for them, what of them may be shown, in how many rows and where first."""

    digest: str
    shown: str
    rows: int
    first: int


@dataclass
class KeptColumns:
    """What is kept of a return before rows are left out.

    `columns` hold null where nothing is held; `origin` names the target each came from; `findings` and `problems` carry
    the target's name and the row's place, up to a limit; `counts` and `reasons` count them all; `nearest` has wordings
    that map to no code, with the three nearest codes.
    """

    columns: dict[str, Cells] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    findings: list[tuple[str, int, ColumnFinding]] = field(default_factory=list)
    counts: Counter[tuple[str, IdentifierKind]] = field(default_factory=Counter)
    problems: list[tuple[str, int, str]] = field(default_factory=list)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    questions: list[TreatmentQuestion] = field(default_factory=list)
    unmapped: dict[str, int] = field(default_factory=dict)
    nearest: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    without_code: dict[str, tuple[WithoutCode, ...]] = field(default_factory=dict)
    days: Cells | None = None
    times: Cells | None = None
    """The times that stood in the cells of the date."""
    sheltered: Cells | None = None
    """The rows that name a refuge, a clinic or another place of which only the area stays."""

    def put(self, name: str, column: AnyColumn, origin: str) -> None:
        """Keep a column under a name; blanks become null."""
        self.columns[name] = blank_to_null(column)
        self.origin[name] = origin

    def treat(self, name: str, column: Cells, treatment: Callable[[Cells], Treated]) -> TreatedColumn:
        """Treat a column's distinct values, and take over what was found, could not be read or must be asked."""
        spread = once(column, treatment)
        self.findings += [(name, row, finding) for row, finding in spread.findings]
        self.problems += [(name, row, reason) for row, reason in spread.problems]
        for kind, count in spread.counts.items():
            self.counts[name, kind] += count
        for reason, count in spread.reasons.items():
            self.reasons[name, reason] += count
        if spread.treated is not None:
            asked = {one.id for one in self.questions}
            self.questions += [each for each in spread.treated.questions if each.id not in asked]
        return spread

    def note_many(self, name: str, flags: Cells, kind: IdentifierKind) -> None:
        """Take over that something was removed from each flagged row."""
        count = count_true(flags)
        if count:
            rows = pc.indices_nonzero(flags).slice(0, MOST_NAMED).to_pylist()
            self.findings += [
                (name, row, ColumnFinding(row, kind, IdentifierAction.REMOVED, proven=False)) for row in rows
            ]
            self.counts[name, kind] += count

    def note(self, name: str, treated: Treated) -> None:
        """Take over what a treatment of whole rows found or could not read."""
        self.findings += [(name, finding.row, finding) for finding in treated.findings]
        self.problems += [(name, problem.row, problem.reason) for problem in treated.problems]
        self.counts.update((name, finding.kind) for finding in treated.findings)
        self.reasons.update((name, problem.reason) for problem in treated.problems)


def blank_to_null(column: AnyColumn) -> Cells:
    """Return one flat array of text with null for every blank."""
    one = flat(column)
    blank = pc.equal(one, "")
    if not pc.any(blank).as_py():
        return one
    return cast("Cells", pc.if_else(blank, pa.scalar(None, pa.string()), one))
