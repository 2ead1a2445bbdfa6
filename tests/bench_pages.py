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
from websockets.sync.client import connect

from portal.settings import ROOT
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
        with _served([sys.executable, "-c", SERVE, str(script)], {}, "/_stcore/health") as base:
            trivial = _rerun(base, "")
        data = Path(folder) / "data"
        make_world(data, "http://127.0.0.1")
        more = {"PORTAL_NO_BOOTSTRAP": "1", "PORTAL_DATA_DIR": str(data)}
        with _served([sys.executable, "-m", "portal", "run", "--port"], more, "/healthz") as base:
            ours = {name or "home": _rerun(base, name) for name in ("", "register", "who-may-tell")}
    return trivial, ours


@contextmanager
def _served(command: list[str], environment: dict[str, str], health: str) -> Iterator[str]:
    port = free_port()
    served = subprocess.Popen(
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
        served.terminate()
        served.wait(10)


def _rerun(base: str, page: str) -> float:
    seconds = []
    with connect(
        base.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit", "x"], origin=base, max_size=None
    ) as socket:  # type: ignore[list-item]
        for _ in range(TIMES + 3):
            asked = BackMsg()
            asked.rerun_script.page_name = page
            begun = time.perf_counter()
            socket.send(asked.SerializeToString())
            message = ForwardMsg()
            while message.WhichOneof("type") != "script_finished":
                message.ParseFromString(socket.recv(timeout=30))
            seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds[3:])
