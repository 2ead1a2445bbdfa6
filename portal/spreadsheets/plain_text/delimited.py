"""Read CSV and its kin as text: the separator found, quoted line breaks kept, ragged rows held in place.

A long regular file goes through Arrow; whatever Arrow will not take, and every short file, through the csv module.
"""

import csv
import io
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from portal.spreadsheets import errors, limits
from portal.spreadsheets.arrow_columns import Cells, counting, flat, pc
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.plain_text.decoding import check_lines, decode, has_controls
from portal.spreadsheets.sheets import Sheet, Workbook, sheet_of_rows

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 256 * 1024
_FAST_BYTES = 512 * 1024  # below it the csv module is as quick
_SENTINEL = "\x1e"
_BLOCK_BYTES = 2 * limits.MAX_LINE_BYTES  # read by several processors at once


def read_delimited(source: bytes) -> Workbook:
    """Return the one sheet of a text file.

    Raises:
        RefusedFileError: the bytes are no text, or no table.
    """
    sheet = _read_bytes(source) if len(source) > _FAST_BYTES else None
    if sheet is not None:
        return Workbook((sheet,))
    text, encoding = decode(source)
    text, hint = _separator_line(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = hint or find_delimiter(text)
    offset = 1 if hint else 0
    if len(text) > _FAST_BYTES:
        sheet = _read_fast(text, text.encode(), delimiter, offset)
    if sheet is None:
        sheet = _read_slow(text, delimiter, offset)
    notes = () if encoding in {"utf-8", "cp1252"} else ("The file was read as UTF-16 text.",)
    return Workbook((sheet,), notes)


def _read_bytes(source: bytes) -> Sheet | None:
    """Read a long file of UTF-8 that never becomes one long text; None where it is anything else, or no regular table."""
    check_lines(source)
    body = source.removeprefix(BOM_UTF8)
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    first = body[: body.rfind(b"\n", 0, _SAMPLE_CHARACTERS) + 1]
    if b"\x00" in body or body.endswith(b"\x1a") or first[:4].lower() == b"sep=":
        return None
    try:
        sample = first.decode()
    except UnicodeDecodeError:
        return None
    return None if has_controls(sample) else _read_fast(sample, body, find_delimiter(sample), 0)


def _separator_line(text: str) -> tuple[str, str]:
    """Take Excel's hint 'sep=;' off the top."""
    if text[:4].lower() != "sep=":
        return text, ""  # before a long file is copied
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r")
    if len(first) == 5:  # noqa: PLR2004 - 'sep=' and the separator
        return rest, first[4]
    return text, ""


def find_delimiter(text: str) -> str:
    """Return the separator under which most rows have the same number of cells, the more cells the better."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in islice(reader, _SAMPLE_ROWS) if any(row))
        except csv.Error:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width = max(wide, key=lambda each: (wide[each], each))
        near = sum(count for each, count in wide.items() if abs(each - width) <= width // 4)
        score = (round(near / sum(widths.values()), 1), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _read_fast(text: str, encoded: bytes, delimiter: str, offset: int) -> Sheet | None:
    """Read a regular table through Arrow; None where a row is ragged or a quotation mark is not closed."""
    width = len(next(csv.reader(io.StringIO(text[:_SAMPLE_CHARACTERS], newline=""), delimiter=delimiter), []))
    if not 1 < width <= limits.MAX_COLUMNS:
        return None
    names = [str(place) for place in range(width)]
    whole: Any = pa.py_buffer(encoded)
    try:
        table = arrow_csv.read_csv(
            whole,
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=min(len(whole) + 1, _BLOCK_BYTES)),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows > limits.MAX_CSV_ROWS:
        raise RefusedFileError(errors.TOO_MANY_ROWS)
    columns = tuple(flat(column) for column in table.columns)
    if any(_is_too_long(column) for column in columns):
        return None  # the csv module names the row
    rows = counting(1 + offset, table.num_rows + 1 + offset).cast(pa.int32())
    return Sheet("", columns, tuple(range(width)), rows)


def _is_too_long(column: Cells) -> bool:
    """Tell whether a cell is longer than a spreadsheet allows; characters are counted only where the bytes are too many."""
    for length in (pc.binary_length, pc.utf8_length):
        if (pc.max(length(column)).as_py() or 0) <= limits.MAX_CELL_CHARACTERS:
            return False
    return True


def _read_slow(text: str, delimiter: str, offset: int) -> Sheet:
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    lines = io.StringIO(text if text.endswith("\n") else f"{text}\n", newline="")
    reader = csv.reader(_with_sentinel(lines), delimiter=delimiter)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if len(rows) > limits.MAX_CSV_ROWS:
                raise RefusedFileError(errors.TOO_MANY_ROWS)
    except csv.Error as error:
        raise RefusedFileError(errors.long_cell(len(rows) + 1 + offset)) from error
    if rows.pop() != [_SENTINEL]:
        raise RefusedFileError(errors.open_quote(len(rows) + 1 + offset))
    if width > limits.MAX_COLUMNS:
        rows = _without_stray(rows)
    return sheet_of_rows("", rows, range(1 + offset, len(rows) + 1 + offset))


def _with_sentinel(lines: io.StringIO) -> Iterator[str]:
    yield from lines
    yield _SENTINEL


def _without_stray(rows: list[list[str]]) -> list[list[str]]:
    stray = sum(1 for row in rows for cell in row[limits.MAX_COLUMNS :] if cell.strip())
    if stray > limits.MAX_STRAY_CELLS:
        raise RefusedFileError(errors.TOO_MANY_COLUMNS)
    return [row[: limits.MAX_COLUMNS] for row in rows]
