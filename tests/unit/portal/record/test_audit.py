import re
import sqlite3
import threading
import uuid
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import Session, select

from models.record import AuditEntry
from portal.ground.act import SYSTEM, Act, Person, Role, Store
from portal.ground.database import engine_for, migrate, transaction
from portal.ground.errors import NotAllowedError, UnsafeStartError
from portal.ground.settings import ROOT
from portal.ground.vault import open_vault
from portal.ground.wording import UK
from portal.record.audit import GENESIS, entries, head, history, record, verify
from portal.record.events import Event
from tests.builders import a_partnership, a_person
from tests.conftest import NOW
from tests.signing_builders import a_manager, a_signatory


def write(act, number):
    for n in range(number):
        with transaction(act.store.engine) as session:
            record(session, act, Event.ORGANISATION_ADDED, f"organisation:{n}", kind="parish_council")


def test_an_empty_record_is_whole(act):
    assert verify(act.store).whole
    assert head(act.store) == (0, GENESIS)


def test_each_entry_is_bound_to_the_one_before(act):
    write(act, 5)
    verdict = verify(act.store)
    assert (verdict.whole, verdict.entries) == (True, 5)
    assert head(act.store) == (5, verdict.head)


def test_an_act_in_another_time_zone_leaves_the_record_whole(act):
    write(replace(act, at=NOW.astimezone(UK)), 2)
    write(replace(act, at=NOW.astimezone(timezone(timedelta(hours=5)))), 1)
    assert verify(act.store).whole


@pytest.mark.threat("LG5")
def test_a_failed_act_leaves_no_entry(act):
    def fail():
        with transaction(act.store.engine) as session:
            record(session, act, Event.ORGANISATION_ADDED, "organisation:1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert verify(act.store).entries == 0


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_record(both_stores, statement):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    write(act, 2)
    with pytest.raises(DBAPIError), both_stores.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(statement)
    assert verify(both_stores).whole


TAMPERING = {
    "altered": ("UPDATE audit_entry SET event = 'agreement:left' WHERE number = 3", 3),
    "a later time": ("UPDATE audit_entry SET at = '2027-01-01 00:00:00.000000' WHERE number = 4", 4),
    "missing": ("DELETE FROM audit_entry WHERE number = 3", 3),
    "the first missing": ("DELETE FROM audit_entry WHERE number = 1", 1),
    "cut off": ("DELETE FROM audit_entry WHERE number > 4", 5),
    "swapped": (
        "UPDATE audit_entry SET number = CASE number WHEN 3 THEN -1 ELSE number END; UPDATE audit_entry SET number = 3 WHERE number = 4; UPDATE audit_entry SET number = 4 WHERE number = -1",
        3,
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
@pytest.mark.threat("LG1")
def test_tampering_behind_the_triggers_is_named(act, data_dir, name):
    write(act, 6)
    act.store.engine.dispose()
    statements, first = TAMPERING[name]
    with sqlite3.connect(data_dir / "portal.sqlite") as raw:
        for trigger in ("update", "delete"):
            raw.execute(f"DROP TRIGGER audit_entry_no_{trigger}")
        raw.executescript(statements)
    verdict = verify(act.store)
    assert not verdict.whole
    assert verdict.broken_at == first


def test_a_cut_that_also_moves_the_head_is_seen_by_a_head_that_was_kept(act, data_dir):
    write(act, 6)
    kept = head(act.store)[1]
    act.store.engine.dispose()
    with sqlite3.connect(data_dir / "portal.sqlite") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_delete")
        raw.execute("DELETE FROM audit_entry WHERE number > 4")
        raw.execute("UPDATE audit_head SET number = 4, hash = (SELECT hash FROM audit_entry WHERE number = 4)")
    assert verify(act.store).whole
    verdict = verify(act.store, known_head=kept)
    assert not verdict.whole
    assert "cut off" in verdict.why


def test_a_head_kept_earlier_is_still_in_a_record_that_grew(act):
    write(act, 3)
    kept = head(act.store)[1]
    write(act, 3)
    assert verify(act.store, known_head=kept).whole


def test_eight_writers_at_once_leave_one_chain(both_stores):
    act = Act(store=both_stores, person=Person(id="system", name="The portal"), at=NOW)
    gate, failures = threading.Barrier(8), []

    def work():
        gate.wait()
        try:
            write(act, 10)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must hear of it
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    verdict = verify(both_stores)
    assert (verdict.whole, verdict.entries) == (True, 80)


@pytest.mark.threat("LG8")
def test_only_the_manager_reads_the_record(act):
    with pytest.raises(NotAllowedError):
        entries(act.as_(a_person(act, "Ann Clerk")))


def test_the_manager_reads_the_newest_first_page_by_page_of_one_thing_or_of_one_kind(act):
    write(act, 3)
    act = act.as_(a_person(act, "Max Reed", Role.MANAGER))
    with transaction(act.store.engine) as session:
        record(session, act, Event.SIGNED_IN, "organisation:1")
    told = {
        page: ([one.number for one in found], total)
        for page in (0, 1, 2, 3)
        for found, total in [entries(act, page=page, size=2)]
    }
    assert told == {0: ([4, 3], 4), 1: ([4, 3], 4), 2: ([2, 1], 4), 3: ([], 4)}
    assert [one.number for one in entries(act, subject="organisation:1")[0]] == [4, 2]
    assert [one.number for one in entries(act, event=Event.ORGANISATION_ADDED)[0]] == [3, 2, 1]


def test_one_things_history_reads_oldest_first(act):
    write(act, 3)
    assert [entry.number for entry in history(act.store, "organisation:1")] == [2]


@pytest.mark.threat("LG9")
def test_an_entry_reads_on_when_its_actor_has_gone(act):
    person = Person(id="gone", name="Ann Clerk")
    with transaction(act.store.engine) as session:
        record(session, act.as_(person), Event.AGREEMENT_SIGNED, "organisation:1")
    with Session(act.store.engine) as session:
        assert session.exec(select(AuditEntry)).one().actor_name == "Ann Clerk"


@pytest.mark.postgres
def test_a_role_that_owns_nothing_serves_and_can_neither_change_nor_empty_the_record(empty_postgres, data_dir):
    owned = engine_for(empty_postgres)
    migrate(owned)
    role = f"serves_{uuid.uuid4().hex[:12]}"
    told = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8").replace("portal_serves", role)
    with owned.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        for statement in re.findall(r"^    ((?:GRANT|REVOKE) .*;)$", told, re.MULTILINE):
            connection.exec_driver_sql(statement)
    serves = engine_for(make_url(empty_postgres).set(username=role).render_as_string(hide_password=False))
    migrate(serves)  # there is nothing to change, so nothing is refused
    act = Act(
        store=Store(engine=serves, vault=open_vault(data_dir / "keys" / "portal.json", may_make=True)),
        person=SYSTEM,
        at=NOW,
    )
    a_partnership(act)
    a_signatory(act, a_manager(act))
    assert verify(act.store).whole
    for statement in (
        "UPDATE audit_entry SET event = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "SET session_replication_role = replica",
    ):
        with serves.connect() as connection, pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            connection.exec_driver_sql(statement)
    migrate(owned, "0037")
    with pytest.raises(UnsafeStartError, match="once as their owner"):
        migrate(serves)
    serves.dispose()
    with owned.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")
    owned.dispose()
