"""Bring the tables of a file together into one set of columns, under the fields' names, in the file's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pyarrow as pa

from portal.privacy.recoding.counts import total_of
from portal.returns.matching.columns import Matching, person_column
from portal.returns.matching.heading_text import key
from portal.returns.matching.schema import JOINED, Target
from portal.returns.pipeline.related_datasets import icd_code, is_icd
from portal.returns.report.masking import shown_heading
from portal.returns.tables.extraction import ExtractedTable
from portal.spreadsheets.arrow_columns import Cells, numbers, pc, texts, values

_JOIN = ", "


@dataclass(frozen=True)
class Source:
    """A table that belongs to the return, and what its columns hold."""

    table: ExtractedTable
    matching: Matching
    data_set_id: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)  # what the sheet's name says of all its rows
    status_column: int | None = None
    counted: bool = False  # a row a person, in a return that asks for numbers

    def with_table(self, table: ExtractedTable) -> "Source":
        """Return the source with another table, of the same columns."""
        return replace(self, table=table)


@dataclass(frozen=True)
class AssembledRecords:
    """The records of all tables: text columns by target, and where each row stands in the file.

    `columns` hold "" where a cell is blank or its table has no such column. `headings` name the column of the file that
    each target came from. `births` are birth dates, in memory only.
    """

    targets: dict[str, Target]
    columns: dict[str, Cells]
    headings: dict[str, tuple[str, ...]]
    rows: Cells
    births: Cells | None = None
    points: dict[str, Cells] = field(default_factory=dict)  # coordinates by heading, before they are joined
    has_time: bool = False  # the data set asks for a time
    persons: Cells | None = None  # what tells one person from another, in memory only
    statuses: Cells | None = None  # values that name the counts of a set that has several
    shown: dict[str, str] = field(default_factory=dict)  # target -> its first heading, as it may be shown

    @property
    def height(self) -> int:
        """Count the records."""
        return len(self.rows)

    def take(self, places: Cells) -> "AssembledRecords":
        """Return the records at the places."""
        return replace(
            self,
            columns={name: column.take(places) for name, column in self.columns.items()},
            rows=self.rows.take(places),
            births=_taken(self.births, places),
            persons=_taken(self.persons, places),
            statuses=_taken(self.statuses, places),
            points={heading: column.take(places) for heading, column in self.points.items()},
        )


def _taken(column: Cells | None, places: Cells) -> Cells | None:
    return column.take(places) if column is not None else None


def assemble(sources: Sequence[Source], known: Sequence[Target], *, has_time: bool) -> AssembledRecords:
    """Return the records of all tables as one.

    Args:
        sources: the tables of the return, in the file's order.
        known: what the columns may hold.
        has_time: whether the data set asks for a time, so that one in a date's cell is kept.
    """
    targets: dict[str, Target] = {}
    headings: dict[str, list[str]] = {}
    for source in sources:
        for match in source.matching.matches:
            if match.target is not None:
                targets.setdefault(match.target.name, match.target)
                names = headings.setdefault(match.target.name, [])
                if match.heading not in names:
                    names.append(match.heading)
    for source in sources:
        for name in source.constants:
            targets.setdefault(name, next(target for target in known if target.name == name))
            headings.setdefault(name, [])
    columns = {name: _concat([_column(source, name) for source in sources]) for name in targets}
    births = [_births(source) for source in sources]
    has_births = any(each is not None for each in births)
    filled = [
        each if each is not None else _blank(source.table.height) for each, source in zip(births, sources, strict=True)
    ]
    return AssembledRecords(
        targets,
        columns,
        {name: tuple(found) for name, found in headings.items()},
        pa.concat_arrays([source.table.rows for source in sources]),
        _concat(filled) if has_births else None,
        _points(sources),
        has_time,
        _whole_column(sources, [person_column(source.matching) for source in sources]),
        _whole_column(sources, [source.status_column for source in sources]),
        _shown(sources),
    )


def _whole_column(sources: Sequence[Source], places: Sequence[int | None]) -> Cells | None:
    """Return a column of every table, by its place in each; nothing where a table has none."""
    found = [source.table.columns[place] for source, place in zip(sources, places, strict=True) if place is not None]
    return _concat(found) if len(found) == len(sources) else None


def _shown(sources: Sequence[Source]) -> dict[str, str]:
    shown: dict[str, str] = {}
    for source in sources:
        for match in source.matching.matches:
            if match.target is not None:
                shown.setdefault(match.target.name, shown_heading(source.table, match.column))
    return shown


def _points(sources: Sequence[Source]) -> dict[str, Cells]:
    """Return the columns of coordinates by heading."""
    headings = dict.fromkeys(match.heading for source in sources for match in source.matching.of("map_point"))
    found = {}
    for heading in headings:
        pieces = []
        for source in sources:
            columns = [match.column for match in source.matching.of("map_point") if match.heading == heading]
            pieces.append(source.table.columns[columns[0]] if columns else _blank(source.table.height))
        found[heading] = _concat(pieces)
    return found


def _blank(height: int) -> Cells:
    return _constant("", height)


def _constant(text: str, height: int) -> Cells:
    return texts([text]).take(numbers([0] * height))


def _concat(arrays: Sequence[Cells]) -> Cells:
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays)


def _column(source: Source, name: str) -> Cells:
    matches = source.matching.of(name)
    if not matches:
        return _constant(source.constants.get(name, ""), source.table.height)
    columns = [source.table.columns[match.column] for match in matches]
    target = matches[0].target
    if len(columns) == 1 or target is None:
        return columns[0]
    if is_icd(target.codes):
        return _first_of_list(columns, target)
    if target.parts:
        whole = [
            column for match, column in zip(matches, columns, strict=True) if key(match.heading) not in target.parts
        ]
        return whole[0] if whole else added(columns)
    if name in JOINED or target.many > 1:
        return join_words(columns, "; " if target.treatment == "category" else _JOIN)
    return added(columns) if target.treatment == "count" else columns[0]


def _first_of_list(columns: Sequence[Cells], target: Target) -> Cells:
    """Return of each row the first diagnosis that is of the set's list; the first of all where none is."""
    found: Cells = texts([None]).take(numbers([0] * len(columns[0])))
    for column in columns:
        coded = column.dictionary_encode()
        own = texts(value if icd_code(value, target.codes) else None for value in values(coded.dictionary)).take(
            coded.indices
        )
        found = pc.coalesce(found, own)
    for column in columns:
        found = pc.coalesce(found, pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column))
    return cast("Cells", pc.fill_null(found, ""))


def added(columns: Sequence[Cells]) -> Cells:
    """Add columns of numbers cell by cell; a bound makes a range, and what is withheld leaves the sum withheld."""
    coded = [values(column) for column in columns]
    return texts(total_of(cells) for cells in zip(*coded, strict=True))


def _births(source: Source) -> Cells | None:
    found = [match.column for match in source.matching.matches if match.is_birth_date]
    return source.table.columns[found[0]] if found else None


def join_words(columns: Sequence[Cells], gap: str) -> Cells:
    """Join text columns cell by cell; blanks leave no gap."""
    joined = columns[0]
    for column in columns[1:]:
        both = pc.and_(pc.not_equal(joined, ""), pc.not_equal(column, ""))
        joined = pc.binary_join_element_wise(joined, column, pc.if_else(both, gap, ""))
    return joined
