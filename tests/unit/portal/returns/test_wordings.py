"""An office's own words for a category are asked about once for all their rows, and remembered without the words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.record import AuditEntry
from models.returns import WordingMemory
from portal.ground.act import Role
from portal.ground.database import reading, transaction
from portal.ground.errors import NotAllowedError
from portal.retention.schedule import rule
from portal.returns.matching.remembered_wordings import answer_about, answered, forget_wordings, how_many
from portal.returns.pipeline.options import ReturnOptions
from portal.returns.pipeline.stages import work
from portal.returns.service.deletion import delete_wordings
from portal.returns.service.submission import send
from portal.returns.service.upload_check import check_again
from portal.rules.datasets.quarters import Quarter
from tests.builders import a_person
from tests.return_builders import CHOSEN, a_checked, a_force
from tests.spreadsheets import text

FILE = (
    b"Date,Street,Category\n"
    b"03/07/2026,High Street,Zelda rang again\n"
    b"04/07/2026,Stanley Road,zelda  rang AGAIN\n"
    b"05/07/2026,Mill Lane,Noise\n"
    b"06/07/2026,Mill Lane,Parakeets\n"
)


@pytest.fixture
def force(act):
    return a_force(act)


@pytest.fixture
def mine(act, force):
    return act.as_(force[1])


def chosen(mine, force):
    """A checked file whose sender chose a category for its commonest words, and none for the others."""
    checked = a_checked(mine, force[0], FILE)
    first, second = checked.outcome.wordings
    said = {answer_about("category", first.digest): "ASB-N", answer_about("category", second.digest): ""}
    return check_again(mine, checked, (FILE, "x.csv"), answers=said)


@pytest.mark.clause("s6.no-identifiers")
def test_words_are_asked_about_once_for_all_their_rows_and_what_is_not_harmless_is_not_shown(mine, force):
    told = a_checked(mine, force[0], FILE).outcome.wordings
    assert [(one.rows, one.where, one.shown) for one in told] == [(2, "C2", ""), (1, "C5", "")]
    assert "elda" not in str(told)
    after = chosen(mine, force).outcome
    assert after.wordings == ()
    assert after.table["category_code"].to_pylist()[:2] == ["ASB-N"] * 2


def test_what_was_chosen_is_used_for_the_next_file_until_it_is_forgotten(act, mine, force):
    assert how_many(mine, force[0].id, CHOSEN[0]) == 0
    send(mine, chosen(mine, force), "one")
    assert how_many(mine, force[0].id, CHOSEN[0]) == 2
    assert a_checked(mine, force[0], FILE).outcome.wordings == ()
    with reading(act.store.engine) as session:
        (row,) = session.exec(select(WordingMemory)).all()
        entries = str([one.model_dump_json() for one in session.exec(select(AuditEntry)).all()])
    kept = act.store.vault.open_text(row.content, f"wording_memory.content:{row.id}") + entries
    assert "elda" not in kept
    assert b"ASB-N" not in row.content
    assert "return:wordings-remembered" in entries
    forget_wordings(mine, force[0].id, CHOSEN[0])
    forget_wordings(mine, force[0].id, CHOSEN[0])
    assert len(a_checked(mine, force[0], FILE).outcome.wordings) == 2


def test_another_organisation_neither_uses_nor_forgets_them(act, mine, force):
    send(mine, chosen(mine, force), "one")
    stranger = act.as_(a_person(act, "Owen Pugh", Role.OFFICER))
    for attempt in (how_many, forget_wordings):
        with pytest.raises(NotAllowedError):
            attempt(stranger, force[0].id, CHOSEN[0])


def test_they_go_two_years_after_the_last_return_that_used_them(act, mine, force):
    send(mine, chosen(mine, force), "one")
    later = replace(act, at=act.at + timedelta(days=600))
    send(later.as_(force[1]), a_checked(mine, force[0], FILE), "two")
    for days, left in ((1300, 2), (1400, 0)):
        with transaction(act.store.engine) as session:
            delete_wordings(session, replace(act, at=act.at + timedelta(days=days)), rule("wordings"))
        assert how_many(mine, force[0].id, CHOSEN[0]) == left


def test_a_code_that_the_list_does_not_have_is_taken_for_none():
    rows = [["Date", "Street", "Category"], ["03/07/2026", "High Street", "Parakeets"]]
    wanted = ReturnOptions("police-incidents", Quarter.parse("2026-Q3"), "2026")
    (unknown,) = work(text(rows), wanted).wordings
    said = answered({answer_about("category", unknown.digest): "no-such-code", "quarter": "x"})
    again = work(text(rows), ReturnOptions(wanted.data_set_id, wanted.quarter, "2026", wordings=said))
    assert again.wordings == (unknown,)
    assert again.table["category_code"].null_count == 1


def test_of_several_reasons_in_one_cell_each_unknown_one_is_asked_about():
    rows = [["School", "Reason(s)"], ["Wren Academy", "Bullying; Parakeets"], ["Wren Academy", "Parakeets; Theft"]]
    told = work(text(rows), ReturnOptions("la-exclusions", Quarter.parse("2026-Q3"), "2026")).wordings
    assert [(one.rows, one.where) for one in told] == [(2, "B2")]
