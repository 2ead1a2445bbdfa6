"""A planned meeting is moved, given another Chair, or called off; the feed keeps it, and nobody meets on Christmas Day."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from models.accounts import Post
from models.record import Message
from portal.accounts.people import close as close_account
from portal.accounts.self_service.profile import change_details
from portal.agreement.register.lifecycle.changes import rename
from portal.agreement.register.lifecycle.closing import close as close_body
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.duty import DutyKind
from portal.duties.leaving import what_leaving_means
from portal.ground.act import Role, RolePost
from portal.ground.calendar.bank_holidays import is_kept_free
from portal.ground.database import reading, transaction
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError, PortalError
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.door import close_door, open_door
from portal.meetings.closed_session.session import begin_closed_part
from portal.meetings.meeting import MeetingState, meetings
from portal.meetings.minutes.minute_takers import name_taker
from portal.meetings.planning import guests
from portal.meetings.planning.calendar_files import calendar_file, entry_of
from portal.meetings.planning.change import MeetingChange, call_off, change, may_stand_in, stand_in, why_called_off
from portal.meetings.planning.feed import feed, feed_key
from portal.meetings.planning.members import MemberDetails, add_member, end_member, members
from portal.meetings.planning.membership import meetings_of_mine, to_tell_in_person
from portal.meetings.planning.plan import gaps, plan, year_of_days
from portal.meetings.planning.succession import name_successor
from portal.record.audit import history
from tests.builders import a_partnership, a_person, an_organisation, asked_of_the_store
from tests.meeting_builders import a_plan


@pytest.fixture
def year(act):
    """A Chair's year of meetings, and another Chair."""
    a_partnership(act)
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    other = a_person(act, "Neil Garcia", Role.CHAIR)
    planned = plan(act.as_(chair), a_plan(chair, date(2027, 1, 12), every_weeks=4))
    return act.as_(chair), other, planned


def as_it_is(one, **more):
    local = {"day": today(one.starts_at), "begins": time(14, 0), "place": one.place, "chair_id": one.chair_id}
    duties = {"agenda_by": one.agenda_by, "minutes_by": one.minutes_by, "actions_by": one.actions_by}
    return MeetingChange(**(local | duties | more))


def mails(act, template):
    with reading(act.store.engine) as session:
        rows = session.exec(select(Message).where(Message.template == template)).all()
    opened = act.store.vault.open_text
    return {opened(row.to, f"message.to:{row.id}"): opened(row.body, f"message.body:{row.id}") for row in rows}


@pytest.mark.clause("app6.frequency")
def test_a_meeting_moves_and_those_with_a_part_hear_of_it_once(act, year):
    led, _, planned = year
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    moved = as_it_is(planned[0], day=date(2027, 1, 14), place="The library")
    for _ in range(2):
        shown = change(manager, planned[0].id, moved, base_url="https://portal.example")
    assert (today(shown.starts_at), shown.place) == (date(2027, 1, 14), "The library")
    told = mails(act, "meeting-moved")
    assert list(told) == [led.person.email]
    assert "It is now on 14 January 2027 at 2:00pm, at The library." in told[led.person.email]
    assert [one.event for one in history(act.store, f"meeting:{planned[0].id}")] == [
        "meeting:planned",
        "meeting:changed",
    ]


@pytest.mark.clause("app6.frequency")
@pytest.mark.clause("app6.members")
def test_members_and_deputies_who_have_an_account_hear_of_it_and_the_others_are_named(act, year):
    led, other, planned = year
    parish = an_organisation(act, "Oldby Parish Council")
    ann, bo = (a_person(act, name, Role.PARTNER, organisation=parish) for name in ("Ann Clerk", "Bo Deputy"))
    a_person(act, "Sol Reyes", Role.PARTNER, organisation=an_organisation(act, "Anyshire Police", "police"))
    rows = (("Ann Clerk", "Bo Deputy", parish.name), ("Sol Reyes", "", "The Residents"), ("Una Gone", "", parish.name))
    for name, deputy, body in rows:
        entry = MemberDetails(name=name, organisation=body, post="Member", deputy=deputy)
        add_member(led, planned[0].id, token(), entry)
    (gone,) = [one for one in members(led, planned[0].id) if one.entry.name == "Una Gone"]
    end_member(led, planned[0].id, gone.id)
    guests.invite(led, planned[0].id, token(), guests.Guest(name="Gil Guest", why="They live there."))
    rename(act.as_(a_person(act, "Mina Manager", Role.MANAGER)), parish.id, "Newby Parish Council")
    assert to_tell_in_person(led, planned[0].id) == ["Gil Guest", "Sol Reyes"]
    change(led, planned[0].id, as_it_is(planned[0], place="The library"))
    assert set(mails(act, "meeting-moved")) == {ann.email, bo.email}
    assert planned[0].id in {one.id for one in meetings_of_mine(act.as_(ann))}
    for person, name in ((ann, "Ann Baker"), (bo, "Bo Deputy-Reyes")):
        change_details(act.as_(person), name=name, position="Clerk")
    merged = an_organisation(act, "Greater Oldby Parish Council")
    close_body(act.as_(a_person(act, "Mo Manager", Role.MANAGER)), parish.id, "Merged.", into=merged.id, key="k")
    call_off(led, planned[1].id, "Snow")
    assert set(mails(act, "meeting-called-off")) == {ann.email, bo.email}
    renamed = replace(ann, name="Ann Baker", posts=frozenset({RolePost(Role.PARTNER, merged.id)}))
    assert planned[0].id in {one.id for one in meetings_of_mine(act.as_(renamed))}
    assert to_tell_in_person(led, planned[0].id) == ["Gil Guest", "Sol Reyes"]
    (listed,) = [one for one in members(led, planned[0].id) if one.entry.name == "Ann Clerk"]
    for _ in range(2):
        end_member(led, planned[0].id, listed.id)
    assert set(mails(act, "group-left")) == {ann.email}
    add_member(led, planned[0].id, token(), listed.entry)
    a_person(act, "Ann Clerk", Role.PARTNER, organisation=merged, email="ann.clerk.two@example.org")
    assert meetings_of_mine(act.as_(renamed)) == [], "somebody of the name that the list says comes first"
    change(led, planned[0].id, as_it_is(planned[0], place="The library", chair_id=other.id, later_too=True))
    said = mails(act, "meeting-moved")[other.email]
    assert f"It has another Chair now. So have {len(planned) - 2} later meetings of its group." in said


@pytest.mark.clause("app6.frequency")
def test_another_chair_takes_over_this_meeting_and_the_later_ones(act, year):
    led, other, planned = year
    change(led, planned[2].id, as_it_is(planned[2], chair_id=other.id, later_too=True))
    chairs = [one.chair_id for one in meetings(led)]
    assert chairs == [led.person.id] * 2 + [other.id] * (len(planned) - 2)
    with pytest.raises(NotFoundError):
        change(led, planned[3].id, as_it_is(planned[3], place="Mine no more"))


def test_a_meeting_to_come_says_who_chairs_it_by_the_name_they_have_now_and_one_that_was_held_keeps_its_words(
    act, year
):
    led, _, planned = year
    open_door(replace(led, at=planned[0].starts_at), planned[0].id)
    change_details(led, name="Farah Khan-Obi", position="Chair")
    assert [one.chair_name for one in meetings(led)] == ["Farah Khan"] + ["Farah Khan-Obi"] * (len(planned) - 1)


@pytest.mark.clause("app6.frequency")
def test_when_a_chair_leaves_the_manager_is_asked_to_choose_another(act, year):
    led, other, planned = year
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    assert not [one for one in duties_of(manager) if "no Chair" in one.sentence]
    with transaction(act.store.engine) as session:
        post = session.exec(select(Post).where(Post.account_id == led.person.id)).one()
        post.ended_at, post.ended_by = act.at, "Test"
        session.add(post)
    (duty,) = [one for one in duties_of(manager) if "no Chair" in one.sentence]
    assert (duty.things, duty.href) == (len(planned), f"/meeting-change?id={planned[0].id}")
    change(manager, planned[0].id, as_it_is(planned[0], chair_id=other.id, later_too=True))
    assert not [one for one in duties_of(manager) if "no Chair" in one.sentence]


@pytest.mark.clause("app6.frequency")
def test_a_meeting_that_has_begun_without_a_chair_is_asked_about_and_taken_over_at_any_time(act, year):
    led, other, planned = year
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    on = replace(act, at=planned[1].starts_at)
    open_door(on.as_(led.person), planned[1].id)
    assert "The door of 1 meeting is open with them as Chair. Let them close it first." in what_leaving_means(
        replace(manager, at=on.at), led.person.id
    )
    close_account(manager, led.person.id)
    late = replace(act, at=on.at + timedelta(days=3))
    asked = [one.sentence for one in duties_of(late.as_(manager.person)) if "has no Chair" in one.sentence]
    assert [sentence.rpartition("chairs no more. ")[2] for sentence in asked] == [
        "Its door was never opened.",
        "Its door stands open.",
    ]
    for one in planned[:2]:
        stand_in(late.as_(other), one.id)
    assert close_door(late.as_(other), planned[1].id).state is MeetingState.CLOSED
    left = what_leaving_means(late.as_(manager.person), other.id)
    assert (
        "1 meeting that they held has no minutes yet. Let them send those out, or choose under To do who takes it over."
        in left
    )
    (write,) = [one for one in duties_of(late.as_(other)) if one.kind is DutyKind.MINUTES]
    assert write.href == f"/meeting-minutes?id={planned[1].id}"


@pytest.mark.clause("app6.frequency")
def test_a_closed_session_whose_chair_has_gone_is_taken_over_by_nobody(act, year):
    led, other, planned = year
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    on = replace(act, at=planned[0].starts_at)
    open_door(on.as_(led.person), planned[0].id)
    begin_closed_part(on.as_(led.person), planned[0].id)
    close_account(manager, led.person.id)
    assert not may_stand_in(on.as_(other), meetings(on.as_(other))[:1])
    with pytest.raises(PortalError):
        stand_in(on.as_(other), planned[0].id)
    (asked,) = [one.sentence for one in duties_of(on.as_(manager.person)) if "has no Chair" in one.sentence]
    assert asked.endswith("Its closed session is open to its Chair alone.")


@pytest.mark.clause("s6.meetings.chair-answers")
def test_the_manager_chooses_who_takes_over_a_closed_session_or_minutes_that_nobody_else_could_end(act, year):
    led, other, planned = year
    manager = act.as_(a_person(act, "Mina Manager", Role.MANAGER, Role.CHAIR))
    on = replace(act, at=planned[0].starts_at)
    for one in planned[:2]:
        open_door(replace(act, at=one.starts_at).as_(led.person), one.id)
        begin_closed_part(replace(act, at=one.starts_at).as_(led.person), one.id)
    close_door(on.as_(led.person), planned[0].id)
    call_off(led, planned[2].id, "Snow")
    with pytest.raises(PortalError):
        name_successor(on.as_(manager.person), planned[0].id, other.id)  # its Chair is there
    close_account(manager, led.person.id)
    late = replace(manager, at=planned[1].starts_at + timedelta(days=1))
    asked = [one for one in duties_of(late) if "has no Chair" in one.sentence]
    assert [one.sentence.rpartition("chairs no more. ")[2] for one in asked] == [
        "Its minutes are not final.",
        "Its closed session is open to its Chair alone.",
    ]
    for chosen in (manager.person.id, led.person.id[::-1], ""):
        with pytest.raises(AnswersNeededError):
            name_successor(late, planned[1].id, chosen)
    with pytest.raises(NotAllowedError):
        name_successor(late.as_(other), planned[1].id, other.id)
    for one in planned[:2]:
        for _ in range(2):
            assert name_successor(late, one.id, other.id).chair_name == other.name
        assert [entry.event for entry in history(act.store, f"meeting:{one.id}")].count("meeting:stood-in") == 1
    assert set(mails(act, "meeting-yours")) == {other.email}
    with pytest.raises(PortalError):
        name_successor(late, planned[5].id, other.id)  # still to come: it is changed as it is planned
    with pytest.raises(PortalError):
        name_successor(replace(late, at=planned[3].starts_at), planned[2].id, other.id)  # it was called off
    theirs = late.as_(other)
    assert close_door(theirs, planned[1].id).state is MeetingState.CLOSED
    assert {one.href for one in duties_of(theirs) if one.kind is DutyKind.MINUTES} == {
        f"/meeting-minutes?id={one.id}" for one in planned[:2]
    }
    assert [one for one in duties_of(late) if "has no Chair" in one.sentence] == []


def test_whom_one_may_stand_in_for_is_asked_once_however_many_meetings_there_are(act, year):
    _, other, _ = year
    mine = act.as_(other)
    few, many = meetings(mine)[:1], meetings(mine)
    assert asked_of_the_store(act, lambda: may_stand_in(mine, few)) == asked_of_the_store(
        act, lambda: may_stand_in(mine, many)
    )


@pytest.mark.clause("app6.frequency")
def test_a_meeting_is_called_off_for_a_reason_and_every_diary_strikes_it_out(act, year):
    led, other, planned = year
    with pytest.raises(AnswersNeededError):
        call_off(led, planned[1].id, " ")
    with pytest.raises(NotFoundError):
        call_off(act.as_(other), planned[1].id, "Snow")
    taker = a_person(act, "Nia Notes", Role.OFFICER)
    name_taker(led, planned[1].id, taker.email)
    for _ in range(2):
        off = call_off(led, planned[1].id, "The hall is flooded.")
    assert off.state is MeetingState.CALLED_OFF
    assert list(mails(act, "meeting-called-off")) == [taker.email]
    assert why_called_off(led, off.id) == ("Farah Khan", "The hall is flooded.")
    assert [(before.id, after.id) for before, after in gaps(led, meetings(led))] == [(planned[0].id, planned[2].id)]
    lines = calendar_file([entry_of(off)], made_at=act.at, host="portal.example").decode().splitlines()
    assert "STATUS:CANCELLED" in lines
    assert [one.what for one in coming(led) if one.called_off] == [off.name]
    on = replace(led, at=off.starts_at)
    with pytest.raises(PortalError, match="was called off"):
        open_door(on, off.id)
    with pytest.raises(AlreadyDoneError):
        change(led, off.id, as_it_is(off, place="Elsewhere"))


@pytest.mark.clause("app6.frequency")
def test_a_meeting_that_was_opened_is_neither_changed_nor_called_off(year):
    led, _, planned = year
    on = replace(led, at=planned[0].starts_at)
    open_door(on, planned[0].id)
    with pytest.raises(AlreadyDoneError):
        change(on, planned[0].id, as_it_is(planned[0], place="Elsewhere"))
    with pytest.raises(AlreadyDoneError):
        call_off(on, planned[0].id, "Too late")


def test_the_feed_keeps_a_meeting_after_it_began(act, year):
    led, _, planned = year
    key = feed_key(led)
    for days, there in ((0, True), (1, True), (59, True), (61, False)):
        after = replace(act, at=planned[0].starts_at + timedelta(days=days, minutes=1))
        assert (planned[0].id in {one.id for one in feed(after, key)}) is there


@pytest.mark.clause("app6.frequency")
@pytest.mark.parametrize("day", [date(2027, 12, 25), date(2027, 12, 26), date(2028, 1, 1), date(2027, 3, 28)])
def test_nobody_meets_on_christmas_day_whatever_the_weekday(act, year, day):
    led, _, planned = year
    assert is_kept_free(day)
    with pytest.raises(AnswersNeededError) as refused:
        change(led, planned[0].id, as_it_is(planned[0], day=day))
    assert set(refused.value.problems) == {"first"}


@pytest.mark.clause("app6.frequency")
def test_a_year_of_meetings_leaves_out_the_days_at_home():
    assert not {date(2026, 12, 26), date(2027, 3, 28)} & set(year_of_days(date(2026, 8, 8), 4))
    assert date(2026, 12, 26) not in year_of_days(date(2026, 12, 5), 3)


@pytest.mark.threat("DA13")
@pytest.mark.clause("app6.frequency")
def test_an_hour_that_summer_time_skips_is_refused_and_the_one_before_is_not(year):
    led, _, planned = year
    with pytest.raises(AnswersNeededError) as refused:
        change(led, planned[0].id, as_it_is(planned[0], day=date(2028, 3, 26), begins=time(1, 30)))
    assert "clocks go forward" in refused.value.problems["begins"]
    change(led, planned[0].id, as_it_is(planned[0], day=date(2028, 3, 26), begins=time(0, 30)))
