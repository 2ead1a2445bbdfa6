import pytest
from sqlmodel import select

from models.meetings import Undertaking
from portal.act import Role
from portal.database import reading
from portal.errors import NotFoundError
from portal.meetings.attendance import lines, strike_out
from portal.meetings.door import close_door
from portal.meetings.refusals import DoorClosedError
from portal.meetings.regulars import regulars, vouch
from portal.meetings.signing import sign
from portal.vault import token
from tests.builders import a_person
from tests.meeting_builders import a_signer, an_open_door


@pytest.fixture
def second(act):
    """A second meeting of a group whose first had Ann and Bo: act of the Chair, the meeting."""
    chair, opened, door = an_open_door(act)
    for name in ("Bo Lindqvist", "Ann Clerk", "Struck Out"):
        sign(act, door, token(), a_signer(name))
    led = act.as_(chair)
    struck = next(one for one in lines(led, opened.id) if one.name == "Struck Out")
    strike_out(led, struck.id, "Not they.")
    close_door(led, opened.id)
    return led, an_open_door(act, chair)[1]


@pytest.mark.clause("s10.confidentiality")
def test_regulars_sign_the_list_on_the_chairs_tablet_without_promising_again(second):
    led, meeting = second
    known = regulars(led, meeting.id)
    assert [one.name for one in known] == ["Ann Clerk", "Bo Lindqvist"]
    for _ in range(2):
        vouch(led, meeting.id, known[0].undertaking_id)
    (line,) = lines(led, meeting.id)
    assert (line.name, line.how, line.first_time) == ("Ann Clerk", "On the Chair's tablet", False)
    assert [one.name for one in regulars(led, meeting.id)] == ["Bo Lindqvist"]
    with reading(led.store.engine) as session:
        assert len(session.exec(select(Undertaking)).all()) == 3


def test_nobody_is_vouched_for_who_never_signed_or_was_struck_out_or_at_a_closed_door(second):
    led, meeting = second
    with reading(led.store.engine) as session:
        every = session.exec(select(Undertaking)).all()
    known = {one.undertaking_id for one in regulars(led, meeting.id)}
    (struck,) = [row.id for row in every if row.id not in known]
    for made_up in (struck, "nobody"):
        with pytest.raises(NotFoundError):
            vouch(led, meeting.id, made_up)
    close_door(led, meeting.id)
    with pytest.raises(DoorClosedError):
        vouch(led, meeting.id, known.pop())
    assert lines(led, meeting.id) == []


def test_names_of_regulars_are_the_chairs_alone(second):
    led, meeting = second
    for person in (a_person(led, "Eve Other", Role.CHAIR), a_person(led, "Priya Shah", Role.MANAGER)):
        with pytest.raises(NotFoundError):
            regulars(led.as_(person), meeting.id)


def test_another_groups_people_are_no_regulars_here(second, act):
    led, _ = second
    other = an_open_door(act, led.person, name="Another Group")[1]
    assert regulars(led, other.id) == []
