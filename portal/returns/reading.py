"""Read a file of any form that a return may have into sheets of text."""

from portal.returns import refusals
from portal.returns.delimited import read_delimited
from portal.returns.refusals import RefusedFileError
from portal.returns.sheets import Reading
from portal.returns.sniffing import Form, sniff


def read(source: bytes) -> Reading:
    """Return all that a file shows, as text (4.1, steps 2 to 4).

    Args:
        source: the whole file. Workbooks are read in a limited child process only: see `limiting`.

    Raises:
        RefusedFileError: with the sentence that says what to do.
    """
    form = sniff(source)
    if form is Form.TEXT:
        reading = read_delimited(source)
    elif form is Form.OLE:
        from portal.returns.xls import read_xls  # noqa: PLC0415 - calamine is loaded only where it is needed

        reading = read_xls(source)
    else:
        reading = _read_archive(source)
    if not any(sheet.height for sheet in reading.sheets):
        raise RefusedFileError(refusals.EMPTY)
    return reading


def _read_archive(source: bytes) -> Reading:
    from portal.returns.archives import open_archive  # noqa: PLC0415 - a CSV needs none of these
    from portal.returns.ods import is_ods, read_ods  # noqa: PLC0415
    from portal.returns.xlsx import read_xlsx  # noqa: PLC0415

    archive = open_archive(source)
    return read_ods(archive) if is_ods(archive) else read_xlsx(archive)
