import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, event, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select

from models.organisations import Organisation
from models.record import AuditHead
from portal.agreement.notices.standing import standing_of
from portal.agreement.signing import sign
from portal.ground import database
from portal.ground.act import PUBLIC, SYSTEM, Act, Person, Role, Store
from portal.ground.database import BusyError, alone, engine_for, migrate, reading, transaction
from portal.ground.settings import ROOT
from portal.partnership.changes import confirm_facts, confirmations, unconfirmed
from portal.record import row_digests
from portal.record.audit import head, record, verify
from portal.record.events import Event
from portal.record.row_digests import digest_of, reconcile
from portal.returns.service.providers import except_from, providers
from portal.returns.service.views import view
from portal.returns.service.withdrawal import withdraw
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_partnership, a_person, an_organisation
from tests.conftest import NOW
from tests.request_builders import a_signatory
from tests.return_builders import a_force, a_return
from tests.signing_builders import NO_MAIL, ready_to_sign
from tests.unit.portal.record.test_audit import write


@pytest.mark.threat("DA6")
def test_migrations_go_up_down_and_up(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    write(act, 2)
    migrate(both_stores.engine, "base")
    migrate(both_stores.engine)
    write(act, 1)
    assert verify(both_stores).entries == 1


def test_tables_that_are_made_anew_keep_their_rows_and_what_refers_to_them(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    a_partnership(act)
    council = an_organisation(act)
    a_signatory(act, council)
    later = len(list((ROOT / "migrations" / "versions").glob("0*.py"))) - 1
    migrate(both_stores.engine, f"-{later}")
    migrate(both_stores.engine)
    assert standing_of(both_stores, council.id).edition == "2026"
    with both_stores.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("DELETE FROM signature")


def test_words_that_stood_in_clear_are_sealed_by_the_upgrade_and_the_record_still_holds(both_stores, monkeypatch):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    force, person = a_force(act)
    officer, manager = (act.as_(a_person(act, f"{role} Pugh", role)) for role in (Role.OFFICER, Role.MANAGER))
    words = {"quarterly_return": "ended_reason", "not_provided": "reason", "confirmed_fact": "how"}
    edition = edition_in_force(NOW.date())
    fact = unconfirmed(manager, edition)[0].key

    def in_clear(row):
        column = words.get(type(row).__table__.name)
        held = column and getattr(row, column)
        if not held:
            return digest_of(row)
        place = f"{type(row).__table__.name}.{column}:{row.id}"
        return digest_of(type(row)(**row.model_dump() | {column: both_stores.vault.open_text(held, place)}))

    with monkeypatch.context() as before:  # the version of before hashed these words in clear
        before.setattr(row_digests, "digest_of", in_clear)
        withdrawn = a_return(act.as_(person), force)
        withdraw(act.as_(person), withdrawn, "ZQX-CANARY withdrew")
        kept = a_return(act.as_(person), force, key="two")
        except_from(officer, force.id, "police-incidents", "ZQX-CANARY does not send")
        confirm_facts(manager, edition, [fact], "ZQX-CANARY read it")
    migrate(both_stores.engine, "0036", vault=both_stores.vault)
    with both_stores.engine.connect() as connection:
        for table, column in words.items():
            found = [text for (text,) in connection.exec_driver_sql(f"SELECT {column} FROM {table}")]  # noqa: S608 - names of this test
            assert any(text.startswith("ZQX-CANARY") for text in found), table
    with pytest.raises(AttributeError):  # nothing is lost, and nothing stays in clear, where the keys are not given
        migrate(both_stores.engine)
    migrate(both_stores.engine, vault=both_stores.vault)
    with both_stores.engine.connect() as connection:
        for table, column in words.items():
            found = [bytes(one) for (one,) in connection.exec_driver_sql(f"SELECT {column} FROM {table}") if one]  # noqa: S608
            assert found, table
            assert not any(b"ZQX-CANARY" in one for one in found), table
    assert view(act.as_(person), withdrawn).ended_reason == "ZQX-CANARY withdrew"
    assert view(act.as_(person), kept).ended_reason == ""
    reasons = {one.reason for _, organisations in providers(officer) for one in organisations}
    assert reasons == {"", "ZQX-CANARY does not send"}
    assert [one.how for one in confirmations(manager, edition)] == ["ZQX-CANARY read it"]
    assert reconcile(both_stores) == []
    with both_stores.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE not_provided SET data_set = 'police-crimes'")
    assert [one.how for one in reconcile(both_stores)] == ["changed"]


def test_what_is_deleted_leaves_the_file(act, data_dir):
    """A row that is only marked as free can be read from the file, or from its copy, for years."""
    council = an_organisation(act, "Wrenfield Parish Council")
    files = [data_dir / "portal.sqlite", data_dir / "portal.sqlite-wal"]
    with transaction(act.store.engine) as session:
        session.delete(session.get_one(Organisation, council.id))
    with act.store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(b"Wrenfield" in file.read_bytes() for file in files if file.exists())


@pytest.mark.threat("DA6")
def test_migrating_twice_changes_nothing(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    write(act, 2)
    migrate(both_stores.engine)
    assert verify(both_stores).entries == 2


def checks_of(engine):
    found = inspect(engine)
    return {
        (table, one["name"], re.sub(r'[\s"]+', "", one["sqltext"]))
        for table in found.get_table_names()
        for one in found.get_check_constraints(table)
    }


def test_a_check_that_a_model_states_is_in_the_store_that_the_migrations_made(store):
    made = create_engine("sqlite://")
    SQLModel.metadata.create_all(made)
    assert checks_of(store.engine) == checks_of(made), "a migration is missing"


def test_the_tables_are_what_the_models_say(both_stores):
    with both_stores.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.threat("DA4")
def test_a_writer_that_holds_on_too_long_is_said_in_a_sentence(both_stores, monkeypatch):
    monkeypatch.setattr(database, "WAITS", 0.4)
    engine = engine_for(both_stores.engine.url.render_as_string(hide_password=False))
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction(both_stores.engine) as session:
            session.exec(select(AuditHead).with_for_update()).all()
            held.set()
            done.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    for waits in (0.4, 0.2):
        with pytest.raises(BusyError) as busy, transaction(engine, waits=waits) as session:
            session.exec(select(AuditHead).with_for_update()).all()
        assert "Nothing was changed" in busy.value.message
    done.set()
    thread.join()
    with transaction(engine) as session:
        assert len(session.exec(select(AuditHead).with_for_update()).all()) == 1
    engine.dispose()


def much_is_written(act):
    with transaction(act.store.engine) as session:
        session.add(Organisation(id="a", slug="a", name="A", search_name="a", kind="x", added_at=NOW, added_by="T"))
        record(session, act, Event.ORGANISATION_ADDED, "organisation:a", much="x" * 2_000_000)


_LIMITS = {"full": "PRAGMA max_page_count=1", "read-only": "PRAGMA query_only=ON"}


@pytest.mark.threat("DA3")
@pytest.mark.threat("DA9")
@pytest.mark.parametrize("how", _LIMITS)
def test_a_store_that_is_full_or_read_only_is_told_in_a_sentence_and_keeps_nothing_by_halves(both_stores, how):
    act, engine = Act(store=both_stores, person=SYSTEM, at=NOW), both_stores.engine
    if (how, engine.dialect.name) == ("full", "postgresql"):
        pytest.skip("its disk is not ours to fill; the driver's error is of the same class as a lost connection")
    an_organisation(act)
    before, wanted = head(both_stores), ["Anytown Parish Council"]
    limit = _LIMITS[how] if engine.dialect.name == "sqlite" else "SET default_transaction_read_only = on"

    def limited(raw, _):
        raw.execute(limit)
        if engine.dialect.name == "postgresql":
            raw.commit()

    engine.dispose()
    event.listen(engine, "connect", limited)
    with pytest.raises(BusyError) as refused:
        much_is_written(act)
    assert "Nothing was changed" in refused.value.message
    with reading(engine) as session:
        assert session.exec(select(Organisation.name)).all() == wanted
    event.remove(engine, "connect", limited)
    engine.dispose()
    assert (head(both_stores), verify(both_stores).why) == (before, "")
    an_organisation(act, "Newtown Parish Council")


def test_inside_a_write_everything_is_read_on_its_own_connection(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    with transaction(both_stores.engine) as session:
        session.add(Organisation(id="a", slug="a", name="A", search_name="a", kind="other", added_at=NOW, added_by="T"))
        session.flush()
        with reading(both_stores.engine) as inner:
            seen = inner.get(Organisation, "a")
            seen.name = "B"
        with pytest.raises(RuntimeError, match="second connection"), both_stores.engine.connect():
            pass
        with pytest.raises(RuntimeError, match="second connection"):
            an_organisation(act)
    with reading(both_stores.engine) as after:
        assert after.get(Organisation, "a").name == "A"


def test_a_character_0_in_a_made_up_address_finds_nothing_and_is_no_fault(both_stores):
    with reading(both_stores.engine) as session:
        assert session.get(Organisation, "no\0body") is None
        assert session.exec(select(Organisation).where(col(Organisation.slug).in_(["a\0"]))).all() == []


def test_twenty_people_sign_at_once_over_a_small_pool(both_stores):
    url = both_stores.engine.url.render_as_string(hide_password=False)
    small = Store(engine=engine_for(url, pool=1), vault=both_stores.vault)
    act = Act(store=small, person=PUBLIC, at=NOW)
    a_partnership(act)
    ready = [
        ready_to_sign(act, an_organisation(act, f"Parish {n}"), email=f"p{n}@parish{n}.example") for n in range(20)
    ]
    with ThreadPoolExecutor(20) as pool:
        signed = list(pool.map(lambda secret: sign.sign(act, secret, NO_MAIL), ready))
    assert len({one.reference for one in signed}) == 20
    assert verify(small).whole
    small.engine.dispose()


def test_one_replica_at_a_time_does_what_is_due_and_one_that_dies_gives_its_turn_back(both_stores):
    of_another = engine_for(both_stores.engine.url.render_as_string(hide_password=False))
    shared = of_another.dialect.name != "sqlite"  # a file on one machine is served by one process
    with alone(of_another, "due") as first:
        with alone(both_stores.engine, "due") as second, alone(both_stores.engine, "mail") as other_work:
            assert (first, second, other_work) == (True, not shared, True)
        of_another.dispose()
    with alone(both_stores.engine, "due") as mine:
        assert mine


@pytest.mark.parametrize("fails", [False, True])
def test_whoever_holds_a_turn_holds_no_transaction_open_and_gives_it_back_whatever_happens(both_stores, fails):
    of_another = engine_for(both_stores.engine.url.render_as_string(hide_password=False))
    with suppress(ZeroDivisionError), alone(both_stores.engine, "due") as mine:
        assert mine
        if both_stores.engine.dialect.name == "postgresql":
            with of_another.connect() as connection:
                waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = %s"
                assert connection.exec_driver_sql(waiting, ("idle in transaction",)).scalar() == 0
        assert 1 / (not fails)
    with alone(of_another, "due") as next_one:
        assert next_one
    of_another.dispose()
