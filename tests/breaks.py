"""Take each clause's feature out of a throw-away copy of the tree, and see whether the clause's own tests notice.

`python3 -m tests breaks [CLAUSE ...]`, or `breaks new` for those that no standing proof covers. A break is noticed when a test that carries the clause's mark fails in its own
body (a module that cannot be imported proves nothing) and passes again once the break is undone. What was noticed is
written to docs/proved.json, which `portal clauses` and the public page read.
"""

import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue
from threading import Lock

from portal.app.clause_coverage import PROVED, Proof, clause_coverage, recorded, source_hash, still_proved
from portal.ground.settings import ROOT
from portal.rules.clauses import Break, Clause, clauses
from portal.rules.edition.sealing import SEAL, make_seal

WORKERS = 2
SLOWEST_LAST = ("tests/unit", "tests/pages", "tests/attacks", "tests/properties")


@dataclass(frozen=True)
class Case:
    """One break of one clause, with the tests that carry the clause's mark, the quickest first."""

    clause: Clause
    broken: Break
    tests: tuple[str, ...]


class Copy:
    """A throw-away copy of the tree, in which one feature at a time is broken and put back."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        for entry in ROOT.iterdir():
            if entry.name.startswith(".") or entry.name == "data":
                continue
            if entry.is_dir():
                shutil.copytree(entry, folder / entry.name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(entry, folder)
        for code in ("portal", "models", "pages"):
            # By content, not by time: a file that is broken and mended within a second is compiled anew each time.
            compileall.compile_dir(folder / code, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self.runner = subprocess.Popen(
            [sys.executable, "tests/noticing.py"],
            cwd=folder,
            env=environment | {"PORTAL_NO_BOOTSTRAP": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def end(self) -> None:
        """Let the runner go home."""
        self.runner.stdin.close()
        self.runner.wait()

    @contextmanager
    def broken(self, broken: Break):
        """Break one file, seal its folder again where it is one of the sealed ones, and put both back."""
        path = self.root / broken.file
        seal = path.parent / SEAL
        kept = {one: one.read_bytes() for one in (path, seal) if one.exists()}
        text = kept[path].decode("utf-8")
        path.write_text(text.replace(broken.find, broken.replace), encoding="utf-8", newline="")
        if seal in kept:
            seal.write_text(make_seal(path.parent), encoding="utf-8", newline="\n")
        try:
            yield
        finally:
            for one, content in kept.items():
                one.write_bytes(content)

    def first_failure(self, tests: tuple[str, ...]) -> str:
        """Run tests until one fails in its body; gives its node id, or nothing where none does."""
        self.runner.stdin.write(json.dumps(tests) + "\n")
        self.runner.stdin.flush()
        noticed, said = json.loads(self.runner.stdout.readline())
        sys.stdout.write(said)
        return noticed


def main(asked: list[str]) -> int:
    """Try the breaks of the clauses that are named, or of all; gives 0 only where every one was noticed."""
    only_new = asked == ["new"]
    asked = [] if only_new else asked
    unknown = set(asked) - {one.id for one in clauses()}
    if unknown:
        sys.stderr.write(f"No such clause: {', '.join(sorted(unknown))}\n")
        return 2
    marked = {one.id: quickest_first(one.tests) for one in clause_coverage()}
    chosen = [one for one in clauses() if not asked or one.id in asked]
    every = [Case(clause, broken, marked[clause.id]) for clause in chosen for broken in clause.breaks]
    cases = [one for one in every if not (only_new and still_proved(one.broken, one.tests))]
    found = tried(cases)
    unnoticed = [case for case, test in zip(cases, found, strict=True) if not test]
    for case in unnoticed:
        sys.stdout.write(f"NOT NOTICED  {case.clause.id}: {case.broken.file}: {case.broken.find.strip()[:100]!r}\n")
    bare = [one.id for one in chosen if not one.breaks]
    if bare:
        sys.stdout.write(f"No break is written for: {', '.join(bare)}\n")
    proved = {one.id for one in chosen} - {case.clause.id for case in unnoticed} - set(bare)
    sys.stdout.write(f"{len(proved)} of {len(chosen)} clauses are proved; {len(cases)} breaks tried.\n")
    return 1 if unnoticed or bare else 0


def quickest_first(tests: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what needs a browser, and put what takes longest last."""
    places = {folder: place for place, folder in enumerate(SLOWEST_LAST)}
    able = [one for one in tests if not one.startswith("tests/browser")]
    return tuple(sorted(able, key=lambda one: next((p for f, p in places.items() if one.startswith(f)), 0)))


def tried(cases: list[Case]) -> list[str]:
    """Try every break, in two copies side by side; gives for each the test that noticed it, or nothing."""
    passing: dict[str, bool] = {}
    writing = Lock()
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for place in range(min(WORKERS, len(cases))):
            (Path(folder) / str(place)).mkdir()
            copies.put(Copy(Path(folder) / str(place)))

        def one(case: Case) -> str:
            copy = copies.get()
            try:
                test = noticed_by(copy, case, passing)
                with writing:  # each at once, so that a run that is stopped has not run for nothing
                    keep(case, test)
                return test
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(WORKERS) as pool:
            found = list(pool.map(one, cases))
        while not copies.empty():
            copies.get().end()
        return found


def noticed_by(copy: Copy, case: Case, passing: dict[str, bool]) -> str:
    """Give the first marked test that fails under the break and passes without it."""
    test = ""
    if case.tests:
        with copy.broken(case.broken):
            test = copy.first_failure(case.tests)
    if test and test not in passing:
        passing[test] = not copy.first_failure((test,))
    noticed = bool(test) and passing[test]
    sys.stdout.write(f"{'noticed' if noticed else '-------'}  {case.clause.id}  {test}\n")
    sys.stdout.flush()
    return test if noticed else ""


def keep(case: Case, test: str) -> None:
    """Write down what was noticed of a break, beside what earlier runs noticed of others that still stand."""
    kept = recorded()
    kept.pop(case.broken.digest, None)
    if test:
        kept[case.broken.digest] = Proof(clause=case.clause.id, test=test, source=source_hash(test))
    standing = {broken.digest for clause in clauses() for broken in clause.breaks}
    rows = {
        digest: {"clause": one.clause, "test": one.test, "source": one.source}
        for digest, one in sorted(kept.items(), key=lambda pair: (pair[1].clause, pair[0]))
        if digest in standing
    }
    PROVED.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
