"""What is asked of each person: one dated sentence with one button, the late first, from the facts of each journey."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.meetings import Meeting
from portal.accounts.authentication import password_reset
from portal.accounts.invitations import invitations, invite, withdraw
from portal.agreement.editions import drafting
from portal.agreement.editions.adoption import preparation
from portal.agreement.notices import notices
from portal.agreement.register.lifecycle.changes import rename
from portal.duties.asked import duties_of
from portal.duties.calendar import coming
from portal.duties.duty import MOST_OF_A_KIND, Duty, DutyKind, folded, in_words, things
from portal.duties.scheduled.record_check import record_state
from portal.duties.sources.first_steps import first_steps
from portal.duties.sources.standing import own_standing
from portal.ground.act import PUBLIC, Role
from portal.ground.database import reading
from portal.ground.vault import token
from portal.ground.wording import today
from portal.meetings.check_in.door import close_door, open_door
from portal.meetings.closed_session.urgent import ask, decide, wishes
from portal.meetings.closed_session.wish import WishDetails
from portal.meetings.minutes.circulation import circulate, finalise
from portal.meetings.minutes.minute_takers import name_taker
from portal.meetings.minutes.writing import save
from portal.meetings.planning.plan import plan
from portal.record.kept_head import FILE, keep_head
from portal.record.outbox import show_secret
from portal.record.outbox import waiting as messages
from tests.builders import a_partnership, a_person, an_organisation
from tests.duty_helpers import asked
from tests.meeting_builders import a_plan
from tests.minutes_builders import CLEAN, NO_GROUND, a_hall, closed
from tests.request_builders import a_district, a_request, an_urgent_request, later
from tests.return_builders import a_force
from tests.signing_builders import REASONS, a_draft, a_published_edition, a_signature, link


@pytest.fixture
def mine(act):
    a_partnership(act)
    return act.as_(a_person(act, "Mina Manager", Role.MANAGER))


def one_of(act, person, kind):
    (found,) = [duty for duty in duties_of(act.as_(person)) if duty.kind is kind]
    return found


def test_nothing_is_asked_of_a_visitor(act, mine):
    assert duties_of(act.as_(PUBLIC)) == []
    assert in_words([]) == ""


def test_a_manager_sees_links_to_hand_over_until_they_are_shown(mine):
    invite(mine, "bo@example.org", Role.CHAIR, base_url="https://portal.example.org")
    duty = one_of(mine, mine.person, DutyKind.HAND_OVER)
    assert (duty.things, duty.href, duty.since) == (1, "/outbox", mine.at)
    show_secret(mine, messages(mine)[0][0].id)
    assert "hand_over" not in asked(mine)


def test_nobody_is_asked_to_hand_over_a_link_that_was_withdrawn_or_works_no_more(act, mine):
    invite(mine, "bo@example.org", Role.CHAIR, base_url="https://portal.example.org")
    withdraw(mine, invitations(mine)[0].id)
    assert "hand_over" not in asked(mine)
    a_person(act, "Ann Clerk", Role.PARTNER, organisation=an_organisation(act), email="ann@example.org")
    password_reset.ask(act.as_(PUBLIC), "ann@example.org", base_url="https://portal.example.org")
    assert one_of(mine, mine.person, DutyKind.HAND_OVER).things == 1
    assert "hand_over" not in asked(later(mine, hours=2))


def test_a_new_manager_is_led_to_one_step_and_not_to_all_that_is_behind_it(act, mine):
    duty = one_of(act, mine.person, DutyKind.FIRST_STEP)
    assert duty.sentence.startswith("Getting started, step 2 of 10: fill in the blanks of the agreement.")
    assert duty.things == 1
    steps = first_steps(mine, mail=False)
    assert [step.title for step in steps if step.done] == ["Bring the agreement into force"]
    assert len(steps) == 10


def test_the_path_leads_to_an_agreement_that_can_be_signed(act):
    a_partnership(act, in_force=False)
    mine = act.as_(a_person(act, "Mina Manager", Role.MANAGER))
    step = next(one for one in first_steps(mine, mail=False) if one.title == "Bring the agreement into force")
    assert (step.done, step.href, step.optional) == (False, "/edition-adopt", False)


def test_each_step_of_the_path_ticks_itself(act, mine):
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    invite(mine, "priya@example.org", Role.MANAGER, None, base_url="https://portal.example.org")
    two = next(step for step in first_steps(mine, mail=True) if step.href == "/invite?role=manager")
    assert (two.done, two.asked) == (False, True), "nobody is led to invite again whom they have invited"
    a_person(act, "Priya Shah", Role.MANAGER)
    a_person(act, "Owen Pugh", Role.OFFICER)
    bodies = [an_organisation(act), an_organisation(act, "Anyshire Police", "police")]
    a_person(act, "Ann Clerk", Role.APPROVER, organisation=bodies[0])
    plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=7)))
    done = {step.title: step.done for step in first_steps(mine, mail=True)}
    assert [title for title, ticked in done.items() if not ticked] == [
        "Fill in the blanks of the agreement",
        "Confirm what no source confirmed",
        "Invite an approver for each organisation",
        "Load the wards, streets and places of your area",
    ]
    invite(mine, "sol@example.org", Role.APPROVER, bodies[1].id, base_url="https://portal.example.org")
    assert {step.title: step.done for step in first_steps(mine, mail=True)}["Invite an approver for each organisation"]


@pytest.mark.clause("s11.quarterly")
def test_a_return_is_asked_by_its_day_and_late_after_it(act):
    _force, person = a_force(act)
    officer = a_person(act, "Owen Pugh", Role.OFFICER)
    duties = [one for one in duties_of(act.as_(person)) if one.kind is DutyKind.RETURN]
    (due, *_) = [one for one in duties if not one.late and one.href.startswith("/return-upload?dataset=police-inc")]
    assert due.sentence == "Send Incidents, July to September 2026, by 31 December 2026."
    assert asked(act, officer)["return"] == sum(one.late for one in duties) > 0
    after = later(act, days=60)
    late = [one for one in duties_of(after.as_(person)) if one.late and one.kind is DutyKind.RETURN]
    assert any("was due on 31 December 2026: 24 days late." in one.sentence for one in late)
    assert asked(after, officer)["return"] == len(late)
    assert "hand_over" not in asked(act, person)


@pytest.mark.clause("s13.agreement-review")
def test_whoever_signed_before_is_asked_to_sign_the_new_edition_and_told_who_can(act):
    district = a_district(act)
    assert "sign" not in asked(act, district.clerk)
    a_published_edition(act)
    after = later(act, days=10)
    duty = one_of(after, district.clerk, DutyKind.SIGN)
    assert duty.late
    assert duty.sentence.endswith("in force since 1 December 2026. Pat Chairman can sign for it.")
    assert "must sign again" in one_of(after, district.parish_approver, DutyKind.SIGN).sentence
    assert "waits to be signed" in own_standing(after.as_(district.clerk)).words
    a_signature(replace(after, person=PUBLIC), district.parish, email="pat@thornby.example")
    assert "sign" not in asked(after, district.clerk)
    assert own_standing(after.as_(district.clerk)).words.endswith("waits for the Information Manager's check.")


def test_who_never_signed_is_asked_to_and_who_stopped_to_start_again(act):
    district = a_district(act)
    newcomer = an_organisation(act, "Newby Parish Council")
    clerk = a_person(act, "Nell New", Role.APPROVER, organisation=newcomer)
    assert "has not signed the agreement yet" in one_of(act, clerk, DutyKind.SIGN).sentence
    approver = district.parish_approver
    notices.give_notice(act.as_(approver), district.parish.id, notices.NoticeEffect.SUSPENSION, REASONS, key="stop")
    assert one_of(act, approver, DutyKind.SIGN).href == "/notice"


@pytest.mark.clause("s6.disclosure-in-writing")
def test_a_request_is_asked_by_reference_and_by_the_day_it_is_wanted(act):
    district = a_district(act)
    a_request(act, district)
    duty = one_of(act, district.inspector, DutyKind.REQUEST)
    assert duty.sentence.startswith("Anytown Parish Council asks you for information, since 25 November 2026.")
    assert duty.sentence.endswith("It wants an answer by 1 December 2026.")
    assert not duty.late
    assert one_of(later(act, days=10), district.inspector, DutyKind.REQUEST).late
    assert duties_of(later(act, days=10).as_(district.inspector))[0].late, "the late stand first"


def test_an_urgent_request_stands_before_what_is_late_and_never_folds(act):
    district = a_district(act)
    for _ in range(MOST_OF_A_KIND + 2):
        a_request(act, district)
    an_urgent_request(act, district)
    shown = folded(duties_of(later(act, days=10).as_(district.inspector)))
    assert "urgently asks you" in shown[0].sentence
    assert shown[1].late


@pytest.mark.clause("app6.frequency")
def test_a_chairs_meeting_is_asked_on_its_day_while_its_door_is_open_and_when_it_was_never_opened(act):
    a_partnership(act)
    chair = a_person(act, "Farah Khan", Role.CHAIR)
    (planned,) = plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(days=7)))
    on = replace(act, at=planned.starts_at)
    assert one_of(on, chair, DutyKind.MEETING).button == "Open the door"
    assert not one_of(on, chair, DutyKind.MEETING).late
    missed = replace(act, at=planned.starts_at + timedelta(days=2))
    assert one_of(missed, chair, DutyKind.MEETING).sentence.endswith("the door was never opened.")
    open_door(on.as_(chair), planned.id)
    assert one_of(missed, chair, DutyKind.MEETING).late
    close_door(missed.as_(chair), planned.id)
    assert "meeting" not in asked(missed, chair)
    with reading(act.store.engine) as session:
        assert len(session.exec(select(Meeting)).all()) == 1


@pytest.mark.clause("app2.urgent-permission")
def test_wishes_and_minutes_wait_for_those_who_decide_write_and_read_them(act):
    hall = a_hall(act)
    assert "wish" not in asked(hall.led)
    ask(
        act, hall.secrets["Ann Clerk"], token(), hall.meeting.id, WishDetails(what="A van", to="The school", why="Soon")
    )
    duty = one_of(act, hall.led.person, DutyKind.WISH)
    assert (duty.things, duty.href) == (1, f"/meeting-wishes?id={hall.meeting.id}")
    (wish,) = wishes(hall.led, hall.meeting.id)
    decide(hall.led, wish.id, "It can wait.", allowed=False)
    assert "wish" not in asked(hall.led)

    closed(hall)
    assert asked(hall.led)["minutes"] == 1
    taker = act.as_(a_person(act, "Bo Lindqvist", Role.OFFICER))
    assert "minutes" not in asked(taker)
    name_taker(hall.led, hall.meeting.id, taker.person.email)
    assert asked(taker)["minutes"] == 1
    save(taker, hall.meeting.id, CLEAN)
    circulate(hall.led, hall.meeting.id, NO_GROUND)
    assert "minutes" not in asked(taker) | asked(hall.led)
    assert one_of(act, hall.officer, DutyKind.MINUTES).button == "Read them"
    finalise(hall.led, hall.meeting.id)
    assert "minutes" not in asked(act, hall.officer)


def test_an_edition_to_authorise_a_gap_between_meetings_and_a_record_that_was_cut_are_asked(act, mine):
    chair, officer = a_person(act, "Farah Khan", Role.CHAIR), a_person(act, "Owen Pugh", Role.OFFICER)
    draft = a_draft(act, mine.person)
    drafting.hand_over(mine, draft, link)
    assert one_of(act, officer, DutyKind.EDITION).href == f"/edition-check?id={draft}"
    for weeks in (1, 7):
        plan(act.as_(chair), a_plan(chair, today(act.at) + timedelta(weeks=weeks)))
    assert one_of(act, officer, DutyKind.MEETING_GAP).href == "/meeting-plan"
    assert keep_head(act.store, act.at)
    assert "record" not in asked(mine)
    (act.store.vault.home / FILE).write_text("{}")
    assert one_of(act, mine.person, DutyKind.RECORD).late


def test_many_of_a_kind_fold_into_one_sentence_and_none_is_lost(act):
    many = [Duty(kind=DutyKind.REQUEST, sentence=f"{n}.", button="Go", href="/request", late=n < 6) for n in range(8)]
    shown = folded(many)
    assert [one.sentence for one in shown[: MOST_OF_A_KIND + 1]] == [
        "0.",
        "1.",
        "2.",
        "3 more requests to answer, late.",
    ]
    assert things(shown) == things(many) == 8
    assert in_words(many) == in_words(shown) == "8 things are asked of you, 6 of them late."


def test_a_short_record_is_walked_each_time(mine):
    assert record_state(mine).whole


@pytest.mark.clause("s13.agreement-review")
def test_the_body_that_owns_the_agreement_is_reminded_of_its_review_beside_the_manager(act):
    a_partnership(act)
    owner = a_person(act, "Ann Owner", Role.APPROVER, organisation=an_organisation(act, "Anytown Borough Council"))
    other = a_person(act, "Pat Other", Role.APPROVER, organisation=an_organisation(act, "Other Council"))
    manager = a_person(act, "Priya Shah", Role.MANAGER)
    rename(act.as_(manager), owner.organisation_id, "Anytown City Council")  # the agreement names it as it was
    late = later(act, days=300)
    assert (one_of(late, owner, DutyKind.REVIEW).late, one_of(late, owner, DutyKind.REVIEW).href) == (
        True,
        "/agreement",
    )
    assert one_of(late, manager, DutyKind.REVIEW).href == "/agreement-review"
    assert DutyKind.REVIEW not in {one.kind for one in duties_of(late.as_(other))}
    assert DutyKind.REVIEW not in {one.kind for one in duties_of(act.as_(owner))}


def test_an_agreement_in_preparation_is_not_to_be_reviewed_and_says_how_many_blanks_it_needs(act):
    a_partnership(act, in_force=False)
    mine = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    assert not [one.what for one in coming(mine) if "reviewed" in one.what]
    late = replace(mine, at=mine.at + timedelta(days=400))
    assert DutyKind.REVIEW not in {one.kind for one in duties_of(late)}
    needed = len(preparation(mine).open_blanks)
    assert f"The agreement needs {needed} of them" in first_steps(mine, mail=True)[1].about


@pytest.mark.clause("s14.termination")
def test_who_left_or_has_no_role_is_told_of_no_review(act):
    district = a_district(act)
    mine = act.as_(a_person(act, "Priya Shah", Role.MANAGER))
    clerk, council = act.as_(district.clerk), act.as_(district.outsider)
    assert any("reviewed" in one.what for one in coming(clerk))
    notices.give_notice(mine, district.parish.id, notices.NoticeEffect.WITHDRAWAL, REASONS, key="left")
    assert coming(clerk) == []
    assert own_standing(clerk).review_on is None
    assert own_standing(council).review_on is not None
    assert coming(act.as_(replace(district.outsider, posts=frozenset()))) == []
