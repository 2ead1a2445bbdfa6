import pytest
from sqlmodel import select

from models.record import Message
from portal.ground.act import Role
from portal.ground.database import reading
from portal.ground.errors import AnswersNeededError, NotAllowedError, NotFoundError
from portal.meetings.minutes.appendix import open_appendix
from portal.meetings.minutes.circulation import circulate
from portal.meetings.minutes.minute_takers import asked_to_write, end_taker, name_taker, takers
from portal.meetings.minutes.writing import minutes, overrule, save
from tests.builders import a_person
from tests.meeting_builders import a_meeting
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed, say


@pytest.fixture
def hall(act):
    made = a_hall(act)
    say(made)
    return closed(made)


@pytest.fixture
def taker(hall, act):
    return a_person(act, "Bo Lindqvist", Role.OFFICER)


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.clause("app6.minutes-and-actions")
def test_whom_the_chair_names_writes_the_minutes_of_that_meeting_and_no_other(hall, act, taker):
    other = a_meeting(act, hall.chair, name="Another Group")
    by = act.as_(taker)
    with pytest.raises(NotAllowedError):
        save(by, hall.meeting.id, CLEAN)
    for _ in range(2):
        name_taker(hall.led, hall.meeting.id, f" {taker.email.upper()} ", base_url="https://portal.example.org")
    assert [one.name for one in takers(hall.led, hall.meeting.id)] == ["Bo Lindqvist"]
    assert [one.meeting_id for one in asked_to_write(by)] == [hall.meeting.id]
    save(by, hall.meeting.id, CLEAN)
    now = minutes(by, hall.meeting.id)
    assert (now.body, now.meeting_name) == (CLEAN, hall.meeting.name)
    with pytest.raises(NotAllowedError):
        save(by, other.id, CLEAN)
    with reading(act.store.engine) as session:
        sent = session.exec(select(Message).where(Message.template == "minutes-asked")).all()
    assert [one.subject for one in sent] == ["Minutes for you to write"]


@pytest.mark.clause("s6.meetings.chair-answers")
@pytest.mark.clause("app3.restricted-minutes")
@pytest.mark.clause("s6.meetings.restricted-appendix")
def test_the_chair_alone_sends_minutes_out_overrules_and_opens_the_appendix(hall, act, taker):
    name_taker(hall.led, hall.meeting.id, taker.email)
    by = act.as_(taker)
    save(by, hall.meeting.id, CLEAN)
    for use in (
        lambda: circulate(by, hall.meeting.id, NO_GROUND),
        lambda: overrule(by, hall.meeting.id, "x", "no"),
        lambda: open_appendix(by, hall.meeting.id),
        lambda: name_taker(by, hall.meeting.id, taker.email),
        lambda: takers(by, hall.meeting.id),
    ):
        with pytest.raises(NotAllowedError):
            use()
    end_taker(hall.led, hall.meeting.id, taker.id)
    with pytest.raises(NotFoundError):
        minutes(by, hall.meeting.id)
    assert asked_to_write(by) == []


@pytest.mark.clause("app6.induction-and-support")
@pytest.mark.parametrize("address", ["", "nobody@example.org", "farah@example.org"])
def test_an_address_without_an_account_or_the_chairs_own_is_asked_for_again(hall, address):
    with pytest.raises(AnswersNeededError):
        name_taker(hall.led, hall.meeting.id, address)
    assert takers(hall.led, hall.meeting.id) == []
