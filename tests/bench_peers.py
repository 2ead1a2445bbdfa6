"""How long other tools take for the same return: each that is installed, on a small sample; the others as measured once.

They have an environment of their own, since their packages and the portal's do not agree:

    python3 -m venv peers && peers/bin/pip install -r tests/bench-peers.txt && peers/bin/python -m spacy download en_core_web_sm
    PORTAL_BENCH_PEERS=peers/bin/python python3 -m tests bench
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench_returns import ROWS, a_return

SCRIPT = Path(__file__).with_name("bench_peers_run.py")
SAMPLE = 300  # rows; what a tool needs grows with them
# Seconds of processor time for 200,000 rows, measured on 30 November 2026 from the sample, on 2 cores.
MEASURED = {
    "presidio with spaCy small, as documented": 4_270.0,
    "presidio with spaCy small, distinct cells only": 1_080.0,
    "presidio, patterns only": 500.0,
    "datafog": 9.0,
    "scrubadub, British": 51.0,
}


def peers(ours: float) -> list[tuple[str, str]]:
    """Give each peer's seconds for 200,000 rows beside ours."""
    found = _run()
    lines = []
    for name, once in MEASURED.items():
        known = f"measured in November 2026 on 2 cores: {once:,.0f} s"
        seconds = found.get(name)
        told = (
            f"{seconds / ours:,.0f} times ours ({seconds:,.0f} s, from {SAMPLE} rows; {known})"
            if isinstance(seconds, float)
            else f"not run here: {seconds}; {known}, {once / ours:,.0f} times ours"
        )
        lines.append((f"peers: {name}", told))
    return lines


def _run() -> dict[str, float | str]:
    """Run the peers in their own environment; each gives its seconds for the whole return, or why it could not run."""
    interpreter = os.environ.get("PORTAL_BENCH_PEERS", sys.executable)
    asked = {"sample": a_return(SAMPLE).decode(), "whole": a_return(ROWS).decode(), "names": list(MEASURED)}
    done = subprocess.run([interpreter, str(SCRIPT)], input=json.dumps(asked).encode(), capture_output=True, check=True)
    found: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return found
