"""Bring problems that one answer mends together, and turn the answers into cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.returns.pipeline.corrections import answer_for
from portal.returns.report.file_report import CellProblem
from portal.returns.report.problems import EMPTY, IDENTIFIER, OUTSIDE, UNREADABLE
from portal.rules.datasets.catalogue import code_list_for, data_set
from portal.rules.edition.editions import editions

MOST = 20  # answers that a person gives on the page; more are mended in the file
_ANSWERABLE = (UNREADABLE, EMPTY, OUTSIDE)  # words that no list has are asked about by themselves


@dataclass(frozen=True, kw_only=True)
class Group:
    """Cells with one problem that one answer mends; `choices` where the answer is one of a list."""

    kind: str
    field: str
    column: str
    shown: str
    what: str
    mend: str
    cells: tuple[tuple[int, str], ...]
    where: str
    choices: tuple[str, ...]
    alike: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Name what was asked, so that it is not asked again of the next file: the field and what its cells hold."""
        return self.field, self.alike

    def answers(self, reply: str) -> dict[str, str]:
        """Return the answers that put a reply into each cell."""
        return {answer_for(sheet, cell): reply for sheet, cell in self.cells}


def groups_of(problems: Sequence[CellProblem], edition: str, *, refused: bool = False) -> list[Group]:
    """Return the problems that an answer can mend, those with the same words together.

    Args:
        problems: as the engine tells them.
        edition: whose code lists hold.
        refused: whether the file was refused for what is left in some cells: then these are mended too.
    """
    kinds = {*_ANSWERABLE, *((IDENTIFIER,) if refused else ())}
    found: dict[tuple[str, ...], list[CellProblem]] = {}
    for one in problems:
        if one.kind in kinds and one.cell:
            alike = one.alike or one.shown
            alone = () if alike else (str(one.sheet_number), one.cell)
            found.setdefault((one.kind, one.field, alike, *alone), []).append(one)
    return [_group(told, edition) for told in found.values()]


def _group(told: Sequence[CellProblem], edition: str) -> Group:
    first = told[0]
    return Group(
        kind=first.kind,
        field=first.field,
        column=first.column,
        shown=first.shown,
        alike=first.alike or first.shown,
        what=first.what,
        mend=first.mend,
        cells=tuple(dict.fromkeys((one.sheet_number, one.cell) for one in told)),
        where=where(told),
        choices=_choices(first.data_set, first.field, edition),
    )


def where(told: Sequence[CellProblem]) -> str:
    """Say in which cells a problem stands: the first three, and how many more."""
    cells = list(dict.fromkeys(" ".join(filter(None, (one.sheet, one.cell or f"row {one.row}"))) for one in told))
    more = f" and {len(cells) - 3:,} more" if len(cells) > 3 else ""  # noqa: PLR2004 - three cells are read at a glance
    return ", ".join(cells[:3]) + more


def _choices(data_set_id: str, field: str, edition: str) -> tuple[str, ...]:
    """Return the words of the field's code list, where it has one that a person can choose from."""
    return tuple(labels_of(data_set_id, field, edition).values())


def labels_of(data_set_id: str, field: str, edition: str) -> dict[str, str]:
    """Return the codes of a field with their labels; none where it has no list."""
    fields = {each.name: each for each in data_set(data_set_id).fields}
    listed = code_list_for(fields[field], edition or editions()[-1].id) if field in fields else None
    return {code.code: code.label for code in listed.codes} if listed is not None else {}
