"""Makes the environment that the portal runs in. Standard library only: it runs before anything is installed."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)


def folder() -> Path:
    """Give the folder of the environment: PORTAL_VENV, or .venv beside the project."""
    return Path(os.environ.get("PORTAL_VENV") or ROOT / ".venv")


def interpreter() -> Path:
    """Give the environment's Python."""
    return folder() / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def enter(module: str, arguments: list[str], *requirements: str) -> None:
    """Go on inside the environment, making or renewing it first where its stamp says so.

    Returns where this process already runs there, or PORTAL_NO_BOOTSTRAP is set; otherwise the process ends here and
    `python -m module arguments` takes its place.
    """
    if sys.version_info < OLDEST:
        _stop(f"The portal needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    if (
        os.environ.get("PORTAL_NO_BOOTSTRAP") or not (ROOT / requirements[0]).is_file()
    ):  # installed by pip: all is there
        return
    inside = Path(sys.prefix).resolve() == folder().resolve()
    fresh = _is_fresh(requirements)
    if inside and fresh:
        return
    if not fresh:
        install(*requirements)
    if inside:
        return
    command = [str(interpreter()), "-m", module, *arguments]
    if os.name == "nt":
        sys.exit(subprocess.call(command, cwd=os.getcwd()))  # noqa: S603, PTH109 - our own interpreter
    os.execv(command[0], command)  # noqa: S606 - our own interpreter


def install(*requirements: str) -> None:
    """Make the environment and install exactly what the requirement files name, each package checked by its hash.

    The files are compiled whole, so pip is asked to resolve nothing (`--no-deps`): left to resolve, it wants a pin of its
    own for each `package[extra]` that a dependency names, and a release that came out after the pins breaks the set-up.
    """
    if not interpreter().is_file():
        sys.stderr.write("Making the environment (once; it takes a minute or two)...\n")
        try:
            venv.create(folder(), with_pip=True)
        except (subprocess.CalledProcessError, ImportError):  # Debian without python3-venv: no ensurepip
            venv.create(folder(), with_pip=False)
    pip = [str(interpreter()), "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:  # noqa: S603 - our own interpreter
        pip = [sys.executable, "-m", "pip", "--python", str(interpreter())]
    files = [part for name in requirements for part in ("-r", str(ROOT / name))]
    result = subprocess.run(  # noqa: S603 - our own interpreter, our own files
        [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", *files],
        check=False,
    )
    if result.returncode:
        _stop("Installing what the portal needs did not work. Check the network, then run the same command again.")
    for name in requirements:
        _stamp(name).write_text(_fingerprint(name), encoding="utf-8")


def _is_fresh(requirements: tuple[str, ...]) -> bool:
    return interpreter().is_file() and all(
        _stamp(name).is_file() and _stamp(name).read_text(encoding="utf-8") == _fingerprint(name)
        for name in requirements
    )


def _stamp(name: str) -> Path:
    return folder() / f".{name}.stamp"


def _fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes() + sys.version.encode()).hexdigest()


def _stop(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.exit(1)
