from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.groups import MeetingGuest
from portal.ground.act import SYSTEM, Role
from portal.ground.database import reading
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.meetings.check_in.attendance import line, lines
from portal.meetings.check_in.signing import sign
from portal.meetings.closed_session.session import begin_closed_part, stay
from portal.meetings.errors import NotEntitledError, NotYourMeetingError
from portal.meetings.planning.guests import Guest, end_invitation, guests, invite
from portal.meetings.retention import about_signer, due
from portal.meetings.retention_periods import MONTHS
from portal.record.audit import history
from tests.builders import a_person, an_organisation
from tests.meeting_builders import a_meeting, a_signer, an_open_door

pytestmark = pytest.mark.clause("app6.affected-people")

KIT = Guest(name="Kit Rook", why="Runs the shop that is hit.")


@pytest.fixture
def hall(act):
    an_organisation(act, "Anyshire Police", "police")
    return an_open_door(act)


def test_a_guest_comes_to_the_open_session_and_is_never_admitted_to_the_closed_one(act, hall):
    chair, meeting, door = hall
    by = act.as_(chair)
    invite(by, meeting.id, token(), KIT)
    signed = sign(act, door, token(), a_signer("kit rook", organisation="", myself=True))
    shown = line(by, signed.line_id)
    assert (shown.guest, shown.may_stay) == (True, False)
    assert shown.why == "The Chair invited this person to the open session of this meeting only."
    begin_closed_part(by, meeting.id)
    with pytest.raises(NotEntitledError):
        stay(by, signed.line_id, "She must hear it.")
    assert lines(by, meeting.id)[0].stayed_at is None


def test_a_guest_who_names_a_listed_organisation_stays_outside_all_the_same(act, hall):
    chair, meeting, door = hall
    by = act.as_(chair)
    invite(by, meeting.id, token(), KIT)
    signed = sign(act, door, token(), a_signer("Kit Rook", organisation="Anyshire Police"))
    begin_closed_part(by, meeting.id)
    with pytest.raises(NotEntitledError) as refused:
        stay(by, signed.line_id)
    assert refused.value.message.endswith("If this is somebody else of that name, end the invitation.")
    (one,) = guests(by, meeting.id)
    for _ in range(2):
        end_invitation(by, one.id)
    stay(by, signed.line_id)
    assert line(by, signed.line_id).stayed_at == by.at
    events = [entry.event for entry in history(act.store, f"meeting:{meeting.id}")]
    assert (events.count("meeting:guest-invited"), events.count("meeting:guest-invitation-ended")) == (1, 1)


def test_an_invitation_holds_for_one_meeting_and_is_sealed(act, hall):
    chair, meeting, _ = hall
    invite(act.as_(chair), meeting.id, token(), KIT)
    other = a_meeting(act, chair)
    assert guests(act.as_(chair), other.id) == []
    with reading(act.store.engine) as session:
        row = session.exec(select(MeetingGuest)).one()
    assert b"Rook" not in row.guest
    assert b"shop" not in row.guest


def test_one_form_invites_once_and_nobody_once_the_open_session_has_ended(act, hall):
    chair, meeting, _ = hall
    by, key = act.as_(chair), token()
    for _ in range(2):
        invite(by, meeting.id, key, KIT)
    begin_closed_part(by, meeting.id)
    with pytest.raises(AlreadyDoneError):
        invite(by, meeting.id, token(), replace(KIT, name="Ann Clerk"))
    assert [one.guest for one in guests(by, meeting.id)] == [KIT]


@pytest.mark.parametrize(
    ("told", "field"), [({"name": ""}, "name"), ({"why": " "}, "why"), ({"organisation": "x" * 201}, "organisation")]
)
def test_nobody_is_invited_without_a_name_and_a_reason(act, hall, told, field):
    chair, meeting, _ = hall
    with pytest.raises(AnswersNeededError) as refused:
        invite(act.as_(chair), meeting.id, token(), replace(KIT, **told))
    assert set(refused.value.problems) == {field}
    assert guests(act.as_(chair), meeting.id) == []


def test_the_chair_alone_invites_and_only_who_sees_the_list_sees_the_guests(act, hall):
    chair, meeting, _ = hall
    invite(act.as_(chair), meeting.id, token(), KIT)
    (one,) = guests(act.as_(chair), meeting.id)
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    assert [shown.id for shown in guests(manager, meeting.id)] == [one.id]
    with pytest.raises(NotYourMeetingError):
        invite(manager, meeting.id, token(), KIT)
    with pytest.raises(NotYourMeetingError):
        end_invitation(manager, one.id)
    other = act.as_(a_person(act, "Eve Other", Role.CHAIR))
    for use in (
        lambda: guests(other, meeting.id),
        lambda: invite(other, meeting.id, token(), KIT),
        lambda: end_invitation(other, one.id),
    ):
        with pytest.raises(NotAllowedError):
            use()
    with pytest.raises(NotFoundError):
        end_invitation(act.as_(chair), "none")


@pytest.mark.clause("s12.personal-retention")
def test_guests_are_told_what_is_held_and_go_with_the_list_of_the_meeting(act, hall):
    chair, meeting, door = hall
    invite(act.as_(chair), meeting.id, token(), KIT)
    signed = sign(act, door, token(), a_signer("Kit Rook", organisation="", myself=True))
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    held = about_signer(manager, signed.line_id)
    assert held["attended"][0]["invited_as_a_guest_because"] == "Runs the shop that is hit."
    later = replace(act, person=SYSTEM, at=act.at + timedelta(days=31 * MONTHS["attendance"] + 1))
    assert due(later)["attendance"] == 2  # the line and the guest
    assert guests(act.as_(chair), meeting.id) == []
