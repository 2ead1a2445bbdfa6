"""Children that take files, branched off from one process that has loaded the engine.

A child of its own spends most of a second of a processor before it looks at its file, and a run of the tests starts
hundreds. A branch does what such a child does from there on: it limits itself, takes one file and ends with it.
"""

import ctypes
import os
import socket
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

from portal.spreadsheets.worker import worker, worker_pool

_START = "import sys; sys.path.insert(0, sys.argv[1]); from tests.branches import stem; stem(int(sys.argv[2]))"
_ROOT = Path(__file__).resolve().parent.parent
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER: who is left without a parent below this process becomes its child


class Stem:
    """The process that branches are made from."""

    def __init__(self, ready_for):
        """Name the job that it tries out before it makes the first; it is started when the first is asked for."""
        self._ready_for = ready_for
        self._process = None
        self._turn = threading.Lock()  # one is asked for at a time
        self.asked = None

    def start(self, ready_for=""):
        """Start a branch, as `worker_pool.start` does a child."""
        del ready_for  # every branch is ready
        with self._turn:
            if self._process is None:
                self._begin()
            return _Branch(self, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _begin(self):
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
        self.asked, asking = socket.socketpair()
        with asking:
            self._process = subprocess.Popen(
                [sys.executable, "-E", "-s", "-c", _START, str(_ROOT), str(asking.fileno()), self._ready_for],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=worker_pool.environment(),
                pass_fds=[asking.fileno()],
            )

    def close(self):
        """End it; the next branch that is asked for starts it anew."""
        if self._process is not None:
            self.asked.close()
            self._process.wait()
            self._process = None


class _Branch(subprocess.Popen):
    """A process like any other, but for how it is begun."""

    def __init__(self, stem, **pipes):
        self._stem = stem
        super().__init__([], **pipes)

    def _execute_child(self, *told):
        reads, _, _, writes = told[10:14]
        socket.send_fds(self._stem.asked, [b"B"], [reads, writes])
        self.pid = int.from_bytes(self._stem.asked.recv(8), "big")
        self._child_created = True
        for pipe in (reads, writes):
            os.close(pipe)


def stem(asked):
    """Make a branch for each pair of pipes that comes, until nobody asks any more."""
    sys.modules["pandas"] = sys.modules["numpy"] = None  # a child keeps them out
    import_module(sys.argv[3]).try_out()
    sys.argv[2:] = []
    with socket.socket(fileno=asked) as asking:
        while True:
            word, pipes, _, _ = socket.recv_fds(asking, 1, 2)
            if not word:
                return
            between = os.fork()
            if not between:
                before = os.getpid()
                if os.fork():
                    os._exit(0)  # so that the branch becomes the asker's own child
                _branch(asking, pipes, before)
            os.waitpid(between, 0)
            for pipe in pipes:
                os.close(pipe)


def _branch(asking, pipes, before):
    with asking:
        while os.getppid() == before:
            time.sleep(0.001)
        asking.send(os.getpid().to_bytes(8, "big"))
    for standard, pipe in enumerate(pipes):
        os.dup2(pipe, standard)
        os.close(pipe)
    worker.main()
    sys.stdout.flush()
    os._exit(0)
