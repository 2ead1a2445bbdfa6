"""Which pages and tests honour which clause, and what is proved: a break of the feature made one of its tests fail.

Read from the pages' docstrings, the tests' marks, the breaks of docs/clauses.toml, and docs/proved.json, which
`python3 -m tests breaks` writes. A proof holds for one break and one test as they stand: change either, and it is stale.
"""

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeGuard

from portal.ground.settings import ROOT
from portal.rules.clauses import Break, clauses

PROVED = ROOT / "docs" / "proved.json"
TESTS = ROOT / "tests"

_LINES = re.compile(r"^Clauses?:(?P<ids>.*?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That a break of a clause's feature made a marked test fail: which test, and the SHA-256 of its source then."""

    clause: str
    test: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ClauseCoverage:
    """One clause, with the pages that show it, the tests that carry its mark, and how far they are proved to.

    `breaks` counts what is written to take its feature out; `noticed` names the test that failed under each, for those
    whose proof still holds. A clause is proved where each of its breaks, and at least one, is noticed.
    """

    id: str
    says: str
    portal: str
    pages: tuple[str, ...]
    tests: tuple[str, ...]
    breaks: int
    noticed: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Say whether every break of this clause, and at least one, made one of its tests fail."""
        return 0 < self.breaks == len(self.noticed)

    @property
    def part(self) -> str:
        """Give the part of the agreement it stands in, by the beginning of its id: cover, s4, app3."""
        return self.id.partition(".")[0]


def clause_coverage() -> tuple[ClauseCoverage, ...]:
    """List every clause in the agreement's order."""
    pages, tests = _by_clause(_pages()), _by_clause(_tests() if _has_tests() else _tests_recorded())
    return tuple(
        ClauseCoverage(
            id=c.id,
            says=c.says,
            portal=c.portal,
            pages=tuple(sorted(pages.get(c.id, ()))),
            tests=tuple(sorted(tests.get(c.id, ()))),
            breaks=len(c.breaks),
            noticed=tuple(one for each in c.breaks if (one := still_proved(each, tests.get(c.id, set())))),
        )
        for c in clauses()
    )


@cache
def of_this_build() -> tuple[ClauseCoverage, ...]:
    """List every clause once: neither the program nor its tests change while it runs."""
    return clause_coverage()


def parts_of(every: Iterable[ClauseCoverage]) -> dict[str, str]:
    """Give the parts of the agreement that the clauses stand in, in its order, each with its name in words."""
    return {one.part: _part_in_words(one.part) for one in every}


def _part_in_words(part: str) -> str:
    if part == "cover":
        return "Title page and summary sheet"
    return f"Appendix {part.removeprefix('app')}" if part.startswith("app") else f"Section {part.removeprefix('s')}"


def proof_in_words(one: ClauseCoverage) -> str:
    """Say how far a clause is proved in this build, and never more than that."""
    if one.proved:
        times = "once" if one.breaks == 1 else f"in {one.breaks} ways"
        return f"Proved: its feature was taken out {times}, and its tests noticed each time"
    if one.noticed:
        return f"Proved in part: its tests noticed {len(one.noticed)} of the {one.breaks} ways to take its feature out"
    return f"Tested by {len(one.tests)}, not proved yet" if one.tests else "Not tested yet"


def recorded() -> dict[str, Proof]:
    """Give the proofs that were written down, by the SHA-256 of their break; none before the first run."""
    if not PROVED.exists():
        return {}
    return {digest: Proof(**one) for digest, one in json.loads(PROVED.read_text(encoding="utf-8")).items()}


def source_hash(test: str) -> str:
    """Give the SHA-256 of a test's function, by its node id; of nothing where there is no such function."""
    file, _, name = test.partition("[")[0].partition("::")
    return sha256(_functions(file).get(name.rpartition("::")[2], "").encode()).hexdigest()


def unknown() -> set[str]:
    """Name the ids that a page or test claims and the agreement does not have."""
    return {clause for clause, _ in [*_pages(), *_tests()]} - {c.id for c in clauses()}


def as_json() -> str:
    """Give the list as JSON."""
    return json.dumps([{**asdict(h), "proved": h.proved} for h in clause_coverage()], ensure_ascii=False, indent=1)


def as_lines() -> str:
    """Give the list for a terminal, the uncovered ones last."""
    found = clause_coverage()
    lines = [
        f"{h.id}\n    {h.says}\n    pages: {', '.join(h.pages) or '-'}\n    tests: {', '.join(h.tests) or '-'}"
        f"\n    breaks noticed: {len(h.noticed)} of {h.breaks}"
        for h in found
    ]
    bare = [h.id for h in found if not h.proved]
    return "\n".join(
        [
            *lines,
            f"{len(found) - len(bare)} of {len(found)} clauses are proved: a test of theirs failed when their feature was taken out.",
            f"Not proved: {', '.join(bare) or 'none'}",
        ]
    )


def still_proved(broken: Break, marked: Collection[str]) -> str:
    """Give the test that was written down as noticing a break, where break and test still stand as they did; else ''."""
    proof = recorded().get(broken.digest)
    if proof is None or not _stands_once(broken.file, broken.find):
        return ""
    marks = {proof.test.partition("[")[0], proof.test.partition("::")[0]} & set(marked)
    holds = not _has_tests() or (marks and proof.source == source_hash(proof.test))
    return proof.test if holds else ""


def _stands_once(file: str, text: str) -> bool:
    path = ROOT / file
    return path.is_file() and path.read_text(encoding="utf-8").count(text) == 1


@cache
def _functions(file: str) -> dict[str, str]:
    path = ROOT / file
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    return {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }


def _by_clause(pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for clause, where in pairs:
        found.setdefault(clause, set()).add(where)
    return found


def _pages() -> Iterator[tuple[str, str]]:
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "portal" / "web").rglob("*.py")]:
        for line in _LINES.finditer(ast.get_docstring(_tree(path)) or ""):
            for clause in line["ids"].replace(",", " ").split():
                yield clause.rstrip("."), str(path.relative_to(ROOT))


def _has_tests() -> bool:
    """Say whether the tests are here: an installed portal comes without them, and tells what was proved before it was packed."""
    return (TESTS / "test_repository.py").is_file()


def _tests_recorded() -> Iterator[tuple[str, str]]:
    for proof in recorded().values():
        yield proof.clause, proof.test.partition("[")[0]


def _tests() -> Iterator[tuple[str, str]]:
    for path in TESTS.rglob("test_*.py"):
        tree, name = _tree(path), str(path.relative_to(ROOT))
        for place, node in _test_functions(tree):
            for clause in _marks(node.decorator_list):
                yield clause, f"{name}::{place}{node.name}"
        for set_here in tree.body:
            if isinstance(set_here, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "pytestmark" for t in set_here.targets
            ):
                for clause in _marks([set_here.value]):
                    yield clause, name


def _test_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give each test function, with the class it stands in as its node id has it: `TestName::`, or nothing."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}::", one) for one in node.body if _is_test(one))
        elif _is_test(node):
            yield "", node


def _is_test(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def _marks(nodes: list[ast.expr]) -> Iterator[str]:
    for root in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "clause":
                yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
