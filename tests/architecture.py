"""Write the map in docs/architecture.md from the code's own docstrings and imports: `python3 -m tests architecture`."""

import ast
import sys
from pathlib import Path

from portal.ground.settings import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- the map begins: written by `python3 -m tests architecture` -->", "<!-- the map ends -->"


def main() -> int:
    """Write the map anew."""
    PAGE.write_text(with_map(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_map(text: str) -> str:
    """Give the page with the map as the code has it today."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{the_map()}\n{END}{after}"


def the_map() -> str:
    """Give a row a room, from the ground up: what it is for, the rooms within it, and the rooms that it uses."""
    used = {room: imports_of(room) for room in rooms()}
    rows = [
        f"| `{room}/` | {purpose(ROOT / 'portal' / room)} | {within(room)} | {', '.join(sorted(used[room])) or 'none'} |"
        for room in from_the_ground_up(used)
    ]
    return "\n".join(["| room of `portal/` | what it is for | rooms within it | uses |", "|---|---|---|---|", *rows])


def rooms() -> list[str]:
    """Give the rooms of the portal by name."""
    return sorted(p.parent.name for p in (ROOT / "portal").glob("*/__init__.py"))


def from_the_ground_up(used: dict[str, set[str]]) -> list[str]:
    """Put each room after those it uses."""
    order: list[str] = []
    while len(order) < len(used):
        ready = sorted(room for room in used if room not in order and used[room] <= set(order))
        if not ready:
            raise SystemExit(f"These rooms use one another in a circle: {sorted(set(used) - set(order))}")
        order += ready
    return order


def purpose(folder: Path) -> str:
    """Give the first sentence of a folder's docstring."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def within(room: str) -> str:
    """Name the rooms within a room."""
    return ", ".join(sorted(f"`{p.parent.name}`" for p in (ROOT / "portal" / room).glob("*/__init__.py"))) or "none"


def imports_of(room: str) -> set[str]:
    """Name the other rooms that the modules of a room import."""
    known, found = set(rooms()), set()
    for file in (ROOT / "portal" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found |= {name.split(".")[1] for name in names if name.startswith("portal.")}
    return (found & known) - {room}


if __name__ == "__main__":
    sys.exit(main())
