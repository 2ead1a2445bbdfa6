"""The child process: read a file from the pipe, take it the whole way, and send back only what may be kept.

It limits its own memory and time before it touches the file, writes nothing to disk, and dies without a core dump. What
goes wrong is told by kind and place in the code, never with a value.
"""

import importlib.abc
import json
import sys
import traceback
from importlib.machinery import ModuleSpec
from typing import IO

PROGRESS, OUTCOME, FAULT = b"P", b"O", b"F"


class _WithoutPandas(importlib.abc.MetaPathFinder):
    """Keep pandas and numpy out: Arrow would load them for a single type check, and that takes a second."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Refuse the two, leave all else to the other finders."""
        del path, target
        if fullname in {"pandas", "numpy"}:
            raise ImportError(fullname)
        return None


def limit(memory: int, seconds: int) -> None:
    """Limit this process's memory and processor time where the system can, and forbid core dumps."""
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the parent watches
    except ImportError:
        return
    limits = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory))
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
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    _kind, (wish, source) = receive(pipe_in)
    wanted = json.loads(wish)
    limit(wanted["memory"], wanted["seconds"])
    try:
        _do(pipe_out, wanted, source)
    except MemoryError:
        send(pipe_out, FAULT, b"memory")
    except Exception as error:  # noqa: BLE001 - whatever it is, only its kind and place may leave this process
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}-{place.filename.rpartition('/')[2].removesuffix('.py')}-{place.lineno}"
        send(pipe_out, FAULT, where.encode())


def _do(pipe_out: IO[bytes], wanted: dict[str, object], source: bytes) -> None:
    from portal.returns.outcomes import refused  # noqa: PLC0415 - loaded under the limits, without pandas
    from portal.returns.reading import read  # noqa: PLC0415 - as above
    from portal.returns.refusals import RefusedFileError  # noqa: PLC0415 - as above

    def tell(stage: str, done: int, of: int) -> None:
        send(pipe_out, PROGRESS, json.dumps({"stage": stage, "done": done, "of": of}).encode())

    tell("reading", 0, len(source))
    try:
        reading = read(source)
    except RefusedFileError as error:  # nothing more need be loaded for a file that is not read
        outcome = refused(error.message)
    else:
        from portal.returns.working import Wanted, understand  # noqa: PLC0415 - as above
        from portal.rules.quarters import Quarter  # noqa: PLC0415 - as above

        mapping, answers = wanted["mapping"], wanted["answers"]
        if not isinstance(mapping, dict) or not isinstance(answers, dict):
            raise TypeError
        quarter = Quarter.parse(str(wanted["quarter"]))
        wish = Wanted(str(wanted["data_set"]), quarter, str(wanted["edition"]), mapping, answers)
        outcome = understand(reading, wish, tell)
    told = (json.dumps(outcome.preview).encode(), json.dumps(outcome.problems).encode())
    send(pipe_out, OUTCOME, outcome.report_bytes(), outcome.parquet or b"", *told)
