"""Files of figures that answer a request without names: read as a return is, and kept only as the plain table that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.ground.wording import one_line
from portal.privacy.grammar.lists import NONE, LocalLists
from portal.privacy.identifiers.kinds import Setting
from portal.requests.depersonalised.identifier_check import kinds_in
from portal.requests.errors import FileRefusedError
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.worker.limited import Job, read_limited

KINDS = ("csv", "xlsx", "ods", "xls")
MOST_FILES = 3
MOST_BYTES = 2 * 1024 * 1024
_MOST_NAME = 120
_JOB = "portal.requests.depersonalised.figure_reading:plain_table"


@dataclass(frozen=True, kw_only=True)
class FigureFile:
    """A table that points to nobody: its name, and its shown cells as CSV. All that is not shown stays behind."""

    name: str
    content: bytes


def read_figures(files: Sequence[tuple[str, bytes]], year: int, known: LocalLists = NONE) -> list[FigureFile]:
    """Read files of figures, each by its name and bytes, in the limited child that reads returns.

    `known`: the partnership's lists: a cell that is on one names no person, and what is on the secret one may not be told.

    Raises FileRefusedError with what to do; it never holds what was found, only where.
    """
    if len(files) > MOST_FILES:
        raise FileRefusedError(f"Choose {MOST_FILES} files or fewer.")
    return [_read(name, content, year, known) for name, content in files]


def _read(name: str, content: bytes, year: int, known: LocalLists) -> FigureFile:
    clean = one_line(name).replace("/", " ").replace("\\", " ")[-_MOST_NAME:]
    stem = clean.rpartition(".")[0] or clean
    if len(content) > MOST_BYTES:
        raise FileRefusedError(f"The selected file must be smaller than {MOST_BYTES // (1024 * 1024)}MB.")
    if kinds_in(stem.replace("_", " ").replace("-", " "), year, Setting.HEADING):
        raise FileRefusedError("The name of the file points to a person. Give it another name.")
    try:
        (table,) = read_limited(content, Job(_JOB, {"year": year, "lists": known.as_json()}))
    except RefusedFileError as error:
        raise FileRefusedError(error.message) from None
    return FigureFile(name=f"{stem}.csv", content=table)
