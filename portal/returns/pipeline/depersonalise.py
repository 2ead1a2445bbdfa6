"""Depersonalise a file: the whole path of an upload, in a child process with limits on memory and time.

Only treated rows come back. The original stays in memory: it reaches the child through a pipe and never a disk.
"""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from portal.returns.pipeline.outcomes import FileOutcome, refused
from portal.returns.worker import worker
from portal.returns.worker.memory_watch import memory_of
from portal.returns.worker.worker_pool import waiting
from portal.rules.datasets.catalogue import data_set
from portal.rules.datasets.quarters import Quarter
from portal.rules.edition.editions import edition as edition_of
from portal.spreadsheets import errors, limits

Progress = Callable[[str, int, int], None]
_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
_WATCH_SECONDS = 0.2


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    memory: int
    processor: int
    wall: float


def limits_for(source: bytes) -> Limits:
    """Return what a child may use for this file (4.1, step 3)."""
    if source.startswith(_WORKBOOK_STARTS):
        return Limits(limits.WORKBOOK_MEMORY_BYTES, limits.WORKBOOK_PROCESSOR_SECONDS, limits.WORKBOOK_WALL_SECONDS)
    seconds = limits.TEXT_BASE_SECONDS + len(source) // limits.MEGABYTE * limits.TEXT_SECONDS_PER_MEGABYTE
    memory = limits.TEXT_MEMORY_BYTES + 4 * max(0, len(source) - 200 * limits.MEGABYTE)
    return Limits(memory, seconds, seconds)


def depersonalise(
    source: bytes,
    name: str,
    data_set_id: str,
    quarter: Quarter,
    edition: str,
    *,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> FileOutcome:
    """Return what comes of a file: accepted with its treated rows, refused, or a question (s6; 4.1).

    Args:
        source: the whole file as sent.
        name: its name as sent; nothing of it is kept, since it may name a person.
        data_set_id: the data set it is sent for.
        quarter: the quarter it is sent for.
        edition: the id of the edition whose rules hold.
        mapping: heading -> field (or 'none'), as the sender answered or confirmed last time.
        answers: question id -> choice.
        progress: told each stage ('reading', 'understanding', 'treating', 'checking') how much of it is done, and how much there is.

    Raises:
        UnknownIdError: no such data set.
        UnknownEditionError: no such edition.
    """
    del name
    data_set(data_set_id)
    edition_of(edition)
    if not source:
        return refused(errors.EMPTY)
    if len(source) > limits.MAX_FILE_BYTES:
        return refused(errors.TOO_BIG)
    allowed = limits_for(source)
    wish = {
        "data_set": data_set_id,
        "quarter": quarter.label,
        "edition": edition,
        "mapping": dict(mapping or {}),
        "answers": dict(answers or {}),
        "memory": allowed.memory,
        "seconds": allowed.processor,
    }
    return _run(source, json.dumps(wish).encode(), allowed, progress or (lambda _stage, _done, _of: None))


def _run(source: bytes, wish: bytes, allowed: Limits, progress: Progress) -> FileOutcome:
    process = waiting.take()
    if process.stdin is None or process.stdout is None:
        raise OSError("the child has no pipes")
    writer = threading.Thread(target=_write, args=(process.stdin, wish, source), daemon=True)
    watch = _Watch(process, allowed)
    writer.start()
    watch.start()
    try:
        return _listen(process.stdout, progress, watch)
    finally:
        process.kill()
        process.wait()
        watch.join()
        writer.join()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):  # what the child did not take is not flushed to it any more
                pipe.close()
        waiting.prepare()


def _write(pipe: IO[bytes], wish: bytes, source: bytes) -> None:
    try:
        worker.send(pipe, b"W", wish, source)  # and left open: the child ends when it closes
    except OSError:  # the child ended first; the listener says why
        return


class _Watch(threading.Thread):
    """End the child when its time is over, or its memory where the system does not limit it."""

    def __init__(self, process: "subprocess.Popen[bytes]", allowed: Limits) -> None:
        super().__init__(daemon=True)
        self.process, self.allowed = process, allowed
        self.why = ""

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
            try:
                self.process.wait(_WATCH_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def _listen(pipe: IO[bytes], progress: Progress, watch: _Watch) -> FileOutcome:
    while True:
        kind, parts = worker.receive(pipe)
        if kind == worker.PROGRESS:
            told = json.loads(parts[0])
            progress(told["stage"], told["done"], told["of"])
        elif kind == worker.OUTCOME:
            report = json.loads(parts[0])
            told = [tuple(json.loads(part)) for part in parts[2:]]
            return FileOutcome(report["status"], report["message"], report, parts[1] or None, *told)
        elif kind == worker.FAULT:
            place = parts[0].decode("ascii", "replace")
            return refused(errors.TOO_LARGE_IN_MEMORY if place == "memory" else errors.UNREADABLE.format(place=place))
        else:
            watch.process.wait()
            watch.join()
            return refused(watch.why or _by_exit(watch.process.returncode))


def _by_exit(code: int) -> str:
    """Say why a child ended without a word: its time, or its memory."""
    return errors.TOO_SLOW if code == -24 else errors.TOO_LARGE_IN_MEMORY  # noqa: PLR2004 - SIGXCPU
