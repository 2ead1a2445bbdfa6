"""A row that somebody wrote past the portal shows: changed, added, deleted, on both databases."""

import json
import re
import tracemalloc
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, text
from sqlmodel import SQLModel, col, delete, insert, select, update

from models.agreements import Standing
from models.organisations import Organisation
from models.partnership import Partnership
from models.record import AuditEntry
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.app.commands.command_line import run
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.duties.scheduled.record_check import compare_nightly, take_over, whole_check
from portal.ground.act import SYSTEM, Act
from portal.ground.database import connect, reading, transaction
from portal.ground.settings import load_settings
from portal.record import row_digests
from portal.record.audit import record, verify
from portal.record.events import Event
from portal.record.row_digests import UNWATCHED, UNWATCHED_COLUMNS, WATCHED, digest_of, note_all, reconcile
from tests.builders import a_partnership, an_organisation
from tests.conftest import NOW
from tests.request_builders import later, letters
from tests.signing_builders import a_manager, a_signatory
from tests.unit.portal.app.test_backup import a_value

FORGED = {
    "standing": "UPDATE standing SET status = 'suspended'",
    "organisation's name": "UPDATE organisation SET name = 'Anyshire Police'",
    "notice deleted": "DELETE FROM notice",
    "keeping_period added": (
        "INSERT INTO keeping_period (kind, months, set_at, set_by) VALUES ('attendance', 1, '2026-01-01 00:00:00+00:00', 'Eve')"
    ),
    "standing added": (
        "INSERT INTO standing (id, organisation_id, signature_id, edition, status, since, begins_at, ends_at) "
        "SELECT 'forged', organisation_id, signature_id, edition, 'left', since, begins_at, begins_at FROM standing"
    ),
}


def a_register(act):
    """A partnership whose one signatory signed and was confirmed, through the services alone."""
    a_partnership(act)
    manager = a_manager(act)
    take_over(act)  # what the builders wrote past the services
    a_signatory(act, manager)
    return manager


def forge(act, statement):
    with connect(act.store.engine) as connection:
        connection.execute(text(statement))


def test_what_the_services_do_agrees_with_the_record(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    manager = a_register(act)
    with reading(act.store.engine) as session:
        organisation_id = session.exec(select(Standing.organisation_id)).one()
    told = NoticeDetails(reason="A laptop was lost.", evidence="Report 7", name="Priya Shah", position="Manager")
    give_notice(later(act, hours=1).as_(manager), organisation_id, NoticeEffect.SUSPENSION, told, key="key-1")
    assert reconcile(act.store) == []
    assert whole_check(act.store).whole


@pytest.mark.parametrize("what", FORGED)
@pytest.mark.threat("LG1")
def test_a_row_written_past_the_portal_is_named(both_stores, what):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    manager = a_register(act)
    if what == "notice deleted":
        with reading(act.store.engine) as session:
            organisation_id = session.exec(select(Standing.organisation_id)).one()
        told = NoticeDetails(reason="A laptop was lost.", evidence="Report 7", name="Priya Shah", position="Manager")
        give_notice(later(act, hours=1).as_(manager), organisation_id, NoticeEffect.SUSPENSION, told, key="key-1")
        forge(act, "UPDATE standing SET notice_id = NULL")
    forge(act, FORGED[what])
    verdict = whole_check(act.store)
    assert verify(act.store).whole  # the chain alone tells nothing of it
    assert not verdict.whole
    table = what.split("'")[0].split(" ")[0]
    assert any(one.row.startswith(f"{table}:") for one in reconcile(act.store))
    assert "outside the portal" in verdict.why


def test_the_command_names_it_and_the_managers_are_told_at_night(portal, act, capsys):
    manager = a_register(act)
    assert run(["audit", "verify"]) == 0
    assert compare_nightly(act, load_settings()) == 0
    forge(act, FORGED["organisation's name"])
    assert run(["audit", "verify"]) == 1
    assert "The entry of Anyshire Police was changed outside the portal" in capsys.readouterr().out
    assert compare_nightly(later(act, hours=1), load_settings()) == 0  # once a night
    assert compare_nightly(later(act, days=1), load_settings()) == 1
    ((to, said),) = letters(act, "record-differs")
    assert to == manager.email
    assert "Anyshire" not in said
    assert any(one.kind is DutyKind.RECORD for one in duties_of(later(act, days=1).as_(manager)))


def test_once_a_week_each_manager_gets_a_head_to_keep_where_mail_goes(act):
    manager = a_register(act)
    for day in range(9):
        compare_nightly(later(act, days=day), load_settings({"PORTAL_SMTP_URL": "smtp://127.0.0.1"}))
    compare_nightly(later(act, days=20), load_settings({}))
    assert [to for to, _ in letters(act, "record-head")] == [manager.email] * 2
    for _, said in letters(act, "record-head"):
        assert verify(act.store, known_head=re.search(r"[0-9a-f]{64}", said)[0]).whole


def test_what_an_act_writes_after_its_entry_gets_an_entry_of_its_own(act):
    organisation = an_organisation(act)
    take_over(act)
    with transaction(act.store.engine) as session:
        record(session, act, Event.ORGANISATION_CHANGED, f"organisation:{organisation.id}")
        kept = session.get(type(organisation), organisation.id)
        kept.name = "Newtown Parish Council"
        session.add(kept)
    assert reconcile(act.store) == []
    with reading(act.store.engine) as session:
        assert (
            session.exec(select(AuditEntry.event).order_by(AuditEntry.number.desc())).first() == "record:rows-changed"
        )
    assert verify(act.store).whole


@pytest.mark.threat("LG7")
def test_what_is_written_without_an_entry_shows(act):
    organisation = an_organisation(act)
    take_over(act)
    with transaction(act.store.engine) as session:
        kept = session.get(type(organisation), organisation.id)
        kept.kind = "police"
        session.add(kept)
    assert [(one.row, one.how) for one in reconcile(act.store)] == [(f"organisation:{organisation.id}", "changed")]


@pytest.mark.threat("LG5")
def test_what_was_rolled_back_is_not_written_down(act):
    organisation = an_organisation(act)
    take_over(act)
    with transaction(act.store.engine) as session:
        inner = session.begin_nested()
        kept = session.get(type(organisation), organisation.id)
        kept.name = "Never"
        session.add(kept)
        session.flush()
        inner.rollback()
        record(session, act, Event.ORGANISATION_CHANGED, f"organisation:{organisation.id}")
    assert reconcile(act.store) == []


def test_a_store_of_before_is_taken_over_once_even_after_the_first_acts_of_the_new_version(act, monkeypatch):
    a_partnership(act)
    with (
        monkeypatch.context() as before,
        transaction(act.store.engine) as session,
    ):  # fewer tables, and hashes of before
        before.setattr(row_digests, "digest_of", lambda row: digest_of(row, as_before=True))
        assert note_all(session, ["partnership"]) == 1
        record(session, act, Event.ROWS_TAKEN_OVER, "record:rows", count=1, tables=["partnership"])
    old = an_organisation(act, "Oldham Parish Council")
    manager = a_manager(act)
    a_signatory(act, manager)  # somebody was quicker than the taking over
    assert reconcile(act.store) == []
    assert take_over(act) > 1
    assert take_over(act) == 0
    assert reconcile(act.store) == []
    forge(act, "UPDATE organisation SET name = 'Anyshire Police'")
    assert f"organisation:{old.id}" in {one.row for one in reconcile(act.store) if one.how == "changed"}


def another(value):
    """A value of the same type that is not this one."""
    match value:
        case bool():
            return not value
        case datetime() | date():
            return value + timedelta(days=1)
        case int():
            return value + 1
    return value[1:] + value[:1] + value[:1]


@pytest.mark.threat("LG1")
def test_every_column_of_every_table_is_compared_but_for_those_that_say_why_not(store, act):
    store.engine.dispose()
    for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF"):
        event.listen(store.engine, "connect", lambda raw, _, said=pragma: raw.execute(f"PRAGMA {said}"))
    assert all(UNWATCHED.values())
    tables = {kind.__table__.name: kind.__table__ for kind in WATCHED}
    assert {*tables, *UNWATCHED} == {*SQLModel.metadata.tables}
    with connect(store.engine) as connection:
        for table in tables.values():
            connection.execute(table.insert().values({one.name: a_value(table, one) for one in table.columns}))
    assert take_over(act) == len(tables)
    assert reconcile(store) == []
    columns = {name: list(table.columns) for name, table in tables.items()}
    for n in range(max(map(len, columns.values()))):
        edited = [(tables[name], of[n]) for name, of in columns.items() if n < len(of)]
        with connect(store.engine) as connection:
            for table, column in edited:
                connection.execute(table.update().values({column.name: another(a_value(table, column))}))
        named = {one.row.partition(":")[0] for one in reconcile(store)}
        unnamed = {table.name: column.name for table, column in edited if table.name not in named}
        assert all(column in UNWATCHED_COLUMNS.get(table, ()) for table, column in unnamed.items()), unnamed
        with connect(store.engine) as connection:
            for table, column in edited:
                connection.execute(table.update().values({column.name: a_value(table, column)}))
    assert reconcile(store) == []
    with connect(store.engine) as connection:
        for table in tables.values():
            connection.execute(table.delete())
    assert [one.how for one in reconcile(store)] == ["missing"] * len(tables)
    assert reconcile(store)[0].sentence.startswith("An absence is missing; it was deleted outside the portal")
    with connect(store.engine) as connection:
        for table in tables.values():
            other = {one.name: another(a_value(table, one)) for one in table.columns}
            connection.execute(table.insert().values(other))
    assert [one.how for one in reconcile(store)].count("added") == len(tables)


def test_rows_that_one_statement_changes_or_deletes_are_known_and_one_that_adds_is_refused(both_stores):
    act = Act(store=both_stores, person=SYSTEM, at=NOW)
    a_partnership(act)
    for name in ("Oldham Parish Council", "Newtown Parish Council", "Stays Parish Council"):
        an_organisation(act, name)
    take_over(act)
    with transaction(act.store.engine) as session:
        session.exec(delete(Organisation).where(col(Organisation.name) == "Oldham Parish Council"))
        session.exec(update(Organisation).where(col(Organisation.name).startswith("New")).values(kind="police"))
        record(session, act, Event.ORGANISATION_CHANGED, "organisation:1")
    assert reconcile(act.store) == []
    forge(act, "UPDATE organisation SET kind = 'refuge' WHERE kind = 'police'")
    assert [one.how for one in reconcile(act.store)] == ["changed"]
    with pytest.raises(RuntimeError, match="one by one"), transaction(act.store.engine) as session:
        session.exec(insert(Organisation).values(id="1"))


def test_what_a_column_holds_by_default_is_left_out_so_that_one_which_a_later_version_adds_changes_no_hash():
    hashes = [digest_of(Partnership(name="P", set_up_at=NOW, weighing=one)) for one in (True, None, False)]
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.threat("DA12")
def test_years_of_what_came_and_went_fill_no_memory(act):
    rows = [f"request:{number:026}" for number in range(20_000)]
    told = [dict.fromkeys(rows[first : first + 10], "a" * 64) for first in range(0, len(rows), 10)]
    said = [changes for one in told for changes in (one, dict.fromkeys(one, ""))]
    same = {
        "at": NOW,
        "actor": "system",
        "actor_name": "The portal",
        "event": "request:sent",
        "subject": "x",
        "details": "{}",
    }
    with connect(act.store.engine) as connection:
        connection.execute(
            insert(AuditEntry),
            [
                {
                    **same,
                    "number": number,
                    "changes": json.dumps(one),
                    "previous_hash": f"p{number}",
                    "hash": f"h{number}",
                }
                for number, one in enumerate(said, 1)
            ],
        )
    assert reconcile(act.store) == []  # what is loaded once is loaded
    tracemalloc.start()
    assert reconcile(act.store) == []
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000, f"{most:,} bytes"
