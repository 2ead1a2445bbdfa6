"""Look at another process's memory where the system cannot limit it."""

import subprocess
import sys


def memory_of(pid: int) -> int:
    """Return the bytes a process holds in memory on macOS and Windows; 0 on Linux, which limits it itself."""
    if sys.platform == "darwin":
        return _by_ps(pid)
    if sys.platform == "win32":
        return _by_windows(pid)
    return 0


def _by_ps(pid: int) -> int:
    shown = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603 - fixed words and a number
    return int(shown.stdout) * 1024 if shown.stdout.strip().isdigit() else 0


def _by_windows(pid: int) -> int:
    shown = subprocess.run(  # noqa: S603 - fixed words and a number
        ["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"],  # noqa: S607 - Windows finds its own program
        capture_output=True,
        check=False,
        text=True,
    )
    digits = "".join(each for each in shown.stdout.rpartition('","')[2] if each.isdigit())
    return int(digits) * 1024 if digits else 0
