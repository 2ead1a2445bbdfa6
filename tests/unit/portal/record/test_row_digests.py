"""A row that somebody wrote past the portal shows: changed, added, deleted, on both databases."""

import pytest
from sqlalchemy import text
from sqlmodel import select, update

from models.agreements import Signature, Standing
from models.record import AuditEntry
from portal.agreement.notices.notices import NoticeDetails, NoticeEffect, give_notice
from portal.app.commands import run
from portal.duties.asked import duties_of
from portal.duties.duty import Kind
from portal.duties.record_check import compare_nightly, take_over, whole_check
from portal.ground.act import SYSTEM, Act
from portal.ground.database import connect, reading, transaction
from portal.ground.settings import load_settings
from portal.record.audit import record, verify
from portal.record.events import Event
from portal.record.row_digests import reconcile
from tests.builders import a_partnership, an_organisation
from tests.conftest import NOW
from tests.request_builders import later, letters
from tests.signing_builders import a_manager, a_signatory

FORGED = {
    "standing": "UPDATE standing SET status = 'suspended'",
    "signature's day": "UPDATE signature SET signed_at = '2020-01-01 00:00:00+00:00'",
    "organisation's name": "UPDATE organisation SET name = 'Anyshire Police'",
    "notice deleted": "DELETE FROM notice",
    "role": "UPDATE post SET role = 'officer'",
    "account": "UPDATE account SET email = 'eve@evil.example'",
    "partnership": "UPDATE partnership SET name = 'Eve'",
    "keeping_period added": (
        "INSERT INTO keeping_period (kind, months, set_at, set_by) VALUES ('attendance', 1, '2026-01-01 00:00:00+00:00', 'Eve')"
    ),
    "meeting added": (
        "INSERT INTO meeting (id, reference, plan_key, number, name, place, starts_at, chair_id, chair_name, agenda_by, "
        "minutes_by, actions_by, planned_at, planned_by) SELECT 'forged', 'AAA-AAA-AAA', 'k', 1, 'JAG', 'Hall', created_at, id, "
        "'Eve', 'Eve', 'Eve', 'Eve', created_at, 'Eve' FROM account LIMIT 1"
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
    table = {"role": "post", "notice deleted": "notice"}.get(what, what.split("'")[0].split(" ")[0])
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
    assert any(one.kind is Kind.RECORD for one in duties_of(later(act, days=1).as_(manager)))


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


def test_rows_that_are_watched_are_not_written_many_at_once(act):
    with pytest.raises(RuntimeError, match="one by one"), transaction(act.store.engine) as session:
        session.exec(update(Signature).values(status="confirmed"))


def test_a_store_of_before_is_taken_over_once_even_after_the_first_acts_of_the_new_version(act):
    a_partnership(act)
    old = an_organisation(act, "Oldham Parish Council")
    manager = a_manager(act)
    a_signatory(act, manager)  # somebody was quicker than the taking over
    assert reconcile(act.store) == []
    assert take_over(act) > 1
    assert take_over(act) == 0
    assert reconcile(act.store) == []
    forge(act, "UPDATE organisation SET name = 'Anyshire Police'")
    assert f"organisation:{old.id}" in {one.row for one in reconcile(act.store) if one.how == "changed"}
