"""What each row of the rules says, as a hash that stands outside the product: who seals a folder anew changes no row unseen.

`python3 -m tests.sealed_rows` writes `tests/cases/sealed_rows.json` anew, once a text was put right on purpose.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

from portal.ground.settings import ROOT

KEPT = ROOT / "tests" / "cases" / "sealed_rows.json"
RULES = ROOT / "portal" / "rules" / "data"
_HEADING = re.compile(r"^#+ .+$", re.MULTILINE)


def rows() -> dict[str, dict[str, str]]:
    """Give by table (`2026/handling/markings`) the hash of each row, by its id or its place."""
    files = [*sorted((RULES / "editions").glob("*/*.toml")), *sorted(RULES.glob("*.toml"))]
    found = {f"{_name(file)}/{table}": of for file in files for table, of in _tables(file)}
    for text in sorted((RULES / "editions").glob("*/agreement.md")):
        found[_name(text)] = dict(_parts(text.read_text(encoding="utf-8")))
    return found


def _name(file) -> str:
    return file.relative_to(RULES).with_suffix("").as_posix().removeprefix("editions/")


def _tables(file) -> Iterator[tuple[str, dict[str, str]]]:
    for name, held in tomllib.loads(file.read_text(encoding="utf-8")).items():
        one_by_one = isinstance(held, list) and all(isinstance(row, dict) for row in held)
        each = held if one_by_one else [held]
        yield name, {_id(row) or str(place): _hash(row) for place, row in enumerate(each, 1)}


def _id(row) -> str:
    known = ("id", "key", "dataset", "name", "field", "field_id")
    return next((str(row[key]) for key in known if key in row), "") if isinstance(row, dict) else ""


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Part a text at its headings."""
    starts = [0, *(one.start() for one in _HEADING.finditer(text)), len(text)]
    for place, (begin, end) in enumerate(pairwise(starts)):
        words = text[begin:end]
        if words.strip():
            yield f"{place} {words.strip().splitlines()[0].strip('# ')[:40]}", _hash(words)


def _hash(held: object) -> str:
    return sha256(json.dumps(held, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()[:12]


if __name__ == "__main__":
    KEPT.write_text(json.dumps(rows(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
