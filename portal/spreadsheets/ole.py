"""Walk an OLE compound file, the shell of XLS: its names, its streams, and the few workbook records we need."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from portal.spreadsheets import errors
from portal.spreadsheets.errors import RefusedFileError

_END = 0xFFFFFFFC  # at and above it stand marks, not sectors
_HEADER = 512
_ENTRY = 128
_MINI_LIMIT = 4096
_MAX_ENTRIES = 5_000
_BOUND_SHEET, _COLUMN_INFO, _FILE_PASS, _BEGIN, _END_OF_STREAM = 0x85, 0x7D, 0x2F, 0x809, 0x0A
_ROOT_KIND, _STREAM_KIND = 5, 2


@dataclass(frozen=True)
class CompoundFile:
    """An opened compound file: names of its entries, and where each stream starts."""

    _source: bytes
    _sector: int
    _table: tuple[int, ...]
    _mini_table: tuple[int, ...]
    _mini_stream: bytes
    _streams: dict[str, tuple[int, int]]
    names: frozenset[str]

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes; none where there is no such stream."""
        if name not in self._streams:
            return b""
        start, size = self._streams[name]
        if size < _MINI_LIMIT:
            return b"".join(self._mini_stream[at * 64 : at * 64 + 64] for at in _chain(self._mini_table, start))[:size]
        return _join(self._source, self._sector, self._table, start)[:size]


def open_compound(source: bytes) -> CompoundFile:
    """Open a compound file.

    Raises:
        RefusedFileError: it is damaged.
    """
    try:
        return _open(source)
    except (struct.error, IndexError, ValueError) as error:
        raise RefusedFileError(errors.DAMAGED) from error


def _open(source: bytes) -> CompoundFile:
    (shift,) = struct.unpack_from("<H", source, 30)
    if shift not in {9, 12}:
        raise RefusedFileError(errors.DAMAGED)
    sector = 1 << shift
    directory_start, mini_start, extra_start = (struct.unpack_from("<I", source, at)[0] for at in (48, 60, 68))
    table = _sector_table(source, sector, extra_start)
    directory = _join(source, sector, table, directory_start)
    names: set[str] = set()
    streams: dict[str, tuple[int, int]] = {}
    root = (_END, 0)
    for at in range(0, min(len(directory), _MAX_ENTRIES * _ENTRY), _ENTRY):
        entry = directory[at : at + _ENTRY]
        (length,) = struct.unpack_from("<H", entry, 64)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entry, 116)
        if entry[66] == _ROOT_KIND:
            root = (start, size)
        elif entry[66]:
            names.add(name)
        if entry[66] == _STREAM_KIND:
            streams.setdefault(name, (start, size))
    mini_table = _numbers(_join(source, sector, table, mini_start))
    mini_stream = _join(source, sector, table, root[0])[: root[1]]
    return CompoundFile(source, sector, table, mini_table, mini_stream, streams, frozenset(names))


def _sector_table(source: bytes, sector: int, extra: int) -> tuple[int, ...]:
    places = list(struct.unpack_from("<109I", source, 76))
    seen: set[int] = set()
    while extra < _END and extra not in seen:
        seen.add(extra)
        numbers = _numbers(_at(source, sector, extra))
        places += numbers[:-1]
        extra = numbers[-1]
    return tuple(number for place in places if place < _END for number in _numbers(_at(source, sector, place)))


def _at(source: bytes, sector: int, number: int) -> bytes:
    start = _HEADER + number * sector if sector == _HEADER else (number + 1) * sector
    return source[start : start + sector]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    steps = 0
    while start < _END:
        yield start
        steps += 1
        if start >= len(table) or steps > len(table):
            return
        start = table[start]


def _join(source: bytes, sector: int, table: tuple[int, ...], start: int) -> bytes:
    return b"".join(_at(source, sector, number) for number in _chain(table, start))


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield each record's place, kind and body."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def is_locked(stream: bytes) -> bool:
    """Tell whether a workbook's stream is encrypted."""
    for _at_place, kind, _body in _records(stream):
        if kind == _FILE_PASS:
            return True
        if kind == _END_OF_STREAM:
            return False
    return False


def hidden_columns(stream: bytes) -> dict[int, frozenset[int]]:
    """Return the hidden columns of each sheet, by the sheet's place in the workbook."""
    starts: list[int] = []
    for _at_place, kind, body in _records(stream):
        if kind == _BOUND_SHEET and len(body) >= 4:  # noqa: PLR2004 - the offset is the record's first four bytes
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _END_OF_STREAM:
            break
    found: dict[int, frozenset[int]] = {}
    for place, start in enumerate(starts):
        hidden: set[int] = set()
        for _at_place, kind, body in _records(stream[start:]):
            if kind == _COLUMN_INFO and len(body) >= 10:  # noqa: PLR2004 - first, last, width, format, options
                first, last, width, _style, options = struct.unpack_from("<HHHHH", body)
                if options & 1 or width == 0:
                    hidden.update(range(first, min(last, 255) + 1))
            elif kind == _END_OF_STREAM:
                break
        found[place] = frozenset(hidden)
    return found
