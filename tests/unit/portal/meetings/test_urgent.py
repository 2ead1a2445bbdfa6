import pytest

from portal.ground.act import Role
from portal.ground.errors import AlreadyDoneError, AnswersNeededError, NotAllowedError, NotFoundError
from portal.ground.vault import token
from portal.meetings.check_in.attendance import strike_out
from portal.meetings.closed_session.urgent import ask, asked_by, attended, decide, wishes
from portal.meetings.closed_session.wish import WishDetails, ask_on_paper
from portal.meetings.errors import NotYourMeetingError
from portal.record.audit import history
from portal.record.outbox import waiting
from tests.builders import a_person
from tests.minutes_builders import a_hall, closed

pytestmark = pytest.mark.clause("app2.urgent-permission")

WISH = WishDetails(what="Where the van stands", to="The school", why="Pupils leave at three")


@pytest.fixture
def hall(act):
    return closed(a_hall(act))


def test_whoever_signed_asks_the_chair_who_decides_with_a_reason(hall, act):
    secret, key = hall.secrets["Ann Clerk"], token()
    for _ in range(2):
        ask(act, secret, key, hall.meeting.id, WISH, base_url="http://127.0.0.1:8501")
    wish = wishes(hall.led, hall.meeting.id)[0]
    assert (wish.wish, wish.asker) == (WISH, "Ann Clerk, Thornby Parish Council")
    for told in ({"reason": "", "allowed": True}, {"reason": "So.", "allowed": None}):
        with pytest.raises(AnswersNeededError):
            decide(hall.led, wish.id, **told)
    for other in (a_person(act, "Eve Other", Role.CHAIR), a_person(act, "Mo Manager", Role.MANAGER)):
        with pytest.raises((NotFoundError, NotYourMeetingError)):
            decide(act.as_(other), wish.id, "To stop someone being hurt.", allowed=True)
    decide(hall.led, wish.id, "To stop someone being hurt.", allowed=True)
    with pytest.raises(AlreadyDoneError):
        decide(hall.led, wish.id, "No after all.", allowed=False)
    answer = asked_by(act, secret)
    assert [(one.allowed, one.reason, one.asker) for one in answer] == [(True, "To stop someone being hurt.", "")]
    assert [one.event for one in history(act.store, f"meeting:{hall.meeting.id}")][-2:] == [
        "urgent-wish:asked",
        "urgent-wish:decided",
    ]
    manager = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    letter = next(one for one in waiting(manager)[0] if one.to == hall.chair.email)
    assert "van" not in letter.body + letter.subject


def test_a_stranger_asks_nothing_and_sees_nothing(hall, act):
    for secret in ("", token()):
        assert attended(act, secret) == asked_by(act, secret) == []
    with pytest.raises(NotFoundError):
        ask(act, token(), token(), hall.meeting.id, WISH)
    strike_out(hall.led, hall.lines["Ann Clerk"], "Somebody else.")
    with pytest.raises(NotFoundError):
        ask(act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, WISH)


def test_an_empty_wish_says_what_to_enter_and_only_the_chair_decides(hall, act):
    with pytest.raises(AnswersNeededError) as refused:
        ask(act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, WishDetails(what="", to="", why=""))
    assert set(refused.value.problems) == {"what", "to", "why"}
    ask(act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, WISH)
    wish = wishes(hall.led, hall.meeting.id)[0]
    for person in (hall.officer, a_person(act, "Priya Shah", Role.MANAGER), a_person(act, "Eve Other", Role.CHAIR)):
        with pytest.raises(NotAllowedError):
            decide(act.as_(person), wish.id, "So.", allowed=True)
        with pytest.raises(NotAllowedError):
            wishes(act.as_(person), hall.meeting.id)


def test_a_wish_on_paper_is_typed_in_by_the_chair_under_the_same_checks_once(hall, act):
    line, key = hall.lines["Ann Clerk"], token()
    with pytest.raises(AnswersNeededError) as refused:
        ask_on_paper(hall.led, line, key, WishDetails(what=" ", to="", why=""))
    assert set(refused.value.problems) == {"what", "to", "why"}
    for _ in range(2):
        ask_on_paper(hall.led, line, key, WishDetails(what="A van", to="The school", why="Soon"))
    (asked,) = wishes(hall.led, hall.meeting.id)
    assert (asked.asker, asked.wish.what) == ("Ann Clerk, Thornby Parish Council", "A van")
    assert [one.wish.what for one in asked_by(act, hall.secrets["Ann Clerk"])] == ["A van"]
    for by, whose in ((hall.by(hall.officer), line), (hall.led, "nobody")):
        with pytest.raises(NotAllowedError):
            ask_on_paper(by, whose, token(), WishDetails(what="A van", to="The school", why="Soon"))
