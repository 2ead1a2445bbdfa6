"""Have a file read and worked on in a child process with limits on memory and time; only what the job gives comes back.

The original stays in memory: it reaches the child through a pipe and never a disk.
"""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import IO

from portal.spreadsheets import errors, limits
from portal.spreadsheets.errors import RefusedFileError
from portal.spreadsheets.worker import worker
from portal.spreadsheets.worker.memory_watch import memory_of
from portal.spreadsheets.worker.worker_pool import waiting

Progress = Callable[[str, int, int], None]
_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
_WATCH_SECONDS = 0.2
ENDING = "the end of a child"  # the thread that sees to it
_AT_ONCE = threading.BoundedSemaphore(2)  # children at work: each may take a gigabyte
_PROCESSOR_TIME_IS_OVER = -24  # the child ended by SIGXCPU


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    memory: int
    processor: int
    wall: float


@dataclass(frozen=True)
class Job:
    """What is done in the child with a file once it is read: a function by its module and name, and what it is told.

    The function takes the Reading, the wish and a teller of progress, and gives parts as bytes; it may raise RefusedFileError.
    """

    function: str
    wish: Mapping[str, object] = field(repr=False)


def limits_for(source: bytes) -> Limits:
    """Return what a child may use for this file."""
    megabytes = len(source) // limits.MEGABYTE
    if source.startswith(_WORKBOOK_STARTS):
        seconds = limits.WORKBOOK_BASE_SECONDS + megabytes * limits.WORKBOOK_SECONDS_PER_MEGABYTE
        return Limits(limits.WORKBOOK_MEMORY_BYTES, seconds, seconds * limits.WALL)
    seconds = limits.TEXT_BASE_SECONDS + megabytes * limits.TEXT_SECONDS_PER_MEGABYTE
    memory = limits.TEXT_MEMORY_BYTES + 4 * max(0, len(source) - 200 * limits.MEGABYTE)
    return Limits(memory, seconds, seconds * limits.WALL)


def read_limited(source: bytes, job: Job, *, progress: Progress | None = None) -> list[bytes]:
    """Return what a job gives for a file.

    Args:
        source: the whole file as sent.
        job: what is done with it once it is read.
        progress: told each stage, how much of it is done, and how much there is.

    Raises:
        RefusedFileError: the file is empty, too large, of a wrong kind, needs too much, or the job refuses it.
    """
    if not source:
        raise RefusedFileError(errors.EMPTY)
    if len(source) > limits.MAX_FILE_BYTES:
        raise RefusedFileError(errors.TOO_BIG)
    allowed = limits_for(source)
    told = {
        "job": job.function,
        "wish": dict(job.wish),
        "memory": allowed.memory,
        "seconds": allowed.processor,
    }
    _AT_ONCE.acquire()  # until the child has ended, which whoever waits for the answer need not wait for
    ending = ExitStack()
    ending.callback(_AT_ONCE.release)
    try:
        return _run(source, json.dumps(told).encode(), allowed, progress or (lambda _stage, _done, _of: None), ending)
    finally:
        threading.Thread(target=ending.close, name=ENDING).start()


def _run(source: bytes, told: bytes, allowed: Limits, progress: Progress, ending: ExitStack) -> list[bytes]:
    ending.callback(waiting.prepare)
    process = waiting.take()
    if process.stdin is None or process.stdout is None:
        raise OSError("the child has no pipes")
    writer = threading.Thread(target=_write, args=(process.stdin, told, source), daemon=True)
    watch = _Watch(process, allowed)
    writer.start()
    watch.start()
    try:
        return _listen(process.stdout, progress, watch)
    finally:
        process.kill()
        watch.over.set()
        for pipe in (process.stdin, process.stdout):
            ending.callback(_close, pipe)
        for each in (writer.join, watch.join, process.wait):  # the last is done first
            ending.callback(each)


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):  # what the child did not take is not flushed to it any more
        pipe.close()


def _write(pipe: IO[bytes], told: bytes, source: bytes) -> None:
    try:
        worker.send(pipe, b"W", told, source)  # and left open: the child ends when it closes
    except OSError:  # the child ended first; the listener says why
        return


class _Watch(threading.Thread):
    """End the child when its time is over, or its memory where the system does not limit it."""

    def __init__(self, process: "subprocess.Popen[bytes]", allowed: Limits) -> None:
        super().__init__(daemon=True)
        self.process, self.allowed = process, allowed
        self.why = ""
        self.over = threading.Event()

    def run(self) -> None:
        end = time.monotonic() + self.allowed.wall
        while self.process.poll() is None:
            if time.monotonic() > end:
                self.why = errors.TOO_SLOW
            elif memory_of(self.process.pid) > self.allowed.memory:
                self.why = errors.TOO_LARGE_IN_MEMORY
            if self.why:
                self.process.kill()
                return
            if self.over.wait(_WATCH_SECONDS):
                return


def _listen(pipe: IO[bytes], progress: Progress, watch: _Watch) -> list[bytes]:
    while True:
        kind, parts = worker.receive(pipe)
        if kind == worker.PROGRESS:
            told = json.loads(parts[0])
            progress(told["stage"], told["done"], told["of"])
        elif kind == worker.OUTCOME:
            return parts
        elif kind == worker.REFUSED:
            raise RefusedFileError(parts[0].decode())
        elif kind == worker.FAULT:
            place = parts[0].decode("ascii", "replace")
            raise RefusedFileError(
                errors.TOO_LARGE_IN_MEMORY if place == "memory" else errors.UNREADABLE.format(place=place)
            )
        else:
            watch.process.wait()
            watch.over.set()
            watch.join()
            raise RefusedFileError(watch.why or _by_exit(watch.process.returncode))


def _by_exit(code: int) -> str:
    """Say why a child ended without a word: its time, or its memory."""
    return errors.TOO_SLOW if code == _PROCESSOR_TIME_IS_OVER else errors.TOO_LARGE_IN_MEMORY
