"""What is counted as proved, and that every break can still be made."""

import json

import pytest

from portal.app import clause_coverage as room
from portal.app.clause_coverage import as_lines, clause_coverage, parts_of, proof_in_words, source_hash, unknown
from portal.ground.settings import ROOT
from portal.rules.clauses import Break, Clause, clauses

BREAKS = [pytest.param(one, id=f"{clause.id}-{n}") for clause in clauses() for n, one in enumerate(clause.breaks, 1)]


def test_no_page_or_test_claims_a_clause_that_does_not_exist():
    assert unknown() == set()


def test_the_list_ends_with_what_is_not_yet_proved():
    assert as_lines().splitlines()[-1].startswith("Not proved: ")


def test_an_installed_portal_comes_without_tests_and_tells_what_was_proved_before_it_was_packed(tmp_path, monkeypatch):
    here = {one.id for one in clause_coverage() if one.proved}
    monkeypatch.setattr(room, "TESTS", tmp_path)
    assert here
    assert here <= {one.id for one in clause_coverage() if one.proved}
    assert all(one.tests for one in clause_coverage() if one.proved)


@pytest.mark.parametrize("broken", BREAKS)
def test_what_a_break_takes_out_stands_exactly_once_so_that_whoever_moves_it_carries_the_break_along(broken):
    assert (ROOT / broken.file).read_text(encoding="utf-8").count(broken.find) == 1, broken.file
    assert broken.find != broken.replace


def test_a_clause_is_proved_only_while_the_break_and_the_test_that_noticed_it_stand_as_they_were(tmp_path, monkeypatch):
    test = f"tests/unit/portal/app/test_honoured.py::{test_the_list_ends_with_what_is_not_yet_proved.__name__}"
    broken = Break(file="README.md", find="# The portal of a Community Safety Partnership", replace="# A portal")
    clause = Clause(id="s16.public-list", says="", portal="", breaks=(broken,))
    monkeypatch.setattr(room, "clauses", lambda: (clause,))
    monkeypatch.setattr(room, "PROVED", tmp_path / "proved.json")
    monkeypatch.setattr(room, "_tests", lambda: iter([(clause.id, test)]))

    def proved(**more):
        row = {"clause": clause.id, "test": test, "source": source_hash(test), **more}
        room.PROVED.write_text(json.dumps({broken.digest: row}), encoding="utf-8")
        (only,) = clause_coverage()
        return only.proved

    assert not clause_coverage()[0].proved  # nothing was tried yet
    assert proof_in_words(clause_coverage()[0]) == "Tested by 1, not proved yet"
    assert proved()
    assert proof_in_words(clause_coverage()[0]).startswith("Proved: its feature was taken out once")
    assert parts_of(clause_coverage()) == {"s16": "Section 16"}
    assert not proved(source="0" * 64)  # the test was changed since
    assert not proved(test="tests/unit/portal/app/test_honoured.py::test_that_is_gone")
    monkeypatch.setattr(room, "_tests", lambda: iter([]))
    assert not proved()  # the test no longer says that it proves this clause
    monkeypatch.setattr(room, "clauses", lambda: (Clause(id=clause.id, says="", portal="", breaks=()),))
    assert not proved()  # nothing says how to break it
