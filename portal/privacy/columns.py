"""Columns of text: their types, and each distinct text once."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pyarrow as pa
import pyarrow.compute

if TYPE_CHECKING:
    Column = pa.ChunkedArray[Any]
    Cells = pa.Array[Any]
    AnyColumn = pa.Array[Any] | pa.ChunkedArray[Any]
    Coded = pa.DictionaryArray[Any, Any]
else:  # Arrow's classes take no type arguments when they run
    Column = pa.ChunkedArray
    Cells = pa.Array
    AnyColumn = pa.Array | pa.ChunkedArray
    Coded = pa.DictionaryArray

pc: Any = pyarrow.compute
"""Arrow's functions; their stubs refuse the plain numbers and texts that they take."""


def counting(first: int, end: int) -> Cells:
    """Give the numbers from the first up to the end, which is not among them."""
    arrow: Any = pa  # whose stubs lack it
    return cast("Cells", arrow.arange(first, end))


From = TypeVar("From")
To = TypeVar("To")
_MOST_AT_ONCE = 4


def at_once(work: Callable[[From], To], over: Sequence[From]) -> list[To]:
    """Do the same work, of Arrow's kind, for several columns side by side: Arrow leaves Python's lock while it works."""
    threads = min(len(over), os.cpu_count() or 1, _MOST_AT_ONCE)
    if threads <= 1:
        return [work(one) for one in over]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, over))


def as_strings(column: AnyColumn) -> Column:
    """Give any column as one of plain strings; empty cells stay empty."""
    chunked = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    if pa.types.is_dictionary(chunked.type):
        chunked = chunked.cast(chunked.type.value_type)
    return cast("Column", chunked if chunked.type == pa.string() else chunked.cast(pa.string()))


def encoded(column: AnyColumn) -> Coded:
    """Encode a column so that each distinct text stands once; row order and empty cells are kept."""
    chunked = as_strings(column)
    array = pa.concat_arrays(chunked.chunks) if chunked.num_chunks else pa.array([], pa.string())
    return array.dictionary_encode()


def texts_of(coded: Coded) -> list[str]:
    """Give the distinct texts of an encoded column."""
    return cast("list[str]", coded.dictionary.to_pylist())


def spread(coded: Coded, texts: list[str | None]) -> Column:
    """Put one text for each distinct value back in its rows."""
    return pa.chunked_array([pa.array(texts, pa.string()).take(coded.indices)])
