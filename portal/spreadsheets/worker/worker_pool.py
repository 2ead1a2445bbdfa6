"""Start the child processes that take files, and keep one ready where people are served, so that no file waits for it to load.

A child that is ready has loaded the engine and tried it on a made-up table; it has seen no file. It takes one and ends
with it, so nothing passes from one file to the next. One that nobody needs for a while is ended, and so is one whose
server ends, since nobody holds its pipe any more.
"""

import os
import subprocess
import sys
import threading
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from portal.spreadsheets.worker.worker import main; main()"
_ROOMS = ("privacy", "returns", "rules", "spreadsheets")
_IDLE_SECONDS = 900
_PIPE_BYTES = 1024 * 1024


def start(ready_for: str = "") -> "subprocess.Popen[bytes]":
    """Start a child that waits for one file; `ready_for` names the module that it tries out before the file comes."""
    _compile()
    process = subprocess.Popen(  # noqa: S603 - this interpreter, fixed words
        [sys.executable, "-E", "-s", "-c", _START, str(_ROOT), *([ready_for] if ready_for else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            _widen(pipe.fileno())
    return process


@cache
def _compile() -> None:
    """Compile the engine's modules where nobody has yet: the child itself writes nothing to a disk, so it never could."""
    if Path(cache_from_source(str(_ROOT / "portal" / "returns" / "pipeline" / "stages.py"))).exists():
        return
    import compileall  # noqa: PLC0415 - needed once in the life of an installation

    for room in _ROOMS:
        compileall.compile_dir(_ROOT / "portal" / room, quiet=2)


def environment() -> dict[str, str]:
    """Return the little that the child's environment needs; no secrets and no settings go with it."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    # Arrow's own allocator reserves a gigabyte of addresses at a time, which the limit would count.
    return kept | {
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _widen(pipe: int) -> None:
    """Let a pipe hold a megabyte where the system can, so that a long file goes through in few pieces."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - not on Windows

        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except OSError:  # the system allows this user no more
            return


class ReadyWorker:
    """The one child that is kept ready, in a process that serves people; in any other, none."""

    def __init__(self) -> None:
        """Keep none until `serve` is called."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: threading.Timer | None = None
        self._ready_for = ""

    def serve(self, ready_for: str) -> None:
        """Keep a child ready from now on for the job of a module, whenever somebody is about to send a file."""
        self._ready_for = ready_for

    def prepare(self) -> None:
        """Have a child ready for the next file; does nothing where nobody is served."""
        with self._lock:
            if not self._ready_for:
                return
            if self._process is None or self._process.poll() is not None:
                self._process = start(self._ready_for)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(_IDLE_SECONDS, self.end)
            self._timer.daemon = True
            self._timer.start()

    def take(self) -> "subprocess.Popen[bytes]":
        """Return the child that is ready, or a new one."""
        with self._lock:
            process, self._process = self._process, None
        return process if process is not None and process.poll() is None else start()

    def end(self) -> None:
        """End the child that is ready: nobody needed it, or the server stops."""
        with self._lock:
            process, self._process = self._process, None
            if self._timer is not None:
                self._timer.cancel()
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def close(self) -> None:
        """Keep none any more."""
        self._ready_for = ""
        self.end()


waiting = ReadyWorker()
