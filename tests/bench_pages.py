"""How long a rerun of a page takes, by websocket, beside a trivial page of the same framework."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from portal.ground.settings import ROOT
from tests.ports import free_port
from tests.world import make_world

TIMES = 15
TRIVIAL = "import streamlit as st\nst.title('Trivial')\nst.text_input('A field')\n"
SERVE = (
    "import sys, uvicorn, streamlit as st\nfrom streamlit.web import bootstrap\napp = st.App(sys.argv[1])\n"
    "bootstrap.load_config_options({'runner_postScriptGC': False, 'server_fileWatcherType': 'none', 'browser_gatherUsageStats': False})\n"
    "uvicorn.run(app, host='127.0.0.1', port=int(sys.argv[2]), log_level='error')\n"
)


def reruns() -> tuple[float, dict[str, float]]:
    """Give the median seconds of a rerun: of the trivial page, and of pages of ours."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "trivial.py"
        script.write_text(TRIVIAL, encoding="utf-8")
        with served([sys.executable, "-c", SERVE, str(script)], {}, "/_stcore/health") as base:
            trivial = _rerun(base, "")
        data = Path(folder) / "data"
        make_world(data, "http://127.0.0.1")
        more = {"PORTAL_NO_BOOTSTRAP": "1", "PORTAL_DATA_DIR": str(data)}
        with served([sys.executable, "-m", "portal", "run", "--port"], more, "/healthz") as base:
            ours = {name or "home": _rerun(base, name) for name in ("", "register", "who-may-tell")}
    return trivial, ours


@contextmanager
def served(command: list[str], environment: dict[str, str], health: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(900):
            try:
                urllib.request.urlopen(base + health, timeout=2).close()  # noqa: S310 - our own address
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait(10)


def meanwhile() -> tuple[float, float, float]:
    """Give the seconds of a rerun while the portal is quiet, the longest while it takes a return, and the return's own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_world(data, "http://127.0.0.1")
        more = {"PORTAL_NO_BOOTSTRAP": "1", "PORTAL_DATA_DIR": str(data)}
        told = Path(folder) / "told"
        command = [sys.executable, "-c", TAKE_AND_SERVE, str(Path(folder) / "begin"), str(told)]
        with served(command, more, "/healthz") as base, _visit(base) as socket:
            quiet = statistics.median([_once(socket, "register") for _ in range(TIMES + 3)][3:])
            (Path(folder) / "begin").touch()
            during = []
            while not told.exists():
                during.append(_once(socket, "register"))
        return quiet, max(during), float(told.read_text())


# A portal whose own process takes a return once a file says so, and writes how long it took.
TAKE_AND_SERVE = """
import os, sys, threading, time
from portal.app.commands.command_line import run
from portal.returns.service.upload_check import get_ready
from tests.bench_returns import ROWS, a_return, accepted
def take():
    source = a_return(ROWS)
    while not os.path.exists(sys.argv[1]):
        time.sleep(0.05)
    get_ready()
    time.sleep(2)  # a person takes longer to choose a file
    begun = time.perf_counter()
    accepted(source)
    with open(sys.argv[2] + ".new", "w") as told:
        told.write(str(time.perf_counter() - begun))
    os.rename(sys.argv[2] + ".new", sys.argv[2])
threading.Thread(target=take, daemon=True).start()
sys.exit(run(["run", "--port", sys.argv[3]]))
"""


def _visit(base: str) -> ClientConnection:
    return connect(
        base.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit", "x"],  # type: ignore[list-item]
        origin=base,  # type: ignore[arg-type]
        max_size=None,
    )


def _once(socket: ClientConnection, page: str) -> float:
    asked = BackMsg()
    asked.rerun_script.page_name = page
    begun = time.perf_counter()
    socket.send(asked.SerializeToString())
    message = ForwardMsg()
    while message.WhichOneof("type") != "script_finished":
        message.ParseFromString(socket.recv(timeout=30))
    return time.perf_counter() - begun


def _rerun(base: str, page: str) -> float:
    with _visit(base) as socket:
        return statistics.median([_once(socket, page) for _ in range(TIMES + 3)][3:])
