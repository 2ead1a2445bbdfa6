"""The clauses of the agreement."""

import pytest

from portal.rules import clauses as room
from portal.rules.errors import EditionDataError


def test_every_clause_says_what_it_asks_and_what_the_portal_does():
    found = room.clauses()
    assert len(found) == 96
    assert len({one.id for one in found}) == 96
    assert all(one.says and one.portal for one in found)


def test_a_clause_that_stands_twice_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "clauses.toml"
    path.write_text('[[clause]]\nid = "a"\nsays = "b"\nportal = "c"\n' * 2, encoding="utf-8")
    monkeypatch.setattr(room, "FILE", path)
    with pytest.raises(EditionDataError, match="a: stands twice"):
        room.clauses.__wrapped__()
