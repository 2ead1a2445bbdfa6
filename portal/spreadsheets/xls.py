"""Read an XLS workbook of Excel 97 to 2003 through calamine, after a look at its own records.

calamine gives no hidden columns, so the records of the workbook's stream are walked for those, for passwords and macros.
"""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from portal.spreadsheets import errors, limits
from portal.spreadsheets.arrow_columns import numbers, texts
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.number_formats import GENERAL, number_text
from portal.spreadsheets.ole import CompoundFile, hidden_columns, is_locked, open_compound
from portal.spreadsheets.sheets import Sheet, Workbook

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_xls(source: bytes) -> Workbook:
    """Return the shown sheets of a workbook.

    Raises:
        RefusedFileError: locked, macros, damage, or more than a return may hold.
    """
    compound = open_compound(source)
    _refuse(compound)
    stream = compound.stream("Workbook") or compound.stream("Book")
    if is_locked(stream):
        raise RefusedFileError(errors.PASSWORD)
    hidden = hidden_columns(stream)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source))
        shown = [
            (place, each.name)
            for place, each in enumerate(book.sheets_metadata)
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        if len(shown) > limits.MAX_SHEETS:
            raise RefusedFileError(errors.TOO_MANY_SHEETS)
        sheets = tuple(_sheet(book.get_sheet_by_index(place), hidden.get(place, frozenset())) for place, _ in shown)
    except PasswordError as error:
        raise RefusedFileError(errors.PASSWORD) from error
    except CalamineError as error:
        raise RefusedFileError(errors.DAMAGED) from error
    return Workbook(sheets, (), len(book.sheets_metadata) - len(sheets), sum(map(len, hidden.values())))


def _refuse(compound: CompoundFile) -> None:
    names = {name.lower() for name in compound.names}
    if "encryptedpackage" in names:
        raise RefusedFileError(errors.PASSWORD)
    if names & {"_vba_project_cur", "_vba_project", "vba", "macros"}:
        raise RefusedFileError(errors.MACROS)
    if names & {"worddocument", "powerpoint document"}:
        raise RefusedFileError(errors.wrong_kind("a text document or a slide show"))
    if any(name.startswith(("__substg1.0_", "__properties_version")) for name in names):
        raise RefusedFileError(errors.wrong_kind("a message"))
    if not names & {"workbook", "book"}:
        raise RefusedFileError(errors.wrong_kind("a file of an old program"))


def _sheet(sheet: CalamineSheet, hidden: frozenset[int]) -> Sheet:
    first_row, first_column = sheet.start or (0, 0)
    rows: list[dict[int, str]] = []
    places: list[int] = []
    filled = 0
    for offset, cells in enumerate(sheet.to_python(skip_empty_area=True)):
        row = {
            first_column + place: text
            for place, cell in enumerate(cells)
            if first_column + place not in hidden and (text := _text(cell)).strip()
        }
        if row:
            rows.append(row)
            places.append(first_row + offset + 1)
            filled += len(row)
        if filled > limits.MAX_CELLS:
            raise RefusedFileError(errors.TOO_MANY_CELLS)
    _fill_merged(sheet, rows, places)
    positions = sorted({position for row in rows for position in row})
    columns = tuple(texts([row.get(position, "") for row in rows]) for position in positions)
    return Sheet(sheet.name, columns, tuple(positions), numbers(places), _spread(sheet, rows, places))


def _fill_merged(sheet: CalamineSheet, rows: list[dict[int, str]], places: list[int]) -> None:
    at = {number: index for index, number in enumerate(places)}
    for (top, left), (bottom, _right) in (sheet.merged_cell_ranges or [])[: limits.MAX_MERGES]:
        start = at.get(top + 1)
        value = rows[start].get(left, "") if start is not None else ""
        for number in range(top + 2, min(bottom + 2, top + limits.MAX_MERGED_ROWS)):
            place = at.get(number)
            if value and place is not None:
                rows[place].setdefault(left, value)


def _spread(sheet: CalamineSheet, rows: list[dict[int, str]], places: list[int]) -> dict[tuple[int, int], str]:
    at = {number: index for index, number in enumerate(places)}
    spread: dict[tuple[int, int], str] = {}
    for (top, left), (_bottom, right) in (sheet.merged_cell_ranges or [])[: limits.MAX_MERGES]:
        start = at.get(top + 1)
        if start is not None and top < limits.HEADING_ROWS and left in rows[start]:
            spread.update({(top + 1, place): rows[start][left] for place in range(left, right + 1)})
    return spread


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return "" if cell.startswith("#") and cell.endswith(("!", "?", "/A")) else cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return number_text(repr(cell), GENERAL)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if cell.time() == time.min else "%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date | time):
        return cell.isoformat()
    seconds = int(cell.total_seconds()) % 86_400
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
