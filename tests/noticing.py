"""Runs marked tests for `tests breaks`: starts once, imports what is slow and never broken, and forks for each run.

Reads one run a line from standard input, as a JSON list of node ids, in the folder it was started in. Answers with one
line of JSON: the node id of the first test that failed in its own body (or nothing), and the end of what pytest said.
"""

import gc
import importlib
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

LONGEST = 600  # seconds that one run may take
NOTICED, SAID = Path("noticed.txt"), Path("said.txt")
# What most tests import and no break touches; a package that is missing here costs time and nothing else.
SLOW = (
    *("pytest", "hypothesis", "sqlmodel", "alembic.command", "starlette.testclient", "streamlit.testing.v1"),
    *("pyarrow.parquet", "pandas", "numpy", "openpyxl", "fpdf", "pyhanko.sign.signers", "PIL.Image", "pydantic"),
    *("aiohttp", "uvicorn", "segno", "pyotp", "argon2", "defusedxml.ElementTree", "psycopg", "sqlalchemy.orm"),
)


class Noticing:
    """A plugin of pytest: writes down the first test that fails in its body, and stops there."""

    def __init__(self):
        self.session = None

    def pytest_sessionstart(self, session):
        self.session = session

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.failed:
            NOTICED.write_text(report.nodeid, encoding="utf-8")
            self.session.shouldstop = "noticed"


def serve():
    """Answer runs until standard input ends."""
    sys.path[0] = os.getcwd()  # noqa: PTH109 - a string is what the path holds
    for name in SLOW:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        for old in (NOTICED, SAID):
            old.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            run(json.loads(line))
        _, status = os.waitpid(child, 0)
        noticed = NOTICED.read_text(encoding="utf-8") if NOTICED.exists() else ""
        said = "" if status == 0 or noticed else SAID.read_text(encoding="utf-8", errors="replace")[-1500:]
        sys.stdout.write(json.dumps([noticed, said]) + "\n")
        sys.stdout.flush()


def run(tests):
    """Run the tests in this forked process, and end it."""
    signal.alarm(LONGEST)
    said = os.open(SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    import pytest  # noqa: PLC0415 - loaded already, before the fork

    code = pytest.main(
        ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning", *tests],
        plugins=[Noticing()],
    )
    os._exit(int(code))


if __name__ == "__main__":
    serve()
