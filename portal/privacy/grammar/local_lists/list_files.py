"""Read a partnership's lists from a folder of CSV files, for the command line: a file a kind, a name a line."""

import csv
import secrets
from collections.abc import Sequence
from pathlib import Path

from portal.privacy.grammar.lists import KINDS, MOST, LocalLists
from portal.privacy.grammar.local_lists.list_check import ListOfPeopleError, checked
from portal.privacy.grammar.sensitive import secret_forms, secret_hash

_HIDDEN = "secret"  # the file of places that are kept as hashes alone
_NO_FORM = (
    "secret.csv holds a place by its town or street alone. Write a house number, a name or a whole postcode beside it."
)
_HEADS = frozenset({"name", "names", "address", *KINDS, *(kind.removesuffix("s") for kind in KINDS)})


def lists_in(folder: Path) -> LocalLists:
    """Give the lists of a folder: `wards.csv`, `streets.csv` and so on; what stands in `secret.csv` is held as keyed hashes alone.

    Raises OSError, UnicodeError where a file cannot be read, ValueError with what to do where one holds people, or a secret
    place by its street alone.
    """
    if not folder.is_dir():
        raise NotADirectoryError
    names = {kind: _names(folder / f"{kind}.csv") for kind in KINDS}
    key = secrets.token_bytes(32)
    forms = [secret_forms(row) for row in _rows(folder / f"{_HIDDEN}.csv")]
    if not all(forms):
        raise ValueError(_NO_FORM)
    hidden = [secret_hash(key, form) for each in forms for form in each]
    return LocalLists.of(names, key if hidden else b"", hidden)


def _names(file: Path) -> Sequence[str]:
    """Give the first filled cell of each line that is no person's and no home's; a heading is none."""
    try:
        return checked([row[0] for row in _rows(file)]).names
    except ListOfPeopleError as error:
        raise ValueError(f"{file.name}: {error}") from error


def _rows(file: Path) -> list[list[str]]:
    """Give the filled cells of each line that is no heading."""
    if not file.is_file():
        return []
    rows = csv.reader(file.read_text("utf-8-sig").splitlines())
    found = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    return [row for row in found if row and row[0].lower() not in _HEADS][:MOST]
