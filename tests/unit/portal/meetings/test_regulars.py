import pytest
from sqlmodel import select

from models.meetings import Undertaking
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.meetings.check_in.attendance import lines, strike_out
from portal.meetings.check_in.door import close_door, find_door
from portal.meetings.check_in.signing import sign
from portal.meetings.check_in.tablet import goes_round, hand_round, regulars, vouched
from portal.meetings.errors import DoorClosedError, MeetingEndedError, NotYourMeetingError
from portal.record.audit import history
from tests.builders import a_person
from tests.meeting_builders import a_signer, an_open_door

pytestmark = pytest.mark.clause("s10.confidentiality")


@pytest.fixture
def second(act):
    """A second meeting of a group whose first had Ann and Bo: act of the Chair, the meeting, its door, the tablet's key."""
    chair, opened, door = an_open_door(act)
    for name in ("Bo Lindqvist", "Ann Clerk", "Struck Out"):
        sign(act, door, token(), a_signer(name))
    led = act.as_(chair)
    struck = next(one for one in lines(led, opened.id) if one.name == "Struck Out")
    strike_out(led, struck.id, "Not they.")
    close_door(led, opened.id)
    _, meeting, door = an_open_door(act, chair)
    return led, meeting, door, hand_round(led, meeting.id)


def test_regulars_sign_the_list_on_the_chairs_tablet_without_promising_again(second, act):
    led, meeting, door, key = second
    known = regulars(act, door, key)
    assert [one.name for one in known] == ["Ann Clerk", "Bo Lindqvist"]
    signed = [vouched(act, door, key, known[0].undertaking_id) for _ in range(2)]
    assert signed[0] == signed[1]
    (line,) = lines(led, meeting.id)
    assert (line.name, line.how, line.first_time) == ("Ann Clerk", "On the Chair's tablet", False)
    assert [one.name for one in regulars(act, door, key)] == ["Bo Lindqvist"]
    with reading(led.store.engine) as session:
        assert len(session.exec(select(Undertaking)).all()) == 3


def test_nobody_is_vouched_for_who_never_signed_or_was_struck_out_or_at_a_closed_door(second, act):
    led, meeting, door, key = second
    with reading(led.store.engine) as session:
        every = session.exec(select(Undertaking)).all()
    known = {one.undertaking_id for one in regulars(act, door, key)}
    (struck,) = [row.id for row in every if row.id not in known]
    for made_up in (struck, "nobody"):
        with pytest.raises(NotFoundError):
            vouched(act, door, key, made_up)
    close_door(led, meeting.id)
    with pytest.raises(MeetingEndedError):
        vouched(act, door, key, known.pop())
    assert lines(led, meeting.id) == []


def test_names_of_regulars_are_for_the_tablet_that_the_chair_handed_over(second, act):
    _, meeting, door, key = second
    for other in ("", "0" * len(key), key[:-1]):
        assert not goes_round(act, door, other)
        with pytest.raises(NotFoundError):
            regulars(act, door, other)
        with pytest.raises(NotFoundError):
            vouched(act, door, other, "x")
    with pytest.raises(NotFoundError):
        hand_round(act.as_(a_person(act, "Eve Other", Role.CHAIR)), meeting.id)
    with pytest.raises(NotYourMeetingError):
        hand_round(act.as_(a_person(act, "Priya Shah", Role.MANAGER)), meeting.id)
    with pytest.raises(NotAllowedError):
        hand_round(act.as_(a_person(act, "Sol Reyes", Role.OFFICER)), meeting.id)
    assert history(act.store, f"meeting:{meeting.id}")[-1].event == "meeting:tablet-handed-round"


def test_a_tablets_key_dies_with_the_code_of_its_door(second, act):
    led, meeting, _, key = second
    close_door(led, meeting.id)
    with pytest.raises(DoorClosedError):
        hand_round(led, meeting.id)
    _, again, door = an_open_door(act, led.person)
    assert again.id != meeting.id
    assert not goes_round(act, find_door(act, door.code, "127.0.0.1"), key)


def test_another_groups_people_are_no_regulars_here(second, act):
    led, *_ = second
    _, other, door = an_open_door(act, led.person, name="Another Group")
    assert regulars(act, door, hand_round(led, other.id)) == []
