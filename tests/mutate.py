"""Mutation testing: `python3 -m tests mutate PATH... [--most N]` changes a module a little, many times, and prints what no test noticed.

Cosmic Ray makes the mutants, in a throw-away copy of the tree; each is tried with the tests that import the module, or with
those of its room where none does. A survivor is printed as a diff: a test is missing, or the code is not needed.
"""

import argparse
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.ground.settings import ROOT

SECONDS = 120  # for all the tests of one mutant; one that goes round for ever is noticed by its time
SETTINGS = """[cosmic-ray]
module-path = "{module}"
timeout = {seconds}
excluded-modules = []
test-command = "{command}"
[cosmic-ray.distributor]
name = "local"
"""


def main() -> int:
    """Try the mutants of each module; returns 1 where one survived or the tests do not pass by themselves."""
    parser = argparse.ArgumentParser(prog="python3 -m tests mutate", description=__doc__)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a module, or a folder of modules")
    parser.add_argument(
        "--most", type=int, default=0, help="try so many mutants of each module at the most, evenly drawn"
    )
    asked = parser.parse_args()
    modules = [module for path in asked.paths for module in modules_of(ROOT / path)]
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=left_behind)
        for module in modules:
            survived += mutants_of(module.relative_to(ROOT), copy, asked.most)
    return 1 if survived else 0


def left_behind(folder: str, names: list[str]) -> list[str]:
    """Copy the project only: no environment, no caches, no data of a portal that runs here."""
    top = Path(folder) == ROOT
    return [name for name in names if name == "__pycache__" or (top and (name.startswith(".") or name == "data"))]


def modules_of(path: Path) -> list[Path]:
    """Give the modules of a path: itself, or all below it."""
    return [path] if path.is_file() else sorted(p for p in path.rglob("*.py") if p.name != "__init__.py")


def tests_of(module: Path) -> list[str]:
    """Give the test files that import a module, or its room's where none does."""
    dotted = ".".join(module.with_suffix("").parts)
    package, name = dotted.rsplit(".", 1)
    files = [*(ROOT / "tests" / "unit").rglob("test_*.py"), *(ROOT / "tests" / "properties").glob("test_*.py")]
    found = [
        str(file.relative_to(ROOT))
        for file in sorted(files)
        if f"{dotted} import" in (text := file.read_text(encoding="utf-8"))
        or any(line.startswith(f"from {package} import") and name in line for line in text.splitlines())
    ]
    room = Path("tests", "unit", *module.parts[:2])
    return found or ([str(room)] if (ROOT / room).is_dir() else ["tests/unit"])


def mutants_of(module: Path, copy: Path, most: int) -> int:
    """Try the mutants of one module in a copy of the tree; prints and counts the survivors."""
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {' '.join(tests_of(module))}"
    settings, session = copy.parent / "mutate.toml", copy.parent / f"{module.stem}.sqlite"
    settings.write_text(SETTINGS.format(module=module, seconds=SECONDS, command=command), encoding="utf-8")
    session.unlink(missing_ok=True)
    if subprocess.run(command.split(), cwd=copy, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.stdout.write(f"{module}: its own tests do not pass; nothing was tried.\n")
        return 1
    cosmic_ray(copy, "init", str(settings), str(session))
    drop_declarations(session, (copy / module).read_text(encoding="utf-8").splitlines())
    if most:
        keep_some(session, most)
    cosmic_ray(copy, "exec", str(settings), str(session))
    results = [json.loads(line) for line in cosmic_ray(copy, "dump", str(session)).splitlines()]
    done = [result for _, result in results if result]
    survivors = [result for result in done if result["test_outcome"] == "survived"]
    for one in survivors:
        sys.stdout.write(f"{one['diff']}\n")
    sys.stdout.write(f"{module}: {len(done) - len(survivors)} of {len(done)} mutants noticed.\n")
    sys.stdout.flush()
    return len(survivors)


def drop_declarations(session: Path, lines: list[str]) -> None:
    """Leave out mutants of `@dataclass(frozen=True)` and of `str | None`: mypy holds them, no test can."""
    with sqlite3.connect(session) as store:
        at = store.execute("SELECT job_id, start_pos_row FROM mutation_specs").fetchall()
        drop(store, [job for job, row in at if re.match(r"\s*@dataclass|.*\| None\b", lines[row - 1])])


def keep_some(session: Path, most: int) -> None:
    """Leave the drawn mutants to be tried: every n-th of all, so that the whole module is covered and a run repeats."""
    with sqlite3.connect(session) as store:
        jobs = [job for (job,) in store.execute("SELECT job_id FROM work_items ORDER BY rowid")]
        step = max(1, -(-len(jobs) // most))
        drop(store, [job for place, job in enumerate(jobs) if place % step])


def drop(store: sqlite3.Connection, jobs: list[str]) -> None:
    """Take mutants out of what is to be tried."""
    for table in ("mutation_specs", "work_items"):
        store.executemany(f"DELETE FROM {table} WHERE job_id = ?", [(job,) for job in jobs])  # noqa: S608 - two names of ours


def cosmic_ray(copy: Path, *arguments: str) -> str:
    """Run one step of Cosmic Ray in the copy; gives what it printed."""
    command = [sys.executable, "-m", "cosmic_ray.cli", *arguments]
    return subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
