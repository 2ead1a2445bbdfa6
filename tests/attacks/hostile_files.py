"""Files that mean harm, made in memory: bombs, tricks with paths and entities, wrong kinds, shapes that break readers."""

import io
import struct
import zipfile

from openpyxl import Workbook

HEADINGS = ["Date", "Time", "Location", "Category", "Postcode"]
RECORD = ["03/07/2026", "08:15", "Station Road", "Noise", "LE11 3QP"]


def workbook(rows=None, **more_parts) -> bytes:
    """Make a sound XLSX of some rows, with further parts by path."""
    book = Workbook()
    for row in rows or [HEADINGS, RECORD]:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return with_parts(made.getvalue(), more_parts) if more_parts else made.getvalue()


def with_parts(source: bytes, parts: dict) -> bytes:
    """Add or replace parts of a zipped workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def sheet_xml(cells: str, before: str = "", root: str = "worksheet") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<{root} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></{root}>'
    )


def inline_row(number: int, texts) -> str:
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def stray_corner(table=(HEADINGS, RECORD)) -> bytes:
    """A workbook with a blank cell in the last corner of the sheet, as Excel's Solver writes."""
    rows = "".join(inline_row(number, texts) for number, texts in enumerate(table, 1))
    rows += '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})


def bomb_of_noughts() -> bytes:
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 190_000_000 + b"</worksheet>"})


def bomb_by_and_by() -> bytes:
    """Parts so small that none of them alone is looked at, and that pack a thousand to one."""
    return with_parts(workbook(), {f"xl/worksheets/sheet{number}.xml": b" " * 1_000_000 for number in range(2, 62)})


def bomb_of_many_parts() -> bytes:
    return with_parts(workbook(), {f"xl/worksheets/sheet{number}.xml": b"<a/>" for number in range(2, 700)})


def listing_of_seventy_thousand() -> bytes:
    """One part, and a listing of 70,000; the archive itself says that it lists one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", b"x")
    source = made.getvalue()
    at, end = source.index(b"PK\x01\x02"), source.index(b"PK\x05\x06")
    listing = source[at:end] * 70_000
    return source[:at] + listing + source[end : end + 12] + struct.pack("<LLH", len(listing), at, 0)


def bomb_by_false_size() -> bytes:
    """A part whose listing says 100 bytes, but which unpacks to 50 MB."""
    source = bytearray(with_parts(workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b"a" * 50_000_000}))
    name = b"xl/worksheets/sheet1.xml"
    central = source.rfind(b"PK\x01\x02", 0, source.rfind(name))
    struct.pack_into("<I", source, central + 24, 100)
    return bytes(source)


def bomb_by_overlap(size: int = 1_000_000, parts: int = 300) -> bytes:
    """Many listed parts that share the bytes of one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"a" * size)
        for number in range(parts):
            info = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml")
            first = archive.infolist()[0]
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type", "flag_bits"):
                setattr(info, field, getattr(first, field))
            archive.filelist.append(info)
    return made.getvalue()


def nested() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("inner.zip", workbook())
    return made.getvalue()


def climbing_path() -> bytes:
    return with_parts(workbook(), {"../../etc/cron.d/x": b"x"})


def doubled_part() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        info = zipfile.ZipInfo("XL/worksheets/SHEET1.xml")
        new.writestr(info, b"<worksheet/>")
    return made.getvalue()


def laughing_entities(encoding: str = "utf-8") -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "lol">{laughs}]>'
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>', doctype)
    xml = xml.replace("UTF-8", encoding.upper())
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": xml.encode(encoding)})


def outside_entity(address: str) -> bytes:
    doctype = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "{address}">]>'
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>', doctype)
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": xml})


def with_macros() -> bytes:
    return with_parts(workbook(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\x00" * 100})


def locked() -> bytes:
    """An OLE file with the stream that an encrypted workbook has."""
    return ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 5000})


def ole(streams: dict) -> bytes:
    """Make an OLE compound file of streams, each of 4,096 bytes or more."""
    sectors, starts = [], {}
    for name, content in streams.items():
        padded = content.ljust(max(4096, len(content)), b"\x00")
        padded += b"\x00" * (-len(padded) % 512)
        starts[name] = (len(sectors), len(padded))
        sectors += [padded[at : at + 512] for at in range(0, len(padded), 512)]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)]
    names = list(streams)
    for place, name in enumerate(names):
        following = place + 2 if place + 1 < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, *starts[name], right=following))
    directory = b"".join(entries).ljust(-(-len(entries) * 128 // 512) * 512, b"\x00")
    table = []
    for start, size in starts.values():
        count = size // 512
        table += [*range(start + 1, start + count), 0xFFFFFFFE]
    directory_start = len(sectors)
    sectors += [directory[at : at + 512] for at in range(0, len(directory), 512)]
    table += [*range(directory_start + 1, len(sectors)), 0xFFFFFFFE]
    tables = -(-(len(table) + 2) // 128)
    table += [0xFFFFFFFD] * tables
    fat_start = len(sectors)
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, directory_start, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    header = header[:76]
    difat = [fat_start + place for place in range(tables)] + [0xFFFFFFFF] * (109 - tables)
    header += struct.pack("<109I", *difat)
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    words = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", words, len(words) + 2, kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, start, size
    )


def one_long_line() -> bytes:
    return b",".join([b"a" * 50] * 1_000_000)


def too_wide() -> bytes:
    return (",".join(f"Heading {place}" for place in range(16_384)) + "\n" + ",".join(["1"] * 16_384)).encode()


def too_wide_workbook() -> bytes:
    return workbook([[f"Heading {place}" for place in range(16_384)], ["x"] * 16_384])


def ods_with_repeats(rows: int, columns: int) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="Sheet1">'
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


def ten_thousand_sheets() -> bytes:
    """A workbook that lists 10,000 sheets, all of them the same part."""
    sheets = "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 10_001))
    book = (
        '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<sheets>{sheets}</sheets></workbook>"
    )
    return with_parts(workbook(), {"xl/workbook.xml": book})


def many_shared_strings(number: int = 1_000_000) -> bytes:
    """A workbook whose list of words is a million long; no cell uses it."""
    words = "".join(f"<si><t>word {n}</t></si>" for n in range(number))
    table = f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{words}</sst>'
    return with_parts(workbook(), {"xl/sharedStrings.xml": table})


def deep_styles(depth: int = 200_000) -> bytes:
    """A workbook whose styles lie one in another, deeper than a stack."""
    xml = '<?xml version="1.0"?>' + "<x>" * depth + "</x>" * depth
    return with_parts(workbook(), {"xl/styles.xml": xml})


def deep_rows(depth: int = 200_000) -> bytes:
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml("<x>" * depth + "</x>" * depth)})


def quadratic(size: int = 100_000) -> bytes:
    """A sheet with an element of 100,000 attributes and one word of megabytes, which poor readers compare each with each."""
    attributes = " ".join(f'a{n}="1"' for n in range(size))
    cells = f'<row r="1" {attributes}><c r="A1" t="inlineStr"><is><t>{"]]&gt;" * 20 * size}</t></is></c></row>'
    return with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(cells)})


def binary_workbook() -> bytes:
    """An XLSB: a workbook whose parts are no XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types><Override PartName="/xl/workbook.bin"/></Types>')
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00\x99\x01\x0c" + bytes(100))
        archive.writestr("xl/worksheets/sheet1.bin", b"\x81\x01\x00" + bytes(100))
    return made.getvalue()


def huge_line() -> bytes:
    return b"a" * 200_000_000


def message_in_message() -> bytes:
    """A web archive whose parts lie in one another like dolls."""
    inner = b"Content-Type: text/html\r\n\r\n<table><tr><td>Date</td></tr></table>"
    for number in range(40):
        edge = f"edge{number}".encode()
        inner = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="%b"\r\n\r\n--%b\r\n%b\r\n--%b--\r\n' % (
            edge, edge, inner, edge,
        )  # fmt: skip
    return inner
