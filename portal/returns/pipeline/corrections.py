"""Put what the sender answered about single cells into the file's tables, before anything else is done with them.

An answer `mend:1!E14` stands for cell E14 of the first sheet that is read; an empty one for a blank cell. What was
answered goes the same way as what was sent: it is treated, scanned and checked like any cell.
"""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from portal.returns.pipeline.assemble import Source
from portal.returns.report.masking import letters, safe_heading
from portal.returns.tables.extraction import ExtractedTable
from portal.spreadsheets.arrow_columns import flat, pc, texts
from portal.spreadsheets.sheets import Workbook

PREFIX = "mend:"
_CELL = re.compile(r"mend:(\d{1,3})!([A-Z]{1,3})(\d{1,7})")
_LONGEST = 300  # letters of an answer

Cell = tuple[int, str, int]  # the sheet's number, the column's letters, the row's number


def answer_for(sheet: int, cell: str) -> str:
    """Return the name of the answer that mends a cell."""
    return f"{PREFIX}{sheet}!{cell}"


def asked(answers: Mapping[str, str]) -> dict[Cell, str]:
    """Return which cells are to hold what."""
    found = {}
    for name, value in answers.items():
        if match := _CELL.fullmatch(name):
            found[int(match[1]), match[2], int(match[3])] = " ".join(value.split())[:_LONGEST]
    return found


def correct(sources: Sequence[Source], reading: Workbook, answers: Mapping[str, str]) -> list[Source]:
    """Return the tables with the answered cells in the place of what was sent."""
    wanted = asked(answers)
    if not wanted:
        return list(sources)
    numbers = sheet_numbers(reading)
    return [
        source.with_table(_corrected(source.table, numbers.get(source.table.sheet, 0), wanted)) for source in sources
    ]


def sheet_numbers(reading: Workbook) -> dict[str, int]:
    """Return the number of each sheet that is read, by its name as sent."""
    return {sheet.name: number for number, sheet in enumerate(reading.sheets, 1)}


def shown_sheet(reading: Workbook, name: str) -> str:
    """Return a sheet's name so that it names nobody; nothing where the file is one table of text."""
    return safe_heading(name) or f"sheet {sheet_numbers(reading)[name]}" if name else ""


def _corrected(table: ExtractedTable, sheet: int, wanted: Mapping[Cell, str]) -> ExtractedTable:
    columns = list(table.columns)
    for index, position in enumerate(table.positions):
        mine = {row: text for (of, column, row), text in wanted.items() if (of, column) == (sheet, letters(position))}
        for number, text in mine.items():
            place = pc.index(table.rows, pa.scalar(number, table.rows.type)).as_py()
            if place >= 0:
                whole = flat(columns[index])
                columns[index] = pa.concat_arrays([whole.slice(0, place), texts([text]), whole.slice(place + 1)])
    return table.with_columns(tuple(columns))
