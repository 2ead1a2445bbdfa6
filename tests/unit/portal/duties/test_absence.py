"""Somebody is away: who stands in, what nobody else can do, and a meeting that its Chair cannot open."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts import Absence
from models.record import Message
from portal.accounts.invitations import invite
from portal.accounts.people import close
from portal.accounts.self_service.absence import back_again, could_stand_in, own_absence, say_away
from portal.duties.asked import duties_of
from portal.duties.duty import DutyKind
from portal.duties.leaving import only_i_do
from portal.duties.scheduled.digest import send_digests
from portal.duties.sources.standing import own_standing
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, PortalError
from portal.ground.wording import today
from portal.meetings.check_in.door import open_door
from portal.meetings.closed_session.session import begin_closed_part
from portal.meetings.meeting import meeting
from portal.meetings.planning.change import call_off, may_stand_in, stand_in
from portal.meetings.planning.plan import plan
from tests.builders import a_partnership, a_person
from tests.duty_helpers import asked
from tests.meeting_builders import a_plan
from tests.request_builders import a_district, a_request, later, letters, written_to

WEEK = timedelta(days=7)


def said(act, person, kind):
    return [one.sentence for one in duties_of(act.as_(person)) if one.kind is kind]


def test_the_only_approver_who_is_away_is_named_to_the_manager_until_somebody_else_can(act):
    district = a_district(act)
    manager = a_person(act, "Mina Manager", Role.MANAGER)
    mine, on = act.as_(district.parish_approver), today(act.at)
    assert only_i_do(mine)[0].startswith("The only approver of Anytown Parish Council")
    assert could_stand_in(mine) == []
    with pytest.raises(AnswersNeededError) as wrong:
        say_away(mine, on, on - WEEK, stand_in_id=manager.id)
    assert set(wrong.value.problems) == {"last", "stand_in"}
    for _ in range(2):
        say_away(mine, on, on + WEEK)
    assert said(act, manager, DutyKind.COVER) == [
        "Pat Chairman is away until 2 December 2026. Nobody stands in, and nobody else holds their role."
    ]
    assert own_standing(act.as_(district.clerk)).approvers == ("Pat Chairman (away until 2 December 2026)",)
    a_person(act, "Second Approver", Role.APPROVER, organisation=district.parish)
    assert said(act, manager, DutyKind.COVER) == []
    back_again(mine)
    back_again(mine)
    assert own_absence(mine) is None


def test_when_the_last_approver_of_a_signatory_goes_the_manager_is_asked_who_takes_over(act):
    district = a_district(act)
    manager = a_person(act, "Mina Manager", Role.MANAGER)
    assert "cover" not in asked(act, manager)
    close(act.as_(manager), district.parish_approver.id)
    (duty,) = [one for one in duties_of(act.as_(manager)) if one.kind is DutyKind.COVER]
    assert duty.sentence.startswith("Nobody can sign or decide requests for Anytown Parish Council.")
    assert duty.href == f"/organisation-change?id={district.parish.id}"
    invite(
        act.as_(manager),
        "new@thornby.example",
        Role.APPROVER,
        district.parish.id,
        base_url="https://portal.example.org",
    )
    assert said(act, manager, DutyKind.COVER) == []
    assert said(later(act, days=60), manager, DutyKind.COVER) == [duty.sentence], (
        "an invitation that ran out asks again"
    )


def test_nobody_is_reminded_while_away(act):
    district = a_district(act)
    a_request(act, district)
    mine, on = act.as_(district.inspector), today(act.at)
    say_away(mine, on, on + WEEK)
    send_digests(act, "https://portal.example.org")
    with reading(act.store.engine) as session:
        to = {
            act.store.vault.open_text(m.to, f"message.to:{m.id}")
            for m in session.exec(select(Message)).all()
            if m.template.startswith("digest")
        }
    assert to
    assert district.inspector.email not in to


@pytest.fixture
def led(act):
    """A meeting in a week, its Chair, and two others."""
    a_partnership(act)
    people = {name: a_person(act, name, Role.CHAIR) for name in ("Farah Khan", "Deputy Dee", "Other Chair")}
    (planned,) = plan(act.as_(people["Farah Khan"]), a_plan(people["Farah Khan"], today(act.at) + WEEK))
    return planned, *people.values()


@pytest.mark.clause("app6.frequency")
def test_who_stands_in_takes_the_meeting_over_opens_its_door_and_the_chair_is_told(act, led):
    planned, farah, deputy, other = led
    on = today(act.at)
    with pytest.raises(PortalError, match="from 12 hours before"):
        stand_in(act.as_(deputy), planned.id)
    say_away(act.as_(farah), on, on + WEEK, deputy.id)
    assert said(act, deputy, DutyKind.STAND_IN) == [
        "Farah Khan is away until 2 December 2026, and you stand in. 1 meeting to chair meanwhile."
    ]
    ((to, asked_so),) = letters(act, "stand-in-asked")
    assert to == deputy.email
    assert "away from 25 November 2026 until 2 December 2026" in asked_so
    assert (may_stand_in(act.as_(deputy), [planned]), may_stand_in(act.as_(other), [planned])) == ([planned], [])
    (back,) = plan(act.as_(farah), a_plan(farah, on + 2 * WEEK))  # they are there again to chair it
    assert may_stand_in(act.as_(deputy), [planned, back]) == [planned]
    with pytest.raises(PortalError, match="from 12 hours before"):
        stand_in(act.as_(deputy), back.id)
    assert stand_in(act.as_(deputy), planned.id).chair_name == "Deputy Dee"
    begins = replace(act, at=planned.starts_at)
    open_door(begins.as_(deputy), planned.id)
    with reading(act.store.engine) as session:
        told = [m.template for m in session.exec(select(Message)).all()]
    assert sorted(told) == ["meeting-taken-over", "stand-in-asked"]
    assert may_stand_in(begins.as_(other), [meeting(begins.as_(deputy), planned.id)]), (
        "a Chair falls ill at the meeting"
    )
    begin_closed_part(begins.as_(deputy), planned.id)
    assert not may_stand_in(begins.as_(other), [meeting(begins.as_(deputy), planned.id)])
    with pytest.raises(PortalError, match="until the closed session"):
        stand_in(begins.as_(other), planned.id)


def test_any_chair_stands_in_on_the_day_but_nobody_else_and_not_once_it_is_over(act, led):
    planned, farah, deputy, _ = led
    begins = replace(act, at=planned.starts_at)
    with pytest.raises(NotAllowedError):
        stand_in(begins.as_(a_person(act, "Mina Manager", Role.MANAGER)), planned.id)
    stand_in(begins.as_(deputy), planned.id)
    stand_in(begins.as_(deputy), planned.id)
    call_off(begins.as_(deputy), planned.id, "Snow")
    with pytest.raises(AlreadyDoneError):
        stand_in(begins.as_(farah), planned.id)


def test_a_stand_in_who_lost_the_role_or_left_stands_in_no_more(act, led):
    _, farah, deputy, other = led
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    on = today(act.at)
    say_away(act.as_(farah), on, on + WEEK, deputy.id)
    close(manager, deputy.id)
    assert own_absence(act.as_(farah)).stand_in == ""
    with reading(act.store.engine) as session:
        assert session.get_one(Absence, farah.id).last == on + WEEK
    say_away(act.as_(farah), on, on + WEEK, other.id)
    assert written_to(act, "stand-in-over") == [], "a closed account hears nothing"
