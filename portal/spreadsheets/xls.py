"""Read an XLS workbook (Excel 2 to 2003) through xlrd: shown cells only, as the office sees them; formulas and macros never run."""

import io

import xlrd
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_BOOLEAN, XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT
from xlrd.compdoc import CompDoc

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.grid import Budget, Grid, no_more_sheets
from portal.spreadsheets.number_formats import number_text, read_format
from portal.spreadsheets.sheets import Sheet, Workbook
from portal.spreadsheets.xlsx.cells import count_hidden

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = {"_vba_project_cur", "_vba_project", "vba", "macros"}
_NOTHING = {XL_CELL_EMPTY, XL_CELL_BLANK, XL_CELL_ERROR}
_LOCKED = "encrypted"


def read_xls(source: bytes) -> Workbook:
    """Return the shown sheets of a workbook.

    Raises:
        RefusedFileError: locked, macros, damage, or more than a return may hold.
    """
    try:
        _refuse(source)
        return _read(source)
    except (RefusedFileError, MemoryError):
        raise
    except Exception as error:  # whatever the reader meets in a damaged file, the answer is the same
        raise RefusedFileError(errors.PASSWORD if _LOCKED in str(error) else errors.DAMAGED) from error


def _read(source: bytes) -> Workbook:
    quiet = io.StringIO()  # what the reader writes would stand between the messages to the parent
    book = xlrd.open_workbook(
        file_contents=source, formatting_info=True, ragged_rows=True, on_demand=True, logfile=quiet
    )
    budget = Budget()
    sheets: list[Sheet] = []
    hidden_sheets = hidden_columns = comments = 0
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        if sheet.visibility:
            hidden_sheets += 1
        else:
            grid = _grid(book, sheet, budget)
            hidden_columns += count_hidden(grid.cells)
            comments += len(sheet.cell_note_map)
            sheets.append(grid.sheet(sheet.name))
            no_more_sheets(sheets)
        book.unload_sheet(place)
    dropped = {"comments": comments} if comments else {}
    return Workbook(tuple(sheets), (), hidden_sheets, hidden_columns, dropped)


def _refuse(source: bytes) -> None:
    if not source.startswith(OLE_START):
        return  # a workbook of an early program, without the shell that later ones have
    compound = CompDoc(source, logfile=io.StringIO())
    names = {entry.name.lower() for entry in compound.dirlist}
    if "encryptedpackage" in names:
        raise RefusedFileError(errors.PASSWORD)
    if names & _MACROS:
        raise RefusedFileError(errors.MACROS)
    if names & {"worddocument", "powerpoint document"}:
        raise RefusedFileError(errors.wrong_kind("a text document or a slide show"))
    if any(name.startswith(("__substg1.0_", "__properties_version")) for name in names):
        raise RefusedFileError(errors.wrong_kind("a message"))
    if not names & {"workbook", "book"}:
        raise RefusedFileError(errors.wrong_kind("a file of an old program"))


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet, budget: Budget) -> Grid:
    grid = Grid(budget)
    grid.cells.hidden_columns |= {place for place, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
    for row in range(sheet.nrows):
        for position, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind not in _NOTHING:
                style = sheet.cell_xf_index(row, position)
                grid.put(row + 1, position, _text(book, kind, value, style))
    for top, bottom, left, right in sheet.merged_cells:
        grid.merge(top + 1, left, bottom, right - 1)
    return grid


def _text(book: xlrd.Book, kind: int, value: str | float, style: int) -> str:
    if kind == XL_CELL_TEXT:
        return str(value)
    if kind == XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    shown = book.format_map.get(book.xf_list[style].format_key)
    form = read_format(shown.format_key, shown.format_str) if shown is not None else read_format(0, None)
    return number_text(repr(value), form, epoch_1904=book.datemode == 1)
