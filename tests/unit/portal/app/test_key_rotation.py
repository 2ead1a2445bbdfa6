"""A new key for what is kept under seal: nothing is lost at any moment of the change, and no forged row gains by it."""

import re
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary
from sqlmodel import Session, SQLModel, select

from models.record import Message
from portal.app.backup import BackupError, backup, restore
from portal.app.commands.command_line import run
from portal.app.key_rotation import _OTHER_NAMES, drop_old_keys, place_of, rotate_keys, sealed_columns
from portal.duties.scheduled.record_check import take_over, whole_check
from portal.ground import drafts
from portal.ground.act import SYSTEM, Act, Store
from portal.ground.database import engine_for, reading, transaction
from portal.ground.errors import PortalError
from portal.ground.settings import ROOT
from portal.ground.vault import mark, open_vault
from portal.record.outbox import Letter, post
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.request_builders import a_signatory


@pytest.fixture
def filled(both_stores):
    """A store with watched rows under seal (a signature), a draft, and more letters than one step takes."""
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    a_partnership(act)
    a_signatory(act, an_organisation(act))
    drafts.begin(act.as_(a_person(act, "Ann Clerk")), "sign", {"name": "Zelda Quxley"})
    with transaction(both_stores.engine) as session:
        for number in range(70):
            post(session, act, Letter(template="t", to=f"a{number}@example.org", subject="s", body=f"body {number}"))
    take_over(act)  # what the builders wrote past the services
    return act


def opened(store):
    """Open everything that the vault sealed: place -> content, and place -> the name of its key."""
    found, names = {}, {}
    with reading(store.engine) as session:
        for table, columns in sealed_columns():
            for row in session.exec(select(table.class_)).all():
                for place, sealed in [(place_of(row, column), getattr(row, column)) for column in columns]:
                    if sealed is not None and re.match(rb"\x02k\d", sealed):
                        found[place], names[place] = store.vault.open(sealed, place), sealed[1:3].decode()
    return found, names


def key_file(act):
    return act.store.vault.file


def test_a_store_that_is_half_rotated_works_and_the_next_run_finishes_it(filled):
    before, _ = opened(filled.store)
    steps = rotate_keys(filled)
    while next(steps).table != "message":
        pass
    steps.close()  # the machine stopped here
    half = replace(filled, store=Store(engine=filled.store.engine, vault=open_vault(key_file(filled), may_make=False)))
    found, names = opened(half.store)
    assert (found, set(names.values())) == (before, {"k1", "k2"})
    assert whole_check(half.store).whole
    with pytest.raises(PortalError, match="still sealed with an older key"):
        drop_old_keys(replace(half, at=NOW + timedelta(days=9)))
    assert {*open_vault(key_file(filled), may_make=False).keys} == {"k1", "k2"}
    drafts.begin(filled, "sign", {"name": "by a process that started with the old keys, and goes on"})
    assert sum(step.values for step in rotate_keys(half)) == [*names.values()].count("k1")
    assert set(opened(half.store)[1].values()) == {"k2"}
    assert whole_check(half.store).whole


def test_a_finished_one_opens_without_the_old_key(filled):
    before, _ = opened(filled.store)
    assert not [step for step in rotate_keys(filled) if step.damaged]
    with pytest.raises(PortalError, match="a day after"):
        drop_old_keys(filled)
    drop_old_keys(replace(filled, at=NOW + timedelta(days=1)))
    alone = open_vault(key_file(filled), may_make=False)
    assert [*alone.keys] == ["k2"]
    found, names = opened(Store(engine=filled.store.engine, vault=alone))
    assert (found, set(names.values())) == (before, {"k2"})
    assert whole_check(filled.store).whole


def test_backups_of_before_and_after_open_each_with_its_own_keys(act, data_dir, tmp_path):
    shutil.copy(data_dir / "portal.sqlite", tmp_path / "other.sqlite")
    with transaction(act.store.engine) as session:
        post(session, act, Letter(template="t", to="a@example.org", subject="s", body="b"))
    before, _ = opened(act.store)
    shutil.copy(key_file(act), tmp_path / "old.json")
    backup(act.store, tmp_path / "old.backup")
    assert [*rotate_keys(act)]
    drop_old_keys(replace(act, at=NOW + timedelta(days=1)))
    backup(act.store, tmp_path / "new.backup")
    other = Store(
        engine=engine_for(f"sqlite:///{tmp_path / 'other.sqlite'}"), vault=open_vault(key_file(act), may_make=False)
    )
    with pytest.raises(BackupError):
        restore(other, tmp_path / "old.backup")
    with pytest.raises(BackupError):
        restore(replace(other, vault=open_vault(tmp_path / "old.json", may_make=False)), tmp_path / "new.backup")
    restore(other, tmp_path / "new.backup")
    assert opened(other)[0] == before
    other.engine.dispose()


def test_a_row_that_was_forged_past_the_portal_is_not_made_right_by_it(filled):
    with filled.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE signature SET signer = signer || signer")
    with pytest.raises(PortalError, match=r"A signature of .* was changed outside the portal"):
        next(rotate_keys(filled))
    assert [*filled.store.vault.ring.keys] == ["k1"]


def test_a_value_that_opens_with_no_key_is_told_left_as_it_is_and_holds_up_nothing(filled):
    with Session(filled.store.engine) as session:
        row = session.exec(select(Message)).first()
        row.body = damaged = mark("k1") + bytes(40)
        session.add(row)
        session.commit()
        row_id = row.id
    assert sum(step.damaged for step in rotate_keys(filled)) == 1
    with reading(filled.store.engine) as session:
        assert session.get(Message, row_id).body == damaged
    later = replace(filled, at=NOW + timedelta(days=1))
    drop_old_keys(later)
    assert next(rotate_keys(later)).values, "the next change is a new one, not the end of this"


def test_the_command_says_how_much_was_sealed_anew(portal, act, capsys):
    with transaction(act.store.engine) as session:
        post(session, act, Letter(template="t", to="a@example.org", subject="s", body="b"))
    assert run(["rotate-keys"]) == 0
    assert "2 values are sealed with the new key" in capsys.readouterr().out
    assert run(["rotate-keys", "--drop-old"]) == 1
    assert "a day after" in capsys.readouterr().err


def test_every_place_that_the_code_seals_for_is_found_again_from_the_tables():
    columns = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    told = set()
    for file in (ROOT / "portal").rglob("*.py"):
        told |= set(re.findall(r'f"([a-z_]+\.[a-z_]+):\{', file.read_text(encoding="utf-8")))
    assert told - columns == set(_OTHER_NAMES.values())
    assert set(_OTHER_NAMES) <= columns
