"""A simulated year of a partnership, by its own services: what is asked follows the life, and nothing is left behind."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlmodel import select

from models.record import Message
from portal.accounts.changes import reopen
from portal.accounts.people import close as close_account
from portal.accounts.posts import grant
from portal.accounts.self_service.absence import say_away
from portal.agreement.register.lifecycle.changes import merged_into
from portal.agreement.register.lifecycle.closing import close
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.duty import DutyKind
from portal.duties.leaving import what_leaving_means
from portal.duties.scheduled.digest import send_digests
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.wording import UK, today
from portal.meetings.check_in.door import open_door
from portal.meetings.planning.change import MeetingChange, change, stand_in
from portal.meetings.planning.plan import plan
from portal.record.audit import verify
from tests.builders import a_person, an_organisation
from tests.duty_helpers import agrees, asked
from tests.meeting_builders import a_plan
from tests.request_builders import a_district, later
from tests.return_builders import a_return
from tests.signing_builders import a_published_edition, a_signatory, a_signature

PORTAL = "https://portal.example.org"


def on(act, person, day):
    """An act by somebody at ten in the morning of a day."""
    return replace(act.as_(person), at=datetime.combine(day, time(10), tzinfo=UK))


def test_a_year_of_the_partnership(act):
    district = a_district(act)
    manager, deputy = a_person(act, "Mina Manager", Role.MANAGER), a_person(act, "Dev Deputy", Role.MANAGER)
    officer = a_person(act, "Owen Pugh", Role.OFFICER)
    farah, dee = (a_person(act, name, Role.CHAIR) for name in ("Farah Khan", "Deputy Dee"))
    agrees(act)

    # December: a second council signs, is confirmed, and stands in the register; a year of meetings is planned.
    upper = an_organisation(act, "Upper Anytown Parish Council", protocol_signatory=True)
    clerk = a_person(act, "Una Upper", Role.APPROVER, organisation=upper)
    assert "sign" in asked(act, clerk)
    a_signatory(act, manager, upper, email="una@upper.example")
    assert "sign" not in asked(act, clerk)
    planned = plan(act.as_(farah), a_plan(farah, date(2026, 12, 8), every_weeks=4))
    assert not {today(one.starts_at) for one in planned} & {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}

    # January: a return is late, its force is reminded without a name, and sends it.
    january = on(act, PUBLIC, date(2027, 1, 11))
    agrees(january)
    late = asked(january, officer)["return"]
    assert late > 0
    send_digests(january, PORTAL)
    with reading(act.store.engine) as session:
        bodies = [
            act.store.vault.open_text(m.body, f"message.body:{m.id}")
            for m in session.exec(select(Message)).all()
            if m.template.startswith("digest")
        ]
    assert any("late" in body for body in bodies)
    assert not any(name in body for body in bodies for name in ("Anyshire Police", district.inspector.name, "Thornby"))
    a_return(january.as_(district.officer), district.police)
    assert asked(january, officer)["return"] < late

    # February: a meeting is moved, its Chair is away, and a colleague opens its door.
    second = planned[2]
    moved = MeetingChange(
        day=today(second.starts_at) + timedelta(days=1), begins=time(10), place="Town Hall", chair_id=farah.id,
        agenda_by="A", minutes_by="B", actions_by="C",
    )  # fmt: skip
    feb = on(act, manager, today(second.starts_at) - timedelta(days=10))
    held = change(feb, second.id, moved, base_url=PORTAL)
    assert held.starts_at in {one.at for one in coming(feb)}
    say_away(feb.as_(farah), today(feb.at), today(held.starts_at), dee.id)
    assert "stand_in" in asked(feb, dee)
    at_door = replace(feb, at=held.starts_at)
    stand_in(at_door.as_(dee), second.id)
    assert open_door(at_door.as_(dee), second.id).chair_name == "Deputy Dee"

    _summer(act, district, (manager, deputy), (farah, planned, held), upper)
    assert verify(act.store).whole


def _summer(act, district, managers, chaired, upper):
    (manager, deputy), (farah, planned, held) = managers, chaired
    # April: the Chair leaves; the meetings that are left ask for another one.
    april = on(act, manager, date(2027, 4, 6))
    assert any("planned meetings have them as Chair" in one for one in what_leaving_means(april, farah.id))
    close_account(april, farah.id)
    chairless = [one for one in duties_of(april) if one.kind is DutyKind.MEETING and "no Chair" in one.sentence]
    (left,) = [one for one in chairless if "planned meetings" in one.sentence]
    assert left.things > 5
    missed = [one for one in planned if one.starts_at < april.at and one.id != held.id]
    assert sum("Its door was never opened" in one.sentence for one in chairless) == len(missed) == len(chairless) - 1

    # May: two councils become one; what the smaller one signed stays, and its clerk acts for the larger one.
    may = on(act, manager, date(2027, 5, 4))
    close(may, upper.id, "Grouped under one council", into=district.parish.id, key="merged")
    assert merged_into(may, upper.slug)[1] == "Anytown Parish Council"
    agrees(may)

    # June: a new edition comes into force; whoever signed the old one is asked to sign again, and does.
    june = on(act, PUBLIC, date(2027, 6, 1))
    a_published_edition(june, begins="1 July 2027")
    july = on(act, PUBLIC, date(2027, 7, 5))
    assert "sign" in asked(july, district.clerk)
    a_signature(july, district.parish, email="pat@thornby.example")
    assert "sign" not in asked(july, district.clerk)

    # September: one manager leaves; the last one cannot; who left comes back.
    september = on(act, manager, date(2027, 9, 6))
    close_account(september, deputy.id)
    assert what_leaving_means(september, manager.id) == (), "those who authorised the edition manage too"
    reopen(september, deputy.id)
    grant(september, deputy.id, Role.MANAGER)
    agrees(later(september, days=1))
