"""List every cell that the sender may want to mend: where it stands, what is wrong, and how to mend it.

The list is for the sender alone. It shows what a cell holds only where that can be nobody: a date or a number that
cannot be read, or a category's wording that is kept anyway.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from portal.privacy.grammar.category import digest_of
from portal.privacy.identifiers.kinds import WORDS
from portal.returns.pipeline.assemble import Source
from portal.returns.pipeline.corrections import sheet_numbers, shown_sheet
from portal.returns.pipeline.split import TreatedPart
from portal.returns.report.file_report import CellProblem, UnknownWording
from portal.returns.report.masking import letters, shown_heading
from portal.returns.report.showable import harmless
from portal.returns.tables.extraction import ExtractedTable
from portal.rules.datasets.quarters import Quarter
from portal.spreadsheets.arrow_columns import Cells, number_at, pc, text_at
from portal.spreadsheets.sheets import Workbook

MOST = 2_000  # of a kind; more is a fault of the whole file, which the warnings count
UNREADABLE, NOT_LISTED, EMPTY, OUTSIDE, IDENTIFIER = "unreadable", "not listed", "empty", "outside", "identifier"
_LEAVE_OUT = "leave-out"
_LISTED = "The list of categories does not have these words."
_LEFT_OUT = "The list of categories does not have the words of this cell, so they are left out."


@dataclass(frozen=True)
class Place:
    """Where a row of the file stands: in which table, and which of its rows."""

    source: Source
    within: int


class Places:
    """Find the table and the spreadsheet's cell of a row by its place among all rows of the file."""

    def __init__(self, sources: Sequence[Source], reading: Workbook) -> None:
        """Count the rows of each table."""
        self._sources, self._reading = sources, reading
        self._ends = list(accumulate(source.table.height for source in sources))
        self._numbers = sheet_numbers(reading)
        self._headings: dict[tuple[int, int], str] = {}
        self._matched: dict[tuple[int, str], list[int]] = {}
        self._sheets: dict[str, str] = {}

    def of(self, place: int) -> Place:
        """Return the table that a row stands in."""
        index = bisect_right(self._ends, place)
        return Place(self._sources[index], place - (self._ends[index - 1] if index else 0))

    def sent(self, place: int, field: str) -> str:
        """Return what the file holds for a field in a row: its first column that is not blank."""
        found = self.of(place)
        cells = (text_at(found.source.table.columns[one], found.within) for one in self._columns(found.source, field))
        return next((cell for cell in cells if cell.strip()), "")

    def problem(
        self,
        part: TreatedPart,
        place: int,
        field: str,
        kind: str,
        said: tuple[str, str],
        shown: str = "",
        *,
        alike: str = "",
    ) -> CellProblem:
        """Return a problem at a row and a field: `said` is what is wrong and how to mend it."""
        found = self.of(place)
        table, columns = found.source.table, self._columns(found.source, field)
        column = columns[0] if columns else None
        if columns[1:]:
            column = next((one for one in columns if text_at(table.columns[one], found.within).strip()), column)
        row = number_at(table.rows, found.within)
        return CellProblem(
            kind=kind,
            data_set=part.entry.id,
            field=field,
            sheet=self._sheet(table.sheet),
            sheet_number=self._numbers.get(table.sheet, 1),
            row=row,
            cell=f"{letters(table.positions[column])}{row}" if column is not None else "",
            column=self._heading(table, column) if column is not None else field.replace("_", " "),
            what=said[0],
            mend=said[1],
            shown=shown,
            alike=alike,
        )

    def _columns(self, source: Source, field: str) -> list[int]:
        """Return the columns of a field, worked out once a table: a long file has thousands of problems."""
        place = id(source), field
        if place not in self._matched:
            self._matched[place] = [match.column for match in source.matching.of(field)]
        return self._matched[place]

    def _sheet(self, name: str) -> str:
        if name not in self._sheets:
            self._sheets[name] = shown_sheet(self._reading, name)
        return self._sheets[name]

    def _heading(self, table: ExtractedTable, column: int) -> str:
        """Return a heading as it may be shown, worked out once a column."""
        place = id(table), column
        if place not in self._headings:
            self._headings[place] = shown_heading(table, column)
        return self._headings[place]


def problems_of(
    parts: Sequence[TreatedPart], places: Places, quarter: Quarter, answers: Mapping[str, str]
) -> tuple[CellProblem, ...]:
    """Return the problems of a file by kind, those of each kind in the file's order."""
    found: list[CellProblem] = []
    for part in parts:
        of_part = [_unreadable(part, places, quarter), _identifiers(part, places)]
        if not part.counted:
            of_part += [_not_listed(part, places), _empty(part, places)]
            if answers.get("outside-quarter") != _LEAVE_OUT:
                of_part.append(_outside(part, places, quarter))
        for kind in of_part:
            found += islice(kind, MOST)
    order = [UNREADABLE, NOT_LISTED, EMPTY, OUTSIDE, IDENTIFIER]
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.sheet_number, one.row)))


def wordings_of(parts: Sequence[TreatedPart], places: Places) -> tuple[UnknownWording, ...]:
    """Return the wordings whose code only the sender knows, the commonest of each field first."""
    found = []
    for part in parts:
        for name, unknown in part.unknown.items() if not part.counted else ():
            for one in unknown:
                cell = places.problem(part, number_at(part.order, one.first), name, NOT_LISTED, ("", ""))
                found.append(
                    UnknownWording(
                        data_set=part.entry.id,
                        field=name,
                        column=cell.column,
                        digest=one.digest,
                        rows=one.rows,
                        where=" ".join(filter(None, (cell.sheet, cell.cell or f"row {cell.row}"))),
                        shown=one.shown,
                    )
                )
    return tuple(found)


def _unreadable(part: TreatedPart, places: Places, quarter: Quarter) -> Iterator[CellProblem]:
    for each in part.troubles:
        target = part.targets.get(each.field)
        treatment = target.treatment if target is not None else ""
        shown = harmless(places.sent(each.place, each.field), treatment, quarter)
        mend = _HOW.get(treatment, "Mend this cell, or leave it empty if you do not hold it.")
        yield places.problem(part, each.place, each.field, UNREADABLE, (each.reason, mend), shown)


def _identifiers(part: TreatedPart, places: Places) -> Iterator[CellProblem]:
    for each in part.findings:
        what = f"This cell holds what looks like {WORDS[each.kind]}. It {'is cut short' if each.action == 'shortened' else 'is taken out'}."
        mend = "You need do nothing. Take it out of your own file, so that it is not sent again."
        yield places.problem(part, each.place, each.field, IDENTIFIER, (what, mend))


def _not_listed(part: TreatedPart, places: Places) -> Iterator[CellProblem]:
    for name, target in part.targets.items():
        codes = part.columns.get(f"{name}_code")
        if target.treatment != "category" or not target.codes or codes is None or name not in part.columns:
            continue
        wordings = part.columns[name]
        for row in _rows(pc.is_null(codes)):
            place = number_at(part.order, row)
            sent = places.sent(place, name)
            if not sent.strip():
                continue
            shown = text_at(wordings, row)
            said = (_LISTED if shown else _LEFT_OUT, "Choose the category that they stand for.")
            yield places.problem(part, place, name, NOT_LISTED, said, shown, alike=digest_of(sent))


def _empty(part: TreatedPart, places: Places) -> Iterator[CellProblem]:
    if part.entry.level == "aggregate":
        return  # of numbers, an empty cell says that they are not held
    for group in part.entry.required():
        held = [name for name in group if name in part.columns]
        if not held:
            continue
        blank = pc.is_null(part.columns[held[0]])
        for name in held[1:]:
            blank = pc.and_(blank, pc.is_null(part.columns[name]))
        said = ("This return needs an answer here.", "Fill the cell in, or leave it empty if you do not hold it.")
        for row in _rows(blank):
            place = number_at(part.order, row)
            if not any(places.sent(place, name).strip() for name in held):
                yield places.problem(part, place, held[0], EMPTY, said)


def _outside(part: TreatedPart, places: Places, quarter: Quarter) -> Iterator[CellProblem]:
    if part.days is None:
        return
    first, last = quarter.start.isoformat(), quarter.end.isoformat()
    inside = pc.and_(pc.greater_equal(part.days, first), pc.less_equal(part.days, last))
    said = (f"This date is not in {quarter.months}.", "Check the date. It is kept as late unless you mend it.")
    for row in _rows(pc.invert(inside)):
        day = text_at(part.days, row)
        shown = day if abs(int(day[:4]) - quarter.year) <= 1 else ""
        yield places.problem(part, number_at(part.order, row), "date", OUTSIDE, said, shown)


def _rows(flags: Cells) -> list[int]:
    rows: list[int] = pc.indices_nonzero(pc.fill_null(flags, fill_value=False)).slice(0, MOST).to_pylist()
    return rows


_HOW = {
    "date": "Write the day as 14/08/2026.",
    "time": "Write the time as 21:40.",
    "count": "Write a whole number, 0 for none, or leave the cell empty if you do not hold it.",
    "age_years": "Write the age in years, or leave the cell empty.",
    "age_band": "Write the age in years or the age band, such as 14-16.",
    "sex": "Write male, female, other or not known.",
    "ethnicity_group": "Write the ethnic group as the list has it.",
    "outward_postcode": "Write the first half of the postcode, such as LE1.",
    "map_point": "Write the easting and northing, or leave the cell empty.",
}
