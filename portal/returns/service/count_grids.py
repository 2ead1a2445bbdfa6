"""The grid in which a set of counts is typed: its rows, its numbers and what each table is for, from the data set itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.ground.wording import listed
from portal.rules.datasets.catalogue import DataSet, book, code_list_for, data_set
from portal.rules.datasets.types import DataField

AREA = "area"
_BY_AGE = "age_band"
_NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Cell:
    """One number: its count, the row and the column that it stands in ('' where it counts them all), and its words."""

    count: str
    row: str
    column: str
    label: str

    @property
    def key(self) -> str:
        """Name the cell in a draft."""
        return f"{self.count}|{self.row}|{self.column}"


@dataclass(frozen=True)
class CountRow:
    """The numbers of one row, next to one another."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableSubject:
    """What a whole table may be for: an area, a gender. `choices` where it is one of a list, else it is typed."""

    name: str
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CountGrid:
    """The grid of a data set: the numbers of all, the lines of each row, and what each table is for."""

    data_set: DataSet
    abouts: tuple[TableSubject, ...]
    all_of_them: tuple[Cell, ...]
    lines: tuple[CountRow, ...]
    row_field: DataField
    column_field: DataField | None

    @property
    def count_in_rows(self) -> str:
        """Say what the numbers of the rows are."""
        counts = dict.fromkeys(cell.count for line in self.lines for cell in line.cells)
        words = listed([self.data_set.field(name).label.lower() for name in counts])
        by = self.row_field.label.lower() + (f" and {self.column_field.label.lower()}" if self.column_field else "")
        return f"{words[0].upper()}{words[1:]}, by {by}"

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Give every number, those of all first."""
        return self.all_of_them + tuple(cell for line in self.lines for cell in line.cells)


def has_grid(entry: DataSet) -> bool:
    """Tell whether a data set is of counts, so that it can be typed."""
    return entry.level == "aggregate"


def grid_of(data_set_id: str, edition: str) -> CountGrid:
    """Make the grid of a set of counts: by its own category where it has one, else by age."""
    entry = data_set(data_set_id)
    counts = [each for each in entry.fields if each.treatment == "count"]
    wide = entry.policy.wide
    by_age = next((each for each in entry.fields if each.treatment == _BY_AGE), None)
    row_field = entry.field(wide.by) if wide is not None else by_age
    if row_field is None:
        raise ValueError(data_set_id)
    column_field = by_age if by_age is not None and row_field != by_age and (by_age.name,) in entry.required() else None
    columns = _words_of(column_field, entry, edition) if column_field is not None else ("",)
    in_rows = [each for each in counts if wide is None or each.name == wide.count]
    used = {row_field.name, column_field.name if column_field is not None else "", *(each.name for each in counts)}
    return CountGrid(
        data_set=entry,
        abouts=_abouts(entry, edition, used),
        all_of_them=tuple(
            Cell(each.name, "", column, _label(each.label, column))
            for each in counts
            if each not in in_rows
            for column in columns
        ),
        lines=tuple(
            CountRow(
                tuple(_cell(each, row, column, several=len(in_rows) > 1) for each in in_rows for column in columns)
            )
            for row in _words_of(row_field, entry, edition)
        ),
        row_field=row_field,
        column_field=column_field,
    )


def _cell(count: DataField, row: str, column: str, *, several: bool) -> Cell:
    words = f"{row}: {count.label.lower()}" if several else row
    return Cell(count.name, row, column, _label(words[0].upper() + words[1:], column))


def _label(words: str, column: str) -> str:
    if not column:
        return words
    return f"{words}, age not known" if column == _NOT_KNOWN else f"{words}, aged {column}"


def _abouts(entry: DataSet, edition: str, used: set[str]) -> tuple[TableSubject, ...]:
    area = (TableSubject(AREA, "Area", ()),) if AREA in entry.policy.place_parts else ()
    others = tuple(
        TableSubject(each.name, each.label, _words_of(each, entry, edition))
        for each in entry.fields
        if each.name not in used and each.treatment != "keep"
    )
    return area + others


def _words_of(field: DataField, entry: DataSet, edition: str) -> tuple[str, ...]:
    """Return the words a field may have: its code list's, or the age bands of its data set."""
    if field.treatment == _BY_AGE:
        bands: Sequence[str] = getattr(book().age_bands, entry.policy.age_bands or "adults")
        return (*bands, _NOT_KNOWN)
    listed = code_list_for(field, edition)
    return tuple(code.label for code in listed.codes) if listed is not None else ()
