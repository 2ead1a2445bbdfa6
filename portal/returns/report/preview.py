"""Show the first records as they were sent and as they are kept: in memory, to their sender alone."""

from collections.abc import Sequence
from itertools import accumulate

import pyarrow as pa

from portal.returns.pipeline.assemble import Source
from portal.returns.pipeline.combine import Merged
from portal.returns.pipeline.outcomes import PreviewRow
from portal.returns.report.masking import shown_heading
from portal.spreadsheets.arrow_columns import Cells, number_at, pc, text_at

SHOWN = 5


def preview(merged: Merged, keep: Cells, sources: Sequence[Source], table: pa.Table) -> list[PreviewRow]:
    """Return the first kept records, before and after.

    Nothing of it goes in the report. Records that were counted and discarded are not shown.
    """
    if any(part.counted for part in merged.parts):
        return []
    order = pa.concat_arrays([part.order for part in merged.parts])
    places = order.take(pc.sort_indices(order)) if len(merged.parts) > 1 else order
    ends = list(accumulate(source.table.height for source in sources))
    shown: list[PreviewRow] = []
    for at, row in enumerate(pc.indices_nonzero(keep).slice(0, SHOWN).to_pylist()):
        place = number_at(places, row)
        index = next(number for number, end in enumerate(ends) if place < end)
        sent, within = sources[index].table, place - (ends[index - 1] if index else 0)
        before = {shown_heading(sent, column): text_at(cells, within) for column, cells in enumerate(sent.columns)}
        after = {name: str(value) for name in table.column_names if (value := table[name][at].as_py()) is not None}
        shown.append(PreviewRow(number_at(merged.rows, row), before, after))
    return shown
