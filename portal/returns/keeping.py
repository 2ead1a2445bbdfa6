"""Hold what is kept of a return while its fields are treated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import pyarrow as pa

from portal.privacy.scanning import Finding
from portal.privacy.treating import Question, Treated
from portal.returns.columns import AnyColumn, Cells, flat, pc


@dataclass
class Kept:
    """What is kept of a return before rows are left out.

    `columns` hold null where nothing is held; `origin` names the target each came from; `findings` and `problems` carry
    the target's name and the row's place; `nearest` wordings that map to no code, with the three nearest codes.
    """

    columns: dict[str, Cells] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    findings: list[tuple[str, Finding]] = field(default_factory=list)
    problems: list[tuple[str, int, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unmapped: dict[str, int] = field(default_factory=dict)
    nearest: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    days: Cells | None = None

    def put(self, name: str, column: AnyColumn, origin: str) -> None:
        """Keep a column under a name; blanks become null."""
        self.columns[name] = blank_to_null(column)
        self.origin[name] = origin

    def note(self, name: str, treated: Treated) -> None:
        """Take over what a treatment found, could not read or must ask."""
        self.findings += [(name, finding) for finding in treated.findings]
        self.problems += [(name, problem.row, problem.reason) for problem in treated.problems]
        self.questions += [each for each in treated.questions if each.id not in {one.id for one in self.questions}]


def blank_to_null(column: AnyColumn) -> Cells:
    """Return one flat array of text with null for every blank."""
    one = flat(column)
    return cast("Cells", pc.if_else(pc.equal(one, ""), pa.scalar(None, pa.string()), one))
