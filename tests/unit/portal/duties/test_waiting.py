import pytest

from portal.accounts.invitations import invite
from portal.duties.waiting import in_words, record_state, total, waiting_for
from portal.ground.act import PUBLIC, Role
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.closed_session.urgent import ask, decide, wishes
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.minutes.circulation import circulate, finalise
from portal.meetings.minutes.minute_takers import name_taker
from portal.meetings.minutes.writing import save
from portal.partnership.changes import confirm_fact, unconfirmed
from portal.record.outbox import show_secret
from portal.record.outbox import waiting as messages
from portal.rules.edition.editions import edition_in_force
from tests.builders import a_partnership, a_person
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed
from tests.return_builders import a_force


@pytest.fixture
def mine(act):
    a_partnership(act)
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def kinds(act):
    return {one.what: one.count for one in waiting_for(act)}


def test_nothing_waits_for_a_visitor(act, mine):
    assert waiting_for(act.as_(PUBLIC)) == []
    assert in_words([]) == "Nothing is waiting."


def test_a_manager_sees_links_to_hand_over_until_they_are_shown(mine):
    invite(mine, "bo@example.org", Role.CHAIR, base_url="https://portal.example.org")
    first = waiting_for(mine)[0]
    assert (first.what, first.count, first.href) == ("Links and codes to hand over", 1, "/outbox")
    assert first.words == "Oldest from 25 November 2026"
    show_secret(mine, messages(mine)[0][0].id)
    assert "Links and codes to hand over" not in kinds(mine)


def test_a_confirmed_fact_no_longer_waits(mine):
    edition = edition_in_force(today(mine.at))
    before = kinds(mine)["Facts of the edition to confirm"]
    confirm_fact(mine, edition, unconfirmed(mine, edition)[0].key, "Read it")
    assert kinds(mine)["Facts of the edition to confirm"] == before - 1


def test_a_partner_sees_their_own_returns_and_nothing_of_the_managers(act):
    _, person = a_force(act)
    partner = act.as_(person)
    found = kinds(partner)
    assert found["Returns that are due"] > 0
    assert not {"Links and codes to hand over", "Facts of the edition to confirm"} & set(found)
    assert total(partner) == sum(found.values())
    assert in_words(waiting_for(partner)) == f"{total(partner)} things wait for you."


def test_a_short_record_is_walked_each_time(mine):
    assert record_state(mine).whole


@pytest.mark.clause("app2.urgent-permission")
def test_wishes_and_minutes_wait_for_those_who_decide_write_and_read_them(act):
    hall = a_hall(act)
    assert "Wishes to pass something on" not in kinds(hall.led)
    wish = WishDetails(what="A van", to="The school", why="Soon")
    ask(act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, wish)
    waiting = {one.what: one for one in waiting_for(hall.led)}
    assert waiting["Wishes to pass something on"].count == 1
    assert waiting["Wishes to pass something on"].href == f"/meeting-wishes?id={hall.meeting.id}"
    (asked,) = wishes(hall.led, hall.meeting.id)
    decide(hall.led, asked.id, "It can wait.", allowed=False)
    assert "Wishes to pass something on" not in kinds(hall.led)

    closed(hall)
    assert kinds(hall.led)["Minutes to write"] == 1
    taker = act.as_(a_person(act, "Bo Lindqvist", Role.OFFICER))
    assert "Minutes to write" not in kinds(taker)
    name_taker(hall.led, hall.meeting.id, taker.person.email)
    assert kinds(taker)["Minutes to write"] == 1
    save(taker, hall.meeting.id, CLEAN)
    circulate(hall.led, hall.meeting.id, NO_GROUND)
    assert "Minutes to write" not in kinds(taker) | kinds(hall.led)
    assert kinds(hall.by(hall.officer))["Minutes to read and correct"] == 1
    finalise(hall.led, hall.meeting.id)
    assert "Minutes to read and correct" not in kinds(hall.by(hall.officer))
