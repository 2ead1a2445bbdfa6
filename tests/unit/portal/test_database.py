import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from portal.act import Act, Person
from portal.database import BusyError, migrate, transaction
from portal.record.audit import verify
from tests.conftest import NOW
from tests.unit.portal.record.test_audit import write


def test_migrations_go_up_down_and_up(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    write(act, 2)
    migrate(both_stores.engine, "base")
    migrate(both_stores.engine)
    write(act, 1)
    assert verify(both_stores).entries == 1


def test_migrating_twice_changes_nothing(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    write(act, 2)
    migrate(both_stores.engine)
    assert verify(both_stores).entries == 2


def test_the_tables_are_what_the_models_say(both_stores):
    with both_stores.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_writer_that_holds_on_too_long_is_said_in_a_sentence(store):
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction(store.engine):
            held.set()
            done.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with pytest.raises(BusyError) as busy, transaction(store.engine):
        pass
    done.set()
    thread.join()
    assert "Nothing was changed" in busy.value.message
