"""Attacks on the store with a hand on the database (LG1): what the chain alone cannot see."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.duties.scheduled.record_check import is_disturbed, record_state
from portal.ground.database import connect
from portal.record.audit import verify
from portal.record.kept_head import FILE, difference, keep_head
from tests.conftest import NOW
from tests.unit.portal.record.test_audit import write


def forge(store, *statements):
    with connect(store.engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.threat("LG1")
def test_a_cut_tail_together_with_its_head_shows(act):
    write(act, 10)
    assert keep_head(act.store, NOW)
    forge(
        act.store,
        "DROP TRIGGER audit_entry_no_delete",
        "DELETE FROM audit_entry WHERE number > 7",
        "UPDATE audit_head SET number = 7, hash = (SELECT hash FROM audit_entry WHERE number = 7)",
    )
    assert verify(act.store).whole  # the chain alone sees nothing
    assert "had reached entry 10" in difference(act.store)
    assert not record_state(act).whole
    assert is_disturbed(act.store)
    assert not keep_head(act.store, NOW)  # and the proof is not written over


@pytest.mark.threat("LG1")
def test_a_store_of_yesterday_that_was_put_back_shows_even_after_new_acts(act, data_dir):
    write(act, 5)
    act.store.engine.dispose()
    shutil.copy(data_dir / "portal.sqlite", data_dir / "yesterday")
    write(act, 3)
    keep_head(act.store, NOW)
    act.store.engine.dispose()
    for left in data_dir.glob("portal.sqlite*"):
        left.unlink()
    shutil.copy(data_dir / "yesterday", data_dir / "portal.sqlite")
    assert "older store" in difference(act.store)
    write(replace(act, at=NOW + timedelta(days=1)), 6)
    assert "rewritten" in difference(act.store)


@pytest.mark.parametrize("field", ["number", "hash", "at", "restored"])
def test_a_kept_head_that_was_altered_shows(act, data_dir, field):
    write(act, 3)
    keep_head(act.store, NOW)
    assert difference(act.store) == ""
    path = data_dir / "keys" / FILE
    told = json.loads(path.read_text())
    told[field] = 1 if field == "number" else "x"
    path.write_text(json.dumps(told))
    assert "was altered" in difference(act.store)


def test_the_head_follows_the_record_and_a_restored_one_is_noted(act, data_dir):
    write(act, 2)
    assert keep_head(act.store, NOW)
    assert not keep_head(act.store, NOW)
    write(act, 1)
    assert keep_head(act.store, NOW)
    assert keep_head(act.store, NOW, restored=True)
    assert json.loads((data_dir / "keys" / FILE).read_text())["restored"] is True
