"""Files of figures that answer a request without names: read cell by cell, and kept only as the plain table that was read."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from python_calamine import CalamineWorkbook

from portal.ground.wording import listed, one_line
from portal.privacy.formula_injection import safe_cell
from portal.privacy.identifiers.kinds import Setting
from portal.requests.depersonalised.identifier_check import kinds_in
from portal.requests.errors import FileRefusedError

KINDS = ("csv", "xlsx")
MOST_FILES = 3
MOST_BYTES = 2 * 1024 * 1024
_MOST_CELLS = 100_000
_MOST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class FigureFile:
    """A table that points to nobody: its name, and its cells as CSV. Comments, hidden sheets and authors stay behind."""

    name: str
    content: bytes


def read_figures(name: str, content: bytes, year: int) -> FigureFile:
    """Read a file of figures. Raises FileRefusedError with what to do; it never holds what was found, only where."""
    clean = one_line(name).replace("/", " ").replace("\\", " ")[-_MOST_NAME:]
    stem, _, kind = clean.rpartition(".")
    if kind.lower() not in KINDS:
        raise FileRefusedError("The selected file must be a CSV or XLSX, so that it can be read before it is kept.")
    if not content:
        raise FileRefusedError("The selected file is empty.")
    if len(content) > MOST_BYTES:
        raise FileRefusedError(f"The selected file must be smaller than {MOST_BYTES // (1024 * 1024)}MB.")
    rows = _csv_rows(content) if kind.lower() == "csv" else _sheet_rows(content)
    if sum(map(len, rows)) > _MOST_CELLS:
        raise FileRefusedError("The selected file has more cells than figures need. Count them together first.")
    _refuse_pointing(stem, rows, year)
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return FigureFile(name=f"{stem}.csv", content=out.getvalue().encode("utf-8-sig"))


def _refuse_pointing(stem: str, rows: Sequence[Sequence[str]], year: int) -> None:
    known: dict[str, tuple[str, ...]] = {}
    if kinds_in(stem.replace("_", " ").replace("-", " "), year, Setting.HEADING):
        raise FileRefusedError("The name of the file points to a person. Give it another name.")
    for number, row in enumerate(rows, 1):
        for cell in (*row, " ".join(row)):  # an identifier may lie across two cells
            if cell not in known:
                known[cell] = kinds_in(cell, year, Setting.CATEGORY)
            if known[cell]:
                raise FileRefusedError(
                    f"Row {number} of the file seems to hold {listed(known[cell])}. Take it out, and choose the file again."
                )


def _csv_rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise FileRefusedError("The selected file is not a CSV file. Save it again and choose it.")
        return [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error):
        raise FileRefusedError("The selected file is not a CSV file. Save it again and choose it.") from None


def _sheet_rows(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=True) for name in book.sheet_names]
    except Exception:  # noqa: BLE001 - whatever the reader meets in a broken file, the answer is the same
        raise FileRefusedError("The selected file is not an XLSX file. Save it again and choose it.") from None
    filled = [sheet for sheet in sheets if any(_words(row) for row in sheet)]
    if len(filled) != 1:
        raise FileRefusedError("The file must hold one sheet with figures. Save each sheet as a file of its own.")
    return [[_text(cell) for cell in row] for row in filled[0] if _words(row)]


def _words(row: Iterable[object]) -> bool:
    return any(_text(cell).strip() for cell in row)


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
