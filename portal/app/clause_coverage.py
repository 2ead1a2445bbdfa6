"""Which pages and tests honour which clause: read from the pages' docstrings and the tests' marks."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.ground.settings import ROOT
from portal.rules.clauses import clauses

_LINES = re.compile(r"^Clauses?:(?P<ids>.*?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Honoured:
    """One clause, with the pages that show it and the tests that prove it."""

    id: str
    says: str
    portal: str
    pages: tuple[str, ...]
    tests: tuple[str, ...]


def honoured() -> tuple[Honoured, ...]:
    """List every clause in the agreement's order."""
    pages, tests = _by_clause(_pages()), _by_clause(_tests())
    return tuple(
        Honoured(
            id=c.id,
            says=c.says,
            portal=c.portal,
            pages=tuple(sorted(pages.get(c.id, ()))),
            tests=tuple(sorted(tests.get(c.id, ()))),
        )
        for c in clauses()
    )


def unknown() -> set[str]:
    """Name the ids that a page or test claims and the agreement does not have."""
    return {clause for clause, _ in [*_pages(), *_tests()]} - {c.id for c in clauses()}


def as_json() -> str:
    """Give the list as JSON."""
    return json.dumps([asdict(h) for h in honoured()], ensure_ascii=False, indent=1)


def as_lines() -> str:
    """Give the list for a terminal, the uncovered ones last."""
    found = honoured()
    lines = [
        f"{h.id}\n    {h.says}\n    pages: {', '.join(h.pages) or '-'}\n    tests: {', '.join(h.tests) or '-'}"
        for h in found
    ]
    bare = [h.id for h in found if not h.tests]
    return "\n".join(
        [
            *lines,
            f"{len(found) - len(bare)} of {len(found)} clauses are proved by a test.",
            f"Not yet: {', '.join(bare) or 'none'}",
        ]
    )


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


def _tests() -> Iterator[tuple[str, str]]:
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree, name = _tree(path), str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                for clause in _marks(node.decorator_list):
                    yield clause, f"{name}::{node.name}"
        for node in tree.body:
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets
            ):
                for clause in _marks([node.value]):
                    yield clause, name


def _marks(nodes: list[ast.expr]) -> Iterator[str]:
    for root in nodes:
        for node in ast.walk(root):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "clause":
                yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
