"""Spreadsheets as offices make them, built in memory: XLSX, ODS, XLS and text in any encoding."""

import base64
import csv
import io
import struct
import zipfile
from datetime import date, time
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.attacks.hostile_files import ole


def text(rows, delimiter=",", encoding="utf-8", line_end="\r\n") -> bytes:
    """Write rows as CSV or its kin."""
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return made.getvalue().encode(encoding)


def xlsx(sheets, *, merged=(), hidden_columns=(), hidden_rows=(), hidden_sheets=(), comments=(), title="") -> bytes:
    """Write sheets as XLSX: name -> rows. What is merged or hidden is given as (sheet, reference)."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title = title
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for name, reference in merged:
        book[name].merge_cells(reference)
    for name, letter in hidden_columns:
        book[name].column_dimensions[letter].hidden = True
    for name, number in hidden_rows:
        book[name].row_dimensions[number].hidden = True
    for name in hidden_sheets:
        book[name].sheet_state = "hidden"
    for name, reference, words in comments:
        book[name][reference].comment = Comment(words, "Jane Canary")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(sheets, hidden=()) -> bytes:
    """Write sheets as ODS: name -> rows; `hidden` names sheets that are not shown."""
    tables = "".join(_ods_table(name, rows, "off" if name in hidden else "on") for name, rows in sheets.items())
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    styles = (
        '<style:style style:name="on" style:family="table"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


def _ods_table(name, rows, style) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    return f'<table:table table:name="{escape(name)}" table:style-name="{style}">{lines}{filler}</table:table>'


def _ods_cell(value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        shown = value.strftime("%d/%m/%Y")
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"><text:p>{shown}</text:p></table:table-cell>'
    if isinstance(value, time):
        stored = value.strftime("PT%HH%MM%SS")
        return f'<table:table-cell office:value-type="time" office:time-value="{stored}"><text:p>{value:%H:%M}</text:p></table:table-cell>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def xls(rows, hidden_columns=(), *, hidden_sheet=False, epoch_1904=False, shell=True) -> bytes:
    """Write one sheet as XLS (BIFF8): words as labels, numbers as numbers, days as numbers shown as days."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for column in hidden_columns:
        sheet += _record(0x007D, struct.pack("<HHHHHH", column, column, 2560, 15, 1, 0))
    width = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    first = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet += _record(0x0203, struct.pack("<HHHd", number, column, 16, (value - first).days))
            elif isinstance(value, int | float):
                sheet += _record(0x0203, struct.pack("<HHHd", number, column, 0, value))
            elif value:
                words = value.encode("utf-16-le")
                sheet += _record(0x0204, struct.pack("<HHHHB", number, column, 0, len(words) // 2, 1) + words)
    sheet += _record(0x000A, b"")
    name = b"Sheet1"
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    start += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", int(epoch_1904)))
    formats = b"".join(_record(0x00E0, struct.pack("<HHH", 0, shown, 0) + bytes(14)) for shown in [0] * 16 + [14])
    end = _record(0x000A, b"")
    bound = len(start) + len(formats) + 4 + 8 + len(name) + len(end)
    start += formats + _record(0x0085, struct.pack("<IBBBB", bound, int(hidden_sheet), 0, len(name), 0) + name) + end
    return ole({"Workbook": start + sheet}) if shell else start + sheet


def html(rows, *, before="", hidden_columns=()) -> bytes:
    """Write a table as a web page, as systems do that name it .xls."""
    columns = "".join(
        f"<col{' style=' + chr(39) + 'display:none' + chr(39) if place in hidden_columns else ''}>"
        for place in range(max(map(len, rows), default=0))
    )
    lines = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>\n" for row in rows)
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>td {mso-number-format:"\\@"}</style>'
    return f"{head}<body>{before}<table>{columns}{lines}</table></body></html>".encode()


def web_archive(pages) -> bytes:
    """Put pages in a web archive (MHT), each by its file name."""
    parts = [
        f"--edge\r\nContent-Location: file:///C:/x/{name}\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n{base64.encodebytes(page).decode()}'
        for name, page in pages.items()
    ]
    start = 'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="edge"\r\n\r\n'
    return (start + "\r\n".join(parts) + "\r\n--edge--\r\n").encode()


def xml_2003(rows, *, hidden_columns=(), hidden_sheet=False, before="") -> bytes:
    """Write one sheet as an XML Spreadsheet of 2003."""
    columns = "".join(f'<Column ss:Index="{place + 1}" ss:Hidden="1"/>' for place in hidden_columns)
    lines = "".join(f"<Row>{''.join(map(_xml_cell, row))}</Row>" for row in rows)
    shown = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>" if hidden_sheet else ""
    return (
        f'<?xml version="1.0"?>{before}<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Data"><Table>{columns}{lines}</Table>{shown}</Worksheet></Workbook>'
    ).encode()


def _xml_cell(value) -> str:
    if isinstance(value, date):
        return f'<Cell><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data></Cell>'
    kind = "Number" if isinstance(value, int | float) else "String"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>' if value != "" else "<Cell/>"


def _record(kind, body) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
