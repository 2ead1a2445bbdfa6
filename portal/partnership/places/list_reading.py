"""A spreadsheet of places, read as any office's file is: the column of names by its heading; of secret places only hashes come back."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.ground.wording import folded, one_line
from portal.privacy.grammar.lists import LONGEST, MOST
from portal.privacy.grammar.local_lists.list_check import ListOfPeopleError, checked
from portal.privacy.grammar.sensitive import secret_forms, secret_hash
from portal.spreadsheets.arrow_columns import values
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.sheets import Workbook
from portal.spreadsheets.worker.limited import Job, read_limited

MOST_BYTES = 20 * 1024 * 1024  # a county's streets with all the columns of a gazetteer
MOST_SECRET = 2000
_ROWS_OF_HEADINGS = 20
_NO_COLUMN = "The file has several columns, and none is headed as this list is. Write Name above the column that holds the names, save it, and choose it again."
_NOTHING = "The file holds no name. Save the list as one column of names, and choose it again."
_TOO_MANY = f"The file holds more than {MOST:,} names. Choose the list of your own area alone."
_TOO_MANY_SECRET = f"The file holds more than {MOST_SECRET:,} places. Choose the list of your own places alone."
_NO_FORM = "Nothing was loaded: a town or a street alone names no place, and these rows hold no more: {}. Write a house number, a name or a whole postcode beside each, and choose the file again."
_MOST_SAID = 10  # rows
# The words that head a column of each kind besides its own name; GIAS and the ONS head theirs so.
_HEADS: dict[str, tuple[str, ...]] = {
    "wards": ("electoral ward", "electoral division", "division"),
    "beats": ("neighbourhood", "neighbourhood team", "police beat", "sector"),
    "stations": ("fire station", "station area", "station ground", "police station"),
    "districts": ("local authority", "council", "borough", "lad"),
    "estates": ("housing estate", "development"),
    "settlements": ("town", "village", "parish", "locality", "place"),
    "streets": ("road", "street descriptor", "street description", "designated street", "thoroughfare"),
    "schools": ("establishment", "academy", "college"),
    "rural": ("postcode", "outward code", "outward postcode", "area", "ward", "parish", "village"),
    "places": ("venue", "premises", "site", "business", "public place", "location"),
}
# All of a heading must be such words: 'Wren House' is a place.
_HEADS_AN_ADDRESS = re.compile(
    r"(?:(?:the|of|full|house|building|street|road|premises|place|flat|number|no|refuge|project)\.? ?/?(?:or |and )?)*(?:names?|address|address line \d|line \d|street|road|post ?code|number|premises)"
)
_ONS = re.compile(r"^[a-z]{2,6}\d{2}nm$")
_FIGURES = re.compile(r"\d{5}|@")  # of a telephone, an address of mail: no name of a place


@dataclass(frozen=True, kw_only=True)
class ListedNames:
    """What a file of places holds: the heading of the column that was taken ('' where it has none), the names, and how many cells were none."""

    column: str
    names: tuple[str, ...]
    left_out: int


def read_names(content: bytes, kind: str) -> ListedNames:
    """Read the names of one kind out of a CSV, XLSX, ODS or XLS file. Raises RefusedFileError with what to do."""
    (found,) = _read(content, "names_of", {"kind": kind})
    told = json.loads(found)
    return ListedNames(column=told["column"], names=tuple(told["names"]), left_out=told["left_out"])


def read_secrets(content: bytes, key: bytes) -> list[frozenset[str]]:
    """Read a file of secret places: of each the keyed hashes of its name and address. Raises RefusedFileError with what to do."""
    (found,) = _read(content, "hashes_of", {"key": key.hex()})
    return [frozenset(each) for each in json.loads(found)]


def _read(content: bytes, job: str, wish: Mapping[str, object]) -> list[bytes]:
    if len(content) > MOST_BYTES:
        raise RefusedFileError(f"The selected file must be smaller than {MOST_BYTES // (1024 * 1024)}MB.")
    return read_limited(content, Job(f"{__name__}:{job}", wish))


def names_of(
    reading: Workbook, wish: Mapping[str, object], _tell: Callable[[str, int, int], None]
) -> tuple[bytes, ...]:
    """Give the names of the first sheet that has them, as JSON (this runs inside the child)."""
    kind = str(wish["kind"])
    for sheet in reading.sheets:
        filled = [
            place for place, cells in enumerate(sheet.columns) if any(text.strip() for text in values(cells.unique()))
        ]
        if not filled:
            continue
        begin, column, heading = _column_of(sheet.head(_ROWS_OF_HEADINGS), kind, filled)
        cells = dict.fromkeys(filter(None, (one_line(text) for text in values(sheet.columns[column].slice(begin)))))
        names = [cell for cell in cells if len(cell) <= LONGEST and not _FIGURES.search(cell)]
        if len(names) > MOST:
            raise RefusedFileError(_TOO_MANY)
        if not names:
            raise RefusedFileError(_NOTHING)
        try:
            places = checked(names)
        except ListOfPeopleError as error:
            raise RefusedFileError(str(error)) from error
        told = {"column": heading, "names": places.names, "left_out": len(cells) - len(places.names)}
        return (json.dumps(told).encode(),)
    raise RefusedFileError(_NOTHING)


def hashes_of(
    reading: Workbook, wish: Mapping[str, object], _tell: Callable[[str, int, int], None]
) -> tuple[bytes, ...]:
    """Give the hashes of each row's name and address, as JSON (this runs inside the child)."""
    key = bytes.fromhex(str(wish["key"]))
    found = []
    for sheet in reading.sheets:
        rows = sheet.head(sheet.height)
        begin, columns = _address_columns(rows)
        places = [[row[column] for column in columns] for row in rows[begin:]]
        forms = [secret_forms(place) for place in places]
        if open_ := [begin + at + 1 for at, each in enumerate(forms) if not each and any(map(str.strip, places[at]))]:
            raise RefusedFileError(_NO_FORM.format(", ".join(map(str, open_[:_MOST_SAID]))))
        found += [sorted(secret_hash(key, form) for form in each) for each in forms if each]
    if not found:
        raise RefusedFileError(_NOTHING)
    if len(found) > MOST_SECRET:
        raise RefusedFileError(_TOO_MANY_SECRET)
    return (json.dumps(found).encode(),)


def _column_of(rows: Sequence[Sequence[str]], kind: str, filled: Sequence[int]) -> tuple[int, int, str]:
    """Give the row where the names begin, their column and its heading."""
    best: tuple[int, int, int, str] | None = None
    for number, row in enumerate(rows):
        for column in filled:
            rank = _rank(row[column], kind)
            if rank and (best is None or rank > best[0]):
                best = rank, number + 1, column, one_line(row[column])
    if best is not None:
        return best[1:]
    if len(filled) > 1:
        raise RefusedFileError(_NO_COLUMN)
    return 0, filled[0], ""


def _rank(cell: str, kind: str) -> int:
    """Say how well a cell heads the names of a kind: by the kind's own name, as offices call it, or as names at all."""
    words = " ".join(re.sub(r"[_\W]+", " ", folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell))).split())
    bare = re.sub(r" names?$", "", words)
    if bare in {kind, kind.removesuffix("s")}:
        return 4 if bare != words else 3
    if bare in _HEADS[kind] or (_ONS.match(words) and kind in {"wards", "districts", "settlements"}):
        return 2
    return int(words in {"name", "names"})


def _address_columns(rows: Sequence[Sequence[str]]) -> tuple[int, list[int]]:
    """Give the row where the places begin and the columns of name and address; all columns where none is headed so."""
    for number, row in enumerate(rows[:_ROWS_OF_HEADINGS]):
        headed = [column for column, cell in enumerate(row) if _HEADS_AN_ADDRESS.fullmatch(folded(cell))]
        if headed:
            return number + 1, headed
    return 0, list(range(len(rows[0]))) if rows else []


def load() -> None:
    """Load, beside the reading of a file, what is needed once it is read."""
    secret_forms(["Anytown"])
    checked(["Anytown"])
