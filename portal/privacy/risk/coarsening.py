"""Make kept records coarser, so that fewer of them stand alone: a day becomes its month, an age its band (global recoding, 5.2)."""

from collections.abc import Callable, Sequence
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Coded, as_strings, encoded, pc
from portal.privacy.recoding import age_bands

_BANDS = ("under 11", "11-13", "14-16", "17+")
Coarser = Callable[[pa.Table], pa.Table]


def _set(table: pa.Table, name: str, column: AnyColumn) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _without(name: str) -> Coarser:
    return lambda table: table.drop_columns([name])


def _each(column: AnyColumn, coarse: Callable[[AnyColumn], AnyColumn]) -> AnyColumn:
    """Make a column coarser; of one that is encoded each distinct value once."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(whole.type):
        return coarse(as_strings(column))
    coded = cast("Coded", whole)
    fewer = encoded(coarse(as_strings(coded.dictionary)))
    return cast("AnyColumn", pa.DictionaryArray.from_arrays(fewer.indices.take(coded.indices), fewer.dictionary))


def _month(table: pa.Table) -> pa.Table:
    """Let the first day stand for the month, as where only a month is sent."""
    return _set(
        table,
        "date",
        _each(
            table["date"],
            lambda days: pc.binary_join_element_wise(pc.utf8_slice_codeunits(days, 0, 7), "-01", ""),
        ),
    )


def _bands(table: pa.Table) -> pa.Table:
    return _set(table, "age", _each(table["age"], lambda ages: age_bands(ages, _BANDS).column))


def _icd(table: pa.Table) -> pa.Table:
    return _set(
        table,
        "sub_category",
        _each(
            table["sub_category"],
            lambda codes: pc.replace_substring_regex(codes, r"^([A-Z][0-9]{2})\.[0-9].*$", r"\1"),
        ),
    )


STEPS: dict[str, tuple[str, str, Coarser]] = {
    "day": ("date", "the month instead of the day", _month),
    "time": ("time", "no time", _without("time")),
    "point": ("map_point", "no map point", _without("map_point")),
    "place": ("location", "no street: the area and the first half of the postcode stay", _without("location")),
    "age": ("age", "the age band instead of the age", _bands),
    "icd": ("sub_category", "three characters of an ICD code instead of four", _icd),
}
"""What can be coarser: its name in an answer, the column, in words, and how."""


def possible(table: pa.Table) -> list[str]:
    """Give the steps that would change something of a table."""
    return [
        name for name, (column, _, _) in STEPS.items() if column in table.column_names and _would_change(table, name)
    ]


def _would_change(table: pa.Table, step: str) -> bool:
    column = STEPS[step][0]
    if step != "icd":
        return table[column].null_count < table.num_rows
    fine = pc.match_substring_regex(as_strings(table[column]), r"^[A-Z][0-9]{2}\.[0-9]")
    return bool(pc.any(fine).as_py())


def coarser(table: pa.Table, steps: Sequence[str]) -> pa.Table:
    """Give a table with some steps taken; a step that the table has no column for is none."""
    for step in steps:
        if step in possible(table):
            table = STEPS[step][2](table)
    return table
