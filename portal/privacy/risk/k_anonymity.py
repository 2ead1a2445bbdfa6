"""How far the treated records could still single somebody out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyarrow as pa

from portal.privacy.columns import AnyColumn, Cells, Coded, as_strings, at_once, encoded, pc

THRESHOLD = 5
_LARGEST = 1 << 62  # a number for a group must fit 64 bits
_SHORT = 1 << 32
RURAL = frozenset((Path(__file__).parents[1] / "data" / "rural_postcodes.txt").read_text("ascii").split())
"""Outward codes with few people, to start with: a partnership loads its own list under Places."""


@dataclass(frozen=True)
class Risk:
    """The groups that some fields make of a table."""

    fields: tuple[str, ...]
    rows: int
    groups: int
    smallest: int
    unique: int
    unique_percent: float
    below: int
    below_percent: float
    threshold: int
    contributions: dict[str, int]
    """For each field, how many rows below the threshold would be safe without it."""


@dataclass(frozen=True)
class _Numbered:
    """A column by numbers: each distinct value's own, 0 to `size` less one; a missing value has one too."""

    numbers: Cells
    size: int


def _sizes(codes: Mapping[str, _Numbered], fields: Sequence[str], height: int) -> Cells:
    """Count the rows of each group that some fields make, each field as numbers of its distinct values."""
    if not fields or not height:
        return pa.array([height] if height else [], pa.int64())
    one, size = codes[fields[0]].numbers, codes[fields[0]].size
    for name in fields[1:]:
        other = codes[name]
        if size * other.size >= _LARGEST:  # numbered anew, so that one number still stands for all fields so far
            coded = one.dictionary_encode()
            one, size = coded.indices.cast(pa.int64()), len(coded.dictionary)
        one, size = pc.add(pc.multiply(one, other.size), other.numbers), size * other.size
    if size <= _SHORT:
        one = one.cast(pa.uint32())  # counted in two thirds of the time
    return cast("Cells", pc.value_counts(one).field("counts"))


def _codes(column: AnyColumn) -> _Numbered:
    """Number a column's distinct values; a missing value has a number of its own."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = cast("Coded", whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode())
    known = pc.fill_null(coded.indices, len(coded.dictionary)) if coded.indices.null_count else coded.indices
    return _Numbered(cast("Cells", known.cast(pa.int64())), len(coded.dictionary) + 1)


def _alone(sizes: Cells) -> int:
    return int(pc.sum(pc.equal(sizes, 1)).as_py() or 0)


def _below(sizes: Cells, threshold: int) -> int:
    return int(pc.sum(sizes.filter(pc.less(sizes, threshold))).as_py() or 0)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def encoded_once(table: pa.Table, fields: Sequence[str]) -> pa.Table:
    """Give a table with the distinct values of some fields found, where several groupings of the same records follow."""
    used = [name for name in fields if name in table.column_names and not pa.types.is_dictionary(table[name].type)]
    for name, column in zip(used, at_once(encoded, [table[name] for name in used]), strict=True):
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def alone_and_below(table: pa.Table, fields: Sequence[str], threshold: int = THRESHOLD) -> tuple[int, int]:
    """Count the rows that stand alone by `fields`, and those in groups smaller than the threshold."""
    used = [name for name in fields if name in table.column_names]
    codes = dict(zip(used, at_once(_codes, [table[name] for name in used]), strict=True))
    return _told(codes, used, table.num_rows, threshold)


def _told(codes: Mapping[str, _Numbered], fields: Sequence[str], height: int, threshold: int) -> tuple[int, int]:
    sizes = _sizes(codes, fields, height)
    return _alone(sizes), _below(sizes, threshold)


def groups(table: pa.Table, fields: Sequence[str], threshold: int = THRESHOLD) -> Risk:
    """Count the groups that `fields` make of a treated table, and the rows in groups smaller than the threshold.

    A missing value is a value of its own: it never joins a larger group. Only fields that the table has are used.
    """
    return groups_and_without(table, fields, threshold)[0]


def groups_and_without(
    table: pa.Table, fields: Sequence[str], threshold: int = THRESHOLD
) -> tuple[Risk, dict[str, tuple[int, int]]]:
    """Count the same, and for each field the rows alone and those below the threshold without it, where any are below."""
    used = tuple(name for name in fields if name in table.column_names)
    height = table.num_rows
    codes = dict(zip(used, at_once(_codes, [table[name] for name in used]), strict=True))
    sizes = _sizes(codes, used, height)
    below, unique = _below(sizes, threshold), _alone(sizes)
    left_out = used if below else ()
    others = [[other for other in used if other != name] for name in left_out]
    told = at_once(lambda fields: _told(codes, fields, height, threshold), others)
    without = dict(zip(left_out, told, strict=True))
    risk = Risk(
        fields=used,
        rows=table.num_rows,
        groups=len(sizes),
        smallest=int(pc.min(sizes).as_py() or 0),
        unique=unique,
        unique_percent=_percent(unique, table.num_rows),
        below=below,
        below_percent=_percent(below, table.num_rows),
        threshold=threshold,
        contributions={name: below - without[name][1] if below else 0 for name in used},
    )
    return risk, without


@dataclass(frozen=True)
class Join:
    """What two tables would tell together, in counts."""

    other: str
    on: tuple[str, ...]
    shared_groups: int
    singled_out: int
    """Groups on the shared fields that hold one row of this table and one of the other."""
    below: int
    """Groups of both tables together that stay below the threshold."""


def _counted(table: pa.Table, on: Sequence[str], name: str) -> pa.Table:
    plain = pa.table({field: pc.fill_null(as_strings(table[field]), "") for field in on})
    marked = plain.append_column(name, pa.array([1] * plain.num_rows, pa.int64()))
    return marked.group_by(list(on)).aggregate([(name, "sum")])


def joins(table: pa.Table, others: Mapping[str, pa.Table], on: Sequence[str], threshold: int = THRESHOLD) -> list[Join]:
    """Count what could be told by joining a table with others on the fields they share: counts only."""
    told: list[Join] = []
    for name, other in others.items():
        shared = tuple(field for field in on if field in table.column_names and field in other.column_names)
        if not shared or not table.num_rows or not other.num_rows:
            continue
        both = _counted(table, shared, "ours").join(
            _counted(other, shared, "theirs"), keys=list(shared), join_type="inner"
        )
        ours, theirs = both["ours_sum"], both["theirs_sum"]
        single = pc.and_(pc.equal(ours, 1), pc.equal(theirs, 1))
        small = pc.less(pc.add(ours, theirs), threshold)
        told.append(
            Join(name, shared, both.num_rows, int(pc.sum(single).as_py() or 0), int(pc.sum(small).as_py() or 0))
        )
    return told


def rural(column: AnyColumn, codes: frozenset[str] = RURAL) -> int:
    """Count the rows whose outward code is on the list of places with few people."""
    return int(pc.sum(pc.is_in(as_strings(column), value_set=pa.array(sorted(codes)))).as_py() or 0)
