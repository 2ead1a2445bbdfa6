"""Carry a label down over the blank cells below it, where a table of numbers names each group once."""

from dataclasses import replace

from portal.returns.pipeline.assemble import Source
from portal.spreadsheets.arrow_columns import Cells, texts, values

_LABELS = frozenset({"area", "category", "age_band", "sex", "ethnicity_group"})


def fill_down(source: Source) -> tuple[Source, int]:
    """Return a table of numbers with its labels carried down, and how many cells were filled.

    Only labels that stand left of the numbers are carried, and only where each stands once above its blank cells.
    """
    numbers = [match.column for match in source.matching.matches if match.target and match.target.treatment == "count"]
    first = min(numbers, default=0)
    columns = list(source.table.columns)
    filled = 0
    for match in source.matching.matches:
        if match.target is not None and match.target.treatment in _LABELS and match.column < first:
            carried = _carried(columns[match.column])
            if carried is not None:
                filled += sum(not value for value in values(columns[match.column]))
                columns[match.column] = carried
    return source.with_table(replace(source.table, columns=tuple(columns))), filled


def _carried(column: Cells) -> Cells | None:
    cells = values(column)
    labels = [cell for cell in cells if cell]
    if len(labels) == len(cells) or not cells or not cells[0] or len(set(labels)) < len(labels):
        return None
    current, carried = "", []
    for cell in cells:
        current = cell or current
        carried.append(current)
    return texts(carried)
