"""The child process: read a file from the pipe, do one job with what was read, and send back only what the job gives.

It limits its own memory and time before it touches the file, writes nothing to disk, and dies without a core dump. What
goes wrong is told by kind and place in the code, never with a value.
"""

import gc
import json
import os
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import IO

PROGRESS, OUTCOME, REFUSED, FAULT = b"P", b"O", b"R", b"F"
_OBJECTS_BEFORE_COLLECTING = 200_000
# How libraries say that memory is out: for what they make, or for the stack of a thread that they start.
_OUT_OF_MEMORY = ("bad_alloc", "Cannot allocate memory", "Resource temporarily unavailable", "start new thread")


class _WithoutPandas:
    """Keep pandas and numpy out: Arrow would load them for a single type check, and that takes a second."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        """Refuse the two, leave all else to the other finders."""
        del path, target
        if fullname in {"pandas", "numpy"}:
            raise ImportError(fullname)


def limit(memory: int, seconds: int) -> None:
    """Limit this process's memory and processor time where the system can, and forbid core dumps."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the parent watches
    except ImportError:
        return
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)  # to load, before the file came
    limits = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, used + seconds), (resource.RLIMIT_AS, memory))
    for kind, value in limits:
        _soft, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (wanted, hard))
        except (ValueError, OSError):  # macOS has RLIMIT_AS in name only; the parent watches there
            continue


def send(pipe: IO[bytes], kind: bytes, *parts: bytes) -> None:
    """Write one message: its kind, the number of its parts, each part with its length."""
    pipe.write(kind + len(parts).to_bytes(1, "big"))
    for part in parts:
        pipe.write(len(part).to_bytes(8, "big"))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, list[bytes]]:
    """Read one message; an empty kind where the pipe has ended."""
    kind = pipe.read(1)
    if not kind:
        return b"", []
    count = int.from_bytes(pipe.read(1), "big")
    parts = []
    for _ in range(count):
        length = int.from_bytes(pipe.read(8), "big")
        part = pipe.read(length)
        if len(part) < length:
            return b"", []
        parts.append(part)
    return kind, parts


def main() -> None:
    """Do the one piece of work that the parent sends, and end."""
    sys.meta_path.insert(0, _WithoutPandas())
    ready = "".join(sys.argv[2:])  # the module whose job is likely to come
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, 50, 50)  # it lives for one file, and a long one makes many that stay
    if ready:
        import_module(ready).try_out()
        gc.freeze()
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    kind, parts = receive(pipe_in)
    if not kind:  # no file came: whoever would have sent one has ended
        return
    threading.Thread(target=_end_with_the_sender, daemon=True).start()
    told, source = json.loads(parts[0]), parts.pop()
    loading = threading.Thread(target=_load, args=(told["job"],), daemon=True)
    loading.start()  # before the limits: one that finds no memory to begin in would be waited for without end
    limit(told["memory"], told["seconds"])
    try:
        _do(pipe_out, told, source, loading)
    except MemoryError:
        send(pipe_out, FAULT, b"memory")
    except Exception as error:  # noqa: BLE001 - whatever it is, only its kind and place may leave this process
        if any(words in str(error) for words in _OUT_OF_MEMORY):
            send(pipe_out, FAULT, b"memory")
            return
        import traceback  # noqa: PLC0415 - hardly ever needed

        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}-{place.filename.rpartition('/')[2].removesuffix('.py')}-{place.lineno}"
        send(pipe_out, FAULT, where.encode())


def _end_with_the_sender() -> None:
    """End at once when the sender of the file does: it holds the other end of the pipe for as long as it waits."""
    os.read(0, 1)
    os._exit(1)


def _do(pipe_out: IO[bytes], told: Mapping[str, object], source: bytes, loading: threading.Thread) -> None:
    from portal.spreadsheets.errors import RefusedFileError  # noqa: PLC0415 - as above
    from portal.spreadsheets.reading import read  # noqa: PLC0415 - loaded under the limits, without pandas

    def tell(stage: str, done: int, of: int) -> None:
        send(pipe_out, PROGRESS, json.dumps({"stage": stage, "done": done, "of": of}).encode())

    tell("reading", 0, len(source))
    module, _, function = str(told["job"]).partition(":")
    try:
        reading = read(source)
        loading.join()
        parts = getattr(import_module(module), function)(reading, told["wish"], tell)
    except RefusedFileError as error:
        send(pipe_out, REFUSED, error.message.encode())
    else:
        send(pipe_out, OUTCOME, *parts)


def _load(job: str) -> None:
    """Load, beside the reading of a file, what its job needs once it is read."""
    import_module(job.partition(":")[0]).load()
