import pytest

from portal.ground.act import Role
from portal.ground.vault import token
from portal.meetings.check_in.signing import sign
from portal.meetings.closed_session.session import begin_closed_part
from portal.meetings.planning.guests import Guest, guests, invite
from tests.builders import a_person
from tests.meeting_builders import a_meeting, a_signer, an_open_door
from tests.pages.meeting_screens import group, in_field, press, show, words

__all__ = ["group", "show"]  # fixtures


@pytest.mark.clause("app6.affected-people")
def test_the_chair_invites_a_guest_with_a_reason_and_ends_the_invitation(group, show):
    act, chair = group
    planned = a_meeting(act, chair)
    app = press(show("chair/members/meeting_guests.py", chair, id=planned.id), "Invite them to the open session")
    assert "Enter why they are invited" in words(app)
    told = "People whom it touches may come and speak. A guest cannot be in the closed session."
    assert told in words(app)
    in_field(app, "meeting_guest.name").set_value("Kit <i>Rook</i>")
    app.text_area(key="meeting_guest.why").set_value("Runs the shop.")
    for _ in range(2):  # the second click of a slow phone: the page was drawn anew, its words in it
        app = press(app, "Invite them to the open session")
    told = words(app)
    assert "Kit &lt;i&gt;Rook&lt;/i&gt;" in told
    assert "Open session only" in told
    assert "Runs the shop." in told
    app = show("chair/members/meeting_guests.py", chair, id=planned.id)
    app.selectbox(key="meeting_guest.end").set_value("Kit <i>Rook</i>")
    press(app, "End this invitation")
    assert [one.ended_at is None for one in guests(act.as_(chair), planned.id)] == [False]


@pytest.mark.clause("app6.affected-people")
@pytest.mark.clause("app6.attendance")
@pytest.mark.clause("app6.voluntary-standing")
def test_the_door_list_shows_a_guest_and_offers_no_way_into_the_closed_session(group, show):
    act, chair = group
    _, planned, door = an_open_door(act, chair)
    invite(act.as_(chair), planned.id, token(), Guest(name="Sol Reyes", why="Runs the shop."))
    signed = sign(act, door, token(), a_signer("Sol Reyes", organisation="Anyshire Police"))
    assert "Guest: open session only" in words(show("chair/meeting.py", chair, id=planned.id))
    begin_closed_part(act.as_(chair), planned.id)
    app = show("chair/check_in/meeting_line.py", chair, id=signed.line_id)
    assert "A guest cannot be in the closed session." in words(app)
    assert not [button for button in app.button if button.label == "Note them in the closed session"]


@pytest.mark.parametrize("role", [None, Role.CHAIR])
def test_another_chair_and_visitors_see_no_guest(group, show, role):
    act, chair = group
    planned = a_meeting(act, chair)
    invite(act.as_(chair), planned.id, token(), Guest(name="Kit Rook", why="Runs the shop."))
    other = a_person(act, "Eve Other", role) if role else None
    told = words(show("chair/members/meeting_guests.py", other, id=planned.id))
    assert "You cannot open this page" in told or "Sign in to open this page" in told
    assert "Kit Rook" not in told
