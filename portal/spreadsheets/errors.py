"""Say why a file cannot become a return, and what to do about it.

A sentence never quotes the file: what stands in a cell, a heading or a name may identify somebody.
"""

from portal.ground.errors import PortalError


class RefusedFileError(PortalError):
    """A file that cannot become a return; the message says what is wrong and what to do."""

    message = "The file cannot be used as a return."


EMPTY = "The file is empty. Choose the file that holds your table."
NO_TABLE = (
    "We could not find a table in the file. Put the headings in one row and the records below them, then send it again."
)
ONLY_HEADINGS = (
    "The file holds headings but no records. Add the records, or tell us that you have nothing to report this quarter."
)
PASSWORD = "The file is protected by a password. Save a copy without a password and send the copy."  # noqa: S105 - a sentence, not a secret
MACROS = "The workbook holds macros. Save it as XLSX without macros (File, Save as, Excel Workbook) and send that copy."
BINARY_WORKBOOK = (
    "The workbook is in the binary form XLSB. Save it as XLSX (File, Save as, Excel Workbook) and send that."
)
BOMB = "The workbook unpacks to far more than a return can hold. Copy the table to a new workbook and send that."
TAMPERED = "The workbook is not put together as a spreadsheet program does it. Open it, save it as XLSX and send that."
DAMAGED = (
    "The workbook is damaged and cannot be read. Open it in your spreadsheet program, save it again and send that."
)
ENTITIES = (
    "The workbook holds instructions that a spreadsheet never needs. Copy the table to a new workbook and send that."
)
NESTED = "The file is an archive with other files inside. Unpack it and send the spreadsheet itself."
NUL_BYTES = "The file holds bytes that no text file holds. Save it as CSV or XLSX and send that."
LONG_LINE = "The file holds a line that is far too long for a table. Save it again as CSV or XLSX and send that."
TOO_BIG = "The file is larger than 500 MB. Split it by month and send each part."
WORKBOOK_TOO_BIG = "The workbook is larger than 100 MB. Save the sheet as CSV and send that."
TOO_MANY_COLUMNS = "The sheet has more than 300 columns. Copy the columns of the return to a new sheet and send that."
TOO_MANY_CELLS = "The workbook holds more than three million cells. Save the sheet as CSV and send that."
TOO_MANY_ROWS = "The file holds more than two million rows. Split it by month and send each part."
TOO_MANY_SHEETS = "The workbook has more than 60 sheets. Keep the sheets of this quarter and send it again."
TOO_SLOW = "The file took too long to read. Copy the table to a new sheet, save it as CSV and send that."
TOO_LARGE_IN_MEMORY = (
    "The file needs more memory than a table may take. Copy the table to a new sheet, save it as CSV and send that."
)
UNREADABLE = (
    "We could not read this file, and nothing of it was kept. Save the table as CSV or XLSX and send that. "
    "If it happens again, tell the Information Manager this number: {place}."
)


def long_cell(row: int) -> str:
    """Name the row whose cell is longer than a spreadsheet allows."""
    return (
        f"Row {row} holds a cell of more than 32,767 characters. "
        "Often a quotation mark is opened and never closed. Mend that row and send the file again."
    )


def open_quote(row: int) -> str:
    """Name the row where a quotation mark is opened and never closed."""
    return (
        f"A quotation mark in row {row} is opened and never closed. Close it, or take it out, and send the file again."
    )


def wrong_kind(what: str) -> str:
    """Name the kind of file that was sent in place of a spreadsheet."""
    return f"This is {what}, not a spreadsheet. Send the table as CSV, XLSX or ODS."


NOTHING_KEPT = "No row holds anything that this return keeps. Check that it is the right file and the right data set."
CANNOT_OPEN = "The file cannot be opened. Check its name and that you may read it."


NOT_A_ROW_EACH = (
    "This return asks for a row for each record, and the file has numbers of them. "
    "Export the records, a row for each, and send that file."
)
NUMBERS_OF_WHAT = (
    "The file has several rows of numbers, and no column that we can read says of what each is. "
    "Put what each number counts in columns of its own, headed as in the template, and send the file again."
)


def other_quarter(heading: str, months: str, *, some: bool) -> str:
    """Name the column, as it may be shown, that says of rows that they are of another quarter."""
    if some:
        return f"Some rows are of another quarter, by the column '{heading}'. Take them out, so that only those of {months} are left, and send the file again."
    return f"The column '{heading}' names another quarter than {months}. Choose that quarter, or another file."


def headed_alike(heading: str) -> str:
    """Return the message for columns of numbers that have one heading."""
    return (
        f"More than one column of numbers is headed '{heading}', and we cannot tell what each counts. Write what it counts "
        "in each heading, such as the month, then send it again."
    )


def unknown_flags(heading: str) -> str:
    """Name the column of yes and no, as it may be shown, whose words are not known."""
    return (
        f"The file has a row for each person, and the column '{heading}' says neither yes nor no of them. "
        "Write Yes or No in it, and send the file again. No row about a single person is kept."
    )
