"""A file that somebody asked for, written whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from portal.ground.errors import PortalError

_OWNER_ALONE = 0o600


class NotWrittenError(PortalError):
    """A file cannot be written; nothing of it was left, and what stood there stands."""

    message = "The file cannot be written."


@contextlib.contextmanager
def whole_file(path: Path, permissions: int = _OWNER_ALONE) -> Iterator[BinaryIO]:
    """Open a file to write; it takes its name when all of it is on the disk, and nothing is left where it cannot be.

    Folders on the way are made.

    Raises:
        NotWrittenError: there is no room, or the folder may not be written to.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, permissions), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def taken_away(path: Path) -> None:
    """Take an older file away, that nobody takes it for the new one. Raises NotWrittenError where that cannot be."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> NotWrittenError:
    why = os.strerror(error.errno or 0)
    return NotWrittenError(f"{path.name} cannot be written: {why}. Choose another place, or make room there.")
