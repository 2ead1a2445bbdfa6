"""Arrow columns as the engine uses them: text without nulls on the way in, flags, and row numbers."""

import weakref
from collections.abc import Iterable
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, Coded, counting, pc

_FIRST_ROWS = 4_000
_FEW = 1_000

__all__ = [
    "AnyColumn",
    "Cells",
    "always_filled",
    "coded_of",
    "count_true",
    "counting",
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


class _Coded:
    """Remember how a column was encoded for as long as the column is held: several steps look at the distinct values."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[weakref.ref[Cells], Coded]] = {}

    def of(self, column: Cells) -> Coded:
        found = self._held.get(id(column))
        if found is not None and found[0]() is column:
            return found[1]
        coded = column.dictionary_encode()
        place = id(column)
        self._held[place] = (weakref.ref(column, lambda _gone: self._held.pop(place, None)), coded)
        return coded


coded_of = _Coded().of
"""Encode a column so that each distinct value stands once; a second time it costs nothing."""


def has_few_values(column: Cells) -> bool:
    """Tell whether a column repeats itself, by its first rows: then its distinct values are worth finding."""
    first = column.slice(0, _FIRST_ROWS)
    return len(first.unique()) <= max(_FEW, len(first) // 4)


def always_filled(columns: Iterable[Cells], most: int) -> int:
    """Count the columns in which no cell is blank, up to one more than `most`: so many cells at least each row has."""
    found = 0
    for column in columns:
        found += (pc.min(pc.binary_length(column)).as_py() or 0) > 0
        if found > most:
            break
    return found


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
    wanted = pa.array(places, pa.int64())
    if not len(wanted):
        return cast("Cells", pa.repeat(pa.scalar(value=False), height))
    return cast("Cells", pc.is_in(counting(0, height), value_set=wanted))
