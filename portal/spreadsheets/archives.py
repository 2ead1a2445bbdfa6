"""Open a zipped workbook only after its listing has shown that it is one and no bomb."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError

_CHUNK = 256 * 1024
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED_FLAG = 0x1
_PART_LISTED = b"PK\x01\x02"
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xlsb", ".ods", ".docx", ".7z", ".rar", ".gz", ".tar", ".jar")


@dataclass(frozen=True)
class Archive:
    """A zipped workbook whose listing was found sound."""

    _zip: zipfile.ZipFile
    names: frozenset[str]

    def has(self, name: str) -> bool:
        """Tell whether the part exists."""
        return name in self.names

    def under(self, *folders: str) -> list[str]:
        """List the parts inside any of the folders, sorted."""
        return sorted(name for name in self.names if name.startswith(folders) and not name.endswith("/"))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece; zipfile stops at the declared size, which was counted."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(_CHUNK):
                    yield piece
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise RefusedFileError(errors.DAMAGED) from error

    def text(self, name: str) -> bytes:
        """Return a whole small part."""
        return b"".join(self.chunks(name))


def most_parts(source: bytes) -> int:
    """Count what the listing of an archive can hold at most, without reading it: each part begins with the same four bytes.

    What an archive says of its own number of parts is not asked. 70,000 of them take a second and 50 MB to list.
    """
    return source.count(_PART_LISTED)


def open_archive(source: bytes) -> Archive:
    """Open a zipped workbook after its listing alone has been checked.

    Args:
        source: the whole file.

    Raises:
        RefusedFileError: it is a bomb, holds macros or other archives, is locked, or is no workbook.
    """
    if len(source) > limits.MAX_WORKBOOK_BYTES:
        raise RefusedFileError(errors.WORKBOOK_TOO_BIG)
    if most_parts(source) > limits.MAX_ENTRIES:
        raise RefusedFileError(errors.BOMB)
    try:
        opened = zipfile.ZipFile(io.BytesIO(source))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError) as error:
        raise RefusedFileError(errors.DAMAGED) from error
    entries = opened.infolist()
    _check_sizes(entries, len(source))
    _check_names(entries)
    _check_layout(entries)
    _check_contents(entries)
    return Archive(opened, frozenset(entry.filename for entry in entries))


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if not entries:
        raise RefusedFileError(errors.EMPTY)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.MAX_UNPACKED_BYTES or unpacked > limits.RATIO_FLOOR_BYTES + packed * limits.MAX_RATIO:
        raise RefusedFileError(errors.BOMB)
    for entry in entries:
        if entry.file_size > limits.RATIO_FLOOR_BYTES and entry.file_size > entry.compress_size * limits.MAX_RATIO:
            raise RefusedFileError(errors.BOMB)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.orig_filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise RefusedFileError(errors.TAMPERED)
    for name in names:
        clean = posixpath.normpath(name)
        if "\x00" in name or "\\" in name or ":" in name or clean.startswith(("/", "..")):
            raise RefusedFileError(errors.TAMPERED)


def _check_layout(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: one small part listed a thousand times is a bomb."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise RefusedFileError(errors.BOMB)
        end = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size


def _check_contents(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries) or "encryptedpackage" in names:
        raise RefusedFileError(errors.PASSWORD)
    if "xl/workbook.bin" in names:
        raise RefusedFileError(errors.BINARY_WORKBOOK)
    if any(_is_macro(name) for name in names):
        raise RefusedFileError(errors.MACROS)
    embedded = ("xl/embeddings/", "object ", "xl/media/", "pictures/")
    if any(name.endswith(_ARCHIVES) and not name.startswith(embedded) for name in names):
        raise RefusedFileError(errors.NESTED)


def _is_macro(name: str) -> bool:
    if name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("xl/macrosheets/", "xl/activex/")):
        return True
    is_library_list = name.endswith(("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml", "/"))
    return name.startswith(("basic/", "scripts/")) and not is_library_list
