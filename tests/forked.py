"""Children that read files, forked of one that has loaded the engine: hundreds of tests have one each, and loading takes a second.

They are what the product's ready child is: it has tried a made-up table, has seen no file, takes one and ends with it. Attacks,
and modules that show what a child itself may do and how it ends (`NEW_CHILDREN = True`), start theirs as the product does.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from importlib import import_module

from portal.ground.settings import ROOT
from portal.spreadsheets.worker import worker, worker_pool

_START = "import sys; sys.path.insert(0, sys.argv[1]); from tests.forked import mother; mother(int(sys.argv[2]))"
_RUNS = 1 << 20  # no exit code is as large
_LOOK = 0.005  # seconds between two looks at a child that is waited for
_asking = threading.Lock()


class Forked:
    """A child of another process, spoken to as to one of our own (`subprocess.Popen`)."""

    def __init__(self, pid, stdin, stdout):
        self.pid, self.stdin, self.stdout, self.returncode = pid, stdin, stdout, None
        self._looking = threading.Lock()

    def poll(self):
        with self._looking:  # its end is told once, to whoever asks first
            if self.returncode is None and (code := _ask(self.pid)) != _RUNS:
                self.returncode = code
            return self.returncode

    def wait(self, timeout=None):
        end = time.monotonic() + (timeout or 600)
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(_LOOK)
        return self.returncode

    def kill(self):
        if self.poll() is None:  # nobody else gets its number before it was asked for
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def start(ready_for=""):
    """Fork a child, as `worker_pool.start` starts one."""
    theirs_in, ours_in = os.pipe()
    ours_out, theirs_out = os.pipe()
    pid = _ask(0, theirs_in, theirs_out)
    os.close(theirs_in)
    os.close(theirs_out)
    return Forked(pid, os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb"))


def _ask(pid, *pipes):
    with _asking:
        control = _mother()[1]
        socket.send_fds(control, [pid.to_bytes(8, "big", signed=True)], pipes)
        return int.from_bytes(control.recv(8), "big", signed=True)


@cache
def _mother():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", "-c", _START, str(ROOT), str(theirs.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=worker_pool.environment(),
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    return process, ours


def end():
    """End the mother, whom a test that counts children would count."""
    if _mother.cache_info().currsize:
        process, control = _mother()
        control.close()
        process.wait(60)
        _mother.cache_clear()


def mother(control):
    """Load the engine, then fork a child for each pair of pipes, and say how one ended to whoever asks."""
    sys.meta_path.insert(0, worker._WithoutPandas())  # noqa: SLF001 - as each child does that loads the engine itself
    gc.set_threshold(200_000, 50, 50)
    from portal.returns.pipeline.depersonalise import READY_FOR  # noqa: PLC0415 - a second, which each worker of the tests need not wait

    import_module(READY_FOR).try_out()
    gc.freeze()
    line = socket.socket(fileno=control)
    while True:
        told, pipes, _flags, _address = socket.recv_fds(line, 8, 2)
        if not told:
            return
        pid = int.from_bytes(told, "big", signed=True)
        if pipes:
            answer = os.fork()
            if not answer:
                line.close()
                _child(pipes)
            for pipe in pipes:
                os.close(pipe)
        else:
            ended, status = os.waitpid(pid, os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else _RUNS
        line.send(answer.to_bytes(8, "big", signed=True))


def _child(pipes):
    try:
        for number, pipe in enumerate(pipes):
            os.dup2(pipe, number)
            os.close(pipe)
        worker.take_one(ready=True)
    finally:
        os._exit(0)
