"""Tables become dataclasses, and nothing odd slips through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

import pytest

from portal.rules.edition.toml_reading import named, read, read_any
from portal.rules.errors import EditionDataError


@dataclass(frozen=True, kw_only=True)
class Inner:
    id: str


@dataclass(frozen=True, kw_only=True)
class Outer:
    name: str
    day: date | None = None
    kind: Literal["a", "b"] = "a"
    number: int | Literal["many"] = 1
    from_id: str = named("from", default="")
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    words: Mapping[str, tuple[str, ...]] | str = ""


def test_a_table_is_read_whole():
    raw = {
        "name": "n",
        "day": date(2026, 1, 1),
        "number": "many",
        "from": "f",
        "inner": {"id": "i"},
        "inners": [{"id": "j"}],
    }
    found = read(Outer, raw | {"words": {"x": ["y"]}}, "file", "table")
    assert (found.from_id, found.inner.id, found.inners[0].id, found.number) == ("f", "i", "j", "many")
    assert found.words == {"x": ("y",)}
    assert read_any(tuple[Inner, ...], [{"id": "k"}], "file", "table") == (Inner(id="k"),)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ([], "file: table: must be a table"),
        ({}, "table.name: missing key"),
        ({"name": "n", "colour": "red"}, "table.colour: unknown key"),
        ({"name": 1}, "table.name: must be text"),
        ({"name": "n", "from_id": "x"}, "table.from_id: unknown key"),
        ({"name": "n", "day": datetime(2026, 1, 1, tzinfo=UTC)}, "table.day: must be a date"),
        ({"name": "n", "kind": "c"}, "table.kind: must be one of a, b"),
        ({"name": "n", "number": "few"}, "table.number: must be one of many"),
        ({"name": "n", "inner": {"id": 1}}, "table.inner.id: must be text"),
        ({"name": "n", "inners": {"id": "i"}}, "table.inners: must be a list"),
        ({"name": "n", "inners": [{"id": "i"}, {}]}, r"table.inners\[2\].id: missing key"),
        ({"name": "n", "words": {"x": "y"}}, "table.words"),
        ({"name": "n", "words": 3}, "table.words: must be text"),
    ],
)
def test_odd_tables_are_refused_by_file_and_key(raw, problem):
    with pytest.raises(EditionDataError, match=problem):
        read(Outer, raw, "file", "table")


def test_a_list_of_tables_must_be_a_list():
    with pytest.raises(EditionDataError, match="must be a list of tables"):
        read_any(tuple[Inner, ...], {"id": "k"}, "file", "table")
