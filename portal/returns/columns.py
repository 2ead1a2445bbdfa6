"""Arrow columns as the engine uses them: text without nulls on the way in, flags, and row numbers."""

from collections.abc import Iterable
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, pc

_FIRST_ROWS = 4_000
_FEW = 1_000

__all__ = [
    "AnyColumn",
    "Cells",
    "count_true",
    "flags_at",
    "flat",
    "has_few_values",
    "number_at",
    "numbers",
    "pc",
    "row_numbers",
    "text_at",
    "texts",
    "values",
]


def texts(values: Iterable[str | None]) -> Cells:
    """Return a column of text."""
    return cast("Cells", pa.array(values, pa.string()))


def numbers(values: Iterable[int]) -> Cells:
    """Return a column of row numbers."""
    return cast("Cells", pa.array(values, pa.int32()))


def flat(column: AnyColumn) -> Cells:
    """Return a column in one piece, as plain text."""
    one = column
    if isinstance(one, pa.ChunkedArray):
        one = pa.concat_arrays(one.chunks) if one.num_chunks else pa.array([], one.type)
    if pa.types.is_dictionary(one.type):
        one = one.cast(pa.string())
    return cast("Cells", one)


def values(column: AnyColumn) -> list[str]:
    """Return a column's cells as Python texts, for the few places that must walk them."""
    return cast("list[str]", column.to_pylist())


def has_few_values(column: Cells) -> bool:
    """Tell whether a column repeats itself, by its first rows: then its distinct values are worth finding."""
    first = column.slice(0, _FIRST_ROWS)
    return len(first.unique()) <= max(_FEW, len(first) // 4)


def row_numbers(column: Cells) -> list[int]:
    """Return row numbers as Python numbers."""
    return cast("list[int]", column.to_pylist())


def text_at(column: Cells, place: int) -> str:
    """Return one cell's text."""
    return cast("str", column[place].as_py()) or ""


def number_at(column: Cells, place: int) -> int:
    """Return one row number."""
    return cast("int", column[place].as_py())


def count_true(flags: Cells) -> int:
    """Count the flags that are true."""
    return cast("int", pc.sum(flags).as_py() or 0)


def flags_at(height: int, places: Iterable[int]) -> Cells:
    """Return a flag for each row, true at the places."""
    flags = [False] * height
    for place in places:
        flags[place] = True
    return cast("Cells", pa.array(flags, pa.bool_()))
