"""The job of a file of figures inside the child: its one table, as CSV, where no cell and no row points to a person."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from portal.ground.wording import listed
from portal.privacy.formula_injection import safe_cell
from portal.privacy.grammar.gazetteer import spelt
from portal.privacy.grammar.lists import LocalLists, from_json
from portal.privacy.grammar.sensitive import is_secret
from portal.privacy.identifiers.folding import fold, fold_column
from portal.privacy.identifiers.kinds import Setting
from portal.privacy.identifiers.prefilter import sift
from portal.privacy.identifiers.scanning import load_lists
from portal.requests.depersonalised.identifier_check import kinds_in
from portal.spreadsheets.arrow_columns import flat
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.sheets import Sheet, Workbook

_MOST_CELLS = 100_000
_SHEETS = "The file must hold one sheet with figures. Save each sheet as a file of its own."
_MEND = "Take it out, and choose the file again."
_TOO_MANY = "The selected file has more cells than figures need. Count them together first."


def plain_table(
    reading: Workbook, wish: Mapping[str, object], _tell: Callable[[str, int, int], None]
) -> tuple[bytes, ...]:
    """Return the one shown table of a file as CSV.

    Raises:
        RefusedFileError: several sheets, too many cells, or something that points to a person: by its row, never by its words.
    """
    load_lists()
    filled = [sheet for sheet in reading.sheets if sheet.height]
    if len(filled) != 1:
        raise RefusedFileError(_SHEETS)
    (sheet,) = filled
    if sheet.height * len(sheet.columns) > _MOST_CELLS:
        raise RefusedFileError(_TOO_MANY)
    rows = [list(row) for row in sheet.head(sheet.height)]
    lists = wish["lists"]
    if not isinstance(lists, dict):
        raise TypeError
    _refuse_pointing(sheet, rows, int(str(wish["year"])), from_json(lists))
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows if any(cell.strip() for cell in row))
    return (out.getvalue().encode("utf-8-sig"),)


def _refuse_pointing(sheet: Sheet, sent: Sequence[Sequence[str]], year: int, lists: LocalLists) -> None:
    rows = [["" if spelt(fold(cell)) in lists.every else cell for cell in row] for row in sent]
    whole = [" ".join(row) for row in rows]  # an identifier may lie across two cells
    seen: dict[str, bool] = {}
    known = _kinds_of([text for line, row in zip(whole, rows, strict=True) for text in (*row, line)], year)
    numbers = sheet.rows.to_pylist()
    for number, line, row, told in zip(numbers, whole, rows, sent, strict=True):
        if lists.secrets and is_secret(" ".join(told), lists, seen):
            raise RefusedFileError(f"Row {number} of the file names a place that must not be told. {_MEND}")
        for text in (*row, line):
            if text in known:
                raise RefusedFileError(f"Row {number} of the file seems to hold {listed(known[text])}. {_MEND}")


def _kinds_of(texts: Sequence[str], year: int) -> dict[str, tuple[str, ...]]:
    """Return the texts that point to a person, each with the kinds in words; the sieve tells which need be read."""
    distinct = list(dict.fromkeys(texts))
    folded = flat(fold_column(pa.array(distinct, pa.string())))
    sifted = sift(folded, Setting.CATEGORY)
    found = {
        distinct[place]: kinds_in(distinct[place], year, Setting.CATEGORY)
        for place in {*sifted.read, *sifted.shortened}
    }
    return {text: kinds for text, kinds in found.items() if kinds}


def load() -> None:
    """Load, beside the reading of a file, what is needed once it is read."""
    load_lists()
