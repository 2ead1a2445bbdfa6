"""The child process: read a file from the pipe, take it the whole way, and send back only what may be kept.

It limits its own memory and time before it touches the file, writes nothing to disk, and dies without a core dump. What
goes wrong is told by kind and place in the code, never with a value.
"""

import gc
import json
import os
import sys
import threading
from typing import IO

PROGRESS, OUTCOME, FAULT = b"P", b"O", b"F"
_OBJECTS_BEFORE_COLLECTING = 200_000


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
    ready = "ready" in sys.argv[2:]
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, 50, 50)  # it lives for one file, and a long one makes many that stay
    if ready:
        _try_out()
        gc.freeze()
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    kind, parts = receive(pipe_in)
    if not kind:  # no file came: whoever would have sent one has ended
        return
    threading.Thread(target=_end_with_the_sender, daemon=True).start()
    wanted, source = json.loads(parts[0]), parts.pop()
    limit(wanted["memory"], wanted["seconds"])
    try:
        _do(pipe_out, wanted, source, ready=ready)
    except MemoryError:
        send(pipe_out, FAULT, b"memory")
    except Exception as error:  # noqa: BLE001 - whatever it is, only its kind and place may leave this process
        if "bad_alloc" in str(error):  # a library's way to say that memory is out
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


def _try_out() -> None:
    """Load everything before a file comes, and take a made-up table the whole way, so that every list is loaded too."""
    from portal.returns.pipeline.stages import ReturnOptions, understand  # noqa: PLC0415 - as above
    from portal.rules.datasets.quarters import Quarter  # noqa: PLC0415 - as above
    from portal.spreadsheets.reading import read  # noqa: PLC0415 - loaded without pandas

    wanted = ReturnOptions("la-asb", Quarter.parse("2026-Q3"), "2026")
    understand(read(_MADE_UP), wanted, lambda _stage, _done, _of: None)


_MADE_UP = b"""Ref,Date,Time,Location,Postcode,Type,Remarks
1,03/07/2026,08:15,"12 Melton Road, rear of flat 3",LE1 1AA,Noise,Ms Jane Example rang 07700 900001
2,14/08/2026,2340 hrs,St John's Church,LE2 2BB,Begging,see ref 1
"""


def _load() -> None:
    """Load, beside the reading of a file, what is needed once it is read."""
    from portal.privacy.identifiers.scanning import load_lists  # noqa: PLC0415 - as above
    from portal.returns.matching.column_names import heading_score  # noqa: PLC0415 - as above
    from portal.returns.pipeline import stages  # noqa: PLC0415, F401 - as above

    heading_score("a heading that no list has")
    load_lists()


def _do(pipe_out: IO[bytes], wanted: dict[str, object], source: bytes, *, ready: bool) -> None:
    from portal.returns.pipeline.outcomes import refused  # noqa: PLC0415 - loaded under the limits, without pandas
    from portal.spreadsheets.errors import RefusedFileError  # noqa: PLC0415 - as above
    from portal.spreadsheets.reading import read  # noqa: PLC0415 - as above

    def tell(stage: str, done: int, of: int) -> None:
        send(pipe_out, PROGRESS, json.dumps({"stage": stage, "done": done, "of": of}).encode())

    tell("reading", 0, len(source))
    loading = threading.Thread(target=_load, daemon=True)
    if not ready:
        loading.start()
    try:
        reading = read(source)
    except RefusedFileError as error:  # nothing more need be loaded for a file that is not read
        outcome = refused(error.message)
    else:
        if not ready:
            loading.join()
        from portal.returns.pipeline.stages import ReturnOptions, understand  # noqa: PLC0415 - as above
        from portal.rules.datasets.quarters import Quarter  # noqa: PLC0415 - as above

        mapping, answers = wanted["mapping"], wanted["answers"]
        if not isinstance(mapping, dict) or not isinstance(answers, dict):
            raise TypeError
        quarter = Quarter.parse(str(wanted["quarter"]))
        wish = ReturnOptions(str(wanted["data_set"]), quarter, str(wanted["edition"]), mapping, answers)
        outcome = understand(reading, wish, tell)
    told = (json.dumps(outcome.preview).encode(), json.dumps(outcome.problems).encode())
    send(pipe_out, OUTCOME, json.dumps(outcome.report).encode(), outcome.parquet or b"", *told)
