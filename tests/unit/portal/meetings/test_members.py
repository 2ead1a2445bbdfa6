from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.groups import GroupMember
from models.organisations import Organisation
from models.record import Message
from portal.duties.calendar import coming
from portal.duties.feed import calendar_key, calendar_of
from portal.ground.act import SYSTEM, Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.door import close_door, open_door
from portal.meetings.errors import NotYourMeetingError
from portal.meetings.planning.members import (
    MemberDetails,
    add_member,
    change_member,
    end_member,
    member,
    members,
    not_represented,
    tick_induction,
)
from portal.meetings.retention import due
from portal.meetings.retention_periods import MONTHS
from portal.record.audit import history
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_meeting

SOL = MemberDetails(name="Sol Reyes", organisation="anyshire police", post="Neighbourhood sergeant")
WHOLE = {
    "knows": "Thornby and its shops.",
    "decides": "Patrols and visits.",
    "limits": "Cannot house anybody.",
    "backed_by": "Supt. Ray Poole",
}


@pytest.fixture
def chair(act):
    an_organisation(act, "Anyshire Police", "police")
    an_organisation(act, "Thornby Parish Council", "parish_council")
    return a_person(act, "Farah Khan", Role.CHAIR)


@pytest.fixture
def held(act, chair):
    return a_meeting(act, chair)


def listed(act, chair, meeting, *entries):
    for one in entries or (SOL,):
        add_member(act.as_(chair), meeting.id, token(), one)
    return members(act.as_(chair), meeting.id)


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.members")
def test_an_entry_says_what_a_member_decides_and_the_chair_sees_what_is_missing(act, chair, held):
    (one,) = listed(act, chair, held)
    by = act.as_(chair)
    assert one.missing == (
        "what they know",
        "what they can decide",
        "the limits",
        "the senior manager",
        "the induction",
    )
    change_member(by, held.id, one.id, replace(SOL, **WHOLE, deputy="PC Ola Lind"))
    tick_induction(by, held.id, one.id)
    now = member(by, held.id, one.id)
    assert now.missing == ()
    assert (now.entry.decides, now.entry.limits, now.entry.backed_by, now.entry.deputy) == (
        "Patrols and visits.",
        "Cannot house anybody.",
        "Supt. Ray Poole",
        "PC Ola Lind",
    )
    assert [(entry.event, entry.details.get("fields")) for entry in history(act.store, f"meeting:{held.id}")][-3:] == [
        ("group:member-added", None),
        ("group:member-changed", ["backed_by", "decides", "deputy", "knows", "limits"]),
        ("group:member-inducted", None),
    ]


@pytest.mark.clause("app6.members")
def test_the_list_says_whom_appendix_6_names_and_nobody_represents(act, chair, held):
    before = not_represented(act, [])
    after = not_represented(act, listed(act, chair, held))
    assert "Fire and rescue service" in after
    open_alone = {one.role for one in edition_in_force(today(act.at)).jag.attendance if one.session != "open_closed"}
    assert open_alone
    assert not open_alone & set(before)
    assert set(before) - set(after) >= {"Neighbourhood policing sergeant", "Clerk (minute taker)"}
    end_member(act.as_(chair), held.id, members(act.as_(chair), held.id)[0].id)
    assert not_represented(act, members(act.as_(chair), held.id)) == before


@pytest.mark.clause("app6.voluntary-standing")
@pytest.mark.clause("app6.members")
def test_the_list_says_what_each_member_may_stay_for_and_why(act, chair, held):
    parish = MemberDetails(name="Ann Clerk", organisation="Thornby Parish Council", post="Councillor")
    unknown = MemberDetails(name="Kit Rook", organisation="Thornby Food Bank", post="Volunteer")
    shown = {one.entry.name: one for one in listed(act, chair, held, SOL, parish, unknown)}
    assert {name: one.may_stay for name, one in shown.items()} == {
        "Sol Reyes": True,
        "Ann Clerk": False,
        "Kit Rook": False,
    }
    assert shown["Ann Clerk"].why == "Appendix 6 lists Parish or town council for the open part only."


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.members")
def test_a_new_member_gets_the_induction_page_and_the_chair_alone_ticks_it(act, chair, held):
    by = act.as_(chair)
    add_member(by, held.id, token(), SOL, email="sol@example.org", base_url="https://portal.example.org")
    with reading(act.store.engine) as session:
        (letter,) = session.exec(select(Message).where(Message.template == "meeting-induction")).all()
    assert letter.subject == "How the group works"
    (one,) = members(by, held.id)
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    with pytest.raises(NotYourMeetingError):
        tick_induction(manager, held.id, one.id)
    for _ in range(2):
        tick_induction(by, held.id, one.id)
    assert member(manager, held.id, one.id).inducted_by == "Farah Khan"
    change_member(by, held.id, one.id, replace(SOL, post="Inspector"))
    assert member(by, held.id, one.id).inducted_at is not None
    change_member(by, held.id, one.id, replace(SOL, name="Bo Lindqvist"))
    assert member(by, held.id, one.id).inducted_at is None


@pytest.mark.clause("app6.members")
def test_the_same_form_and_the_same_person_stand_on_the_list_once(act, chair, held):
    by, key = act.as_(chair), token()
    for _ in range(2):
        add_member(by, held.id, key, SOL)
    with pytest.raises(AnswersNeededError) as refused:
        add_member(by, held.id, token(), replace(SOL, name="SOL REYES"))
    assert set(refused.value.problems) == {"name"}
    assert len(members(by, held.id)) == 1


@pytest.mark.clause("app6.members")
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"organisation": ""}, "organisation"),
        ({"post": ""}, "post"),
        ({"decides": "x" * 1001}, "decides"),
        ({"deputy": "x" * 201}, "deputy"),
    ],
)
def test_an_entry_without_who_or_with_too_much_is_asked_for_again(act, chair, held, told, field):
    with pytest.raises(AnswersNeededError) as refused:
        add_member(act.as_(chair), held.id, token(), replace(SOL, **told))
    assert set(refused.value.problems) == {field}
    assert members(act.as_(chair), held.id) == []


@pytest.mark.clause("app6.members")
@pytest.mark.clause("app6.induction-and-support")
def test_somebody_who_left_stays_with_the_day_and_can_come_again(act, chair, held):
    by, (one,) = act.as_(chair), listed(act, chair, held)
    for _ in range(2):
        end_member(by, held.id, one.id)
    assert member(by, held.id, one.id).ended_at == by.at
    for use in (lambda: change_member(by, held.id, one.id, SOL), lambda: tick_induction(by, held.id, one.id)):
        with pytest.raises(AlreadyDoneError):
            use()
    add_member(by, held.id, token(), SOL)
    assert [row.ended_at is None for row in members(by, held.id)] == [True, False]


@pytest.mark.clause("app6.members")
def test_the_list_belongs_to_the_group_and_goes_to_its_next_chair(act, chair, held):
    listed(act, chair, held)
    following = a_person(act, "Gwen Park", Role.CHAIR)
    tomorrow = replace(act, at=act.at + timedelta(days=2))
    open_door(act.as_(chair), held.id)
    close_door(act.as_(chair), held.id)
    assert len(members(tomorrow.as_(chair), held.id)) == 1  # until somebody else chairs
    later = a_meeting(tomorrow, following)
    open_door(tomorrow.as_(following), later.id)
    close_door(tomorrow.as_(following), later.id)
    assert [one.entry.name for one in members(tomorrow.as_(following), later.id)] == ["Sol Reyes"]
    with pytest.raises(NotFoundError):
        members(tomorrow.as_(chair), held.id)


@pytest.mark.clause("app6.members")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR, Role.PARTNER])
@pytest.mark.clause("app6.induction-and-support")
def test_nobody_else_sees_or_changes_the_list(act, chair, held, role):
    (one,) = listed(act, chair, held)
    place = an_organisation(act, "Elsewhere") if role is Role.PARTNER else None
    by = act.as_(a_person(act, "Eve Other", role, organisation=place))
    for use in (
        lambda: members(by, held.id),
        lambda: member(by, held.id, one.id),
        lambda: add_member(by, held.id, token(), replace(SOL, name="Eve Other")),
        lambda: change_member(by, held.id, one.id, SOL),
        lambda: tick_induction(by, held.id, one.id),
        lambda: end_member(by, held.id, one.id),
    ):
        with pytest.raises(NotAllowedError):
            use()


@pytest.mark.clause("app6.members")
def test_an_entry_of_another_group_is_not_found(act, chair, held):
    (one,) = listed(act, chair, held)
    other = a_meeting(act, chair, name="Another Group")
    assert members(act.as_(chair), other.id) == []
    with pytest.raises(NotFoundError):
        member(act.as_(chair), other.id, one.id)


@pytest.mark.clause("s12.personal-retention")
def test_who_left_is_forgotten_after_their_time_and_nothing_is_kept_in_plain(act, chair, held):
    (one,) = listed(act, chair, held)
    with reading(act.store.engine) as session:
        row = session.get_one(GroupMember, one.id)
        assert b"Reyes" not in row.entry
    past = timedelta(days=31 * MONTHS["members"] + 1)
    a_meeting(replace(act, at=act.at + past - timedelta(days=9)), chair)  # the group goes on
    by = replace(act, person=SYSTEM, at=act.at + past)
    assert due(by)["members"] == 0
    end_member(act.as_(chair), held.id, one.id)
    assert due(by)["members"] == 1
    assert members(act.as_(chair), held.id) == []


@pytest.mark.clause("s12.personal-retention")
def test_members_of_a_group_that_meets_no_more_are_forgotten(act, chair, held):
    listed(act, chair, held)
    assert due(replace(act, person=SYSTEM, at=act.at + timedelta(days=31 * MONTHS["members"] + 1)))["members"] == 1


@pytest.mark.clause("app6.frequency")
def test_a_member_and_a_deputy_find_the_groups_meetings_in_their_own_calendar_and_nobody_else_does(act, chair, held):
    by = act.as_(chair)
    add_member(by, held.id, token(), replace(SOL, deputy="Dee Puty"))
    with reading(act.store.engine) as session:
        police = session.exec(select(Organisation).where(Organisation.name == "Anyshire Police")).one()
        parish = session.exec(select(Organisation).where(Organisation.name == "Thornby Parish Council")).one()
    for number, (name, body, finds) in enumerate(
        [
            ("Sol Reyes", police, True),
            ("Dee Puty", police, True),
            ("Bo Other", police, False),
            ("Sol Reyes", parish, False),
        ]
    ):
        person = a_person(act, name, Role.PARTNER, organisation=body, email=f"one{number}@example.org")
        found = [one for one in coming(act.as_(person)) if one.at is not None]
        assert [(one.what, one.place) for one in found] == ([(held.name, held.place)] if finds else [])
        assert [entry.location for entry in calendar_of(act, calendar_key(act.as_(person))) if entry.location] == (
            [held.place] if finds else []
        )
    end_member(by, held.id, members(by, held.id)[0].id)
    sol = a_person(act, "Sol Reyes", Role.PARTNER, organisation=police, email="sol9@example.org")
    assert [one for one in coming(act.as_(sol)) if one.at is not None] == []
