"""Read a file of any form that a return may have into sheets of text."""

from collections.abc import Callable

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.file_types import FileType, sniff
from portal.spreadsheets.plain_text.delimited import read_delimited
from portal.spreadsheets.sheets import Workbook


def read(source: bytes) -> Workbook:
    """Return all that a file shows, as text.

    Args:
        source: the whole file. Workbooks are read in a limited child process only: see `limiting`.

    Raises:
        RefusedFileError: with the sentence that says what to do.
    """
    reading = _reader_of(sniff(source))(source)
    if not any(sheet.height for sheet in reading.sheets):
        raise RefusedFileError(errors.EMPTY)
    return reading


def _reader_of(form: FileType) -> Callable[[bytes], Workbook]:
    """Return the reader of a form; each is loaded only where it is needed."""
    if form is FileType.TEXT:
        return read_delimited
    if form is FileType.XLS:
        from portal.spreadsheets.xls import read_xls  # noqa: PLC0415

        return read_xls
    if form is FileType.HTML:
        from portal.spreadsheets.marked_up.html_tables import read_html  # noqa: PLC0415

        return read_html
    if form is FileType.WEB_ARCHIVE:
        from portal.spreadsheets.marked_up.web_archive import read_web_archive  # noqa: PLC0415

        return read_web_archive
    if form is FileType.XML_2003:
        from portal.spreadsheets.marked_up.xml_2003 import read_xml_2003  # noqa: PLC0415

        return read_xml_2003
    return _read_archive


def _read_archive(source: bytes) -> Workbook:
    from portal.spreadsheets.archives import open_archive  # noqa: PLC0415 - a CSV needs none of these
    from portal.spreadsheets.ods import is_ods, read_ods  # noqa: PLC0415
    from portal.spreadsheets.xlsx.workbook import read_xlsx  # noqa: PLC0415

    archive = open_archive(source)
    return read_ods(archive) if is_ods(archive) else read_xlsx(archive)
