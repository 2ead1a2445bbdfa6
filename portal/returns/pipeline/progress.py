"""Hold what is known of a file while it is worked on."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.returns.pipeline.assemble import Source
from portal.returns.tables.selection import TableSelection
from portal.rules.datasets.catalogue import DataSet
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.sheets import Workbook


@dataclass(frozen=True)
class UnderstoodFile:
    """A file that was understood: its tables without totals, and how each total compared with its rows."""

    entry: DataSet
    quarter: Quarter
    reading: Workbook
    choice: TableSelection
    totals: Sequence[tuple[int, bool | None]]
    sources: Sequence[Source]
    filled: int = 0  # blank cells that took the label above them
