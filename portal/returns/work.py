"""Hold what is known of a file while it is worked on."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.returns.choosing import Choice
from portal.returns.gathering import Source
from portal.returns.sheets import Reading
from portal.rules.datasets import DataSet
from portal.rules.quarters import Quarter


@dataclass(frozen=True)
class Work:
    """A file that was understood: its tables without totals, and how each total compared with its rows."""

    entry: DataSet
    quarter: Quarter
    reading: Reading
    choice: Choice
    totals: Sequence[tuple[int, bool | None]]
    sources: Sequence[Source]
    filled: int = 0  # blank cells that took the label above them
